import type { Database } from '../database.ts'
import type { Row } from '../engines/driver.ts'
import { numberOf, textOf } from './columns.ts'
import type { Grant } from './open-orders.ts'
import { isRevoked } from './order-states.ts'
import { readRowsOf } from './rows-of-order.ts'

/** Somebody who has the order, and how they got it. */
export interface DeskHolder {
  buyer: string
  heldSince: number
  acquiredBy: 'ordered' | 'redeemed' | 'linked'
  /** Whether they have a right from it. A revocation may have ended it since. */
  isEntitled: boolean
  /** The first local day with the right, and the first without it, counted since 1970; undefined if it has no end */
  fromDay: number | undefined
  untilDay: number | undefined
}

/** The end of the access that the order gave: of all holders or, with `buyer`, of one. */
export interface DeskRevocation {
  id: string
  buyer: string | undefined
  reason: string
  refund: string | undefined
  revokedAt: number
  /** Undefined while it is in force */
  restoredAt: number | undefined
  restoredReason: string | undefined
  /** The payment that restored it */
  restoredByPayment: string | undefined
}

/** A redemption link that the merchant issued. */
export interface OrderLink {
  createdAt: number
  expiresAt: number | undefined
  /** When somebody redeemed it */
  usedAt: number | undefined
}

const rightOf = (what: string) => `(
      SELECT ${what} FROM grants
      JOIN entitlements ON entitlements.buyer = holders.buyer AND entitlements.scope = grants.scope
        AND entitlements.order_id = grants.order_id
      WHERE grants.order_id = holders.order_id)`

const FIND_HOLDERS = `
  SELECT holders.buyer, holders.held_since, holders.acquired_by,
    CASE WHEN EXISTS ${rightOf('1')} THEN 1 ELSE 0 END AS entitled,
    ${rightOf('MAX(entitlements.from_day)')} AS from_day,
    ${rightOf('MAX(entitlements.until_day)')} AS until_day
  FROM holders
  WHERE holders.order_id = @order
  ORDER BY holders.held_since, holders.buyer
  LIMIT @limit`

const FIND_REVOCATIONS = `
  SELECT revocations.id, revocations.buyer, revocations.reason, revocations.refund, revocations.revoked_at,
    restorations.restored_at, restorations.reason AS restored_reason, restorations.payment AS restored_by_payment
  FROM revocations
  LEFT JOIN restorations ON restorations.revocation = revocations.id
  WHERE revocations.order_id = @order
  ORDER BY revocations.revoked_at, revocations.id
  LIMIT @limit`

const FIND_LINKS = `
  SELECT redemptions.created_at, redemptions.expires_at,
    (SELECT MIN(holders.held_since) FROM holders
      WHERE holders.order_id = redemptions.order_id AND holders.redemption = redemptions.code_hash) AS used_at
  FROM redemptions
  WHERE redemptions.order_id = @order AND redemptions.purpose = 'merchant'
  ORDER BY redemptions.created_at
  LIMIT @limit`

const FIND_GRANTS = `
  SELECT grants.scope, grants.days, grants.calls
  FROM grants
  WHERE grants.order_id = @order
  ORDER BY grants.scope
  LIMIT @limit`

const FIND_OPEN_TO_BUYER = `
  SELECT orders.id
  FROM holders
  JOIN orders ON orders.id = holders.order_id
  WHERE holders.buyer = @buyer AND NOT ${isRevoked('orders.id', 'holders.buyer')}
    AND EXISTS (SELECT 1 FROM payments WHERE payments.order_id = holders.order_id)
  ORDER BY holders.order_id DESC
  LIMIT 1`

export const STATEMENTS_ABOUT_HOLDERS = [
  FIND_HOLDERS,
  FIND_REVOCATIONS,
  FIND_LINKS,
  FIND_GRANTS,
  FIND_OPEN_TO_BUYER,
]

/**
 * Finds who has an order, whose access has ended, and the merchant's links to it, each in the order of its time; and what the order
 * gives once it is paid.
 */
export async function findHoldersOf(
  db: Database,
  order: string,
): Promise<{ holders: DeskHolder[]; revocations: DeskRevocation[]; links: OrderLink[]; grants: Grant[] }> {
  const [holders, revocations, links, grants] = await Promise.all([
    readRowsOf(db, order, FIND_HOLDERS, toHolder),
    readRowsOf(db, order, FIND_REVOCATIONS, toRevocation),
    readRowsOf(db, order, FIND_LINKS, toLink),
    readRowsOf(db, order, FIND_GRANTS, toGrant),
  ])
  return { holders, revocations, links, grants }
}

/** Finds the newest order of a buyer that is paid, and to which their access has not ended. */
export async function findOpenToBuyer(db: Database, buyer: string): Promise<string | undefined> {
  const [row] = await db.read(FIND_OPEN_TO_BUYER, { buyer })
  return row && String(row.id)
}

function toHolder(row: Row): DeskHolder {
  return {
    buyer: String(row.buyer),
    heldSince: Number(row.held_since),
    acquiredBy: row.acquired_by as DeskHolder['acquiredBy'],
    isEntitled: Number(row.entitled) === 1,
    fromDay: numberOf(row.from_day),
    untilDay: numberOf(row.until_day),
  }
}

function toRevocation(row: Row): DeskRevocation {
  return {
    id: String(row.id),
    buyer: textOf(row.buyer),
    reason: String(row.reason),
    refund: textOf(row.refund),
    revokedAt: Number(row.revoked_at),
    restoredAt: numberOf(row.restored_at),
    restoredReason: textOf(row.restored_reason),
    restoredByPayment: textOf(row.restored_by_payment),
  }
}

function toGrant({ scope, days, calls }: Row): Grant {
  return {
    scope: String(scope),
    days: days === null ? null : Number(days),
    calls: calls === null ? null : Number(calls),
  }
}

function toLink(row: Row): OrderLink {
  return {
    createdAt: Number(row.created_at),
    expiresAt: numberOf(row.expires_at),
    usedAt: numberOf(row.used_at),
  }
}
