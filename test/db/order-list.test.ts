import { describe, expect, test } from '@jest/globals'
import {
  countOrders,
  findChangedOrders,
  findOrders,
  isTooShort,
  newId,
  type OrderFilter,
  type OrderPlace,
  type VerifiedEvent,
} from '../../db/index.ts'
import {
  aBuyer,
  aDatabase,
  aNewOrder,
  anEvent,
  hashOf,
  NOW,
  placeOrder,
  type TestDatabase,
} from '../support/database.ts'
import { type Engine, onSqliteAndPostgres } from '../support/engines.ts'

const MINUTE = 60_000
const EVERYTHING = { limit: 50, read: 5_000 }

/** Orders of one buyer each, a minute apart; what differs between them is given, oldest first. */
async function ordersOf(db: TestDatabase, changes: Partial<Parameters<typeof aNewOrder>[0]>[]) {
  const orders = []
  for (const [index, change] of changes.entries()) {
    const buyer = await aBuyer(db)
    orders.push(await placeOrder(db, aNewOrder({ buyer, ...change }), undefined, NOW + index * MINUTE))
  }
  return orders
}

async function aShopWithOrders(engine: Engine, changes: Parameters<typeof ordersOf>[1]) {
  const db = await aDatabase(engine)
  const orders = await ordersOf(db, changes)
  const find = (filter: OrderFilter = {}, after?: OrderPlace, limits = EVERYTHING) =>
    findOrders(db.db, filter, after, limits)
  const idsOf = async (filter: OrderFilter) => (await find(filter)).orders.map(({ id }) => id)
  return { db, orders, ids: orders.map(({ id }) => id), find, idsOf }
}

const unpaid = (count: number) => Array.from({ length: count }, () => ({}))

onSqliteAndPostgres((engine) => {
  describe('the list of orders', () => {
    test('is newest first, page after page, with each order once, also of the same millisecond', async () => {
      const { db, ids, find } = await aShopWithOrders(engine, unpaid(5))
      await db.query(`UPDATE orders SET created_at = ${NOW} WHERE created_at < ${NOW + 3 * MINUTE}`)
      const together = ids.slice(0, 3).sort().reverse()
      const seen: string[] = []
      let after: OrderPlace | undefined
      do {
        const page = await find({}, after, { limit: 2, read: 10 })
        seen.push(...page.orders.map(({ id }) => id))
        after = page.next
      } while (after)
      expect(seen).toEqual([ids[4], ids[3], ...together])
    })

    test('says what became of each order', async () => {
      const { db, orders, find } = await aShopWithOrders(engine, unpaid(2))
      const [paid, open] = orders
      await db.settleByEvent(anEvent(paid as { intent: string }), false, NOW + 1)
      expect((await find()).orders).toEqual([
        expect.objectContaining({ id: open?.id, state: 'offered', payments: [], hundredths: 25 }),
        expect.objectContaining({
          id: paid?.id,
          state: 'paid',
          title: 'An article',
          kind: 'article',
          payments: [
            {
              intent: paid?.intent,
              hundredths: 25,
              currency: 'usd',
              taxHundredths: 0,
              paidAt: NOW + 1,
              refund: undefined,
            },
          ],
        }),
      ])
    })

    test('has an order once that was paid twice, with both payments', async () => {
      const { db, orders, find } = await aShopWithOrders(engine, unpaid(1))
      const [order] = orders as [(typeof orders)[0]]
      await db.replaceIntent(order, 'second', NOW + 1)
      await db.settleByEvent(anEvent({ intent: 'second' }), false, NOW + 2)
      await db.settleByEvent(anEvent(order), false, NOW + 3)
      const page = await find()
      expect(page.orders).toEqual([
        expect.objectContaining({
          state: 'paid-twice',
          payments: [
            expect.objectContaining({ intent: 'second', paidAt: NOW + 2 }),
            expect.objectContaining({ intent: order.intent, paidAt: NOW + 3 }),
          ],
        }),
      ])
      expect(page.next).toBeUndefined()
    })

    test('has what went back of each payment beside it', async () => {
      const { db, orders, find } = await aShopWithOrders(engine, unpaid(1))
      const [order] = orders as [(typeof orders)[0]]
      await db.settleByEvent(anEvent(order), false, NOW)
      for (const [n, currency, back] of [
        [1, 'jpy', 50_000],
        [2, 'usd', 5],
      ]) {
        await db.query(`INSERT INTO payments (id, order_id, proof, hundredths, currency, product, paid_at, honoured_by)
          VALUES ('z${n}', '${order.id}', 'merchant', 90000, '${currency}', 'article', ${NOW}, 'x')`)
        await db.query(`INSERT INTO refunds (id, payment, hundredths, tax_hundredths, refunded_at, refunded_by)
          VALUES ('r${n}', 'z${n}', ${back}, 1, ${NOW}, 'x')`)
      }
      const backOf = (hundredths: number) => ({ refund: { hundredths, taxHundredths: 1, lastAt: NOW } })
      expect((await find()).orders).toMatchObject([
        {
          payments: [
            { currency: 'usd', refund: undefined },
            { intent: undefined, currency: 'jpy', ...backOf(50_000) },
            { intent: undefined, currency: 'usd', ...backOf(5) },
          ],
        },
      ])
    })
  })

  describe('a filter', () => {
    test('by each field finds the orders that match, and by several those that match all', async () => {
      const { db, orders, ids, idsOf } = await aShopWithOrders(engine, [
        { product: 'article' },
        { product: 'book' },
        { product: 'book', currency: 'eur', hundredths: 300, listHundredths: 300 },
        { product: 'book', hundredths: 500, listHundredths: 500 },
      ])
      await db.settleByEvent(anEvent(orders[1] as { intent: string }), false, NOW + 1)
      const [article, paid, euros, dear] = ids
      expect(await idsOf({ product: 'article' })).toEqual([article])
      expect(await idsOf({ currency: 'eur' })).toEqual([euros])
      expect(await idsOf({ state: 'paid' })).toEqual([paid])
      expect(await idsOf({ state: 'offered' })).toEqual([dear, euros, article])
      expect(await idsOf({ minHundredths: 300 })).toEqual([dear, euros])
      expect(await idsOf({ maxHundredths: 300, minHundredths: 300 })).toEqual([euros])
      expect(await idsOf({ from: NOW + MINUTE, before: NOW + 3 * MINUTE })).toEqual([euros, paid])
      expect(await idsOf({ product: 'book', currency: 'usd', state: 'offered' })).toEqual([dear])
      expect(await idsOf({ product: 'nothing' })).toEqual([])
    })

    test('that is rare reads no more than it may, and says where to continue', async () => {
      const { ids, find } = await aShopWithOrders(engine, [{ product: 'book' }, ...unpaid(4)])
      const books = (after?: OrderPlace) => find({ product: 'book' }, after, { limit: 2, read: 2 })
      const first = await books()
      expect(first).toMatchObject({ orders: [], next: { id: ids[3] }, isCutShort: true })
      const second = await books(first.next)
      expect(second).toMatchObject({ orders: [], next: { id: ids[1] }, isCutShort: true })
      expect(await books(second.next)).toMatchObject({
        orders: [{ id: ids[0] }],
        next: undefined,
        isCutShort: false,
      })
    })

    test('finds the last order also where the reading ends with it', async () => {
      const { ids, find } = await aShopWithOrders(engine, [{ product: 'book' }, {}])
      const page = await find({ product: 'book' }, undefined, { limit: 2, read: 2 })
      expect(page).toMatchObject({ orders: [{ id: ids[0] }], next: undefined, isCutShort: false })
    })
  })

  describe('a search', () => {
    test.each(['order', 'intent', 'buyer'] as const)(
      'finds an order by the beginning of its %s',
      async (what) => {
        const { orders, ids, find } = await aShopWithOrders(engine, [
          { intent: 'Aintent' },
          { intent: 'aIntent' },
          { intent: 'aIn_ent' },
        ])
        const [, order] = orders
        const id = { order: order?.id, intent: order?.intent, buyer: order?.buyer }[what] ?? ''
        for (const length of [id.length, id.length - 1, what === 'intent' ? 4 : 30])
          expect((await find({ search: id.slice(0, length) })).orders.map((found) => found.id)).toEqual([
            ids[1],
          ])
        expect((await find({ search: `${id}0` })).orders).toEqual([])
        expect((await find({ search: id.slice(1) })).orders).toEqual([])
      },
    )

    test('finds an order by the beginning of the id of one of its payments or refunds, also in capitals', async () => {
      const { db, orders, ids, idsOf } = await aShopWithOrders(engine, unpaid(3))
      for (const [minute, { intent }] of orders.entries())
        await db.settleByEvent(anEvent({ intent }), false, NOW + (10 + minute) * MINUTE)
      for (const [minute, id] of ids.entries())
        await db.query(`INSERT INTO refunds (id, payment, hundredths, refunded_at, refunded_by)
          SELECT '${newId(NOW + (20 + minute) * MINUTE)}', id, 25, 0, 'x' FROM payments WHERE order_id = '${id}'`)
      const [found] =
        await db.query(`SELECT orders.id AS of_order, orders.buyer, payments.id AS payment, refunds.id AS refund
        FROM orders JOIN payments ON payments.order_id = orders.id JOIN refunds ON refunds.payment = payments.id
        WHERE orders.id = '${ids[1]}'`)
      for (const id of Object.values(found ?? {}).map(String)) {
        for (const search of [id, id.slice(0, 30), id.toUpperCase(), id.slice(0, 30).toUpperCase()])
          expect([search, await idsOf({ search })]).toEqual([search, [ids[1]]])
        expect(await idsOf({ search: `${id}0` })).toEqual([])
      }
    })

    test('finds what a buyer has redeemed as well', async () => {
      const { db, orders, idsOf } = await aShopWithOrders(engine, unpaid(1))
      const [order] = orders as [(typeof orders)[0]]
      await db.confirmOrder(order, hashOf('code'), true, NOW)
      const redeemer = await aBuyer(db)
      await db.redeem(order.intent, hashOf('code'), redeemer, NOW)
      expect(await idsOf({ search: redeemer })).toEqual([order.id])
    })

    test('combines with the other fields', async () => {
      const { ids, idsOf } = await aShopWithOrders(engine, [{ product: 'book' }, {}])
      const search = String(ids[0]).slice(0, 2)
      expect(await idsOf({ search, product: 'book' })).toEqual([ids[0]])
      expect(await idsOf({ search, from: NOW + 1 })).toEqual([ids[1]])
    })

    test('that is too short says that it didn’t look at everything', async () => {
      const { ids, find } = await aShopWithOrders(engine, unpaid(3))
      const search = String(ids[0]).slice(0, 2)
      expect(await find({ search }, undefined, { limit: 5, read: 10 })).toMatchObject({
        next: undefined,
        isCutShort: true,
      })
      expect(await find({ search }, undefined, { limit: 5, read: 15 })).toMatchObject({ isCutShort: false })
    })
  })

  describe('the whole id of a buyer', () => {
    /** Orders of one buyer, a minute apart, after one from before ids had a time. */
    async function aShopWithABuyer(count: number) {
      const db = await aDatabase(engine)
      const buyer = await aBuyer(db)
      const ids = ['Before', ...Array.from({ length: count }, (_, index) => newId(NOW + index * MINUTE))]
      for (const [index, id] of ids.entries()) {
        const order = aNewOrder({ buyer, id, product: `product-${index}` })
        await placeOrder(db, order, undefined, NOW + (index - 1) * MINUTE)
      }
      const find = (filter: OrderFilter, after?: OrderPlace, limits = { limit: 2, read: 3 }) =>
        findOrders(db.db, { search: buyer, ...filter }, after, limits)
      return { db, buyer, ids, find }
    }

    test('finds all that they hold, page after page, in any part of which few may match', async () => {
      const { db, ids, find } = await aShopWithABuyer(7)
      await placeOrder(db, aNewOrder({ buyer: await aBuyer(db), id: newId(NOW + 1) }))
      const follow = async (filter: OrderFilter) => {
        const seen: string[] = []
        let after: OrderPlace | undefined
        do {
          const page = await find(filter, after)
          seen.push(...page.orders.map(({ id }) => id))
          after = page.next
        } while (after)
        return seen
      }
      expect(await follow({})).toEqual(ids.toReversed())
      expect(await follow({ product: 'product-1' })).toEqual([ids[1]])
      expect(await follow({ from: NOW + 2 * MINUTE, before: NOW + 6 * MINUTE })).toEqual(
        ids.slice(3, 7).reverse(),
      )
    })

    test('is never too short, and counts as far as no more are read than allowed', async () => {
      const { db, buyer } = await aShopWithABuyer(4)
      const count = (filter: OrderFilter, read: number) =>
        countOrders(db.db, { search: buyer, ...filter }, read)
      expect(await count({}, 5)).toEqual({ count: 5, isExact: true })
      expect(await count({}, 3)).toEqual({ count: 3, isExact: false })
      expect(await count({ product: 'product-1' }, 3)).toEqual({ count: 0, isExact: false, among: 3 })
      expect(await count({ from: NOW + MINUTE }, 3)).toEqual({ count: 3, isExact: true })
      expect(await isTooShort(db.db, { search: buyer }, 3)).toBe(false)
      expect(await isTooShort(db.db, { search: buyer.slice(0, -1) }, 3)).toBe(true)
    })
  })

  test('what has changed lately is found whenever it was ordered', async () => {
    const { db, orders, ids } = await aShopWithOrders(engine, unpaid(5))
    const later = NOW + 60 * MINUTE
    const changed = async () =>
      (await findChangedOrders(db.db, later, 100)).map(({ id, state }) => [id, state])
    const [paid, refunded, revoked] = orders.map(({ intent }) => anEvent({ intent }))
    for (const event of [refunded, revoked]) await db.settleByEvent(event as VerifiedEvent, false, NOW)
    expect(await changed()).toEqual([])
    await db.settleByEvent(paid as VerifiedEvent, false, later)
    await db.query(`INSERT INTO refunds (id, payment, hundredths, refunded_at, refunded_by)
      SELECT '${newId(later)}', id, 25, 0, 'x' FROM payments WHERE order_id = '${ids[1]}'`)
    await db.query(`INSERT INTO revocations (id, order_id, reason, revoked_at, revoked_by)
      VALUES ('${newId(later)}', '${ids[2]}', 'x', 0, 'x')`)
    const { id } = await placeOrder(db, aNewOrder({ buyer: await aBuyer(db) }), undefined, later)
    expect(await changed()).toEqual([
      [id, 'offered'],
      [ids[2], 'revoked'],
      [ids[1], 'refunded'],
      [ids[0], 'paid'],
    ])
    expect(await findChangedOrders(db.db, later + 1, 100)).toEqual([])
  })

  test('what was refunded or revoked is found from its day on, also if the clock was set back meanwhile', async () => {
    const { db, orders, ids, idsOf } = await aShopWithOrders(engine, unpaid(2))
    for (const { intent } of orders) await db.settleByEvent(anEvent({ intent }), false, NOW)
    const before = newId(NOW - MINUTE)
    await db.query(`INSERT INTO refunds (id, payment, hundredths, refunded_at, refunded_by)
      SELECT '${before}', id, 25, 0, 'x' FROM payments WHERE order_id = '${ids[0]}'`)
    await db.query(`INSERT INTO revocations (id, order_id, reason, revoked_at, revoked_by)
      VALUES ('${before}', '${ids[1]}', 'x', 0, 'x')`)
    expect(await idsOf({ state: 'refunded', from: NOW })).toEqual([ids[0]])
    expect(await idsOf({ state: 'revoked', from: NOW })).toEqual([ids[1]])
  })

  test('orders are counted as far as no more are read than allowed', async () => {
    const { db } = await aShopWithOrders(engine, [{ product: 'book' }, {}, {}, { product: 'book' }])
    const count = (filter: OrderFilter, read: number) => countOrders(db.db, filter, read)
    expect(await count({}, 4)).toEqual({ count: 4, isExact: true })
    expect(await count({}, 3)).toEqual({ count: 3, isExact: false })
    expect(await count({ product: 'book' }, 4)).toEqual({ count: 2, isExact: true })
    expect(await count({ product: 'book' }, 3)).toEqual({ count: 1, isExact: false, among: 3 })
    expect(await count({ before: NOW + 3 * MINUTE }, 3)).toEqual({ count: 3, isExact: true })
    expect(await count({ search: '0' }, 20)).toEqual({ count: 4, isExact: true })
    expect(await count({ search: '0' }, 15)).toMatchObject({ isExact: false })
  })
})
