import type { Database } from '../database.ts'
import type { Row } from '../engines/driver.ts'
import { byCount } from './by-count.ts'
import type { OrderPlace } from './order-filter.ts'
import { type OrderPayment, paymentsAs, toPayments } from './order-payments.ts'
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
  /** None while it is unpaid; the first one first */
  payments: OrderPayment[]
}

const IDS_AT_A_TIME = 50
const NO_ID = ''

/** The parameters in which the ids of orders are looked up, in fifties: so there are few such statements. */
const placesOf = (fifties: number) =>
  Array.from({ length: fifties * IDS_AT_A_TIME }, (_, place) => `id${place}`)

// What became of the orders is worked out for those alone. Their payments aren't joined, for which PostgreSQL may read all
// payments: it doesn't know how few orders are listed.
const listOrders = byCount(
  (fifties) => `
  SELECT orders.id, orders.buyer, orders.product, orders.kind, orders.title, orders.list_hundredths, orders.hundredths, orders.coupon,
    orders.currency, orders.tax_rate, orders.tax_label, orders.created_at, ${ORDER_STATE} AS state, ${paymentsAs('payments')}
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
    payments: toPayments(row.payments),
  }
}
