import { newId, type OrderTerms, storeFreeOrder } from '../../db/index.ts'
import { kindOf, type Product } from '../catalog/index.ts'
import { ShopError } from '../errors.ts'
import { rightNow } from '../local-days.ts'
import type { Shop } from '../shop.ts'
import { MINUTE_MS } from '../time.ts'
import { hasPaidOlderOrder, onlyOnce } from './choose-order.ts'
import { couponUseOf } from './coupons.ts'
import { alreadyYours } from './place-order.ts'
import type { Visitor } from './questions.ts'

const DOUBLE_CLICK_MS = MINUTE_MS // the same form sent again within that is the same order

/**
 * Gives the buyer a product that costs nothing at these terms, without Code: the order is stored as paid. Returns its id.
 * Throws already-yours, no-longer-free, and NoUseLeft.
 */
export async function placeFreeOrder(
  shop: Shop,
  visitor: Visitor,
  product: Product,
  { hundredths, coupon, ...terms }: OrderTerms,
): Promise<string> {
  const couponUse = couponUseOf(shop, coupon, visitor)
  if (hundredths > 0 || coupon === null || !couponUse)
    throw new ShopError('no-longer-free', (t) => t.notFree(product.title))
  const { buyer } = visitor
  if (await hasPaidOlderOrder(shop, buyer, product)) throw alreadyYours(product)
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
  const stored = await storeFreeOrder(shop.db, order, { now, today, since: now - DOUBLE_CLICK_MS })
  if (stored === undefined) throw alreadyYours(product)
  return stored
}
