import type { Request, Response } from 'express'
import { denyPayment } from '../../../db/index.ts'
import { ShopError } from '../../errors.ts'
import type { Shop } from '../../shop.ts'
import * as z from '../../zod.ts'
import { formToken, merchantOf, spendForm } from '../access/index.ts'
import { formFields, readDeskForm } from '../read-request.ts'
import { type OrderFacts, readOrder } from './read-order.ts'
import { readerOf, wordsOf } from './reader.ts'
import { type ReasonFault, sendReasonForm } from './reason-form.ts'
import { isUnproven } from './standing.ts'

const denial = z.strictObject(formFields)

const purposeOf = (order: string) => `no money came for ${order}`

/** Shows the form by which the merchant denies what Code says of an order: that it was paid. */
export async function showNoMoneyForm(
  shop: Shop,
  req: Request<{ id: string }>,
  res: Response,
): Promise<void> {
  sendNoMoneyForm(shop, req, res, await readUnproven(shop, req))
}

function sendNoMoneyForm(
  shop: Shop,
  req: Request,
  res: Response,
  facts: OrderFacts,
  fault: ReasonFault = {},
): void {
  const form = formToken(shop, req, purposeOf(facts.order.id))
  const words = wordsOf(readerOf(shop, req)).noMoney
  sendReasonForm(shop, req, res, facts, { path: 'no-money', form, words, ...fault })
}

/** Lets the buyer of an order order again. Throws order-changed if nothing calls it paid any more, or if it is paid. */
export async function postNoMoney(shop: Shop, req: Request<{ id: string }>, res: Response): Promise<void> {
  const { form, reason } = await readDeskForm(req, denial)
  const facts = await readUnproven(shop, req)
  if (reason === '') return sendNoMoneyForm(shop, req, res.status(422), facts, { isReasonMissing: true })
  const { id: order } = facts.order
  await spendForm(shop, req, purposeOf(order), form)
  const { session } = merchantOf(res)
  const action = { what: 'payment-denied', subject: order, session, after: { reason } }
  if (!(await denyPayment(shop.db, order, action, shop.clock.now()))) throw nothingToDeny()
  res.redirect(303, `/desk/orders/${order}?done=denied`)
}

async function readUnproven(shop: Shop, req: Request<{ id: string }>): Promise<OrderFacts> {
  const facts = await readOrder(shop, req.params.id)
  if (!isUnproven(facts)) throw nothingToDeny()
  return facts
}

function nothingToDeny(): ShopError {
  return new ShopError('order-changed', (t) => t.nothingToDeny())
}
