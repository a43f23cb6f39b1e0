import type { Database } from '../database.ts'
import type { Step } from './steps.ts'
import type { Span } from './summary-state.ts'

// The newest orders' steps: an order's id begins with its time.
const COUNT_STEPS = `
  SELECT what, COUNT(DISTINCT order_id) AS orders
  FROM (SELECT order_id, what FROM steps WHERE order_id >= @from ORDER BY order_id DESC LIMIT @limit) AS newest
  GROUP BY what`

// Such an intent isn't polled any more, and keeps its client secret until something pays the order or its month is over. Its steps
// are counted, rather than EXISTS, for which PostgreSQL might read all steps once.
const COUNT_SUBMITTED = `
  SELECT COUNT(DISTINCT order_id) AS orders
  FROM (
    SELECT order_id
    FROM intents
    WHERE next_check_at IS NULL AND client_secret IS NOT NULL
    ORDER BY created_at DESC
    LIMIT @limit
  ) AS ended
  WHERE (SELECT COUNT(*) FROM steps WHERE steps.order_id = ended.order_id AND steps.what = 'only-submitted') > 0`

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

/** Counts the orders that Code calls paid and that nothing has paid, for as long as the shop would have polled them. */
export async function countSubmitted(db: Database, limit: number): Promise<number> {
  const [row] = await db.read(COUNT_SUBMITTED, { limit })
  return Number(row?.orders)
}

/** Counts the payments of a time that a status has shown, and no webhook until they were folded. */
export async function countPolled(db: Database, { fromQuarter, toQuarter }: Span): Promise<number> {
  const [row] = await db.read(COUNT_POLLED, { fromQuarter, toQuarter })
  return Number(row?.times)
}
