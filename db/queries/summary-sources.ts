/** Every zone's offset from UTC is a multiple of a quarter hour, so that local days consist of whole ones. */
export const QUARTER_MS = 900_000

/** What is summed up. Ids of all of them begin with the instant by which they count. */
export type SummarySource = 'payments' | 'refunds' | 'orders'
export const SUMMARY_SOURCES: readonly SummarySource[] = ['payments', 'refunds', 'orders']

/**
 * What a figure counts. A payment counts as what told the shop first: `status-webhook` if a webhook came only after a status
 * had paid the intent, `merchant-webhook` after the merchant had. `offer`: an order with a price, even if Code never got its
 * request; `offer-before`: one from before ids had a time.
 */
export type What =
  | 'webhook'
  | 'status'
  | 'status-webhook'
  | 'merchant'
  | 'merchant-webhook'
  | 'free'
  | 'refund'
  | 'offer'
  | 'offer-before'

// A wait counts in buckets that grow by a tenth each, from a tenth of a second.
const SHORTEST_MS = 100
const GROWTH = 1.1

/** How far the seconds of a bucket are from the true ones at most, as a share: a waiting time lies between two bounds. */
export const WAIT_ERROR = Math.sqrt(GROWTH) - 1

/** Returns the time that stands for all in a bucket: the geometric mean of its bounds. */
export function waitOfBucket(bucket: number): number {
  return SHORTEST_MS * GROWTH ** (bucket + 0.5)
}

const WAIT = `payments.paid_at - orders.created_at`
const BUCKET = `
  CASE WHEN ${WAIT} <= ${SHORTEST_MS} THEN 0
    ELSE CAST(FLOOR(LN(CAST(${WAIT} AS DOUBLE PRECISION) / ${SHORTEST_MS}) / LN(CAST(${GROWTH} AS DOUBLE PRECISION))) AS BIGINT)
  END`

// The proof's event by the small index of those that did not pay by themselves, not by its digest: that would read a random
// place of a large table for each payment.
const WHAT = `
  CASE
    WHEN payments.proof <> 'webhook' THEN payments.proof
    WHEN payments.honoured_by IS NOT NULL THEN 'merchant-webhook'
    WHEN EXISTS (
      SELECT 1 FROM events
      WHERE events.intent = payments.intent AND events.verdict <> 'applied' AND COALESCE(events.digest, '') = payments.event)
    THEN 'status-webhook'
    ELSE 'webhook'
  END`

const ROWS: Record<SummarySource, string> = {
  payments: `
    SELECT payments.id, payments.paid_at / ${QUARTER_MS} AS quarter, payments.currency, payments.product, ${WHAT} AS what,
      payments.hundredths,
      CASE WHEN payments.proof <> 'free' AND payments.honoured_by IS NULL THEN ${BUCKET} END AS bucket
    FROM payments
    JOIN orders ON orders.id = payments.order_id
    WHERE payments.id >= @from AND payments.id < @to`,
  refunds: `
    SELECT refunds.id, refunds.refunded_at / ${QUARTER_MS} AS quarter, payments.currency, payments.product, 'refund' AS what,
      refunds.hundredths, CAST(NULL AS BIGINT) AS bucket
    FROM refunds
    JOIN payments ON payments.id = refunds.payment
    WHERE refunds.id >= @from AND refunds.id < @to`,
  orders: `
    SELECT orders.id, orders.created_at / ${QUARTER_MS} AS quarter, orders.currency, orders.product, 'offer' AS what,
      orders.hundredths, CAST(NULL AS BIGINT) AS bucket
    FROM orders
    WHERE orders.id >= @from AND orders.id < @to AND orders.hundredths > 0`,
}

/** The columns of a figure, from rows that have a quarter, currency, product, what and hundredths. */
const SUMS = `COUNT(*) AS times, CAST(SUM(hundredths) AS BIGINT) AS hundredths`

/** The rows of a source with ids from @from up to, but not including, @to: by quarter hour, currency, product and what. */
export const figuresOf = (source: SummarySource) => `
  SELECT quarter, currency, product, what, ${SUMS}
  FROM (${ROWS[source]}) AS found`

export const GROUP_OF_FIGURE = 'GROUP BY quarter, currency, product, what'

/** The same with the buckets of waiting times, of the first @limit rows only. */
export const figuresWithWaits = (source: SummarySource) => `
  SELECT quarter, currency, product, what, bucket, ${SUMS}
  FROM (${ROWS[source]} ORDER BY ${source}.id LIMIT @limit) AS found
  GROUP BY quarter, currency, product, what, bucket`

/** How many payments of these ids took so long. */
export const WAITS = `
  SELECT quarter, bucket, COUNT(*) AS times
  FROM (${ROWS.payments}) AS found
  WHERE bucket IS NOT NULL`

/** The first id after @limit rows from @from on. */
export const endOfStep = (source: SummarySource) => `
  SELECT id
  FROM ${source}
  WHERE id >= @from AND id < @to
  ORDER BY id
  LIMIT 1 OFFSET @limit`

/** Whether there is any row from @from on, before @to. */
export const anyOf = (source: SummarySource) => `
  SELECT id
  FROM ${source}
  WHERE id >= @from AND id < @to
  ORDER BY id
  LIMIT 1`
