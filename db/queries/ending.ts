import type { Database } from '../database.ts'
import type { Row } from '../engines/driver.ts'
import { isRevoked, isUnrevoked } from './order-states.ts'

/** An order whose holders lose a right by its end. Days are local ones since 1970, `untilDay` is the first without the right. */
export interface EndingOrder {
  order: string
  title: string
  buyer: string
  fromDay: number
  untilDay: number
  /** Whether one of its holders has a right to the same for later */
  isRenewed: boolean
}

/** Where a list of what ends goes on: behind this order, which ends on this day. */
export interface EndingPlace {
  day: number
  order: string
}

// The list reads the ordering buyer's row of each order, by the index on until_day: the window is the same for all holders, and
// others may still have it after that buyer has lost it. Counted rather than EXISTS, which PostgreSQL might answer by reading
// the whole table once.
const HAS_HOLDER = `
  (SELECT COUNT(*) FROM holders
    WHERE holders.order_id = entitlements.order_id AND NOT ${isRevoked('holders.order_id', 'holders.buyer')}) > 0`

const FIND_ENDING = `
  SELECT entitlements.order_id, orders.title, orders.buyer, entitlements.from_day, entitlements.until_day,
    CASE WHEN EXISTS (
      SELECT 1 FROM holders
      JOIN entitlements AS later ON later.buyer = holders.buyer AND later.scope = entitlements.scope
      WHERE holders.order_id = entitlements.order_id AND later.until_day > entitlements.until_day
        AND ${isUnrevoked('later')})
    THEN 1 ELSE 0 END AS renewed
  FROM entitlements
  JOIN orders ON orders.id = entitlements.order_id AND orders.buyer = entitlements.buyer
  WHERE entitlements.until_day >= @day AND (entitlements.until_day > @day OR entitlements.order_id > @order)
    AND ${HAS_HOLDER}
  ORDER BY entitlements.until_day, entitlements.order_id
  LIMIT @limit`

/** Finds the orders whose rights end, the next end first, from a day on or behind one of the orders that end on it. */
export async function findEndingOrders(
  db: Database,
  { day, order }: EndingPlace,
  limit: number,
): Promise<EndingOrder[]> {
  const rows = await db.read(FIND_ENDING, { day, order, limit })
  return rows.map(toEndingOrder)
}

function toEndingOrder(row: Row): EndingOrder {
  return {
    order: String(row.order_id),
    title: String(row.title),
    buyer: String(row.buyer),
    fromDay: Number(row.from_day),
    untilDay: Number(row.until_day),
    isRenewed: Number(row.renewed) === 1,
  }
}
