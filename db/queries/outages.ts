import type { Database } from '../database.ts'
import { newId } from './ids.ts'
import { announce } from './outbox.ts'

// The first instance to report an outage begins it; the others join it. One that has made no call since the outage was over
// reports its old failure, and begins nothing.
const REPORT_FAILURE = `
  INSERT INTO outages (id, service, began_at, last_failed_at)
  SELECT CAST(@id AS TEXT), 'sequencer', CAST(@beganAt AS BIGINT), CAST(@failedAt AS BIGINT)
  WHERE NOT EXISTS (
    SELECT 1
    FROM outages
    WHERE outages.service = 'sequencer' AND outages.ended_at >= CAST(@failedAt AS BIGINT)
  )
  ON CONFLICT (service) WHERE ended_at IS NULL DO UPDATE
  SET last_failed_at = excluded.last_failed_at
  WHERE outages.last_failed_at < excluded.last_failed_at`

const ANNOUNCE_DOWN = announce(
  'sequencer.down',
  'outages.id',
  `FROM outages WHERE outages.service = 'sequencer' AND outages.ended_at IS NULL`,
)

// A failure that is still to come was reported by a clock that was ahead.
const IS_OVER = `
  outages.service = 'sequencer' AND outages.ended_at IS NULL
    AND (outages.last_failed_at <= CAST(@now AS BIGINT) - @quietMs AND outages.last_failed_at < @answeredAt
      OR outages.last_failed_at > CAST(@now AS BIGINT) + @quietMs)`

const FIND_OVER = `
  SELECT outages.id
  FROM outages
  WHERE ${IS_OVER}`

const END_OUTAGE = `
  UPDATE outages
  SET ended_at = @now
  WHERE id = @id AND ${IS_OVER}`

const ANNOUNCE_UP = announce(
  'sequencer.up',
  'outages.id',
  'FROM outages WHERE outages.id = @id AND outages.ended_at IS NOT NULL',
)

/** Records that calls to the sequencer have failed since `beganAt`, the last time at `failedAt`. Announces it once for all instances. */
export async function reportSequencerDown(
  db: Database,
  { beganAt, failedAt }: { beganAt: number; failedAt: number },
  now: number,
): Promise<void> {
  await db.write([REPORT_FAILURE, ANNOUNCE_DOWN], { id: newId(now), beganAt, failedAt, now })
}

/**
 * Ends the sequencer's outage, if there is one, and announces that: once an answer has come after the last failure, and no
 * instance has reported another for `quietMs`.
 */
export async function reportSequencerUp(
  db: Database,
  answer: { answeredAt: number; quietMs: number },
  now: number,
): Promise<void> {
  const [over] = await db.read(FIND_OVER, { ...answer, now })
  if (over) await db.write([END_OUTAGE, ANNOUNCE_UP], { ...answer, id: over.id as string, now })
}
