import {
  beginFolding,
  type Database,
  findSummaryState,
  findWriters,
  foldStep,
  hasRows,
  idsFrom,
  QUARTER_MS,
  quarterOf,
  type SummaryRange,
  type SummaryState,
  unfold,
  unfoldFrom,
} from '../../db/index.ts'
import { pause, type Running, runUntilStopped } from '../running.ts'
import type { Shop } from '../shop.ts'
import { HOUR_MS, MINUTE_MS, SECOND_MS } from '../time.ts'
import { sumUpDays } from './sum-up-days.ts'
import { isClosed, spansOf } from './unfolded.ts'

/** What folding needs of a shop, so that a command can do it, too. */
export type FoldingShop = Pick<Shop, 'db' | 'clock'> & { config: Pick<Shop['config'], 'timeZone'> }

const FIRST_ROUND_MS = 10 * SECOND_MS // the start has enough to do
const ROUND_MS = MINUTE_MS
const FOLDED_AFTER_MS = 10 * MINUTE_MS
const ROWS_PER_STEP = 1_000 // some milliseconds of the writer
const QUARTERS_PER_UNIT = 96 // a day's
const LEASE_MS = 10 * SECOND_MS // renewed by each step
const AHEAD_MS = HOUR_MS
const WRITERS_LIMIT_MS = SECOND_MS // most end within milliseconds
const WRITERS_CHECK_MS = 20

/** What one instance remembers of folding. */
export interface Folding {
  /** Before this instant, every late row has marked its quarter hour, or will when it comes */
  announced: number
  /** Told after each step from which instant on rows are folded next */
  onStep?: ((at: number) => void) | undefined
}

export function newFolding(): Folding {
  return { announced: 0 }
}

/** Folds what is older than ten minutes into quarter hours from now on, once a minute. */
export function startSummaries(shop: Shop): Running {
  return runUntilStopped((stopping) => foldInRounds(shop, stopping))
}

async function foldInRounds(shop: Shop, stopping: AbortSignal): Promise<void> {
  const folding = newFolding()
  let wait = FIRST_ROUND_MS
  while (await pause(wait, stopping)) {
    await foldRound(shop, folding, stopping).catch((err) =>
      shop.log.error({ err }, 'could not sum up payments; the next minute tries again'),
    )
    wait = ROUND_MS
  }
}

/**
 * Folds what is due, in steps between which others write. If there is nothing to fold, nothing is written. False if another
 * instance is folding.
 */
export async function foldRound(
  shop: FoldingShop,
  folding: Folding,
  stopping?: AbortSignal,
): Promise<boolean> {
  const { db, clock } = shop
  const before = clock.now() - FOLDED_AFTER_MS
  if (!(await isDue(shop, before))) return sumUpDays(shop, { before, leaseMs: LEASE_MS })
  if (!(await beginFolding(db, { before, now: clock.now(), leaseMs: LEASE_MS }))) return false
  const hasEnded = await haveWritersEnded(db, stopping)
  folding.announced = hasEnded ? before : Math.min(folding.announced, before)
  await foldRanges(shop, await findSummaryState(db), folding, { isClosedOnly: true, stopping })
  if (!stopping?.aborted) await unfoldMarked(shop, await findSummaryState(db), before)
  await foldRanges(shop, await findSummaryState(db), folding, { isClosedOnly: false, stopping })
  return sumUpDays(shop, { before, leaseMs: LEASE_MS })
}

/** Lets be folded anew what late rows have marked. No range of an earlier time is left, so that none overlaps with these. */
async function unfoldMarked(
  shop: FoldingShop,
  { lateBefore, marks }: SummaryState,
  before: number,
): Promise<void> {
  if (lateBefore > before + AHEAD_MS)
    await unfoldFrom(shop.db, Math.floor(before / QUARTER_MS), leaseTerms(shop))
  for (const span of spansOf(marks.keys(), QUARTERS_PER_UNIT)) await unfold(shop.db, span, leaseTerms(shop))
}

async function isDue({ db }: FoldingShop, before: number): Promise<boolean> {
  const { lateBefore, ranges, marks } = await findSummaryState(db)
  if (marks.size > 0 || ranges.some(isClosed) || lateBefore > before + AHEAD_MS) return true
  const found = ranges.map((range) => hasRows(db, { ...range, to: idsFrom(before) }))
  return (await Promise.all(found)).includes(true)
}

/**
 * Waits for the transactions that were writing rows when the bound was announced: they may not have seen it, and their rows
 * would be late without a mark. False if one of them takes too long, perhaps because somebody has left it open.
 */
async function haveWritersEnded(db: Database, stopping: AbortSignal | undefined): Promise<boolean> {
  const limit = performance.now() + WRITERS_LIMIT_MS
  let writers = await findWriters(db)
  while (writers.length > 0) {
    if (performance.now() > limit || !(await pause(WRITERS_CHECK_MS, stopping))) return false
    const running = await findWriters(db)
    writers = writers.filter((writer) => running.includes(writer))
  }
  return true
}

function leaseTerms({ clock }: FoldingShop) {
  return { now: clock.now(), leaseMs: LEASE_MS }
}

/** Folds ranges as far as late rows mark their quarter hour. */
async function foldRanges(
  shop: FoldingShop,
  { ranges, lateBefore }: SummaryState,
  { announced, onStep }: Folding,
  { isClosedOnly, stopping }: { isClosedOnly: boolean; stopping: AbortSignal | undefined },
): Promise<void> {
  const upTo = idsFrom(Math.min(announced, lateBefore))
  for (const range of isClosedOnly ? ranges.filter(isClosed) : ranges)
    await foldRange(shop, range, { upTo: isClosed(range) ? undefined : upTo, onStep, stopping })
}

/** Folds a range, resting after each step for as long as it took: half of the time belongs to the others. */
async function foldRange(
  shop: FoldingShop,
  range: SummaryRange,
  {
    upTo,
    onStep,
    stopping,
  }: { upTo: string | undefined; stopping: AbortSignal | undefined } & Pick<Folding, 'onStep'>,
): Promise<void> {
  if (upTo !== undefined && !(await hasRows(shop.db, { ...range, to: upTo }))) return
  let from: string | undefined = range.from
  while (from !== undefined && !stopping?.aborted) {
    const began = performance.now()
    from = await foldStep(
      shop.db,
      { ...range, from, ...(upTo !== undefined && { upTo }) },
      { ...leaseTerms(shop), limit: ROWS_PER_STEP },
    )
    if (from === undefined) return
    onStep?.(quarterOf(from) * QUARTER_MS)
    await pause(performance.now() - began, stopping)
  }
}
