import type { Request, Response } from 'express'
import { issueLink, type LinkOutcome, revokeAccess } from '../../../db/index.ts'
import { findWalletLinkEnd, newRedemptionCode } from '../../access/index.ts'
import { ShopError } from '../../errors.ts'
import { rightNow } from '../../local-days.ts'
import type { Shop } from '../../shop.ts'
import * as z from '../../zod.ts'
import { formToken, merchantOf, sendDeskPage, spendForm } from '../access/index.ts'
import { readDeskForm } from '../read-request.ts'
import { reportAgain } from '../report-gone.ts'
import { asHolders, isOver } from './as-access.ts'
import { fields, filled } from './fields.ts'
import { linkToOrder } from './link-to-order.ts'
import { type OrderFacts, readOrder } from './read-order.ts'
import { readerOf, showTime, wordsOf } from './reader.ts'
import { MERCHANTS_LINK_HOLDERS, MERCHANTS_LINK_LIFE_MS, showLink } from './show-link.ts'
import { readWhatPayersKnow } from './what-payers-know.ts'

const SHOWN_LINKS = 5

const linkForm = z.strictObject({ form: fields.form, lost: fields.id })

const purposeOf = (order: string) => `link to ${order}`

/** Shows what only the payer can know, and the form that issues a link. */
export async function showLinkForm(shop: Shop, req: Request<{ id: string }>, res: Response): Promise<void> {
  const facts = await readOrder(shop, req.params.id)
  assertOpen(facts)
  assertNotOver(shop, facts)
  const { order, links } = facts
  const reader = readerOf(shop, req)
  const href = `/desk/orders/${order.id}`
  const walletLinkEnd = await findWalletLinkEnd(shop, order.id)
  sendDeskPage(shop, req, res, 'desk/order/link', {
    order: linkToOrder(shop, order),
    action: `${href}/link`,
    form: formToken(shop, req, purposeOf(order.id)),
    known: await readWhatPayersKnow(shop, facts, reader),
    issued: links.length,
    lastIssued: links.slice(-SHOWN_LINKS).map(({ createdAt, usedAt }) => ({
      created: showTime(createdAt, reader),
      used: usedAt === undefined ? undefined : showTime(usedAt, reader),
    })),
    holders: asHolders(facts, reader).filter(({ revokeHref }) => revokeHref !== undefined),
    walletLinkEnd: walletLinkEnd === undefined ? undefined : showTime(walletLinkEnd, reader),
  })
}

/** Issues a link in place of the last one, and ends the access of the browser that was lost, if one is named. */
export async function postLink(shop: Shop, req: Request<{ id: string }>, res: Response): Promise<void> {
  const { form, lost } = await readDeskForm(req, linkForm)
  const facts = await readOrder(shop, req.params.id)
  const { id: order, product } = facts.order
  const buyer = filled(lost)
  if (buyer !== undefined && !facts.holders.some((holder) => holder.buyer === buyer))
    throw new ShopError('page-not-found', (t) => t.noHolder())
  assertNotOver(shop, facts)
  await spendForm(shop, req, purposeOf(order), form)
  const link = await issueOrderLink(shop, res, { order, linksBefore: facts.links.length })
  if (buyer !== undefined) await endLostBrowser(shop, req, res, { order, buyer, product })
  await showLink(shop, req, res, { ...link, order, from: linkToOrder(shop, facts.order) })
}

/** Issues a link to an order in place of the last one. Throws order-changed if it would open nothing. */
export async function issueOrderLink(
  { db, clock }: Shop,
  res: Response,
  { order, linksBefore }: { order: string; linksBefore: number },
): Promise<{ code: string; expiresAt: number }> {
  const now = clock.now()
  const { code, codeHash } = newRedemptionCode()
  const expiresAt = now + MERCHANTS_LINK_LIFE_MS
  const action = {
    what: 'link-issued',
    subject: order,
    session: merchantOf(res).session,
    before: { links: linksBefore },
    after: { expiresAt },
  }
  const link = { order, buyer: undefined, codeHash, holdersAllowed: MERCHANTS_LINK_HOLDERS, expiresAt }
  assertIssued(await issueLink(db, link, action, now))
  return { code, expiresAt }
}

function assertIssued(outcome: LinkOutcome): void {
  if (outcome === 'unpaid') throw new ShopError('order-changed', (t) => t.linkNeedsPayment())
  if (outcome !== 'issued') throw new ShopError('order-changed', (t) => t.linkNeedsAccess())
}

function assertOpen({ order, payments }: OrderFacts): void {
  if (payments.length === 0) assertIssued('unpaid')
  if (order.isRevoked) assertIssued('revoked')
}

function assertNotOver(shop: Shop, facts: OrderFacts): void {
  if (isOver(facts, rightNow(shop).today)) throw new ShopError('order-changed', (t) => t.linkToEnded())
}

/** What was lost may be in other hands. It is no fault if its access had ended before. */
async function endLostBrowser(
  shop: Shop,
  req: Request,
  res: Response,
  { order, buyer, product }: { order: string; buyer: string; product: string },
): Promise<void> {
  const { session } = merchantOf(res)
  const reason = wordsOf(readerOf(shop, req)).link.lostReason
  const action = {
    what: 'access-revoked',
    subject: order,
    session,
    before: { access: 'open' },
    after: { buyer, reason },
  }
  await revokeAccess(shop.db, { order, buyer, reason }, action, rightNow(shop))
  reportAgain(shop, product)
}
