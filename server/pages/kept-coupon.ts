import type { Request } from 'express'
import { findBuyer, keptCoupon } from '../access/index.ts'
import type { Coupon, Product } from '../catalog/index.ts'
import { findUsableCoupon, mayTryCode } from '../orders/index.ts'
import type { Shop } from '../shop.ts'
import { addressOf } from '../web/index.ts'

/**
 * Finds the coupon that this browser keeps, if it can use it for this product now. A cookie may come from a program that
 * guesses: once its address may try no more codes, none is looked for.
 */
export async function findKeptCoupon(
  shop: Shop,
  req: Request,
  product: Product,
): Promise<Coupon | undefined> {
  const code = keptCoupon(shop, req)
  if (code === undefined) return undefined
  const visitor = await visitorOf(shop, req)
  return mayTryCode(shop, visitor.address) ? findUsableCoupon(shop, product, code, visitor) : undefined
}

/** Finds the coupon of this code, if this browser could use it for this product now. Throws too-many-requests. */
export async function findCoupon(
  shop: Shop,
  req: Request,
  product: Product,
  code: string,
): Promise<Coupon | undefined> {
  return findUsableCoupon(shop, product, code, await visitorOf(shop, req))
}

/** Returns who asks, and whether that is a buyer yet. A code that can't be used writes no row for a buyer. */
export async function visitorOf(shop: Shop, req: Request) {
  const buyer = await findBuyer(shop, req)
  return { ...(buyer && { buyer }), address: addressOf(req) }
}
