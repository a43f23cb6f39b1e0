import { expect, test } from '@jest/globals'
import {
  beginFolding,
  type Database,
  findSummaryState,
  foldStep,
  keepSummedDay,
  newId,
  SUMMARY_SOURCES,
  type SummaryRange,
  sumUpProducts,
  unfold,
  unfoldFrom,
} from '../../db/index.ts'
import {
  DAYS_SHOWN,
  findProductRevenue,
  foldRound,
  localDays,
  newFolding,
  readFigures,
  recompute,
} from '../../server/summaries/index.ts'
import { aDatabase, anInstance } from '../support/database.ts'
import { type Engine, onPostgres, onSqliteAndPostgres, withClient } from '../support/engines.ts'
import { add, addMany, newLedger } from '../support/ledger.ts'
import { aClock } from '../support/workplace.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const NOON = Date.UTC(2026, 2, 10, 12)
const config = { timeZone: 'UTC' }

async function aWorld(engine: Engine) {
  const { db, query, url } = await aDatabase(engine)
  const clock = aClock(NOON)
  const folding = newFolding()
  const ledger = newLedger(db)
  return {
    db,
    url,
    query,
    clock,
    ledger,
    shop: { db, clock, config },
    pay: (proof: 'webhook' | 'status' | 'merchant' = 'webhook') =>
      add(ledger, { act: 'pay', which: 0, proof, waited: 1_000 }, clock.now()),
    fold: (on: Database = db) => foldRound({ db: on, clock, config }, folding),
  }
}

const today = (clock: { now(): number }) => localDays(clock.now(), 'UTC', 1)

onSqliteAndPostgres((engine) => {
  test('payments are folded ten minutes after they came, and not before', async () => {
    const { pay, fold, clock, query } = await aWorld(engine)
    await pay()
    clock.advance(10 * MINUTE)
    await fold()
    expect(await query('SELECT what FROM summaries')).toEqual([{ what: 'offer' }]) // which was made a second earlier
    clock.advance(1)
    await fold()
    expect(await query(`SELECT times, hundredths FROM summaries WHERE what = 'webhook'`)).toEqual([
      { times: 1, hundredths: 1 },
    ])
  })

  test('where nothing has been sold, nothing is written', async () => {
    const { fold, pay, clock, db } = await aWorld(engine)
    let writes = 0
    const counting: Database = {
      ...db,
      write(statements, parameters) {
        writes++
        return db.write(statements, parameters)
      },
    }
    await pay()
    clock.advance(HOUR)
    await fold(counting) // the first one also sums up the days before
    expect(writes).toBeGreaterThan(1)
    writes = 0
    clock.advance(MINUTE)
    await fold(counting)
    expect(writes).toBe(0)
  })

  test('a first run over many payments goes in steps, none of which is large', async () => {
    const { db, ledger, clock, fold, query } = await aWorld(engine)
    await addMany(ledger, 5_500, clock.now()) // all of the same quarter hour
    clock.advance(HOUR)
    const rows: number[] = []
    const counting: Database = {
      ...db,
      async write(statements, parameters) {
        const before = await query(`SELECT COALESCE(SUM(times), 0) AS times FROM summaries`)
        const result = await db.write(statements, parameters)
        const after = await query(`SELECT COALESCE(SUM(times), 0) AS times FROM summaries`)
        rows.push(Number(after[0]?.times) - Number(before[0]?.times))
        return result
      },
    }
    expect((await readFigures(db, today(clock))).isBehind).toBe(true) // more than a page may read
    await fold(counting)
    expect(rows.filter((count) => count > 0)).toEqual([
      ...[1_000, 1_000, 1_000, 1_000, 1_000, 500],
      ...[1_000, 1_000, 1_000, 1_000, 1_000, 500],
    ])
    const { days, isBehind } = await readFigures(db, today(clock))
    expect(isBehind).toBe(false)
    expect(days[0]?.sums.find(({ what }) => what === 'webhook')?.times).toBe(5_500)
  }, 60_000)

  test('a payment that comes late counts at once, and its quarter hour is folded anew', async () => {
    const { pay, fold, clock, db, ledger, query } = await aWorld(engine)
    await pay()
    clock.advance(HOUR)
    await fold()
    await add(ledger, { act: 'pay', which: 0, proof: 'webhook', waited: 0 }, NOON + MINUTE)
    expect(await query('SELECT DISTINCT quarter FROM summary_marks')).toEqual([{ quarter: NOON / 900_000 }])
    const webhooks = async () => {
      const { days } = await readFigures(db, today(clock))
      return days[0]?.sums.filter(({ what }) => what === 'webhook')
    }
    const both = [{ currency: 'usd', what: 'webhook', times: 2, hundredths: 3 }]
    expect(await webhooks()).toEqual(both)
    await fold()
    expect(await query('SELECT quarter FROM summary_marks')).toEqual([])
    expect(await webhooks()).toEqual(both)
  })

  test('a webhook that replaces a typed amount corrects its quarter hour, and those of its refunds', async () => {
    const { pay, fold, clock, db, ledger } = await aWorld(engine)
    await pay('merchant')
    clock.advance(HOUR)
    await add(ledger, { act: 'refund', which: 0 }, clock.now())
    clock.advance(HOUR)
    await fold()
    await add(ledger, { act: 'prove', which: 0 }, clock.now())
    const sums = async () =>
      (await readFigures(db, today(clock))).days[0]?.sums.filter(({ what }) => what !== 'offer')
    const corrected = [
      { currency: 'eur', what: 'merchant-webhook', times: 1, hundredths: 2 },
      { currency: 'eur', what: 'refund', times: 1, hundredths: 1 },
    ]
    expect(await sums()).toEqual(expect.arrayContaining(corrected))
    await fold()
    expect(await sums()).toEqual(expect.arrayContaining(corrected))
    expect(await sums()).toHaveLength(2)
  })

  test('an instance that was held up while another took over folds nothing twice', async () => {
    const { pay, fold, clock, db, ledger, shop } = await aWorld(engine)
    await pay()
    clock.advance(HOUR)
    await fold()
    for (let heldUpAt = 1; heldUpAt <= 5; heldUpAt++) {
      await pay()
      await add(ledger, { act: 'pay', which: 0, proof: 'webhook', waited: 0 }, NOON + MINUTE) // late
      clock.advance(HOUR)
      let writes = 0
      const heldUp: Database = {
        ...db,
        instance: `held up at ${heldUpAt}`,
        async write(statements, parameters) {
          if (++writes === heldUpAt) {
            clock.advance(11_000) // its lease is over
            await fold()
          }
          return db.write(statements, parameters)
        },
      }
      const folding = newFolding()
      for (let round = 0; round < 2; round++) await foldRound({ ...shop, db: heldUp }, folding)
      clock.advance(11_000)
      expect(await recompute(shop)).toMatchObject({ corrected: [], sumsCorrected: false, isRight: true })
      const { days } = await readFigures(db, today(clock))
      expect(days[0]?.sums.find(({ what }) => what === 'webhook')?.times).toBe(1 + 2 * heldUpAt)
    }
  })

  test('an instance that has lost its lease changes nothing, whatever it was about to do', async () => {
    const { pay, fold, clock, db, query, url } = await aWorld(engine)
    await pay()
    clock.advance(25 * HOUR)
    await fold() // also sums up the day before
    await pay()
    clock.advance(HOUR)
    const terms = { now: clock.now(), leaseMs: 10_000 }
    const { db: late } = await anInstance(url)
    expect(await beginFolding(late, { ...terms, before: 0 })).toBe(true)
    const { ranges, version } = await findSummaryState(late)
    const taken = { ...terms, now: terms.now + 10_000 }
    expect(await beginFolding(db, { ...taken, before: 0 })).toBe(true)
    const everything = async () => {
      const tables = [
        'leases',
        'product_summaries',
        'summaries',
        'summary_bounds',
        'summary_days',
        'summary_ranges',
      ]
      const all = [...tables, 'summary_marks', 'summary_step', 'summary_versions', 'summary_waits']
      return Promise.all(all.map((table) => query(`SELECT * FROM ${table}`)))
    }
    const before = await everything()
    const span = { fromQuarter: NOON / 900_000, toQuarter: NOON / 900_000 + 96 }
    const [range] = ranges as [SummaryRange]
    expect(await beginFolding(late, { ...taken, before: clock.now() })).toBe(false)
    for (const source of SUMMARY_SOURCES)
      await foldStep(
        late,
        { ...range, ...ranges.find((each) => each.source === source) },
        { ...terms, limit: 1_000 },
      )
    await unfold(late, span, terms)
    await unfoldFrom(late, span.fromQuarter, terms)
    await sumUpProducts(late, terms)
    await keepSummedDay(late, { ...span, toQuarter: span.toQuarter + 1 }, { figures: '{}', version })
    expect(await everything()).toEqual(before)
  })

  test('products know what they have brought since the shop opened', async () => {
    const { pay, fold, clock, db, ledger } = await aWorld(engine)
    await pay()
    await add(ledger, { act: 'refund', which: 0 }, clock.now())
    clock.advance(400 * 24 * HOUR)
    await fold()
    await pay()
    expect(await findProductRevenue(db)).toEqual({
      products: [{ product: 'article', currency: 'usd', sold: 2, free: 0, revenue: 3, refunded: 1 }],
      isBehind: false,
    })
  })

  test('recomputing finds nothing to correct, unless a summary is wrong', async () => {
    const { pay, fold, clock, shop, query, db } = await aWorld(engine)
    for (let payment = 0; payment < 20; payment++) {
      await pay(payment % 3 === 0 ? 'status' : 'webhook')
      clock.advance(7 * HOUR)
    }
    await fold()
    expect(await recompute(shop)).toMatchObject({ corrected: [], sumsCorrected: false, isRight: true })
    const days = localDays(clock.now(), 'UTC', DAYS_SHOWN)
    const before = await readFigures(db, days)
    await query(`UPDATE summaries SET hundredths = hundredths + 1 WHERE quarter = ${NOON / 900_000}`)
    await query(`DELETE FROM summary_waits WHERE quarter = ${(NOON + 7 * HOUR) / 900_000}`)
    await query(`INSERT INTO summaries VALUES (${NOON / 900_000 + 1}, 'usd', 'gone', 'offer', 1, 5)`)
    await query('UPDATE product_summaries SET times = times + 1')
    await query('UPDATE summary_days SET figures = \'{"sums":[],"waits":[]}\'')
    const steps: string[] = []
    const found = await recompute(shop, (what, at) => steps.push(`${what} ${new Date(at).toISOString()}`))
    expect(found).toMatchObject({ sumsCorrected: true, isRight: true })
    expect(found.corrected.sort()).toEqual([0, 1, 28].map((quarter) => NOON / 900_000 + quarter))
    expect(steps).toContain('comparing 2026-03-11T11:45:00.000Z')
    const after = await readFigures(db, days)
    const listed = ({ days }: typeof before) =>
      days.map(({ sums }) => sums.map((sum) => JSON.stringify(sum)).sort())
    expect(listed(after)).toEqual(listed(before))
    expect(await recompute(shop)).toMatchObject({ corrected: [], sumsCorrected: false, isRight: true })
  })
})

onPostgres((engine) => {
  test('what a transaction wrote that stayed open for many rounds counts once it is committed', async () => {
    const { pay, fold, clock, url, db, shop } = await aWorld(engine)
    await pay()
    const id = newId(clock.now())
    await withClient(url, async (client) => {
      await client.query('BEGIN')
      await client.query(`
        INSERT INTO orders (id, buyer, product, title, list_hundredths, hundredths, currency, created_at)
        SELECT '${id}', buyer, product, title, 7, 7, currency, ${clock.now()} FROM orders`)
      clock.advance(HOUR)
      for (let round = 0; round < 3; round++) {
        await fold()
        clock.advance(MINUTE)
      }
      await client.query('COMMIT')
    })
    const offers = async () =>
      (await readFigures(db, today(clock))).days[0]?.sums.find(({ what }) => what === 'offer')
    expect(await offers()).toMatchObject({ times: 2, hundredths: 8 })
    await fold()
    expect(await offers()).toMatchObject({ times: 2, hundredths: 8 })
    expect(await recompute(shop)).toMatchObject({ corrected: [], sumsCorrected: false, isRight: true })
  })
})
