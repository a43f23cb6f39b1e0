import type { Database } from '../database.ts'
import { type Action, asActionParameters, recordActionIf } from './actions.ts'
import { newId } from './ids.ts'
import { lockFirst } from './locks.ts'
import { refundedOf } from './order-states.ts'
import { ANNOUNCE_REFUND, withAlerts } from './outbox.ts'
import { endAccess } from './revocations.ts'
import { lockHoldersOf } from './settle.ts'
import { taxOf } from './tax.ts'
import { closeGapsBehind, type Instant } from './windows.ts'

/** Money of a payment that went back to the buyer outside the shop. `hundredths` of the payment's currency. */
export interface Refund {
  payment: string
  hundredths: number
  /** What of the payment had gone back when the refund was decided on: one that was recorded meanwhile may be the same */
  refundedBefore: number
  /** To which address or person */
  sentTo: string | undefined
  /** What shows that it was sent, such as a transaction's signature */
  proof: string | undefined
  note: string | undefined
  /** Whether the order's holders lose their access; the reason that they would be given */
  endsAccess: string | undefined
}

/** `changed`: another refund of the payment was recorded meanwhile. `too-much`: it is more than is left. */
export type RefundOutcome = 'recorded' | 'changed' | 'too-much' | 'unknown'

const ORDER_OF_PAYMENT = `(SELECT payments.order_id FROM payments WHERE payments.id = @payment)`

// Of two refunds at once, the second sees what the first has left: the lock comes before.
const LOCK_HOLDERS = lockHoldersOf(ORDER_OF_PAYMENT)

const PART = 'CAST(@hundredths AS BIGINT)'

// PostgreSQL adds up to a NUMERIC, which it wouldn't divide as an integer.
const REFUNDED_WITH_PART = `CAST(${refundedOf('payments')} + ${PART} AS BIGINT)`

// Parts that are rounded one by one don't add up: the last would need more tax than it has money. So a part takes what the tax in
// all that went back has grown by.
const TAX_GROWTH = `
  (${taxOf(REFUNDED_WITH_PART)} - COALESCE((
    SELECT SUM(earlier.tax_hundredths) FROM refunds AS earlier WHERE earlier.payment = payments.id), 0))`

// That is within the part, unless earlier ones were rounded one by one, as the shop once did.
const TAX = `
  CASE
    WHEN ${TAX_GROWTH} < 0 THEN 0
    WHEN ${TAX_GROWTH} > ${PART} THEN ${PART}
    ELSE ${TAX_GROWTH}
  END`

const ADD_REFUND = `
  INSERT INTO refunds (id, payment, hundredths, tax_hundredths, sent_to, proof, note, refunded_at, refunded_by)
  SELECT @refund, payments.id, ${PART}, ${TAX}, @sentTo, @proof, @note, @now, @session
  FROM payments
  JOIN orders ON orders.id = payments.order_id
  WHERE payments.id = @payment AND ${refundedOf('payments')} = @refundedBefore
    AND ${PART} <= payments.hundredths - ${refundedOf('payments')}
  RETURNING id`

const FIND_REFUNDED = `
  SELECT ${refundedOf('payments')} AS refunded
  FROM payments
  WHERE payments.id = @payment`

const RECORD_REFUND_ACTION = recordActionIf('EXISTS (SELECT 1 FROM refunds WHERE refunds.id = @refund)')

/** Records a refund, at most what is left of the payment and unless another one was recorded meanwhile, and ends the access that the order gave if that is wanted. */
export async function recordRefund(
  db: Database,
  { endsAccess, sentTo, proof, note, ...refund }: Refund,
  action: Action & { session: string },
  at: Instant,
): Promise<RefundOutcome> {
  const statements = lockFirst(db, LOCK_HOLDERS, [
    ADD_REFUND,
    ...(endsAccess === undefined ? [] : [END_ACCESS_BY_REFUND, closeGapsBehind(ORDER_OF_PAYMENT)]),
    RECORD_REFUND_ACTION,
    FIND_REFUNDED,
  ])
  const results = await db.write(withAlerts(db, statements, ANNOUNCE_REFUND), {
    ...asActionParameters(action, at.now),
    ...refund,
    today: at.today,
    refund: newId(at.now),
    revocation: newId(at.now),
    sentTo: sentTo ?? null,
    proof: proof ?? null,
    note: note ?? null,
    reason: endsAccess ?? null,
    buyer: null,
  })
  if (results[statements.indexOf(ADD_REFUND)]?.length === 1) return 'recorded'
  const payment = results[statements.indexOf(FIND_REFUNDED)]?.[0]
  if (!payment) return 'unknown'
  return Number(payment.refunded) === refund.refundedBefore ? 'too-much' : 'changed'
}

const END_ACCESS_BY_REFUND = endAccess({
  order: `(
    SELECT payments.order_id
    FROM refunds
    JOIN payments ON payments.id = refunds.payment
    WHERE refunds.id = @refund)`,
  refund: 'CAST(@refund AS TEXT)',
})
