import type { Database } from '../database.ts'
import type { Row } from '../engines/driver.ts'
import { IS_IN_FORCE, refundedOf } from './order-states.ts'

/** An order as its holder sees it. `hundredths` of `currency`; instants in milliseconds since 1970. */
export interface HeldOrder {
  id: string
  /** The intent that paid it or, while it is unpaid, its newest; undefined if it was free */
  intent: string | undefined
  product: string
  title: string
  hundredths: number
  currency: string
  /** The tax in it; undefined for none */
  tax: OrderTax | undefined
  createdAt: number
  /** Undefined while unpaid */
  paidAt: number | undefined
  /** What the merchant has sent back of the payment that is shown */
  refundedHundredths: number
  /** Whether the merchant has ended this holder's access */
  isRevoked: boolean
}

/** The tax in a price: its rate in hundredths of a percent, and what it comes to. */
export interface OrderTax {
  label: string
  rate: number
  hundredths: number
}

/** The place of a purchase in the list of all: the first payment's time, and the order's id. */
export interface Purchase {
  paidAt: number
  order: string
}

const NEWER_THAN_ALL: Purchase = { paidAt: Number.MAX_SAFE_INTEGER, order: '' }

/** The access of this buyer by this order has ended, and nothing has restored it. */
const isRevoked = (order: string, buyer: string) => `
  EXISTS (
    SELECT 1 FROM revocations
    WHERE revocations.order_id = ${order} AND (revocations.buyer IS NULL OR revocations.buyer = ${buyer})
      AND ${IS_IN_FORCE})`

/** Of a row of `entitlements`: the merchant has not ended this right. */
export const IS_UNREVOKED = `NOT ${isRevoked('entitlements.order_id', 'entitlements.buyer')}`

/** Of a row of `entitlements`: the right has not ended. `@today` counts local days since 1970. */
export const IS_VALID = `
  (entitlements.until_day IS NULL OR entitlements.until_day > @today) AND ${IS_UNREVOKED}`

/** The order that an id means: its own, or that of one of its intents. */
export const ORDER_OF_ID = `COALESCE((SELECT intents.order_id FROM intents WHERE intents.id = @id), @id)`

// An order that was paid twice is shown with its first payment: ids begin with their time.
const FIRST_PAYMENT = `
  payments.id = (SELECT MIN(first.id) FROM payments AS first WHERE first.order_id = orders.id)`

const HELD_COLUMNS = `
  orders.id, orders.product, orders.title, orders.hundredths, orders.currency, orders.tax_rate, orders.tax_label,
  orders.created_at, payments.paid_at, COALESCE(payments.tax_hundredths, orders.tax_hundredths) AS tax_hundredths,
  ${refundedOf('payments')} AS refunded_hundredths`

const IS_HOLDER_REVOKED = `
  CASE WHEN ${isRevoked('holders.order_id', 'holders.buyer')} THEN 1 ELSE 0 END AS is_revoked`

const FIND_HELD_ORDER = `
  SELECT ${HELD_COLUMNS}, ${IS_HOLDER_REVOKED}, COALESCE(payments.intent, (
    SELECT intents.id FROM intents WHERE intents.order_id = orders.id
    ORDER BY intents.created_at DESC LIMIT 1)) AS intent
  FROM holders
  JOIN orders ON orders.id = holders.order_id
  LEFT JOIN payments ON ${FIRST_PAYMENT}
  WHERE holders.order_id = ${ORDER_OF_ID} AND holders.buyer = @buyer`

const FIND_PURCHASES = `
  SELECT ${HELD_COLUMNS}, ${IS_HOLDER_REVOKED}, payments.intent
  FROM holders
  JOIN orders ON orders.id = holders.order_id
  JOIN payments ON ${FIRST_PAYMENT}
  WHERE holders.buyer = @buyer
    AND (payments.paid_at < @paidAt OR (payments.paid_at = @paidAt AND orders.id > @order))
  ORDER BY payments.paid_at DESC, orders.id
  LIMIT @limit`

const FIND_PURCHASE = `
  SELECT ${HELD_COLUMNS}, 0 AS is_revoked, payments.intent
  FROM sessions
  JOIN entitlements ON entitlements.buyer = sessions.buyer
  JOIN orders ON orders.id = entitlements.order_id
  JOIN payments ON ${FIRST_PAYMENT}
  WHERE sessions.secret_hash = @secretHash AND entitlements.scope = @scope
    AND ${IS_VALID}
  ORDER BY payments.paid_at DESC, orders.id
  LIMIT 1`

const HOLDS_ENTITLEMENT = `
  SELECT 1 AS entitled
  FROM entitlements
  WHERE buyer = @buyer AND scope = @scope AND ${IS_VALID}
  LIMIT 1`

/**
 * Answers the gate's question, whether the browser whose secret has this SHA-256 (hex) may have this scope now, with the
 * newest paid order that gave it. One statement, since every page of a product waits for it.
 */
export async function findPurchase(
  db: Database,
  secretHash: string,
  scope: string,
  today: number,
): Promise<HeldOrder | undefined> {
  const [row] = await db.read(FIND_PURCHASE, { secretHash, scope, today })
  return row && toHeldOrder(row)
}

/** Returns whether this buyer has this scope now: there is nothing to order then. */
export async function holdsEntitlement(
  db: Database,
  buyer: string,
  scope: string,
  today: number,
): Promise<boolean> {
  const rows = await db.read(HOLDS_ENTITLEMENT, { buyer, scope, today })
  return rows.length > 0
}

/** Finds an order by its own id or one of its intents', if this buyer holds it. */
export async function findHeldOrder(db: Database, id: string, buyer: string): Promise<HeldOrder | undefined> {
  const [row] = await db.read(FIND_HELD_ORDER, { id, buyer })
  return row && toHeldOrder(row)
}

/** Finds the paid orders that this buyer holds, newest payment first, or those that come after one of them in that order. */
export async function findPurchases(
  db: Database,
  buyer: string,
  limit: number,
  { paidAt, order }: Purchase = NEWER_THAN_ALL,
): Promise<HeldOrder[]> {
  const rows = await db.read(FIND_PURCHASES, { buyer, limit, paidAt, order })
  return rows.map(toHeldOrder)
}

function toHeldOrder(row: Row): HeldOrder {
  return {
    id: row.id as string,
    intent: (row.intent as string | null) ?? undefined,
    product: row.product as string,
    title: row.title as string,
    hundredths: Number(row.hundredths),
    currency: row.currency as string,
    tax: toOrderTax(row),
    createdAt: Number(row.created_at),
    paidAt: row.paid_at === null ? undefined : Number(row.paid_at),
    refundedHundredths: Number(row.refunded_hundredths),
    isRevoked: Number(row.is_revoked) === 1,
  }
}

/** Reads the columns tax_label, tax_rate and tax_hundredths. */
export function toOrderTax({ tax_label, tax_rate, tax_hundredths }: Row): OrderTax | undefined {
  if (tax_label === null) return undefined
  return { label: tax_label as string, rate: Number(tax_rate), hundredths: Number(tax_hundredths) }
}
