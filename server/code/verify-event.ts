import { PublicKey } from '@code-wallet/keys'
import { type CryptoKey, compactVerify, errors, importJWK } from 'jose'
import type { VerifiedEvent } from '../../db/index.ts'
import { fromDecimal, writeFees } from '../../money/index.ts'
import { ShopError } from '../errors.ts'
import { sha256 } from '../secrets.ts'
import * as z from '../zod.ts'
import { assertCompactJws, assertPlainHeader, malformed, parseSigned } from './strict-jws.ts'

// Plain ASCII, as Code's are: a NUL could not be stored everywhere, and a lone surrogate would be stored as another text.
const text = z
  .string()
  .max(200)
  .regex(/^[ -~]*$/)
  .nullable()
  .default(null)
  .catch(null)
const number = z.number().nullable().default(null).catch(null)

const MOST_FEES = 20 // Code allows five
const fees = z
  .array(
    z.object({
      destination: z.string().regex(/^[1-9A-HJ-NP-Za-km-z]{32,44}$/),
      basisPoints: z.int().nonnegative(),
    }),
  )
  .max(MOST_FEES)
  .nullish() // null is how Go writes an empty list
  .transform((read): string | null => writeFees(read ?? []))
  .catch(null)

// What cannot be read becomes null, which equals nothing: the event is kept, and pays nothing.
const claims = z.object({
  intent: text,
  currency: text,
  amount: number,
  destination: text,
  fees,
  state: text,
  quarks: z.number().int().nonnegative().nullable().default(null).catch(null),
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

/** Imports the sequencer's base58 Ed25519 keys, any of which may sign. */
export function importKeys(publicKeys: readonly string[]): Promise<CryptoKey[]> {
  return Promise.all(publicKeys.map(importKey))
}

async function importKey(publicKey: string): Promise<CryptoKey> {
  const x = Buffer.from(PublicKey.fromBase58(publicKey).value).toString('base64url')
  return (await importJWK({ kty: 'OKP', crv: 'Ed25519', x }, 'EdDSA')) as CryptoKey
}

/**
 * Turns an untrusted token into an event that Code has signed: EdDSA with one of these keys and nothing else. Throws
 * event-malformed (no compact JWS) or event-not-trusted. No claim has been compared with an order yet.
 */
export async function verifyEvent(keys: readonly CryptoKey[], token: string): Promise<VerifiedEvent> {
  assertCompactJws(token)
  const payload = await verifySignature(token, keys)
  assertPlainHeader(token)
  return readClaims(token, parseSigned(payload))
}

async function verifySignature(token: string, keys: readonly CryptoKey[]): Promise<Uint8Array> {
  for (const key of keys) {
    try {
      return (await compactVerify(token, key, { algorithms: ['EdDSA'] })).payload
    } catch (error) {
      if (error instanceof errors.JWSInvalid) throw malformed(error)
      if (!(error instanceof errors.JOSEError)) throw error
    }
  }
  throw new ShopError('event-not-trusted', ({ notSigned }) => notSigned())
}

/** Reads the claims of a payload. What can't be read is null. */
export function readClaims(jws: string, payload: unknown): VerifiedEvent {
  const { currency, amount, ...read } = claims.safeParse(payload).data ?? claims.parse({})
  return {
    digest: sha256(jws),
    jws,
    type: typeOf(read, payload),
    currency: currency?.toLowerCase() ?? null,
    hundredths: amount === null ? null : (fromDecimal(amount) ?? null),
    ...read,
  }
}

function typeOf({ intent, user }: Pick<VerifiedEvent, 'intent' | 'user'>, payload: unknown) {
  if (intent !== null) return 'payment'
  if (user !== null) return 'login'
  return testEvent.safeParse(payload).success ? 'test' : 'other'
}
