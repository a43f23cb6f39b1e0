import type { OrderTerms } from '../../db/index.ts'
import { taxIn, writeFees } from '../../money/index.ts'
import {
  atDiscount,
  type Catalog,
  type Coupon,
  identityOf,
  type Product,
  type Tax,
} from '../catalog/index.ts'
import type { Shop } from '../shop.ts'
import { HOUR_MS } from '../time.ts'

/** For so long a buyer can pay an offer again, and the use of its coupon is reserved */
export const OFFER_LIFE_MS = HOUR_MS

/**
 * Returns at what this product is sold now, for its page and for a new order. Everything comes from the catalogue and the
 * configuration; an open order is reused only while this is still the same.
 */
export function termsOf({ config, catalog }: Shop, product: Product, coupon?: Coupon): OrderTerms {
  const { price, destination, fees } = product
  const { rate, label } = taxOf(catalog, product)
  const lowered = coupon && atDiscount(product, coupon)
  const { hundredths, currency } = lowered ?? price
  return {
    hundredths,
    currency,
    listHundredths: price.hundredths,
    destination: destination ?? config.destination,
    fees: writeFees(fees),
    taxRate: rate,
    taxHundredths: taxIn(hundredths, rate),
    taxLabel: rate === 0 ? null : label,
    coupon: lowered ? coupon.code : null,
  }
}

const NO_TAX: Tax = { rate: 0, label: '' }

/** Returns the tax that a product's price includes: its own, or the shop's. */
export function taxOf(catalog: Catalog, { tax }: Product): Tax {
  return tax ?? identityOf(catalog).tax ?? NO_TAX
}
