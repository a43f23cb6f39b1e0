import type { Database } from '../database.ts'
import { HOLDS_LEASE } from './folding-lease.ts'
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
