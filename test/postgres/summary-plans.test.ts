import { expect, test } from '@jest/globals'
import {
  countPaidTwice,
  countPolled,
  countRefused,
  countUnregistered,
  findSubmitted,
  idsFrom,
} from '../../db/index.ts'
import {
  findProductRevenue,
  foldRound,
  localDays,
  newFolding,
  readFigures,
} from '../../server/summaries/index.ts'
import { aDatabase, anInstance } from '../support/database.ts'
import { onPostgres, postgres } from '../support/engines.ts'
import { add, addMany, newLedger } from '../support/ledger.ts'
import { aClock } from '../support/workplace.ts'

const HOUR = 3_600_000

// Those that grow with every sale.
const COUNT_SCANS = `
  SELECT relname, seq_scan
  FROM pg_stat_user_tables
  WHERE relname IN ('orders', 'intents', 'payments', 'events', 'refunds', 'steps')
  ORDER BY relname`

onPostgres(() => {
  test('neither folding nor the overview reads a large table from end to end', async () => {
    const { query, url, ...made } = await aDatabase(postgres)
    await made.close()
    // In a small table, reading all is the fastest way. Without it, what has an index takes that.
    const name = new URL(url).pathname.slice(1)
    await query(`ALTER DATABASE ${name} SET enable_seqscan = off`)
    await query(`ALTER DATABASE ${name} SET jit = off`)
    const db = await anInstance(url)
    const clock = aClock()
    const ledger = newLedger(db.db)
    const shop = { db: db.db, clock, config: { timeZone: 'UTC' } }
    const folding = newFolding()
    for (let hour = 0; hour < 4; hour++) {
      await addMany(ledger, 200, clock.now())
      for (let payment = 0; payment < 20; payment++) {
        await add(ledger, { act: 'pay', which: payment, proof: 'status', waited: 5_000 }, clock.now())
        await add(ledger, { act: 'refund', which: payment }, clock.now())
      }
      clock.advance(HOUR)
    }
    await query('VACUUM ANALYZE')
    const scans = () => query(COUNT_SCANS)
    const before = await scans()
    const look = async () => {
      await readFigures(db.db, localDays(clock.now(), 'UTC', 30))
      await findProductRevenue(db.db)
      const newest = { from: idsFrom(clock.now() - 24 * HOUR), limit: 5_000 }
      await countRefused(db.db, newest)
      await countPaidTwice(db.db, newest)
      await countUnregistered(db.db, newest)
      await findSubmitted(db.db, newest)
      await countPolled(db.db, { fromQuarter: 0, toQuarter: clock.now() / 900_000 })
    }
    await look()
    for (let round = 0; round < 2; round++) await foldRound(shop, folding)
    await add(ledger, { act: 'prove', which: 3 }, clock.now()) // which marks an hour
    await look()
    for (let round = 0; round < 8; round++) {
      await foldRound(shop, folding)
      await look()
    }
    await db.close() // its connections report what they did when they end
    expect(await scans()).toEqual(before)
  }, 60_000)
})
