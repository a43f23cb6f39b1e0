import type { Database } from '../database.ts'
import type { Row } from '../engines/driver.ts'
import { type OrderPayment, paymentsAs, toPayments } from './order-payments.ts'
import { ORDER_STATE, type OrderState } from './order-states.ts'

/** Another order that the same buyer has. */
export interface OtherOrder {
  id: string
  title: string
  hundredths: number
  currency: string
  createdAt: number
  state: OrderState
  /** None while it is unpaid; the first one first */
  payments: OrderPayment[]
}

// The newest ids first, since an id begins with its time; only then the states of those that are shown.
const FIND_OTHER_ORDERS = `
  SELECT orders.id, orders.title, orders.hundredths, orders.currency, orders.created_at, ${ORDER_STATE} AS state,
    ${paymentsAs('payments')}
  FROM (
    SELECT holders.order_id FROM holders
    WHERE holders.buyer = @buyer AND holders.order_id <> @order
    ORDER BY holders.order_id DESC
    LIMIT @limit) AS newest
  JOIN orders ON orders.id = newest.order_id
  ORDER BY orders.id DESC`

const FIND_OTHER_PURCHASES = `
  SELECT orders.title
  FROM (
    SELECT holders.order_id FROM holders
    WHERE holders.buyer = @buyer AND holders.order_id <> @order
      AND EXISTS (SELECT 1 FROM payments WHERE payments.order_id = holders.order_id)
    ORDER BY holders.order_id DESC
    LIMIT @limit) AS newest
  JOIN orders ON orders.id = newest.order_id
  ORDER BY orders.id DESC`

export const STATEMENTS_ABOUT_OTHERS = [FIND_OTHER_ORDERS, FIND_OTHER_PURCHASES]

interface Besides {
  /** The order that doesn't count */
  order: string
  buyer: string
}

/** Finds the newest orders that a buyer has besides this one, paid or not, newest first. */
export async function findOtherOrders(db: Database, besides: Besides, limit: number): Promise<OtherOrder[]> {
  const rows = await db.read(FIND_OTHER_ORDERS, { ...besides, limit })
  return rows.map(toOtherOrder)
}

/** Finds the titles of the newest orders that a buyer has besides this one and that were paid, or free, each once, newest first. */
export async function findOtherPurchases(db: Database, besides: Besides, limit: number): Promise<string[]> {
  const rows = await db.read(FIND_OTHER_PURCHASES, { ...besides, limit })
  return [...new Set(rows.map(({ title }) => String(title)))]
}

function toOtherOrder(row: Row): OtherOrder {
  return {
    id: String(row.id),
    title: String(row.title),
    hundredths: Number(row.hundredths),
    currency: String(row.currency),
    createdAt: Number(row.created_at),
    state: row.state as OrderState,
    payments: toPayments(row.payments),
  }
}
