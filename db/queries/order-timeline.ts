import type { Database } from '../database.ts'
import type { Row } from '../engines/driver.ts'
import { numberOf, textOf } from './columns.ts'
import type { Verdict } from './events.ts'
import { readRowsOf } from './rows-of-order.ts'

/** A verified delivery about one of the order's intents, or for which the merchant honoured it. */
export interface TimelineEvent {
  digest: string
  intent: string | undefined
  verdict: Verdict
  /** As claimed; undefined where the event says nothing that can be read */
  hundredths: number | undefined
  currency: string | undefined
  destination: string | undefined
  /** As one text: see money/fees.ts. Empty for none. */
  fees: string | undefined
  state: string | undefined
  firstSeenAt: number
  lastSeenAt: number
  timesSeen: number
  dismissedAt: number | undefined
  dismissedReason: string | undefined
  /** Whether it pays an address to which the shop has ever asked to be paid */
  paysUs: boolean
  /** Whether the merchant has honoured a payment for it */
  isUsed: boolean
}

/** What no other row tells of an order. */
export interface TimelineStep {
  at: number
  what: string
  detail: string | undefined
}

/** What the merchant did at the desk to an order. `before` and `after` are as they were recorded. */
export interface TimelineAction {
  id: string
  what: string
  session: string | undefined
  before: Record<string, unknown>
  after: Record<string, unknown>
  actedAt: number
}

const EVENT_COLUMNS = `
  events.digest, events.intent, events.verdict, events.hundredths, events.currency, events.destination, events.fees,
  events.state, events.first_seen_at, events.last_seen_at, events.times_seen, events.dismissed_at, events.dismissed_reason,
  CASE WHEN EXISTS (SELECT 1 FROM destinations WHERE destinations.address = events.destination)
    THEN 1 ELSE 0 END AS pays_us,
  CASE WHEN EXISTS (SELECT 1 FROM payments AS honoured WHERE honoured.honoured_event = events.digest)
    THEN 1 ELSE 0 END AS used`

// The event that proved a payment is found by its digest. The others are found by their intent in an index of those
// that prove nothing, so that a payment doesn't have to write to it.
export const FIND_EVENTS = `
  SELECT ${EVENT_COLUMNS}
  FROM payments
  JOIN events ON events.digest = payments.event
  WHERE payments.order_id = @order
  UNION
  SELECT ${EVENT_COLUMNS}
  FROM payments
  JOIN events ON events.digest = payments.honoured_event
  WHERE payments.order_id = @order
  UNION
  SELECT ${EVENT_COLUMNS}
  FROM intents
  JOIN events ON events.intent = intents.id
  WHERE intents.order_id = @order AND events.verdict <> 'applied' AND events.intent IS NOT NULL
  ORDER BY first_seen_at, digest
  LIMIT @limit`

const FIND_STEPS = `
  SELECT at, what, detail
  FROM steps
  WHERE order_id = @order
  ORDER BY at, what
  LIMIT @limit`

const FIND_ACTIONS = `
  SELECT id, what, session, before, after, acted_at
  FROM actions
  WHERE subject = @order
  ORDER BY acted_at, id
  LIMIT @limit`

export const STATEMENTS_ABOUT_TIME = [FIND_EVENTS, FIND_STEPS, FIND_ACTIONS]

/** Finds what was delivered, noted and done about an order, each in the order of its time. */
export async function findTimelineOf(
  db: Database,
  order: string,
): Promise<{ events: TimelineEvent[]; steps: TimelineStep[]; actions: TimelineAction[] }> {
  const [events, steps, actions] = await Promise.all([
    readRowsOf(db, order, FIND_EVENTS, toEvent),
    readRowsOf(db, order, FIND_STEPS, toStep),
    readRowsOf(db, order, FIND_ACTIONS, toAction),
  ])
  return { events, steps, actions }
}

function toEvent(row: Row): TimelineEvent {
  return {
    digest: String(row.digest),
    intent: textOf(row.intent),
    verdict: row.verdict as Verdict,
    hundredths: numberOf(row.hundredths),
    currency: textOf(row.currency),
    destination: textOf(row.destination),
    fees: textOf(row.fees),
    state: textOf(row.state),
    firstSeenAt: Number(row.first_seen_at),
    lastSeenAt: Number(row.last_seen_at),
    timesSeen: Number(row.times_seen),
    dismissedAt: numberOf(row.dismissed_at),
    dismissedReason: textOf(row.dismissed_reason),
    paysUs: Number(row.pays_us) === 1,
    isUsed: Number(row.used) === 1,
  }
}

function toStep(row: Row): TimelineStep {
  return { at: Number(row.at), what: String(row.what), detail: textOf(row.detail) }
}

function toAction(row: Row): TimelineAction {
  return {
    id: String(row.id),
    what: String(row.what),
    session: textOf(row.session),
    before: parseFacts(row.before),
    after: parseFacts(row.after),
    actedAt: Number(row.acted_at),
  }
}

function parseFacts(json: Row[string] | undefined): Record<string, unknown> {
  return typeof json === 'string' ? JSON.parse(json) : {}
}
