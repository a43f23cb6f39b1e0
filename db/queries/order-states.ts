/**
 * Where an order stands. `partly-refunded`: a part of a payment went back. `refunded`: nothing that came is left.
 * `revoked`: its holders' access has ended, although money is left. `by-hand`: the merchant vouches for the money.
 */
export type OrderState =
  | 'offered'
  | 'expired'
  | 'paid'
  | 'free'
  | 'by-hand'
  | 'partly-refunded'
  | 'refunded'
  | 'revoked'
  | 'paid-twice'

/** Of a row of `revocations`: nothing has restored what it ended. */
export const IS_IN_FORCE = `
  NOT EXISTS (SELECT 1 FROM restorations WHERE restorations.revocation = revocations.id)`

/** The access of this buyer by this order has ended, and nothing has restored it. */
export function isRevoked(order: string, buyer: string): string {
  return `
  EXISTS (
    SELECT 1 FROM revocations
    WHERE revocations.order_id = ${order} AND (revocations.buyer IS NULL OR revocations.buyer = ${buyer})
      AND ${IS_IN_FORCE})`
}

/** Of a row of `entitlements` or of its alias: the merchant has not ended this right. */
export function isUnrevoked(entitlement: string): string {
  return `NOT ${isRevoked(`${entitlement}.order_id`, `${entitlement}.buyer`)}`
}

/** What went back of a row of `payments` or of its alias, in hundredths of its currency. */
export const refundedOf = (payment: string) => `
  COALESCE((SELECT SUM(refunds.hundredths) FROM refunds WHERE refunds.payment = ${payment}.id), 0)`

/** Of a row of `payments` or of its alias: not all of it went back. */
export const isUnrefunded = (payment: string) =>
  `(${payment}.hundredths = 0 OR ${payment}.hundredths > ${refundedOf(payment)})`

// Counted below, rather than EXISTS: for a list of orders, PostgreSQL might answer that by reading the whole table once.
/** Whether the access of all holders of a row of `orders` has ended. */
export const IS_REVOKED = `
  (SELECT COUNT(*) FROM revocations
    WHERE revocations.order_id = orders.id AND revocations.buyer IS NULL AND ${IS_IN_FORCE}) > 0`

/**
 * Of a row of `orders`: the rights to the same by other orders, with their payments, of a holder of both who has placed one of the
 * two. Somebody who has redeemed both has paid for neither.
 */
export const RIGHTS_BY_OTHER_ORDERS = `
  FROM grants
  JOIN holders ON holders.order_id = grants.order_id
  JOIN entitlements ON entitlements.buyer = holders.buyer AND entitlements.scope = grants.scope
  JOIN payments AS other ON other.order_id = entitlements.order_id
  WHERE grants.order_id = orders.id AND entitlements.order_id <> orders.id
    AND holders.buyer IN (
      orders.buyer, (SELECT placed.buyer FROM orders AS placed WHERE placed.id = entitlements.order_id))`

const LASTING_RIGHTS_BY_OTHER_ORDERS = `${RIGHTS_BY_OTHER_ORDERS}
      AND entitlements.until_day IS NULL AND grants.calls IS NULL
      AND ${isUnrevoked('entitlements')} AND ${isUnrefunded('other')}`

/** Of a row of `orders`: by another order whose payment stands, such a holder has the same without an end. */
export const IS_HELD_OTHERWISE = `(SELECT COUNT(*) ${LASTING_RIGHTS_BY_OTHER_ORDERS}) > 0`

/**
 * Of a row of `orders`: the order by which that is so, the first paid if there are several; otherwise NULL. Only where one of the two
 * counted as paid twice when it was paid.
 */
export const HELD_BY_ORDER = `
  (SELECT other.order_id ${LASTING_RIGHTS_BY_OTHER_ORDERS}
    AND (other.paid_twice = 1
      OR EXISTS (SELECT 1 FROM payments WHERE payments.order_id = orders.id AND payments.paid_twice = 1))
    ORDER BY other.paid_at, other.id LIMIT 1)`

// An order that is polled no more is expired, although a payment would still count.
const UNPAID_STATE = `
  CASE WHEN (
      SELECT COUNT(*) FROM intents WHERE intents.order_id = orders.id AND intents.next_check_at IS NOT NULL) > 0
    THEN 'offered' ELSE 'expired' END`

// Paid twice: two payments of the order itself stand, or its only payment came while another order had given the same to a buyer
// who placed either of the two, and still does. All payments are read once, because the merchant's list asks this of thousands of orders.
const PAID_STATE = `
  SELECT CASE
      WHEN SUM(came.stands) = 0 THEN 'refunded'
      WHEN ${IS_REVOKED} THEN 'revoked'
      WHEN SUM(came.stands) > 1 OR (COUNT(*) = 1 AND MAX(came.paid_twice) = 1 AND ${IS_HELD_OTHERWISE})
        THEN 'paid-twice'
      WHEN SUM(came.refunded) > 0 THEN 'partly-refunded'
      WHEN SUM(CASE WHEN came.proof = 'free' THEN 1 ELSE 0 END) > 0 THEN 'free'
      WHEN SUM(CASE WHEN came.proof = 'merchant' THEN 1 ELSE 0 END) > 0 THEN 'by-hand'
      ELSE 'paid'
    END
  FROM (
    SELECT payments.proof, payments.paid_twice, ${refundedOf('payments')} AS refunded,
      CASE WHEN ${isUnrefunded('payments')} THEN 1 ELSE 0 END AS stands
    FROM payments
    WHERE payments.order_id = orders.id) AS came
  HAVING COUNT(*) > 0`

/** Of a row of `orders`: see OrderState. */
export const ORDER_STATE = `COALESCE((${PAID_STATE}), ${UNPAID_STATE})`
