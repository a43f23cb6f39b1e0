import type { Database } from '../database.ts'
import type { Parameters } from '../engines/driver.ts'
import { IS_HELD } from './access.ts'
import {
  type CouponUse,
  FIND_USE_LEFT,
  IS_USE_LEFT,
  LIFT_LIMIT,
  LOCK_USES,
  NoUseLeft,
  RESERVE_USE,
  RESERVE_USE_AGAIN,
} from './coupon-uses.ts'
import { writeWithDestination } from './destinations.ts'
import { ADD_INTENT } from './intents.ts'
import { lockFirst } from './locks.ts'
import {
  FIND_OPEN_ORDER,
  type Grant,
  type Moment,
  type OpenOrder,
  type OrderTerms,
  toOpenOrder,
} from './open-orders.ts'
import type { Instant } from './windows.ts'

/** An order to be stored with its first intent. */
export interface NewOrder extends OrderTerms {
  id: string
  buyer: string
  product: string
  kind: string
  title: string
  grants: readonly Grant[]
  /** The scope of which a buyer needs only one: none is ordered while it is held. Null: it may be bought again. */
  onlyOnce: string | null
  intent: string
  clientSecret: string
  /** How many times more rarely than others the intent is polled */
  pollFactor?: number
  /** Undefined if its coupon has no limit, or if it has none */
  couponUse?: CouponUse | undefined
}

// Lock first, so that a concurrent settlement commits before the statements below look for the entitlement.
const LOCK_OPEN_ORDER = `
  UPDATE open_orders
  SET offered_at = offered_at
  WHERE buyer = @buyer AND product = @product`

// Only a tab that still sees the open order it saw before may replace it: of two tabs, one wins. And nobody orders what
// they hold already, even when its payment arrives at this moment.
const claimOpenOrder = (condition: string) => `
  INSERT INTO open_orders (buyer, product, order_id, intent, offered_at)
  SELECT @buyer, @product, @id, @intent, @now
  WHERE NOT ${IS_HELD}${condition}
  ON CONFLICT (buyer, product) DO UPDATE
  SET order_id = excluded.order_id, intent = excluded.intent, offered_at = excluded.offered_at
  WHERE open_orders.intent = @replaced`

const IS_LEFT = ` AND ${IS_USE_LEFT}`
const CLAIM_OPEN_ORDER = claimOpenOrder('')
const CLAIM_WITH_COUPON = claimOpenOrder(IS_LEFT)

const IS_UNPAID = ' AND NOT EXISTS (SELECT 1 FROM payments WHERE payments.order_id = @id)'
const CLAIM_AGAIN = claimOpenOrder(IS_UNPAID)
const CLAIM_AGAIN_WITH_COUPON = claimOpenOrder(`${IS_UNPAID}${IS_LEFT}`)

const ADD_ORDER = `
  INSERT INTO orders (id, buyer, product, kind, title, list_hundredths, hundredths, currency, tax_rate, tax_hundredths,
    tax_label, coupon, created_at)
  SELECT @id, @buyer, @product, @kind, @title, @listHundredths, @hundredths, @currency, @taxRate, @taxHundredths,
    @taxLabel, @coupon, @now
  FROM open_orders
  WHERE buyer = @buyer AND product = @product AND order_id = @id`

// A buyer who holds the product by another order may still have an open one, which must not be offered.
const FIND_STORED = `${FIND_OPEN_ORDER} AND NOT ${IS_HELD}`

/** The statement that adds the grant whose parameters end in this number to the order @id. */
export const addGrant = (number: number) => `
  INSERT INTO grants (order_id, scope, days, calls)
  SELECT id, @scope${number}, @days${number}, @calls${number}
  FROM orders
  WHERE id = @id`

export const ADD_FIRST_HOLDER = `
  INSERT INTO holders (order_id, buyer, held_since, acquired_by)
  SELECT id, buyer, @now, 'ordered'
  FROM orders
  WHERE id = @id`

/**
 * Stores the order as the one that this buyer would pay now, in place of the one with the intent `replaced`, if any.
 * Resolves with the open order: the new one, or that of another tab which was faster; undefined if the buyer holds
 * `onlyOnce` by now. Throws NoUseLeft.
 */
export async function storeOrder(
  db: Database,
  { grants, pollFactor = 1, couponUse, ...order }: NewOrder,
  replaced: string | undefined,
  moment: Moment,
): Promise<OpenOrder | undefined> {
  const own = { pollFactor, replaced: replaced ?? null, ...order }
  const parameters = Object.assign(own, parametersOf(grants), moment)
  const statements = [
    couponUse ? CLAIM_WITH_COUPON : CLAIM_OPEN_ORDER,
    ADD_ORDER,
    ADD_INTENT,
    ...grants.map((_, number) => addGrant(number)),
    ADD_FIRST_HOLDER,
    FIND_STORED,
  ]
  return writeOpenOrder(db, { statements, reserve: RESERVE_USE }, parameters, couponUse)
}

/** An earlier order that its buyer would pay now after all. */
export interface OrderAgain extends Pick<NewOrder, 'onlyOnce' | 'couponUse'> {
  earlier: OpenOrder
}

/** Does as storeOrder with an order that is stored already: it becomes the one that its buyer would pay now, unless it is paid. */
export async function reopenOrder(
  db: Database,
  { earlier, onlyOnce, couponUse }: OrderAgain,
  replaced: string,
  { now, today }: Instant,
): Promise<OpenOrder | undefined> {
  const { id, buyer, product, intent, coupon, destination } = earlier
  const parameters = { id, buyer, product, intent, coupon, destination, onlyOnce, replaced, now, today }
  const statements = [couponUse ? CLAIM_AGAIN_WITH_COUPON : CLAIM_AGAIN, FIND_STORED]
  return writeOpenOrder(db, { statements, reserve: RESERVE_USE_AGAIN }, parameters, couponUse)
}

/** Runs a unit that ends with FIND_STORED, together with what the order's coupon needs. Throws NoUseLeft. */
async function writeOpenOrder(
  db: Database,
  { statements, reserve }: { statements: readonly string[]; reserve: readonly string[] },
  parameters: Parameters & { id: string; coupon: string | null; destination: string },
  couponUse: CouponUse | undefined,
): Promise<OpenOrder | undefined> {
  const locked = lockFirst(db, LOCK_OPEN_ORDER, statements)
  if (couponUse) return reserveAndWrite(db, locked, reserve, { ...parameters, ...couponUse })
  const unit = parameters.coupon === null ? locked : [LIFT_LIMIT, ...locked]
  const results = await writeWithDestination(db, unit, parameters)
  return toOpenOrder(results.at(-1))
}

// The coupon is locked first, as by a payment, which locks it before the open order.
async function reserveAndWrite(
  db: Database,
  statements: readonly string[],
  reserve: readonly string[],
  parameters: Parameters & { id: string; destination: string },
): Promise<OpenOrder | undefined> {
  const reserving = [...LOCK_USES, ...statements, ...reserve, FIND_USE_LEFT]
  const results = await writeWithDestination(db, reserving, parameters)
  const stored = toOpenOrder(results[reserving.indexOf(FIND_STORED)])
  if (stored?.id !== parameters.id && Number(results.at(-1)?.[0]?.is_left) === 0) throw new NoUseLeft()
  return stored
}

/** The parameters of `addGrant` for each of these grants. */
export function parametersOf(grants: readonly Grant[]): Record<string, string | number | null> {
  const entries = grants.flatMap((grant, number) =>
    Object.entries(grant).map(([name, value]) => [`${name}${number}`, value]),
  )
  return Object.fromEntries(entries)
}
