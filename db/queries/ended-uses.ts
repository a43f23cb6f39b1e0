import type { Database } from '../database.ts'

const IS_ENDED = 'payment IS NULL AND reserved_until <= @now'

const FIND_ENDED = `
  SELECT order_id
  FROM coupon_uses
  WHERE ${IS_ENDED}
  LIMIT @limit`

// One by one, so that no unit waits for two of them.
const FORGET_USE = `
  DELETE FROM coupon_uses
  WHERE order_id = @order AND ${IS_ENDED}`

/** Deletes up to `limit` reservations of coupons that have ended, with the hashes of their addresses. */
export async function forgetEndedUses(
  db: Database,
  { now, limit }: { now: number; limit: number },
): Promise<void> {
  const rows = await db.read(FIND_ENDED, { now, limit })
  await Promise.all(
    rows.map(({ order_id: order }) => db.write([FORGET_USE], { order: order as string, now })),
  )
}
