import { findHeldOrder, holdsEntitlement } from '../../db/index.ts'
import { kindOf, type Product } from '../catalog/index.ts'
import { ShopError } from '../errors.ts'
import { rightNow } from '../local-days.ts'
import type { Shop } from '../shop.ts'
import { pollUnlessRefused } from './poll-for-buyer.ts'

/** The scope of which a buyer needs only one, or null if the product may be bought again while it is held. */
export function onlyOnce(product: Product): string | null {
  const { canBuyAgain, grants } = kindOf(product)
  return canBuyAgain ? null : (grants(product)[0]?.scope ?? null)
}

/** Throws already-yours if the buyer needs no second order of the product. */
export async function assertNotYours(shop: Shop, buyer: string, product: Product): Promise<void> {
  const scope = onlyOnce(product)
  if (scope !== null && (await holdsEntitlement(shop.db, buyer, scope, rightNow(shop).today)))
    throw alreadyYours(product)
}

/**
 * Throws already-yours if an intent that the page has offered before is paid by now, also where the product may be bought again.
 * While its webhook may be late, Code is polled. Throws access-ended if it is paid, and the merchant has ended what it gave;
 * order-not-found if this buyer has no such order, as a program that has lost its cookies, which would pay twice. Throws what polling throws.
 */
export async function assertUnpaid(
  shop: Shop,
  buyer: string | undefined,
  product: Product,
  named: string,
): Promise<void> {
  const order = buyer === undefined ? undefined : await findHeldOrder(shop.db, named, buyer)
  if (!order) throw new ShopError('order-not-found', (t) => t.notHeld())
  if (order.product !== product.slug) return
  const intent = named === order.id ? order.intent : named // another intent of the order may be newer than the page
  const isPaid =
    order.paidAt !== undefined || (intent !== undefined && (await pollUnlessRefused(shop, intent)))
  if (isPaid && order.isRevoked) throw new ShopError('access-ended', (t) => t.orderEnded(product.title))
  if (isPaid) throw alreadyYours(product)
}

/** The error for a buyer who needs no second order of a product, or of whom an older order of it has just been found paid. */
export function alreadyYours(product: Product): ShopError {
  const { canBuyAgain } = kindOf(product)
  const path = `/products/${product.slug}`
  return new ShopError('already-yours', (t) =>
    canBuyAgain ? t.paidBefore(product.title, path) : t.alreadyYours(product.title, path),
  )
}
