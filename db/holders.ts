import type { Driver, Row } from './engines/driver.ts'
import { ENTITLE_HOLDERS, IS_VALID } from './entitlements.ts'

const REDEEMED_HOLDERS = 3 // a forwarded link never gives more than it was for
const REDEEMABLE_MS = 24 * 3_600_000 // after the payment, or after the order while it is unpaid

/** An order as its holder sees it. `hundredths` of `currency`; instants in milliseconds since 1970. */
export interface HeldOrder {
  intent: string
  product: string
  title: string
  hundredths: number
  currency: string
  createdAt: number
  /** undefined while unpaid */
  paidAt: number | undefined
}

export type Redemption = 'redeemed' | 'spent' | 'unknown'

const HELD_COLUMNS = `
  orders.intent, orders.product, orders.title, orders.hundredths, orders.currency, orders.created_at,
  payments.paid_at`

const FIND_HELD_ORDER = `
  SELECT ${HELD_COLUMNS}
  FROM holders
  JOIN orders ON orders.intent = holders.intent
  LEFT JOIN payments ON payments.intent = holders.intent
  WHERE holders.intent = @intent AND holders.buyer = @buyer`

const FIND_PURCHASES = `
  SELECT ${HELD_COLUMNS}
  FROM holders
  JOIN orders ON orders.intent = holders.intent
  JOIN payments ON payments.intent = holders.intent
  WHERE holders.buyer = @buyer
  ORDER BY payments.paid_at DESC, orders.intent
  LIMIT @limit`

const FIND_PURCHASE = `
  SELECT ${HELD_COLUMNS}
  FROM entitlements
  JOIN orders ON orders.intent = entitlements.intent
  JOIN payments ON payments.intent = entitlements.intent
  WHERE entitlements.buyer = @buyer AND entitlements.product = @product
    AND ${IS_VALID}
  ORDER BY payments.paid_at DESC, orders.intent
  LIMIT 1`

// The lock on the order's row, so that three redemptions are three and a payment at the same time misses none. Not by
// its key: whatever refers to the order would be looked through.
const LOCK_ORDER = `
  UPDATE orders
  SET title = title
  WHERE intent = @intent`

const REDEEMABLE = `
  EXISTS (SELECT 1 FROM redemptions WHERE redemptions.code_hash = @codeHash AND redemptions.intent = orders.intent)
    AND (SELECT COUNT(*) FROM holders
      WHERE holders.intent = orders.intent AND holders.how = 'redeemed') < ${REDEEMED_HOLDERS}
    AND @now < ${REDEEMABLE_MS} + COALESCE(
      (SELECT payments.paid_at FROM payments WHERE payments.intent = orders.intent), orders.created_at)`

const ADD_HOLDER = `
  INSERT INTO holders (intent, buyer, since_at, how)
  SELECT orders.intent, @buyer, @now, 'redeemed'
  FROM orders
  WHERE orders.intent = @intent AND ${REDEEMABLE}
  ON CONFLICT (intent, buyer) DO NOTHING`

const FIND_REDEMPTION = `
  SELECT
    CASE WHEN ${REDEEMABLE} THEN 1 ELSE 0 END AS redeemable,
    (SELECT COUNT(*) FROM redemptions
      WHERE redemptions.code_hash = @codeHash AND redemptions.intent = orders.intent) AS known,
    (SELECT COUNT(*) FROM holders WHERE holders.intent = orders.intent AND holders.buyer = @buyer) AS held
  FROM orders
  WHERE orders.intent = @intent`

export function holderQueries(driver: Driver) {
  /** The order, if this buyer holds it. */
  async function findHeldOrder(intent: string, buyer: string): Promise<HeldOrder | undefined> {
    const [row] = await driver.read(FIND_HELD_ORDER, { intent, buyer })
    return row && toHeldOrder(row)
  }

  /** Paid orders that this buyer holds, newest first. */
  async function findPurchases(buyer: string, limit: number): Promise<HeldOrder[]> {
    const rows = await driver.read(FIND_PURCHASES, { buyer, limit })
    return rows.map(toHeldOrder)
  }

  /** The gate's question: may this buyer have this product now? If so, the newest paid order by which he has it. */
  async function findPurchase(buyer: string, product: string, now: number): Promise<HeldOrder | undefined> {
    const [row] = await driver.read(FIND_PURCHASE, { buyer, product, now })
    return row && toHeldOrder(row)
  }

  /** Whether a code (its SHA-256, hex) could be redeemed now by somebody who doesn't hold the order. Changes nothing. */
  async function findRedemption(intent: string, codeHash: string, now: number): Promise<Redemption> {
    const [found] = await driver.read(FIND_REDEMPTION, { intent, codeHash, buyer: '', now })
    if (!found || Number(found.known) === 0) return 'unknown'
    return Number(found.redeemable) === 1 ? 'redeemed' : 'spent'
  }

  /** Makes this buyer a holder of this order. A holder who redeems again uses up nothing. */
  async function redeem(intent: string, codeHash: string, buyer: string, now: number): Promise<Redemption> {
    const statements = [LOCK_ORDER, ADD_HOLDER, ENTITLE_HOLDERS, FIND_REDEMPTION]
    const results = await driver.write(statements, { intent, codeHash, buyer, now })
    const found = results[3]?.[0]
    if (Number(found?.held) === 1) return 'redeemed'
    return !found || Number(found.known) === 0 ? 'unknown' : 'spent'
  }

  return { findHeldOrder, findPurchases, findPurchase, findRedemption, redeem }
}

function toHeldOrder(row: Row): HeldOrder {
  return {
    intent: row.intent as string,
    product: row.product as string,
    title: row.title as string,
    hundredths: Number(row.hundredths),
    currency: row.currency as string,
    createdAt: Number(row.created_at),
    paidAt: row.paid_at === null ? undefined : Number(row.paid_at),
  }
}
