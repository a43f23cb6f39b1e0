import type { Database } from '../database.ts'
import { FIND_HELD, IS_HELD } from './access.ts'
import { type CouponUse, IS_USE_LEFT, LOCK_USES, NoUseLeft, RESERVE_USE } from './coupon-uses.ts'
import { newId } from './ids.ts'
import { lockFirst } from './locks.ts'
import { ADD_FIRST_HOLDER, addGrant, type NewOrder, parametersOf } from './orders.ts'
import { ANNOUNCE_PAYMENT, withAlerts } from './outbox.ts'
import { entitleHoldersOf } from './settle.ts'
import type { Instant } from './windows.ts'

/** An order that costs nothing, so it has no intent. */
export type FreeOrder = Omit<
  NewOrder,
  'intent' | 'clientSecret' | 'pollFactor' | 'couponUse' | 'hundredths'
> & {
  coupon: string
  couponUse: CouponUse
}

// The lock that a settlement takes, so that nobody gets for nothing what is being paid.
const LOCK_BUYER = `
  UPDATE buyers
  SET created_at = created_at
  WHERE id = @buyer`

const FIND_LATEST = `
  SELECT id
  FROM orders
  WHERE buyer = @buyer AND product = @product AND hundredths = 0 AND coupon = @coupon AND created_at > @since
  ORDER BY created_at DESC
  LIMIT 1`

const ADD_ORDER = `
  INSERT INTO orders (id, buyer, product, kind, title, list_hundredths, hundredths, currency, tax_rate, tax_label, coupon,
    created_at)
  SELECT @id, buyers.id, @product, @kind, @title, @listHundredths, 0, @currency, @taxRate, @taxLabel, @coupon, @now
  FROM buyers
  WHERE buyers.id = @buyer AND ${IS_USE_LEFT} AND NOT EXISTS (${FIND_LATEST}) AND NOT ${IS_HELD}`

const PAY_NOTHING = `
  INSERT INTO payments (id, order_id, proof, hundredths, currency, product, coupon, paid_at)
  SELECT @paymentId, id, 'free', 0, currency, product, coupon, @now
  FROM orders
  WHERE id = @id`

const CLOSE_OFFER_OF_PRODUCT = `
  DELETE FROM open_orders
  WHERE buyer = @buyer AND product = @product AND EXISTS (SELECT 1 FROM orders WHERE orders.id = @id)`

/**
 * Stores an order that costs nothing, together with what stands for its payment: from here on it is like any other paid
 * order. Resolves with its id, or with that of the same order from after `since`, which a double click has stored; undefined if the
 * buyer holds `onlyOnce` by now. Throws NoUseLeft.
 */
export async function storeFreeOrder(
  db: Database,
  { grants, couponUse, ...order }: FreeOrder,
  { now, today, since }: Instant & { since: number },
): Promise<string | undefined> {
  const statements = lockFirst(db, LOCK_BUYER, [
    ...LOCK_USES,
    ADD_ORDER,
    ...RESERVE_USE,
    ...grants.map((_, number) => addGrant(number)),
    ADD_FIRST_HOLDER,
    PAY_NOTHING,
    entitleHoldersOf('@id'),
    CLOSE_OFFER_OF_PRODUCT,
    FIND_LATEST,
    FIND_HELD,
  ])
  const results = await db.write(withAlerts(db, statements, ANNOUNCE_PAYMENT), {
    ...order,
    ...couponUse,
    ...parametersOf(grants),
    now,
    today,
    since,
    paymentId: newId(now),
  })
  const [latest] = results[statements.indexOf(FIND_LATEST)] ?? []
  if (latest) return String(latest.id)
  if (results[statements.indexOf(FIND_HELD)]?.length === 1) return undefined
  throw new NoUseLeft()
}

/** Finds the buyer's latest order that cost nothing with this coupon, if it is from after `since`. */
export async function findFreeOrder(
  db: Database,
  about: { buyer: string; product: string; coupon: string; since: number },
): Promise<string | undefined> {
  const [latest] = await db.read(FIND_LATEST, about)
  return latest && String(latest.id)
}
