import * as z from '../zod.ts'

const SHORTEST = 32 // characters: as hex they are 128 bits, which nobody guesses
const LONGEST = 256
const VISIBLE_ASCII = /^[\x21-\x7e]*$/ // what a header can carry as it is
/** Stand in .env.example, which everybody can read. */
const EXAMPLES = /^(?:admin|export|metrics)-token-of-\d+-random-characters$/
const NAMES = ['ADMIN_TOKEN', 'EXPORT_TOKEN', 'METRICS_TOKEN'] as const

type Name = (typeof NAMES)[number]

/** A secret with which the merchant or a program proves itself. */
export const token = z
  .string()
  .refine(
    (text) => text.length >= SHORTEST && text.length <= LONGEST && VISIBLE_ASCII.test(text),
    `must be ${SHORTEST} to ${LONGEST} visible ASCII characters without spaces, like the output of: openssl rand -hex 32`,
  )
  .refine(
    (text) => !EXAMPLES.test(text),
    'must not be the example, which everybody can read: use the output of openssl rand -hex 32',
  )

/** The token of a Cloudflare tunnel, which npm run live checks and uses. */
export const tunnelToken = z
  .string()
  .refine(
    (text) => text !== 'tunnel-token-as-cloudflare-shows-it',
    'must not be the example: use the token that Cloudflare shows with your tunnel',
  )

/** Returns whether a token is the same as one that is listed before it. */
export function isRepeated(env: Partial<Record<Name, string | undefined>>, name: Name): boolean {
  const earlier = NAMES.slice(0, NAMES.indexOf(name))
  return env[name] !== undefined && earlier.some((other) => env[other] === env[name])
}
