import { PublicKey } from '@code-wallet/keys'
import { ed25519 } from '@noble/curves/ed25519'
import * as z from '../zod.ts'

/** 32 bytes in base58. */
export const address = z
  .string()
  .refine(
    (text) => decode(text) !== undefined,
    'must be a base58 address of 32 bytes, like E8otxw1CVX9bfyddKu3ZB3BVLa4VVF9J7CTPdnUwT9jR',
  )

/** An address that is an Ed25519 public key, for which only the owner of the private key can sign. */
export const publicKey = address.superRefine((text, context) => {
  const bytes = decode(text)
  const message = bytes && findDefect(bytes)
  if (message) context.addIssue({ code: 'custom', message })
})

function decode(text: string): Uint8Array | undefined {
  try {
    return PublicKey.fromBase58(text).value
  } catch {
    return undefined
  }
}

/** Anyone can forge a signature that verifies under a key of small order, in any of its encodings (RFC 8032, section 8.9). */
function findDefect(bytes: Uint8Array): string | undefined {
  if (toPoint(bytes, { strict: false })?.isSmallOrder())
    return 'must not be a small-order key: anyone can forge signatures that it accepts'
  if (!toPoint(bytes, { strict: true }))
    return 'must be an Ed25519 public key, like codeHy87wGD5oMRLG75qKqsSi1vWE3oxNyYmXo5F9YR: no private key belongs to this address'
  return undefined
}

/** Decodes by RFC 8032, section 5.1.3, or by ZIP 215, which also accepts encodings that are not canonical. */
function toPoint(bytes: Uint8Array, { strict }: { strict: boolean }) {
  try {
    return ed25519.Point.fromBytes(bytes, !strict)
  } catch {
    return undefined
  }
}
