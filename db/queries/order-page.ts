import type { Database } from '../database.ts'
import type { Row } from '../engines/driver.ts'
import { ORDER_OF_ID } from './access.ts'
import { numberOf, textOf } from './columns.ts'
import { HELD_BY_ORDER, IS_REVOKED, ORDER_STATE, type OrderState } from './order-states.ts'
import { type OrderTax, taxAs, toOrderTax } from './tax.ts'

/** An order as the merchant sees it. `hundredths` of `currency`; instants in milliseconds since 1970. */
export interface DeskOrder {
  id: string
  buyer: string
  product: string
  /** Undefined if it was stored before orders had one */
  kind: string | undefined
  /** As it was offered */
  title: string
  listHundredths: number
  hundredths: number
  currency: string
  /** The tax in what is charged; undefined for none. The rate is in hundredths of a percent. */
  tax: OrderTax | undefined
  /** The code of the coupon that lowered the price */
  coupon: string | undefined
  /** Whether its money came late, when the coupon had no use left */
  isOverLimit: boolean
  /** Calls of the API that it gives; undefined for none */
  calls: { left: number; bought: number } | undefined
  createdAt: number
  state: OrderState
  /** Another order whose payment stands, by which a holder of both has the same without an end, if either was paid twice by that */
  heldByOrder: string | undefined
  /** Whether the access of all its holders has ended */
  isRevoked: boolean
  /** When it was last offered, if it is what its buyer would pay now */
  offeredAt: number | undefined
}

export const FIND_ORDER = `
  SELECT orders.id, orders.buyer, orders.product, orders.kind, orders.title, orders.list_hundredths,
    orders.hundredths, orders.currency, ${taxAs('orders.tax_hundredths')}, orders.coupon,
    orders.created_at, ${ORDER_STATE} AS state, ${HELD_BY_ORDER} AS held_by_order,
    (SELECT SUM(grants.calls) FROM grants WHERE grants.order_id = orders.id) AS calls_bought,
    (SELECT coupon_uses.is_over FROM coupon_uses WHERE coupon_uses.order_id = orders.id) AS is_over,
    (SELECT allowances.calls_left FROM allowances WHERE allowances.order_id = orders.id) AS calls_left,
    CASE WHEN ${IS_REVOKED} THEN 1 ELSE 0 END AS revoked,
    (SELECT open_orders.offered_at FROM open_orders
      WHERE open_orders.buyer = orders.buyer AND open_orders.product = orders.product
        AND open_orders.order_id = orders.id) AS offered_at
  FROM orders
  WHERE orders.id = ${ORDER_OF_ID}`

/** Finds an order by its own id or one of its intents', whoever holds it. */
export async function findDeskOrder(db: Database, id: string): Promise<DeskOrder | undefined> {
  const [row] = await db.read(FIND_ORDER, { id })
  return row && toOrder(row)
}

function toOrder(row: Row): DeskOrder {
  return {
    id: String(row.id),
    buyer: String(row.buyer),
    product: String(row.product),
    kind: textOf(row.kind),
    title: String(row.title),
    listHundredths: Number(row.list_hundredths),
    hundredths: Number(row.hundredths),
    currency: String(row.currency),
    tax: toOrderTax(row),
    coupon: textOf(row.coupon),
    isOverLimit: Number(row.is_over) === 1,
    calls: toCalls(row),
    createdAt: Number(row.created_at),
    state: row.state as OrderState,
    heldByOrder: textOf(row.held_by_order),
    isRevoked: Number(row.revoked) === 1,
    offeredAt: numberOf(row.offered_at),
  }
}

function toCalls({ calls_bought, calls_left }: Row): DeskOrder['calls'] {
  if (calls_bought === null) return undefined
  return { left: Number(calls_left ?? calls_bought), bought: Number(calls_bought) }
}
