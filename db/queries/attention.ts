import type { Database } from '../database.ts'
import type { Step } from './steps.ts'
import type { Span } from './summary-state.ts'

// The newest orders' steps: an order's id begins with its time.
const COUNT_STEPS = `
  SELECT what, COUNT(DISTINCT order_id) AS orders
  FROM (SELECT order_id, what FROM steps WHERE order_id >= @from ORDER BY order_id DESC LIMIT @limit) AS newest
  GROUP BY what`

const COUNT_POLLED = `
  SELECT CAST(COALESCE(SUM(times), 0) AS BIGINT) AS times
  FROM summaries
  WHERE quarter >= @fromQuarter AND quarter < @toQuarter AND what = 'status'`

/** Counts the orders from this id on that have such a step, among their newest `limit` steps. */
export async function countSteps(
  db: Database,
  { from, limit }: { from: string; limit: number },
): Promise<Map<Step['what'], number>> {
  const rows = await db.read(COUNT_STEPS, { from, limit })
  return new Map(rows.map((row) => [row.what as Step['what'], Number(row.orders)]))
}

/** Counts the payments of a time that a status has shown, and no webhook until they were folded. */
export async function countPolled(db: Database, { fromQuarter, toQuarter }: Span): Promise<number> {
  const [row] = await db.read(COUNT_POLLED, { fromQuarter, toQuarter })
  return Number(row?.times)
}
