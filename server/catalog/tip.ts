import * as z from '../zod.ts'
import { line } from './kinds/index.ts'

const LIKE = 'like tip: { platform: x, username: somebody }'

/** The account that a page offers to tip. Code pays it if its owner has linked it in the wallet. */
export const tip = z.strictObject(
  {
    platform: z.enum(['x'], 'must be x, the only platform that Code knows'),
    username: line
      .transform((name) => name.replace(/^@/, ''))
      .refine(
        (name) => /^\w{1,15}$/.test(name),
        'must be a user name on X: 1 to 15 letters from A to Z, digits and underscores',
      ),
  },
  {
    error: ({ code }) =>
      code === 'invalid_type' ? `must have a platform and a username, ${LIKE}` : undefined,
  },
)
