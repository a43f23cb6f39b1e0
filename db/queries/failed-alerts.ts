import type { Database } from '../database.ts'
import type { Row } from '../engines/driver.ts'
import type { AlertType } from './outbox.ts'

/** An alert whose last attempt failed, and why. */
export interface FailedAlert {
  id: string
  type: AlertType
  /** The key of what it is about */
  subject: string
  announcedAt: number
  attempts: number
  reason: string
  /** The beginning of what the merchant's webhook answered, if anything */
  answer: string | undefined
  /** Undefined while it is tried again */
  failedAt: number | undefined
  nextAttemptAt: number | undefined
}

const COLUMNS = `
  id, type, subject, announced_at, attempts, last_failure, last_answer, failed_at, next_attempt_at`

const FIND_FAILED = `
  SELECT ${COLUMNS}
  FROM outbox
  WHERE failed_at IS NOT NULL AND dismissed_at IS NULL
  ORDER BY failed_at DESC, id DESC
  LIMIT @limit`

const FIND_RETRIED = `
  SELECT ${COLUMNS}
  FROM outbox
  WHERE next_attempt_at IS NOT NULL AND last_failure IS NOT NULL
  ORDER BY next_attempt_at, id
  LIMIT @limit`

const RESEND = `
  UPDATE outbox
  SET next_attempt_at = @now, failed_at = NULL, attempts = 0
  WHERE id = @id AND failed_at IS NOT NULL AND dismissed_at IS NULL
  RETURNING id`

const DISMISS = `
  UPDATE outbox
  SET dismissed_at = @now
  WHERE id = @id AND failed_at IS NOT NULL AND dismissed_at IS NULL
  RETURNING id`

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
    announcedAt: Number(row.announced_at),
    attempts: Number(row.attempts),
    reason: row.last_failure as string,
    answer: (row.last_answer as string | null) ?? undefined,
    failedAt: row.failed_at === null ? undefined : Number(row.failed_at),
    nextAttemptAt: row.next_attempt_at === null ? undefined : Number(row.next_attempt_at),
  }
}

/** Sends a failed alert again, with as many attempts as at first. False if it has not failed. */
export async function resendAlert(db: Database, id: string, now: number): Promise<boolean> {
  return change(db, RESEND, id, now)
}

/** Takes a failed alert off the list. False if it isn't on it. */
export async function dismissAlert(db: Database, id: string, now: number): Promise<boolean> {
  return change(db, DISMISS, id, now)
}

async function change(db: Database, statement: string, id: string, now: number): Promise<boolean> {
  const [changed] = await db.write([statement], { id, now })
  return changed?.length === 1
}
