import type { Driver, Parameters, Row } from '../engines/driver.ts'
import type { ListedOrder } from './listed-order.ts'
import type { OrderFilter, OrderPlace } from './order-filter.ts'
import { findOrders } from './order-list.ts'

/** An order with everything that came for it. Amounts are in hundredths of the currency beside them. */
export interface ExportedOrder extends Omit<ListedOrder, 'payments'> {
  /** In the order in which they came */
  payments: ExportedPayment[]
}

/** Of what isn't known of a payment, such as Code's user if no webhook came, there is null. */
export interface ExportedPayment {
  id: string
  intent: string | null
  proof: 'webhook' | 'status' | 'free' | 'merchant'
  hundredths: number
  currency: string
  /** The tax in it, as it was when it came */
  taxHundredths: number
  quarks: number | null
  exchangeRate: number | null
  codeUser: string | null
  /** The deposit address that it was paid to */
  destination: string | null
  /** What partners got of it, as one text: see money/fees.ts. Empty for none. */
  fees: string | null
  /** Why the merchant honoured it by hand */
  reason: string | null
  paidAt: number
  /** In the payment's currency, and in the order in which they were made */
  refunds: ExportedRefund[]
}

export interface ExportedRefund {
  id: string
  hundredths: number
  taxHundredths: number
  sentTo: string | null
  proof: string | null
  note: string | null
  refundedAt: number
}

export interface ExportPage {
  orders: ExportedOrder[]
  /** From where to continue; undefined if none is left */
  next: OrderPlace | undefined
  /** Whether the search was too short to find all orders: see findOrders */
  isCutShort: boolean
}

/** What a page of an export contains at most, and how much is read for it. `until`: later payments don't count. */
export interface ExportLimits {
  read: number
  until: number
}

// Few, since the shop's thread writes them into the file at once.
const PAGE = 50

const IDS = Array.from({ length: PAGE }, (_, index) => `order${index}`)

// Of what was honoured by hand, only an event says to whom it went. Not joins, for which PostgreSQL may read all intents.
const paidBy = (column: 'destination' | 'fees') => `
  CASE WHEN payments.proof = 'merchant'
    THEN (SELECT events.${column} FROM events WHERE events.digest = payments.honoured_event)
    ELSE (SELECT intents.${column} FROM intents WHERE intents.id = payments.intent) END
    AS ${column}`

// An id begins with its time.
const FIND_PAYMENTS = `
  SELECT payments.id, payments.order_id, payments.intent, payments.proof, payments.hundredths, payments.currency,
    payments.tax_hundredths, payments.quarks, payments.exchange_rate, payments.code_user, payments.paid_at,
    ${paidBy('destination')}, ${paidBy('fees')}, payments.honoured_reason,
    refunds.id AS refund, refunds.hundredths AS refund_hundredths, refunds.tax_hundredths AS refund_tax, refunds.sent_to, refunds.proof AS refund_proof, refunds.note,
    refunds.refunded_at
  FROM payments
  LEFT JOIN refunds ON refunds.payment = payments.id AND refunds.refunded_at < @until
  WHERE payments.order_id IN (@${IDS.join(', @')}) AND payments.paid_at < @until
  ORDER BY payments.id, refunds.id`

/** Finds a page of the orders that match, newest first, or of those that come after one of them, with their payments. */
export async function findOrdersToExport(
  db: Pick<Driver, 'read'>,
  filter: OrderFilter,
  after: OrderPlace | undefined,
  { read, until }: ExportLimits,
): Promise<ExportPage> {
  const { orders, ...page } = await findOrders(db, filter, after, { limit: PAGE, read })
  if (orders.length === 0) return { orders: [], ...page }
  const ids = Object.fromEntries(IDS.map((name, index) => [name, orders[index]?.id ?? null])) as Parameters
  const payments = toPayments(await db.read(FIND_PAYMENTS, { ...ids, until }))
  const exported = orders.map((order) => ({ ...order, payments: payments.get(order.id) ?? [] }))
  return { orders: exported, ...page }
}

/** Returns payments with their refunds, by order. Each row is a refund, or a payment without any. */
function toPayments(rows: Row[]): Map<string, ExportedPayment[]> {
  const payments = new Map<string, ExportedPayment>()
  const ofOrders = new Map<string, ExportedPayment[]>()
  for (const row of rows) {
    const id = row.id as string
    const payment = payments.get(id) ?? toPayment(row)
    if (!payments.has(id)) {
      payments.set(id, payment)
      const order = row.order_id as string
      ofOrders.set(order, [...(ofOrders.get(order) ?? []), payment])
    }
    if (row.refund !== null) payment.refunds.push(toRefund(row))
  }
  return ofOrders
}

function toPayment(row: Row): ExportedPayment {
  return {
    id: row.id as string,
    intent: row.intent as string | null,
    proof: row.proof as ExportedPayment['proof'],
    hundredths: Number(row.hundredths),
    currency: row.currency as string,
    taxHundredths: Number(row.tax_hundredths),
    quarks: row.quarks as number | null,
    exchangeRate: row.exchange_rate as number | null,
    codeUser: row.code_user as string | null,
    destination: row.destination as string | null,
    fees: row.fees as string | null,
    reason: row.honoured_reason as string | null,
    paidAt: Number(row.paid_at),
    refunds: [],
  }
}

function toRefund(row: Row): ExportedRefund {
  return {
    id: row.refund as string,
    hundredths: Number(row.refund_hundredths),
    taxHundredths: Number(row.refund_tax),
    sentTo: row.sent_to as string | null,
    proof: row.refund_proof as string | null,
    note: row.note as string | null,
    refundedAt: Number(row.refunded_at),
  }
}
