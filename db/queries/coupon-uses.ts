import type { Database } from '../database.ts'

/** The use of a coupon that an order would take, as its unit of work has it: what limits it, and until when it is reserved. */
export interface CouponUse {
  /** How often the coupon may be used */
  uses: number
  /** The SHA-256 of the IP address (hex), and how many uses are reserved for one at most */
  address: string
  perAddress: number
  reservedUntil: number
}

/** The coupon has no use left for this order at the moment. Nothing was stored. */
export class NoUseLeft extends Error {
  override readonly name = 'NoUseLeft'
}

// A buyer's other order of the same product gives its reservation to the new one.
const IS_OWN = `(held.buyer = @buyer AND held.product = @product)`

const IS_RESERVED = `held.coupon = @coupon AND held.payment IS NULL AND held.reserved_until > @now`

/** Whether @buyer could use the coupon @coupon for @product: reserved and final uses are fewer than @uses. */
export const IS_USE_LEFT = `
  (COALESCE((SELECT coupons.taken FROM coupons WHERE coupons.code = @coupon), 0)
      + (SELECT COUNT(*) FROM coupon_uses AS held WHERE ${IS_RESERVED} AND NOT ${IS_OWN}) < CAST(@uses AS BIGINT)
    AND (SELECT COUNT(*) FROM coupon_uses AS held
      WHERE ${IS_RESERVED} AND NOT ${IS_OWN} AND held.buyer = @buyer) = 0
    AND (SELECT COUNT(*) FROM coupon_uses AS held
      WHERE ${IS_RESERVED} AND NOT ${IS_OWN} AND held.address = @address) < CAST(@perAddress AS BIGINT))`

// A coupon may have uses from before they were counted without a limit, too.
const ADD_COUPON = `
  INSERT INTO coupons (code, uses, taken)
  SELECT @coupon, @uses, (
    SELECT COUNT(*) FROM coupon_uses
    WHERE coupon_uses.coupon = @coupon AND coupon_uses.payment IS NOT NULL AND coupon_uses.is_over = 0)
  WHERE NOT EXISTS (SELECT 1 FROM coupons WHERE coupons.code = @coupon)
  ON CONFLICT (code) DO NOTHING`

const LOCK_COUPON = `
  UPDATE coupons
  SET uses = @uses
  WHERE code = @coupon`

/** What a unit does that orders with a coupon without a limit: it may have had one before. */
export const LIFT_LIMIT = `
  UPDATE coupons
  SET uses = NULL
  WHERE code = @coupon AND uses IS NOT NULL`

const DELETE_ENDED = `
  DELETE FROM coupon_uses
  WHERE coupon = @coupon AND payment IS NULL AND reserved_until <= @now`

// What is passed on below is locked before the open order, as by a unit that renews both.
const LOCK_OWN_USE = `
  UPDATE coupon_uses
  SET reserved_until = reserved_until
  WHERE coupon = @coupon AND buyer = @buyer AND payment IS NULL`

/** What comes first in a unit that takes a use: from here on, no other unit reserves or takes one. */
export const LOCK_USES = [ADD_COUPON, LOCK_COUPON, DELETE_ENDED, LOCK_OWN_USE]

// A use that its order has taken already stays that order's.
const reserveUse = (isOrdered: string) => [
  `
  DELETE FROM coupon_uses
  WHERE coupon = @coupon AND buyer = @buyer AND payment IS NULL AND ${isOrdered}`,
  `
  INSERT INTO coupon_uses (order_id, coupon, buyer, product, address, reserved_until)
  SELECT id, coupon, buyer, product, @address, @reservedUntil
  FROM orders
  WHERE id = @id AND ${isOrdered}
  ON CONFLICT (order_id) DO NOTHING`,
]

/** Reserves a use for the order @id, if that was stored just now. */
export const RESERVE_USE = reserveUse('EXISTS (SELECT 1 FROM orders WHERE orders.id = @id)')

/** Reserves a use for the order @id, if that is the one that its buyer would pay now. */
export const RESERVE_USE_AGAIN = reserveUse(`
  EXISTS (
    SELECT 1 FROM open_orders
    WHERE open_orders.buyer = @buyer AND open_orders.product = @product AND open_orders.order_id = @id)`)

/** Renews the reservation of the order @order together with its offer, unless it is final or went to another order. */
export const RENEW_USE = `
  UPDATE coupon_uses
  SET reserved_until = @reservedUntil
  WHERE order_id = @order AND payment IS NULL`

/** Whether a use is left, read at the end of the unit. */
export const FIND_USE_LEFT = `
  SELECT CASE WHEN ${IS_USE_LEFT} THEN 1 ELSE 0 END AS is_left`

/** Returns whether this buyer, if anybody, could use a coupon for a product now. */
export async function isUseLeft(
  db: Database,
  about: { coupon: string; buyer: string; product: string } & Omit<CouponUse, 'reservedUntil'>,
  now: number,
): Promise<boolean> {
  const [row] = await db.read(FIND_USE_LEFT, { ...about, now })
  return Number(row?.is_left) === 1
}

/** How a coupon was used so far. */
export interface CouponStanding {
  coupon: string
  /** Final uses within the limit, and payments that came when none was left */
  taken: number
  over: number
  /** Reserved now */
  reserved: number
}

const countUses = (condition: string) => `
  (SELECT COUNT(*) FROM (SELECT 1 FROM coupon_uses WHERE coupon = @coupon AND ${condition} LIMIT @most) AS counted)`

const FIND_STANDING = `
  SELECT
    COALESCE((SELECT taken FROM coupons WHERE code = @coupon),
      ${countUses('payment IS NOT NULL AND is_over = 0')}) AS taken,
    ${countUses('payment IS NOT NULL AND is_over = 1')} AS over_limit,
    ${countUses('payment IS NULL AND reserved_until > @now')} AS reserved`

/** Finds how a coupon was used. Counts no further than `most`, but for what a coupon with a limit has taken. */
export async function findCouponStanding(
  db: Database,
  coupon: string,
  most: number,
  now: number,
): Promise<CouponStanding> {
  const [row] = await db.read(FIND_STANDING, { coupon, most, now })
  return {
    coupon,
    taken: Number(row?.taken),
    over: Number(row?.over_limit),
    reserved: Number(row?.reserved),
  }
}
