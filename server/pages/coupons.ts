import { type Request, type Response, Router } from 'express'
import { assertKeepsCookies, bringRefusedCode, keepCoupon, limitBuyers, openGate } from '../access/index.ts'
import { LONGEST_SLUG } from '../catalog/index.ts'
import { ShopError } from '../errors.ts'
import { findUsableCoupon } from '../orders/index.ts'
import type { Shop } from '../shop.ts'
import { allowOnly, leadProblemsBack, neverCached, readForm } from '../web/index.ts'
import * as z from '../zod.ts'
import { assertForSale, assertShown } from './for-sale.ts'
import { getProduct } from './no-product.ts'
import { offerPath } from './products.ts'
import { findVisitor } from './visitor.ts'

const couponForm = z.strictObject({ product: z.string().max(LONGEST_SLUG), code: z.string().max(200) })

/** Where the form of a product's page brings the code of a coupon. */
export function couponRoutes(shop: Shop): Router {
  const router = Router()
  router
    .route('/coupons')
    .post(limitBuyers(shop, 'coupons'), neverCached, (req: Request, res: Response) =>
      postCoupon(shop, req, res),
    )
    .all(allowOnly('POST'))
  return router
}

/**
 * Has this browser keep the coupon, if it could use that now; without a code, forget it. Never puts the code into an address.
 * Leads back to the product's page: to the new price, or to the reason if the code can't be used. Programs get the problem.
 */
async function postCoupon(shop: Shop, req: Request, res: Response): Promise<void> {
  const { product: slug, code } = await readForm(req, couponForm, (t) => t.couponForm())
  const product = getProduct(shop, slug)
  assertShown(shop, product)
  leadProblemsBack(res, `/products/${slug}`)
  assertKeepsCookies(shop, req)
  await assertForSale(shop, product)
  const coupon =
    code.trim() === '' ? undefined : await findUsableCoupon(shop, product, code, await findVisitor(shop, req))
  const isRefused = code.trim() !== '' && !coupon
  if (isRefused && req.accepts(['json', 'html']) !== 'html')
    throw new ShopError('coupon-unusable', (t) => t.couponUnusable())
  if (isRefused) bringRefusedCode(shop, res, slug, code)
  else keepCoupon(shop, res, coupon?.code)
  const path = offerPath(product, await openGate(shop, req, product))
  res.redirect(303, isRefused ? path : `${path}#page.price`) // a fragment would win over the refused code's autofocus
}
