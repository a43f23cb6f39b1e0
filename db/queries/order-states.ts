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

/** What went back of a row of `payments` or of its alias, in hundredths of its currency. */
export const refundedOf = (payment: string) => `
  COALESCE((SELECT SUM(refunds.hundredths) FROM refunds WHERE refunds.payment = ${payment}.id), 0)`

/** Of a row of `payments` or of its alias: not all of it went back. */
export const isUnrefunded = (payment: string) =>
  `(${payment}.hundredths = 0 OR ${payment}.hundredths > ${refundedOf(payment)})`

/** What went back of an order's payments, in hundredths. Payments in other currencies than the order's are added as well. */
export const REFUNDED_OF_ORDER = `
  COALESCE((
    SELECT SUM(refunds.hundredths)
    FROM payments
    JOIN refunds ON refunds.payment = payments.id
    WHERE payments.order_id = orders.id), 0)`

const paymentExists = (condition: string) => `
  EXISTS (SELECT 1 FROM payments WHERE payments.order_id = orders.id AND ${condition})`

const IS_UNREFUNDED = isUnrefunded('payments')

/** Whether the access of all holders of a row of `orders` has ended. */
export const IS_REVOKED = `
  EXISTS (
    SELECT 1 FROM revocations
    WHERE revocations.order_id = orders.id AND revocations.buyer IS NULL AND ${IS_IN_FORCE})`

// An order that is polled no more is expired, although a payment would still count.
const UNPAID_STATE = `
  CASE WHEN EXISTS (
      SELECT 1 FROM intents WHERE intents.order_id = orders.id AND intents.next_check_at IS NOT NULL)
    THEN 'offered' ELSE 'expired' END`

// Two payments of the order itself, or its only payment came while another order of the buyer's had given the same.
const IS_PAID_TWICE = `(
  SELECT COUNT(*) > 1 OR (COUNT(*) = 1 AND MAX(payments.paid_twice) = 1 AND (
    SELECT COUNT(*) FROM payments AS every WHERE every.order_id = orders.id) = 1)
  FROM payments
  WHERE payments.order_id = orders.id AND ${IS_UNREFUNDED})`

/** Of a row of `orders`: see OrderState. */
export const ORDER_STATE = `
  CASE
    WHEN NOT ${paymentExists('1 = 1')} THEN ${UNPAID_STATE}
    WHEN NOT ${paymentExists(IS_UNREFUNDED)} THEN 'refunded'
    WHEN ${IS_REVOKED} THEN 'revoked'
    WHEN ${IS_PAID_TWICE} THEN 'paid-twice'
    WHEN ${paymentExists(`${refundedOf('payments')} > 0`)} THEN 'partly-refunded'
    WHEN ${paymentExists(`payments.proof = 'free'`)} THEN 'free'
    WHEN ${paymentExists(`payments.proof = 'merchant'`)} THEN 'by-hand'
    ELSE 'paid'
  END`
