export const DESTINATION = 'E8otxw1CVX9bfyddKu3ZB3BVLa4VVF9J7CTPdnUwT9jR'
export const PRODUCT = 'how-this-shop-works'

/** One order to be written. Instants are milliseconds since 1970. */
export interface OrderRow {
  intent: string
  buyer: string
  /** SHA-256 of the browser's secret; also serves as the hash of the redemption code and of the event */
  hash: string
  at: number
  next_check_at: number | null
  is_paid: 0 | 1
}

/** The columns of the table `new_orders`, which holds one row an order and from which the statements below read. */
export const NEW_ORDERS: Record<keyof OrderRow, string> = {
  intent: 'TEXT',
  buyer: 'TEXT',
  hash: 'TEXT',
  at: 'BIGINT',
  next_check_at: 'BIGINT',
  is_paid: 'BIGINT',
}

// This is the only file of the bench that knows the shop's tables.

// A buyer has one order, and the ids of both begin with its time.
const ORDER = 'buyer'

// What nobody has paid for a month is polled no more, and the shop keeps only what a late payment needs. Younger ones are
// open, but not due to be polled: no sequencer is there.
const MONTH_MS = 2_592_000_000
const IS_ENDED = `(is_paid = 0 AND at <= (SELECT MAX(at) FROM new_orders) - ${MONTH_MS})`
const unlessEnded = (value: string) => `CASE WHEN NOT ${IS_ENDED} THEN ${value} END`

/** Write the rows that POST /create-intent writes, from the buyer's browser to the redemption code, on both engines. */
export const ORDERED: Record<string, string> = {
  buyers: `INSERT INTO buyers (id, created_at) SELECT buyer, at FROM new_orders`,
  sessions: `INSERT INTO sessions (secret_hash, buyer, created_at) SELECT hash, buyer, at FROM new_orders`,
  orders: `INSERT INTO orders (id, buyer, product, kind, title, list_hundredths, hundredths, currency, created_at)
    SELECT ${ORDER}, buyer, '${PRODUCT}', 'article', 'How this shop works', 5, 5, 'usd', at FROM new_orders`,
  intents: `INSERT INTO intents (id, order_id, hundredths, currency, destination, client_secret, webhook_url, registration,
      registered_at, created_at, sent_at, confirmed_at, next_check_at)
    SELECT intent, ${ORDER}, 5, 'usd', '${DESTINATION}', ${unlessEnded(`CASE WHEN is_paid = 0 THEN '2vN7aQ8sT1xYzAbC' END`)},
      ${unlessEnded(`'http://127.0.0.1:3030/webhook'`)}, ${unlessEnded(`'ok'`)}, ${unlessEnded('at')}, at, ${unlessEnded('at')}, at,
      next_check_at
    FROM new_orders`,
  open_orders: `INSERT INTO open_orders (buyer, product, order_id, intent, offered_at)
    SELECT buyer, '${PRODUCT}', ${ORDER}, intent, at FROM new_orders
    WHERE is_paid = 0 AND NOT ${IS_ENDED}`,
  steps: `INSERT INTO steps (order_id, at, what) SELECT ${ORDER}, at + ${MONTH_MS}, 'expired' FROM new_orders WHERE ${IS_ENDED}`,
  grants: `INSERT INTO grants (order_id, scope) SELECT ${ORDER}, 'product:${PRODUCT}' FROM new_orders`,
  holders: `INSERT INTO holders (order_id, buyer, held_since, acquired_by)
    SELECT ${ORDER}, buyer, at, 'ordered' FROM new_orders`,
  redemptions: `INSERT INTO redemptions (code_hash, order_id, purpose, holders_allowed, created_at)
    SELECT hash, ${ORDER}, 'wallet', 3, at FROM new_orders`,
}

export const PASS_TAG = 'series'

/** Makes orders that are not paid yet ones of a pass. */
export const AS_PASSES = `UPDATE grants SET scope = 'tag:${PASS_TAG}', days = 30`

// Buyers take up to 90 s to pay.
const WAIT = `(CAST(substr(hash, -2) AS INTEGER) * 900)`
const PAID_AT = `(at + ${WAIT})`
const PAYMENT = `printf('%012x', ${PAID_AT}) || substr(${ORDER}, 13)`

const paidAs = (payment: string, paidAt: string, jws: string): Record<string, string> => ({
  payments: `INSERT INTO payments (id, order_id, intent, proof, hundredths, currency, product, quarks, exchange_rate,
      event, paid_at)
    SELECT ${payment}, ${ORDER}, intent, 'webhook', 5, 'usd', '${PRODUCT}', 560000000, 0.00000893, hash, ${paidAt}
    FROM new_orders WHERE is_paid = 1`,
  entitlements: `INSERT INTO entitlements (buyer, scope, order_id, created_at)
    SELECT buyer, 'product:${PRODUCT}', ${ORDER}, at FROM new_orders WHERE is_paid = 1`,
  events: `INSERT INTO events (digest, type, intent, currency, hundredths, destination, state, quarks, exchange_rate, jws,
      verdict, first_seen_at, last_seen_at, times_seen)
    SELECT hash, 'payment', intent, 'usd', 5, '${DESTINATION}', 'SUBMITTED', 560000000, 0.00000893, ${jws},
      'applied', at, at, 1
    FROM new_orders WHERE is_paid = 1`,
})

/** Write the rows that a webhook writes for the orders that are paid, on SQLite. */
export const PAID = paidAs(PAYMENT, PAID_AT, `printf('%470s', hash)`)

/** The same on PostgreSQL, where all buyers pay at once. */
export const PAID_ON_POSTGRES = paidAs(ORDER, 'at', 'lpad(hash, 470)')

// Folding ten million payments takes the shop minutes, in which it would be measured. The newest quarter hour is left to it.
const BOUND = `(SELECT MAX(at) - 900000 FROM new_orders)`
const QUARTER = 900_000

/** Write the summaries that the shop would fold from these rows, on SQLite only. `npm run recompute` finds them right. */
export const FOLDED: Record<string, string> = {
  offers: `INSERT INTO summaries (quarter, currency, product, what, times, hundredths)
    SELECT at / ${QUARTER}, 'usd', '${PRODUCT}', 'offer', COUNT(*), 5 * COUNT(*)
    FROM new_orders WHERE at < ${BOUND} GROUP BY at / ${QUARTER}`,
  payments: `INSERT INTO summaries (quarter, currency, product, what, times, hundredths)
    SELECT ${PAID_AT} / ${QUARTER}, 'usd', '${PRODUCT}', 'webhook', COUNT(*), 5 * COUNT(*)
    FROM new_orders WHERE is_paid = 1 AND ${PAID_AT} < ${BOUND} GROUP BY ${PAID_AT} / ${QUARTER}`,
  waits: `INSERT INTO summary_waits (quarter, bucket, times)
    SELECT ${PAID_AT} / ${QUARTER}, CASE WHEN ${WAIT} <= 100 THEN 0 ELSE CAST(FLOOR(LN(${WAIT} / 100.0) / LN(1.1)) AS INTEGER) END,
      COUNT(*)
    FROM new_orders WHERE is_paid = 1 AND ${PAID_AT} < ${BOUND} GROUP BY 1, 2`,
  products: `INSERT INTO product_summaries (product, currency, what, times, hundredths)
    SELECT product, currency, what, SUM(times), SUM(hundredths) FROM summaries GROUP BY product, currency, what`,
  ranges: `UPDATE summary_ranges SET from_id = printf('%012x', ${BOUND})`,
  bounds: `UPDATE summary_bounds SET before = ${BOUND}`,
}

/** Gives each paid order a million calls of the API as well, on SQLite only. */
export const CALLABLE = [
  `INSERT INTO grants (order_id, scope, calls) SELECT id, 'api:search', 1000000 FROM orders`,
  `INSERT INTO entitlements (buyer, scope, order_id, created_at)
    SELECT buyer, 'api:search', order_id, paid_at FROM payments JOIN orders ON orders.id = payments.order_id`,
]

export const ADD_API_KEY = `INSERT INTO api_keys (key_hash, buyer, scope, created_at)
  SELECT @key, buyer, 'api:search', created_at FROM sessions WHERE secret_hash = @browser`

/** Keeps what is written from marking its quarter hour as late. */
export const UNANNOUNCED = 'UPDATE summary_bounds SET before = 0'

/** Tells how many of the days before today have been summed up. */
export const COUNT_SUMMED_DAYS = 'SELECT COUNT(*) AS days FROM summary_days'
