import type { Driver } from '../engines/driver.ts'
import { isUnrevoked } from './order-states.ts'

const RIGHTS_AT_ONCE = 10_000 // read in a fraction of the time that PostgreSQL's reader has

const FIND_LAST_BUYER = `
  SELECT MAX(part.buyer) AS buyer
  FROM (SELECT buyer FROM entitlements WHERE buyer > @after ORDER BY buyer LIMIT ${RIGHTS_AT_ONCE}) AS part`

const COUNT_HOLDERS = `
  SELECT COUNT(DISTINCT buyer) AS holders
  FROM entitlements
  WHERE buyer > @after AND buyer <= @last AND scope = @scope AND ${isUnrevoked('entitlements')}`

/**
 * Counts the buyers whose right to this scope the merchant has not ended: yields how many there are in each part of all rights.
 * It reads all of them, so it is for a thread of its own.
 */
export async function* countHolders(db: Pick<Driver, 'read'>, scope: string): AsyncGenerator<number, void> {
  let after = ''
  for (;;) {
    const [found] = await db.read(FIND_LAST_BUYER, { after })
    if (typeof found?.buyer !== 'string') return
    const [row] = await db.read(COUNT_HOLDERS, { scope, after, last: found.buyer })
    yield Number(row?.holders)
    after = found.buyer
  }
}
