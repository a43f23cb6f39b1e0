import {
  type Database,
  findEnd,
  findSummariesByProduct,
  findSummaryState,
  findUnfolded,
  findWaitsByQuarter,
  idsFrom,
  OPEN_END,
  QUARTER_MS,
  type Span,
  type SummaryRange,
  type SummaryState,
} from '../../db/index.ts'
import { findUnfoldedQuarters, isSame, lesser } from './unfolded.ts'

const ROWS_A_READ = 5_000

/** What a quarter hour consists of: each figure as text, by its quarter hour and its name. */
type Content = Map<number, Map<string, { times: number; hundredths: number }>>

/**
 * Finds the quarter hours of a time whose summaries aren't what their rows say. Those that are to be folded anew anyway are
 * left out. Repeats itself if the summaries have changed meanwhile.
 */
export async function findWrong(db: Database, span: Span): Promise<number[]> {
  for (;;) {
    const state = await findSummaryState(db)
    const [summaries, rows] = [await readSummaries(db, span), await readRows(db, state, span)]
    if (!isSame(state, await findSummaryState(db))) continue
    const unfolded = findUnfoldedQuarters(state)
    const quarters = [...new Set([...summaries.keys(), ...rows.keys()])].sort((a, b) => a - b)
    return quarters.filter(
      (quarter) => !unfolded.has(quarter) && !isEqual(summaries.get(quarter), rows.get(quarter)),
    )
  }
}

async function readSummaries(db: Database, span: Span): Promise<Content> {
  const content: Content = new Map()
  for (const { quarter, currency, product, what, times, hundredths } of await findSummariesByProduct(
    db,
    span,
  ))
    if (what !== 'offer-before') count(content, quarter, `${currency} ${product} ${what}`, times, hundredths)
  for (const { quarter, bucket, times } of await findWaitsByQuarter(db, span))
    count(content, quarter, `bucket ${bucket}`, times, 0)
  return content
}

/** Reads all rows of a time that are folded. */
async function readRows(db: Database, { ranges }: SummaryState, span: Span): Promise<Content> {
  const content: Content = new Map()
  const [from, to] = [idsFrom(span.fromQuarter * QUARTER_MS), idsFrom(span.toQuarter * QUARTER_MS)]
  for (const { source, from: open } of ranges.filter((range) => range.to === OPEN_END))
    await addRows(db, { source, from, to: lesser(open, to) }, content)
  return content
}

async function addRows(db: Database, { source, from, to }: SummaryRange, content: Content): Promise<void> {
  let next: string | undefined = from < to ? from : undefined
  while (next !== undefined) {
    const end: string | undefined = await findEnd(db, { source, from: next, to }, ROWS_A_READ)
    const figures = await findUnfolded(db, { source, from: next, to: end ?? to }, ROWS_A_READ)
    for (const { quarter, currency, product, what, times, hundredths, bucket } of figures) {
      count(content, quarter, `${currency} ${product} ${what}`, times, hundredths)
      if (bucket !== null) count(content, quarter, `bucket ${bucket}`, times, 0)
    }
    next = end
  }
}

function count(content: Content, quarter: number, name: string, times: number, hundredths: number): void {
  const figures = content.get(quarter) ?? new Map()
  const before = figures.get(name) ?? { times: 0, hundredths: 0 }
  figures.set(name, { times: before.times + times, hundredths: before.hundredths + hundredths })
  content.set(quarter, figures)
}

type Counted = ReturnType<Content['get']>

function isEqual(one: Counted = new Map(), other: Counted = new Map()): boolean {
  return (
    one.size === other.size &&
    [...one].every(([name, { times, hundredths }]) => {
      const same = other.get(name)
      return same?.times === times && same.hundredths === hundredths
    })
  )
}
