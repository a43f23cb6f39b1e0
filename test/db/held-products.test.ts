import { expect, test } from '@jest/globals'
import { countHolders, holdsProduct } from '../../db/index.ts'
import { aDatabase, type TestDatabase } from '../support/database.ts'
import { onSqliteAndPostgres } from '../support/engines.ts'
import { recordReads, scanOnPostgres } from '../support/plans.ts'

const BUYERS = 25_000
const RIGHTS_AT_ONCE = 10_000

const secretOf = (at: number) => String(at).padStart(64, '0')

const NUMBERS = `WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < ${BUYERS})`
const BUYER = `CAST(100000 + n AS TEXT)`

/** Two orders that many hold: all of them the first, and every fifth the second. A right of one of them was ended. */
async function fill({ query }: TestDatabase): Promise<void> {
  await query(`INSERT INTO buyers ${NUMBERS} SELECT ${BUYER}, n FROM numbers`)
  for (const [order, condition] of [
    ['tea', 'n > 0'],
    ['more tea', 'n % 5 = 0'],
  ]) {
    await query(
      `INSERT INTO orders (id, buyer, product, kind, title, list_hundredths, hundredths, currency, created_at)
       VALUES ('${order}', '100001', 'tea', 'article', 'Tea', 25, 25, 'usd', 1)`,
    )
    await query(
      `INSERT INTO entitlements (buyer, scope, order_id, created_at)
       ${NUMBERS} SELECT ${BUYER}, 'product:tea', '${order}', n FROM numbers WHERE ${condition}`,
    )
  }
  await query(
    `INSERT INTO revocations (id, order_id, buyer, reason, revoked_at, revoked_by) VALUES ('r', 'tea', '100007', 'a test', 1, 's')`,
  )
}

onSqliteAndPostgres((engine) => {
  test('the holders of a product are counted once each, and a bounded number of rights is read at once', async () => {
    const database = await aDatabase(engine)
    await fill(database)
    await database.query('ANALYZE')
    const recorded = recordReads(database.db) // its reads grow, so they are not taken out of it before
    const parts: number[] = []
    for await (const holders of countHolders(recorded.db, { product: 'tea', today: 0 })) parts.push(holders)
    expect(parts.reduce((sum, holders) => sum + holders, 0)).toBe(BUYERS - 1)
    expect(Math.max(...parts)).toBeLessThanOrEqual(RIGHTS_AT_ONCE)
    if (engine.name === 'sqlite') return
    for (const read of recorded.reads)
      for (const { rows } of await scanOnPostgres(database.url, read))
        expect(rows).toBeLessThanOrEqual(RIGHTS_AT_ONCE)
  })

  test('the holders of a pass or of calls are those who have some left', async () => {
    const database = await aDatabase(engine)
    const TODAY = 100
    const rights: [product: string, scope: string, untilDay: number | null, callsLeft?: number][] = [
      ['month', 'tag:bread', 101],
      ['month', 'tag:bread', 100],
      ['week', 'tag:bread', 101],
      ['calls', 'api:search', null],
      ['calls', 'api:search', null, 1],
      ['calls', 'api:search', null, 0],
    ]
    for (const [at, [product, scope, untilDay, callsLeft]] of rights.entries()) {
      await database.query(`INSERT INTO buyers (id, created_at) VALUES ('b${at}', 1)`)
      await database.query(
        `INSERT INTO sessions (secret_hash, buyer, created_at) VALUES ('${secretOf(at)}', 'b${at}', 1)`,
      )
      await database.query(
        `INSERT INTO orders (id, buyer, product, kind, title, list_hundredths, hundredths, currency, created_at)
         VALUES ('o${at}', 'b${at}', '${product}', 'pass', 'A', 25, 25, 'usd', 1)`,
      )
      const days = untilDay === null ? 'NULL, NULL' : `50, ${untilDay}`
      await database.query(
        `INSERT INTO entitlements (buyer, scope, order_id, from_day, until_day, created_at)
         VALUES ('b${at}', '${scope}', 'o${at}', ${days}, 1)`,
      )
      if (callsLeft !== undefined)
        await database.query(`INSERT INTO allowances (order_id, calls_left) VALUES ('o${at}', ${callsLeft})`)
    }
    const count = async (product: string) => {
      let sum = 0
      for await (const holders of countHolders(database.db, { product, today: TODAY })) sum += holders
      return sum
    }
    const counted: number[] = []
    for (const product of ['month', 'week', 'calls', 'tea']) counted.push(await count(product))
    expect(counted).toEqual([1, 1, 2, 0])
    const told = []
    for (const [at, [product]] of rights.entries())
      told.push(await holdsProduct(database.db, secretOf(at), product, TODAY))
    expect(told).toEqual([true, false, true, true, true, false])
  })
})
