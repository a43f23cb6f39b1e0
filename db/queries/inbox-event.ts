import type { Database } from '../database.ts'
import type { Row } from '../engines/driver.ts'
import { type Action, asActionParameters, recordActionIf } from './actions.ts'
import { textOf } from './columns.ts'
import type { Verdict } from './events.ts'
import { IS_DONE, LISTED_COLUMNS, type ListedEvent, toListedEvent } from './inbox.ts'
import type { IntentTerms } from './intents.ts'

/** Everything about one verified event, beside the terms of the intent that it names. */
export interface InboxEvent extends ListedEvent {
  type: 'payment' | 'login' | 'test' | 'other'
  verdict: Verdict
  jws: string
  terms: IntentTerms | undefined
  /** Whether it says that an address of the shop got the money */
  paysUs: boolean
  /** The payment of that intent, if there is one, whether this event is its proof, and whether the merchant honoured it before */
  payment: { id: string; isProvenByThis: boolean; isHonoured: boolean } | undefined
  /** The order that the merchant has honoured by hand because of this event */
  honoured: string | undefined
  dismissed: { at: number; by: string; reason: string } | undefined
  /** Whether nothing is left to do, although it paid nothing */
  isDone: boolean
}

const FIND_EVENT = `
  SELECT ${LISTED_COLUMNS}, events.type, events.verdict, events.jws, events.dismissed_at, events.dismissed_by,
    events.dismissed_reason, intents.hundredths AS asked_hundredths, intents.currency AS asked_currency,
    intents.destination AS asked_destination, intents.fees AS asked_fees, payments.id AS payment, payments.event AS proof,
    payments.honoured_by,
    honoured.order_id AS honoured,
    CASE WHEN EXISTS (SELECT 1 FROM destinations WHERE destinations.address = events.destination)
      THEN 1 ELSE 0 END AS pays_us,
    CASE WHEN ${IS_DONE} THEN 1 ELSE 0 END AS is_done
  FROM events
  LEFT JOIN intents ON intents.id = events.intent
  LEFT JOIN payments ON payments.intent = events.intent
  LEFT JOIN payments AS honoured ON honoured.honoured_event = events.digest
  WHERE events.digest = @digest`

/** Finds an event by its digest. */
export async function findEvent(db: Database, digest: string): Promise<InboxEvent | undefined> {
  const [row] = await db.read(FIND_EVENT, { digest })
  return row && toInboxEvent(row)
}

const FIND_WITHOUT_ORDER = `
  SELECT events.digest
  FROM events
  WHERE events.intent = @intent AND events.verdict <> 'applied'
    AND NOT EXISTS (SELECT 1 FROM intents WHERE intents.id = @intent)
  ORDER BY events.last_seen_at DESC
  LIMIT 1`

/** Finds the digest of the last event about an intent that the shop doesn't have. */
export async function findEventWithoutOrder(db: Database, intent: string): Promise<string | undefined> {
  const [row] = await db.read(FIND_WITHOUT_ORDER, { intent })
  return textOf(row?.digest)
}

const IS_DISMISSED_NOW = `
  EXISTS (
    SELECT 1 FROM events
    WHERE events.digest = @digest AND events.dismissed_at = @now AND events.dismissed_by = @session
      AND events.dismissed_reason = @reason)`

const DISMISS = `
  UPDATE events
  SET dismissed_at = @now, dismissed_by = @session, dismissed_reason = @reason
  WHERE digest = @digest AND verdict IN ('mismatched', 'orphaned') AND NOT ${IS_DONE}
  RETURNING digest`

const RECORD_DISMISSAL = recordActionIf(IS_DISMISSED_NOW)

/**
 * Takes a mismatched or orphaned event off the list of what needs a look. It doesn't keep the buyer from ordering again then; nothing
 * else changes. False if it isn't on that list.
 */
export async function dismissEvent(
  db: Database,
  { digest, reason }: { digest: string; reason: string },
  action: Action & { session: string },
  now: number,
): Promise<boolean> {
  const parameters = { ...asActionParameters(action, now), digest, reason }
  const [dismissed] = await db.write([DISMISS, RECORD_DISMISSAL], parameters)
  return dismissed?.length === 1
}

function toInboxEvent(row: Row): InboxEvent {
  return {
    ...toListedEvent(row),
    type: row.type as InboxEvent['type'],
    verdict: row.verdict as Verdict,
    jws: row.jws as string,
    paysUs: Number(row.pays_us) === 1,
    terms: row.asked_hundredths === null ? undefined : toTerms(row),
    payment:
      row.payment === null
        ? undefined
        : {
            id: String(row.payment),
            isProvenByThis: row.proof === row.digest,
            isHonoured: row.honoured_by !== null,
          },
    honoured: textOf(row.honoured),
    isDone: Number(row.is_done) === 1,
    dismissed:
      row.dismissed_at === null
        ? undefined
        : {
            at: Number(row.dismissed_at),
            by: String(row.dismissed_by),
            reason: String(row.dismissed_reason),
          },
  }
}

function toTerms(row: Row) {
  return {
    hundredths: Number(row.asked_hundredths),
    currency: String(row.asked_currency),
    destination: String(row.asked_destination),
    fees: String(row.asked_fees),
  }
}
