import {
  type Database,
  findOffersBefore,
  findSummaryState,
  findSummedDays,
  findSums,
  findUnfolded,
  findWaits,
  type Span,
  SUMMARY_SOURCES,
  type Sum,
  type SummaryRange,
  type SummaryState,
  type UnfoldedFigure,
} from '../../db/index.ts'
import { contains, findUnfoldedQuarters, isSame, rangesToRead, spansOf } from './unfolded.ts'

// What isn't folded yet is read row by row. A shop that sells faster, or is still folding an old database, shows that its
// figures are incomplete.
export const UNFOLDED_ROWS = 5_000
export const ATTEMPTS = 3

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
  for (const [index, day] of days.entries())
    if (!isKept(day)) await addSummaries(db, day, unfolded, figures[index] as Figures)
  const isBehind = await addUnfolded(db, rangesToRead(state, unfolded, whole), { days, figures })
  return { days: figures, isBehind }
}

function hasAny({ fromQuarter, toQuarter }: Span, quarters: ReadonlySet<number>): boolean {
  for (let quarter = fromQuarter; quarter < toQuarter; quarter++) if (quarters.has(quarter)) return true
  return false
}

/** Reads the summaries of a day, and nothing else. */
export async function readSummaries(db: Database, day: Span): Promise<Figures> {
  const figures = noFigures()
  await addSummaries(db, day, new Set(), figures)
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

/** Adds the summaries of a day, but for the quarter hours whose rows are read instead. */
async function addSummaries(
  db: Database,
  day: Span,
  unfolded: ReadonlySet<number>,
  figures: Figures,
): Promise<void> {
  const [folded, others] = divide(day, unfolded)
  for (const span of folded) {
    for (const figure of await findSums(db, span)) addSum(figures, figure)
    for (const { bucket, times } of await findWaits(db, span)) addWait(figures, bucket, times)
  }
  for (const span of others) for (const figure of await findOffersBefore(db, span)) addSum(figures, figure)
}

/** Divides a day into the spans that are folded and those that are not. */
function divide({ fromQuarter, toQuarter }: Span, unfolded: ReadonlySet<number>): [Span[], Span[]] {
  const quarters = Array.from({ length: toQuarter - fromQuarter }, (_, index) => fromQuarter + index)
  const folded = quarters.filter((quarter) => !unfolded.has(quarter))
  return [spansOf(folded), spansOf(quarters.filter((quarter) => unfolded.has(quarter)))]
}

function figuresAt({ days, figures }: Target, quarter: number): Figures | undefined {
  return figures[days.findIndex((day) => contains(day, quarter))]
}

function addSum({ sums }: Figures, { currency, what, times, hundredths }: Sum): void {
  const sum = sums.find((each) => each.currency === currency && each.what === what)
  if (!sum) sums.push({ currency, what, times, hundredths })
  else {
    sum.times += times
    sum.hundredths += hundredths
  }
}

function addWait({ waits }: Figures, bucket: number, times: number): void {
  waits.set(bucket, (waits.get(bucket) ?? 0) + times)
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

function addUnfoldedFigure(target: Target, { bucket, quarter, ...sum }: UnfoldedFigure): void {
  const figures = figuresAt(target, quarter)
  if (!figures) return
  addSum(figures, sum)
  if (bucket !== null) addWait(figures, bucket, sum.times)
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
