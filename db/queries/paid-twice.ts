import { IS_HELD_OTHERWISE, isUnrefunded } from './order-states.ts'

/**
 * Of a row of `orders` that @intent pays: 1 if another payment of it stands, or if another order whose payment stands has given
 * the same without an end to a buyer who holds both and placed either; otherwise 0. What the merchant has sent back or ended
 * doesn't count, and rights that end, and calls, may be bought again.
 */
export const PAID_TWICE = `
  CASE WHEN EXISTS (
      SELECT 1 FROM payments AS other
      WHERE other.order_id = orders.id AND (other.intent IS NULL OR other.intent <> @intent)
        AND ${isUnrefunded('other')})
    OR ${IS_HELD_OTHERWISE}
  THEN 1 ELSE 0 END`
