import {
  bringMisdatedForward,
  bringPollsForward,
  claimDuePolls,
  forgetEndedUses,
  type PollStage,
  pollAtFullPace,
  repeatPoll,
  shrinkEnded,
} from '../../db/index.ts'
import { getStatus, isDown, isPausing, SequencerRefusal } from '../code/index.ts'
import { ShopError } from '../errors.ts'
import { endFailures, isFailureReported } from '../failures.ts'
import { pause, type Running, runUntilStopped } from '../running.ts'
import type { Shop } from '../shop.ts'
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '../time.ts'
import { logFailure } from '../web/index.ts'
import { storeLimits } from './coupon-limits.ts'
import { catchUpIfMoved } from './moved.ts'
import { examineOtherClocks } from './other-clocks.ts'
import { countPoll, pollsLeft, ROUND_MS } from './poll-budget.ts'
import { settleByPoll } from './settle.ts'

/** When an intent that was just offered is polled first. */
export const FIRST_POLL_MS = 30 * SECOND_MS

const POLLED_FOR_MS = 30 * DAY_MS
/** How often an unpaid intent is polled, by its age: for a month. */
export const POLL_STAGES: readonly PollStage[] = [
  { within: HOUR_MS, every: FIRST_POLL_MS },
  { within: DAY_MS, every: 5 * MINUTE_MS },
  { within: 7 * DAY_MS, every: HOUR_MS },
  { within: POLLED_FOR_MS, every: DAY_MS },
]
const JITTER_MS = 100 // so that instances take turns, and the same one doesn't always come first
const SHRUNK_PER_ROUND = 20
const POLLS_PER_UNIT = 1_000
const UNIT_OF_POLLS = { limit: POLLS_PER_UNIT, stages: POLL_STAGES }
const MISSED_WITHIN_MS = HOUR_MS
const UNANSWERED_AGAIN_MS = HOUR_MS

/** What a poll has found. `submitted`: Code says that the intent was paid, which isn't enough by itself. */
export type PollOutcome = 'paid' | 'submitted' | 'unpaid'

/** Polls one intent. Throws what the gateway and the database throw. */
export async function pollIntent(shop: Shop, intent: string): Promise<PollOutcome> {
  const { polls } = shop.tally
  try {
    const outcome = await pollAndSettle(shop, intent)
    polls[outcome]++
    return outcome
  } catch (error) {
    polls.failed++
    throw error
  }
}

async function pollAndSettle(shop: Shop, intent: string): Promise<PollOutcome> {
  countPoll(shop)
  const { intentSubmitted, codeScanned } = await getStatus(shop.code, intent)
  if (codeScanned && !intentSubmitted) await pollAtFullPace(shop.db, intent, shop.clock.now() + FIRST_POLL_MS) // somebody is about to pay
  return intentSubmitted ? settleByPoll(shop, intent) : 'unpaid'
}

/** Polls one intent, and logs a failure. Returns whether Code has answered, by a refusal perhaps. Throws what the database throws. */
export async function pollQuietly(shop: Shop, intent: string): Promise<boolean> {
  try {
    await pollIntent(shop, intent)
    return true
  } catch (error) {
    const isRefused = error instanceof SequencerRefusal
    if (!(error instanceof ShopError || isRefused)) throw error
    logFailure(shop.log, error, { intent }, 'could not poll an intent; it stays on the schedule')
    return isRefused
  }
}

/** Polls the intents that are due now, up to one round's worth; while the sequencer is down, one whenever it may be called. */
export async function pollDue(shop: Shop): Promise<void> {
  const now = shop.clock.now()
  await storeLimits(shop)
  await catchUpIfSetBack(shop, now)
  await catchUpIfMoved(shop, now)
  if (!isPausing(shop.code)) {
    const limit = isDown(shop.code) ? 1 : pollsLeft(shop)
    const intents = await claimDuePolls(shop.db, { now, limit, roundMs: ROUND_MS, stages: POLL_STAGES })
    await Promise.all(intents.map((intent) => pollClaimed(shop, intent)))
  }
  await shrinkEnded(shop.db, { now, before: now - POLLED_FOR_MS, limit: SHRUNK_PER_ROUND })
  await forgetEndedUses(shop.db, { now, limit: SHRUNK_PER_ROUND })
  await examineOtherClocks(shop, now, { ...UNIT_OF_POLLS, after: now + FIRST_POLL_MS })
}

/** A poll that got no answer isn't used up: it is repeated within an hour, even if it was the last one. */
async function pollClaimed(shop: Shop, intent: string): Promise<void> {
  if (await pollQuietly(shop, intent)) return
  await repeatPoll(shop.db, intent, shop.clock.now() + UNANSWERED_AGAIN_MS)
}

/** If the clock is set back, polls that were due within seconds would not run for hours. */
async function catchUpIfSetBack(shop: Shop, now: number): Promise<void> {
  const { lastRoundAt } = shop.polling
  if (now < lastRoundAt) {
    shop.log.warn({ byMs: lastRoundAt - now }, 'the clock was set back; unpaid intents are polled now')
    await correctSchedule(shop, now)
  }
  shop.polling.lastRoundAt = now
}

/**
 * Brings forward what a clock that was ahead has scheduled, in units of work that others needn't wait for. Each has an
 * instant of its own, since a round sorts all that are due at the same one.
 */
async function correctSchedule({ db, clock }: Shop, now: number): Promise<void> {
  let after: number | undefined = now + FIRST_POLL_MS // a poll that is due by then isn't too late
  while (after !== undefined)
    after = await bringMisdatedForward(db, { ...UNIT_OF_POLLS, now: clock.now(), after })
}

/** Polls in rounds from now on, beginning with what may have been missed while the shop was down. */
export function startPolling(shop: Shop): Running {
  return runUntilStopped((stopping) => pollInRounds(shop, stopping))
}

async function pollInRounds(shop: Shop, stopping: AbortSignal): Promise<void> {
  await storeLimits(shop).catch(() => undefined) // the first round tries again, and is logged if it fails
  await catchUpAfterStart(shop).catch((error) =>
    shop.log.error(
      { err: error },
      'could not bring polls forward after the start; they keep to their schedule',
    ),
  )
  while (await pause(ROUND_MS + Math.random() * JITTER_MS, stopping)) await pollRound(shop)
}

/** Polls what is due. Logs the first round that fails, then one in each minute of them with their count, and a minute without. */
export async function pollRound(shop: Shop): Promise<void> {
  const { failures } = shop.polling
  try {
    await pollDue(shop)
  } catch (err) {
    if (isFailureReported(failures))
      shop.log.error({ err, rounds: failures.failed }, 'a polling round failed; the next one tries again')
    return
  }
  const rounds = endFailures(failures)
  if (rounds !== undefined) shop.log.info({ rounds }, 'polling works again')
}

/** The clock may have been ahead before the shop was restarted, and nobody knows what was missed meanwhile. */
async function catchUpAfterStart(shop: Shop): Promise<void> {
  const now = shop.clock.now()
  await correctSchedule(shop, now)
  await bringPollsForward(shop.db, { now, withinMs: MISSED_WITHIN_MS, limit: POLLS_PER_UNIT })
}
