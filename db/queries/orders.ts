import type { Database } from '../database.ts'
import type { Row } from '../engines/driver.ts'
import { IS_VALID } from './access.ts'
import { writeIntent } from './destinations.ts'
import { ADD_INTENT, type IntentTerms } from './intents.ts'
import { lockFirst } from './locks.ts'

/** What an order gives once it is paid: a scope such as `product:<slug>`, for so many days or calls, or without an end. */
export interface Grant {
  scope: string
  days: number | null
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

/** An order to be stored with its first intent. */
export interface NewOrder extends OrderTerms {
  id: string
  buyer: string
  product: string
  kind: string
  title: string
  grants: readonly Grant[]
  /** The scope of which a buyer needs only one: none is ordered while it is held. Null: it may be bought again. */
  onlyOnce: string | null
  intent: string
  clientSecret: string
  /** How many times more rarely than others the intent is polled */
  pollFactor?: number
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
}

/** When something is written: `now`, the local day of the shop as days since 1970, and when Code is first polled. */
export interface Moment {
  now: number
  today: number
  nextCheckAt: number
}

// Lock first, so that a concurrent settlement commits before the statements below look for the entitlement.
const LOCK_OPEN_ORDER = `
  UPDATE open_orders
  SET offered_at = offered_at
  WHERE buyer = @buyer AND product = @product`

// Only a tab that still sees the open order it saw before may replace it: of two tabs, one wins. And nobody orders what
// they hold already, even when its payment arrives at this moment.
const CLAIM_OPEN_ORDER = `
  INSERT INTO open_orders (buyer, product, order_id, intent, offered_at)
  SELECT @buyer, @product, @id, @intent, @now
  WHERE NOT EXISTS (
    SELECT 1 FROM entitlements
    WHERE entitlements.buyer = @buyer AND entitlements.scope = @onlyOnce AND ${IS_VALID})
  ON CONFLICT (buyer, product) DO UPDATE
  SET order_id = excluded.order_id, intent = excluded.intent, offered_at = excluded.offered_at
  WHERE open_orders.intent = @replaced`

const ADD_ORDER = `
  INSERT INTO orders (id, buyer, product, kind, title, list_hundredths, hundredths, currency, tax_rate, tax_hundredths,
    tax_label, coupon, created_at)
  SELECT @id, @buyer, @product, @kind, @title, @listHundredths, @hundredths, @currency, @taxRate, @taxHundredths,
    @taxLabel, @coupon, @now
  FROM open_orders
  WHERE buyer = @buyer AND product = @product AND order_id = @id`

/** The statement that adds the grant whose parameters end in this number to the order @id. */
export const addGrant = (number: number) => `
  INSERT INTO grants (order_id, scope, days, calls)
  SELECT id, @scope${number}, @days${number}, @calls${number}
  FROM orders
  WHERE id = @id`

export const ADD_FIRST_HOLDER = `
  INSERT INTO holders (order_id, buyer, held_since, acquired_by)
  SELECT id, buyer, @now, 'ordered'
  FROM orders
  WHERE id = @id`

const FIND_OPEN_ORDER = `
  SELECT orders.id, open_orders.intent, orders.buyer, orders.product, orders.list_hundredths, orders.hundredths,
    orders.currency, orders.tax_rate, orders.tax_hundredths, orders.tax_label, orders.coupon, intents.destination,
    intents.fees, intents.client_secret, open_orders.offered_at, intents.sent_at
  FROM open_orders
  JOIN orders ON orders.id = open_orders.order_id
  JOIN intents ON intents.id = open_orders.intent
  WHERE open_orders.buyer = @buyer AND open_orders.product = @product`

const SWITCH_INTENT = `
  UPDATE open_orders
  SET intent = @intent, offered_at = @now
  WHERE buyer = @buyer AND product = @product AND intent = @replaced`

/**
 * Stores the order as the one that this buyer would pay now, in place of the one with the intent `replaced`, if any.
 * Resolves with the open order: the new one, or that of another tab which was faster; undefined if the buyer holds
 * `onlyOnce` by now.
 */
export async function storeOrder(
  db: Database,
  { grants, pollFactor = 1, ...order }: NewOrder,
  replaced: string | undefined,
  moment: Moment,
): Promise<OpenOrder | undefined> {
  const parameters = { ...order, pollFactor, ...numbered(grants), ...moment, replaced: replaced ?? null }
  const statements = [
    CLAIM_OPEN_ORDER,
    ADD_ORDER,
    ADD_INTENT,
    ...grants.map((_, number) => addGrant(number)),
    ADD_FIRST_HOLDER,
    FIND_OPEN_ORDER,
  ]
  const results = await writeIntent(db, lockFirst(db, LOCK_OPEN_ORDER, statements), parameters)
  return toOpenOrder(results.at(-1))
}

/** The parameters of `addGrant` for each of these grants. */
export function numbered(grants: readonly Grant[]): Record<string, string | number | null> {
  const entries = grants.flatMap((grant, number) =>
    Object.entries(grant).map(([name, value]) => [`${name}${number}`, value]),
  )
  return Object.fromEntries(entries)
}

/** Finds the order that this buyer would pay now for this product. */
export async function findOpenOrder(
  db: Database,
  buyer: string,
  product: string,
): Promise<OpenOrder | undefined> {
  return toOpenOrder(await db.read(FIND_OPEN_ORDER, { buyer, product }))
}

/**
 * Gives an open order another intent, since the one that it has turned out not to be ours. Resolves with the open order:
 * with the new intent, or with that of another tab which was faster; undefined if it is paid by now. A payment of the
 * former intent would still count.
 */
export async function replaceIntent(
  db: Database,
  { buyer, product, destination, fees, intent: replaced }: OpenOrder,
  offered: Pick<NewOrder, 'intent' | 'clientSecret'>,
  moment: Moment,
): Promise<OpenOrder | undefined> {
  const parameters = { ...moment, ...offered, buyer, product, destination, fees, pollFactor: 1, replaced }
  const [, , found] = await writeIntent(db, [SWITCH_INTENT, ADD_INTENT, FIND_OPEN_ORDER], parameters)
  return toOpenOrder(found)
}

function toOpenOrder([row]: readonly Row[] = []): OpenOrder | undefined {
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
    }
  )
}
