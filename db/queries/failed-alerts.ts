import type { Database } from '../database.ts'
import type { Row } from '../engines/driver.ts'
import { type Action, asActionParameters, recordActionIf } from './actions.ts'
import { lockFirst } from './locks.ts'
import type { AlertType } from './outbox.ts'

/** An alert whose last attempt failed, and why. */
export interface FailedAlert {
  id: string
  type: AlertType
  /** The key of what it is about */
  subject: string
  /** The order that it is about; undefined if it is about an event or an outage */
  order: string | undefined
  announcedAt: number
  attempts: number
  reason: string
  /** The beginning of what the merchant's webhook answered, if anything */
  answer: string | undefined
  /** Undefined while it is tried again */
  failedAt: number | undefined
  nextAttemptAt: number | undefined
}

const IS_LISTED = `outbox.failed_at IS NOT NULL AND outbox.dismissed_at IS NULL`

const FAILED_ALERTS = `
  SELECT outbox.id, outbox.type, outbox.subject, outbox.announced_at, outbox.attempts, outbox.last_failure,
    outbox.last_answer, outbox.failed_at, outbox.next_attempt_at,
    COALESCE(payments.order_id, refunded.order_id, intents.order_id) AS order_id
  FROM outbox
  LEFT JOIN payments ON payments.id = outbox.subject
  LEFT JOIN refunds ON refunds.id = outbox.subject
  LEFT JOIN payments AS refunded ON refunded.id = refunds.payment
  LEFT JOIN intents ON intents.id = outbox.subject`

const FIND_FAILED = `
  ${FAILED_ALERTS}
  WHERE ${IS_LISTED}
  ORDER BY outbox.failed_at DESC, outbox.id DESC
  LIMIT @limit`

const FIND_RETRIED = `
  ${FAILED_ALERTS}
  WHERE outbox.next_attempt_at IS NOT NULL AND outbox.last_failure IS NOT NULL
  ORDER BY outbox.next_attempt_at, outbox.id
  LIMIT @limit`

const HAS_FAILED = `
  SELECT 1 AS failed
  FROM outbox
  WHERE ${IS_LISTED}
  LIMIT 1`

const RESEND = `
  UPDATE outbox
  SET next_attempt_at = @now, failed_at = NULL, attempts = 0
  WHERE id = @id AND ${IS_LISTED}
  RETURNING id`

const IS_OPEN = `outbox.delivered_at IS NULL AND outbox.dismissed_at IS NULL`

const DISMISS = `
  UPDATE outbox
  SET dismissed_at = @now, next_attempt_at = NULL
  WHERE id = @id AND ${IS_OPEN}
  RETURNING id`

const LOCK_ALERT = `
  UPDATE outbox
  SET subject = subject
  WHERE id = @id`

/** Before the effect, which takes the alert off the list: of two forms at once, one is recorded. */
const recordIf = (condition: string) =>
  recordActionIf(`EXISTS (SELECT 1 FROM outbox WHERE outbox.id = @id AND ${condition})`)

const RESENDING = [recordIf(IS_LISTED), RESEND]
const DISMISSING = [recordIf(IS_OPEN), DISMISS]

/** Finds the alerts that failed for a day and that nobody has dismissed, the latest failure first. */
export async function findFailedAlerts(db: Database, limit: number): Promise<FailedAlert[]> {
  const rows = await db.read(FIND_FAILED, { limit })
  return rows.map(toFailedAlert)
}

/** Finds the alerts whose last attempt failed and that are tried again, the next one first. */
export async function findRetriedAlerts(db: Database, limit: number): Promise<FailedAlert[]> {
  const rows = await db.read(FIND_RETRIED, { limit })
  return rows.map(toFailedAlert)
}

function toFailedAlert(row: Row): FailedAlert {
  return {
    id: row.id as string,
    type: row.type as AlertType,
    subject: row.subject as string,
    order: (row.order_id as string | null) ?? undefined,
    announcedAt: Number(row.announced_at),
    attempts: Number(row.attempts),
    reason: row.last_failure as string,
    answer: (row.last_answer as string | null) ?? undefined,
    failedAt: row.failed_at === null ? undefined : Number(row.failed_at),
    nextAttemptAt: row.next_attempt_at === null ? undefined : Number(row.next_attempt_at),
  }
}

/** Returns whether any alert failed for a day and has not been dismissed. */
export async function hasFailedAlerts(db: Database): Promise<boolean> {
  return (await db.read(HAS_FAILED, {})).length > 0
}

/** Sends a failed alert again, with as many attempts as at first. False if it is no longer listed. */
export function resendAlert(db: Database, id: string, action: Action, now: number): Promise<boolean> {
  return change(db, RESENDING, id, asActionParameters(action, now))
}

/** Takes an alert off the list that has failed, or waits to be sent again. False if it is no longer on it. */
export function dismissAlert(db: Database, id: string, action: Action, now: number): Promise<boolean> {
  return change(db, DISMISSING, id, asActionParameters(action, now))
}

async function change(
  db: Database,
  effect: readonly string[],
  id: string,
  action: ReturnType<typeof asActionParameters>,
): Promise<boolean> {
  const results = await db.write(lockFirst(db, LOCK_ALERT, effect), { ...action, id })
  return results.at(-1)?.length === 1
}
