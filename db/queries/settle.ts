import type { Database } from '../database.ts'
import type { Row } from '../engines/driver.ts'
import {
  type Arrival,
  CLAIMS_MATCH,
  FORGETTABLE,
  forgetOldEvents,
  IS_REFUNDED_OTHERWISE,
  RECORD_EVENT,
  type Verdict,
  type VerifiedEvent,
} from './events.ts'
import { newId, timeOfId } from './ids.ts'
import { ORDER_OF_INTENT } from './intents.ts'
import { lockFirst } from './locks.ts'
import { IS_IN_FORCE } from './order-states.ts'
import { ANNOUNCE_PAYMENT, ANNOUNCE_SETTLEMENT, withAlerts } from './outbox.ts'
import { PAID_TWICE } from './paid-twice.ts'
import { FROM_DAY, type Instant, IS_RESTORED_BY_PAYMENT, UNTIL_DAY } from './windows.ts'

/** What a proof of payment came to. `paidTwice`: the buyer already had the same from another order, so the merchant must decide. */
export interface Settlement {
  verdict: Verdict
  paidTwice: boolean
  isRepeat?: boolean // of an event: whether the very same was delivered before
  orderedAt?: number | undefined // if it was paid just now; orders from before orders had ids don't say
}

/**
 * Locks every holder of an order, before anything else: whatever else changes what one of them has waits, be it a
 * redemption, a second proof, or the payment of another order. An UPDATE that changes nothing is the lock; where units never
 * overlap, `lockFirst` leaves it out.
 */
export const lockHoldersOf = (order: string) => `
  UPDATE buyers
  SET created_at = created_at
  WHERE id IN (SELECT holders.buyer FROM holders WHERE holders.order_id = ${order})`

/** Writes the missing rights of a paid order's holders. A payment that restores a revoked order pays for a new window. */
export const entitleHoldersOf = (order: string) => `
  INSERT INTO entitlements (buyer, scope, order_id, from_day, until_day, created_at)
  SELECT holders.buyer, grants.scope, grants.order_id,
    CASE WHEN grants.days IS NULL THEN NULL ELSE ${FROM_DAY} END,
    CASE WHEN grants.days IS NULL THEN NULL ELSE ${UNTIL_DAY} END, @now
  FROM grants
  JOIN holders ON holders.order_id = grants.order_id
  WHERE grants.order_id = ${order} AND EXISTS (SELECT 1 FROM payments WHERE payments.order_id = grants.order_id)
  ON CONFLICT (buyer, scope, order_id) DO UPDATE
  SET from_day = excluded.from_day, until_day = excluded.until_day
  WHERE entitlements.until_day IS NOT NULL AND ${IS_RESTORED_BY_PAYMENT}`

// A status shows neither amount nor destination. Where Code visibly accepted our own request, it refuses any other for
// the same intent; and a mismatched event would show that it didn't.
const STATUS_SUFFICES = `
  intents.id = @intent AND intents.confirmed_at IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM events WHERE events.intent = @intent AND events.verdict = 'mismatched')`

/** Ends the polling of a proven intent, and forgets the client secrets of its order. */
export const close = (proven: string) => `
  UPDATE intents
  SET client_secret = NULL, next_check_at = CASE WHEN id = @intent THEN NULL ELSE next_check_at END
  WHERE order_id = (SELECT intents.order_id FROM intents WHERE ${proven})`

const STOP_POLLING = `
  UPDATE intents
  SET next_check_at = NULL
  WHERE id = @intent`

// A webhook that comes after a status, or after the merchant has honoured the intent by hand, becomes the proof of the same
// row: what Code says replaces what the merchant has typed, unless a part of that has been sent back.
const PAY_BY_EVENT = `
  INSERT INTO payments (id, order_id, intent, proof, hundredths, currency, tax_hundredths, product, coupon, quarks,
    exchange_rate, code_user, event, paid_at, paid_twice)
  SELECT @paymentId, intents.order_id, intents.id, 'webhook', intents.hundredths, intents.currency, orders.tax_hundredths,
    orders.product, orders.coupon, @quarks, @exchangeRate, @user, @digest, @now, ${PAID_TWICE}
  FROM intents
  JOIN orders ON orders.id = intents.order_id
  WHERE ${CLAIMS_MATCH}
  ON CONFLICT (intent) DO UPDATE
  SET proof = excluded.proof, hundredths = excluded.hundredths, currency = excluded.currency,
    tax_hundredths = excluded.tax_hundredths, quarks = excluded.quarks, exchange_rate = excluded.exchange_rate, code_user = excluded.code_user,
    event = excluded.event
  WHERE payments.proof <> 'webhook' AND NOT ${IS_REFUNDED_OTHERWISE}
  RETURNING order_id, paid_twice`

const PAY_BY_STATUS = `
  INSERT INTO payments (id, order_id, intent, proof, hundredths, currency, tax_hundredths, product, coupon, paid_at,
    paid_twice)
  SELECT @paymentId, intents.order_id, intents.id, 'status', intents.hundredths, intents.currency, orders.tax_hundredths,
    orders.product, orders.coupon, @now, ${PAID_TWICE}
  FROM intents
  JOIN orders ON orders.id = intents.order_id
  WHERE ${STATUS_SUFFICES}
  ON CONFLICT (intent) DO NOTHING
  RETURNING order_id, paid_twice`

export const CLOSE_OFFER = `
  DELETE FROM open_orders
  WHERE (buyer, product) = (
      SELECT orders.buyer, orders.product
      FROM payments
      JOIN orders ON orders.id = payments.order_id
      WHERE payments.intent = @intent)
    AND order_id = ${ORDER_OF_INTENT}`

/**
 * Restores what was revoked for all holders of the order that a new payment paid. A later proof of an older one is none. A trigger
 * gives the order all its calls again then.
 */
export const RESTORE_BY_PAYMENT = `
  INSERT INTO restorations (revocation, payment, restored_at)
  SELECT revocations.id, payments.id, payments.paid_at
  FROM payments
  JOIN revocations ON revocations.order_id = payments.order_id
  WHERE payments.id = @paymentId AND revocations.buyer IS NULL AND ${IS_IN_FORCE}`

const FIND_PAID = `
  SELECT 1 AS paid
  FROM payments
  WHERE intent = @intent`

const LOCK_HOLDERS = lockHoldersOf(ORDER_OF_INTENT)

const SETTLE_BY_EVENT = [
  close(CLAIMS_MATCH),
  RECORD_EVENT,
  PAY_BY_EVENT,
  RESTORE_BY_PAYMENT,
  entitleHoldersOf(ORDER_OF_INTENT),
  CLOSE_OFFER,
]

const SETTLE_BY_STATUS = [
  STOP_POLLING,
  close(STATUS_SUFFICES),
  PAY_BY_STATUS,
  RESTORE_BY_PAYMENT,
  entitleHoldersOf(ORDER_OF_INTENT),
  CLOSE_OFFER,
  FIND_PAID,
]

/**
 * Keeps a verified event, delivered so many `times`, and, if its claims are those of our intent, makes its order paid and the holders entitled:
 * all in one unit of work, once. The verdict is computed here, together with its effect.
 */
export async function settleByEvent(
  db: Database,
  event: VerifiedEvent,
  { now, today, times, former, ourDestination, kept, forgotten }: Arrival,
): Promise<Settlement> {
  // The spread stands last: before other properties, it costs a tenth of a webhook's time (findings/node-20-properties-after-a-spread.sh).
  const parameters = { now, today, times, former, ourDestination, paymentId: newId(now), ...event }
  const statements = withAlerts(db, lockFirst(db, LOCK_HOLDERS, SETTLE_BY_EVENT), ANNOUNCE_SETTLEMENT)
  const results = await db.write(statements, parameters)
  const [recorded] = results[statements.indexOf(RECORD_EVENT)] ?? []
  const [paid] = results[statements.indexOf(PAY_BY_EVENT)] ?? []
  const settlement = toSettlement(recorded as Row, times, paid)
  if (FORGETTABLE.includes(settlement.verdict)) await forgetOldEvents(db, { kept, forgotten })
  return settlement
}

function toSettlement(
  { verdict, times_seen, paid_before }: Row,
  times: number,
  paid: Row | undefined,
): Settlement {
  const isRepeat = Number(times_seen) > times
  if (verdict !== 'applied') return { verdict: verdict as Verdict, paidTwice: false, isRepeat }
  if (Number(paid_before) > 0) return { verdict: 'duplicate', paidTwice: false, isRepeat }
  return toPayment(paid)
}

function toPayment(paid: Row | undefined): Settlement {
  const orderedAt = paid && timeOfId(paid.order_id as string)
  return { verdict: 'applied', paidTwice: Number(paid?.paid_twice) === 1, orderedAt }
}

/** What became of an intent that the sequencer calls submitted. */
export interface StatusSettlement {
  /** Undefined if nothing was paid just now */
  settlement: Settlement | undefined
  /** Whether the intent is paid, now or since before: if not, only a webhook can pay it */
  isPaid: boolean
}

/**
 * Settles an intent that the sequencer calls submitted, and ends its polling. Whether it is paid is read in the same unit of
 * work, because a separate read might be answered by a standby that lags.
 */
export async function settleByStatus(db: Database, intent: string, at: Instant): Promise<StatusSettlement> {
  const statements = withAlerts(db, lockFirst(db, LOCK_HOLDERS, SETTLE_BY_STATUS), ANNOUNCE_PAYMENT)
  const results = await db.write(statements, { intent, ...at, paymentId: newId(at.now) })
  const [paid] = results[statements.indexOf(PAY_BY_STATUS)] ?? []
  return { settlement: paid && toPayment(paid), isPaid: results[statements.indexOf(FIND_PAID)]?.length === 1 }
}
