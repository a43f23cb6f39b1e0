import type { Database } from '../database.ts'
import { textOf } from './columns.ts'
import { IDS_WITHOUT_TIME } from './ids.ts'
import { ORDER_STATE } from './order-states.ts'
import type { Span } from './summary-state.ts'
import { isUnregistered } from './unregistered.ts'

// An order's id begins with its time, but for those from before, which are greater.
const OF_NEWEST = `
  WHERE order_id >= @from AND order_id < '${IDS_WITHOUT_TIME}'
  ORDER BY order_id DESC
  LIMIT @limit`

const COUNT_REFUSED = `
  SELECT COUNT(DISTINCT order_id) AS orders
  FROM (SELECT order_id, what FROM steps ${OF_NEWEST}) AS newest
  WHERE what = 'refused'`

const COUNT_UNREGISTERED = `
  SELECT COUNT(DISTINCT order_id) AS orders
  FROM (SELECT order_id, webhook_url, registration FROM intents ${OF_NEWEST}) AS newest
  WHERE ${isUnregistered('newest')}`

// Such an intent isn't polled any more, or has a status that says less than Code's refusal, and keeps its client secret until something
// pays the order or its month is over. Rows are counted, rather than EXISTS, for which PostgreSQL might read all steps once.
const FIND_SUBMITTED = `
  SELECT COUNT(*) AS orders, MAX(order_id) AS newest
  FROM (
    SELECT order_id FROM (
      SELECT order_id
      FROM intents
      WHERE next_check_at IS NULL AND client_secret IS NOT NULL
      ORDER BY created_at DESC
      LIMIT @limit) AS ended
    UNION SELECT order_id FROM (SELECT order_id, what FROM steps ${OF_NEWEST}) AS noted
    WHERE what = 'only-submitted'
  ) AS unpaid
  WHERE (SELECT COUNT(*) FROM steps WHERE steps.order_id = unpaid.order_id AND steps.what = 'only-submitted') > 0
    AND (SELECT COUNT(client_secret) FROM intents WHERE intents.order_id = unpaid.order_id) > 0
    AND (SELECT COUNT(denied_at) FROM intents WHERE intents.order_id = unpaid.order_id)
      < (SELECT COUNT(*) FROM steps WHERE steps.order_id = unpaid.order_id AND steps.what = 'only-submitted')`

// An id begins with its time. Not a join, for which PostgreSQL may read all orders: it doesn't know how few were paid twice.
const COUNT_PAID_TWICE = `
  SELECT COUNT(DISTINCT newest.order_id) AS orders
  FROM (
    SELECT order_id, paid_twice
    FROM payments
    WHERE id >= @from AND id < '${IDS_WITHOUT_TIME}'
    ORDER BY id DESC
    LIMIT @limit) AS newest
  WHERE newest.paid_twice = 1
    AND (SELECT ${ORDER_STATE} FROM orders WHERE orders.id = newest.order_id) = 'paid-twice'`

const COUNT_POLLED = `
  SELECT CAST(COALESCE(SUM(times), 0) AS BIGINT) AS times
  FROM summaries
  WHERE quarter >= @fromQuarter AND quarter < @toQuarter AND what = 'status'`

/** Where counting begins, by the row's id, which begins with its time, and how many of the newest rows it looks at. */
interface Newest {
  from: string
  limit: number
}

/** Counts the orders whose payment requests Code has rejected, now or before, among the newest steps. */
export async function countRefused(db: Database, newest: Newest): Promise<number> {
  const [row] = await db.read(COUNT_REFUSED, { ...newest })
  return Number(row?.orders)
}

/** Counts the orders whose webhooks Code has not registered, among the newest intents. */
export async function countUnregistered(db: Database, newest: Newest): Promise<number> {
  const [row] = await db.read(COUNT_UNREGISTERED, { ...newest })
  return Number(row?.orders)
}

/** Orders that need the merchant, and one of them. */
export interface Submitted {
  orders: number
  /** The newest one's id; undefined for none */
  newest: string | undefined
}

/** Finds the orders that Code calls paid and that nothing has paid, for as long as the shop polls them, or would have. */
export async function findSubmitted(db: Database, newest: Newest): Promise<Submitted> {
  const [row] = await db.read(FIND_SUBMITTED, { ...newest })
  return { orders: Number(row?.orders), newest: textOf(row?.newest) }
}

/** Counts the orders that are paid twice, by one of the newest payments. */
export async function countPaidTwice(db: Database, newest: Newest): Promise<number> {
  const [row] = await db.read(COUNT_PAID_TWICE, { ...newest })
  return Number(row?.orders)
}

/** Counts the payments of a time that a status has shown, and no webhook until they were folded. */
export async function countPolled(db: Database, { fromQuarter, toQuarter }: Span): Promise<number> {
  const [row] = await db.read(COUNT_POLLED, { fromQuarter, toQuarter })
  return Number(row?.times)
}
