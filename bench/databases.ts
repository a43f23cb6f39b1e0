import { existsSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { DESTINATION, PRODUCT, sequencerKey } from './orders.ts'
import { FOLDER, startShop } from './processes.ts'

const DAY_MS = 86_400_000
const CHECKED = 1_000_000 // what is right for these is right for more
const NEVER_MS = Date.UTC(2100, 0) // nobody is there to be asked about open orders

/** The URL of a database that isn't there yet. */
export function freshDatabase(name: string): string {
  const file = join(FOLDER, `${name}.db`)
  for (const end of ['', '-wal', '-shm']) rmSync(file + end, { force: true })
  return `sqlite:${file}`
}

/**
 * The URL of a database with so many orders, made once and kept. They are spread over two years; four in five are paid.
 * Each has a buyer with a browser, a holder and a redemption code, and each paid one its event, payment and entitlement.
 */
export async function filledDatabase(orders: number, progress: (text: string) => void): Promise<string> {
  const file = join(FOLDER, `orders-${orders}.db`)
  if (existsSync(file)) return `sqlite:${file}`
  const unfinished = freshDatabase(`orders-${orders}-unfinished`)
  await (await startShop(unfinished, sequencerKey.publicKey)).stop() // it makes the tables
  fill(unfinished.replace('sqlite:', ''), orders, progress)
  renameSync(unfinished.replace('sqlite:', ''), file)
  return `sqlite:${file}`
}

// Intents and hashes are spread over all that there can be, so that new random ones fall between them; a buyer's id begins
// with its time, as newBuyerId makes it. All come in order, so that ten million rows are written in minutes.
const ALPHABET = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz' // base58, in its order
const digit = (place: number) =>
  `substr('${ALPHABET}', 1 + (n * ${58 ** 5} / @orders) / ${58 ** place} % 58, 1)`
const INTENT = `${[4, 3, 2, 1, 0].map(digit).join(' || ')} || printf('%039d', n)`

const AT = `(@now - (@orders - n) * ${730 * DAY_MS} / @orders)`

const FILLED = `
  CREATE TEMP TABLE filled AS
  WITH RECURSIVE numbers (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM numbers WHERE n + 1 < @orders)
  SELECT n, ${INTENT} AS intent, printf('%012x-%036d', ${AT}, n) AS buyer,
    printf('%08x%056d', n * 4294967296 / @orders, n) AS hash, ${AT} AS at, n % 5 < 4 AS is_paid
  FROM numbers`

const TABLES: Record<string, string> = {
  buyers: `INSERT INTO buyers (id, created_at) SELECT buyer, at FROM filled ORDER BY rowid`,
  sessions: `INSERT INTO sessions (secret_hash, buyer, created_at) SELECT hash, buyer, at FROM filled ORDER BY rowid`,
  orders: `INSERT INTO orders (intent, buyer, product, title, hundredths, currency, destination, client_secret,
      created_at, confirmed_at, next_check_at)
    SELECT intent, buyer, '${PRODUCT}', 'How this shop works', 5, 'usd', '${DESTINATION}',
      CASE WHEN is_paid THEN NULL ELSE '2vN7aQ8sT1xYzAbC' END, at, at,
      CASE WHEN NOT is_paid AND at > @now - ${30 * DAY_MS} THEN ${NEVER_MS} END
    FROM filled ORDER BY rowid`,
  open_orders: `INSERT INTO open_orders (buyer, product, intent, offered_at)
    SELECT buyer, '${PRODUCT}', intent, at FROM filled WHERE NOT is_paid ORDER BY rowid`,
  holders: `INSERT INTO holders (intent, buyer, since_at, how)
    SELECT intent, buyer, at, 'ordered' FROM filled ORDER BY rowid`,
  redemptions: `INSERT INTO redemptions (code_hash, intent, created_at)
    SELECT hash, intent, at FROM filled ORDER BY rowid`,
  payments: `INSERT INTO payments (intent, proof, quarks, exchange_rate, paid_at)
    SELECT intent, 'webhook', 2800000, 0.00000893, at FROM filled WHERE is_paid ORDER BY rowid`,
  entitlements: `INSERT INTO entitlements (buyer, product, intent, valid_from)
    SELECT buyer, '${PRODUCT}', intent, at FROM filled WHERE is_paid ORDER BY rowid`,
  events: `INSERT INTO events (digest, intent, jws, outcome, first_seen_at, last_seen_at, times_seen)
    SELECT hash, intent, printf('%0470d', n), 'applied', at, at, 1 FROM filled WHERE is_paid ORDER BY rowid`,
}

function fill(file: string, orders: number, progress: (text: string) => void): void {
  const database = new Sqlite(file)
  for (const pragma of [
    'journal_mode = OFF',
    'synchronous = OFF',
    'foreign_keys = OFF',
    'cache_size = -400000',
  ])
    database.pragma(pragma)
  const parameters = { orders, now: Date.now() }
  progress(`making ${orders} orders, once: their keys`)
  database.prepare(FILLED).run(parameters)
  for (const [table, sql] of Object.entries(TABLES)) {
    progress(`making ${orders} orders, once: ${table}`)
    database.prepare(sql).run(sql.includes('@now') ? { now: parameters.now } : {})
  }
  database.exec('DROP TABLE filled')
  if (orders <= CHECKED && (database.pragma('foreign_key_check') as unknown[]).length > 0)
    throw new Error('a row refers to none')
  database.pragma('journal_mode = WAL')
  database.close()
}
