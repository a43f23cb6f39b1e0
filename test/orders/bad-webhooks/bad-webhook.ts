import { type KeyObject, sign } from 'node:crypto'
import { base64url } from '../../../scripts/support/tokens.ts'
import type { Chance } from './chance.ts'

/** One request to `/webhook` that must pay nothing. */
export interface BadWebhook {
  family: string
  what: string
  body: Uint8Array
  headers: Record<string, string>
  /** The statuses with which it may be answered */
  statuses: readonly number[]
}

/** What all bad webhooks are made from: an open order whose true claims would pay it. */
export interface Target {
  chance: Chance
  /** The key that the shop trusts: what is signed with it is false, or can be read in two ways */
  privateKey: KeyObject
  /** base58 */
  publicKey: string
  /** The claims that pay the order */
  claims: Record<string, unknown>
  /** Those of another open order, with another price */
  otherClaims: Record<string, unknown>
  /** An address that must never be asked for a key */
  trapUrl: string
}

export const HEADER = { alg: 'EdDSA', typ: 'JWT' }
export const REFUSED = [400, 401]
export const MALFORMED = [400]
export const UNTRUSTED = [401]
export const KEPT = [200] // verified, and false: it is recorded and pays nothing

const JWT = { 'Content-Type': 'application/jwt' }

export function bad(
  family: string,
  what: string,
  body: string | Uint8Array,
  statuses: readonly number[] = REFUSED,
  headers: Record<string, string> = {},
): BadWebhook {
  return { family, what, body: Buffer.from(body as string), headers: { ...JWT, ...headers }, statuses }
}

/** A part of a token: text and bytes as they are, everything else as JSON. */
export function part(content: unknown): string {
  return base64url(
    typeof content === 'string' || content instanceof Uint8Array ? content : JSON.stringify(content),
  )
}

export function inputOf(header: unknown, payload: unknown): string {
  return `${part(header)}.${part(payload)}`
}

/** A compact JWS over these texts, bytes or objects, rightly signed with this Ed25519 or Ed448 key. */
export function signedWith(key: KeyObject, payload: unknown, header: unknown = HEADER): string {
  const input = inputOf(header, payload)
  return `${input}.${base64url(sign(null, Buffer.from(input), key))}`
}
