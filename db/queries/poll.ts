import type { Database } from '../database.ts'

/**
 * How often intents up to a certain age are polled. Times are in milliseconds; the youngest stage comes first. No intent is polled more
 * rarely than in the last stage, whatever its factor is.
 */
export interface PollStage {
  within: number
  every: number
}

/**
 * When to poll next, by the intent's age and its own factor; NULL after the last stage. One reading of the clock doesn't end
 * the polling of an intent, since the clock may be wrong. Its poll must also have been scheduled for after the last stage.
 */
function nextPoll(stages: readonly PollStage[]): string {
  const last = stages.length - 1
  const ages = stages.map((_, at) => `WHEN @now - created_at < @within${at} THEN ${inStage(at)}`)
  return `CASE ${ages.join(' ')} WHEN next_check_at - created_at < @within${last} THEN ${inStage(last)} END`
}

const inStage = (at: number) =>
  `CAST(@now AS BIGINT) + CASE WHEN @every${at} * poll_factor < @slowest THEN @every${at} * poll_factor ELSE @slowest END`

// One instance polls in each round, so that adding instances adds no load on Code. A lease further in the future than a
// round was written by a clock that jumped.
const TAKE_ROUND = `
  INSERT INTO leases (name, holder, expires_at)
  SELECT 'poll', @instance, CAST(@now AS BIGINT) + @roundMs
  WHERE EXISTS (SELECT 1 FROM intents WHERE next_check_at <= @now)
  ON CONFLICT (name) DO UPDATE
  SET holder = excluded.holder, expires_at = excluded.expires_at
  WHERE leases.expires_at <= @now OR leases.expires_at > CAST(@now AS BIGINT) + @roundMs`

/** Of a row of `intents`: it is polled, and nobody has brought it to the front, which is 0. */
export const IS_SCHEDULED = 'next_check_at > 0'

const IS_DUE = 'next_check_at <= @now'
const IS_ON_SCHEDULE = `${IS_DUE} AND ${IS_SCHEDULED}`

const firstOf = (due: string, limit: number, turn: number) => `
  SELECT id, next_check_at, created_at, ${turn} AS turn
  FROM (SELECT id, next_check_at, created_at FROM intents WHERE ${due} ORDER BY next_check_at, created_at LIMIT ${limit}) AS first${turn}`

// PostgreSQL plans a LIMIT that is a parameter as a tenth of all rows, and would read every open intent in each round.
const claimDuePollsBy = (stages: readonly PollStage[], onSchedule: number, limit: number) => `
  UPDATE intents
  SET next_check_at = ${nextPoll(stages)}
  WHERE ${IS_DUE}
    AND id IN (
      SELECT id
      FROM (${firstOf(IS_ON_SCHEDULE, onSchedule, 1)} UNION ALL ${firstOf(IS_DUE, limit, 2)}) AS due
      GROUP BY id
      ORDER BY MIN(turn), MIN(next_check_at), MIN(created_at)
      LIMIT ${limit})
    AND EXISTS (SELECT 1 FROM leases
      WHERE name = 'poll' AND holder = @instance AND expires_at = CAST(@now AS BIGINT) + @roundMs)
  RETURNING id`

const BRING_POLLS_FORWARD = `
  UPDATE intents
  SET next_check_at = @now
  WHERE next_check_at > @now AND id IN (
    SELECT id FROM intents WHERE next_check_at > @now AND next_check_at <= @until
    ORDER BY next_check_at, created_at LIMIT @limit)`

const FIND_END_OF_UNIT = `
  SELECT next_check_at FROM intents WHERE next_check_at > @after ORDER BY next_check_at LIMIT 1 OFFSET @others`

const bringMisdatedForwardBy = (stages: readonly PollStage[]) => `
  UPDATE intents
  SET next_check_at = @now
  WHERE next_check_at > @after AND next_check_at <= @until AND next_check_at > ${nextPoll(stages)}`

const POLL_AT_FULL_PACE = `
  UPDATE intents
  SET poll_factor = 1, next_check_at = @nextPollAt
  WHERE id = @intent AND poll_factor > 1 AND next_check_at > @nextPollAt`

// The client secret goes when an intent is paid, and when nothing is kept of it but what a late payment needs.
const REPEAT_POLL = `
  UPDATE intents
  SET next_check_at = @at
  WHERE id = @intent AND client_secret IS NOT NULL AND (next_check_at IS NULL OR next_check_at > @at)`

const BRING_POLL_TO_FRONT = `
  UPDATE intents
  SET next_check_at = 0
  WHERE id = @intent AND next_check_at IS NOT NULL`

/**
 * Claims up to `limit` intents that are due to be polled now; each is claimed by one instance, and due again on its
 * schedule. However many were brought to the front, half are for others, as long as others are due; and chance decides whose the odd
 * one is. Resolves with none if another instance has claimed some in the current round of `roundMs`.
 */
export async function claimDuePolls(
  db: Database,
  {
    now,
    limit,
    roundMs,
    stages,
  }: { now: number; limit: number; roundMs: number; stages: readonly PollStage[] },
): Promise<string[]> {
  const parameters = { instance: db.instance, now, roundMs, ...scheduleOf(stages) }
  const onSchedule = Math.floor(limit / 2 + Math.random())
  const claim = claimDuePollsBy(stages, onSchedule, limit)
  const [, claimed = []] = await db.write([TAKE_ROUND, claim], parameters)
  return claimed.map((row) => row.id as string)
}

function scheduleOf(stages: readonly PollStage[]): Record<string, number> {
  const ofStages = stages.flatMap(({ within, every }, at) => [
    [`within${at}`, within],
    [`every${at}`, every],
  ])
  return { ...Object.fromEntries(ofStages), slowest: stages.at(-1)?.every }
}

/**
 * Examines the next `limit` polls that are scheduled for after `after`, and makes those due now that are later than their
 * intents' ages allow: they were scheduled by a clock that was ahead. Returns when the last of them was due; undefined if none
 * is left.
 */
export async function bringMisdatedForward(
  db: Database,
  { now, after, limit, stages }: { now: number; after: number; limit: number; stages: readonly PollStage[] },
): Promise<number | undefined> {
  const [end] = await db.read(FIND_END_OF_UNIT, { after, others: limit - 1 })
  const until = end?.next_check_at as number | undefined
  await db.write([bringMisdatedForwardBy(stages)], {
    now,
    after,
    until: until ?? Number.MAX_SAFE_INTEGER,
    ...scheduleOf(stages),
  })
  return until
}

/** Makes the nearest `limit` polls of the coming `withinMs` due now, since nobody knows what was missed. */
export async function bringPollsForward(
  db: Database,
  { now, withinMs, limit }: { now: number; withinMs: number; limit: number },
): Promise<void> {
  await db.write([BRING_POLLS_FORWARD], { now, until: now + withinMs, limit })
}

/** Makes the poll of this intent the first of all that are due, if it is still polled. */
export async function bringPollToFront(db: Database, intent: string): Promise<void> {
  await db.write([BRING_POLL_TO_FRONT], { intent })
}

/** Makes the poll of an intent that is unpaid due at `at`, unless it is due before. Its last poll may have been claimed. */
export async function repeatPoll(db: Database, intent: string, at: number): Promise<void> {
  await db.write([REPEAT_POLL], { intent, at })
}

/** Polls an intent as often as any other from now on, whatever its factor was. */
export async function pollAtFullPace(db: Database, intent: string, nextPollAt: number): Promise<void> {
  await db.write([POLL_AT_FULL_PACE], { intent, nextPollAt })
}
