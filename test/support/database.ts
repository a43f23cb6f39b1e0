import { createHash, randomUUID } from 'node:crypto'
import { type Database, type NewOrder, type Order, openDatabase, type PaymentEvent } from '../../db/index.ts'
import { sqlite } from './engines.ts'
import { later } from './workplace.ts'

export const NOW = Date.UTC(2026, 0, 1)
export const DESTINATION = 'E8otxw1CVX9bfyddKu3ZB3BVLa4VVF9J7CTPdnUwT9jR'

export type TestDatabase = Awaited<ReturnType<typeof aDatabase>>

/** An empty database of the test's own. */
export async function aDatabase(engine = sqlite) {
  const url = await engine.anEmptyDatabase()
  return {
    ...(await anInstance(url)),
    url,
    /** SQLite's file */
    path: url.replace(/^sqlite:/, ''),
    query: (sql: string) => engine.query(url, sql),
  }
}

/** The database at this URL as one more instance of the shop has it. */
export async function anInstance(url: string): Promise<Database> {
  const db = await openDatabase({ url, mode: 'sandbox' })
  later(() => db.close())
  return db
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
