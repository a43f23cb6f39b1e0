import { createPublicKey, type KeyObject, sign } from 'node:crypto'
import { PublicKey } from '@code-wallet/keys'
import { generateKey } from '../../sandbox/generate-key.ts'

const USD_PER_KIN = 0.00000893
const QUARKS_PER_KIN = 100_000

/** Generates an Ed25519 key pair like the sequencer's; `publicKey` is in base58. */
export function aSequencerKey() {
  const privateKey = generateKey()
  const { x } = createPublicKey(privateKey).export({ format: 'jwk' })
  return { privateKey, publicKey: new PublicKey(Buffer.from(x ?? '', 'base64url')).toBase58() }
}

export const base64url = (data: string | Uint8Array) => Buffer.from(data as string).toString('base64url')

/** Signs a payload as a compact JWS. It is valid unless the header or the key differ from Code's. */
export function signed(
  payload: unknown,
  privateKey: KeyObject,
  header: unknown = { alg: 'EdDSA', typ: 'JWT' },
): string {
  const input = `${base64url(JSON.stringify(header))}.${base64url(typeof payload === 'string' ? payload : JSON.stringify(payload))}`
  return `${input}.${base64url(sign(null, Buffer.from(input), privateKey))}`
}

/** Returns the claims with which Code would confirm that this offer was paid. */
export function claimsOf(offer: { id: string; amount: number; currency: string; destination: string }) {
  return {
    amount: offer.amount / 100,
    currency: offer.currency.toUpperCase(),
    destination: offer.destination,
    exchangeRate: USD_PER_KIN,
    intent: offer.id,
    quarks: Math.ceil(offer.amount / 100 / USD_PER_KIN) * QUARKS_PER_KIN,
    state: 'SUBMITTED',
  }
}
