import { describe, expect, test } from '@jest/globals'
import { bringMisdatedForward, claimDuePolls, findUnpaidIntents } from '../../db/index.ts'
import { POLL_STAGES } from '../../server/orders/poll.ts'
import { aDatabase, NOW } from '../support/database.ts'
import { onPostgres, onSqliteAndPostgres } from '../support/engines.ts'
import { explainOnSqlite, recordReads, recordWrites, scanOnPostgres } from '../support/plans.ts'

const DUE = 20_000
const LIMIT = 20
const ROUND = { now: NOW, limit: LIMIT, roundMs: 1_000, stages: POLL_STAGES }

describe('on SQLite', () => {
  test('a round reads only what is due', async () => {
    const { db, path } = await aDatabase()
    const { db: recorded, writes } = recordWrites(db)
    await claimDuePolls(recorded, ROUND)
    expect(writes.length).toBeGreaterThan(1)
    const steps = writes.flatMap((write) => explainOnSqlite(path, write))
    expect(steps.filter((step) => /^SCAN intents/.test(step))).toEqual([])
  })

  test('polls that are too late are found in units that read no more than their own', async () => {
    const { db, path } = await aDatabase()
    const reading = recordReads(db)
    const writing = recordWrites(reading.db)
    await bringMisdatedForward(writing.db, { now: NOW, after: NOW, limit: LIMIT, stages: POLL_STAGES })
    expect(reading.reads.map((read) => explainOnSqlite(path, read))).toEqual([
      ['SEARCH intents USING COVERING INDEX intents_due (next_check_at>?)'],
    ])
    expect(writing.writes.map((write) => explainOnSqlite(path, write))).toEqual([
      ['SEARCH intents USING INDEX intents_due (next_check_at>? AND next_check_at<?)'],
    ])
  })
})

onPostgres((engine) => {
  test('a round reads the intents that it polls, however many are open', async () => {
    const { db, query, url } = await aDatabase(engine)
    const numbers = `WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < ${DUE})`
    await query(`INSERT INTO buyers (id, created_at) VALUES ('b', 0)`)
    await query(
      `INSERT INTO orders (id, buyer, product, kind, title, list_hundredths, hundredths, currency, created_at)
       ${numbers} SELECT 'o' || n, 'b', 'article', 'article', 'An article', 25, 25, 'usd', n FROM numbers`,
    )
    await query(
      `INSERT INTO intents (id, order_id, hundredths, currency, destination, created_at, next_check_at)
       ${numbers} SELECT 'i' || n, 'o' || n, 25, 'usd', 'd', ${NOW}, ${NOW} - n FROM numbers`,
    )
    await query('ANALYZE')
    const { db: recorded, writes } = recordWrites(db)
    expect(await claimDuePolls(recorded, ROUND)).toHaveLength(LIMIT)
    for (const write of writes) {
      const scans = await scanOnPostgres(url, write)
      expect(scans.filter(({ table, rows }) => table === 'intents' && rows > 2 * LIMIT)).toEqual([])
    }
  })
})

onSqliteAndPostgres((engine) => {
  test('a buyer’s unpaid orders are found among the newest that they hold, however many those are', async () => {
    const given = await aDatabase(engine)
    const { query } = given
    const numbers = `WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < ${DUE})`
    await query(`INSERT INTO buyers (id, created_at) VALUES ('b', 0), ('c', 0)`)
    await query(
      `INSERT INTO orders (id, buyer, product, kind, title, list_hundredths, hundredths, currency, created_at)
       ${numbers} SELECT '0' || CAST(100000 + n AS TEXT), CASE WHEN n % 2 = 0 THEN 'b' ELSE 'c' END, 'article', 'article',
         'An article', 25, 25, 'usd', n FROM numbers`,
    )
    await query(
      `INSERT INTO holders (order_id, buyer, held_since, acquired_by) SELECT id, 'b', created_at, 'redeemed' FROM orders`,
    )
    await query(
      `INSERT INTO intents (id, order_id, hundredths, currency, destination, created_at)
       SELECT 'i' || id, id, 25, 'usd', 'd', created_at FROM orders`,
    )
    await query('ANALYZE')
    const recorded = recordReads(given.db)
    const about = { buyer: 'b', product: 'article' }
    expect(await findUnpaidIntents(recorded.db, about, 5)).toHaveLength(5)
    for (const read of recorded.reads) {
      if (engine.name === 'sqlite')
        expect(
          explainOnSqlite(given.path, read).filter((step) => /^SCAN (orders|holders|intents)/.test(step)),
        ).toEqual([])
      else expect((await scanOnPostgres(given.url, read)).filter(({ rows }) => rows > 2 * LIMIT)).toEqual([])
    }
  })
})
