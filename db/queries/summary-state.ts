import type { Database } from '../database.ts'
import { anyOf, QUARTER_MS, SUMMARY_SOURCES, type SummarySource } from './summary-sources.ts'

/** Ids of a source that no summary has yet, without `to` itself. One of each source is open: it goes on for ever. */
export interface SummaryRange {
  source: SummarySource
  from: string
  to: string
}

/** How far the summaries go, all of one moment. */
export interface SummaryState {
  /** Counts each change of a summary */
  version: number
  /** Rows of an instant before this one mark their quarter hour when they come */
  lateBefore: number
  ranges: SummaryRange[]
  /** Quarter hours that late rows belong to, with how many came */
  marks: Map<number, number>
}

/** A time of which everything is folded anew: from one quarter hour up to, but not including, another. */
export interface Span {
  fromQuarter: number
  toQuarter: number
}

/** The end of an open range: ids that begin with their time come before it in every locale, until the year 2527. */
export const OPEN_END = '1'
const FIRST_ID = '0'
/** The last one whose ids come before that */
export const LAST_QUARTER = Math.floor(0x0fff_ffff_ffff / QUARTER_MS)

const FIND_STATE = `
  SELECT 'version' AS part, '' AS source, '' AS from_id, '' AS to_id, version AS number, 0 AS times
  FROM summary_versions
  UNION ALL
  SELECT 'bound', '', '', '', before, 0
  FROM summary_bounds
  UNION ALL
  SELECT 'range', source, from_id, to_id, 0, 0
  FROM summary_ranges
  UNION ALL
  SELECT 'mark', '', '', '', quarter, COUNT(*)
  FROM summary_marks
  GROUP BY quarter`

/** Finds how far the summaries go. */
export async function findSummaryState(db: Database): Promise<SummaryState> {
  const rows = await db.read(FIND_STATE, {})
  const numberOf = (part: string) => Number(rows.find((row) => row.part === part)?.number)
  return {
    version: numberOf('version'),
    lateBefore: numberOf('bound'),
    ranges: rows
      .filter(({ part }) => part === 'range')
      .map((row) => ({
        source: row.source as SummarySource,
        from: String(row.from_id),
        to: String(row.to_id),
      })),
    marks: new Map(
      rows.filter(({ part }) => part === 'mark').map((row) => [Number(row.number), Number(row.times)]),
    ),
  }
}

/** Whether a source has any row of these ids. */
export async function hasRows(db: Database, { source, from, to }: SummaryRange): Promise<boolean> {
  return (await db.read(anyOf(source), { from, to })).length > 0
}

const MARK = `
  INSERT INTO summary_marks (quarter)
  WITH RECURSIVE quarters (quarter) AS (
    SELECT CAST(@fromQuarter AS BIGINT)
    UNION ALL
    SELECT quarter + 1 FROM quarters WHERE quarter + 1 < @toQuarter)
  SELECT quarter FROM quarters`

/** Lets the quarter hours of a time be folded anew. */
export async function markQuarters(db: Database, { fromQuarter, toQuarter }: Span): Promise<void> {
  await db.write([MARK], { fromQuarter, toQuarter })
}

const FIND_FIRST_QUARTER = `
  SELECT MIN(quarter) AS quarter
  FROM summaries
  WHERE what <> 'offer-before'`

/** Finds the first quarter hour of which anything is summed up, or would have to be. */
export async function findFirstQuarter(db: Database): Promise<number | undefined> {
  const reads = SUMMARY_SOURCES.map((source) => db.read(anyOf(source), { from: FIRST_ID, to: OPEN_END }))
  const [[summary], ...sources] = await Promise.all([db.read(FIND_FIRST_QUARTER, {}), ...reads])
  const found = sources.flat().map(({ id }) => quarterOf(String(id)))
  if (typeof summary?.quarter === 'number') found.push(summary.quarter)
  return found.length > 0 ? Math.min(...found) : undefined
}

/** Returns the quarter hour that an id begins with. */
export function quarterOf(id: string): number {
  return Math.floor(Number.parseInt(id.slice(0, 12), 16) / QUARTER_MS)
}
