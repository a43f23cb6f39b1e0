import { expect, test } from '@jest/globals'
import { shrinkEnded } from '../../db/index.ts'
import {
  aBuyer,
  aDatabase,
  aNewOrder,
  anEvent,
  anInstance,
  hashOf,
  NOW,
  placeOrder,
} from '../support/database.ts'
import { type Engine, onEveryEngine, onPostgres, withClient } from '../support/engines.ts'
import { until } from '../support/until.ts'

const ROUNDS = 10 // each with another chance to meet

/** Two instances of the shop on one database. */
async function twoInstances(engine: Engine) {
  const one = await aDatabase(engine)
  const other = await anInstance(one.url)
  async function aConfirmedOrder() {
    const buyer = await aBuyer(one)
    const order = await placeOrder(one, aNewOrder({ buyer }))
    const code = hashOf(order.intent)
    await one.confirmOrder(order, code, true, NOW)
    return { order, buyer, code }
  }
  const paymentsOf = (intent: string) => one.query(`SELECT proof FROM payments WHERE intent = '${intent}'`)
  return { one, other, instances: [one, other], aConfirmedOrder, paymentsOf }
}

onEveryEngine((engine) => {
  test('an event delivered many times at once to two instances pays once', async () => {
    const { one, other, aConfirmedOrder, paymentsOf } = await twoInstances(engine)
    for (let round = 0; round < ROUNDS; round++) {
      const { order, buyer } = await aConfirmedOrder()
      const deliveries = [one, other, one, other].map((db) => db.settleByEvent(anEvent(order), false, NOW))
      expect((await Promise.all(deliveries)).sort()).toEqual([
        'applied',
        'duplicate',
        'duplicate',
        'duplicate',
      ])
      expect(await paymentsOf(order.intent)).toHaveLength(1)
      expect(await one.holdsEntitlement(buyer, 'article', NOW)).toBe(true)
    }
  })

  test('of two different events for one order, one pays and one is a duplicate', async () => {
    const { instances, aConfirmedOrder, paymentsOf } = await twoInstances(engine)
    for (let round = 0; round < ROUNDS; round++) {
      const { order } = await aConfirmedOrder()
      const outcomes = instances.map((db, index) =>
        db.settleByEvent(anEvent(order, { jws: `${order.intent}, number ${index}` }), false, NOW),
      )
      expect((await Promise.all(outcomes)).sort()).toEqual(['applied', 'duplicate'])
      expect(await paymentsOf(order.intent)).toHaveLength(1)
    }
  })

  test('a webhook and a status at the same time pay once, and the webhook’s details are kept', async () => {
    const { one, other, aConfirmedOrder } = await twoInstances(engine)
    for (let round = 0; round < ROUNDS; round++) {
      const { order } = await aConfirmedOrder()
      const [outcome, byStatus] = await Promise.all([
        one.settleByEvent(anEvent(order), false, NOW),
        other.settleByStatus(order.intent, NOW),
      ])
      expect([outcome, byStatus]).toEqual(byStatus ? ['duplicate', true] : ['applied', false])
      expect(await one.query(`SELECT quarks FROM payments WHERE intent = '${order.intent}'`)).toEqual([
        { quarks: 2_799_600_000 },
      ])
    }
  })

  test('a redemption and the payment at the same time miss nothing', async () => {
    const { one, other, aConfirmedOrder } = await twoInstances(engine)
    for (let round = 0; round < ROUNDS; round++) {
      const { order, code } = await aConfirmedOrder()
      const phone = await aBuyer(one)
      const acts = [
        () => one.redeem(order.intent, code, phone, NOW),
        () => other.settleByEvent(anEvent(order), false, NOW),
      ]
      await Promise.all((round % 2 ? acts : acts.reverse()).map((act) => act()))
      expect(await one.holdsEntitlement(phone, 'article', NOW)).toBe(true)
    }
  })

  test('four browsers that redeem at once are three', async () => {
    const { one, other, aConfirmedOrder } = await twoInstances(engine)
    for (let round = 0; round < ROUNDS; round++) {
      const { order, code } = await aConfirmedOrder()
      const phones = await Promise.all(Array.from({ length: 4 }, () => aBuyer(one)))
      const redemptions = phones.map((phone, index) =>
        (index % 2 ? one : other).redeem(order.intent, code, phone, NOW),
      )
      expect((await Promise.all(redemptions)).sort()).toEqual(['redeemed', 'redeemed', 'redeemed', 'spent'])
    }
  })

  test('an order that is confirmed and paid at the same time has nothing left to check or to tell', async () => {
    const { one, other, aConfirmedOrder } = await twoInstances(engine)
    for (let round = 0; round < ROUNDS; round++) {
      const { order } = await aConfirmedOrder()
      await Promise.all([
        one.confirmOrder(order, hashOf(`again ${order.intent}`), true, NOW),
        other.settleByEvent(anEvent(order), false, NOW),
        one.bringPollsForward(NOW, 86_400_000, 100),
      ])
    }
    expect(await one.query('SELECT client_secret, next_check_at FROM intents GROUP BY 1, 2')).toEqual([
      { client_secret: null, next_check_at: null },
    ])
  })

  test('tabs that order at once on two instances, in a browser that nobody knows, get the same order', async () => {
    const { instances, one } = await twoInstances(engine)
    for (let round = 0; round < ROUNDS; round++) {
      const orders = instances.map(async (db) => {
        const buyer = await db.ensureBuyer(hashOf(`browser ${round}`), NOW)
        return placeOrder(db, aNewOrder({ buyer }))
      })
      const [first, second] = await Promise.all(orders)
      expect(first?.intent).toBe(second?.intent)
      expect(await one.findUnpaidOrders(first?.buyer ?? '', 'article', 5)).toEqual([first?.intent])
    }
  })

  test('two instances share the polls: each order is polled once, and no more of them a second than by one alone', async () => {
    const { one, instances, aConfirmedOrder } = await twoInstances(engine)
    const intents: string[] = []
    for (let order = 0; order < 25; order++) intents.push((await aConfirmedOrder()).order.intent)
    const claimed: string[] = []
    for (let second = 0; second < 3; second++) {
      const now = NOW + 60_000 + second * 1_000
      const rounds = await Promise.all(instances.map((db) => db.claimDuePolls(now, 10)))
      expect(rounds.map(({ length }) => length).sort((a, b) => a - b)).toEqual([0, second < 2 ? 10 : 5])
      claimed.push(...rounds.flat())
    }
    expect(claimed.sort()).toEqual(intents.sort())
    expect(await one.claimDuePolls(NOW + 64_000, 10)).toEqual([])
  })

  test('the polls of an instance that has died, or whose clock was wrong, are taken over', async () => {
    const { one, other, aConfirmedOrder } = await twoInstances(engine)
    const { order } = await aConfirmedOrder()
    expect(await other.claimDuePolls(NOW + 30_000, 10)).toEqual([order.intent])
    await other.close()
    expect(await one.claimDuePolls(NOW + 60_000, 10)).toEqual([order.intent])
    await one.query(`UPDATE leases SET holder = 'gone', expires_at = ${NOW + 86_400_000}`)
    expect(await one.claimDuePolls(NOW + 90_000, 10)).toEqual([order.intent])
  })
})

onPostgres((engine) => {
  test('an order that expires while it is settled doesn’t keep the settlement from its offer', async () => {
    const { one, aConfirmedOrder } = await twoInstances(engine)
    await aConfirmedOrder()
    await one.query('UPDATE intents SET next_check_at = NULL')
    const isWaiting = async () => {
      const sql = `SELECT 1 FROM pg_locks JOIN pg_stat_activity USING (pid) WHERE NOT granted AND datname = current_database()`
      return (await one.query(sql)).length > 0
    }
    await withClient(one.url, async (client) => {
      await client.query('BEGIN')
      await client.query('UPDATE intents SET client_secret = NULL')
      const expiring = shrinkEnded(one.db, { now: NOW + 1, before: NOW + 1, limit: 5 })
      await until(isWaiting)
      await client.query(`SET LOCAL lock_timeout = '50ms'`)
      expect(await client.query('DELETE FROM open_orders')).toMatchObject({ rowCount: 1 })
      await client.query('COMMIT')
      await expiring
    })
  })
})
