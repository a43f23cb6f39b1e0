import {
  type Database,
  type Figure,
  findSummaries,
  findSummaryState,
  findSummedDays,
  findUnfolded,
  findWaits,
  type Span,
  SUMMARY_SOURCES,
  type SummaryRange,
  type SummaryState,
  type UnfoldedFigure,
  type What,
} from '../../db/index.ts'
import { contains, findUnfoldedQuarters, isSame, joined, rangesToRead } from './unfolded.ts'

// What isn't folded yet is read row by row. A shop that sells faster, or is still folding an old database, shows that its
// figures are incomplete.
export const UNFOLDED_ROWS = 5_000
export const ATTEMPTS = 3

/** What came in a time, by currency and what it was. */
export interface Sum {
  currency: string
  what: What
  times: number
  hundredths: number
}

/** What came in a time, and how many payments took how long: see waitOfBucket(). */
export interface Figures {
  sums: Sum[]
  waits: Map<number, number>
}

export interface FiguresOfDays {
  /** One for each day that was asked for */
  days: Figures[]
  /** Whether there is more that could not be counted yet */
  isBehind: boolean
}

/**
 * Reads what came on each of these days, which follow one another: the summaries, and the rows that they don't have yet. It is
 * exactly the sum of all rows, unless `isBehind`.
 */
export async function readFigures(db: Database, days: readonly Span[]): Promise<FiguresOfDays> {
  for (let attempt = 1; ; attempt++) {
    const state = await findSummaryState(db)
    const found = await readAt(db, state, days)
    if (isSame(state, await findSummaryState(db))) return found
    if (attempt === ATTEMPTS) return { ...found, isBehind: true } // a large database is being folded, step by step
  }
}

async function readAt(db: Database, state: SummaryState, days: readonly Span[]): Promise<FiguresOfDays> {
  const whole = { fromQuarter: days[0]?.fromQuarter ?? 0, toQuarter: days.at(-1)?.toQuarter ?? 0 }
  const unfolded = findUnfoldedQuarters(state)
  const kept = new Map((await findSummedDays(db, whole)).map((day) => [day.fromQuarter, day]))
  const isKept = (day: Span) =>
    kept.get(day.fromQuarter)?.toQuarter === day.toQuarter && !hasAny(day, unfolded)
  const figures = days.map((day) =>
    isKept(day) ? fromText(kept.get(day.fromQuarter)?.figures) : noFigures(),
  )
  const target = { days, figures }
  for (const span of joined(days.filter((day) => !isKept(day))))
    await addSummaries(db, span, unfolded, target)
  const isBehind = await addUnfolded(db, rangesToRead(state, unfolded, whole), target)
  return { days: figures, isBehind }
}

function hasAny({ fromQuarter, toQuarter }: Span, quarters: ReadonlySet<number>): boolean {
  for (let quarter = fromQuarter; quarter < toQuarter; quarter++) if (quarters.has(quarter)) return true
  return false
}

/** Reads the summaries of a day, and nothing else. */
export async function readSummaries(db: Database, day: Span): Promise<Figures> {
  const figures = noFigures()
  await addSummaries(db, day, new Set(), { days: [day], figures: [figures] })
  return figures
}

/** Figures that grow, a set for each day. */
interface Target {
  days: readonly Span[]
  figures: readonly Figures[]
}

function noFigures(): Figures {
  return { sums: [], waits: new Map() }
}

async function addSummaries(
  db: Database,
  span: Span,
  unfolded: ReadonlySet<number>,
  target: Target,
): Promise<void> {
  const [figures, waits] = await Promise.all([findSummaries(db, span), findWaits(db, span)])
  for (const figure of figures) {
    const isFolded = figure.what === 'offer-before' || !unfolded.has(figure.quarter)
    if (isFolded) addFigure(target, figure)
  }
  for (const { quarter, bucket, times } of waits)
    if (!unfolded.has(quarter)) addWait(target, quarter, bucket, times)
}

function figuresAt({ days, figures }: Target, quarter: number): Figures | undefined {
  return figures[days.findIndex((day) => contains(day, quarter))]
}

function addFigure(target: Target, { quarter, currency, what, times, hundredths }: Figure): void {
  const sums = figuresAt(target, quarter)?.sums
  const sum = sums?.find((each) => each.currency === currency && each.what === what)
  if (!sum) sums?.push({ currency, what, times, hundredths })
  else {
    sum.times += times
    sum.hundredths += hundredths
  }
}

function addWait(target: Target, quarter: number, bucket: number, times: number): void {
  const waits = figuresAt(target, quarter)?.waits
  waits?.set(bucket, (waits.get(bucket) ?? 0) + times)
}

/** Adds rows that no summary has. True if there were more than can be read. */
async function addUnfolded(db: Database, ranges: readonly SummaryRange[], target: Target): Promise<boolean> {
  const behind = SUMMARY_SOURCES.map(async (source) => {
    let left = UNFOLDED_ROWS
    for (const range of ranges.filter((each) => each.source === source && each.from < each.to)) {
      for (const figure of await findUnfolded(db, range, left)) {
        addUnfoldedFigure(target, figure)
        left -= figure.times
      }
      if (left <= 0) return true
    }
    return false
  })
  return (await Promise.all(behind)).includes(true)
}

function addUnfoldedFigure(target: Target, { bucket, ...figure }: UnfoldedFigure): void {
  addFigure(target, figure)
  if (bucket !== null) addWait(target, figure.quarter, bucket, figure.times)
}

/** As a day is kept in the database. */
export function toText({ sums, waits }: Figures): string {
  return JSON.stringify({ sums, waits: [...waits] })
}

/** Reads a day as it is kept in the database. */
export function fromText(text = '{"sums":[],"waits":[]}'): Figures {
  const { sums, waits } = JSON.parse(text) as { sums: Sum[]; waits: [number, number][] }
  return { sums, waits: new Map(waits) }
}
