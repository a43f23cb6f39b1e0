import type { Request, Response } from 'express'
import { type DeskPayment, recordRefund } from '../../../db/index.ts'
import { toDecimalText } from '../../../money/index.ts'
import { ShopError } from '../../errors.ts'
import { rightNow } from '../../local-days.ts'
import type { Shop } from '../../shop.ts'
import * as z from '../../zod.ts'
import { formToken, merchantOf, sendDeskPage, spendForm } from '../access/index.ts'
import { parseAmount } from '../amounts.ts'
import { readDeskForm, readQuery, typed } from '../read-request.ts'
import { reportAgain } from '../report-gone.ts'
import { hasAccessToEnd, mayMove } from './as-access.ts'
import { fields, filled } from './fields.ts'
import { linkToOrder } from './link-to-order.ts'
import { type OrderFacts, readOrder } from './read-order.ts'
import { type Reader, readerOf, showMoney, showTime, wordsOf } from './reader.ts'

const refundQuery = z.object({ payment: fields.id, part: z.enum(['1']).optional() })
const refundForm = z.strictObject({
  form: fields.form,
  payment: fields.id,
  refunded: z
    .string()
    .regex(/^\d{1,15}$/)
    .transform(Number),
  part: z.enum(['1']).optional(),
  amount: typed(20),
  sentTo: fields.line,
  proof: fields.line,
  note: fields.text,
  endsAccess: z.enum(['on']).optional(),
})

type RefundForm = z.infer<typeof refundForm>

interface Subject {
  facts: OrderFacts
  payment: DeskPayment
  left: number
}

const purposeOf = (payment: string) => `refund ${payment}`

/** Shows the form for a refund of one payment: of everything that is left or, with `part`, of a part. */
export async function showRefundForm(shop: Shop, req: Request<{ id: string }>, res: Response): Promise<void> {
  const { payment, part } = readQuery(req, refundQuery)
  const subject = await readSubject(shop, req.params.id, payment)
  const isPart = part !== undefined
  const values = {
    amount: '',
    sentTo: '',
    proof: '',
    note: '',
    endsAccess: !isPart && leavesNothing(subject),
  }
  sendForm(shop, req, res, { ...subject, isPart, values })
}

/**
 * Records a refund. If another one was recorded since the form was shown, shows it again, and says that before anything about the
 * amount: the other may be the same, from another tab or by somebody else. Throws refund-too-large if nothing is left.
 */
export async function postRefund(shop: Shop, req: Request<{ id: string }>, res: Response): Promise<void> {
  const form = await readDeskForm(req, refundForm)
  const subject = await readSubject(shop, req.params.id, form.payment)
  const { order } = subject.facts
  const hundredths = parseAmount(form.amount, subject.payment.currency)
  const hasChanged = form.refunded !== subject.payment.refunded
  const fault = hasChanged ? undefined : findFault(hundredths, subject, readerOf(shop, req))
  if (fault !== undefined) return sendAgain(shop, req, res.status(422), { subject, form, fault })
  await spendForm(shop, req, purposeOf(form.payment), form.form)
  if (
    hundredths !== undefined &&
    !hasChanged &&
    (await record(shop, req, res, subject, { ...form, hundredths }))
  )
    return res.redirect(303, `/desk/orders/${order.id}?done=refunded`)
  const changed = await readSubject(shop, order.id, form.payment)
  const meanwhile = describeChange(changed, readerOf(shop, req))
  sendAgain(shop, req, res.status(409), { subject: changed, form, fault: meanwhile })
}

async function readSubject(shop: Shop, id: string, paymentId: string): Promise<Subject> {
  const facts = await readOrder(shop, id)
  const payment = facts.payments.find((one) => one.id === paymentId)
  if (!payment) throw new ShopError('page-not-found', (t) => t.noPayment())
  const left = payment.hundredths - payment.refunded
  if (left === 0) throw new ShopError('refund-too-large', (t) => t.nothingLeft())
  return { facts, payment, left }
}

/** Whether everything of the order has gone back once this payment's rest has. */
function leavesNothing({ facts, payment }: Subject): boolean {
  return facts.payments.every((one) => one.id === payment.id || one.hundredths === one.refunded)
}

function findFault(
  hundredths: number | undefined,
  { left, payment: { currency } }: Subject,
  reader: Reader,
): string | undefined {
  if (!hundredths) return reader.texts.desk.forms.amountUnclear
  if (hundredths <= left) return undefined
  return wordsOf(reader).refund.tooMuch(showMoney({ hundredths: left, currency }, reader))
}

function describeChange({ left, payment: { currency } }: Subject, reader: Reader): string {
  return wordsOf(reader).refund.meanwhile(showMoney({ hundredths: left, currency }, reader))
}

/** Records the refund that was entered. False if another one was recorded meanwhile. */
async function record(
  shop: Shop,
  req: Request,
  res: Response,
  { facts, payment, left }: Subject,
  form: RefundForm & { hundredths: number },
): Promise<boolean> {
  const { session } = merchantOf(res)
  const { hundredths } = form
  const { currency } = payment
  const endsAccess = form.endsAccess && wordsOf(readerOf(shop, req)).refund.endsAccessReason
  const refund = {
    payment: payment.id,
    hundredths,
    refundedBefore: form.refunded,
    sentTo: filled(form.sentTo),
    proof: filled(form.proof),
    note: filled(form.note),
    endsAccess,
  }
  const action = {
    what: 'refund-recorded',
    subject: facts.order.id,
    session,
    before: { payment: payment.id, leftHundredths: left, currency },
    after: { refundedHundredths: hundredths, currency, endsAccess: endsAccess !== undefined },
  }
  const outcome = await recordRefund(shop.db, refund, action, rightNow(shop))
  if (outcome !== 'recorded') return false
  if (endsAccess !== undefined) reportAgain(shop, facts.order.product)
  return true
}

/** Shows the form once more, with what was entered. */
function sendAgain(
  shop: Shop,
  req: Request,
  res: Response,
  { subject, form, fault }: { subject: Subject; form: RefundForm; fault: string | undefined },
): void {
  const values = { ...form, endsAccess: form.endsAccess !== undefined }
  sendForm(shop, req, res, { ...subject, isPart: form.part !== undefined, values, fault })
}

interface RefundPage extends Subject {
  isPart: boolean
  values: Omit<RefundForm, 'form' | 'payment' | 'refunded' | 'part' | 'endsAccess'> & { endsAccess: boolean }
  fault?: string | undefined
}

function sendForm(shop: Shop, req: Request, res: Response, page: RefundPage): void {
  const { facts, payment, left, isPart, values, fault } = page
  const reader = readerOf(shop, req)
  const path = `/desk/orders/${facts.order.id}`
  const view = {
    order: linkToOrder(shop, facts.order),
    action: `${path}/refund`,
    otherHref: `${path}/refund?payment=${payment.id}${isPart ? '' : '&part=1'}`,
    form: formToken(shop, req, purposeOf(payment.id)),
    payment: {
      id: payment.id,
      intent: payment.intent,
      refunded: payment.refunded,
      amount: showMoney(payment, reader),
      paid: showTime(payment.paidAt, reader),
    },
    left: showMoney({ ...payment, hundredths: left }, reader),
    currency: payment.currency.toUpperCase(),
    isPart,
    hasAccessToEnd: hasAccessToEnd(facts, reader),
    mayMove: mayMove(facts, reader),
    values: isPart ? values : { ...values, amount: toDecimalText(left) }, // what is left may have become less
    fault: fault ?? '',
  }
  sendDeskPage(shop, req, res, 'desk/order/refund', view)
}
