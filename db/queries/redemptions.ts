import type { Database } from '../database.ts'
import { ORDER_OF_ID } from './access.ts'
import { lockFirst } from './locks.ts'
import { entitleHoldersOf, lockHoldersOf } from './settle.ts'

export type Redemption = 'redeemed' | 'spent' | 'unknown'

/** A code (its SHA-256, hex) for an order, by the order's id or one of its intents'. */
export interface RedemptionRequest {
  id: string
  codeHash: string
  now: number
  /** How long a wallet's code lasts after the payment or, while it is unpaid, after the order */
  walletLifeMs: number
}

const REDEEMABLE = `
  EXISTS (
    SELECT 1 FROM redemptions
    WHERE redemptions.code_hash = @codeHash AND redemptions.order_id = orders.id
      AND redemptions.holders_allowed > (
        SELECT COUNT(*) FROM holders WHERE holders.order_id = orders.id AND holders.acquired_by = 'redeemed')
      AND @now < COALESCE(redemptions.expires_at, @walletLifeMs + COALESCE(
        (SELECT MIN(payments.paid_at) FROM payments WHERE payments.order_id = orders.id), orders.created_at)))`

const ADD_HOLDER = `
  INSERT INTO holders (order_id, buyer, held_since, acquired_by, redemption)
  SELECT orders.id, @buyer, @now, 'redeemed', @codeHash
  FROM orders
  WHERE orders.id = ${ORDER_OF_ID} AND ${REDEEMABLE}
  ON CONFLICT (order_id, buyer) DO NOTHING`

const FIND_REDEMPTION = `
  SELECT
    CASE WHEN ${REDEEMABLE} THEN 1 ELSE 0 END AS redeemable,
    (SELECT COUNT(*) FROM redemptions
      WHERE redemptions.code_hash = @codeHash AND redemptions.order_id = orders.id) AS known,
    (SELECT COUNT(*) FROM holders WHERE holders.order_id = orders.id AND holders.buyer = @buyer) AS held
  FROM orders
  WHERE orders.id = ${ORDER_OF_ID}`

/** Returns whether a code could be redeemed now by somebody who doesn't hold the order. Changes nothing. */
export async function findRedemption(db: Database, request: RedemptionRequest): Promise<Redemption> {
  const [found] = await db.read(FIND_REDEMPTION, { ...request, buyer: '' })
  if (!found || Number(found.known) === 0) return 'unknown'
  return Number(found.redeemable) === 1 ? 'redeemed' : 'spent'
}

// The lock is the one that settle takes: three redemptions are three, and none is missed by a payment at the same time.
const LOCK_HOLDERS = lockHoldersOf(ORDER_OF_ID)
const REDEEM = [ADD_HOLDER, entitleHoldersOf(ORDER_OF_ID), FIND_REDEMPTION]

/** Makes this buyer a holder of the order. A holder who redeems again uses up nothing. */
export async function redeem(
  db: Database,
  request: RedemptionRequest & { buyer: string },
): Promise<Redemption> {
  const results = await db.write(lockFirst(db, LOCK_HOLDERS, REDEEM), { ...request })
  const found = results.at(-1)?.[0]
  if (Number(found?.held) === 1) return 'redeemed'
  return !found || Number(found.known) === 0 ? 'unknown' : 'spent'
}
