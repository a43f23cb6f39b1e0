import { setTimeout as delay } from 'node:timers/promises'
import {
  beginFolding,
  type Database,
  type Figure,
  findFirstQuarter,
  findProductSummaries,
  findProductSums,
  findSummaryState,
  findSummedDays,
  forgetDaysBefore,
  LAST_QUARTER,
  markQuarters,
  QUARTER_MS,
  sumUpProducts,
} from '../../db/index.ts'
import { DAY_MS, SECOND_MS } from '../time.ts'
import { findWrong } from './compare.ts'
import { type Figures, fromText, readSummaries } from './figures.ts'
import { type FoldingShop, foldRound, newFolding } from './fold.ts'
import { isSame, spansOf } from './unfolded.ts'

const A_DAY = DAY_MS / QUARTER_MS
const PASSES = 3
const LEASE_MS = 10 * SECOND_MS
const TURN_MS = SECOND_MS

/** What was found when everything was computed from the rows again. */
export interface Recomputed {
  /** Quarter hours that anything is known of */
  compared: number
  /** Those that were wrong, and are right now */
  corrected: number[]
  /** Whether the sums of days or products were wrong, and are right now */
  sumsCorrected: boolean
  /** Whether everything is right now: if not, rows change faster than they can be compared, or there is a bug */
  isRight: boolean
}

/** Told between steps what is done, and that what came at this instant is next. */
export type OnStep = (what: 'folding' | 'comparing', at: number) => void

/**
 * Computes all summaries from payments, refunds and orders again, compares, and folds anew what differs, until nothing does.
 * Works in short reads and units of work, beside a shop that runs.
 */
export async function recompute(shop: FoldingShop, onStep?: OnStep): Promise<Recomputed> {
  const { db } = shop
  const corrected = new Set<number>()
  let [compared, sumsCorrected] = [0, false]
  for (let pass = 1; pass <= PASSES; pass++) {
    await foldInTurn(shop, onStep)
    const found = await compareAll(shop, onStep)
    compared = found.compared
    const areSumsWrong = await correctSums(shop)
    if (found.wrong.length === 0 && !areSumsWrong)
      return { compared, corrected: [...corrected], sumsCorrected, isRight: true }
    sumsCorrected ||= areSumsWrong
    for (const span of spansOf(found.wrong, A_DAY)) await markQuarters(db, span)
    for (const quarter of found.wrong) corrected.add(quarter)
  }
  return { compared, corrected: [...corrected], sumsCorrected, isRight: false }
}

/** Folds what is due, as soon as no other instance does. */
async function foldInTurn(shop: FoldingShop, onStep: OnStep | undefined): Promise<void> {
  const folding = { ...newFolding(), onStep: (at: number) => onStep?.('folding', at) }
  while (!(await foldRound(shop, folding))) await delay(TURN_MS)
}

async function compareAll(
  { db, clock }: FoldingShop,
  onStep: OnStep | undefined,
): Promise<{ compared: number; wrong: number[] }> {
  const wrong: number[] = []
  const now = Math.floor(clock.now() / QUARTER_MS)
  const first = await findFirstQuarter(db)
  if (first === undefined) return { compared: 0, wrong }
  for (let fromQuarter = first; fromQuarter <= now; fromQuarter += A_DAY) {
    onStep?.('comparing', fromQuarter * QUARTER_MS)
    wrong.push(...(await findWrong(db, { fromQuarter, toQuarter: fromQuarter + A_DAY })))
  }
  return { compared: Math.max(0, now - first + 1), wrong }
}

/** Compares the sums of products and days with the summaries, and corrects them. True if any was wrong. */
async function correctSums(shop: FoldingShop): Promise<boolean> {
  const { db, clock } = shop
  const [areDaysWrong, areProductsWrong] = [await hasWrongDays(db), await hasWrongProducts(db)]
  if (areDaysWrong) await forgetDaysBefore(db, LAST_QUARTER)
  if (areProductsWrong) {
    const terms = { now: clock.now(), leaseMs: LEASE_MS }
    while (!(await beginFolding(db, { before: 0, ...terms }))) await delay(TURN_MS)
    await sumUpProducts(db, terms)
  }
  return areDaysWrong || areProductsWrong
}

async function hasWrongDays(db: Database): Promise<boolean> {
  for (const day of await findSummedDays(db, { fromQuarter: 0, toQuarter: LAST_QUARTER })) {
    const state = await findSummaryState(db)
    const summed = await readSummaries(db, day)
    const isCurrent = isSame(state, await findSummaryState(db))
    if (isCurrent && listFigures(summed) !== listFigures(fromText(day.figures))) return true
  }
  return false
}

/** In an order of its own, since a database may return rows in any. */
function listFigures({ sums, waits }: Figures): string {
  const added = sums.map(({ currency, what, times, hundredths }) =>
    [currency, what, times, hundredths].join(' '),
  )
  return [...added.sort(), ...[...waits].map((wait) => wait.join(' ')).sort()].join('\n')
}

async function hasWrongProducts(db: Database): Promise<boolean> {
  const state = await findSummaryState(db)
  const [kept, summed] = [await findProductSummaries(db), await findProductSums(db)]
  return isSame(state, await findSummaryState(db)) && asText(kept) !== asText(summed)
}

function asText(figures: readonly Figure[]): string {
  const counted = figures.filter(({ times }) => times !== 0)
  return counted
    .map(({ product, currency, what, times, hundredths }) =>
      [product, currency, what, times, hundredths].join(' '),
    )
    .sort()
    .join('\n')
}
