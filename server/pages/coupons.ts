import { type Request, type Response, Router } from 'express'
import {
  ensureCookie,
  keepCoupon,
  limitBuyers,
  type Opened,
  openGate,
  setTestCookie,
} from '../access/index.ts'
import { lookAtGoods, type Product } from '../catalog/index.ts'
import { ShopError } from '../errors.ts'
import type { Shop } from '../shop.ts'
import { allowOnly, languageOf, neverCached, readFields, sendPrivatePage } from '../web/index.ts'
import * as z from '../zod.ts'
import { assertForSale } from './for-sale.ts'
import { findCoupon, findKeptCoupon } from './kept-coupon.ts'
import { getProduct } from './no-product.ts'
import { canBuy, offerPage, offerPath } from './products.ts'

const LARGEST_FORM = 1_024 // bytes
const couponForm = z.strictObject({ product: z.string().max(200), code: z.string().max(200) })

/** Where the form of a product's page brings the code of a coupon. */
export function couponRoutes(shop: Shop): Router {
  const router = Router()
  router
    .route('/coupons')
    .post(limitBuyers(shop), neverCached, (req: Request, res: Response) => postCoupon(shop, req, res))
    .all(allowOnly('POST'))
  return router
}

/** Has this browser keep the coupon, if it could use that now; without a code, forget it. Never puts the code into an address. */
async function postCoupon(shop: Shop, req: Request, res: Response): Promise<void> {
  const { product: slug, code } = parseForm(await readFields(req, LARGEST_FORM, true))
  const product = getProduct(shop, slug)
  await assertForSale(shop, product)
  const coupon = code.trim() === '' ? undefined : await findCoupon(shop, req, product, code)
  const opened = await openGate(shop, req, product)
  if (code.trim() !== '' && !coupon) return refuseCoupon(shop, req, res, { product, opened, code })
  keepCoupon(shop, res, coupon?.code)
  res.redirect(303, offerPath(product, opened))
}

function parseForm(body: unknown): z.infer<typeof couponForm> {
  const parsed = couponForm.safeParse(body)
  if (!parsed.success) throw new ShopError('request-invalid', (t) => t.couponForm())
  return parsed.data
}

/** Shows the same page again, with what was entered and the reason. Programs get the problem. */
async function refuseCoupon(
  shop: Shop,
  req: Request,
  res: Response,
  { product, opened, code }: { product: Product; opened: Opened | undefined; code: string },
): Promise<void> {
  if (!canBuy(product, opened) || req.accepts(['json', 'html']) !== 'html')
    throw new ShopError('coupon-unusable', (t) => t.couponUnusable())
  ensureCookie(shop, req, res)
  setTestCookie(shop, res)
  const page = offerPage(shop, product, {
    language: languageOf(req),
    isAvailable: await lookAtGoods(shop.catalog, product),
    opened,
    coupon: await findKeptCoupon(shop, req, product),
    refused: code,
  })
  sendPrivatePage(res.status(422), page)
}
