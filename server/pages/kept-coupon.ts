import type { Request } from 'express'
import { findBuyer, keptCoupon } from '../access/index.ts'
import type { Coupon, Product } from '../catalog/index.ts'
import { findUsableCoupon } from '../orders/index.ts'
import type { Shop } from '../shop.ts'
import { addressOf } from '../web/index.ts'

/** Finds the coupon that this browser keeps, if it can use it for this product now. */
export async function findKeptCoupon(
  shop: Shop,
  req: Request,
  product: Product,
): Promise<Coupon | undefined> {
  const code = keptCoupon(shop, req)
  return code === undefined ? undefined : findCoupon(shop, req, product, code)
}

/** Finds the coupon of this code, if this browser could use it for this product now. */
export async function findCoupon(
  shop: Shop,
  req: Request,
  product: Product,
  code: string,
): Promise<Coupon | undefined> {
  const buyer = await findBuyer(shop, req)
  return findUsableCoupon(shop, product, code, { ...(buyer && { buyer }), address: addressOf(req) })
}
