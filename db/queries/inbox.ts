import type { Database } from '../database.ts'
import type { Row } from '../engines/driver.ts'
import { numberOf, textOf } from './columns.ts'
import type { Verdict } from './events.ts'

/** A verified event as the inbox lists it. `hundredths` of `currency`; instants in milliseconds since 1970. */
export interface ListedEvent {
  digest: string
  intent: string | undefined
  hundredths: number | undefined
  currency: string | undefined
  firstSeenAt: number
  lastSeenAt: number
  timesSeen: number
  /** The order of the intent, if it is ours */
  order: string | undefined
}

/** Where a list goes on: behind this event. `id` is its digest or, in the list of applied ones, its payment's id. */
export interface InboxPlace {
  at: number
  id: string
}

/** A part of the inbox, newest first, and where the next part begins if there is one. */
export interface InboxPart {
  events: ListedEvent[]
  next: InboxPlace | undefined
}

/** `open`: neither dismissed nor honoured by hand. `done`: one of the two. Undefined: either. */
export type Standing = 'open' | 'done' | undefined

/** How much is looked at: `limit` events are shown, out of so many of the verdict's. */
export interface InboxLimits {
  limit: number
  lookedAt: number
}

const LOOKED_AT_FIRST = 4 // times as many as are shown: mostly, that is enough
const NEWEST: InboxPlace = { at: Number.MAX_SAFE_INTEGER, id: '' }

/**
 * Of a row of `events`: the merchant has dismissed it, or honoured an order because of it. Or the order of an orphaned one is
 * back, as after a restore, and was paid in another way: what the event says was asked for, and an intent pays once.
 */
export const IS_DONE = `
  (events.dismissed_at IS NOT NULL
    OR EXISTS (SELECT 1 FROM payments WHERE payments.honoured_event = events.digest)
    OR events.verdict = 'orphaned' AND EXISTS (
      SELECT 1 FROM payments
      JOIN intents ON intents.id = payments.intent
      WHERE intents.id = events.intent AND intents.hundredths = events.hundredths
        AND intents.currency = events.currency AND intents.destination = events.destination))`

const STANDING = { open: `NOT ${IS_DONE}`, done: IS_DONE, any: '1 = 1' }

/** The columns of a listed event, of `events` and its intent. */
export const LISTED_COLUMNS = `
  events.digest, events.intent, events.hundredths, events.currency, events.first_seen_at, events.last_seen_at,
  events.times_seen, intents.order_id`

// The second condition is that of the index, which holds no event that was applied.
const IS_BEHIND = `
  events.verdict = @verdict AND events.verdict <> 'applied' AND events.last_seen_at <= @at
    AND (events.last_seen_at < @at OR events.digest < @id)`

// The index alone finds the oldest event that is looked at, so that a rare standing isn't searched for in all of them.
const FIND_BOUND = `
  SELECT events.last_seen_at AS bound
  FROM events
  WHERE events.verdict = @verdict AND events.verdict <> 'applied' AND events.last_seen_at <= @at
  ORDER BY events.last_seen_at DESC
  LIMIT 1 OFFSET @lookedAt`

const findEventsThat = (standing: string) => `
  SELECT ${LISTED_COLUMNS}
  FROM events
  LEFT JOIN intents ON intents.id = events.intent
  WHERE ${IS_BEHIND} AND events.last_seen_at >= @bound AND ${standing}
  ORDER BY events.last_seen_at DESC, events.digest DESC
  LIMIT @limit`

const FIND_EVENTS = {
  open: findEventsThat(STANDING.open),
  done: findEventsThat(STANDING.done),
  any: findEventsThat(STANDING.any),
}

// Applied events are found by their payments, whose ids begin with their time: no index of events has them.
const FIND_APPLIED_BOUND = `
  SELECT payments.id AS bound
  FROM payments
  WHERE payments.id < @id
  ORDER BY payments.id DESC
  LIMIT 1 OFFSET @lookedAt`

const FIND_APPLIED = `
  SELECT ${LISTED_COLUMNS}, payments.id AS payment
  FROM payments
  JOIN events ON events.digest = payments.event
  LEFT JOIN intents ON intents.id = events.intent
  WHERE payments.id < @id AND payments.id >= @bound AND payments.event IS NOT NULL
  ORDER BY payments.id DESC
  LIMIT @limit`

const COUNT_OPEN = `
  SELECT COUNT(*) AS looked_at, SUM(CASE WHEN ${IS_DONE} THEN 0 ELSE 1 END) AS open
  FROM (
    SELECT events.digest, events.verdict, events.intent, events.hundredths, events.currency, events.destination,
      events.dismissed_at
    FROM events
    WHERE events.verdict = @verdict AND events.verdict <> 'applied'
    ORDER BY events.last_seen_at DESC
    LIMIT @lookedAt) AS events`

/** Lists events with a verdict other than `applied`, the one that was seen last first. */
export function findEvents(
  db: Database,
  { verdict, standing }: { verdict: Exclude<Verdict, 'applied'>; standing: Standing },
  limits: InboxLimits,
  place: InboxPlace = NEWEST,
): Promise<InboxPart> {
  return findInSteps(limits, async (lookedAt) => {
    const parameters = { verdict, ...place, lookedAt, limit: limits.limit + 1 }
    const [found] = await db.read(FIND_BOUND, parameters)
    const bound = numberOf(found?.bound)
    const rows = await db.read(FIND_EVENTS[standing ?? 'any'], { ...parameters, bound: bound ?? 0 })
    const further = bound === undefined ? undefined : { at: bound, id: '' }
    return toPart(rows, limits, (row) => ({ at: Number(row.last_seen_at), id: String(row.digest) }), further)
  })
}

/** Lists the events that paid an order, the newest payment first. */
export function findAppliedEvents(
  db: Database,
  limits: InboxLimits,
  { id }: Pick<InboxPlace, 'id'> = { id: 'z' }, // behind every id, whatever the language of the database
): Promise<InboxPart> {
  return findInSteps(limits, async (lookedAt) => {
    const parameters = { id, lookedAt, limit: limits.limit + 1 }
    const [found] = await db.read(FIND_APPLIED_BOUND, parameters)
    const bound = textOf(found?.bound)
    const rows = await db.read(FIND_APPLIED, { ...parameters, bound: bound ?? '' })
    const further = bound === undefined ? undefined : { at: 0, id: bound }
    return toPart(rows, limits, (row) => ({ at: 0, id: String(row.payment) }), further)
  })
}

/** Looks at a few rows first, and at as many as are allowed only if too few of those are to be shown. */
async function findInSteps(
  { limit, lookedAt }: InboxLimits,
  find: (lookedAt: number) => Promise<InboxPart>,
): Promise<InboxPart> {
  const part = await find(Math.min(limit * LOOKED_AT_FIRST, lookedAt))
  return part.next && part.events.length < limit ? find(lookedAt) : part
}

/** Cuts off the row that shows that there are more; where there is none, the list goes on behind what was looked at. */
function toPart(
  rows: readonly Row[],
  { limit }: InboxLimits,
  placeOf: (row: Row) => InboxPlace,
  further: InboxPlace | undefined,
): InboxPart {
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  return {
    events: shown.map(toListedEvent),
    next: rows.length > limit && last ? placeOf(last) : further,
  }
}

/** Counts the open events of a verdict among the newest `lookedAt`. `isAll`: there are no others. */
export async function countOpenEvents(
  db: Database,
  verdict: Exclude<Verdict, 'applied'>,
  lookedAt: number,
): Promise<{ open: number; isAll: boolean }> {
  const [row] = await db.read(COUNT_OPEN, { verdict, lookedAt: lookedAt + 1 })
  return { open: Number(row?.open ?? 0), isAll: Number(row?.looked_at ?? 0) <= lookedAt }
}

/** Reads the columns of a listed event. */
export function toListedEvent(row: Row): ListedEvent {
  return {
    digest: row.digest as string,
    intent: textOf(row.intent),
    hundredths: numberOf(row.hundredths),
    currency: textOf(row.currency),
    firstSeenAt: Number(row.first_seen_at),
    lastSeenAt: Number(row.last_seen_at),
    timesSeen: Number(row.times_seen),
    order: textOf(row.order_id),
  }
}
