import type { Database } from '../database.ts'
import { type Action, asActionParameters, recordActionIf } from './actions.ts'
import { lockFirst } from './locks.ts'
import { isRevoked } from './order-states.ts'
import { lockHoldersOf } from './settle.ts'

/** A link by which a buyer who has lost their browser comes to hold an order again, or everything that they held. */
export interface MerchantLink {
  /** One of the two: the order, or the buyer whose orders are meant */
  order: string | undefined
  buyer: string | undefined
  /** SHA-256 of its code, hex */
  codeHash: string
  holdersAllowed: number
  expiresAt: number
}

/** `unpaid`, `revoked`: there is nothing that the link could open. */
export type LinkOutcome = 'issued' | 'unpaid' | 'revoked' | 'unknown'

const IS_PAID = `EXISTS (SELECT 1 FROM payments WHERE payments.order_id = orders.id)`

// Not with OR: PostgreSQL would read all orders for that.
const MEANT = `
  orders.id IN (
    SELECT CAST(@order AS TEXT)
    UNION ALL
    SELECT holders.order_id FROM holders WHERE holders.buyer = @buyer)`

const ADD_LINK = `
  INSERT INTO redemptions (code_hash, order_id, buyer, purpose, holders_allowed, expires_at, created_at, created_by)
  SELECT @codeHash, @order, @buyer, 'merchant', @holdersAllowed, @expiresAt, @now, @session
  WHERE EXISTS (SELECT 1 FROM orders WHERE ${MEANT} AND ${IS_PAID} AND NOT ${isRevoked('orders.id', '@buyer')})
  RETURNING code_hash`

const IS_ISSUED = `EXISTS (SELECT 1 FROM redemptions AS issued WHERE issued.code_hash = @codeHash)`

const END_LAST_LINKS = `
  UPDATE redemptions
  SET expires_at = @now
  WHERE purpose = 'merchant' AND (order_id = @order OR buyer = @buyer) AND code_hash <> @codeHash AND expires_at > @now
    AND ${IS_ISSUED}`

const FIND_STANDING = `
  SELECT CASE WHEN ${IS_PAID} THEN 1 ELSE 0 END AS paid
  FROM orders
  WHERE ${MEANT}
  ORDER BY paid DESC
  LIMIT 1`

const RECORD_ISSUING = recordActionIf(IS_ISSUED)

/** Issues a link in place of the last one for the same order or buyer, which ends. */
export async function issueLink(
  db: Database,
  { order, buyer, ...link }: MerchantLink,
  action: Action & { session: string },
  now: number,
): Promise<LinkOutcome> {
  const lock = order === undefined ? LOCK_BUYER : lockHoldersOf('@order')
  const statements = lockFirst(db, lock, [ADD_LINK, END_LAST_LINKS, RECORD_ISSUING, FIND_STANDING])
  const results = await db.write(statements, {
    ...asActionParameters(action, now),
    ...link,
    order: order ?? null,
    buyer: buyer ?? null,
  })
  if (results[statements.indexOf(ADD_LINK)]?.length === 1) return 'issued'
  const standing = results.at(-1)?.[0]
  if (!standing) return 'unknown'
  return Number(standing.paid) === 1 ? 'revoked' : 'unpaid'
}

const LOCK_BUYER = `
  UPDATE buyers
  SET created_at = created_at
  WHERE id = @buyer`
