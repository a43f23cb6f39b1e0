import { createHash, randomBytes } from 'node:crypto'
import { PublicKey } from '@code-wallet/keys'
import Sqlite from 'better-sqlite3'
import pg from 'pg'
import { newBuyerId } from '../db/buyers.ts'
import { aSequencerKey, claimsOf, signed } from '../scripts/support/tokens.ts'
import { httpRequest } from './load.ts'

export const DESTINATION = 'E8otxw1CVX9bfyddKu3ZB3BVLa4VVF9J7CTPdnUwT9jR'
export const PRODUCT = 'how-this-shop-works'
const HOUR_MS = 3_600_000
const TOGETHER = 1_000

/** The sequencer's key pair, as the benchmarks have one. */
export const sequencerKey = aSequencerKey()

/** An order to be paid: what /create-intent would have stored, and told the browser. */
export interface OpenOrder {
  id: string
  amount: number
  currency: string
  destination: string
  /** Of its buyer's browser */
  cookie: string
}

type Rows = Record<string, Record<string, string | number>>

/**
 * Writes so many unpaid orders, each of another buyer, one a millisecond, straight into the shop's database. By tables,
 * a thousand orders at a time, so that the shop never waits long.
 */
export async function addOpenOrders(databaseUrl: string, count: number): Promise<OpenOrder[]> {
  const orders = Array.from({ length: count }, newOrder)
  const beganAt = Date.now() - count
  const rows = orders.map((order, index) => rowsOf(order, beganAt + index))
  const add = databaseUrl.startsWith('sqlite:') ? addToSqlite : addToPostgres
  for (let from = 0; from < count; from += TOGETHER) await add(databaseUrl, rows.slice(from, from + TOGETHER))
  return orders
}

function newOrder(): OpenOrder {
  return {
    id: new PublicKey(randomBytes(32)).toBase58(),
    amount: 5,
    currency: 'usd',
    destination: DESTINATION,
    cookie: randomBytes(16).toString('hex'),
  }
}

/** The same rows that the shop itself writes, from the buyer's browser to the redemption code, a row a table. */
function rowsOf({ id: intent, amount, currency, destination, cookie }: OpenOrder, now: number): Rows {
  const buyer = newBuyerId(now)
  return {
    buyers: { id: buyer, created_at: now },
    sessions: { secret_hash: sha256(cookie), buyer, created_at: now },
    orders: {
      intent,
      buyer,
      product: PRODUCT,
      title: 'How this shop works',
      hundredths: amount,
      currency,
      destination,
      client_secret: '2vN7aQ8sT1xYzAbC',
      created_at: now,
      confirmed_at: now,
      next_check_at: now + 2 * HOUR_MS, // nobody is there to be asked
    },
    open_orders: { buyer, product: PRODUCT, intent, offered_at: now },
    holders: { intent, buyer, since_at: now, how: 'ordered' },
    redemptions: { code_hash: sha256(`code of ${intent}`), intent, created_at: now },
  }
}

function addToSqlite(url: string, orders: Rows[]): void {
  const database = new Sqlite(url.replace('sqlite:', ''), { timeout: 10_000 })
  const statements = Object.entries(orders[0] ?? {}).map(([table, row]) => {
    const columns = Object.keys(row)
    return {
      table,
      insert: database.prepare(`INSERT INTO ${table} (${columns}) VALUES (@${columns.join(', @')})`),
    }
  })
  database.transaction(() => {
    for (const rows of orders) for (const { table, insert } of statements) insert.run(rows[table])
  })()
  database.close()
}

async function addToPostgres(url: string, orders: Rows[]): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  for (const table of Object.keys(orders[0] ?? {})) {
    const rows = JSON.stringify(orders.map((order) => order[table]))
    await client.query(`INSERT INTO ${table} SELECT * FROM json_populate_recordset(NULL::${table}, $1)`, [
      rows,
    ])
  }
  await client.end()
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

/** The webhook with which Code tells that this order is paid, as the bytes of its request. */
export function webhookFor(order: OpenOrder): Buffer {
  const headers = { 'Content-Type': 'application/jwt', 'User-Agent': 'code-sequencer' }
  return httpRequest('POST', '/webhook', headers, signed(claimsOf(order), sequencerKey.privateKey))
}

/** The buyer's look at what the order was for. */
export function pageFor({ cookie }: OpenOrder): Buffer {
  return httpRequest('GET', `/products/${PRODUCT}`, { Accept: 'text/html', Cookie: `buyer=${cookie}` })
}
