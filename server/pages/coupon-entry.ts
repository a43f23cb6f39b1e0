import { formatMoney } from '../../money/index.ts'
import { type Coupon, couponsOf, loweredCurrencies, type Product } from '../catalog/index.ts'
import type { Shop } from '../shop.ts'
import type { Language } from '../texts/index.ts'

/** Returns whether the page of a product has a place for coupons. */
export function isCouponable({ catalog }: Shop, { prices }: Product): boolean {
  return couponsOf(catalog).length > 0 && prices.some(({ choice }) => !choice)
}

/**
 * What the page says of the coupon with which it shows the prices: its code, the currencies in which it lowers them, the list prices
 * there, and that the others stay as they are.
 */
export function asCoupon(product: Product, coupon: Coupon | undefined, { locale, texts }: Language) {
  const lowers = coupon ? loweredCurrencies(product, coupon) : []
  const prices = product.prices.map(({ price }) => price)
  const others = prices.filter(({ currency }) => !lowers.includes(currency))
  return {
    code: coupon?.code,
    lowers,
    listPrices: prices
      .filter(({ currency }) => lowers.includes(currency))
      .map((price) => formatMoney(price, locale)),
    unchanged:
      coupon && others.length > 0
        ? texts.offer.coupon.unchanged(others.map(({ currency }) => currency.toUpperCase()))
        : undefined,
  }
}
