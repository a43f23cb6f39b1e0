import { findFreeOrder, newId, type OrderTerms, storeFreeOrder } from '../../db/index.ts'
import { couponOf, kindOf, type Product } from '../catalog/index.ts'
import { ShopError } from '../errors.ts'
import { rightNow } from '../local-days.ts'
import type { Shop } from '../shop.ts'
import { MINUTE_MS } from '../time.ts'
import { logFailure } from '../web/index.ts'
import { alreadyYours, assertNotYours, onlyOnce } from './already-yours.ts'
import { hasPaidOlderOrder } from './choose-order.ts'
import { couponUseOf, storeWithUse } from './coupons.ts'
import type { Visitor } from './visitor.ts'

const DOUBLE_CLICK_MS = MINUTE_MS // the same form sent again within that is the same order

/**
 * Gives the buyer a product that costs nothing at these terms, without Code: the order is stored as paid. Returns its id.
 * Throws already-yours, no-longer-free, coupon-unusable.
 */
export async function placeFreeOrder(
  shop: Shop,
  visitor: Visitor,
  product: Product,
  { hundredths, coupon, ...terms }: OrderTerms,
): Promise<string> {
  const couponUse = couponUseOf(shop, coupon, visitor)
  if (hundredths > 0 || coupon === null || !couponUse) throw notFree(product)
  const { buyer } = visitor
  if (await hasPaidAsFarAsKnown(shop, buyer, product)) throw alreadyYours(product)
  const { now, today } = rightNow(shop)
  const order = {
    ...terms,
    id: newId(now),
    buyer,
    product: product.slug,
    kind: product.kind,
    title: product.title,
    grants: kindOf(product).grants(product),
    onlyOnce: onlyOnce(product),
    coupon,
    couponUse,
  }
  const since = now - DOUBLE_CLICK_MS
  const stored = await storeWithUse(storeFreeOrder(shop.db, order, { now, today, since }))
  if (stored === undefined) throw alreadyYours(product)
  return stored
}

/** What costs nothing doesn't wait for Code, nor for proof of what it calls paid: a payment that shows itself later still counts. */
async function hasPaidAsFarAsKnown(shop: Shop, buyer: string, product: Product): Promise<boolean> {
  try {
    return await hasPaidOlderOrder(shop, { buyer, product: product.slug })
  } catch (error) {
    if (!(error instanceof ShopError)) throw error
    if (error.code === 'payment-unproven') return false
    logFailure(shop.log, error, { product: product.slug }, 'could not ask whether an older order is paid')
    return false
  }
}

/**
 * Returns the order that a click just before has stored, for a buyer who can't use the coupon: it may have taken the last use.
 * Throws already-yours, no-longer-free.
 */
export async function getFreeOrder(
  shop: Shop,
  buyer: string | undefined,
  product: Product,
  code: string,
): Promise<string> {
  if (buyer === undefined) throw notFree(product)
  const coupon = couponOf(shop.catalog, code)?.code
  const since = shop.clock.now() - DOUBLE_CLICK_MS
  const stored = coupon && (await findFreeOrder(shop.db, { buyer, product: product.slug, coupon, since }))
  if (stored) return stored
  await assertNotYours(shop, buyer, product)
  throw notFree(product)
}

function notFree({ title }: Product): ShopError {
  return new ShopError('no-longer-free', (t) => t.notFree(title))
}
