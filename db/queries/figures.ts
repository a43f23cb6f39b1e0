import type { Database } from '../database.ts'
import type { Row } from '../engines/driver.ts'
import { figuresWithWaits, type What } from './summary-sources.ts'
import type { Span, SummaryRange } from './summary-state.ts'

/** How often something came, and how much money that was. `hundredths` of the currency. */
export interface Sum {
  currency: string
  what: What
  times: number
  hundredths: number
}

/** What came in a quarter hour, of one product. */
export interface Figure extends Sum {
  quarter: number
  product: string
}

/** How many payments of a quarter hour took so long: see waitOfBucket(). */
export interface Wait {
  quarter: number
  bucket: number
  times: number
}

/** Figures of rows that no summary has yet. `bucket`: how long these payments took; null for what nobody waits for. */
export type UnfoldedFigure = Figure & { bucket: number | null }

const IN_SPAN = `quarter >= @fromQuarter AND quarter < @toQuarter`

const SUM_UP = `
  SELECT currency, what, CAST(SUM(times) AS BIGINT) AS times, CAST(SUM(hundredths) AS BIGINT) AS hundredths
  FROM summaries`

const FIND_SUMS = `
  ${SUM_UP}
  WHERE ${IN_SPAN}
  GROUP BY currency, what`

const FIND_OFFERS_BEFORE = `
  ${SUM_UP}
  WHERE ${IN_SPAN} AND what = 'offer-before'
  GROUP BY currency, what`

const FIND_SUMMARIES_BY_PRODUCT = `
  SELECT quarter, currency, product, what, times, hundredths
  FROM summaries
  WHERE ${IN_SPAN}`

const FIND_WAITS = `
  SELECT bucket, CAST(SUM(times) AS BIGINT) AS times
  FROM summary_waits
  WHERE ${IN_SPAN}
  GROUP BY bucket`

const FIND_WAITS_BY_QUARTER = `
  SELECT quarter, bucket, times
  FROM summary_waits
  WHERE ${IN_SPAN}`

const FIND_PRODUCT_SUMMARIES = `
  SELECT 0 AS quarter, currency, product, what, times, hundredths
  FROM product_summaries`

const FIND_PRODUCT_SUMS = `
  SELECT 0 AS quarter, currency, product, what, CAST(SUM(times) AS BIGINT) AS times,
    CAST(SUM(hundredths) AS BIGINT) AS hundredths
  FROM summaries
  GROUP BY product, currency, what`

const FIND_DAYS = `
  SELECT from_quarter, to_quarter, figures
  FROM summary_days
  WHERE from_quarter >= @fromQuarter AND from_quarter < @toQuarter`

/** Adds up the summaries of a time. */
export async function findSums(db: Database, { fromQuarter, toQuarter }: Span): Promise<Sum[]> {
  return (await db.read(FIND_SUMS, { fromQuarter, toQuarter })).map(toSum)
}

/** Adds up the orders from before ids had a time: those of a time that is folded anew stay where they are. */
export async function findOffersBefore(db: Database, { fromQuarter, toQuarter }: Span): Promise<Sum[]> {
  return (await db.read(FIND_OFFERS_BEFORE, { fromQuarter, toQuarter })).map(toSum)
}

/** Finds the figures of each quarter hour of a time and each product. */
export async function findSummariesByProduct(db: Database, span: Span): Promise<Figure[]> {
  return (await db.read(FIND_SUMMARIES_BY_PRODUCT, { ...span })).map(toFigure)
}

/** Finds the sum of all summaries of each product. */
export async function findProductSummaries(db: Database): Promise<Figure[]> {
  return (await db.read(FIND_PRODUCT_SUMMARIES, {})).map(toFigure)
}

/** Adds up all summaries of each product, which reads all of them. */
export async function findProductSums(db: Database): Promise<Figure[]> {
  return (await db.read(FIND_PRODUCT_SUMS, {})).map(toFigure)
}

/** Finds how long the payments of a time took: how many are in each bucket. */
export async function findWaits(
  db: Database,
  { fromQuarter, toQuarter }: Span,
): Promise<Omit<Wait, 'quarter'>[]> {
  const rows = await db.read(FIND_WAITS, { fromQuarter, toQuarter })
  return rows.map((row) => ({ bucket: Number(row.bucket), times: Number(row.times) }))
}

/** Finds how long the payments of each quarter hour of a time took. */
export async function findWaitsByQuarter(db: Database, span: Span): Promise<Wait[]> {
  const rows = await db.read(FIND_WAITS_BY_QUARTER, { ...span })
  return rows.map((row) => ({
    quarter: Number(row.quarter),
    bucket: Number(row.bucket),
    times: Number(row.times),
  }))
}

/** Sums up the first `limit` rows of these ids. */
export async function findUnfolded(
  db: Database,
  { source, from, to }: SummaryRange,
  limit: number,
): Promise<UnfoldedFigure[]> {
  const rows = await db.read(figuresWithWaits(source), { from, to, limit })
  return rows.map((row) => ({ ...toFigure(row), bucket: row.bucket === null ? null : Number(row.bucket) }))
}

/** Finds the days of a time that have been summed up, each with what was kept of it. */
export async function findSummedDays(db: Database, span: Span): Promise<(Span & { figures: string })[]> {
  const rows = await db.read(FIND_DAYS, { ...span })
  return rows.map((row) => ({
    fromQuarter: Number(row.from_quarter),
    toQuarter: Number(row.to_quarter),
    figures: String(row.figures),
  }))
}

function toFigure(row: Row): Figure {
  return { ...toSum(row), quarter: Number(row.quarter), product: String(row.product) }
}

function toSum(row: Row): Sum {
  return {
    currency: String(row.currency),
    what: row.what as What,
    times: Number(row.times),
    hundredths: Number(row.hundredths),
  }
}
