import { findLimits, type Money } from '../../../money/index.ts'
import { forReader } from '../choose-price.ts'
import type { Pricing, Product } from '../product.ts'
import type { Coupon } from './coupon.ts'

/** All of a price, in hundredths of a percent */
export const WHOLE_PRICE = 10_000

/**
 * Returns the product's price with a coupon, or undefined if the coupon lowers it by nothing: it is for other products or
 * another currency, or the buyer chooses the amount. Zero is free. What is left between zero and Code's minimum costs that, if
 * the coupon leaves something; but never more than without the coupon.
 */
export function atDiscount(product: Product, coupon: Coupon): Money | undefined {
  const { price } = product
  if (product.choice || !isFor(coupon, product)) return undefined
  const left = takeOff(price, coupon)
  const hundredths = isFree(price, coupon) ? 0 : Math.max(left, findLimits(price.currency)?.minimum ?? 1)
  return hundredths < price.hundredths ? { ...price, hundredths } : undefined
}

/** Returns the currencies in which a coupon lowers the price of a product. */
export function loweredCurrencies(product: Product, coupon: Coupon): string[] {
  return product.prices
    .filter((pricing) => atDiscount(at(product, pricing), coupon) !== undefined)
    .map(({ price }) => price.currency)
}

/** Returns the product with each of its prices as the coupon leaves it. */
export function withCoupon(product: Product, coupon: Coupon): Product {
  const prices = product.prices.map((pricing) => ({
    ...pricing,
    price: atDiscount(at(product, pricing), coupon) ?? pricing.price,
  }))
  return { ...product, price: atDiscount(product, coupon) ?? product.price, prices }
}

/**
 * Returns the product at the price of which the coupon leaves nothing, if there is one: nobody has to choose another then. Of
 * several, it is the one in the currency of a reader with this locale, or else the first.
 */
export function inFreeCurrency(product: Product, coupon: Coupon, locale?: string): Product {
  const prices = product.prices.filter(
    (pricing) => atDiscount(at(product, pricing), coupon)?.hundredths === 0,
  )
  if (!prices[0]) return product
  const first = { ...at(product, prices[0]), prices }
  const { price } = locale === undefined ? first : forReader(first, locale)
  return { ...first, price, prices: [{ price }] }
}

function at(product: Product, { price, choice }: Pricing): Product {
  return { ...product, price, choice }
}

/** Returns whether a coupon leaves nothing of this price. One that may be used any number of times never does. */
function isFree(price: Money, { off, uses }: Coupon): boolean {
  return uses !== undefined && makesFree(price, off)
}

/** Returns whether nothing is left of a price. The rest of a share is a whole hundredth or less, but not nothing. */
export function makesFree(price: Money, off: Coupon['off']): boolean {
  if ('basisPoints' in off) return off.basisPoints === WHOLE_PRICE
  return off.currency === price.currency && off.hundredths >= price.hundredths
}

/** What is taken off is rounded half up to whole hundredths, in integers. */
function takeOff({ hundredths, currency }: Money, { off }: Coupon): number {
  if ('basisPoints' in off)
    return hundredths - Math.floor((2 * hundredths * off.basisPoints + WHOLE_PRICE) / (2 * WHOLE_PRICE))
  return off.currency === currency ? hundredths - off.hundredths : hundredths
}

/** Returns whether a coupon is for this product, whatever its price. */
export function isFor({ products, tags }: Coupon, { slug, tags: own }: Product): boolean {
  if (products) return products.includes(slug)
  return tags === undefined || tags.some((tag) => own.includes(tag))
}
