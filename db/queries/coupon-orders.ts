import type { Database } from '../database.ts'

const FIND_USED = `
  SELECT code
  FROM coupons
  WHERE code > @after
  ORDER BY code
  LIMIT @limit`

/** Finds the coupons that were ever paid with, or reserved, in the order of their codes: those after this one. */
export async function findUsedCoupons(db: Database, after: string, limit: number): Promise<string[]> {
  const rows = await db.read(FIND_USED, { after, limit })
  return rows.map(({ code }) => String(code))
}

/** An order that used a coupon. */
export interface CouponOrder {
  order: string
  title: string
  listHundredths: number
  hundredths: number
  currency: string
  paidAt: number
  isOver: boolean
}

const findOrders = (condition: string) => `
  SELECT orders.id, orders.title, orders.list_hundredths, orders.hundredths, orders.currency, payments.paid_at,
    uses.is_over
  FROM (
    SELECT order_id, payment, is_over
    FROM coupon_uses
    WHERE coupon = @coupon AND ${condition}
    ORDER BY payment DESC
    LIMIT @limit) AS uses
  JOIN orders ON orders.id = uses.order_id
  JOIN payments ON payments.id = uses.payment
  ORDER BY uses.payment DESC`

const FIND_NEWEST = findOrders('payment IS NOT NULL')
const FIND_OVER = findOrders('is_over = 1')

/** Finds the orders that used a coupon last, the newest payment first: all, or those over its limit. */
export async function findOrdersWithCoupon(
  db: Database,
  coupon: string,
  limit: number,
  isOver = false,
): Promise<CouponOrder[]> {
  const rows = await db.read(isOver ? FIND_OVER : FIND_NEWEST, { coupon, limit })
  return rows.map((row) => ({
    order: String(row.id),
    title: String(row.title),
    listHundredths: Number(row.list_hundredths),
    hundredths: Number(row.hundredths),
    currency: String(row.currency),
    paidAt: Number(row.paid_at),
    isOver: Number(row.is_over) === 1,
  }))
}
