import { type Request, type Response, Router } from 'express'
import { findPurchases, type HeldOrder } from '../../db/index.ts'
import { ensureBuyer, ensureCookie, findBuyer, limitBuyers, lookAtLink, redeemLink } from '../access/index.ts'
import { ShopError } from '../errors.ts'
import { parseOrderId } from '../orders/index.ts'
import type { Shop } from '../shop.ts'
import { allowOnly, inWords, languageOf, neverCached, readForm, sendPrivatePage } from '../web/index.ts'
import * as z from '../zod.ts'
import { asReceipt } from './receipt.ts'

const SHOWN_PURCHASES = 200
const PLACE = /^(\d{1,15})\.([\w-]{1,80})$/ // when a purchase was paid, and its order
const redemptionRequest = z.strictObject({ intent: z.string().max(80), code: z.string().max(64) })

/** What a browser has bought, and how another browser comes to hold an order. */
export function purchaseRoutes(shop: Shop): Router {
  const router = Router()
  router
    .route('/redemptions')
    .post(limitBuyers(shop, 'redemptions'), (req: Request, res: Response) => postRedemption(shop, req, res))
    .all(allowOnly('POST'))
  router
    .route('/purchases')
    .get(neverCached, (req, res) => showPurchases(shop, req, res))
    .all(allowOnly('GET'))
  return router
}

async function postRedemption(shop: Shop, req: Request, res: Response): Promise<void> {
  const { intent, code } = await readForm(req, redemptionRequest, (t) => t.redemptionForm())
  const id = parseOrderId(intent)
  const known = await findBuyer(shop, req)
  if (!known) await lookAtLink(shop, id, code) // a stranger's useless code writes no row
  const isOpen = await redeemLink(shop, id, code, known ?? (await ensureBuyer(shop, req, res)))
  res.redirect(303, isOpen ? `/success/${id}` : '/purchases')
}

async function showPurchases(shop: Shop, req: Request, res: Response): Promise<void> {
  const after = parsePlace(req.query.after)
  const buyer = await findBuyer(shop, req)
  if (buyer) ensureCookie(shop, req, res)
  const orders = buyer ? await findPurchases(shop.db, buyer, SHOWN_PURCHASES + 1, after) : []
  const shown = orders.slice(0, SHOWN_PURCHASES)
  const language = languageOf(req)
  const values = {
    purchases: shown.map((order) => asReceipt(shop, order, language)),
    older: orders.length > shown.length ? pathAfter(shown.at(-1)) : undefined,
    isContinued: after !== undefined,
    ...inWords(language),
  }
  sendPrivatePage(res, shop.views.render('buyers/purchases', values))
}

/** Returns the address of the purchases that are older than this one. */
function pathAfter(last: HeldOrder | undefined): string | undefined {
  return last && `/purchases?after=${last.paidAt}.${last.id}`
}

function parsePlace(text: unknown): { paidAt: number; order: string } | undefined {
  if (text === undefined) return undefined
  const [, paidAt, order] = PLACE.exec(String(text)) ?? []
  if (paidAt && order) return { paidAt: Number(paidAt), order }
  throw new ShopError('request-invalid', ({ noSuchPart }) => noSuchPart())
}
