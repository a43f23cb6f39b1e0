import { type Request, type Response, Router } from 'express'
import { findBuyer, limitBuyers } from '../access/index.ts'
import { inChosenCurrency, inFreeCurrency, LONGEST_SLUG } from '../catalog/index.ts'
import { findUsableCoupon, getFreeOrder, placeFreeOrder, termsOf } from '../orders/index.ts'
import type { Shop } from '../shop.ts'
import { allowOnly, leadProblemsBack, neverCached, readForm } from '../web/index.ts'
import * as z from '../zod.ts'
import { assertForSale, assertShown } from './for-sale.ts'
import { getProduct } from './no-product.ts'
import { ensureVisitor, findVisitor } from './visitor.ts'

const freeOrderForm = z.strictObject({
  product: z.string().max(LONGEST_SLUG),
  currency: z.string().max(3).optional(),
  coupon: z.string().max(200),
})

/** Where a product is ordered that costs nothing with a coupon. */
export function freeOrderRoutes(shop: Shop): Router {
  const router = Router()
  router
    .route('/orders')
    .post(limitBuyers(shop, 'free-orders'), neverCached, (req: Request, res: Response) =>
      postFreeOrder(shop, req, res),
    )
    .all(allowOnly('POST'))
  return router
}

async function postFreeOrder(shop: Shop, req: Request, res: Response): Promise<void> {
  const {
    product: slug,
    currency,
    coupon: code,
  } = await readForm(req, freeOrderForm, (t) => t.freeOrderForm())
  const product = getProduct(shop, slug)
  assertShown(shop, product)
  leadProblemsBack(res, `/products/${product.slug}`)
  await assertForSale(shop, product)
  const chosen = currency === undefined ? undefined : inChosenCurrency(product, currency)
  const coupon = await findUsableCoupon(shop, product, code, await findVisitor(shop, req))
  const offered = coupon && (chosen ?? inFreeCurrency(product, coupon))
  const order = offered
    ? await placeFreeOrder(shop, await ensureVisitor(shop, req, res), product, termsOf(shop, offered, coupon))
    : await getFreeOrder(shop, await findBuyer(shop, req), product, code) // a click just before may have made the buyer
  res.redirect(303, `/success/${order}`)
}
