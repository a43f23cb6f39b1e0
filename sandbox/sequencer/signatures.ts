import { createPublicKey, verify } from 'node:crypto'

interface Signed<M> {
  clone(): M & { signature?: unknown; toBinary(): Uint8Array }
  signature?: { value: Uint8Array }
}

/** Returns whether this key signed these bytes; false as well for 32 bytes that are no key. */
export function isSignedBy(
  key: Uint8Array,
  bytes: Uint8Array,
  signature: Uint8Array = new Uint8Array(),
): boolean {
  try {
    // Uses node:crypto, since the SDK's own verification blocks the main thread twenty times as long.
    const jwk = { kty: 'OKP', crv: 'Ed25519', x: Buffer.from(key).toString('base64url') }
    return verify(null, bytes, createPublicKey({ key: jwk, format: 'jwk' }), signature)
  } catch {
    return false // not a point on the curve
  }
}

/** Returns whether this key signed the message that carries the signature. Signed is the message without it. */
export function carriesSignatureBy<M>(key: Uint8Array, message: Signed<M>): boolean {
  const unsigned = message.clone()
  delete unsigned.signature
  return isSignedBy(key, unsigned.toBinary(), message.signature?.value)
}
