import { type Request, type Response, Router } from 'express'
import type { Shop } from '../../shop.ts'
import { allowOnly } from '../../web/index.ts'
import { type Code, showCoupon } from './coupon-page.ts'
import { showCoupons } from './list.ts'

/** The coupons, and the orders that used them. */
export function couponsRoutes(shop: Shop): Router {
  const router = Router()
  router
    .route('/coupons')
    .get((req, res) => showCoupons(shop, req, res))
    .all(allowOnly('GET'))
  router
    .route('/coupons/:code')
    .get((req: Request<Code>, res: Response) => showCoupon(shop, req, res))
    .all(allowOnly('GET'))
  return router
}
