import { describe, expect, test } from '@jest/globals'
import {
  findCouponStanding,
  findOrdersWithCoupon,
  honourOrder,
  isUseLeft,
  NoUseLeft,
  newId,
  reopenOrder,
  storeFreeOrder,
  updateLimits,
} from '../../db/index.ts'
import { dayOf } from '../../server/local-days.ts'
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
  type TestDatabase,
} from '../support/database.ts'
import { onEveryEngine, onPostgres, onSqliteAndPostgres, withClient } from '../support/engines.ts'
import { until } from '../support/until.ts'

const HOUR = 3_600_000
const COUPON = 'SPRING'

interface Try {
  uses?: number
  address?: string
  product?: string
  buyer?: string
  now?: number
  coupon?: string
}

/** Stores an order with the coupon. Resolves with undefined if no use is left. */
async function reserve(
  db: AskedDatabase,
  { uses = 3, product = 'article', now = NOW, coupon = COUPON, ...rest }: Try = {},
) {
  const buyer = rest.buyer ?? (await aBuyer(db))
  const address = rest.address ?? buyer // each at home
  const couponUse = { uses, address, perAddress: 3, reservedUntil: now + HOUR }
  const order = aNewOrder({ id: newId(now), buyer, product, listHundredths: 500, coupon, couponUse })
  const open = await db.findOpenOrder(buyer, product)
  try {
    const stored = await db.placeOrder(order, open?.intent, now)
    return stored?.id === order.id ? stored : undefined
  } catch (error) {
    if (!(error instanceof NoUseLeft)) throw error
    return undefined
  }
}

/** Orders the same twice for one buyer: the second order has the only use. */
async function reserveTwice(db: AskedDatabase) {
  const buyer = await aBuyer(db)
  const earlier = await reserve(db, { buyer, uses: 1 })
  const open = await reserve(db, { buyer, uses: 1 })
  if (!earlier || !open) throw new Error('no use was left')
  return { buyer, earlier, open }
}

async function giveFree(db: AskedDatabase, { uses = 3, now = NOW, buyer: given }: Try = {}) {
  const buyer = given ?? (await aBuyer(db))
  const { intent: _i, clientSecret: _s, hundredths: _h, ...order } = aNewOrder({ buyer, listHundredths: 500 })
  const couponUse = { uses, address: buyer, perAddress: 3, reservedUntil: now + HOUR }
  const free = { ...order, id: newId(now), coupon: COUPON, couponUse }
  return storeFreeOrder(db.db, free, { now, today: dayOf(now, 'UTC'), since: now - 60_000 }).catch(
    (error) => {
      if (!(error instanceof NoUseLeft)) throw error
      return undefined
    },
  )
}

async function standing(db: AskedDatabase, now = NOW) {
  return findCouponStanding(db.db, COUPON, 1_000, now)
}

/** Uses are counted beside the rows that say whose they are, and must be the same. */
async function assertCounted(db: TestDatabase): Promise<void> {
  const [row] = await db.query(
    `SELECT coupons.taken - (SELECT COUNT(*) FROM coupon_uses
      WHERE coupon = code AND payment IS NOT NULL AND is_over = 0) AS difference FROM coupons`,
  )
  expect(Number(row?.difference)).toBe(0)
}

onEveryEngine((engine) => {
  test('of fifty orders at once, through two instances, as many get a use as there are', async () => {
    const db = await aDatabase(engine)
    const other = await anInstance(db.url)
    const buyers = await Promise.all(Array.from({ length: 50 }, () => aBuyer(db)))
    const stored = []
    for (let left = buyers; left.length > 0; ) {
      const tried = await Promise.allSettled(
        left.map((buyer, index) => reserve(index % 2 ? db : other, { buyer, uses: 7 })),
      )
      stored.push(...tried.flatMap((each) => (each.status === 'fulfilled' && each.value ? [each.value] : [])))
      left = left.filter((_buyer, index) => tried[index]?.status === 'rejected') // the shop answers 503, and they try again
    }
    expect(stored).toHaveLength(7)
    expect(await standing(db)).toEqual({ coupon: COUPON, taken: 0, over: 0, reserved: 7 })
    await Promise.all(stored.map((order) => db.settle(anEvent(order), NOW)))
    expect(await standing(db)).toEqual({ coupon: COUPON, taken: 7, over: 0, reserved: 0 })
    await assertCounted(db)
  })
})

onSqliteAndPostgres((engine) => {
  test('fifty free orders, reservations and payments at once never come to more than the limit', async () => {
    const db = await aDatabase(engine)
    const late = []
    for (let index = 0; index < 10; index++) late.push(await reserve(db, { uses: 20 }))
    const now = NOW + HOUR // their reservations have ended just now
    const buyers = await Promise.all(Array.from({ length: 40 }, () => aBuyer(db)))
    const acts = [
      ...late.map((order) => order && db.settle(anEvent(order), now)),
      ...buyers.slice(0, 20).map((buyer) => giveFree(db, { buyer, uses: 20, now })),
      ...buyers.slice(20).map((buyer) => reserve(db, { buyer, uses: 20, now })),
    ]
    await Promise.allSettled(acts)
    const { taken, reserved } = await standing(db, now)
    expect(taken + reserved).toBe(20)
    await assertCounted(db)
  })

  test('limits that the file has now are stored for all coupons that were used, however many', async () => {
    const db = await aDatabase(engine)
    await db.query(`
      INSERT INTO coupons (code, uses, taken)
      WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < 1003)
      SELECT 'C' || CAST(1000 + n AS TEXT), 5, 1 FROM numbers`)
    const limits = { C1001: 9, C1002: undefined, C2002: 6, C2003: 5, UNUSED: 1 }
    await updateLimits(db.db, new Map(Object.entries(limits).map(([code, uses]) => [code, { uses }])))
    const changed = await db.query(
      'SELECT code, uses FROM coupons WHERE uses IS NULL OR uses <> 5 ORDER BY code',
    )
    expect(changed.map(({ code, uses }) => [code, uses === null ? null : Number(uses)])).toEqual([
      ['C1001', 9],
      ['C1002', null],
      ['C2002', 6],
    ])
    expect(await db.query(`SELECT 1 FROM coupons WHERE code = 'UNUSED'`)).toEqual([])
  })

  test('the orders that used a coupon last are listed first', async () => {
    const db = await aDatabase(engine)
    const orders: (string | undefined)[] = []
    for (const now of [NOW, NOW + 1, NOW + 2]) {
      const order = await reserve(db, { now })
      if (order) await db.settle(anEvent(order), now)
      orders.push(order?.id)
    }
    const listed = await findOrdersWithCoupon(db.db, COUPON, 2)
    expect(listed.map(({ order }) => order)).toEqual([orders[2], orders[1]])
  })

  test('a reservation ends with the offer’s hour, and a payment makes it final', async () => {
    const db = await aDatabase(engine)
    const first = await reserve(db, { uses: 1 })
    expect(await reserve(db, { uses: 1, now: NOW + HOUR - 1 })).toBeUndefined()
    const second = await reserve(db, { uses: 1, now: NOW + HOUR })
    if (!first || !second) throw new Error('a use was not reserved')
    await db.settle(anEvent(second), NOW + HOUR)
    await db.settle(anEvent(second, { jws: 'again' }), NOW + HOUR)
    expect(await reserve(db, { uses: 1, now: NOW + 9 * HOUR })).toBeUndefined()
    await db.settle(anEvent(first), NOW + 9 * HOUR) // late: honoured, and over the limit
    expect(await db.isPaid(first.intent)).toBe(true)
    expect(await standing(db)).toEqual({ coupon: COUPON, taken: 1, over: 1, reserved: 0 })
    await assertCounted(db)
  })

  test('money that comes after its hour takes a use that is still free', async () => {
    const db = await aDatabase(engine)
    const late = [await reserve(db, { uses: 2 }), await reserve(db, { uses: 2 })]
    const now = NOW + 2 * HOUR
    expect(await reserve(db, { uses: 2, now })).toBeDefined() // which ends the others' reservations
    for (const order of late) if (order) await db.settle(anEvent(order), now)
    expect(await standing(db, now)).toEqual({ coupon: COUPON, taken: 1, over: 1, reserved: 1 })
    expect(await reserve(db, { uses: 2, now: NOW + 4 * HOUR })).toBeDefined() // nobody paid the third
    await assertCounted(db)
  })

  test('money that comes late takes a use whose reservation has ended, though no order has looked since', async () => {
    const db = await aDatabase(engine)
    const late = await reserve(db, { uses: 1 })
    expect(await reserve(db, { uses: 1, now: NOW + HOUR })).toBeDefined() // reserved in its place, and never paid
    if (late) await db.settle(anEvent(late), NOW + 2 * HOUR)
    expect(await standing(db, NOW + 2 * HOUR)).toEqual({ coupon: COUPON, taken: 1, over: 0, reserved: 0 })
    await assertCounted(db)
  })

  test('a browser reserves one use, an address three, and what was paid holds up nobody', async () => {
    const db = await aDatabase(engine)
    const buyer = await aBuyer(db)
    const one = await reserve(db, { buyer, address: 'home', uses: 9 })
    expect(await reserve(db, { buyer, address: 'home', product: 'other', uses: 9 })).toBeUndefined()
    expect(await reserve(db, { buyer, address: 'home', product: 'other', coupon: 'WINTER' })).toBeDefined()
    expect(await reserve(db, { address: 'home', uses: 9 })).toBeDefined()
    expect(await reserve(db, { address: 'home', uses: 9 })).toBeDefined()
    expect(await reserve(db, { address: 'home', uses: 9 })).toBeUndefined()
    expect(await reserve(db, { address: 'elsewhere', uses: 9 })).toBeDefined()
    if (one) await db.settle(anEvent(one), NOW)
    expect(await reserve(db, { buyer, address: 'home', product: 'other', uses: 9 })).toBeDefined()
    expect(await db.query('SELECT address FROM coupon_uses WHERE payment IS NOT NULL')).toEqual([
      { address: null },
    ])
  })

  test('an order of the same product takes over its buyer’s reservation, and only that', async () => {
    const db = await aDatabase(engine)
    const buyer = await aBuyer(db)
    const first = await reserve(db, { buyer, uses: 1 })
    const next = await reserve(db, { buyer, uses: 1 })
    expect(await standing(db)).toMatchObject({ reserved: 1 })
    const asked = { coupon: COUPON, uses: 1, product: 'article', address: 'x', perAddress: 3 }
    expect(await isUseLeft(db.db, { ...asked, buyer }, NOW)).toBe(true)
    expect(await isUseLeft(db.db, { ...asked, buyer: '' }, NOW)).toBe(false)
    if (next) await db.settle(anEvent(next), NOW)
    if (first) await db.settle(anEvent(first), NOW) // money that comes is honoured
    expect(await standing(db)).toEqual({ coupon: COUPON, taken: 1, over: 1, reserved: 0 })
  })

  test('an order that is offered again takes its buyer’s reservation, or one that is left, once it is the open one', async () => {
    const db = await aDatabase(engine)
    const { buyer, earlier, open } = await reserveTwice(db)
    const again = (replaced: string, now = NOW) => {
      const couponUse = { uses: 1, address: buyer, perAddress: 3, reservedUntil: now + HOUR }
      return reopenOrder(db.db, { earlier, onlyOnce: null, couponUse }, replaced, at(now))
    }
    const holder = async () => (await db.query('SELECT order_id FROM coupon_uses'))[0]?.order_id
    expect((await again('of another tab'))?.id).toBe(open.id)
    expect(await holder()).toBe(open.id)
    expect((await again(open.intent))?.id).toBe(earlier.id)
    expect(await holder()).toBe(earlier.id)
    const next = await reserve(db, { buyer, uses: 1 })
    if (!next) throw new Error('no use was left')
    expect(await reserve(db, { uses: 1, now: NOW + HOUR })).toBeDefined() // somebody else
    await expect(again(next.intent, NOW + HOUR)).rejects.toBeInstanceOf(NoUseLeft)
    expect(await standing(db, NOW + HOUR)).toMatchObject({ reserved: 1 })
    expect((await db.findOpenOrder(buyer, 'article'))?.id).toBe(next.id)
  })

  test('a refused order leaves everything as it was', async () => {
    const db = await aDatabase(engine)
    const buyer = await aBuyer(db)
    await reserve(db, { uses: 1 })
    const open = await db.placeOrder(aNewOrder({ buyer }), undefined, NOW)
    expect(await reserve(db, { buyer, uses: 1 })).toBeUndefined()
    expect(await giveFree(db, { buyer, uses: 1 })).toBeUndefined()
    expect((await db.findOpenOrder(buyer, 'article'))?.id).toBe(open?.id)
    expect(await db.query(`SELECT id FROM orders WHERE buyer = '${buyer}'`)).toEqual([{ id: open?.id }])
  })

  test('a free order that is refused leaves what its buyer can pay', async () => {
    const db = await aDatabase(engine)
    const buyer = await aBuyer(db)
    const open = await db.placeOrder(aNewOrder({ buyer }), undefined, NOW)
    expect(await giveFree(db, { uses: 1 })).toBeDefined() // to somebody else
    expect(await giveFree(db, { uses: 1, buyer })).toBeUndefined()
    expect((await db.findOpenOrder(buyer, 'article'))?.id).toBe(open?.id)
  })

  test('a coupon that gets a limit later counts what it was used for before', async () => {
    const db = await aDatabase(engine)
    for (const _use of [1, 2]) {
      const order = aNewOrder({ id: newId(NOW), buyer: await aBuyer(db), coupon: COUPON })
      await db.placeOrder(order, undefined, NOW)
      await db.settle(anEvent(order), NOW)
    }
    expect(await reserve(db, { uses: 2 })).toBeUndefined()
    expect(await reserve(db, { uses: 3 })).toBeDefined()
    expect(await reserve(db, { uses: 2 })).toBeUndefined()
    await assertCounted(db)
  })

  test('a coupon that loses its limit is never over it', async () => {
    const db = await aDatabase(engine)
    const first = await reserve(db, { uses: 1 })
    if (first) await db.settle(anEvent(first), NOW)
    const next = aNewOrder({ id: newId(NOW), buyer: await aBuyer(db), coupon: COUPON })
    await db.placeOrder(next, undefined, NOW)
    await db.settle(anEvent(next), NOW)
    expect(await standing(db)).toEqual({ coupon: COUPON, taken: 2, over: 0, reserved: 0 })
    expect(await reserve(db, { uses: 2 })).toBeUndefined()
    await assertCounted(db)
  })

  test('an order that is offered again lifts a limit that is gone', async () => {
    const db = await aDatabase(engine)
    const { earlier, open } = await reserveTwice(db)
    await reopenOrder(db.db, { earlier, onlyOnce: null, couponUse: undefined }, open.intent, at(NOW))
    await db.settle(anEvent(earlier), NOW)
    expect(await standing(db)).toMatchObject({ taken: 1, over: 0 })
    expect(await db.query('SELECT uses FROM coupons')).toEqual([{ uses: null }])
  })

  test('a renewed offer renews its reservation', async () => {
    const db = await aDatabase(engine)
    const order = await reserve(db, { uses: 1 })
    if (!order) throw new Error('no use was left')
    const halfAnHour = NOW + HOUR / 2
    await db.confirmOrder(order, hashOf('a code'), true, halfAnHour, halfAnHour + HOUR)
    expect(await reserve(db, { uses: 1, now: NOW + HOUR })).toBeUndefined()
    expect(await reserve(db, { uses: 1, now: NOW + 1.5 * HOUR })).toBeDefined()
    await db.confirmOrder(order, hashOf('another'), true, NOW + 1.5 * HOUR, NOW + 2.5 * HOUR) // too late: another order has it
    expect(await standing(db, NOW + 1.5 * HOUR)).toMatchObject({ reserved: 1 })
  })

  test('an offer that is made as its order is paid leaves the final use alone', async () => {
    const db = await aDatabase(engine)
    const order = await reserve(db, { uses: 1 })
    if (!order) throw new Error('no use was left')
    await db.settle(anEvent(order), NOW)
    expect(await db.confirmOrder(order, hashOf('a code'), true, NOW, NOW + HOUR)).toBe('paid')
    expect(await standing(db)).toEqual({ coupon: COUPON, taken: 1, over: 0, reserved: 0 })
  })
})

onPostgres((engine) => {
  test('a coupon that gets its first limit at the instant of a payment counts that', async () => {
    const db = await aDatabase(engine)
    const order = aNewOrder({ id: newId(NOW), buyer: await aBuyer(db), coupon: COUPON })
    await db.placeOrder(order, undefined, NOW)
    const pay = `INSERT INTO payments (id, order_id, intent, proof, hundredths, currency, product, coupon, paid_at)
      VALUES ('${newId(NOW)}', '${order.id}', '${order.intent}', 'status', 25, 'usd', 'article', '${COUPON}', ${NOW})`
    const reserved = await meanwhile(db, [pay], () => reserve(db, { uses: 1 }))
    expect(reserved).toBeUndefined()
    expect(await standing(db)).toEqual({ coupon: COUPON, taken: 1, over: 0, reserved: 0 })
    await assertCounted(db)
  })

  // Units that lock the same rows in another order would wait for each other until PostgreSQL ended one of them.
  test('an order waits for the renewal of the offer that it replaces, and holds nothing that this needs', async () => {
    const db = await aDatabase(engine)
    const buyer = await aBuyer(db)
    const offered = await reserve(db, { buyer })
    const renew = [
      `UPDATE coupon_uses SET reserved_until = ${NOW + 2 * HOUR} WHERE order_id = '${offered?.id}'`,
      `UPDATE open_orders SET offered_at = ${NOW + HOUR} WHERE intent = '${offered?.intent}'`,
    ]
    expect(await meanwhile(db, renew, () => reserve(db, { buyer, now: NOW + HOUR / 2 }))).toBeDefined()
    expect(await standing(db, NOW + HOUR / 2)).toMatchObject({ reserved: 1 })
  })

  test('an honoured order waits for the renewal of its offer, and holds nothing that this needs', async () => {
    const db = await aDatabase(engine)
    const offered = await reserve(db)
    if (!offered) throw new Error('no use left')
    const { id, intent } = offered
    const renew = [
      `UPDATE intents SET sent_at = ${NOW} WHERE id = '${intent}'`,
      `UPDATE coupon_uses SET reserved_until = ${NOW + 2 * HOUR} WHERE order_id = '${id}'`,
    ]
    const money = { hundredths: 20, currency: 'usd', reason: 'seen', event: undefined }
    const action = { what: 'honour', subject: id, session: 'the desk' }
    const honour = () => honourOrder(db.db, { order: id, intent, ...money }, action, at(NOW))
    expect(await meanwhile(db, renew, honour)).toBe('honoured')
    expect(await standing(db)).toMatchObject({ taken: 1, reserved: 0 })
  })

  /** Does something while a transaction has run its first statement. It must not have to wait for its others. */
  async function meanwhile<T>(
    db: TestDatabase,
    [first = '', ...others]: string[],
    work: () => Promise<T>,
  ): Promise<T> {
    return withClient(db.url, async (client) => {
      await client.query(`BEGIN; SET LOCAL lock_timeout = '100ms'`)
      await client.query(first)
      const working = work()
      await Promise.race([working, until(() => waitsAlone(db))])
      for (const statement of others) await client.query(statement)
      await client.query('COMMIT')
      return working
    })
  }

  /** Whether somebody has waited for longer than a group of units does. */
  async function waitsAlone(db: TestDatabase): Promise<boolean> {
    const waiting = await db.query(
      `SELECT 1 FROM pg_locks JOIN pg_stat_activity USING (pid)
        WHERE NOT granted AND datname = current_database() AND waitstart < clock_timestamp() - INTERVAL '300 milliseconds'`,
    )
    return waiting.length > 0
  }
})

describe('uses', () => {
  test('are the schema’s: one reservation a browser, and none that is both reserved and final', async () => {
    const db = await aDatabase()
    const buyer = await aBuyer(db)
    const order = await reserve(db, { buyer })
    const other = aNewOrder({ id: newId(NOW), buyer, product: 'other' })
    await db.placeOrder(other, undefined, NOW)
    const columns = 'order_id, coupon, buyer, product, reserved_until'
    await expect(
      db.query(
        `INSERT INTO coupon_uses (${columns}) VALUES ('${other.id}', '${COUPON}', '${buyer}', 'other', 1)`,
      ),
    ).rejects.toMatchObject({ message: expect.stringMatching(/UNIQUE/) })
    await expect(
      db.query(`UPDATE coupon_uses SET reserved_until = NULL WHERE order_id = '${order?.id}'`),
    ).rejects.toMatchObject({ message: expect.stringMatching(/CHECK/) })
  })
})
