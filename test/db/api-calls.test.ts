import { randomUUID } from 'node:crypto'
import { describe, expect, test } from '@jest/globals'
import {
  type CallOutcome,
  countCall,
  findApiAccess,
  findKeyHolder,
  forgetCalls,
  giveCallBack,
  recordRefund,
  replaceApiKey,
  revokeAccess,
  revokeApiKey,
} from '../../db/index.ts'
import {
  type AskedDatabase,
  aBuyer,
  aDatabase,
  aNewOrder,
  anEvent,
  anInstance,
  at,
  hashOf,
  NOW,
  placeOrder,
  type TestDatabase,
} from '../support/database.ts'
import { onEveryEngine, onPostgres, withClient } from '../support/engines.ts'
import { explainOnSqlite, recordWrites, type Statement, scanOnPostgres } from '../support/plans.ts'
import { aRefund } from '../support/refunds.ts'
import { until } from '../support/until.ts'

const SCOPE = 'api:search'
const OTHER_SCOPE = 'api:other'
const AT = at(NOW)
const KEY = hashOf('key')

onEveryEngine((engine) => {
  function orderCalls(db: TestDatabase, buyer: string, calls: number, scope = SCOPE) {
    const grants = [{ scope, days: null, calls }]
    return placeOrder(db, aNewOrder({ buyer, product: 'calls', kind: 'api', grants, onlyOnce: null }))
  }

  async function buyCalls(db: TestDatabase, buyer: string, calls: number, scope = SCOPE) {
    const order = await orderCalls(db, buyer, calls, scope)
    expect(await db.settle(anEvent(order), NOW)).toMatchObject({ verdict: 'applied', paidTwice: false })
    return order
  }

  async function aCaller(calls: number) {
    const db = await aDatabase(engine)
    const buyer = await aBuyer(db)
    const order = await buyCalls(db, buyer, calls)
    expect(await replaceApiKey(db.db, { keyHash: KEY, buyer, scope: SCOPE }, AT)).toBe(true)
    return { db, buyer, order }
  }

  /** Whose order has another intent, which can still be paid. */
  async function aCallerWithTwoIntents(calls: number) {
    const db = await aDatabase(engine)
    const buyer = await aBuyer(db)
    const order = await orderCalls(db, buyer, calls)
    await db.replaceIntent(order, 'second', NOW)
    await db.settle(anEvent(order), NOW)
    await replaceApiKey(db.db, { keyHash: KEY, buyer, scope: SCOPE }, AT)
    return { db, order }
  }

  const call = (
    { db }: Pick<AskedDatabase, 'db'>,
    keyHash = KEY,
    repeated?: { key: string; request?: string },
    before = NOW,
  ) =>
    countCall(
      db,
      {
        call: randomUUID(),
        keyHash,
        scope: SCOPE,
        idempotency: repeated && { key: repeated.key, requestHash: hashOf(repeated.request ?? 'GET /') },
      },
      AT,
      before,
    )
  const countOf = (outcomes: CallOutcome[], outcome: string) =>
    outcomes.filter((each) => each.outcome === outcome).length

  describe('calls that were bought', () => {
    test('are counted to the last one', async () => {
      const { db, buyer } = await aCaller(3)
      const left: unknown[] = []
      for (let number = 0; number < 4; number++) left.push(await call(db))
      expect(left).toMatchObject([
        { outcome: 'counted', callsLeft: 2 },
        { outcome: 'counted', callsLeft: 1 },
        { outcome: 'counted', callsLeft: 0 },
        { outcome: 'none-left' },
      ])
      expect(await findApiAccess(db.db, buyer, AT.today)).toEqual([
        { scope: SCOPE, callsLeft: 0, callsBought: 3, keySince: NOW, keyHash: KEY },
      ])
    })

    test('are never exceeded, with fifty at once in two instances', async () => {
      const { db, buyer } = await aCaller(10)
      await buyCalls(db, buyer, 7)
      const instances = [db, await anInstance(db.url)]
      const all = Array.from({ length: 50 }, (_, index) => call(instances[index % 2] as AskedDatabase))
      const outcomes = await Promise.all(all)
      expect([countOf(outcomes, 'counted'), countOf(outcomes, 'none-left')]).toEqual([17, 33])
      const [row] = await db.query('SELECT SUM(calls_left) AS calls_left FROM allowances')
      expect(Number(row?.calls_left)).toBe(0)
      expect(await call(db)).toEqual({ outcome: 'none-left' })
    })

    test('of a later order follow those of the first', async () => {
      const { db, buyer } = await aCaller(1)
      await call(db)
      expect(await call(db)).toEqual({ outcome: 'none-left' })
      await buyCalls(db, buyer, 2)
      expect(await call(db)).toMatchObject({ outcome: 'counted', callsLeft: 1 })
    })

    test('are shared by all holders of the order, each with a key of their own', async () => {
      const { db, order } = await aCaller(3)
      await db.confirmOrder(order, hashOf('code'), true, NOW)
      const friend = await aBuyer(db)
      expect(await db.redeem(order.id, hashOf('code'), friend, NOW)).toBe('redeemed')
      const theirs = hashOf('another key')
      expect(await replaceApiKey(db.db, { keyHash: theirs, buyer: friend, scope: SCOPE }, AT)).toBe(true)
      expect(await call(db)).toMatchObject({ callsLeft: 2 })
      expect(await call(db, theirs)).toMatchObject({ callsLeft: 1 })
      const other = await anInstance(db.url)
      const all = [1, 2, 3, 4].flatMap(() => [call(db), call(other, theirs)])
      const outcomes = await Promise.all(all)
      expect([countOf(outcomes, 'counted'), countOf(outcomes, 'none-left')]).toEqual([1, 7])
    })

    test('end with the access', async () => {
      const { db, buyer, order } = await aCaller(3)
      await call(db, KEY, { key: 'one' })
      const act = { what: 'revoke', subject: order.id, session: 'desk' }
      await revokeAccess(db.db, { order: order.id, buyer: undefined, reason: 'a reason' }, act, AT)
      for (const repeated of [undefined, { key: 'one' }])
        expect(await call(db, KEY, repeated)).toEqual({ outcome: 'none-left' })
      expect(await findApiAccess(db.db, buyer, AT.today)).toEqual([])
      expect(await replaceApiKey(db.db, { keyHash: hashOf('x'), buyer, scope: SCOPE }, AT)).toBe(false)
    })

    test('are all there again once a payment restores what the merchant had refunded and ended', async () => {
      const { db, order } = await aCallerWithTwoIntents(2)
      await call(db)
      await call(db)
      const [payment] = await db.query('SELECT id FROM payments')
      const about = aRefund(String(payment?.id), { endsAccess: 'refunded' })
      const act = { what: 'refund', subject: order.id, session: 'desk' }
      expect(await recordRefund(db.db, about, act, AT)).toBe('recorded')
      expect(await call(db)).toEqual({ outcome: 'none-left' })
      const second = anEvent({ intent: 'second' })
      expect(await db.settleByEvent(second, false, NOW)).toBe('applied')
      expect(await call(db)).toMatchObject({ outcome: 'counted', callsLeft: 1 })
      await db.settleByEvent(second, false, NOW)
      expect(await call(db)).toMatchObject({ outcome: 'counted', callsLeft: 0 })
      expect(await call(db)).toEqual({ outcome: 'none-left' })
    })

    test('can be given back', async () => {
      const { db } = await aCaller(1)
      const counted = await call(db)
      if (counted.outcome !== 'counted') throw new Error(counted.outcome)
      const made = {
        call: 'a call',
        keyHash: KEY,
        scope: SCOPE,
        idempotency: undefined,
        order: counted.order,
      }
      // Whoever doesn't learn whether it was given back tries again.
      await Promise.all([1, 2, 3].map(() => giveCallBack(db.db, made, NOW)))
      await giveCallBack(db.db, made, NOW + 1)
      expect(await call(db)).toMatchObject({ outcome: 'counted', callsLeft: 0 })
      expect(await call(db)).toEqual({ outcome: 'none-left' })
    })

    test('are neither lost nor miscounted when the key is replaced in the middle of a call', async () => {
      const { db, buyer } = await aCaller(10)
      const other = await anInstance(db.url)
      let key = KEY
      let left = 10
      for (let round = 0; round < 8; round++) {
        const next = hashOf(`key ${round}`)
        const [counted] = await Promise.all([
          call(db, key, round % 2 ? { key: String(round) } : undefined),
          replaceApiKey(other.db, { keyHash: next, buyer, scope: SCOPE }, AT),
        ])
        if (counted.outcome === 'counted') expect(counted.callsLeft).toBe(--left)
        else expect(counted).toEqual({ outcome: 'none-left' })
        expect(await findApiAccess(db.db, buyer, AT.today)).toMatchObject([{ callsLeft: left }])
        key = next
      }
    })
  })

  describe('a call that is repeated', () => {
    test('is counted once, also at the same time in two instances', async () => {
      const { db } = await aCaller(5)
      const other = await anInstance(db.url)
      const all = Array.from({ length: 20 }, (_, index) => call(index % 2 ? db : other, KEY, { key: 'one' }))
      const outcomes = await Promise.all(all)
      expect([countOf(outcomes, 'counted'), countOf(outcomes, 'repeated')]).toEqual([1, 19])
      expect(await call(db, KEY, { key: 'other' })).toMatchObject({ outcome: 'counted', callsLeft: 3 })
    })

    test('with the key of another request is refused, and nothing is counted', async () => {
      const { db } = await aCaller(2)
      await call(db, KEY, { key: 'one', request: 'GET /a' })
      expect(await call(db, KEY, { key: 'one', request: 'GET /b' })).toEqual({ outcome: 'reused' })
      expect(await call(db)).toMatchObject({ callsLeft: 0 })
    })

    test('is answered when no call is left, but a new one isn’t', async () => {
      const { db } = await aCaller(1)
      await call(db, KEY, { key: 'one' })
      expect(await call(db, KEY, { key: 'one' })).toEqual({ outcome: 'repeated', callsLeft: 0 })
      expect(await call(db, KEY, { key: 'two' })).toEqual({ outcome: 'none-left' })
      expect(await db.query('SELECT idempotency_key FROM api_calls')).toEqual([{ idempotency_key: 'one' }])
    })

    test('is counted anew once it was given back, or forgotten after a day', async () => {
      const { db } = await aCaller(3)
      const idempotency = { key: 'one', requestHash: hashOf('GET /') }
      const made = { call: 'a call', keyHash: KEY, scope: SCOPE, idempotency }
      const counted = await countCall(db.db, made, AT, NOW)
      if (counted.outcome !== 'counted') throw new Error(counted.outcome)
      await giveCallBack(db.db, { ...made, order: counted.order }, NOW)
      expect(await call(db, KEY, { key: 'one' })).toMatchObject({ outcome: 'counted', callsLeft: 2 })
      await forgetCalls(db.db, NOW)
      expect(await call(db, KEY, { key: 'one' })).toMatchObject({ outcome: 'repeated' })
      await forgetCalls(db.db, NOW + 1)
      expect(await call(db, KEY, { key: 'one' })).toMatchObject({ outcome: 'counted', callsLeft: 1 })
    })
  })

  describe('a call whose idempotency key came with an old one', () => {
    const REPEATED = { key: 'one', request: 'GET /a' }

    test.each(['GET /a', 'GET /b'])('is counted as a new one (%s)', async (request) => {
      const { db } = await aCaller(3)
      await call(db, KEY, REPEATED)
      expect(await call(db, KEY, { key: 'one', request }, NOW + 1)).toMatchObject({
        outcome: 'counted',
        callsLeft: 1,
      })
      expect(await call(db, KEY, { key: 'one', request })).toEqual({ outcome: 'repeated', callsLeft: 1 })
    })

    test('is counted once, also at the same time in two instances', async () => {
      const { db } = await aCaller(5)
      const other = await anInstance(db.url)
      await call(db, KEY, REPEATED)
      await db.query(`UPDATE api_calls SET called_at = ${NOW - 1}`)
      const all = Array.from({ length: 20 }, (_, index) => call(index % 2 ? db : other, KEY, REPEATED))
      const outcomes = await Promise.all(all)
      expect([countOf(outcomes, 'counted'), countOf(outcomes, 'repeated')]).toEqual([1, 19])
      expect(await call(db)).toMatchObject({ outcome: 'counted', callsLeft: 2 })
    })

    test('leaves the old one of another buyer alone', async () => {
      const { db } = await aCaller(3)
      const other = await aBuyer(db)
      await buyCalls(db, other, 3)
      const theirs = hashOf('another key')
      await replaceApiKey(db.db, { keyHash: theirs, buyer: other, scope: SCOPE }, AT)
      await call(db, theirs, REPEATED)
      await call(db, KEY, REPEATED, NOW + 1)
      expect(await call(db, theirs, REPEATED)).toEqual({ outcome: 'repeated', callsLeft: 2 })
    })
  })

  test('old calls are forgotten in units of 100, each of which reads no others', async () => {
    const { db, buyer, order } = await aCaller(1)
    const numbers = `WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < 20000)`
    await db.query(
      `INSERT INTO api_calls (buyer, idempotency_key, request_hash, call, order_id, called_at)
       ${numbers} SELECT '${buyer}', 'key ' || n, '${hashOf('GET /')}', 'call ' || n, '${order.id}', ${NOW} + n FROM numbers`,
    )
    if (engine.name === 'postgres') await db.query('ANALYZE')
    const { db: recorded, writes } = recordWrites(db.db)
    await forgetCalls(recorded, NOW + 251)
    expect(writes).toHaveLength(3)
    const [kept] = await db.query('SELECT MIN(called_at) AS first FROM api_calls')
    expect(Number(kept?.first)).toBe(NOW + 251)
    const [write] = writes
    if (!write) throw new Error('nothing was written')
    const [sql] = write
    const stillOld: Statement = [sql, { before: NOW + 2_600 }]
    if (engine.name === 'postgres') {
      const scans = await scanOnPostgres(db.url, stillOld)
      expect(scans.filter(({ rows }) => rows > 100)).toEqual([])
    } else
      expect(explainOnSqlite(db.path, stillOld).filter((step) => /^SCAN api_calls/.test(step))).toEqual([])
  })

  describe('a key', () => {
    test('replaces the one before, and can be ended', async () => {
      const { db, buyer } = await aCaller(5)
      const next = hashOf('next')
      await replaceApiKey(db.db, { keyHash: next, buyer, scope: SCOPE }, AT)
      expect(await call(db, KEY)).toEqual({ outcome: 'none-left' })
      expect([await findKeyHolder(db.db, KEY, SCOPE), await findKeyHolder(db.db, next, SCOPE)]).toEqual([
        undefined,
        buyer,
      ])
      expect(await call(db, next)).toMatchObject({ outcome: 'counted' })
      expect(await revokeApiKey(db.db, buyer, SCOPE)).toBe(true)
      expect(await call(db, next)).toEqual({ outcome: 'none-left' })
      expect(await revokeApiKey(db.db, buyer, SCOPE)).toBe(false)
    })

    test('is for one part of the API, and opens no other that its owner has paid for', async () => {
      const { db, buyer } = await aCaller(2)
      await buyCalls(db, buyer, 2, OTHER_SCOPE)
      expect(await replaceApiKey(db.db, { keyHash: hashOf('other'), buyer, scope: OTHER_SCOPE }, AT)).toBe(
        true,
      )
      expect(await call(db, KEY, { key: 'one' })).toMatchObject({ outcome: 'counted', callsLeft: 1 })
      expect(await findKeyHolder(db.db, KEY, OTHER_SCOPE)).toBeUndefined()
      const elsewhere = { call: 'elsewhere', keyHash: KEY, scope: OTHER_SCOPE }
      for (const idempotency of [undefined, { key: 'one', requestHash: hashOf('GET /') }])
        expect(await countCall(db.db, { ...elsewhere, idempotency }, AT, NOW)).toEqual({
          outcome: 'none-left',
        })
      expect(await findApiAccess(db.db, buyer, AT.today)).toMatchObject([
        { scope: OTHER_SCOPE, callsLeft: 2 },
        { scope: SCOPE, callsLeft: 1 },
      ])
      expect(await revokeApiKey(db.db, buyer, OTHER_SCOPE)).toBe(true)
      expect(await findKeyHolder(db.db, KEY, SCOPE)).toBe(buyer)
    })

    test('is made in place of the named one once, of several that are asked for at the same time', async () => {
      const { db, buyer } = await aCaller(5)
      const key = { buyer, scope: SCOPE }
      expect(await replaceApiKey(db.db, { ...key, keyHash: hashOf('x'), replaces: '' }, AT)).toBe(false)
      expect(await call(db)).toMatchObject({ outcome: 'counted' })
      const asked = ['a', 'b', 'c'].map((name) =>
        replaceApiKey(db.db, { ...key, keyHash: hashOf(name), replaces: KEY }, AT),
      )
      expect((await Promise.all(asked)).filter(Boolean)).toHaveLength(1)
      await revokeApiKey(db.db, buyer, SCOPE)
      expect(await replaceApiKey(db.db, { ...key, keyHash: hashOf('x'), replaces: '' }, AT)).toBe(true)
    })

    test('is neither made nor ended in place of a named one that is no longer the buyer’s', async () => {
      const { db, buyer } = await aCaller(5)
      const next = { buyer, scope: SCOPE, keyHash: hashOf('next') }
      expect(await revokeApiKey(db.db, buyer, SCOPE, hashOf('older'))).toBe(false)
      expect(await revokeApiKey(db.db, buyer, SCOPE, KEY)).toBe(true)
      expect(await replaceApiKey(db.db, { ...next, replaces: KEY }, AT)).toBe(false)
      expect(await findKeyHolder(db.db, next.keyHash, SCOPE)).toBeUndefined()
    })

    test('that is replaced and ended at the same time, each by its name, is one or the other', async () => {
      const { db, buyer } = await aCaller(5)
      const other = await anInstance(db.url)
      let key = KEY
      for (let round = 0; round < 8; round++) {
        const keyHash = hashOf(`key ${round}`)
        const outcomes = await Promise.all([
          replaceApiKey(db.db, { buyer, scope: SCOPE, keyHash, replaces: key }, AT),
          revokeApiKey(other.db, buyer, SCOPE, key),
        ])
        expect(outcomes.filter(Boolean)).toHaveLength(1)
        key = keyHash
        await replaceApiKey(db.db, { buyer, scope: SCOPE, keyHash }, AT)
      }
    })

    test('is for those who bought calls of that part', async () => {
      const { db, buyer } = await aCaller(5)
      const elsewhere = { keyHash: hashOf('x'), buyer, scope: OTHER_SCOPE }
      expect(await replaceApiKey(db.db, elsewhere, AT)).toBe(false)
      const stranger = await aBuyer(db)
      expect(await replaceApiKey(db.db, { keyHash: hashOf('x'), buyer: stranger, scope: SCOPE }, AT)).toBe(
        false,
      )
    })
  })
})

onPostgres((engine) => {
  test('a key that is to be replaced while a call waits for others is replaced after it', async () => {
    const db = await aDatabase(engine)
    const other = await anInstance(db.url)
    const buyer = await aBuyer(db)
    const grants = [{ scope: SCOPE, days: null, calls: 5 }]
    const terms = { buyer, product: 'calls', kind: 'api', grants, onlyOnce: null }
    await db.settle(anEvent(await placeOrder(db, aNewOrder(terms))), NOW)
    await replaceApiKey(db.db, { keyHash: KEY, buyer, scope: SCOPE }, AT)
    const made = { call: 'one', keyHash: KEY, scope: SCOPE, idempotency: undefined }
    await countCall(db.db, made, AT, NOW)
    const waiting = async () => {
      const [row] = await db.query(
        `SELECT COUNT(*) AS waiting FROM pg_locks JOIN pg_stat_activity USING (pid)
          WHERE NOT granted AND datname = current_database()`,
      )
      return Number(row?.waiting)
    }
    const idempotency = { key: 'two', requestHash: hashOf('GET /') }
    const outcome = await withClient(db.url, async (client) => {
      await client.query('BEGIN')
      await client.query('UPDATE allowances SET calls_left = calls_left')
      const counting = countCall(db.db, { ...made, call: 'two', idempotency }, AT, NOW).catch(() => undefined)
      await until(async () => (await waiting()) > 0)
      let isReplaced = false
      const next = { keyHash: hashOf('next'), buyer, scope: SCOPE }
      const replacing = replaceApiKey(other.db, next, AT).finally(() => {
        isReplaced = true
      })
      await until(async () => isReplaced || (await waiting()) > 1)
      await client.query('COMMIT')
      await replacing
      return counting
    })
    const wasLate = outcome === undefined || outcome.outcome === 'none-left' // on a busy machine
    const callsLeft = wasLate ? 4 : 3
    if (!wasLate) expect(outcome).toMatchObject({ outcome: 'counted', callsLeft })
    expect(await findApiAccess(db.db, buyer, AT.today)).toMatchObject([{ callsLeft }])
  })
})
