import { hash } from 'node:crypto'
import { PublicKey } from '@code-wallet/keys'
import { type CryptoKey, compactVerify, errors, importJWK } from 'jose'
import { z } from 'zod'
import type { PaymentEvent } from '../../db/index.ts'
import { fromDecimal } from '../../money/index.ts'
import { ShopError } from '../errors.ts'
import { parseStrictJson } from '../web/index.ts'

const ED25519_SIGNATURE_LENGTH = 86 // 64 bytes in base64url
const COMPACT_JWS = new RegExp(`^[\\w-]+\\.[\\w-]+\\.[\\w-]{${ED25519_SIGNATURE_LENGTH}}$`)

// Plain ASCII, as Code's are: a NUL could not be stored everywhere, and a lone surrogate would be stored as another text.
const text = z
  .string()
  .max(200)
  .regex(/^[ -~]*$/)
  .nullable()
  .catch(null)
const number = z.number().nullable().catch(null)

// What cannot be read becomes null, which equals nothing: the event is kept, and pays nothing.
const claims = z.object({
  intent: text,
  currency: text,
  amount: number,
  destination: text,
  state: text,
  quarks: z.number().int().nonnegative().nullable().catch(null),
  exchangeRate: number,
  user: text,
})
// https://code-wallet.github.io/code-sdk/docs/reference/webhooks: what Code sends to try a URL out
const testEvent = z.strictObject({
  string: z.string(),
  int: z.number(),
  float: z.number(),
  bool: z.boolean(),
})

export interface VerifiedEvent {
  payment: PaymentEvent
  isTest: boolean
}

export type Verifier = Awaited<ReturnType<typeof createVerifier>>

/**
 * Makes the function that turns an untrusted token into an event that Code has signed: EdDSA with one of these
 * base58 Ed25519 keys and nothing else. It throws event-malformed (no compact JWS) or event-not-trusted.
 * No claim has been compared with an order yet.
 */
export async function createVerifier(publicKeys: readonly string[]) {
  const keys = await Promise.all(publicKeys.map(importKey))

  return async function verifyEvent(token: string): Promise<VerifiedEvent> {
    assertCompactJws(token)
    const payload = await verifySignature(token, keys)
    assertPlainHeader(token.slice(0, token.indexOf('.')))
    return readClaims(token, parseSigned(payload))
  }
}

async function importKey(publicKey: string): Promise<CryptoKey> {
  const x = Buffer.from(PublicKey.fromBase58(publicKey).value).toString('base64url')
  return (await importJWK({ kty: 'OKP', crv: 'Ed25519', x }, 'EdDSA')) as CryptoKey
}

/** jose takes padding, white space and non-canonical base64 too; Code sends none, so whoever does isn't Code. */
function assertCompactJws(token: string): void {
  if (!COMPACT_JWS.test(token) || !token.split('.').every(isCanonical)) {
    throw malformed()
  }
}

function malformed(cause?: unknown): ShopError {
  return new ShopError(
    'event-malformed',
    'The body is not one compact JWS with an Ed25519 signature, as Code sends it',
    { cause },
  )
}

function isCanonical(part: string): boolean {
  return Buffer.from(part, 'base64url').toString('base64url') === part
}

async function verifySignature(token: string, keys: CryptoKey[]): Promise<Uint8Array> {
  for (const key of keys) {
    try {
      return (await compactVerify(token, key, { algorithms: ['EdDSA'] })).payload
    } catch (error) {
      if (error instanceof errors.JWSInvalid) throw malformed(error)
      if (!(error instanceof errors.JOSEError)) throw error
    }
  }
  throw new ShopError('event-not-trusted', 'The event is not signed with the sequencer’s key')
}

const CODES_HEADER = Buffer.from('{"alg":"EdDSA","typ":"JWT"}').toString('base64url')
const EXTENSIONS = ['crit', 'b64'] // RFC 7515, section 4.1.11, and RFC 7797: they change what was signed

function assertPlainHeader(part: string): void {
  if (part === CODES_HEADER) return
  const header = parseSigned(Buffer.from(part, 'base64url')) as object
  if (EXTENSIONS.some((name) => Object.hasOwn(header, name)))
    throw new ShopError('event-malformed', `The header asks for extensions (${EXTENSIONS}); Code uses none`)
}

/** Header and payload, of which Code sends neither with a name twice: what can be read in two ways pays nothing. */
function parseSigned(bytes: Uint8Array): unknown {
  try {
    return parseStrictJson(bytes)
  } catch (cause) {
    throw new ShopError('event-malformed', 'What was signed is not JSON that can be read in one way only', {
      cause,
    })
  }
}

function readClaims(jws: string, payload: unknown): VerifiedEvent {
  const { currency, amount, ...read } = claims.safeParse(payload).data ?? claims.parse({})
  const digest = hash('sha256', jws)
  const hundredths = amount === null ? null : (fromDecimal(amount) ?? null)
  return {
    payment: { digest, jws, ...read, currency: currency?.toLowerCase() ?? null, hundredths },
    isTest: read.intent === null && testEvent.safeParse(payload).success,
  }
}
