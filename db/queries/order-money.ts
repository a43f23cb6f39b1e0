import type { Database } from '../database.ts'
import type { Row } from '../engines/driver.ts'
import { numberOf, textOf } from './columns.ts'
import { refundedOf } from './order-states.ts'
import { readRowsOf } from './rows-of-order.ts'

/** An attempt to be paid. After a month without a payment, some of these facts are forgotten. */
export interface DeskIntent {
  id: string
  hundredths: number
  currency: string
  destination: string
  /** What partners get of it, as one text: see money/fees.ts. Empty for none. */
  fees: string
  webhookUrl: string | undefined
  registration: string | undefined
  registeredAt: number | undefined
  refusal: string | undefined
  refusedAt: number | undefined
  createdAt: number
  sentAt: number | undefined
  confirmedAt: number | undefined
  /** When the merchant said that no money came for it, though Code called it paid */
  deniedAt: number | undefined
  nextPollAt: number | undefined
  /** Whether a payment of it is stored */
  isPaid: boolean
}

/** Money that came for the order, and how much of it went back. */
export interface DeskPayment {
  id: string
  intent: string | undefined
  proof: 'webhook' | 'status' | 'free' | 'merchant'
  hundredths: number
  currency: string
  /** The tax in it, as it was when it came */
  taxHundredths: number
  refunded: number
  quarks: number | undefined
  exchangeRate: number | undefined
  codeUser: string | undefined
  paidAt: number
  /** The digest of the event that proved it */
  event: string | undefined
  honouredEvent: string | undefined
  honouredReason: string | undefined
  /** The session of the desk that vouched for it */
  honouredBy: string | undefined
}

/** Money that went back outside the shop. */
export interface DeskRefund {
  id: string
  payment: string
  hundredths: number
  currency: string
  taxHundredths: number
  sentTo: string | undefined
  proof: string | undefined
  note: string | undefined
  refundedAt: number
}

const FIND_INTENTS = `
  SELECT intents.id, intents.hundredths, intents.currency, intents.destination, intents.fees,
    intents.webhook_url, intents.registration, intents.registered_at, intents.refusal, intents.refused_at,
    intents.created_at, intents.sent_at, intents.confirmed_at, intents.denied_at, intents.next_check_at,
    CASE WHEN EXISTS (SELECT 1 FROM payments WHERE payments.intent = intents.id) THEN 1 ELSE 0 END AS paid
  FROM intents
  WHERE intents.order_id = @order
  ORDER BY intents.created_at, intents.id
  LIMIT @limit`

const FIND_PAYMENTS = `
  SELECT payments.id, payments.intent, payments.proof, payments.hundredths, payments.currency,
    payments.tax_hundredths, ${refundedOf('payments')} AS refunded, payments.quarks, payments.exchange_rate, payments.code_user,
    payments.paid_at, payments.event, payments.honoured_event, payments.honoured_reason, payments.honoured_by
  FROM payments
  WHERE payments.order_id = @order
  ORDER BY payments.paid_at, payments.id
  LIMIT @limit`

const FIND_REFUNDS = `
  SELECT refunds.id, refunds.payment, refunds.hundredths, payments.currency, refunds.tax_hundredths, refunds.sent_to, refunds.proof,
    refunds.note, refunds.refunded_at
  FROM payments
  JOIN refunds ON refunds.payment = payments.id
  WHERE payments.order_id = @order
  ORDER BY refunds.refunded_at, refunds.id
  LIMIT @limit`

export const STATEMENTS_ABOUT_MONEY = [FIND_INTENTS, FIND_PAYMENTS, FIND_REFUNDS]

/** Finds what was to be paid for an order, what came, and what went back, each in the order of its time. */
export async function findMoneyOf(
  db: Database,
  order: string,
): Promise<{ intents: DeskIntent[]; payments: DeskPayment[]; refunds: DeskRefund[] }> {
  const [intents, payments, refunds] = await Promise.all([
    readRowsOf(db, order, FIND_INTENTS, toIntent),
    readRowsOf(db, order, FIND_PAYMENTS, toPayment),
    readRowsOf(db, order, FIND_REFUNDS, toRefund),
  ])
  return { intents, payments, refunds }
}

function toIntent(row: Row): DeskIntent {
  return {
    id: String(row.id),
    hundredths: Number(row.hundredths),
    currency: String(row.currency),
    destination: String(row.destination),
    fees: String(row.fees),
    webhookUrl: textOf(row.webhook_url),
    registration: textOf(row.registration),
    registeredAt: numberOf(row.registered_at),
    refusal: textOf(row.refusal),
    refusedAt: numberOf(row.refused_at),
    createdAt: Number(row.created_at),
    sentAt: numberOf(row.sent_at),
    confirmedAt: numberOf(row.confirmed_at),
    deniedAt: numberOf(row.denied_at),
    nextPollAt: numberOf(row.next_check_at),
    isPaid: Number(row.paid) === 1,
  }
}

function toPayment(row: Row): DeskPayment {
  return {
    id: String(row.id),
    intent: textOf(row.intent),
    proof: row.proof as DeskPayment['proof'],
    hundredths: Number(row.hundredths),
    currency: String(row.currency),
    taxHundredths: Number(row.tax_hundredths),
    refunded: Number(row.refunded),
    quarks: numberOf(row.quarks),
    exchangeRate: numberOf(row.exchange_rate),
    codeUser: textOf(row.code_user),
    paidAt: Number(row.paid_at),
    event: textOf(row.event),
    honouredEvent: textOf(row.honoured_event),
    honouredReason: textOf(row.honoured_reason),
    honouredBy: textOf(row.honoured_by),
  }
}

function toRefund(row: Row): DeskRefund {
  return {
    id: String(row.id),
    payment: String(row.payment),
    hundredths: Number(row.hundredths),
    currency: String(row.currency),
    taxHundredths: Number(row.tax_hundredths),
    sentTo: textOf(row.sent_to),
    proof: textOf(row.proof),
    note: textOf(row.note),
    refundedAt: Number(row.refunded_at),
  }
}
