import type { Shop } from '../shop.ts'
import { minuteOf } from '../web/index.ts'

/** Returns whether this address may try a coupon's code: not after as many wrong ones within its minute as it may place orders. */
export function mayTryCode(shop: Shop, address: string): boolean {
  return wrongCodesOf(shop, address).size < shop.config.createIntentPerMinute
}

/**
 * Returns the codes that this address has tried within its minute and couldn't use, wherever it has tried them. It is a set,
 * since a repeated code is no new guess: a browser sends the one that it keeps with every page.
 */
export function wrongCodesOf({ wrongCodes }: Shop, address: string): Set<string> {
  return minuteOf(wrongCodes, address, (endsAt) => ({ codes: new Set<string>(), endsAt })).codes
}
