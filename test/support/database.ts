import { createHash, randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { type Database, type NewOrder, type Order, openDatabase, type PaymentEvent } from '../../db/index.ts'
import { aFolder, later } from './workplace.ts'

export const NOW = Date.UTC(2026, 0, 1)
export const DESTINATION = 'E8otxw1CVX9bfyddKu3ZB3BVLa4VVF9J7CTPdnUwT9jR'

/** An empty database in a file of its own. */
export async function aDatabase(path = join(aFolder(), 'shop.db')): Promise<Database & { path: string }> {
  const db = await openDatabase({ url: `sqlite:${path}`, mode: 'sandbox' })
  later(() => db.close())
  return { ...db, path }
}

export const hashOf = (text: string) => createHash('sha256').update(text).digest('hex')

/** A buyer in a browser of his own. */
export function aBuyer(db: Database): Promise<string> {
  return db.ensureBuyer(hashOf(randomUUID()), NOW)
}

export function aNewOrder(changes: Partial<NewOrder> & { buyer: string }): NewOrder {
  const intent = changes.intent ?? `intent-${randomUUID()}`
  return {
    intent,
    product: 'article',
    title: 'An article',
    hundredths: 25,
    currency: 'usd',
    destination: DESTINATION,
    clientSecret: `secret of ${intent}`,
    ...changes,
  }
}

/** Places the order, in place of `replaced`. Throws if the buyer has the product already. */
export async function placeOrder(
  db: Database,
  order: NewOrder,
  replaced?: string,
  now = NOW,
): Promise<Order> {
  const placed = await db.placeOrder(order, replaced, now)
  if (!placed) throw new Error('the buyer has it already')
  return placed
}

/** The event that pays this order, unless it is changed. */
export function anEvent(order: { intent: string }, changes: Partial<PaymentEvent> = {}): PaymentEvent {
  const event = {
    intent: order.intent,
    currency: 'usd',
    hundredths: 25,
    destination: DESTINATION,
    state: 'SUBMITTED',
    quarks: 2_800_000,
    exchangeRate: 0.00000893,
    user: null,
    ...changes,
  }
  const jws = changes.jws ?? JSON.stringify(event)
  return { ...event, jws, digest: hashOf(jws) }
}
