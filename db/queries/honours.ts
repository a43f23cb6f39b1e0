import type { Database } from '../database.ts'
import { type Action, asActionParameters, recordActionIf } from './actions.ts'
import { newId } from './ids.ts'
import { ORDER_OF_INTENT } from './intents.ts'
import { lockFirst } from './locks.ts'
import type { Grant } from './open-orders.ts'
import { ADD_FIRST_HOLDER, addGrant, parametersOf } from './orders.ts'
import { ANNOUNCE_PAYMENT, withAlerts } from './outbox.ts'
import { PAID_TWICE } from './paid-twice.ts'
import { CLOSE_OFFER, close, entitleHoldersOf, lockHoldersOf, RESTORE_BY_PAYMENT } from './settle.ts'
import { taxOf } from './tax.ts'
import type { Instant } from './windows.ts'

/** Money that the shop could not prove, and that the merchant vouches for: `hundredths` of `currency` really came. */
export interface Honour {
  order: string
  /** The intent of the order that the money stands for */
  intent: string
  hundredths: number
  currency: string
  reason: string
  /** The digest of the mismatched event that shows the money; each serves one payment only */
  event: string | undefined
}

/** `paid`: the intent has a payment already. `event-used`: the event can't stand for this, or stands for another payment. */
export type HonourOutcome = 'honoured' | 'paid' | 'event-used' | 'unknown'

const IS_EVENT_FREE = `
  (CAST(@event AS TEXT) IS NULL OR (
    EXISTS (
      SELECT 1 FROM events
      WHERE events.digest = @event AND events.intent = @intent AND events.verdict = @eventVerdict)
    AND NOT EXISTS (SELECT 1 FROM payments AS other WHERE other.honoured_event = @event)))`

const PAY_BY_HAND = `
  INSERT INTO payments (id, order_id, intent, proof, hundredths, currency, tax_hundredths, product, coupon, honoured_event,
    honoured_reason, honoured_by, paid_at, paid_twice)
  SELECT @paymentId, intents.order_id, intents.id, 'merchant', @hundredths, @currency,
    ${taxOf('CAST(@hundredths AS BIGINT)')}, orders.product, orders.coupon, @event, @reason, @session, @now, ${PAID_TWICE}
  FROM intents
  JOIN orders ON orders.id = intents.order_id
  WHERE intents.id = @intent AND intents.order_id = @order AND ${IS_EVENT_FREE}
  ON CONFLICT DO NOTHING
  RETURNING id`

const IS_PAID_NOW = `EXISTS (SELECT 1 FROM payments WHERE payments.id = @paymentId)`

const FIND_OUTCOME = `
  SELECT CASE WHEN EXISTS (SELECT 1 FROM payments WHERE payments.intent = intents.id) THEN 1 ELSE 0 END AS paid
  FROM intents
  WHERE intents.id = @intent AND intents.order_id = @order`

const RECORD_HONOURING = recordActionIf(IS_PAID_NOW)

// The intent before the payment, in the order in which a settlement locks them.
const HONOUR = [
  close(`intents.id = @intent AND intents.order_id = @order AND ${IS_EVENT_FREE}`),
  PAY_BY_HAND,
  RESTORE_BY_PAYMENT,
  entitleHoldersOf(ORDER_OF_INTENT),
  CLOSE_OFFER,
  RECORD_HONOURING,
  FIND_OUTCOME,
]

/** Makes an order paid by the merchant's word. A webhook for the same intent becomes the proof of the same payment later. */
export async function honourOrder(
  db: Database,
  { event, ...honour }: Honour,
  action: Action & { session: string },
  at: Instant,
): Promise<HonourOutcome> {
  const statements = lockFirst(db, lockHoldersOf('@order'), HONOUR)
  const results = await db.write(withAlerts(db, statements, ANNOUNCE_PAYMENT), {
    ...asActionParameters(action, at.now),
    ...honour,
    event: event ?? null,
    eventVerdict: 'mismatched',
    paymentId: newId(at.now),
    today: at.today,
  })
  if (results[statements.indexOf(PAY_BY_HAND)]?.length === 1) return 'honoured'
  const found = results[statements.indexOf(FIND_OUTCOME)]?.[0]
  if (!found) return 'unknown'
  return Number(found.paid) === 1 ? 'paid' : 'event-used'
}

/** What the merchant gives for an orphaned event: a new order, of a new buyer. */
export interface OrphanHonour {
  id: string
  buyer: string
  product: string
  kind: string
  title: string
  listHundredths: number
  taxRate: number
  taxLabel: string | null
  grants: readonly Grant[]
  /** The digest of the orphaned event */
  event: string
  reason: string
}

// Nothing is written unless the event is orphaned, says what it paid, and stands for no payment yet.
const IS_HONOURABLE = `
  events.digest = @event AND events.verdict = @eventVerdict AND events.intent IS NOT NULL AND events.hundredths > 0
    AND events.currency IS NOT NULL AND events.destination IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM intents WHERE intents.id = events.intent)
    AND NOT EXISTS (SELECT 1 FROM payments AS other WHERE other.honoured_event = @event)`

const ADD_BUYER = `
  INSERT INTO buyers (id, created_at)
  SELECT @buyer, @now
  FROM events
  WHERE ${IS_HONOURABLE}`

const ADD_ORDER = `
  INSERT INTO orders (id, buyer, product, kind, title, list_hundredths, hundredths, currency, tax_rate, tax_hundredths,
    tax_label, created_at)
  SELECT @id, buyers.id, @product, @kind, @title, @listHundredths, events.hundredths, events.currency,
    CAST(@taxRate AS BIGINT), ${taxOf('events.hundredths', 'CAST(@taxRate AS BIGINT)')}, @taxLabel, @now
  FROM events
  JOIN buyers ON buyers.id = @buyer
  WHERE ${IS_HONOURABLE}`

const ADD_INTENT = `
  INSERT INTO intents (id, order_id, hundredths, currency, destination, fees, created_at)
  SELECT events.intent, orders.id, events.hundredths, events.currency, events.destination, COALESCE(events.fees, ''),
    @now
  FROM events
  JOIN orders ON orders.id = @id
  WHERE ${IS_HONOURABLE}`

const PAY_ORPHAN = `
  INSERT INTO payments (id, order_id, intent, proof, hundredths, currency, tax_hundredths, product, honoured_event,
    honoured_reason, honoured_by, paid_at)
  SELECT @paymentId, orders.id, intents.id, 'merchant', intents.hundredths, intents.currency, orders.tax_hundredths,
    orders.product, @event, @reason, @session, @now
  FROM orders
  JOIN intents ON intents.order_id = orders.id
  WHERE orders.id = @id
  RETURNING id`

const LOCK_EVENT = `
  UPDATE events
  SET times_seen = times_seen
  WHERE digest = @event`

/** Makes a paid order of what an orphaned event says. False if the event can't stand for a payment, or does already. */
export async function honourOrphan(
  db: Database,
  { grants, ...honour }: OrphanHonour,
  action: Action & { session: string },
  at: Instant,
): Promise<boolean> {
  const statements = lockFirst(db, LOCK_EVENT, [
    ADD_BUYER,
    ADD_ORDER,
    ADD_INTENT,
    ...grants.map((_, number) => addGrant(number)),
    ADD_FIRST_HOLDER,
    PAY_ORPHAN,
    entitleHoldersOf('@id'),
    RECORD_HONOURING,
  ])
  const results = await db.write(withAlerts(db, statements, ANNOUNCE_PAYMENT), {
    ...asActionParameters(action, at.now),
    ...honour,
    ...parametersOf(grants),
    eventVerdict: 'orphaned',
    paymentId: newId(at.now),
    today: at.today,
  })
  return results[statements.indexOf(PAY_ORPHAN)]?.length === 1
}
