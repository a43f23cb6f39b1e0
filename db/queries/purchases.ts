import type { Database } from '../database.ts'
import type { Row } from '../engines/driver.ts'
import { FIRST_PAYMENT, HELD_COLUMNS, type HeldOrder, ORDER_OF_ID, toHeldOrder } from './access.ts'
import { NEWEST_INTENT } from './intents.ts'
import { isRevoked, isUnrevoked } from './order-states.ts'

/** The place of a purchase in the list of all: the first payment's time, and the order's id. */
export interface Purchase {
  paidAt: number
  order: string
}

const NEWER_THAN_ALL: Purchase = { paidAt: Number.MAX_SAFE_INTEGER, order: '' }

const IS_HOLDER_REVOKED = `
  CASE WHEN ${isRevoked('holders.order_id', 'holders.buyer')} THEN 1 ELSE 0 END AS is_revoked`

// An order has few grants, and one window.
const ofWindow = (column: string) => `
  (SELECT MAX(entitlements.${column})
  FROM grants
  JOIN entitlements ON entitlements.buyer = holders.buyer AND entitlements.scope = grants.scope
    AND entitlements.order_id = grants.order_id
  WHERE grants.order_id = orders.id AND grants.days IS NOT NULL) AS ${column}`

// Counted rather than EXISTS, which PostgreSQL might answer by reading the whole table once.
const IS_FOLLOWED = `
  CASE WHEN (
    SELECT COUNT(*) FROM grants
    JOIN entitlements ON entitlements.buyer = holders.buyer AND entitlements.scope = grants.scope
      AND entitlements.order_id = grants.order_id
    JOIN entitlements AS later ON later.buyer = entitlements.buyer AND later.scope = entitlements.scope
    WHERE grants.order_id = orders.id AND later.from_day <= entitlements.until_day
      AND later.until_day > entitlements.until_day AND ${isUnrevoked('later')}) > 0
  THEN 1 ELSE 0 END AS is_followed`

const WINDOW = `${ofWindow('from_day')}, ${ofWindow('until_day')}, ${IS_FOLLOWED}`

const FIND_HELD_ORDER = `
  SELECT ${HELD_COLUMNS}, ${IS_HOLDER_REVOKED}, ${WINDOW}, COALESCE(payments.intent, ${NEWEST_INTENT}) AS intent
  FROM holders
  JOIN orders ON orders.id = holders.order_id
  LEFT JOIN payments ON ${FIRST_PAYMENT}
  WHERE holders.order_id = ${ORDER_OF_ID} AND holders.buyer = @buyer`

const FIND_PURCHASES = `
  SELECT ${HELD_COLUMNS}, ${IS_HOLDER_REVOKED}, ${WINDOW}, payments.intent
  FROM holders
  JOIN orders ON orders.id = holders.order_id
  JOIN payments ON ${FIRST_PAYMENT}
  WHERE holders.buyer = @buyer
    AND (payments.paid_at < @paidAt OR (payments.paid_at = @paidAt AND orders.id > @order))
  ORDER BY payments.paid_at DESC, orders.id
  LIMIT @limit`

/** Finds an order by its own id or one of its intents', if this buyer holds it. */
export async function findHeldOrder(db: Database, id: string, buyer: string): Promise<HeldOrder | undefined> {
  const [row] = await db.read(FIND_HELD_ORDER, { id, buyer })
  return row && toPurchase(row)
}

/** Finds the paid orders that this buyer holds, newest payment first, or those that come after one of them in that order. */
export async function findPurchases(
  db: Database,
  buyer: string,
  limit: number,
  { paidAt, order }: Purchase = NEWER_THAN_ALL,
): Promise<HeldOrder[]> {
  const rows = await db.read(FIND_PURCHASES, { buyer, limit, paidAt, order })
  return rows.map(toPurchase)
}

function toPurchase(row: Row): HeldOrder {
  return toHeldOrder(row, Number(row.is_followed) === 1)
}
