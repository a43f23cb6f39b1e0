import type Sqlite from 'better-sqlite3'
import type { Commits } from './commits.ts'

export interface Attempt {
  number: number
  startedAt: number
  /** null while under way, or if the sandbox was stopped meanwhile */
  durationMs: number | null
  status: number | null
  /** null while under way */
  answer: string | null
  answeredBy: string | null
}

/** The subject of an event. */
export type DeliveryKind = 'payment' | 'login' | 'test'

/** One event on its way to one URL. */
export interface Delivery {
  id: number
  kind: DeliveryKind
  intent: string | null
  url: string
  token: string
  createdAt: number
  /** null once delivered or given up */
  nextAt: number | null
  attempts: Attempt[]
}

export interface DueAttempt {
  delivery: number
  /** null for a test event */
  intent: string | null
  number: number
  url: string
  token: string
}

type RecordedAttempt = Omit<Attempt, 'startedAt'> & { delivery: number }

type Waiting = Pick<Attempt, 'number' | 'startedAt'> & { delivery: number }

export type Deliveries = ReturnType<typeof createDeliveries>

const SELECT = `
  SELECT id, kind, intent, url, token, created_at AS createdAt, next_at AS nextAt
  FROM deliveries`

/** Returns the functions for deliveries, of which the newest `keep` are stored. */
export function createDeliveries(db: Sqlite.Database, keep: number, { alone }: Commits) {
  const find = db.prepare(`${SELECT} WHERE id = @id`)
  const list = db.prepare(`${SELECT} ORDER BY id DESC LIMIT @limit`)
  const attempts = db.prepare(`
    SELECT number, started_at AS startedAt, duration_ms AS durationMs, status, answer, answered_by AS answeredBy
    FROM attempts
    WHERE delivery = @id
    ORDER BY number`)
  const insert = db.prepare(`
    INSERT INTO deliveries (kind, intent, url, token, created_at, next_at)
    VALUES (@kind, @intent, @url, @token, @now, @now)`)
  const dropOldest = db.prepare('DELETE FROM deliveries WHERE id <= @last - @keep')
  const due = db.prepare(`
    SELECT id AS delivery, intent, url, token,
      (SELECT COUNT(*) FROM attempts WHERE delivery = deliveries.id) + 1 AS number
    FROM deliveries
    WHERE next_at <= @now
    ORDER BY next_at, id
    LIMIT @limit`)
  const begin = db.prepare(
    'INSERT INTO attempts (delivery, number, started_at) VALUES (@delivery, @number, @now)',
  )
  const schedule = db.prepare('UPDATE deliveries SET next_at = @nextAt WHERE id = @delivery')
  const bringForward = db.prepare(`
    UPDATE deliveries
    SET next_at = MIN(next_at, @soonest)
    WHERE id = @delivery
      AND next_at IS NOT NULL
      AND NOT EXISTS (SELECT 1 FROM attempts WHERE delivery = deliveries.id AND number > @number)`)
  const waiting = db.prepare(`
    SELECT delivery, number, started_at AS startedAt
    FROM deliveries
    JOIN attempts ON delivery = id AND number = (SELECT MAX(number) FROM attempts WHERE delivery = id)
    WHERE next_at IS NOT NULL AND answer IS NOT NULL`)
  const record = db.prepare(`
    UPDATE attempts
    SET duration_ms = @durationMs, status = @status, answer = @answer, answered_by = @answeredBy
    WHERE delivery = @delivery AND number = @number`)
  const delivered = db.prepare(`
    SELECT MIN(started_at + duration_ms) AS at
    FROM deliveries
    JOIN attempts ON delivery = id
    WHERE intent = @intent AND status = 200`)
  const intentOf = db.prepare('SELECT intent FROM deliveries WHERE id = @id')
  const earliest = db.prepare('SELECT MIN(next_at) AS nextAt FROM deliveries WHERE next_at IS NOT NULL')

  // The process that made these attempts has ended. If it is a different one that still runs, its answer overwrites this.
  db.exec("UPDATE attempts SET answer = 'the sandbox was stopped meanwhile' WHERE answer IS NULL")

  const withAttempts = (row: unknown) => {
    const delivery = row as Delivery
    return { ...delivery, attempts: attempts.all({ id: delivery.id }) as Attempt[] }
  }

  return {
    find(id: number): Delivery | undefined {
      const row = find.get({ id })
      return row === undefined ? undefined : withAttempts(row)
    },

    /** Returns the newest first. */
    list: (limit: number): Delivery[] => list.all({ limit }).map(withAttempts),

    /** Stores a delivery whose first attempt is due immediately. Returns its id. */
    add: alone((delivery: Pick<Delivery, 'kind' | 'intent' | 'url' | 'token'>, now: number): number => {
      const id = Number(insert.run({ ...delivery, now }).lastInsertRowid)
      dropOldest.run({ last: id, keep })
      return id
    }),

    /**
     * Records that the due attempts have started and when the next ones are due, before anything is sent. So only one of
     * two processes makes an attempt, and a crash in between doesn't change the schedule.
     */
    beginDue: alone((now: number, limit: number, pauseAfter: (number: number) => number | undefined) => {
      const begun = due.all({ now, limit }) as DueAttempt[]
      for (const { delivery, number } of begun) {
        const pause = pauseAfter(number)
        begin.run({ delivery, number, now })
        schedule.run({ delivery, nextAt: pause === undefined ? null : now + pause })
      }
      return begun
    }),

    /**
     * Records the outcome of an attempt. A delivered event isn't retried. Otherwise the next attempt is brought forward to
     * `soonest`.
     */
    record: alone((attempt: RecordedAttempt, delivered: boolean, soonest: number | undefined): void => {
      record.run(attempt)
      const { delivery, number } = attempt
      if (delivered) schedule.run({ delivery, nextAt: null })
      else if (soonest !== undefined) bringForward.run({ delivery, number, soonest })
    }),

    /** Schedules the next attempt of each delivery that waits for it; not where one is under way. */
    reschedule: alone((nextAfter: (number: number, startedAt: number) => number | undefined): void => {
      for (const { delivery, number, startedAt } of waiting.all() as Waiting[])
        schedule.run({ delivery, nextAt: nextAfter(number, startedAt) ?? null })
    }),

    /** Returns when a webhook of this intent was first delivered, or null. */
    deliveredAt: (intent: string): number | null => (delivered.get({ intent }) as { at: number | null }).at,

    intentOf: (id: number): string | null =>
      (intentOf.get({ id }) as { intent: string | null } | undefined)?.intent ?? null,

    earliestDue: (): number | null => (earliest.get() as { nextAt: number | null }).nextAt,
  }
}
