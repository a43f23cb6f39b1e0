import { expect, test } from '@jest/globals'
import {
  countOrders,
  findChangedOrders,
  findOrders,
  findOrdersToExport,
  type OrderFilter,
} from '../../db/index.ts'
import { aDatabase, type TestDatabase } from '../support/database.ts'
import { localePostgres, onPostgres, onSqliteAndPostgres } from '../support/engines.ts'
import { explainOnSqlite, recordReads, type Scan, type Statement, scanOnPostgres } from '../support/plans.ts'

const ORDERS = 5_000
const READ = 200
const LIMITS = { limit: 20, read: READ }

const NUMBERS = `WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < ${ORDERS})`
const ID = `CAST(100000 + n AS TEXT)`

/** Orders of a buyer each, one a second; all are paid but the newest. And some of one buyer, which nobody has paid. */
async function fill({ query }: TestDatabase): Promise<void> {
  await query(`INSERT INTO buyers ${NUMBERS} SELECT 'b' || ${ID}, n * 1000 FROM numbers`)
  await query(
    `INSERT INTO orders (id, buyer, product, kind, title, list_hundredths, hundredths, currency, created_at)
     ${NUMBERS} SELECT 'o' || ${ID}, 'b' || ${ID}, 'article', 'article', 'An article', 25, 25, 'usd', n * 1000 FROM numbers`,
  )
  await query(
    `INSERT INTO intents (id, order_id, hundredths, currency, destination, created_at, next_check_at)
     ${NUMBERS} SELECT 'i' || ${ID}, 'o' || ${ID}, 25, 'usd', 'd', n * 1000, n * 1000 FROM numbers`,
  )
  await query(
    `INSERT INTO holders (order_id, buyer, held_since, acquired_by)
     ${NUMBERS} SELECT 'o' || ${ID}, 'b' || ${ID}, n * 1000, 'ordered' FROM numbers`,
  )
  await query(
    `INSERT INTO payments (id, order_id, intent, proof, hundredths, currency, product, paid_at)
     ${NUMBERS} SELECT '000000' || ${ID}, 'o' || ${ID}, 'i' || ${ID}, 'webhook', 25, 'usd', 'article', n * 1000 FROM numbers
     WHERE n < ${ORDERS}`,
  )
  await query(
    `INSERT INTO refunds (id, payment, hundredths, refunded_at, refunded_by)
     ${NUMBERS} SELECT 'r' || ${ID}, '000000' || ${ID}, 5, n * 1000, 's' FROM numbers WHERE n < ${ORDERS}`,
  )
  await query(`INSERT INTO buyers VALUES ('holder', 0)`)
  await query(
    `INSERT INTO orders (id, buyer, product, kind, title, list_hundredths, hundredths, currency, created_at)
     ${NUMBERS} SELECT '000000' || CAST(500000 + n AS TEXT), 'holder', 'article', 'article', 'An article', 25, 25, 'usd',
       ${0x500000} + n FROM numbers WHERE n < ${4 * READ}`,
  )
  await query(
    `INSERT INTO holders (order_id, buyer, held_since, acquired_by)
     SELECT id, buyer, created_at, 'ordered' FROM orders WHERE buyer = 'holder'`,
  )
}

const FILTERS: OrderFilter[] = [
  {},
  { state: 'paid' },
  { state: 'refunded' },
  { state: 'refunded', from: 2_000_000 },
  { state: 'revoked' },
  { state: 'free' },
  { state: 'offered', product: 'article' },
  { product: 'nothing', currency: 'usd', minHundredths: 1, maxHundredths: 100 },
  { from: 2_000_000, before: 3_000_000 },
  { search: 'o10' },
  { search: 'i101234' },
  { search: 'b101234', state: 'paid' },
  { search: '0000001' }, // payments
  { search: 'r101234' },
  { search: 'nothing' },
  { search: 'holder' },
  { search: 'holder', state: 'paid', from: 0x500100, before: 0x500700 },
]

/** Whatever the list asks, first and further back, and an export. */
async function ask(given: TestDatabase) {
  const recorded = recordReads(given.db) // not taken apart: its reads grow
  const { db } = recorded
  for (const filter of FILTERS) {
    await findOrders(db, filter, undefined, LIMITS)
    await findOrders(db, filter, { createdAt: 2_500_000, id: 'o' }, LIMITS)
    await countOrders(db, filter, READ)
  }
  await findChangedOrders(db, ORDERS * 1_000 - 10_000, 20)
  await findOrdersToExport(db, { state: 'paid' }, undefined, { read: READ, until: ORDERS * 1_000 })
  return recorded.reads
}

onSqliteAndPostgres((engine) => {
  test('the list of orders, and a page of an export, read a few rows of each table, however many there are', async () => {
    const db = await aDatabase(engine)
    if (engine.name === 'postgres') await db.query('VACUUM ANALYZE') // which tells the planner that the tables are empty
    await fill(db)
    const reads = await ask(db)
    expect(reads.length).toBeGreaterThan(FILTERS.length)
    const findScans = engine.name === 'sqlite' ? findScansOnSqlite : findScansOnPostgres
    for (const statistics of ['outdated', 'fresh']) {
      if (statistics === 'fresh') await db.query('ANALYZE')
      for (const read of reads) expect([read, await findScans(db, read)]).toEqual([read, []])
    }
  })
})

// The index of free payments has only those, and a LIMIT.
const TABLE =
  /^SCAN (orders|intents|events|holders|payments|refunds|revocations|restorations)\b(?! USING COVERING INDEX payments_free)/

async function findScansOnSqlite({ path }: TestDatabase, read: Statement): Promise<string[]> {
  const steps = explainOnSqlite(path, read)
  const isOfSubquery = (step: string) => steps.includes(step.replace('SCAN', 'CO-ROUTINE'))
  const countsRows = /^\s*SELECT COUNT.*AS by_state\s*$/s.test(read[0])
  return steps.filter(
    (step) =>
      (TABLE.test(step) && !isOfSubquery(step)) ||
      step.includes('orders_of_buyer') ||
      (countsRows && step === 'USE TEMP B-TREE FOR ORDER BY'),
  )
}

// Nothing here is asked by a column in the middle of this index, for which all of it would be read.
async function findScansOnPostgres({ url }: TestDatabase, read: Statement): Promise<Scan[]> {
  const scans = await scanOnPostgres(url, read)
  return scans.filter(({ index, rows }) => rows > 2 * READ || index === 'orders_of_buyer')
}

onPostgres((engine) => {
  test('in the order of another language, an id is found by its beginning all the same', async () => {
    const db = await aDatabase(engine)
    await fill(db)
    const [found] = await db.query(`SELECT 'a' < 'B' AS by_language, 'a' COLLATE "C" < 'B' AS by_bytes`)
    expect(found).toEqual({ by_language: true, by_bytes: false })
    const find = async (search: string) =>
      (await findOrders(db.db, { search }, undefined, LIMITS)).orders.map(({ id }) => id)
    const ten = Array.from({ length: 10 }, (_, index) => `o10123${9 - index}`)
    for (const search of ['o10123', 'i10123', 'b10123']) expect(await find(search)).toEqual(ten)
    for (const search of ['O10123', 'o1012399', '10123']) expect(await find(search)).toEqual([])
  })
}, localePostgres)
