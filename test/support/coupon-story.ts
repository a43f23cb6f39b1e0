import { expect } from '@jest/globals'
import { findCouponStanding } from '../../db/index.ts'
import {
  aModelOfUses,
  type CouponModel,
  mayReserve,
  payUse,
  renewUse,
  reserveUse,
  standingOf,
} from './coupon-model.ts'
import { column, rows } from './file-rows.ts'
import type { TestShop } from './shop.ts'

const USES = 4
const PER_ADDRESS = 3
const OFFER_LIFE_MS = 3_600_000
const ADDRESS = 'of all browsers'
const MOST = 1_000

/** The coupon of a shop that is told as a story, and what it lowers. */
export const COUPON = 'SPRING'
export const COUPON_FILE = `${COUPON}:\n  off: 20%\n  uses: ${USES}\n`

export const aStoryOfCoupon = (): CouponModel => aModelOfUses(USES, PER_ADDRESS)

/** Whether a buyer would get the coupon for a product now. */
export const isUsable = (model: CouponModel, shop: TestShop, buyer: string, product: string) =>
  mayReserve(model, { buyer, product, address: ADDRESS }, shop.clock.now())

interface CouponRow {
  id: string
  buyer: string
  product: string
  at: number
}

/** Takes what has happened since into the model: orders, offers that were renewed, then payments. */
export async function assertUses(model: CouponModel, shop: TestShop, known: Set<string>): Promise<void> {
  const ordered = `SELECT id, buyer, product, created_at AS at FROM orders WHERE coupon = ? ORDER BY created_at, id`
  for (const { id, at, ...order } of unknown(known, rows(shop, ordered, COUPON))) {
    const reservation = { ...order, address: ADDRESS }
    expect([id, mayReserve(model, reservation, at)]).toEqual([id, true])
    reserveUse(model, id, { ...reservation, until: at + OFFER_LIFE_MS }, at)
  }
  const offered = `SELECT orders.id, offered_at AS at FROM open_orders JOIN orders ON orders.id = order_id WHERE coupon = ?`
  for (const { id, at } of rows(shop, offered, COUPON) as CouponRow[]) renewUse(model, id, at + OFFER_LIFE_MS)
  const paid = `SELECT payments.id, order_id AS product, paid_at AS at FROM payments JOIN orders ON orders.id = order_id
    WHERE orders.coupon = ? ORDER BY paid_at, payments.id`
  for (const { product: order, at } of unknown(known, rows(shop, paid, COUPON))) payUse(model, order, at)
  const now = shop.clock.now()
  const standing = standingOf(model, now)
  expect(await findCouponStanding(shop.db, COUPON, MOST, now)).toEqual({ coupon: COUPON, ...standing })
  expect(standing.taken + standing.reserved).toBeLessThanOrEqual(USES)
  const final = `SELECT COUNT(DISTINCT order_id) FROM payments JOIN orders ON orders.id = order_id WHERE orders.coupon = ?`
  expect(column(shop, final, COUPON)).toEqual([standing.taken + standing.over])
}

function unknown(known: Set<string>, found: unknown[]): CouponRow[] {
  const fresh = (found as CouponRow[]).filter(({ id }) => !known.has(id))
  for (const { id } of fresh) known.add(id)
  return fresh
}
