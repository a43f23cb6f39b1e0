import type { Database } from '../database.ts'
import { IS_SCHEDULED } from './poll.ts'

// Each is read from an index of what it counts alone, so that it takes no longer in a shop with many orders.
const COUNT_POLLED = `
  SELECT COUNT(*) AS polled
  FROM (SELECT 1 FROM intents WHERE next_check_at IS NOT NULL LIMIT @most) AS polled`

// Those that were brought to the front are due now, and say nothing about how late others are.
const FIND_NEXT_CHECK = `
  SELECT MIN(next_check_at) AS next_check_at
  FROM intents
  WHERE ${IS_SCHEDULED}`

const COUNT_WAITING_ALERTS = `
  SELECT COUNT(*) AS alerts
  FROM (SELECT 1 FROM outbox WHERE next_attempt_at IS NOT NULL LIMIT @most) AS waiting`

const COUNT_FAILED_ALERTS = `
  SELECT COUNT(*) AS alerts
  FROM (SELECT 1 FROM outbox WHERE failed_at IS NOT NULL AND dismissed_at IS NULL LIMIT @most) AS failed`

/** Counts the unpaid intents that are polled, up to `most` of them. */
export async function countPolledIntents(db: Database, most: number): Promise<number> {
  const [row] = await db.read(COUNT_POLLED, { most })
  return Number(row?.polled)
}

/** Returns when the next poll of any intent is due on its schedule; undefined if none is. */
export async function findNextPoll(db: Database): Promise<number | undefined> {
  const [row] = await db.read(FIND_NEXT_CHECK, {})
  return row?.next_check_at == null ? undefined : Number(row.next_check_at)
}

/** Counts the alerts that have yet to be sent, and those that failed and were not dismissed, up to `most` of each. */
export async function countAlerts(db: Database, most: number): Promise<{ waiting: number; failed: number }> {
  const [waiting, failed] = await Promise.all([
    db.read(COUNT_WAITING_ALERTS, { most }),
    db.read(COUNT_FAILED_ALERTS, { most }),
  ])
  return { waiting: Number(waiting[0]?.alerts), failed: Number(failed[0]?.alerts) }
}
