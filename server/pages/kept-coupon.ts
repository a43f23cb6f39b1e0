import type { Request } from 'express'
import { keptCoupon } from '../access/index.ts'
import type { Coupon, Product } from '../catalog/index.ts'
import { findUsableCoupon, mayTryCode } from '../orders/index.ts'
import type { Shop } from '../shop.ts'
import { findVisitor } from './visitor.ts'

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
  const visitor = await findVisitor(shop, req)
  return mayTryCode(shop, visitor.address) ? findUsableCoupon(shop, product, code, visitor) : undefined
}
