import type { Database } from '../database.ts'
import { IDS_WITHOUT_TIME } from './ids.ts'

// There is no index of the times of payments and refunds, but their ids begin with them.
const newestOf = (table: string, at: string) => `
  (SELECT ${at} FROM ${table} WHERE id < @idsWithoutTime ORDER BY id DESC LIMIT 1)`

/** When the newest payment came; NULL if there is none. Takes @idsWithoutTime. */
export const NEWEST_PAYMENT_AT = newestOf('payments', 'paid_at')

const FIND_NEWEST = `
  SELECT (SELECT MAX(created_at) FROM orders) AS order_at,
    ${NEWEST_PAYMENT_AT} AS payment_at,
    ${newestOf('refunds', 'refunded_at')} AS refund_at`

/** Returns the time of the newest order, payment or refund, which another instance may have stored by a clock that is ahead; 0 if there is none. */
export async function findNewestTime(db: Database): Promise<number> {
  const [newest = {}] = await db.read(FIND_NEWEST, { idsWithoutTime: IDS_WITHOUT_TIME })
  return Math.max(...Object.values(newest).map(Number))
}
