import type { Database } from '../database.ts'
import type { Driver } from '../engines/driver.ts'
import { IS_VALID } from './access.ts'
import { isUnrevoked } from './order-states.ts'
import { scopeOfProduct } from './scopes.ts'

const RIGHTS_AT_ONCE = 10_000 // read in a fraction of the time that PostgreSQL's reader has

/** Of a row of `entitlements`: the product whose order gave it, looked up by its key. */
const PRODUCT_OF_RIGHT = `
  (SELECT orders.product FROM orders WHERE orders.id = entitlements.order_id)`

// Not EXISTS, for which PostgreSQL may read all allowances. A right without one has no calls to use up.
const HAS_CALLS_LEFT = `
  COALESCE((SELECT calls_left FROM allowances WHERE allowances.order_id = entitlements.order_id), 1) > 0`

const HOLDS_PRODUCT = `
  SELECT 1 AS held
  FROM sessions
  JOIN entitlements ON entitlements.buyer = sessions.buyer
  WHERE sessions.secret_hash = @secretHash AND ${PRODUCT_OF_RIGHT} = @product AND ${IS_VALID}
    AND ${HAS_CALLS_LEFT}
  LIMIT 1`

const FIND_LAST_BUYER = `
  SELECT MAX(part.buyer) AS buyer
  FROM (SELECT buyer FROM entitlements WHERE buyer > @after ORDER BY buyer LIMIT ${RIGHTS_AT_ONCE}) AS part`

// Most rights are to products themselves, and name them. The orders of the others, which are passes and calls, are looked up.
const IS_OF_PRODUCT = `
  (entitlements.scope = @scope
    OR (entitlements.scope NOT LIKE '${scopeOfProduct('%')}' AND ${PRODUCT_OF_RIGHT} = @product
      AND (entitlements.until_day IS NULL OR entitlements.until_day > @today) AND ${HAS_CALLS_LEFT}))`

const COUNT_HOLDERS = `
  SELECT COUNT(DISTINCT buyer) AS holders
  FROM entitlements
  WHERE buyer > @after AND buyer <= @last AND ${IS_OF_PRODUCT} AND ${isUnrevoked('entitlements')}`

/**
 * Counts the buyers who have what orders of this product gave, and whose right the merchant has not ended: to the product itself,
 * a pass that isn't over on the local day `today`, or calls. Yields how many there are in each part of all rights. It reads
 * all of them, so it is for a thread of its own.
 */
export async function* countHolders(
  db: Pick<Driver, 'read'>,
  { product, today }: { product: string; today: number },
): AsyncGenerator<number, void> {
  const scope = scopeOfProduct(product)
  let after = ''
  for (;;) {
    const [found] = await db.read(FIND_LAST_BUYER, { after })
    if (typeof found?.buyer !== 'string') return
    const [row] = await db.read(COUNT_HOLDERS, { scope, product, today, after, last: found.buyer })
    yield Number(row?.holders)
    after = found.buyer
  }
}

/**
 * Returns whether the browser whose secret has this SHA-256 (hex) has a right now that an order of this product gave, whatever it
 * opens.
 */
export async function holdsProduct(
  db: Database,
  secretHash: string,
  product: string,
  today: number,
): Promise<boolean> {
  const rows = await db.read(HOLDS_PRODUCT, { secretHash, product, today })
  return rows.length > 0
}
