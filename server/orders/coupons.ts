import { type CouponUse, isUseLeft, NoUseLeft } from '../../db/index.ts'
import {
  atDiscount,
  type Coupon,
  couponOf,
  isValidOn,
  loweredCurrencies,
  type Product,
} from '../catalog/index.ts'
import { ShopError } from '../errors.ts'
import { localDayOf } from '../local-days.ts'
import { sha256 } from '../secrets.ts'
import type { Shop } from '../shop.ts'
import { assertNotYours } from './already-yours.ts'
import { OFFER_LIFE_MS } from './terms.ts'
import type { MaybeBuyer, Visitor } from './visitor.ts'
import { mayTryCode, wrongCodesOf } from './wrong-codes.ts'

const RESERVED_PER_ADDRESS = 3 // uses of one coupon at a time; a browser reserves one
const NO_CODE = '' // what no coupon has

/**
 * Finds the coupon of this code, if it lowers a price of the product and this visitor could use it now. Throws too-many-requests
 * once the visitor's address may try no more codes.
 */
export async function findUsableCoupon(
  shop: Shop,
  product: Product,
  code: string,
  visitor: MaybeBuyer,
): Promise<Coupon | undefined> {
  const { address } = visitor
  if (!mayTryCode(shop, address))
    throw new ShopError('too-many-requests', (t) => t.wrongCodes(shop.config.createIntentPerMinute))
  const wrong = wrongCodesOf(shop, address)
  wrong.add(code) // before it is looked for, so that codes that are tried at once count as well
  const coupon = await lookForCoupon(shop, product, code, visitor)
  if (coupon) wrong.delete(code)
  return coupon
}

/**
 * Returns the coupon of this code for an order at the product's price, which it must lower. Throws coupon-unusable,
 * too-many-requests; and already-yours, since it may be the buyer's own payment that has used the coupon up.
 */
export async function getUsableCoupon(
  shop: Shop,
  product: Product,
  code: string,
  visitor: MaybeBuyer,
): Promise<Coupon> {
  const coupon = await findUsableCoupon(shop, product, code, visitor)
  if (coupon && atDiscount(product, coupon)) return coupon
  if (visitor.buyer !== undefined) await assertNotYours(shop, visitor.buyer, product)
  throw couponUnusable()
}

/**
 * Does the same whatever is wrong with a code, so that the time an answer takes doesn't tell unknown codes from those that have
 * expired or are used up.
 */
async function lookForCoupon(
  shop: Shop,
  product: Product,
  code: string,
  { buyer = '', address }: MaybeBuyer,
): Promise<Coupon | undefined> {
  const coupon = couponOf(shop.catalog, code)
  const now = shop.clock.now()
  const about = {
    coupon: coupon?.code ?? NO_CODE,
    uses: coupon?.uses ?? 0,
    buyer,
    product: product.slug,
    ...shareOf(address),
  }
  const isLeft = await isUseLeft(shop.db, about, now)
  const isValid = coupon && isValidOn(coupon, localDayOf(now, shop.config.timeZone))
  if (!isValid || loweredCurrencies(product, coupon).length === 0) return undefined
  return isLeft || coupon.uses === undefined ? coupon : undefined
}

/** What an order with this coupon would reserve; undefined if that has no limit. */
export function couponUseOf(
  { catalog, clock }: Shop,
  code: string | null,
  { address }: Visitor,
): CouponUse | undefined {
  const uses = code === null ? undefined : couponOf(catalog, code)?.uses
  return uses === undefined
    ? undefined
    : { uses, ...shareOf(address), reservedUntil: clock.now() + OFFER_LIFE_MS }
}

/** Stores an order, perhaps with a coupon. Throws coupon-unusable if that has no use left by now. */
export async function storeWithUse<T>(store: Promise<T>): Promise<T> {
  try {
    return await store
  } catch (error) {
    if (error instanceof NoUseLeft) throw couponUnusable(error)
    throw error
  }
}

function couponUnusable(cause?: NoUseLeft): ShopError {
  return new ShopError('coupon-unusable', (t) => t.couponUnusable(), { cause })
}

function shareOf(address: string) {
  return { address: sha256(address), perAddress: RESERVED_PER_ADDRESS }
}
