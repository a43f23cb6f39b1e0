import type { Database } from '../database.ts'
import type { Row } from '../engines/driver.ts'
import { numberOf } from './columns.ts'
import { writeWithDestination } from './destinations.ts'
import { ADD_INTENT, type IntentTerms, NEWEST_INTENT } from './intents.ts'
import type { Instant } from './windows.ts'

/** A right that a paid order gives to its holders. */
export interface Grant {
  /** What it opens: `product:<slug>`, `tag:<tag>`, `api:<endpoint>` or `all` */
  scope: string
  /** How many whole days it lasts after that of the payment; null means forever */
  days: number | null
  /** How many API calls it includes; null if it isn't about calls */
  calls: number | null
}

/** At what a product is sold, fixed with the order: `hundredths` of `currency` are charged. */
export interface OrderTerms extends IntentTerms {
  /** Its price without a coupon */
  listHundredths: number
  /** The tax in what is charged: its rate in hundredths of a percent, 0 for none, and what it comes to */
  taxRate: number
  taxHundredths: number
  taxLabel: string | null
  /** The code of the coupon that lowered the price */
  coupon: string | null
}

/** The order that a buyer would pay now, and the intent to pay it with. Instants in milliseconds since 1970. */
export interface OpenOrder extends OrderTerms {
  id: string
  intent: string
  buyer: string
  product: string
  /** Undefined once the order is paid */
  clientSecret: string | undefined
  offeredAt: number
  /** Whether Code has had the intent before */
  isSent: boolean
  /** What it gives once it is paid */
  grants: readonly Grant[]
}

/** When something is written, and when Code is first polled about it. */
export interface Moment extends Instant {
  nextPollAt: number
}

// A row for each grant of the order.
const asOffered = (offeredAt: string) => `
  SELECT orders.id, intents.id AS intent, orders.buyer, orders.product, orders.list_hundredths, orders.hundredths,
    orders.currency, orders.tax_rate, orders.tax_hundredths, orders.tax_label, orders.coupon, intents.destination,
    intents.fees, intents.client_secret, ${offeredAt} AS offered_at, intents.sent_at, grants.scope, grants.days, grants.calls`

/** The order that @buyer would pay now for @product. */
export const FIND_OPEN_ORDER = `
  ${asOffered('open_orders.offered_at')}
  FROM open_orders
  JOIN orders ON orders.id = open_orders.order_id
  JOIN intents ON intents.id = open_orders.intent
  LEFT JOIN grants ON grants.order_id = orders.id
  WHERE open_orders.buyer = @buyer AND open_orders.product = @product`

// By its newest intent: others of it weren't ours. When it was offered last isn't known any more, only when it was placed.
const FIND_EARLIER_ORDER = `
  ${asOffered('orders.created_at')}
  FROM orders
  JOIN intents ON intents.id = ${NEWEST_INTENT}
  LEFT JOIN grants ON grants.order_id = orders.id
  WHERE orders.id = (
    SELECT orders.id FROM orders
    WHERE orders.buyer = @buyer AND orders.product = @product AND orders.created_at > @since
      AND orders.currency = @currency AND orders.hundredths = @hundredths AND COALESCE(orders.coupon, '') = @coupon
      AND NOT EXISTS (SELECT 1 FROM payments WHERE payments.order_id = orders.id)
    ORDER BY orders.created_at DESC
    LIMIT 1)`

const SWITCH_INTENT = `
  UPDATE open_orders
  SET intent = @intent, offered_at = @now
  WHERE buyer = @buyer AND product = @product AND intent = @replaced`

/** Finds the order that this buyer would pay now for this product. */
export async function findOpenOrder(
  db: Database,
  buyer: string,
  product: string,
): Promise<OpenOrder | undefined> {
  return toOpenOrder(await db.read(FIND_OPEN_ORDER, { buyer, product }))
}

/** Finds the newest unpaid order of this buyer from after `since` for this product, at this price with this coupon. */
export async function findEarlierOrder(
  db: Database,
  { buyer, product }: Pick<OpenOrder, 'buyer' | 'product'>,
  { currency, hundredths, coupon }: OrderTerms,
  since: number,
): Promise<OpenOrder | undefined> {
  const about = { buyer, product, currency, hundredths, coupon: coupon ?? '', since }
  return toOpenOrder(await db.read(FIND_EARLIER_ORDER, about))
}

/**
 * Gives an open order another intent, since the one that it has turned out not to be ours. Resolves with the open order:
 * with the new intent, or with that of another tab which was faster; undefined if it is paid by now. A payment of the
 * former intent would still count.
 */
export async function replaceIntent(
  db: Database,
  { buyer, product, destination, fees, intent: replaced }: OpenOrder,
  offered: { intent: string; clientSecret: string },
  moment: Moment,
): Promise<OpenOrder | undefined> {
  const parameters = { buyer, product, destination, fees, pollFactor: 1, replaced, ...offered, ...moment }
  const [, , found] = await writeWithDestination(db, [SWITCH_INTENT, ADD_INTENT, FIND_OPEN_ORDER], parameters)
  return toOpenOrder(found)
}

/** The open order that such a query has found. */
export function toOpenOrder(rows: readonly Row[] = []): OpenOrder | undefined {
  const [row] = rows
  return (
    row && {
      id: row.id as string,
      intent: row.intent as string,
      buyer: row.buyer as string,
      product: row.product as string,
      listHundredths: Number(row.list_hundredths),
      hundredths: Number(row.hundredths),
      currency: row.currency as string,
      taxRate: Number(row.tax_rate),
      taxHundredths: Number(row.tax_hundredths),
      taxLabel: row.tax_label as string | null,
      coupon: row.coupon as string | null,
      destination: row.destination as string,
      fees: row.fees as string,
      clientSecret: (row.client_secret as string | null) ?? undefined,
      offeredAt: Number(row.offered_at),
      isSent: row.sent_at !== null,
      grants: rows.flatMap(toGrants),
    }
  )
}

function toGrants({ scope, days, calls }: Row): Grant[] {
  if (scope === null) return []
  return [{ scope: String(scope), days: numberOf(days) ?? null, calls: numberOf(calls) ?? null }]
}
