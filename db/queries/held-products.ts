import type { Driver } from '../engines/driver.ts'
import { isUnrevoked } from './order-states.ts'

const COUNT_HOLDERS = `
  SELECT COUNT(DISTINCT buyer) AS holders
  FROM entitlements
  WHERE scope = @scope AND ${isUnrevoked('entitlements')}`

/** Counts the buyers whose right to this scope the merchant has not ended. It reads all rights, so it is for a thread of its own. */
export async function countHolders(db: Pick<Driver, 'read'>, scope: string): Promise<number> {
  const [row] = await db.read(COUNT_HOLDERS, { scope })
  return Number(row?.holders ?? 0)
}
