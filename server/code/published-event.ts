import { createPrivateKey, createPublicKey } from 'node:crypto'
import { PublicKey } from '@code-wallet/keys'
import { importKeys, verifyEvent } from './verify-event.ts'

/**
 * The webhook that Code has published with its signature, on the page about webhooks in its documentation. It shows whether a key
 * is Code's, and pays nothing: no shop has its intent.
 */
const PUBLISHED_EVENT = [
  'eyJhbGciOiJFZERTQSIsInR5cCI6IkpXVCJ9',
  'eyJhbW91bnQiOjAuMDEsImN1cnJlbmN5IjoiVVNEIiwiZGVzdGluYXRpb24iOiJFOG90eHcxQ1ZYOWJmeWRkS3UzWkIzQlZMYTRWVkY5SjdDVFBkblV3VDlqUiIsImV4Y2hhbmdlUmF0ZSI6MC4wMDAwMDg5MywiaW50ZW50IjoiOWpvejkyck1YblM4TnVLOVkzUG51a2RWaTFXN1M5Y3MzODhDVFF4eGc2cjYiLCJxdWFya3MiOjExMjAwMDAwMCwic3RhdGUiOiJTVUJNSVRURUQifQ',
  'DT5TYeE6cnynywqu2bswZSJm0kcBqufOJsOsxvGIYnQxD2mvPKVF8wV_xijsnEXnS2Btp9RFOfBWN6bIxWzeAQ',
].join('.')

/** Returns whether the webhook that Code has published verifies under one of these keys, in base58. */
export async function areCodesKeys(publicKeys: readonly string[]): Promise<boolean> {
  return verifyEvent(await importKeys(publicKeys), PUBLISHED_EVENT).then(
    () => true,
    () => false,
  )
}

/** Returns the public key that belongs to a private key in PEM, in base58; undefined if it is no Ed25519 key. */
export function publicKeyOf(pem: string | Buffer): string | undefined {
  try {
    const { kty, x } = createPublicKey(createPrivateKey(pem)).export({ format: 'jwk' })
    return kty === 'OKP' ? new PublicKey(Buffer.from(x as string, 'base64url')).toBase58() : undefined
  } catch {
    return undefined
  }
}
