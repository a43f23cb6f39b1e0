import type { Database } from '../database.ts'
import type { Row } from '../engines/driver.ts'
import { numberOf } from './columns.ts'
import { type OrderPayment, paymentsAs, toPayments } from './order-payments.ts'
import { isRevoked, ORDER_STATE, type OrderState } from './order-states.ts'

/** Somebody who may hold things. Instants in milliseconds since 1970. */
export interface DeskBuyer {
  id: string
  createdAt: number
}

/** A browser of a buyer, by the SHA-256 (hex) of its secret. */
export interface BuyersBrowser {
  secretHash: string
  createdAt: number
}

/** An order that a buyer holds, with what is to be paid and what came for it, and how they came to hold it. */
export interface HeldByBuyer {
  id: string
  product: string
  title: string
  hundredths: number
  currency: string
  /** None while it is unpaid */
  payments: OrderPayment[]
  state: OrderState
  heldSince: number
  acquiredBy: 'ordered' | 'redeemed' | 'linked'
}

/** A right of a buyer's. Days count local days since 1970; `untilDay` is the first day without it, undefined: it has no end. */
export interface BuyersRight {
  scope: string
  order: string
  fromDay: number | undefined
  untilDay: number | undefined
  createdAt: number
  isRevoked: boolean
  /** Calls of its order, which all holders share; undefined if it gives none */
  calls: { left: number; bought: number } | undefined
}

/** Where the list of what a buyer holds goes on: behind this order. */
export interface HeldPlace {
  at: number
  id: string
}

const NEWEST: HeldPlace = { at: Number.MAX_SAFE_INTEGER, id: '' }
const BEHIND_EVERY_ID = 'z' // ids are hexadecimal digits and hyphens, so this is true in the language of any database

const FIND_BUYERS = `
  SELECT id, created_at
  FROM buyers
  WHERE id >= @prefix AND id < @end
  ORDER BY id DESC
  LIMIT @limit`

const FIND_BUYER = `
  SELECT id, created_at
  FROM buyers
  WHERE id = @buyer`

const FIND_BROWSERS = `
  SELECT secret_hash, created_at
  FROM sessions
  WHERE buyer = @buyer
  ORDER BY created_at DESC, secret_hash
  LIMIT @limit`

const FIND_HELD = `
  SELECT orders.id, orders.product, orders.title, ${ORDER_STATE} AS state, shown.held_since, shown.acquired_by,
    orders.hundredths, orders.currency, ${paymentsAs('payments')}
  FROM (
    SELECT held.order_id, held.held_since, held.acquired_by
    FROM (
      SELECT order_id, held_since, acquired_by
      FROM holders
      WHERE buyer = @buyer
      ORDER BY order_id DESC
      LIMIT @lookedAt) AS held
    WHERE held.held_since <= @at AND (held.held_since < @at OR held.order_id < @id)
    ORDER BY held.held_since DESC, held.order_id DESC
    LIMIT @limit) AS shown
  JOIN orders ON orders.id = shown.order_id
  ORDER BY shown.held_since DESC, shown.order_id DESC`

const FIND_RIGHTS = `
  SELECT entitlements.scope, entitlements.order_id, entitlements.from_day, entitlements.until_day,
    entitlements.created_at, grants.calls AS calls_bought, COALESCE(allowances.calls_left, grants.calls) AS calls_left,
    CASE WHEN ${isRevoked('entitlements.order_id', 'entitlements.buyer')} THEN 1 ELSE 0 END AS revoked
  FROM entitlements
  JOIN grants ON grants.order_id = entitlements.order_id AND grants.scope = entitlements.scope
  LEFT JOIN allowances ON allowances.order_id = entitlements.order_id
  WHERE entitlements.buyer = @buyer
  ORDER BY entitlements.scope, entitlements.order_id
  LIMIT @limit`

/** Finds the buyers whose ids begin with this, the newest first. */
export async function findBuyersByPrefix(
  db: Database,
  prefix: string,
  limit: number,
  before?: string,
): Promise<DeskBuyer[]> {
  const rows = await db.read(FIND_BUYERS, { prefix, end: before ?? prefix + BEHIND_EVERY_ID, limit })
  return rows.map(toBuyer)
}

/** Finds a buyer by their id. */
export async function findDeskBuyer(
  db: Pick<Database, 'read'>,
  buyer: string,
): Promise<DeskBuyer | undefined> {
  const [row] = await db.read(FIND_BUYER, { buyer })
  return row && toBuyer(row)
}

/** Finds the browsers that are this buyer, the newest first. */
export async function findBrowsersOf(db: Database, buyer: string, limit: number): Promise<BuyersBrowser[]> {
  const rows = await db.read(FIND_BROWSERS, { buyer, limit })
  return rows.map((row) => ({ secretHash: String(row.secret_hash), createdAt: Number(row.created_at) }))
}

/** Finds the orders that this buyer holds, the one first that they came to hold last; at most `lookedAt` of all. */
export async function findHeldByBuyer(
  db: Database,
  buyer: string,
  limits: { limit: number; lookedAt: number },
  place: HeldPlace = NEWEST,
): Promise<HeldByBuyer[]> {
  const rows = await db.read(FIND_HELD, { buyer, ...limits, ...place })
  return rows.map(toHeld)
}

/** Finds the rights of a buyer, also those that have ended. */
export async function findRightsOf(db: Database, buyer: string, limit: number): Promise<BuyersRight[]> {
  const rows = await db.read(FIND_RIGHTS, { buyer, limit })
  return rows.map(toRight)
}

function toBuyer(row: Row): DeskBuyer {
  return { id: String(row.id), createdAt: Number(row.created_at) }
}

function toHeld(row: Row): HeldByBuyer {
  return {
    id: String(row.id),
    product: String(row.product),
    title: String(row.title),
    hundredths: Number(row.hundredths),
    currency: String(row.currency),
    payments: toPayments(row.payments),
    state: row.state as OrderState,
    heldSince: Number(row.held_since),
    acquiredBy: row.acquired_by as HeldByBuyer['acquiredBy'],
  }
}

function toRight(row: Row): BuyersRight {
  return {
    scope: String(row.scope),
    order: String(row.order_id),
    fromDay: numberOf(row.from_day),
    untilDay: numberOf(row.until_day),
    createdAt: Number(row.created_at),
    isRevoked: Number(row.revoked) === 1,
    calls:
      row.calls_bought === null
        ? undefined
        : { left: Number(row.calls_left), bought: Number(row.calls_bought) },
  }
}
