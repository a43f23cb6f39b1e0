import type { Database } from '../database.ts'
import type { Row } from '../engines/driver.ts'
import { byCount } from './by-count.ts'
import { numberOf } from './columns.ts'
import { DISCOUNT, type Discount, toDiscount } from './discount.ts'
import {
  type OrderPayment,
  paymentsAs,
  SENT_BACK,
  type SentBack,
  toPayments,
  toSentBack,
} from './order-payments.ts'
import { isUnrevoked } from './order-states.ts'
import { named, scopesOf } from './scopes.ts'
import { type OrderTax, taxAs, toOrderTax } from './tax.ts'
import { endOfChain } from './windows.ts'

/**
 * An order as its holder sees it: the `hundredths` of `currency` that came with its first payment or, while it is unpaid, those to
 * be paid; instants in milliseconds since 1970.
 */
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
  /** The coupon that lowered the price, and the price without it */
  discount: Discount | undefined
  createdAt: number
  /** Undefined while unpaid */
  paidAt: number | undefined
  /** What the merchant has sent back of the first payment; undefined for nothing */
  refund: SentBack | undefined
  /** Those after the first one: mostly none */
  laterPayments: OrderPayment[]
  /** Whether the merchant has ended this holder's access */
  isRevoked: boolean
  /** Undefined if what it gives has no end */
  window: Window | undefined
  /** Whether another right of the same holder to the same follows it without a gap */
  isFollowed: boolean
}

/** The time of a right that ends, in local days since 1970. */
export interface Window {
  /** The first day with the right */
  fromDay: number
  /** The first day without it */
  untilDay: number
}

/** What opens something now, and until which day this right and those that follow it last; undefined: without an end. */
export interface OpenPurchase extends HeldOrder {
  openUntilDay: number | undefined
}

/** Of a row of `entitlements`: the right holds today. `@today` counts local days since 1970. */
export const IS_VALID = `
  (entitlements.until_day IS NULL OR (entitlements.from_day <= @today AND entitlements.until_day > @today))
    AND ${isUnrevoked('entitlements')}`

/** The buyer `@buyer` has the scope `@onlyOnce` now; nobody has the one that is null. */
export const IS_HELD = `
  EXISTS (
    SELECT 1 FROM entitlements
    WHERE entitlements.buyer = @buyer AND entitlements.scope = @onlyOnce AND ${IS_VALID})`

export const FIND_HELD = `SELECT 1 AS held WHERE ${IS_HELD}`

/** The order that an id means: its own, or that of one of its intents. */
export const ORDER_OF_ID = `COALESCE((SELECT intents.order_id FROM intents WHERE intents.id = @id), @id)`

// Ids begin with their time.
export const FIRST_PAYMENT = `
  payments.id = (SELECT MIN(first.id) FROM payments AS first WHERE first.order_id = orders.id)`

export const HELD_COLUMNS = `
  orders.id, orders.product, orders.title, COALESCE(payments.hundredths, orders.hundredths) AS hundredths,
  COALESCE(payments.currency, orders.currency) AS currency, orders.created_at, payments.paid_at,
  ${taxAs('COALESCE(payments.tax_hundredths, orders.tax_hundredths)')},
  ${DISCOUNT},
  ${SENT_BACK},
  ${paymentsAs('later_payments', 'each_payment.id > payments.id')}`

const END_OF_CHAIN = endOfChain({ buyer: 'entitlements.buyer', scope: 'entitlements.scope' })
const OPEN_UNTIL_DAY = `
  CASE WHEN entitlements.until_day IS NULL THEN NULL ELSE (${END_OF_CHAIN}) END AS open_until_day`

const FIND_PURCHASE = (scopes: number) => `
  SELECT ${HELD_COLUMNS}, payments.intent, entitlements.from_day, entitlements.until_day,
    ${OPEN_UNTIL_DAY}
  FROM sessions
  JOIN entitlements ON entitlements.buyer = sessions.buyer
  JOIN orders ON orders.id = entitlements.order_id
  JOIN payments ON ${FIRST_PAYMENT}
  WHERE sessions.secret_hash = @secretHash AND entitlements.scope IN (${scopesOf(scopes)})
    AND ${IS_VALID}
  ORDER BY CASE WHEN entitlements.until_day IS NULL THEN 0 ELSE 1 END, open_until_day DESC, payments.paid_at DESC, orders.id
  LIMIT 1`

const findPurchaseBy = byCount(FIND_PURCHASE)

/**
 * Answers the gate's question, whether the browser whose secret has this SHA-256 (hex) has a right to one of these scopes now,
 * with the order that gave it for longest: without an end, or with the last one; of several such, the one that was paid last. One
 * statement, since every page of a product waits for it.
 */
export async function findPurchase(
  db: Database,
  secretHash: string,
  scopes: readonly string[],
  today: number,
): Promise<OpenPurchase | undefined> {
  if (scopes.length === 0) return undefined
  const [row] = await db.read(findPurchaseBy(scopes.length), named({ secretHash, today }, scopes))
  if (!row) return undefined
  const openUntilDay = numberOf(row.open_until_day)
  const isFollowed = openUntilDay !== numberOf(row.until_day)
  return { openUntilDay, ...toHeldOrder(row, isFollowed) } // the spread comes last: findings/node-20-properties-after-a-spread.sh
}

const FIND_OPEN_SCOPES = `
  SELECT DISTINCT entitlements.scope
  FROM sessions
  JOIN entitlements ON entitlements.buyer = sessions.buyer
  WHERE sessions.secret_hash = @secretHash AND entitlements.until_day IS NOT NULL
    AND ${IS_VALID}`

/** Finds the scopes that passes open now to the browser whose secret has this SHA-256 (hex): only their rights end. */
export async function findOpenScopes(db: Database, secretHash: string, today: number): Promise<string[]> {
  const rows = await db.read(FIND_OPEN_SCOPES, { secretHash, today })
  return rows.map(({ scope }) => scope as string)
}

const FIND_FIRST_DAY = (scopes: number) => `
  SELECT MIN(COALESCE(entitlements.from_day, @today)) AS first_day
  FROM sessions
  JOIN entitlements ON entitlements.buyer = sessions.buyer
  WHERE sessions.secret_hash = @secretHash AND entitlements.scope IN (${scopesOf(scopes)})
    AND (entitlements.until_day IS NULL OR entitlements.until_day > @today) AND ${isUnrevoked('entitlements')}`

const firstDayBy = byCount(FIND_FIRST_DAY)

/**
 * Finds the first day with a right to one of these scopes, of those rights that aren't over, of the browser whose secret has this
 * SHA-256 (hex). One that is later than today only waits.
 */
export async function findFirstDay(
  db: Database,
  secretHash: string,
  scopes: readonly string[],
  today: number,
): Promise<number | undefined> {
  if (scopes.length === 0) return undefined
  const [row] = await db.read(firstDayBy(scopes.length), named({ secretHash, today }, scopes))
  return numberOf(row?.first_day)
}

/** Returns whether this buyer has this scope now: there is nothing to order then. */
export async function holdsEntitlement(
  db: Database,
  buyer: string,
  scope: string,
  today: number,
): Promise<boolean> {
  const rows = await db.read(FIND_HELD, { buyer, onlyOnce: scope, today })
  return rows.length > 0
}

export function toHeldOrder(row: Row, isFollowed: boolean): HeldOrder {
  return {
    id: row.id as string,
    intent: (row.intent as string | null) ?? undefined,
    product: row.product as string,
    title: row.title as string,
    hundredths: Number(row.hundredths),
    currency: row.currency as string,
    tax: toOrderTax(row),
    discount: toDiscount(row),
    createdAt: Number(row.created_at),
    paidAt: row.paid_at === null ? undefined : Number(row.paid_at),
    refund: toSentBack(row.sent_back),
    laterPayments: toPayments(row.later_payments),
    isRevoked: Number(row.is_revoked) === 1,
    window:
      row.until_day === null ? undefined : { fromDay: Number(row.from_day), untilDay: Number(row.until_day) },
    isFollowed,
  }
}
