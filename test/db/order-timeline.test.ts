import { describe, expect, test } from '@jest/globals'
import {
  findDeskOrder,
  findHoldersOf,
  findMoneyOf,
  findOtherOrders,
  findOtherPurchases,
  findTimelineOf,
  recordFirstStep,
  recordRefusal,
  shrinkEnded,
} from '../../db/index.ts'
import { STATEMENTS_ABOUT_HOLDERS } from '../../db/queries/order-holders.ts'
import { STATEMENTS_ABOUT_MONEY } from '../../db/queries/order-money.ts'
import { FIND_ORDER } from '../../db/queries/order-page.ts'
import { FIND_EVENTS, STATEMENTS_ABOUT_TIME } from '../../db/queries/order-timeline.ts'
import { STATEMENTS_ABOUT_OTHERS } from '../../db/queries/other-orders.ts'
import {
  aBuyer,
  aDatabase,
  aNewOrder,
  anEvent,
  hashOf,
  NOW,
  OUR_DESTINATION,
  placeOrder,
  type TestDatabase,
} from '../support/database.ts'
import { type Engine, onSqliteAndPostgres, withClient } from '../support/engines.ts'

const STATEMENTS = [
  FIND_ORDER,
  ...STATEMENTS_ABOUT_MONEY,
  ...STATEMENTS_ABOUT_HOLDERS,
  ...STATEMENTS_ABOUT_OTHERS,
  ...STATEMENTS_ABOUT_TIME,
]
const DAY = 86_400_000

onSqliteAndPostgres((engine) => {
  async function anOrder() {
    const db = await aDatabase(engine)
    const buyer = await aBuyer(db)
    const order = await placeOrder(db, aNewOrder({ buyer }))
    await db.confirmOrder(order, hashOf(order.id), true, NOW)
    const refuse = (reason: string, now: number) =>
      recordRefusal(db.db, { intent: order.intent, reason, isDropped: false }, now)
    return { db, buyer, order, refuse }
  }

  describe('the events of an order', () => {
    test('are the one that proved its payment and all others about its intent, each once', async () => {
      const { db, order } = await anOrder()
      await db.settle(anEvent(order, { hundredths: 9 }), NOW + 1)
      await db.settle(anEvent(order), NOW + 2)
      await db.settle(anEvent(order), NOW + 3)
      await db.settle(anEvent(order, { user: 'another token' }), NOW + 4)
      await db.settle(anEvent({ intent: 'of nobody' }), NOW + 5)
      const { events } = await findTimelineOf(db.db, order.id)
      expect(events).toMatchObject([
        { verdict: 'mismatched', hundredths: 9, paysUs: true, isUsed: false, timesSeen: 1 },
        { verdict: 'applied', firstSeenAt: NOW + 2, lastSeenAt: NOW + 3, timesSeen: 2 },
        { verdict: 'duplicate', firstSeenAt: NOW + 4 },
      ])
    })

    test('say whether they pay an address of the shop', async () => {
      const { db, order } = await anOrder()
      await db.settle(anEvent(order, { destination: 'elsewhere' }), NOW)
      await db.settle(anEvent(order, { destination: OUR_DESTINATION }), NOW + 1)
      const { events } = await findTimelineOf(db.db, order.id)
      expect(events.map(({ paysUs }) => paysUs)).toEqual([false, false]) // the second has been asked for by no order
    })
  })

  describe('the steps of an order', () => {
    test('keep each refusal', async () => {
      const { db, order, refuse } = await anOrder()
      await refuse('no', NOW + 1)
      await refuse('no again', NOW + 2)
      expect((await findTimelineOf(db.db, order.id)).steps).toEqual([
        { at: NOW + 1, what: 'refused', detail: 'no' },
        { at: NOW + 2, what: 'refused', detail: 'no again' },
      ])
    })

    test('are thirty of a kind at most, however often a buyer tries', async () => {
      const { db, order, refuse } = await anOrder()
      for (let time = 0; time < 33; time++) await refuse('no', NOW + time)
      await recordFirstStep(db.db, { order: order.id, what: 'first-download' }, NOW + 50)
      expect((await findTimelineOf(db.db, order.id)).steps).toHaveLength(31)
    })

    test('have the first download once', async () => {
      const { db, order } = await anOrder()
      for (const at of [NOW + 1, NOW + 2])
        await recordFirstStep(db.db, { order: order.id, what: 'first-download' }, at)
      expect((await findTimelineOf(db.db, order.id)).steps).toEqual([
        { at: NOW + 1, what: 'first-download', detail: undefined },
      ])
    })

    test('tell when polling ended, unless the order was paid', async () => {
      const { db, buyer, order } = await anOrder()
      const paid = await placeOrder(db, aNewOrder({ buyer, product: 'other', grants: [], onlyOnce: null }))
      await db.settle(anEvent(paid), NOW)
      await db.query('UPDATE intents SET next_check_at = NULL')
      const later = NOW + 40 * DAY
      await shrinkEnded(db.db, { now: later, before: later - 30 * DAY, limit: 10 })
      await shrinkEnded(db.db, { now: later + 1, before: later - 30 * DAY, limit: 10 })
      expect((await findTimelineOf(db.db, order.id)).steps).toEqual([
        { at: later, what: 'expired', detail: undefined },
      ])
      expect((await findTimelineOf(db.db, paid.id)).steps).toEqual([])
    })
  })

  test('an order is found by its intent, with its money, its holders, and its buyer’s other orders', async () => {
    const { db, buyer, order } = await anOrder()
    const other = await placeOrder(db, aNewOrder({ buyer, product: 'other' }))
    await db.redeem(order.id, hashOf(order.id), await aBuyer(db), NOW + 1)
    await db.settle(anEvent(order), NOW + 2)
    const found = await findDeskOrder(db.db, order.intent)
    expect(found).toMatchObject({ id: order.id, state: 'paid', isRevoked: false, offeredAt: undefined })
    expect(await findDeskOrder(db.db, 'nothing')).toBeUndefined()
    expect(await findMoneyOf(db.db, order.id)).toMatchObject({
      intents: [{ id: order.intent, isPaid: true, confirmedAt: NOW }],
      payments: [{ intent: order.intent, hundredths: 25, refunded: 0, proof: 'webhook' }],
      refunds: [],
    })
    expect(await findHoldersOf(db.db, order.id)).toMatchObject({
      holders: [
        { buyer, acquiredBy: 'ordered', isEntitled: true },
        { acquiredBy: 'redeemed', isEntitled: true },
      ],
      revocations: [],
      links: [],
    })
    expect(await findOtherOrders(db.db, { order: order.id, buyer }, 5)).toMatchObject([
      { id: other.id, state: 'offered' },
    ])
  })

  test('the other purchases of a buyer are those that were paid, however many unpaid orders are newer', async () => {
    const { db, buyer, order } = await anOrder()
    const titled = (title: string) => placeOrder(db, aNewOrder({ buyer, product: title, title }))
    const bought = await titled('bought')
    await db.settle(anEvent(bought), NOW + 1)
    await db.settle(anEvent(order), NOW + 2)
    for (const title of ['looked at', 'looked at too']) await titled(title)
    expect(await findOtherPurchases(db.db, { order: order.id, buyer }, 2)).toEqual(['bought'])
  })

  test('no statement about one order reads a table from end to end', async () => {
    const { db, order } = await anOrder()
    for (const statement of STATEMENTS) {
      const plan = await explain(engine, db, statement, order.id)
      expect(plan).not.toMatch(/^SCAN (?!newest\b)/m) // SQLite
      expect(plan).not.toContain('Seq Scan') // PostgreSQL
    }
    expect(await explain(engine, db, FIND_EVENTS, order.id)).toContain('events_besides')
  })
})

async function explain(engine: Engine, db: TestDatabase, statement: string, order: string): Promise<string> {
  const literal = statement.replace(/@(order|id|buyer)\b/g, `'${order}'`).replaceAll('@limit', '200')
  if (engine.name === 'sqlite')
    return (await db.query(`EXPLAIN QUERY PLAN ${literal}`)).map(({ detail }) => detail).join('\n')
  return withClient(db.url, async (client) => {
    await client.query('SET enable_seqscan = off') // so that what is left of it has no index to use
    return (await client.query(`EXPLAIN ${literal}`)).rows.map((row) => row['QUERY PLAN']).join('\n')
  })
}
