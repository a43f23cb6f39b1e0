import { type CouponUse, isUseLeft } from '../../db/index.ts'
import { sha256 } from '../access/index.ts'
import { type Coupon, couponOf, isValidOn, lowersAny, type Product } from '../catalog/index.ts'
import { localDayOf } from '../local-days.ts'
import type { Shop } from '../shop.ts'
import type { Visitor } from './questions.ts'
import { OFFER_LIFE_MS } from './terms.ts'

const RESERVED_PER_ADDRESS = 3 // uses of one coupon at a time; a browser reserves one
const NO_CODE = '' // what no coupon has

/**
 * Finds the coupon of this code, if it lowers a price of the product and this visitor could use it now. Whatever is wrong with
 * it, the same is done, so that the time doesn't tell unknown codes from those that have expired or are used up.
 */
export async function findUsableCoupon(
  shop: Shop,
  product: Product,
  code: string,
  { buyer = '', address }: Partial<Visitor> & Pick<Visitor, 'address'>,
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
  if (!isValid || !lowersAny(product, coupon)) return undefined
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

function shareOf(address: string) {
  return { address: sha256(address), perAddress: RESERVED_PER_ADDRESS }
}
