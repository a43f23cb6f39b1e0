import type { Database } from '../database.ts'
import { HOLDS_LEASE, type LeaseTerms, RENEW_LEASE } from './folding-lease.ts'
import { idsFrom } from './ids.ts'
import {
  endOfStep,
  figuresOf,
  GROUP_OF_FIGURE,
  QUARTER_MS,
  type SummarySource,
  WAITS,
} from './summary-sources.ts'
import { LAST_QUARTER, OPEN_END, type Span, type SummaryRange } from './summary-state.ts'

const LOWER_BOUND = `
  UPDATE summary_bounds
  SET before = @before
  WHERE name = 'late' AND before > @before AND ${HOLDS_LEASE}`

const CAN_STEP = `
  ${HOLDS_LEASE} AND EXISTS (SELECT 1 FROM summary_ranges WHERE source = @source AND from_id = @from)`

const stage = (source: SummarySource) => `
  INSERT INTO summary_step (quarter, currency, product, what, times, hundredths)
  ${figuresOf(source)}
  WHERE ${CAN_STEP}
  ${GROUP_OF_FIGURE}`

// SQLite takes the ON of an upsert for that of a join unless there is a WHERE between.
const ADD_TO_SUMMARIES = `
  INSERT INTO summaries (quarter, currency, product, what, times, hundredths)
  SELECT quarter, currency, product, what, times, hundredths
  FROM summary_step
  WHERE true
  ON CONFLICT (quarter, currency, product, what) DO UPDATE
  SET times = summaries.times + excluded.times, hundredths = summaries.hundredths + excluded.hundredths`

const ADD_TO_PRODUCTS = `
  INSERT INTO product_summaries (product, currency, what, times, hundredths)
  SELECT product, currency, what, CAST(SUM(times) AS BIGINT), CAST(SUM(hundredths) AS BIGINT)
  FROM summary_step
  WHERE true
  GROUP BY product, currency, what
  ON CONFLICT (product, currency, what) DO UPDATE
  SET times = product_summaries.times + excluded.times, hundredths = product_summaries.hundredths + excluded.hundredths`

const ADD_WAITS = `
  INSERT INTO summary_waits (quarter, bucket, times)
  ${WAITS} AND ${CAN_STEP}
  GROUP BY quarter, bucket
  ON CONFLICT (quarter, bucket) DO UPDATE
  SET times = summary_waits.times + excluded.times`

const FORGET_CHANGED_DAYS = `
  DELETE FROM summary_days
  WHERE from_quarter <= (SELECT MAX(quarter) FROM summary_step) AND to_quarter > (SELECT MIN(quarter) FROM summary_step)`

const EMPTY_STEP = `
  DELETE FROM summary_step
  WHERE ${HOLDS_LEASE}`

const SHORTEN_RANGE = `
  UPDATE summary_ranges
  SET from_id = @end
  WHERE source = @source AND from_id = @from AND ${HOLDS_LEASE}`

const END_RANGE = `
  DELETE FROM summary_ranges
  WHERE source = @source AND from_id = @from AND ${HOLDS_LEASE}`

const COUNT_CHANGE = `
  UPDATE summary_versions
  SET version = version + 1
  WHERE ${HOLDS_LEASE}`

const IN_SPAN = `quarter >= @fromQuarter AND quarter < @toQuarter`

// The marks first: a row that comes afterwards marks its quarter hour again, and is folded once more.
const UNMARK = `
  DELETE FROM summary_marks
  WHERE ${IN_SPAN} AND ${HOLDS_LEASE}`

const SUBTRACT_FROM_PRODUCTS = `
  UPDATE product_summaries
  SET times = product_summaries.times - gone.times, hundredths = product_summaries.hundredths - gone.hundredths
  FROM (
    SELECT product, currency, what, CAST(SUM(times) AS BIGINT) AS times, CAST(SUM(hundredths) AS BIGINT) AS hundredths
    FROM summaries
    WHERE ${IN_SPAN} AND what <> 'offer-before' AND ${HOLDS_LEASE}
    GROUP BY product, currency, what) AS gone
  WHERE gone.product = product_summaries.product AND gone.currency = product_summaries.currency
    AND gone.what = product_summaries.what`

const DELETE_SUMMARIES = `
  DELETE FROM summaries
  WHERE ${IN_SPAN} AND what <> 'offer-before' AND ${HOLDS_LEASE}`

const DELETE_WAITS = `
  DELETE FROM summary_waits
  WHERE ${IN_SPAN} AND ${HOLDS_LEASE}`

const FORGET_DAYS = `
  DELETE FROM summary_days
  WHERE from_quarter < @toQuarter AND to_quarter > @fromQuarter AND ${HOLDS_LEASE}`

// Up to where the open range begins: what comes behind that isn't folded yet.
const ADD_RANGES = `
  INSERT INTO summary_ranges (source, from_id, to_id)
  SELECT source, @from, CASE WHEN from_id < @to THEN from_id ELSE @to END
  FROM summary_ranges
  WHERE to_id = '${OPEN_END}' AND from_id > @from AND ${HOLDS_LEASE}`

const REOPEN_RANGES = `
  UPDATE summary_ranges
  SET from_id = @from
  WHERE to_id = '${OPEN_END}' AND from_id > @from AND ${HOLDS_LEASE}`

/**
 * Adds up to `limit` rows of a range to the summaries, in one unit of work, so that a crash leaves them folded or not. Returns
 * where the range goes on; undefined if that was its end, or `upTo`.
 */
export async function foldStep(
  db: Database,
  { source, from, to, upTo = to }: SummaryRange & { upTo?: string },
  { limit, ...terms }: LeaseTerms & { limit: number },
): Promise<string | undefined> {
  const next = await findEnd(db, { source, from, to: upTo }, limit)
  const end = next ?? upTo
  const statements = [
    RENEW_LEASE,
    stage(source),
    ADD_TO_SUMMARIES,
    ADD_TO_PRODUCTS,
    ...(source === 'payments' ? [ADD_WAITS] : []),
    FORGET_CHANGED_DAYS,
    EMPTY_STEP,
    end === to ? END_RANGE : SHORTEN_RANGE,
    COUNT_CHANGE,
  ]
  await db.write(statements, { ...terms, source, from, to: end, end, instance: db.instance })
  return next
}

/** Finds where a range goes on after its first `limit` rows; undefined if it has no more. */
export async function findEnd(
  db: Database,
  { source, from, to }: SummaryRange,
  limit: number,
): Promise<string | undefined> {
  const [next] = await db.read(endOfStep(source), { from, to, limit })
  return next?.id as string | undefined
}

const UNFOLD = [UNMARK, SUBTRACT_FROM_PRODUCTS, DELETE_SUMMARIES, DELETE_WAITS, FORGET_DAYS]

/** Takes the summaries of a time away again, with its marks, and lets its rows be folded anew. No closed range may overlap. */
export async function unfold(db: Database, span: Span, terms: LeaseTerms): Promise<void> {
  await db.write([RENEW_LEASE, ...UNFOLD, ADD_RANGES, COUNT_CHANGE], parametersOf(db, span, terms))
}

/**
 * Takes away all summaries from a quarter hour on, with the bound beyond it: a clock that was ahead has folded what is still to
 * come, and every row would mark its quarter hour until then.
 */
export async function unfoldFrom(db: Database, fromQuarter: number, terms: LeaseTerms): Promise<void> {
  const span = { fromQuarter, toQuarter: LAST_QUARTER }
  const statements = [RENEW_LEASE, LOWER_BOUND, ...UNFOLD, REOPEN_RANGES, COUNT_CHANGE]
  await db.write(statements, { ...parametersOf(db, span, terms), before: fromQuarter * QUARTER_MS })
}

function parametersOf(db: Database, { fromQuarter, toQuarter }: Span, terms: LeaseTerms) {
  const [from, to] = [idsFrom(fromQuarter * QUARTER_MS), idsFrom(toQuarter * QUARTER_MS)]
  return { ...terms, instance: db.instance, fromQuarter, toQuarter, from, to }
}
