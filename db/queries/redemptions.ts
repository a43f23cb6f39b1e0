import type { Database } from '../database.ts'
import type { Row } from '../engines/driver.ts'
import { ORDER_OF_ID } from './access.ts'
import { numberOf } from './columns.ts'
import { lockFirst } from './locks.ts'
import { IS_IN_FORCE, isRevoked } from './order-states.ts'
import { lockHoldersOf } from './settle.ts'
import { IS_OF_SIGNED_OUT, isSignedOutSince } from './sign-out.ts'

/**
 * `spent`: used by as many as it was for, too old, or from before a browser was signed out. `ended`: the merchant has ended the
 * access that it would give.
 */
export type Redemption = 'redeemed' | 'spent' | 'ended' | 'unknown'

/** A code (its SHA-256, hex) for an order, by the order's id or one of its intents'. */
export interface RedemptionRequest {
  id: string
  codeHash: string
  now: number
  /** How long a wallet's code lasts after the payment or, while it is unpaid, after the order */
  walletLifeMs: number
}

// A code is for an order, or for all that a buyer holds.
const IS_FOR_ORDER = `
  (redemptions.order_id = orders.id
    OR orders.id IN (SELECT theirs.order_id FROM holders AS theirs WHERE theirs.buyer = redemptions.buyer))`

// The codes of an order's wallet are counted together, the merchant's each on its own: among the holders of the orders that it is
// for, and not with OR, for which PostgreSQL would read all holders.
const HOLDERS_BY_WALLET = `
  (SELECT COUNT(*) FROM holders WHERE holders.order_id = orders.id AND holders.acquired_by = 'redeemed')`

const HOLDERS_BY_CODE = `
  CASE WHEN redemptions.purpose = 'wallet'
    THEN ${HOLDERS_BY_WALLET}
    ELSE (
      SELECT COUNT(DISTINCT holders.buyer)
      FROM holders
      WHERE holders.redemption = @codeHash AND holders.order_id IN (
        SELECT orders.id
        UNION ALL
        SELECT theirs.order_id FROM holders AS theirs WHERE theirs.buyer = redemptions.buyer))
  END`

const EXPIRY = `
  COALESCE(redemptions.expires_at, @walletLifeMs + COALESCE(
    (SELECT MIN(payments.paid_at) FROM payments WHERE payments.order_id = orders.id), orders.created_at))`

// A code for one order may replace a lost browser, so it ends when the order's access has ended for everyone. A code for all that
// a buyer holds ends when none of that is open to them any more: the order in its address is only one of them.
const IS_ENDED = `
  CASE WHEN redemptions.buyer IS NULL THEN ${isRevoked('orders.id', 'NULL')}
    ELSE NOT EXISTS (
      SELECT 1 FROM holders AS theirs
      WHERE theirs.buyer = redemptions.buyer AND NOT ${isRevoked('theirs.order_id', 'theirs.buyer')}
        AND EXISTS (SELECT 1 FROM payments WHERE payments.order_id = theirs.order_id)) END`

const IS_REDEEMABLE = `
  redemptions.code_hash = @codeHash AND ${IS_FOR_ORDER} AND redemptions.holders_allowed > ${HOLDERS_BY_CODE}
    AND @now < ${EXPIRY} AND NOT (${IS_OF_SIGNED_OUT}) AND NOT (${IS_ENDED})`

// Of a row `theirs` of all that a code's buyer holds. What has ended for everyone is passed on: it may be restored for everyone.
// Counted, rather than EXISTS: PostgreSQL might answer that by reading all revocations once.
const IS_ENDED_FOR_BUYER = `
  (SELECT COUNT(*) FROM revocations
    WHERE revocations.order_id = theirs.order_id AND revocations.buyer = redemptions.buyer AND ${IS_IN_FORCE}) > 0`

const WALLET_EXPIRY = `
  (@walletLifeMs + (SELECT MIN(payments.paid_at) FROM payments WHERE payments.order_id = orders.id))`

// No index finds a wallet's codes by their order, so this goes without them: a request that was sent to Code has one.
const FIND_WALLET_LINK = `
  SELECT ${WALLET_EXPIRY} AS open_until
  FROM orders
  WHERE orders.id = @order
    AND EXISTS (SELECT 1 FROM intents WHERE intents.order_id = orders.id AND intents.sent_at IS NOT NULL)
    AND @walletHolders > ${HOLDERS_BY_WALLET} AND @now < ${WALLET_EXPIRY}
    AND NOT (${isSignedOutSince('(SELECT MIN(payments.paid_at) FROM payments WHERE payments.order_id = orders.id)')})`

const ADD_HOLDER = `
  INSERT INTO holders (order_id, buyer, held_since, acquired_by, redemption)
  SELECT theirs.order_id, @buyer, @now, CASE WHEN redemptions.purpose = 'wallet' THEN 'redeemed' ELSE 'linked' END,
    redemptions.code_hash
  FROM redemptions
  JOIN orders ON orders.id = ${ORDER_OF_ID}
  JOIN holders AS theirs ON theirs.buyer = COALESCE(redemptions.buyer, orders.buyer)
    AND (redemptions.buyer IS NOT NULL OR theirs.order_id = orders.id)
  WHERE ${IS_REDEEMABLE} AND NOT ${IS_ENDED_FOR_BUYER}
  ON CONFLICT (order_id, buyer) DO NOTHING`

// A window belongs to the order: a new holder gets the one that the buyer who ordered has.
const ENTITLE_HOLDER = `
  INSERT INTO entitlements (buyer, scope, order_id, from_day, until_day, created_at)
  SELECT holders.buyer, grants.scope, grants.order_id, theirs.from_day, theirs.until_day, @now
  FROM holders
  JOIN orders ON orders.id = holders.order_id
  JOIN grants ON grants.order_id = holders.order_id
  LEFT JOIN entitlements AS theirs
    ON theirs.buyer = orders.buyer AND theirs.scope = grants.scope AND theirs.order_id = grants.order_id
  WHERE holders.buyer = @buyer AND holders.redemption = @codeHash
    AND EXISTS (SELECT 1 FROM payments WHERE payments.order_id = grants.order_id)
  ON CONFLICT (buyer, scope, order_id) DO NOTHING`

// Only a link for all that a buyer holds can open more to somebody who holds the order already.
const OPENS_MORE = `
  EXISTS (
    SELECT 1
    FROM holders AS theirs
    LEFT JOIN holders AS own ON own.order_id = theirs.order_id AND own.buyer = @buyer
    WHERE theirs.buyer = redemptions.buyer AND own.buyer IS NULL AND NOT ${IS_ENDED_FOR_BUYER})`

const FIND_REDEMPTION = `
  SELECT
    CASE WHEN redemptions.purpose = 'wallet' THEN 'wallet' WHEN redemptions.buyer IS NULL THEN 'order' ELSE 'everything' END
      AS kind,
    CASE WHEN ${IS_REDEEMABLE} THEN 1 ELSE 0 END AS redeemable,
    CASE WHEN redemptions.code_hash IS NULL THEN 0 ELSE 1 END AS known,
    CASE WHEN ${OPENS_MORE} THEN 1 ELSE 0 END AS opens_more,
    CASE WHEN ${IS_ENDED} THEN 1 ELSE 0 END AS revoked,
    (SELECT COUNT(*) FROM holders
      WHERE holders.buyer = @buyer AND (holders.order_id = orders.id OR holders.redemption = @codeHash)) AS held
  FROM orders
  LEFT JOIN redemptions ON redemptions.code_hash = @codeHash AND ${IS_FOR_ORDER}
  WHERE orders.id = ${ORDER_OF_ID}`

/** What a link is for, and whether its code could be redeemed now by somebody who doesn't hold the order. */
export interface RedemptionLink {
  redemption: Redemption
  /** From the wallet for its order, or from the merchant: for an order, or for everything that a buyer holds */
  kind: 'wallet' | 'order' | 'everything'
  /** Whether this buyer holds the order, or something else by this code */
  isHeld: boolean
  /** Whether it could be redeemed now, and would give this buyer more than the order itself */
  opensMore: boolean
}

/** Looks at a link for a buyer; undefined: for a stranger. Changes nothing. */
export async function findRedemption(
  db: Database,
  request: RedemptionRequest & { buyer: string | undefined },
): Promise<RedemptionLink> {
  const [found] = await db.read(FIND_REDEMPTION, { ...request, buyer: request.buyer ?? '' })
  const isRedeemable = Number(found?.redeemable) === 1
  return {
    redemption: isRedeemable ? 'redeemed' : whyNot(found),
    kind: (found?.kind ?? 'order') as RedemptionLink['kind'],
    isHeld: isHeld(found),
    opensMore: isRedeemable && Number(found?.opens_more) === 1,
  }
}

/**
 * Finds the instant until which the link in the buyer's wallet opens a paid order in another browser, unless access ends for everyone;
 * undefined: it doesn't.
 */
export async function findWalletLink(
  db: Database,
  request: { order: string; walletHolders: number } & Pick<RedemptionRequest, 'now' | 'walletLifeMs'>,
): Promise<number | undefined> {
  const [found] = await db.read(FIND_WALLET_LINK, request)
  return numberOf(found?.open_until)
}

function whyNot(found: Row | undefined): Redemption {
  if (!found || Number(found.known) === 0) return 'unknown'
  return Number(found.revoked) === 1 ? 'ended' : 'spent'
}

// The lock is the one that settle takes: three redemptions are three, and none is missed by a payment at the same time.
const LOCK_HOLDERS = lockHoldersOf(ORDER_OF_ID)
const REDEEM = [ADD_HOLDER, ENTITLE_HOLDER, FIND_REDEMPTION]

/**
 * Makes this buyer a holder of the order or, by a code for all that another holds, of what is open to that one: the order in
 * the link's address may not be. A holder who redeems again uses up nothing.
 */
export async function redeem(
  db: Database,
  request: RedemptionRequest & { buyer: string },
): Promise<Redemption> {
  const results = await db.write(lockFirst(db, LOCK_HOLDERS, REDEEM), { ...request })
  const found = results.at(-1)?.[0]
  return isHeld(found) ? 'redeemed' : whyNot(found)
}

function isHeld(found: Row | undefined): boolean {
  return Number(found?.held) > 0
}
