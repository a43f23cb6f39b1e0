import { PublicKey } from '@code-wallet/keys'
import { ShopError } from '../errors.ts'

/** Throws intent-malformed: an id is the base58 text of 32 bytes. */
export function parseIntentId(text: string): string {
  try {
    if (text.length > 64) throw new RangeError('too long')
    return PublicKey.fromBase58(text).toBase58()
  } catch (cause) {
    throw new ShopError('intent-malformed', ({ intentForm }) => intentForm(), { cause })
  }
}
