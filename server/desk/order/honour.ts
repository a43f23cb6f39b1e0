import type { Request, Response } from 'express'
import { type HonourOutcome, honourOrder } from '../../../db/index.ts'
import { findLimits, toDecimalText } from '../../../money/index.ts'
import { isOurDestination } from '../../catalog/index.ts'
import { ShopError } from '../../errors.ts'
import { rightNow } from '../../local-days.ts'
import type { Shop } from '../../shop.ts'
import * as z from '../../zod.ts'
import { formToken, merchantOf, sendDeskPage, spendForm } from '../access/index.ts'
import { isCurrency, parseAmount } from '../amounts.ts'
import { readDeskForm, readQuery, typed } from '../read-request.ts'
import { reportAgain } from '../report-gone.ts'
import { differencesOf } from './differences.ts'
import { fields, filled } from './fields.ts'
import { linkToOrder } from './link-to-order.ts'
import { type OrderFacts, readOrder } from './read-order.ts'
import { type Reader, readerOf, showMoney, showTime } from './reader.ts'
import { isOpenMismatch } from './standing.ts'

const NO_EVENT = 'none'
const honourQuery = z.object({ event: fields.id.optional() })
const honourForm = z.strictObject({
  form: fields.form,
  intent: fields.id,
  event: fields.id,
  amount: typed(20),
  currency: typed(3).toLowerCase(),
  reason: fields.reason,
})

type HonourForm = z.infer<typeof honourForm>
type Intent = OrderFacts['intents'][number]
type Event = OrderFacts['events'][number]

const purposeOf = (order: string) => `honour ${order}`

/** Shows the form with which the merchant vouches for money, filled in with what an event says that came. */
export async function showHonourForm(shop: Shop, req: Request<{ id: string }>, res: Response): Promise<void> {
  const { event: digest } = readQuery(req, honourQuery)
  const facts = await readOrder(shop, req.params.id)
  const event = digest === NO_EVENT ? undefined : chooseEvent(facts, digest)
  const intent = chooseIntent(facts, event?.intent)
  const values = { ...(event && isMoneyForUs(shop, event) ? asTyped(event) : NOTHING_TYPED), reason: '' }
  sendForm(shop, req, res, { facts, intent, event, values })
}

const NOTHING_TYPED = { amount: '', currency: '' }

/** What the merchant would type, as far as the event says it. */
function asTyped({ hundredths, currency }: Event): typeof NOTHING_TYPED {
  if (!hundredths || currency === undefined || !isCurrency(currency)) return NOTHING_TYPED
  return { amount: toDecimalText(hundredths), currency }
}

/** Makes the order paid by the merchant's word. Throws order-changed if it is paid meanwhile, or the event used. */
export async function postHonour(shop: Shop, req: Request<{ id: string }>, res: Response): Promise<void> {
  const form = await readDeskForm(req, honourForm)
  const facts = await readOrder(shop, req.params.id)
  const event = form.event === '' ? undefined : chooseEvent(facts, form.event)
  const intent = chooseIntent(facts, form.intent)
  const hundredths = parseAmount(form.amount, form.currency)
  const fault = findFault({ ...form, hundredths }, event, readerOf(shop, req))
  if (hundredths === undefined || fault !== undefined)
    return sendForm(shop, req, res.status(422), { facts, intent, event, values: form, fault })
  await spendForm(shop, req, purposeOf(facts.order.id), form.form)
  await honour(shop, res, facts, { ...form, hundredths })
  res.redirect(303, `/desk/orders/${facts.order.id}?done=honoured`)
}

interface Fault {
  field: keyof HonourForm
  text: string
}

/** Says what is wrong with the first field that says nothing, or nothing that can have come. */
function findFault(
  { hundredths, currency, reason }: HonourForm & { hundredths: number | undefined },
  event: Event | undefined,
  reader: Reader,
): Fault | undefined {
  const { forms, order } = reader.texts.desk
  if (!hundredths) return { field: 'amount', text: forms.amountUnclear }
  if (!isCurrency(currency)) return { field: 'currency', text: order.honour.currencyUnknown }
  const most = findLimits(currency)?.maximum ?? hundredths
  if (hundredths > most && hundredths !== event?.hundredths)
    // Code has changed its limits before
    return { field: 'amount', text: order.honour.tooMuch(showMoney({ hundredths: most, currency }, reader)) }
  return reason === '' ? { field: 'reason', text: forms.reasonMissing } : undefined
}

async function honour(
  shop: Shop,
  res: Response,
  { order }: OrderFacts,
  { intent, event, hundredths, currency, reason }: HonourForm & { hundredths: number },
): Promise<void> {
  const money = { hundredths, currency }
  const action = {
    what: 'order-honoured',
    subject: order.id,
    session: merchantOf(res).session,
    before: { state: order.state, intent },
    after: { ...money, reason, event: filled(event) },
  }
  const request = { order: order.id, intent, ...money, reason, event: filled(event) }
  assertHonoured(await honourOrder(shop.db, request, action, rightNow(shop)))
  reportAgain(shop, order.product)
}

function assertHonoured(outcome: HonourOutcome): void {
  if (outcome === 'paid') throw new ShopError('order-changed', (t) => t.paidMeanwhile())
  if (outcome === 'event-used') throw new ShopError('order-changed', (t) => t.eventUsed())
  if (outcome === 'unknown') throw new ShopError('page-not-found', (t) => t.noIntentOfOrder())
}

/** The event that is named or, if none is, the first one that waits for the merchant while its intent is unpaid. */
function chooseEvent({ events, intents }: OrderFacts, digest: string | undefined): Event | undefined {
  const isUnpaid = (intent: string | undefined) => intents.some(({ id, isPaid }) => id === intent && !isPaid)
  if (digest === undefined) return events.find((one) => isOpenMismatch(one) && isUnpaid(one.intent))
  const event = events.find((one) => one.verdict === 'mismatched' && one.digest === digest)
  if (!event) throw new ShopError('page-not-found', (t) => t.noEventOfOrder())
  if (event.isUsed) throw new ShopError('order-changed', (t) => t.eventUsed())
  return event
}

/** The intent that is named or, if none is, the newest that is unpaid. */
function chooseIntent({ intents }: OrderFacts, id: string | undefined): Intent {
  if (id !== undefined && !intents.some((one) => one.id === id))
    throw new ShopError('page-not-found', (t) => t.noIntentOfOrder())
  const intent = intents.findLast((one) => !one.isPaid && (id === undefined || one.id === id))
  if (!intent) throw new ShopError('order-changed', (t) => t.paidMeanwhile())
  return intent
}

/** Whether an event says that its money came to the merchant. */
function isMoneyForUs(shop: Shop, { paysUs, destination, state }: Event): boolean {
  return (paysUs || isOurDestination(shop, destination)) && state === 'SUBMITTED'
}

interface HonourPage {
  facts: OrderFacts
  intent: Intent
  event: Event | undefined
  values: Pick<HonourForm, 'amount' | 'currency' | 'reason'>
  fault?: Fault | undefined
}

function sendForm(shop: Shop, req: Request, res: Response, page: HonourPage): void {
  const { facts, intent, event, values, fault } = page
  const { order } = facts
  const href = `/desk/orders/${order.id}`
  const reader = readerOf(shop, req)
  const view = {
    order: linkToOrder(shop, order),
    action: `${href}/honour`,
    form: formToken(shop, req, purposeOf(order.id)),
    intent: { id: intent.id, price: showMoney(intent, reader) },
    event: event && {
      digest: event.digest,
      seen: showTime(event.firstSeenAt, reader),
      differences: differencesOf(event, intent, reader),
      isMoneyForUs: isMoneyForUs(shop, event),
      withoutHref: `${href}/honour?event=${NO_EVENT}`,
    },
    values,
    fault,
  }
  sendDeskPage(shop, req, res, 'desk/order/honour', view)
}
