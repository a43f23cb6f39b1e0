import type { Driver } from './engines/driver.ts'

/** Writes what is missing of the rights of an order's holders, if it is paid: after a payment, and after a redemption. */
export const ENTITLE_HOLDERS = `
  INSERT INTO entitlements (buyer, product, intent, valid_from)
  SELECT holders.buyer, orders.product, orders.intent, @now
  FROM payments
  JOIN orders ON orders.intent = payments.intent
  JOIN holders ON holders.intent = payments.intent
  WHERE payments.intent = @intent
  ON CONFLICT (buyer, product, intent) DO NOTHING`

/** Of a row of `entitlements`: the right has not ended at `@now`. */
export const IS_VALID = `(entitlements.valid_until IS NULL OR entitlements.valid_until > @now)`

const HOLDS_ENTITLEMENT = `
  SELECT 1 AS entitled
  FROM entitlements
  WHERE buyer = @buyer AND product = @product AND ${IS_VALID}
  LIMIT 1`

export function entitlementQueries(driver: Driver) {
  /** Whether this buyer has this product now: there is nothing to order then. */
  async function holdsEntitlement(buyer: string, product: string, now: number): Promise<boolean> {
    const rows = await driver.read(HOLDS_ENTITLEMENT, { buyer, product, now })
    return rows.length > 0
  }

  return { holdsEntitlement }
}
