import type { Driver } from '../engines/driver.ts'

const COUNT_HOLDERS = `
  SELECT COUNT(DISTINCT buyer) AS holders
  FROM entitlements
  WHERE scope = @scope`

/** Counts the buyers who have ever got a right to this scope. It reads all rights, so it is for a thread of its own. */
export async function countHolders(db: Pick<Driver, 'read'>, scope: string): Promise<number> {
  const [row] = await db.read(COUNT_HOLDERS, { scope })
  return Number(row?.holders ?? 0)
}
