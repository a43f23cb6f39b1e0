import { type Request, type Response, Router } from 'express'
import { findHeldOrder, findProof, type HeldOrder } from '../../db/index.ts'
import {
  ensureCookie,
  holdsProduct,
  isOpened,
  limitBuyers,
  limitReaders,
  lookAtLink,
  openGate,
  setTestCookie,
} from '../access/index.ts'
import { asGoods, asPaid, findProduct, kindOf, lookAtListed } from '../catalog/index.ts'
import { ShopError } from '../errors.ts'
import { type MaybeBuyer, parseOrderId, pollOnLook } from '../orders/index.ts'
import type { Shop } from '../shop.ts'
import type { Texts } from '../texts/index.ts'
import {
  allowOnly,
  inWords,
  languageOf,
  neverCached,
  sendPrivatePage,
  shareWithReaders,
} from '../web/index.ts'
import { postIntent } from './create-intent.ts'
import { sendHosts } from './hosts.ts'
import { asReceipt } from './receipt.ts'
import { findVisitor } from './visitor.ts'

type Id = {
  id: string
}

/** From the button to the goods: the intent, the state of an order, the pages to which a wallet returns. */
export function checkoutRoutes(shop: Shop): Router {
  const router = Router()
  const limitLooks = limitReaders(shop, 'order-states')
  router.route('/hosts.js').get(sendHosts(shop.config)).all(allowOnly('GET'))
  router
    .route('/create-intent')
    .post(limitBuyers(shop, 'orders'), neverCached, (req: Request, res: Response) =>
      postIntent(shop, req, res),
    )
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

async function showState(shop: Shop, req: Request<Id>, res: Response): Promise<void> {
  const id = parseOrderId(req.params.id)
  res.json(asState(id, await lookAtOrder(shop, id, await findVisitor(shop, req))))
}

function asState(id: string, { product, hundredths, currency, paidAt, isRevoked }: HeldOrder) {
  return {
    id,
    state: paidAt === undefined ? 'pending' : 'paid',
    product,
    amount: hundredths,
    currency,
    ...(paidAt !== undefined && { paidAt: new Date(paidAt).toISOString() }),
    ...(isRevoked && { accessEnded: true }),
  }
}

/** The order, if this visitor holds it; an unpaid one is polled now. Throws order-not-found. */
async function lookAtOrder(shop: Shop, id: string, { buyer, address }: MaybeBuyer): Promise<HeldOrder> {
  const found = await findHeld(shop, id, buyer)
  if (!found || buyer === undefined) throw new ShopError('order-not-found', ({ notHeld }) => notHeld())
  if (found.paidAt !== undefined || found.intent === undefined) return found
  await pollOnLook(shop, found.intent, { buyer, address })
  return (await findHeld(shop, id, buyer)) ?? found
}

async function findHeld({ db }: Shop, id: string, buyer: string | undefined): Promise<HeldOrder | undefined> {
  return buyer === undefined ? undefined : findHeldOrder(db, id, buyer)
}

async function showSuccess(shop: Shop, req: Request<Id>, res: Response): Promise<void> {
  const id = parseOrderId(req.params.id)
  const visitor = await findVisitor(shop, req)
  if (req.query.redeem === undefined) return showOrder(shop, req, res, await lookAtOrder(shop, id, visitor))
  const { buyer } = visitor
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
  const isHeldOtherwise = async () => opened !== undefined || holdsProduct(shop, req, order.product)
  const page = shop.views.render('checkout/success', {
    receipt,
    unproven: (await isUnproven(shop, order)) ? texts.problems['payment-unproven'].explanation : undefined,
    ended: await wordsIfEnded(receipt, texts, isHeldOtherwise),
    goods: opened && !kindOf(product).canBuyAgain ? asGoods(product, opened.content, texts) : undefined,
    paid: {
      ...asPaid(product, receipt.href, texts),
      ...(product && receipt.window?.state === 'waiting' && texts.success.notBegun),
    },
    ...inWords(language),
  })
  sendPrivatePage(res, page)
}

/** Whether only the merchant may be able to help: Code calls the order paid, and nothing has proved it. */
async function isUnproven({ db }: Shop, { paidAt, intent }: HeldOrder): Promise<boolean> {
  return paidAt === undefined && intent !== undefined && (await findProof(db, intent, false)) === 'unproven'
}

/** Says that the purchase is over, but not the buyer's access if another one of theirs still gives it. */
async function wordsIfEnded(
  { isRevoked, isOver, refunded }: ReturnType<typeof asReceipt>,
  { success }: Texts,
  isHeldOtherwise: () => Promise<boolean>,
) {
  if (!isRevoked && !isOver) return undefined
  const isRefunded = isRevoked && refunded !== undefined
  if (await isHeldOtherwise()) return success.heldOtherwise[isRefunded ? 'refunded' : 'ended']
  if (!isRevoked) return success.expired
  const { afterRefund, ...ended } = success.ended
  return isRefunded ? { ...ended, after: afterRefund } : ended
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
