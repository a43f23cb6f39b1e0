import { type Request, type Response, Router } from 'express'
import { findHeldOrder, type HeldOrder } from '../../db/index.ts'
import {
  ensureBuyer,
  ensureCookie,
  findBuyer,
  isOpened,
  limitBuyers,
  limitReaders,
  lookAtLink,
  openGate,
  setTestCookie,
} from '../access/index.ts'
import {
  asGoods,
  asPaid,
  atChosenPrice,
  findProduct,
  kindOf,
  LONGEST_SLUG,
  lookAtListed,
} from '../catalog/index.ts'
import { ShopError } from '../errors.ts'
import { getUsableCoupon, parseOrderId, placeOrder, pollOnLook, termsOf } from '../orders/index.ts'
import type { Shop } from '../shop.ts'
import {
  addressOf,
  allowOnly,
  inWords,
  languageOf,
  neverCached,
  readFields,
  sendPrivatePage,
  shareWithReaders,
} from '../web/index.ts'
import * as z from '../zod.ts'
import { assertForSale } from './for-sale.ts'
import { sendHosts } from './hosts.ts'
import { visitorOf } from './kept-coupon.ts'
import { noProduct } from './no-product.ts'
import { asReceipt } from './receipt.ts'

const LARGEST_ORDER = 1_024 // bytes
const createIntentRequest = z.strictObject({
  product: z.string().max(LONGEST_SLUG),
  currency: z
    .string()
    .regex(/^[a-z]{3}$/)
    .optional(),
  hundredths: z.int().positive().optional(),
  coupon: z.string().max(200).optional(),
})

type Id = {
  id: string
}

/** From the button to the goods: the intent, the state of an order, the pages to which a wallet returns. */
export function checkoutRoutes(shop: Shop): Router {
  const router = Router()
  const limitLooks = limitReaders(shop)
  router.route('/hosts.js').get(sendHosts(shop.config)).all(allowOnly('GET'))
  router
    .route('/create-intent')
    .post(limitBuyers(shop), neverCached, (req: Request, res: Response) => postIntent(shop, req, res))
    .all(allowOnly('POST'))
  router
    .route('/intents/:id')
    .get(limitLooks, neverCached, (req: Request<Id>, res: Response) => showState(shop, req, res))
    .all(allowOnly('GET'))
  router
    .route('/success/:id')
    .get(limitLooks, neverCached, (req: Request<Id>, res: Response) => showSuccess(shop, req, res))
    .all(allowOnly('GET'))
  router
    .route('/cancel')
    .get((req, res) => showCancelled(shop, req, res))
    .all(allowOnly('GET'))
  return router
}

async function postIntent(shop: Shop, req: Request, res: Response): Promise<void> {
  const { product: slug, coupon: code, ...chosen } = parseCreateIntent(await readFields(req, LARGEST_ORDER))
  const product = findProduct(shop.catalog, slug)
  if (!product) throw noProduct(shop, slug)
  await assertForSale(shop, product)
  const priced = atChosenPrice(product, chosen)
  const coupon =
    code === undefined ? undefined : await getUsableCoupon(shop, priced, code, await visitorOf(shop, req))
  const terms = termsOf(shop, priced, coupon)
  if (terms.hundredths === 0) throw new ShopError('nothing-to-pay', (t) => t.nothingToPay(product.title))
  const visitor = { buyer: await ensureBuyer(shop, req, res), address: addressOf(req) }
  const offer = await placeOrder(shop, visitor, priced, terms)
  res.json({ ...offer, successUrl: leadBack(shop.config, req, offer.successUrl) })
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

function parseCreateIntent(body: unknown): z.infer<typeof createIntentRequest> {
  const parsed = createIntentRequest.safeParse(body)
  if (!parsed.success) throw new ShopError('request-invalid', ({ orderForm }) => orderForm())
  return parsed.data
}

async function showState(shop: Shop, req: Request<Id>, res: Response): Promise<void> {
  const id = parseOrderId(req.params.id)
  res.json(asState(id, await lookAtOrder(shop, req, id, await findBuyer(shop, req))))
}

function asState(id: string, { product, hundredths, currency, paidAt }: HeldOrder) {
  return {
    id,
    state: paidAt === undefined ? 'pending' : 'paid',
    product,
    amount: hundredths,
    currency,
    ...(paidAt !== undefined && { paidAt: new Date(paidAt).toISOString() }),
  }
}

/** The order, if this buyer holds it; an unpaid one is polled now. Throws order-not-found. */
async function lookAtOrder(
  shop: Shop,
  req: Request<Id>,
  id: string,
  buyer: string | undefined,
): Promise<HeldOrder> {
  const found = await findHeld(shop, id, buyer)
  if (!found || buyer === undefined) throw new ShopError('order-not-found', ({ notHeld }) => notHeld())
  if (found.paidAt !== undefined || found.intent === undefined) return found
  await pollOnLook(shop, found.intent, { buyer, address: addressOf(req) })
  return (await findHeld(shop, id, buyer)) ?? found
}

async function findHeld({ db }: Shop, id: string, buyer: string | undefined): Promise<HeldOrder | undefined> {
  return buyer === undefined ? undefined : findHeldOrder(db, id, buyer)
}

async function showSuccess(shop: Shop, req: Request<Id>, res: Response): Promise<void> {
  const id = parseOrderId(req.params.id)
  const buyer = await findBuyer(shop, req)
  if (req.query.redeem === undefined)
    return showOrder(shop, req, res, await lookAtOrder(shop, req, id, buyer))
  const code = String(req.query.redeem)
  if (buyer === undefined || !(await isOpened(shop, id, code, buyer)))
    return offerRedemption(shop, req, res, { intent: id, code })
  const isHeld = await findHeld(shop, id, buyer) // a link for everything has left it out if its access had ended
  res.redirect(303, isHeld ? `/success/${id}` : '/purchases')
}

async function showOrder(shop: Shop, req: Request, res: Response, order: HeldOrder): Promise<void> {
  const product = findProduct(shop.catalog, order.product) // it may have been taken out of the shop since
  if (product) await lookAtListed(shop.catalog, product)
  const opened = product && (await openGate(shop, req, product))
  const language = languageOf(req)
  const { texts } = language
  const receipt = asReceipt(shop, order, language)
  const page = shop.views.render('checkout/success', {
    receipt,
    ended: receipt.isRevoked ? texts.success.ended : receipt.isOver ? texts.success.expired : undefined,
    goods: opened && !kindOf(product).canBuyAgain ? asGoods(product, opened.content, texts) : undefined,
    paid: asPaid(product, receipt.href, texts),
    ...inWords(language),
  })
  sendPrivatePage(res, page)
}

/** Changes nothing: mail programs and messengers open links too. The button on the page posts to /redemptions. */
async function offerRedemption(
  shop: Shop,
  req: Request,
  res: Response,
  link: { intent: string; code: string },
): Promise<void> {
  const kind = await lookAtLink(shop, link.intent, link.code)
  const language = languageOf(req)
  ensureCookie(shop, req, res)
  setTestCookie(shop, res)
  const words = language.texts.redeem[kind]
  sendPrivatePage(res, shop.views.render('checkout/redeem', { ...inWords(language), words, ...link }))
}

function showCancelled({ catalog, views }: Shop, req: Request, res: Response): void {
  const found = findProduct(catalog, String(req.query.product))
  const product = found?.status === 'draft' ? undefined : found
  const back = product ? `/products/${product.slug}` : '/'
  shareWithReaders(res)
  res.send(views.render('checkout/cancel', { ...inWords(languageOf(req)), product, back }))
}
