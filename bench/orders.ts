import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { PublicKey } from '@code-wallet/keys'
import Sqlite from 'better-sqlite3'
import pg from 'pg'
import { aSequencerKey, claimsOf, signed } from '../scripts/support/tokens.ts'
import { httpRequest } from './load.ts'
import {
  ADD_API_KEY,
  AS_PASSES,
  CALLABLE,
  DESTINATION,
  NEW_ORDERS,
  ORDERED,
  type OrderRow,
  PRODUCT,
} from './order-tables.ts'

const NEVER_MS = Date.UTC(2100, 0) // no sequencer is there that could be polled about open orders
const BATCH = 1_000

const COLUMNS = Object.keys(NEW_ORDERS) as (keyof OrderRow)[]
const TYPED_COLUMNS = Object.entries(NEW_ORDERS).map(([column, type]) => `${column} ${type}`)

/** The key pair with which the bench signs webhooks in place of the sequencer. */
export const sequencerKey = aSequencerKey()

/** An unpaid order, as POST /create-intent would have stored it and described it to the browser. */
export interface OpenOrder {
  id: string
  amount: number
  currency: string
  destination: string
  /** The secret of its buyer's browser */
  cookie: string
}

/**
 * Writes `count` unpaid orders, each of another buyer, one a millisecond, straight into the shop's database. They are
 * written in batches, so that the shop never waits long for a lock.
 */
export async function addOpenOrders(databaseUrl: string, count: number): Promise<OpenOrder[]> {
  const orders = Array.from({ length: count }, newOrder)
  const beganAt = Date.now() - count
  const rows = orders.map((order, index) => rowOf(order, beganAt + index))
  const add = databaseUrl.startsWith('sqlite:') ? addToSqlite : addToPostgres
  await add(databaseUrl, rows)
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

function rowOf({ id, cookie }: OpenOrder, at: number): OrderRow {
  return {
    intent: id,
    buyer: `${at.toString(16).padStart(12, '0')}-${randomUUID()}`, // a buyer's id begins with its time
    hash: sha256(cookie),
    at,
    next_check_at: NEVER_MS,
    is_paid: 0,
  }
}

function addToSqlite(url: string, rows: OrderRow[]): void {
  const database = new Sqlite(url.replace('sqlite:', ''), { timeout: 10_000 })
  database.exec(`CREATE TEMP TABLE new_orders (${TYPED_COLUMNS})`)
  const fill = database.prepare(`INSERT INTO new_orders (${COLUMNS}) VALUES (@${COLUMNS.join(', @')})`)
  const empty = database.prepare('DELETE FROM new_orders')
  const statements = [...Object.values(ORDERED).map((sql) => database.prepare(sql)), empty]
  for (const batch of batches(rows))
    database.transaction(() => {
      for (const row of batch) fill.run(row)
      for (const statement of statements) statement.run()
    })()
  database.close()
}

async function addToPostgres(url: string, rows: OrderRow[]): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query(`CREATE TEMP TABLE new_orders (${TYPED_COLUMNS})`)
  const fill = 'INSERT INTO new_orders SELECT * FROM json_populate_recordset(NULL::new_orders, $1)'
  for (const batch of batches(rows)) {
    await client.query(fill, [JSON.stringify(batch)])
    for (const sql of Object.values(ORDERED)) await client.query(sql)
    await client.query('TRUNCATE new_orders')
  }
  await client.end()
}

function batches<T>(rows: readonly T[]): T[][] {
  return Array.from({ length: Math.ceil(rows.length / BATCH) }, (_, index) =>
    rows.slice(index * BATCH, (index + 1) * BATCH),
  )
}

/** The webhook with which Code reports that this order is paid, as the bytes of its request. */
export function webhookFor(order: OpenOrder): Buffer {
  const headers = { 'Content-Type': 'application/jwt', 'User-Agent': 'code-sequencer' }
  return httpRequest('POST', '/webhook', headers, signed(claimsOf(order), sequencerKey.privateKey))
}

/** The buyer's request for the page of the product that they ordered. */
export function pageFor({ cookie }: OpenOrder): Buffer {
  return httpRequest('GET', `/products/${PRODUCT}`, { Accept: 'text/html', Cookie: `buyer=${cookie}` })
}

/** Lets the buyers of these paid orders call the API as well. On SQLite only. */
export function letCall(databaseUrl: string, orders: readonly OpenOrder[]): void {
  const database = new Sqlite(databaseUrl.replace('sqlite:', ''), { timeout: 10_000 })
  for (const sql of CALLABLE) database.exec(sql)
  const add = database.prepare(ADD_API_KEY)
  database.transaction(() => {
    for (const { cookie } of orders) add.run({ browser: sha256(cookie), key: sha256(apiKeyOf(cookie)) })
  })()
  database.close()
}

/** The buyer's call of the API. */
export function callFor({ cookie }: OpenOrder): Buffer {
  const headers = { Accept: 'application/json', Authorization: `Bearer ${apiKeyOf(cookie)}` }
  return httpRequest('GET', '/api/search?q=webhooks', headers)
}

const apiKeyOf = (cookie: string) => `nk_${cookie}`

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
/** The buyer's request for the storefront. */
export function storefrontFor({ cookie }: OpenOrder): Buffer {
  return httpRequest('GET', '/', { Accept: 'text/html', Cookie: `buyer=${cookie}` })
}

/** Makes the unpaid orders in SQLite's database ones of a pass. */
export function makePasses(url: string): void {
  const database = new Sqlite(url.replace('sqlite:', ''), { timeout: 10_000 })
  database.exec(AS_PASSES)
  database.close()
}
