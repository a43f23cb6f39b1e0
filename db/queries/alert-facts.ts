import type { Database } from '../database.ts'
import type { Row } from '../engines/driver.ts'
import { RIGHTS_BY_OTHER_ORDERS } from './order-states.ts'
import type { AlertType } from './outbox.ts'

/** What an alert is about. The names of instants end in At; hundredths are of the currency beside them. */
export type AlertFacts = Record<string, unknown>

// All of this is read from columns that never change, and as it was at the time of the fact, so that each attempt says the same;
// except for the amount of a payment that the merchant honoured, which its webhook corrects, and for the addresses that the
// shop has now.
interface Question {
  sql: string
  read: (row: Row, isOurs: IsOurs) => AlertFacts
}

/** Whether the shop has this deposit address now */
type IsOurs = (address: string) => boolean

const PAYMENT = `
  payments.id AS payment, payments.order_id, payments.product, payments.hundredths, payments.currency,
  orders.created_at AS ordered_at, payments.paid_at`

const readPayment = (row: Row) => ({
  order: row.order_id,
  payment: row.payment,
  product: row.product,
  hundredths: Number(row.hundredths),
  currency: row.currency,
  orderedAt: Number(row.ordered_at),
  paidAt: Number(row.paid_at),
})

const ORDER_PAID: Question = {
  sql: `
    SELECT ${PAYMENT}
    FROM payments
    JOIN orders ON orders.id = payments.order_id
    WHERE payments.id = @subject`,
  read: readPayment,
}

// The payment that came before: of the same order or, if that had none, of another that had given a buyer the same by then. More
// may have been redeemed since.
const ORDER_PAID_TWICE: Question = {
  sql: `
    SELECT ${PAYMENT}, earlier.id AS earlier_payment, earlier.order_id AS earlier_order
    FROM payments
    JOIN orders ON orders.id = payments.order_id
    LEFT JOIN payments AS earlier ON earlier.id = COALESCE(
      (SELECT MAX(other.id) FROM payments AS other
        WHERE other.order_id = orders.id AND other.id <> payments.id AND other.paid_at <= payments.paid_at),
      (SELECT MAX(other.id) ${RIGHTS_BY_OTHER_ORDERS}
          AND holders.held_since <= payments.paid_at AND entitlements.created_at <= payments.paid_at
          AND other.paid_at <= payments.paid_at))
    WHERE payments.id = @subject`,
  read: (row) => ({
    ...readPayment(row),
    earlier: row.earlier_payment === null ? null : { order: row.earlier_order, payment: row.earlier_payment },
  }),
}

const ORDER_REFUNDED: Question = {
  sql: `
    SELECT refunds.id AS refund, refunds.payment, payments.order_id, payments.product, refunds.hundredths,
      payments.currency, refunds.refunded_at
    FROM refunds
    JOIN payments ON payments.id = refunds.payment
    WHERE refunds.id = @subject`,
  read: (row) => ({
    order: row.order_id,
    payment: row.payment,
    refund: row.refund,
    product: row.product,
    hundredths: Number(row.hundredths),
    currency: row.currency,
    refundedAt: Number(row.refunded_at),
  }),
}

/** Claims come from others, so they may be anything that Code has signed, or be missing. */
const readClaims = (row: Row) => ({
  hundredths: row.claimed_hundredths === null ? null : Number(row.claimed_hundredths),
  currency: /^[a-z]{3}$/.test(String(row.claimed_currency)) ? row.claimed_currency : null,
})

const EVENT_MISMATCHED: Question = {
  sql: `
    SELECT events.digest AS event, intents.id AS intent, intents.order_id, orders.product,
      intents.hundredths, intents.currency, events.hundredths AS claimed_hundredths,
      events.currency AS claimed_currency, events.first_seen_at AS seen_at,
      events.state, events.destination,
      CASE WHEN EXISTS (
        SELECT 1 FROM destinations
        WHERE destinations.address = events.destination AND destinations.first_used_at <= events.first_seen_at)
      THEN 1 ELSE 0 END AS was_ours
    FROM events
    JOIN intents ON intents.id = events.intent
    JOIN orders ON orders.id = intents.order_id
    WHERE events.digest = @subject`,
  read: (row, isOurs) => ({
    event: row.event,
    order: row.order_id,
    intent: row.intent,
    product: row.product,
    expected: { hundredths: Number(row.hundredths), currency: row.currency },
    claimed: readClaims(row),
    paysOurDestination:
      row.state === 'SUBMITTED' && (Number(row.was_ours) === 1 || isOurs(String(row.destination))),
    seenAt: Number(row.seen_at),
  }),
}

const EVENT_ORPHANED: Question = {
  sql: `
    SELECT events.digest AS event, events.hundredths AS claimed_hundredths,
      events.currency AS claimed_currency, events.first_seen_at AS seen_at
    FROM events
    WHERE events.digest = @subject`,
  read: (row) => ({ event: row.event, claimed: readClaims(row), seenAt: Number(row.seen_at) }),
}

const WEBHOOK_UNREGISTERED: Question = {
  sql: `
    SELECT intents.id AS intent, intents.order_id, orders.product, orders.created_at AS ordered_at
    FROM intents
    JOIN orders ON orders.id = intents.order_id
    WHERE intents.id = @subject`,
  read: (row) => ({
    order: row.order_id,
    intent: row.intent,
    product: row.product,
    orderedAt: Number(row.ordered_at),
  }),
}

const SEQUENCER_DOWN: Question = {
  sql: 'SELECT outages.began_at FROM outages WHERE outages.id = @subject',
  read: (row) => ({ beganAt: Number(row.began_at) }),
}

const SEQUENCER_UP: Question = {
  sql: 'SELECT outages.began_at, outages.ended_at FROM outages WHERE outages.id = @subject',
  read: (row) => ({ beganAt: Number(row.began_at), endedAt: Number(row.ended_at) }),
}

const QUESTIONS: Record<AlertType, Question> = {
  'order.paid': ORDER_PAID,
  'order.paid_twice': ORDER_PAID_TWICE,
  'order.refunded': ORDER_REFUNDED,
  'event.mismatched': EVENT_MISMATCHED,
  'event.orphaned': EVENT_ORPHANED,
  'webhook.unregistered': WEBHOOK_UNREGISTERED,
  'sequencer.down': SEQUENCER_DOWN,
  'sequencer.up': SEQUENCER_UP,
}

/** Finds what an alert is about; undefined if that is gone. `isOurs`: whether the shop has an address now; by default, it has none. */
export async function findAlertFacts(
  db: Database,
  type: AlertType,
  subject: string,
  isOurs: IsOurs = () => false,
): Promise<AlertFacts | undefined> {
  const { sql, read } = QUESTIONS[type]
  const [row] = await db.read(sql, { subject })
  return row && read(row, isOurs)
}
