import type { Database } from '../database.ts'
import type { Row } from '../engines/driver.ts'
import { isUnregistered } from './unregistered.ts'

/** What the merchant's webhook is told. */
export type AlertType =
  | 'order.paid'
  | 'order.paid_twice'
  | 'order.refunded'
  | 'event.mismatched'
  | 'event.orphaned'
  | 'webhook.unregistered'
  | 'sequencer.down'
  | 'sequencer.up'

/** Returns a unit's statements, with those that announce its facts where alerts are sent: elsewhere they would only cost time. */
export function withAlerts(
  { alerts }: Database,
  statements: readonly string[],
  announcements: readonly string[],
): readonly string[] {
  return alerts ? [...statements, ...announcements] : statements
}

/**
 * The statement that announces facts in the unit of work that makes them. `facts` is the end of a SELECT, from FROM on, and
 * `subject` its column that says which fact each row is. `id` is what tells the alert from others of its type: while it is
 * kept, the same is not announced again. Uses @now.
 */
export const announce = (type: AlertType, subject: string, facts: string, id = subject) => `
  INSERT INTO outbox (id, type, subject, announced_at, next_attempt_at)
  SELECT '${type.replace('.', '_')}_' || ${id}, '${type}', ${subject}, @now, @now
  ${facts}
  ON CONFLICT (id) DO NOTHING`

/** Announces that the payment @paymentId was made, if it was, and whether the buyer already had the same from another order. */
export const ANNOUNCE_PAYMENT: readonly string[] = [
  announce('order.paid', 'payments.id', 'FROM payments WHERE payments.id = @paymentId'),
  announce(
    'order.paid_twice',
    'payments.id',
    'FROM payments WHERE payments.id = @paymentId AND payments.paid_twice = 1',
  ),
]

const announceEvent = (type: AlertType, verdict: string) =>
  announce(
    type,
    'events.digest',
    `FROM events
  WHERE events.digest = @digest AND events.verdict = '${verdict}' AND events.verdict IS DISTINCT FROM @former`,
  )

/** Announces that too, and the event @digest if its verdict calls for a look and isn't the @former one. */
export const ANNOUNCE_SETTLEMENT: readonly string[] = [
  ...ANNOUNCE_PAYMENT,
  announceEvent('event.mismatched', 'mismatched'),
  announceEvent('event.orphaned', 'orphaned'),
]

/** Announces that the refund @refund was recorded, if it was. */
export const ANNOUNCE_REFUND: readonly string[] = [
  announce('order.refunded', 'refunds.id', 'FROM refunds WHERE refunds.id = @refund'),
]

const HOUR_MS = 3_600_000

// Every offer fails in the same way then, so one of them in each hour speaks for all.
/** Announces that Code has not registered the webhook of @intent, if so, at most once an hour. */
export const ANNOUNCE_UNREGISTERED: readonly string[] = [
  announce(
    'webhook.unregistered',
    'intents.id',
    `FROM intents
  WHERE intents.id = @intent AND ${isUnregistered('intents')}`,
    `CAST(CAST(@now AS BIGINT) / ${HOUR_MS} AS TEXT)`,
  ),
]

/** An alert that is to be sent now, for the `attempts`-th time. */
export interface DueAlert {
  id: string
  type: AlertType
  /** The key of what it is about */
  subject: string
  announcedAt: number
  attempts: number
}

// A time that is further away than any pause was written by a clock that jumped.
const IS_MISDATED = `outbox.next_attempt_at > CAST(@now AS BIGINT) + @longestPauseMs`

const HAS_DUE = `
  SELECT 1 AS due
  WHERE EXISTS (SELECT 1 FROM outbox WHERE outbox.next_attempt_at <= @now)
    OR EXISTS (SELECT 1 FROM outbox WHERE ${IS_MISDATED})`

const TAKE_LEASE = `
  INSERT INTO leases (name, holder, expires_at)
  VALUES ('alerts', @instance, CAST(@now AS BIGINT) + @leaseMs)
  ON CONFLICT (name) DO UPDATE
  SET holder = excluded.holder, expires_at = excluded.expires_at
  WHERE leases.holder = @instance OR leases.expires_at <= @now
    OR leases.expires_at > CAST(@now AS BIGINT) + @leaseMs`

const RELEASE_LEASE = `
  DELETE FROM leases
  WHERE name = 'alerts' AND holder = @instance`

const BRING_MISDATED_FORWARD = `
  UPDATE outbox
  SET next_attempt_at = @now
  WHERE ${IS_MISDATED}`

// Due again when the lease has expired, unless its outcome is recorded by then: the instance may die with it.
const CLAIM_DUE = `
  UPDATE outbox
  SET attempts = attempts + 1, next_attempt_at = CAST(@now AS BIGINT) + @leaseMs
  WHERE next_attempt_at <= @now
    AND id IN (SELECT id FROM outbox WHERE next_attempt_at <= @now ORDER BY next_attempt_at LIMIT @limit)
    AND EXISTS (SELECT 1 FROM leases
      WHERE name = 'alerts' AND holder = @instance AND expires_at = CAST(@now AS BIGINT) + @leaseMs)
  RETURNING id, type, subject, announced_at, attempts`

const FORGET_DELIVERED = `
  DELETE FROM outbox
  WHERE id IN (SELECT id FROM outbox WHERE delivered_at < @before ORDER BY delivered_at LIMIT @forgotten)`

const RECORD_DELIVERY = `
  UPDATE outbox
  SET delivered_at = @now, next_attempt_at = NULL, failed_at = NULL
  WHERE id = @id AND delivered_at IS NULL`

// Of the attempt that was claimed: another instance may have taken over since, and delivered it.
const RECORD_FAILURE = `
  UPDATE outbox
  SET next_attempt_at = @nextAttemptAt, last_failure = @reason, last_answer = @answer,
    failed_at = CASE WHEN CAST(@nextAttemptAt AS BIGINT) IS NULL THEN CAST(@now AS BIGINT) END
  WHERE id = @id AND attempts = @attempts AND next_attempt_at IS NOT NULL`

/** Returns whether any alert is to be sent now. `longestPauseMs` is the longest time that one may have to wait. */
export async function hasDueAlerts(
  db: Database,
  due: { now: number; longestPauseMs: number },
): Promise<boolean> {
  return (await db.read(HAS_DUE, due)).length > 0
}

/**
 * Takes or keeps the lease of the instance that sends alerts, and claims up to `limit` that are due. Resolves with none if
 * another instance has the lease. Alerts that were delivered before `before` are forgotten, `forgotten` of them at a time.
 */
export async function claimDueAlerts(
  db: Database,
  claim: {
    now: number
    longestPauseMs: number
    leaseMs: number
    limit: number
    before: number
    forgotten: number
  },
): Promise<DueAlert[]> {
  const statements = [BRING_MISDATED_FORWARD, TAKE_LEASE, CLAIM_DUE, FORGET_DELIVERED]
  const [, , claimed] = await db.write(statements, { ...claim, instance: db.instance })
  return (claimed ?? []).map(toDueAlert)
}

function toDueAlert(row: Row): DueAlert {
  return {
    id: row.id as string,
    type: row.type as AlertType,
    subject: row.subject as string,
    announcedAt: Number(row.announced_at),
    attempts: Number(row.attempts),
  }
}

/** Lets another instance send alerts at once. */
export async function releaseAlerts(db: Database): Promise<void> {
  await db.write([RELEASE_LEASE], { instance: db.instance })
}

/** Records that the merchant's webhook has accepted an alert. */
export async function recordDelivery(db: Database, id: string, now: number): Promise<void> {
  await db.write([RECORD_DELIVERY], { id, now })
}

/** Records why an attempt failed, and when the next one is. Without a next one, the alert has failed. */
export async function recordFailedAttempt(
  db: Database,
  attempt: Pick<DueAlert, 'id' | 'attempts'> & { reason: string; answer: string | null },
  { now, nextAttemptAt }: { now: number; nextAttemptAt: number | null },
): Promise<void> {
  const { id, attempts, reason, answer } = attempt
  await db.write([RECORD_FAILURE], { id, attempts, reason, answer, now, nextAttemptAt })
}
