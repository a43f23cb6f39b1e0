import type { Request, Response } from 'express'
import { findBuyer } from '../access/index.ts'
import { atChosenPrice, type Coupon, findProduct, LONGEST_SLUG, type Product } from '../catalog/index.ts'
import { ShopError } from '../errors.ts'
import {
  assertUnpaid,
  getUsableCoupon,
  howToOrderFree,
  parseOrderId,
  placeOrder,
  termsOf,
} from '../orders/index.ts'
import type { Shop } from '../shop.ts'
import { readJson } from '../web/index.ts'
import * as z from '../zod.ts'
import { assertForSale } from './for-sale.ts'
import { noProduct } from './no-product.ts'
import { ensureVisitor, findVisitor } from './visitor.ts'

const createIntentRequest = z.strictObject({
  product: z.string().max(LONGEST_SLUG),
  currency: z
    .string()
    .regex(/^[a-z]{3}$/)
    .optional(),
  hundredths: z.int().positive().optional(),
  coupon: z.string().max(200).optional(),
  unlessPaid: z.string().optional(), // the intent that the page had open before
})

export async function postIntent(shop: Shop, req: Request, res: Response): Promise<void> {
  const intent = await readJson(req, createIntentRequest, (t) => t.orderForm())
  const { product: slug, coupon: code, unlessPaid, ...chosen } = intent
  const product = findProduct(shop.catalog, slug)
  if (!product) throw noProduct(shop, slug)
  await assertForSale(shop, product)
  const priced = atChosenPrice(product, chosen)
  if (unlessPaid !== undefined)
    await assertUnpaid(shop, await findBuyer(shop, req), product, parseOrderId(unlessPaid))
  const coupon =
    code === undefined ? undefined : await getUsableCoupon(shop, priced, code, await findVisitor(shop, req))
  const terms = termsOf(shop, priced, coupon)
  if (coupon && terms.hundredths === 0) throw nothingToPay(priced, coupon)
  const offer = await placeOrder(shop, await ensureVisitor(shop, req, res), priced, terms)
  res.json({ ...offer, successUrl: leadBack(shop.config, req, offer.successUrl) })
}

function nothingToPay(product: Product, coupon: Coupon): ShopError {
  return new ShopError('nothing-to-pay', (t) => t.nothingToPay(product.title), {
    members: { order: howToOrderFree(product, coupon) },
  })
}

/**
 * Without PUBLIC_URL, a URL that leaves the shop begins with its local one, which leads another device on the network to
 * itself. Such a device has named an address in `Host` that leads here.
 */
function leadBack({ publicUrl, networkUrls }: Shop['config'], req: Request, url: string): string {
  const origin = `http://${req.headers.host}`
  if (publicUrl() !== undefined || !networkUrls.includes(origin)) return url
  const { pathname, search } = new URL(url)
  return `${origin}${pathname}${search}`
}
