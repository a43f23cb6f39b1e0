import { formatMoney } from '../../money/index.ts'
import { type Coupon, couponsOf, loweredCurrencies, type Product } from '../catalog/index.ts'
import type { Shop } from '../shop.ts'
import type { Language } from '../texts/index.ts'

/** Returns whether the page of a product has a place for coupons. */
export function isCouponable({ catalog }: Shop, { prices }: Product): boolean {
  return couponsOf(catalog).length > 0 && prices.some(({ choice }) => !choice)
}

/** What the page says of the coupon with which it shows the price: its code, what it lowers and, of a single price, the list price. */
export function asCoupon(product: Product, coupon: Coupon | undefined, { locale }: Language) {
  const { price, prices } = product
  return {
    code: coupon?.code,
    lowers: coupon ? loweredCurrencies(product, coupon) : [],
    listPrice: prices.length === 1 ? formatMoney(price, locale) : undefined,
  }
}
