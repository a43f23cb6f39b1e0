import { randomBytes } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { PublicKey } from '@code-wallet/keys'
import Sqlite from 'better-sqlite3'
import { openDatabase } from '../../../db/index.ts'
import { claimsOf, signed } from '../../../scripts/support/tokens.ts'
import type { SandboxProcess } from './processes.ts'
import { type Answer, send } from './send.ts'

const DESTINATION = 'E8otxw1CVX9bfyddKu3ZB3BVLa4VVF9J7CTPdnUwT9jR'

const ATTEMPTS = 20

export interface Offer {
  id: string
  amount: number
  currency: string
  destination: string
}

/** A browser that was never here before presses the button. */
export async function order(port: number, product = 'article'): Promise<{ answer: Answer; offer?: Offer }> {
  const answer = await send(port, 'POST', '/create-intent', { json: { product } })
  return answer.status === 200 ? { answer, offer: JSON.parse(answer.text) } : { answer }
}

/** The same until it works: a buyer whose order fails on a busy machine tries again. */
export async function mustOrder(port: number, product?: string): Promise<Offer> {
  for (let attempt = 1; ; attempt++) {
    const { answer, offer } = await order(port, product)
    if (offer) return offer
    if (attempt === ATTEMPTS)
      throw new Error(`an order was answered ${answer.status}: ${answer.text.slice(0, 300)}`)
    await delay(500)
  }
}

/** What the sequencer would post once this is paid. */
export function tokenFor(offer: Offer, sandbox: Pick<SandboxProcess, 'key'>): string {
  return signed(claimsOf(offer), sandbox.key)
}

/** One delivery of a webhook. */
export function deliver(port: number, token: string, alone = false): Promise<Answer> {
  return send(port, 'POST', '/webhook', {
    headers: { 'Content-Type': 'application/jwt' },
    body: token,
    alone,
  })
}

/** Unpaid orders, each of a buyer of its own, written straight into the database of a shop that isn't running. */
export async function seedOrders(databaseFile: string, count: number): Promise<Offer[]> {
  await (await openDatabase({ url: `sqlite:${databaseFile}`, mode: 'sandbox' })).close() // makes the tables
  const file = new Sqlite(databaseFile)
  const now = Date.now()
  const addBuyer = file.prepare('INSERT INTO buyers (id, created_at) VALUES (@id, @now)')
  const addOrder = file.prepare(`
    INSERT INTO orders (id, buyer, product, kind, title, list_hundredths, hundredths, currency, created_at)
    VALUES (@id, @id, 'article', 'article', 'An article', @amount, @amount, @currency, @now)`)
  const addIntent = file.prepare(`
    INSERT INTO intents (id, order_id, hundredths, currency, destination, client_secret, created_at)
    VALUES (@id, @id, @amount, @currency, @destination, 'none', @now)`)
  const addGrant = file.prepare(`INSERT INTO grants (order_id, scope) VALUES (@id, 'product:article')`)
  const addHolder = file.prepare(`
    INSERT INTO holders (order_id, buyer, held_since, acquired_by)
    VALUES (@id, @id, @now, 'ordered')`)
  const offers = Array.from({ length: count }, anOffer)
  const seed = file.transaction(() => {
    for (const offer of offers)
      for (const add of [addBuyer, addOrder, addIntent, addGrant, addHolder]) add.run({ ...offer, now })
  })
  seed()
  file.close()
  return offers
}

function anOffer(): Offer {
  return {
    id: new PublicKey(randomBytes(32)).toBase58(),
    amount: 25,
    currency: 'usd',
    destination: DESTINATION,
  }
}

/** Runs so many of `work` at the same time until `isOver`, and resolves when the last one has ended. */
export async function atOnce(count: number, isOver: () => boolean, work: () => Promise<void>): Promise<void> {
  async function goOn(): Promise<void> {
    while (!isOver()) await work()
  }
  await Promise.all(Array.from({ length: count }, goOn))
}
