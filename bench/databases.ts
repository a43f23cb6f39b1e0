import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { COUNT_SUMMED_DAYS, FOLDED, ORDERED, PAID, UNANNOUNCED } from './order-tables.ts'
import { sequencerKey } from './orders.ts'
import { FOLDER, startShop } from './processes.ts'

const DAY_MS = 86_400_000
const DAYS_SHOWN_BEFORE_TODAY = 29 // by the desk's overview
const SUMMED_UP_AFTER_MS = 600_000 // rows that come late are waited for
const CHECKED = 1_000_000 // larger databases are filled by the same statements, and checking them takes minutes

/** Removes the database of this name, if there is one. Returns the URL for a new one. */
export function freshDatabase(name: string): string {
  const file = join(FOLDER, `${name}.db`)
  remove(file)
  return `sqlite:${file}`
}

function remove(file: string): void {
  for (const end of ['', '-wal', '-shm']) rmSync(file + end, { force: true })
}

/**
 * Returns the URL of a database with `orders` orders. It is filled once, then kept until it would be filled otherwise. The
 * orders are spread over two years, and four in five are paid; most others have ended. Each has a buyer with a browser, a holder
 * and a redemption code; each paid one also has its event, payment and entitlement.
 */
export async function filledDatabase(orders: number, progress: (text: string) => void): Promise<string> {
  const file = join(FOLDER, `orders-${orders}-${hashOfFilling()}.db`)
  if (existsSync(file)) return `sqlite:${file}`
  removeOutdated(orders)
  const unfinished = freshDatabase(`orders-${orders}-unfinished`)
  await (await startShop(unfinished, sequencerKey.publicKey)).stop() // creates the tables
  fill(unfinished.replace('sqlite:', ''), orders, progress)
  renameSync(unfinished.replace('sqlite:', ''), file)
  return `sqlite:${file}`
}

/** Returns how many of the days before today the shop has summed up in this database. */
export function countSummedDays(url: string): number {
  const database = new Sqlite(url.replace('sqlite:', ''), { readonly: true })
  try {
    return (database.prepare(COUNT_SUMMED_DAYS).get() as { days: number }).days
  } finally {
    database.close()
  }
}

/**
 * Returns how many of the days before today a shop that starts at `now` sums up at once. In the first ten minutes of a day,
 * yesterday isn't among them.
 */
export function daysSummedAt(now: number): number {
  return now % DAY_MS < SUMMED_UP_AFTER_MS ? DAYS_SHOWN_BEFORE_TODAY - 1 : DAYS_SHOWN_BEFORE_TODAY
}

/** Makes the shop believe that it has never made a backup by itself. */
export function forgetBackups(url: string): void {
  const database = new Sqlite(url.replace('sqlite:', ''))
  try {
    database.prepare(`DELETE FROM meta WHERE key = 'last_automatic_backup'`).run()
  } finally {
    database.close()
  }
}

/** A newer schema needs no refill: the shop migrates what it finds when it starts. */
function hashOfFilling(): string {
  const statements = JSON.stringify([FILL_NEW_ORDERS, ORDERED, PAID, FOLDED])
  return createHash('sha256').update(statements).digest('hex').slice(0, 8)
}

/** Removes databases of this size that were filled otherwise: with ten million orders, each takes over 20 GB. */
function removeOutdated(orders: number): void {
  mkdirSync(FOLDER, { recursive: true })
  const outdated = new RegExp(`^orders-${orders}(-\\w+)?\\.db$`)
  for (const name of readdirSync(FOLDER)) if (outdated.test(name)) remove(join(FOLDER, name))
}

// Intents and hashes are spread over their whole range, so that new random ones fall between them. A buyer's id begins
// with its time, as in the shop. The rows come in the order of these keys, so that ten million are written in minutes.
const ALPHABET = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz' // base58, in its order
const digit = (place: number) =>
  `substr('${ALPHABET}', 1 + (n * ${58 ** 5} / @orders) / ${58 ** place} % 58, 1)`
const INTENT = `${[4, 3, 2, 1, 0].map(digit).join(' || ')} || printf('%039d', n)`

// better-sqlite3 binds numbers as REAL, and instants are whole milliseconds.
const AT = `CAST(@now - (@orders - n) * ${730 * DAY_MS} / @orders AS INTEGER)`
const IS_PAID = '(n % 5 < 4)'

const FILL_NEW_ORDERS = `
  CREATE TEMP TABLE new_orders AS
  WITH RECURSIVE numbers (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM numbers WHERE n + 1 < @orders)
  SELECT ${INTENT} AS intent, printf('%012x-%036d', ${AT}, n) AS buyer,
    printf('%08x%056d', n * 4294967296 / @orders, n) AS hash, ${AT} AS at,
    NULL AS next_check_at, ${IS_PAID} AS is_paid
  FROM numbers`

function fill(file: string, orders: number, progress: (text: string) => void): void {
  const database = new Sqlite(file)
  for (const pragma of [
    'journal_mode = OFF',
    'synchronous = OFF',
    'foreign_keys = OFF',
    'cache_size = -400000',
  ])
    database.pragma(pragma)
  progress(`filling a database with ${orders} orders, once: keys`)
  database.exec(UNANNOUNCED)
  database.prepare(FILL_NEW_ORDERS).run({ orders, now: Date.now() })
  for (const [table, sql] of Object.entries({ ...ORDERED, ...PAID })) {
    progress(`filling a database with ${orders} orders, once: ${table}`)
    database.prepare(sql).run()
  }
  progress(`filling a database with ${orders} orders, once: summaries`)
  for (const sql of Object.values(FOLDED)) database.prepare(sql).run()
  database.exec('DROP TABLE new_orders')
  if (orders <= CHECKED && (database.pragma('foreign_key_check') as unknown[]).length > 0)
    throw new Error('A row refers to one that does not exist.')
  database.pragma('journal_mode = WAL')
  database.close()
}
