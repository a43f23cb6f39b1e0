import type { OrderTerms } from '../../db/index.ts'
import { writeFees } from '../../money/index.ts'
import type { Product } from '../catalog/index.ts'
import type { Shop } from '../shop.ts'

/**
 * Returns at what this product is sold now, for its page and for a new order. Everything comes from the catalogue and the
 * configuration; an open order is reused only while this is still the same.
 */
export function termsOf({ config }: Shop, { price, destination, fees }: Product): OrderTerms {
  return {
    ...price,
    listHundredths: price.hundredths,
    destination: destination ?? config.destination,
    fees: writeFees(fees),
    taxRate: 0,
    taxHundredths: 0,
    taxLabel: null,
    coupon: null,
  }
}
