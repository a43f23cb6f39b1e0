import { IS_UNREVOKED } from './access.ts'
import { isUnrefunded } from './order-states.ts'

/**
 * Of a row of `orders` that @intent pays: 1 if another payment of it stands, or if another order whose payment stands has given
 * its buyer the same without an end; otherwise 0. What the merchant has sent back or ended doesn't count, and rights that end,
 * and calls, may be bought again.
 */
export const PAID_TWICE = `
  CASE WHEN EXISTS (
      SELECT 1 FROM payments AS other
      WHERE other.order_id = orders.id AND (other.intent IS NULL OR other.intent <> @intent)
        AND ${isUnrefunded('other')})
    OR EXISTS (
      SELECT 1 FROM grants
      JOIN entitlements ON entitlements.buyer = orders.buyer AND entitlements.scope = grants.scope
      JOIN payments AS other ON other.order_id = entitlements.order_id
      WHERE grants.order_id = orders.id AND entitlements.order_id <> orders.id
        AND entitlements.until_day IS NULL AND grants.calls IS NULL AND ${IS_UNREVOKED} AND ${isUnrefunded('other')})
  THEN 1 ELSE 0 END`
