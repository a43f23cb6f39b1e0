import type { Database } from '../database.ts'
import { HOLDS_LEASE, type LeaseTerms, RENEW_LEASE } from './folding-lease.ts'
import type { Span } from './summary-state.ts'

const FORGET_OTHERS = `
  DELETE FROM summary_days
  WHERE from_quarter < @toQuarter AND to_quarter > @fromQuarter AND ${HOLDS_LEASE}`

// Only if nothing has changed since the summaries were read, and no late row waits to be folded.
const KEEP_DAY = `
  INSERT INTO summary_days (from_quarter, to_quarter, figures)
  SELECT @fromQuarter, @toQuarter, @figures
  FROM summary_versions
  WHERE version = @version AND ${HOLDS_LEASE}
    AND NOT EXISTS (SELECT 1 FROM summary_marks WHERE quarter >= @fromQuarter AND quarter < @toQuarter)
  ON CONFLICT (from_quarter) DO NOTHING`

const FORGET_BEFORE = `
  DELETE FROM summary_days
  WHERE from_quarter < @fromQuarter`

/** Keeps the sum of a day, as it is in this version of the summaries, in place of days of another time zone. */
export async function keepSummedDay(
  db: Database,
  span: Span,
  { figures, version }: { figures: string; version: number },
): Promise<void> {
  await db.write([FORGET_OTHERS, KEEP_DAY], { ...span, figures, version, instance: db.instance })
}

/** Forgets the days that began before a quarter hour. */
export async function forgetDaysBefore(db: Database, fromQuarter: number): Promise<void> {
  await db.write([FORGET_BEFORE], { fromQuarter })
}

const FORGET_PRODUCTS = `
  DELETE FROM product_summaries
  WHERE ${HOLDS_LEASE}`

const SUM_UP_PRODUCTS = `
  INSERT INTO product_summaries (product, currency, what, times, hundredths)
  SELECT product, currency, what, CAST(SUM(times) AS BIGINT), CAST(SUM(hundredths) AS BIGINT)
  FROM summaries
  WHERE ${HOLDS_LEASE}
  GROUP BY product, currency, what`

/** Sums up each product anew, from all summaries. */
export async function sumUpProducts(db: Database, terms: LeaseTerms): Promise<void> {
  await db.write([RENEW_LEASE, FORGET_PRODUCTS, SUM_UP_PRODUCTS], { ...terms, instance: db.instance })
}
