import type { Database } from '../database.ts'
import type { Row } from '../engines/driver.ts'
import { byCount } from './by-count.ts'
import type { OrderPlace } from './order-filter.ts'
import { ORDER_STATE, type OrderState } from './order-states.ts'

/** An order as the merchant sees it. Amounts are in hundredths of the currency beside them. */
export interface ListedOrder extends OrderPlace {
  buyer: string
  product: string
  /** Undefined for an order from before kinds were stored */
  kind: string | undefined
  title: string
  listHundredths: number
  /** The code of the coupon that lowered it */
  coupon: string | undefined
  hundredths: number
  currency: string
  /** The tax in it: the rate is in hundredths of a percent, 0 for none */
  taxRate: number
  taxLabel: string | undefined
  state: OrderState
  /** What the first payment brought; undefined while unpaid */
  payment: FirstPayment | undefined
  /** Of all its payments in the currency of the first one */
  refundedHundredths: number
}

export interface FirstPayment {
  /** Undefined if the order was free, or honoured without one */
  intent: string | undefined
  proof: 'webhook' | 'status' | 'free' | 'merchant'
  hundredths: number
  currency: string
  paidAt: number
}

// Not a join, for which PostgreSQL may read all payments: it doesn't know how few orders are listed.
/** Of a row of `orders`: a column of its first payment, or NULL while it is unpaid. */
export const ofFirstPayment = (column: string) => `
  (SELECT payments.${column} FROM payments WHERE payments.id = (
    SELECT MIN(first.id) FROM payments AS first WHERE first.order_id = orders.id))`

// Amounts of several currencies are never added.
const REFUNDED = `
  COALESCE((
    SELECT SUM(refunds.hundredths)
    FROM payments AS refunded
    JOIN refunds ON refunds.payment = refunded.id
    WHERE refunded.order_id = orders.id AND refunded.currency = ${ofFirstPayment('currency')}), 0)`

const IDS_AT_A_TIME = 50
const NO_ID = ''

/** The parameters in which the ids of orders are looked up, in fifties: so there are few such statements. */
const placesOf = (fifties: number) =>
  Array.from({ length: fifties * IDS_AT_A_TIME }, (_, place) => `id${place}`)

// What became of the orders is worked out for those alone. An order that was paid twice is shown with its first payment: ids
// begin with their time.
const listOrders = byCount(
  (fifties) => `
  SELECT orders.id, orders.buyer, orders.product, orders.kind, orders.title, orders.list_hundredths, orders.hundredths, orders.coupon,
    orders.currency, orders.tax_rate, orders.tax_label, orders.created_at, ${ORDER_STATE} AS state, ${REFUNDED} AS refunded,
    ${ofFirstPayment('intent')} AS intent, ${ofFirstPayment('proof')} AS proof,
    ${ofFirstPayment('hundredths')} AS paid_hundredths, ${ofFirstPayment('currency')} AS paid_currency,
    ${ofFirstPayment('paid_at')} AS paid_at
  FROM orders
  WHERE orders.id IN (${placesOf(fifties)
    .map((place) => `@${place}`)
    .join(', ')})`,
)

/**
 * Reads the orders with these ids, newest first. A read of its own, which PostgreSQL plans once: together with the search for
 * the ids, it would be planned anew for each search, which takes longer than both.
 */
export async function readListedOrders(
  db: Pick<Database, 'read'>,
  ids: readonly string[],
): Promise<ListedOrder[]> {
  if (ids.length === 0) return []
  const fifties = Math.ceil(ids.length / IDS_AT_A_TIME)
  const parameters = Object.fromEntries(
    placesOf(fifties).map((place, number) => [place, ids[number] ?? NO_ID]),
  )
  return toListedOrders(await db.read(listOrders(fifties), parameters))
}

function toListedOrders(rows: readonly Row[]): ListedOrder[] {
  return rows.map(toListedOrder).sort((a, b) => b.createdAt - a.createdAt || (a.id < b.id ? 1 : -1))
}

function toListedOrder(row: Row): ListedOrder {
  return {
    id: row.id as string,
    buyer: row.buyer as string,
    product: row.product as string,
    kind: (row.kind as string | null) ?? undefined,
    title: row.title as string,
    listHundredths: Number(row.list_hundredths),
    coupon: (row.coupon as string | null) ?? undefined,
    hundredths: Number(row.hundredths),
    currency: row.currency as string,
    taxRate: Number(row.tax_rate),
    taxLabel: (row.tax_label as string | null) ?? undefined,
    createdAt: Number(row.created_at),
    state: row.state as OrderState,
    payment: row.proof === null ? undefined : toFirstPayment(row),
    refundedHundredths: Number(row.refunded),
  }
}

function toFirstPayment(row: Row): FirstPayment {
  return {
    intent: (row.intent as string | null) ?? undefined,
    proof: row.proof as FirstPayment['proof'],
    hundredths: Number(row.paid_hundredths),
    currency: row.paid_currency as string,
    paidAt: Number(row.paid_at),
  }
}
