import { describe, expect, test } from '@jest/globals'
import { repeatPoll } from '../../db/index.ts'
import { aBuyer, aDatabase, aNewOrder, anEvent, hashOf, NOW, placeOrder } from '../support/database.ts'
import { onEveryEngine } from '../support/engines.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

onEveryEngine((engine) => {
  describe('two tabs of one browser', () => {
    test('are one buyer, also when both come first', async () => {
      const db = await aDatabase(engine)
      const [one, other] = await Promise.all([
        db.ensureBuyer(hashOf('secret'), NOW),
        db.ensureBuyer(hashOf('secret'), NOW),
      ])
      expect(one).toBe(other)
      expect(await db.findBuyer(hashOf('secret'))).toBe(one)
      expect(await db.findBuyer(hashOf('another'))).toBeUndefined()
    })

    test('that order at the same time get the same order', async () => {
      const db = await aDatabase(engine)
      const buyer = await aBuyer(db)
      const [one, other] = await Promise.all([
        placeOrder(db, aNewOrder({ buyer, intent: 'one' })),
        placeOrder(db, aNewOrder({ buyer, intent: 'other' })),
      ])
      expect(one.intent).toBe(other.intent)
      expect(await db.findUnpaidOrders(buyer, 'article', 5)).toEqual(['one'])
    })

    test('that both replace the same order get the same new one', async () => {
      const db = await aDatabase(engine)
      const buyer = await aBuyer(db)
      await placeOrder(db, aNewOrder({ buyer, intent: 'old' }))
      const [one, other] = await Promise.all([
        placeOrder(db, aNewOrder({ buyer, intent: 'one' }), 'old', NOW + 1),
        placeOrder(db, aNewOrder({ buyer, intent: 'other' }), 'old', NOW + 1),
      ])
      expect([one.intent, other.intent]).toEqual(['one', 'one'])
      expect(await db.findUnpaidOrders(buyer, 'article', 5)).toEqual(['one', 'old'])
    })
  })

  test('the order is held by who placed it, and by nobody else', async () => {
    const db = await aDatabase(engine)
    const [buyer, stranger] = [await aBuyer(db), await aBuyer(db)]
    const order = await placeOrder(db, aNewOrder({ buyer }))
    expect(await db.findHeldOrder(order.intent, buyer)).toMatchObject({
      product: 'article',
      paidAt: undefined,
    })
    expect(await db.findHeldOrder(order.intent, stranger)).toBeUndefined()
  })

  describe('an intent that was replaced', () => {
    async function anOrderWithTwoIntents() {
      const db = await aDatabase(engine)
      const buyer = await aBuyer(db)
      const order = await placeOrder(db, aNewOrder({ buyer, intent: 'first' }))
      const replaced = await db.replaceIntent(order, 'second', NOW + 1)
      return { db, buyer, order, replaced }
    }

    test('is not offered again: the same order has the other one', async () => {
      const { db, buyer, order, replaced } = await anOrderWithTwoIntents()
      expect(replaced).toMatchObject({ id: order.id, intent: 'second', clientSecret: 'secret of second' })
      expect(await db.findOpenOrder(buyer, 'article')).toEqual(replaced)
      expect(await db.findUnpaidOrders(buyer, 'article', 5)).toEqual(['second', 'first'])
    })

    test('still counts when it is paid, and nothing is offered any more', async () => {
      const { db, buyer, order } = await anOrderWithTwoIntents()
      expect(await db.settleByEvent(anEvent({ intent: 'first' }), false, NOW + 2)).toBe('applied')
      expect(await db.holdsEntitlement(buyer, 'article', NOW)).toBe(true)
      expect(await db.findOpenOrder(buyer, 'article')).toBeUndefined()
      expect(await db.findHeldOrder(order.id, buyer)).toMatchObject({ intent: 'first', paidAt: NOW + 2 })
      expect(await db.query('SELECT client_secret FROM intents GROUP BY 1')).toEqual([
        { client_secret: null },
      ])
    })

    test('leads to its order as the other one does', async () => {
      const { db, buyer, order } = await anOrderWithTwoIntents()
      for (const id of [order.id, 'first', 'second'])
        expect(await db.findHeldOrder(id, buyer)).toMatchObject({ id: order.id, intent: 'second' })
    })

    test('is replaced once, by the faster of two tabs', async () => {
      const db = await aDatabase(engine)
      const order = await placeOrder(db, aNewOrder({ buyer: await aBuyer(db), intent: 'first' }))
      const [one, other] = await Promise.all(
        ['one', 'other'].map((intent) => db.replaceIntent(order, intent, NOW)),
      )
      expect(one?.intent).toBe(other?.intent)
      expect(await db.query('SELECT COUNT(*) AS intents FROM intents')).toEqual([{ intents: 2 }])
    })
  })

  test('the schema refuses an order without money', async () => {
    const db = await aDatabase(engine)
    const buyer = await aBuyer(db)
    await expect(placeOrder(db, aNewOrder({ buyer, hundredths: 0 }))).rejects.toMatchObject({
      message: expect.stringMatching(/check constraint/i),
    })
    expect(await db.findOpenOrder(buyer, 'article')).toBeUndefined()
  })

  describe('polling for unpaid orders', () => {
    async function anOpenOrder() {
      const db = await aDatabase(engine)
      const buyer = await aBuyer(db)
      const order = await placeOrder(db, aNewOrder({ buyer }))
      return { db, order }
    }

    test.each([
      ['in its first hour every 30 seconds', 10 * MINUTE, HOUR - 1, 30_000],
      ['on its first day every 5 minutes', HOUR, DAY - 1, 5 * MINUTE],
      ['in its first week every hour', DAY, 7 * DAY - 1, HOUR],
      ['in its first month every day', 7 * DAY, 30 * DAY - 1, DAY],
    ])('%s', async (_when, from, until, interval) => {
      for (const age of [from, until]) {
        const { db, order } = await anOpenOrder()
        expect(await db.claimDuePolls(NOW + age, 5)).toEqual([order.intent])
        expect(await db.claimDuePolls(NOW + age + interval - 1, 5)).toEqual([])
        expect(await db.claimDuePolls(NOW + age + interval, 5)).toEqual([order.intent])
      }
    })

    test('for the last time on the day after its month', async () => {
      const { db, order } = await anOpenOrder()
      for (const days of [30, 31])
        expect(await db.claimDuePolls(NOW + days * DAY - 1, 5)).toEqual([order.intent])
      expect(await db.claimDuePolls(NOW + 400 * DAY, 5)).toEqual([])
    })

    test('after a month never again, but not by one reading of the clock', async () => {
      const { db, order } = await anOpenOrder()
      expect(await db.claimDuePolls(NOW + 31 * DAY, 5)).toEqual([order.intent])
      expect(await db.claimDuePolls(NOW + 32 * DAY, 5)).toEqual([order.intent])
      expect(await db.claimDuePolls(NOW + 400 * DAY, 5)).toEqual([])
    })

    test('once more if a poll got no answer, but not of what was paid meanwhile', async () => {
      const { db, order } = await anOpenOrder()
      expect(await db.claimDuePolls(NOW + 31 * DAY, 5)).toEqual([order.intent])
      await repeatPoll(db.db, order.intent, NOW + 31 * DAY + HOUR)
      expect(await db.claimDuePolls(NOW + 31 * DAY + HOUR, 5)).toEqual([order.intent])
      await db.settleByEvent(anEvent(order), false, NOW + 31 * DAY + HOUR)
      await repeatPoll(db.db, order.intent, NOW + 31 * DAY + 2 * HOUR)
      expect(await db.claimDuePolls(NOW + 400 * DAY, 5)).toEqual([])
    })

    test('later than its age allows, at once after the clock was set right; others keep to their schedule', async () => {
      const { db, order } = await anOpenOrder()
      await db.claimDuePolls(NOW + 31 * DAY, 5)
      const onSchedule = await placeOrder(db, aNewOrder({ buyer: await aBuyer(db) }))
      expect(await db.bringMisdatedForward(NOW + 1, NOW + 1, 5)).toBeUndefined()
      expect(await db.claimDuePolls(NOW + 1, 5)).toEqual([order.intent])
      await db.bringMisdatedForward(NOW + 1, NOW + 1, 5)
      expect(await db.claimDuePolls(NOW + 1, 5)).toEqual([])
      expect(await db.claimDuePolls(NOW + 30_000, 5)).toContain(onSchedule.intent)
    })

    test('later than their ages allow, at once in units of a few, though many are due at the same time', async () => {
      const { db, order } = await anOpenOrder()
      const intents = [order.intent]
      for (const _ of 'abcd')
        intents.push((await placeOrder(db, aNewOrder({ buyer: await aBuyer(db) }))).intent)
      for (const [at, intent] of intents.entries())
        await db.query(
          `UPDATE intents SET next_check_at = ${NOW + DAY + (at < 3 ? 0 : at)} WHERE id = '${intent}'`,
        )
      const looked: (number | undefined)[] = []
      for (let after: number | undefined = NOW; after !== undefined; ) {
        after = await db.bringMisdatedForward(NOW, after, 2)
        looked.push(after)
      }
      expect(looked).toEqual([NOW + DAY, NOW + DAY + 4, undefined])
      expect((await db.claimDuePolls(NOW, 9)).sort()).toEqual(intents.sort())
    })

    test('each is claimed by one of those who ask at the same time', async () => {
      const { db, order } = await anOpenOrder()
      const claims = await Promise.all(Array.from({ length: 5 }, () => db.claimDuePolls(NOW + HOUR, 5)))
      expect(claims.flat()).toEqual([order.intent])
    })

    /** Due polls, some of which were brought to the front. */
    async function duePolls({ onSchedule, inFront }: { onSchedule: number; inFront: number }) {
      const db = await aDatabase(engine)
      for (let left = onSchedule + inFront; left > 0; left--)
        await placeOrder(db, aNewOrder({ buyer: await aBuyer(db) }))
      const front = `SELECT id FROM intents ORDER BY id LIMIT ${inFront}`
      await db.query(`UPDATE intents SET next_check_at = 0 WHERE id IN (${front})`)
      let at = NOW + HOUR
      return {
        /** Claims in another round, and counts those of either kind. */
        async claim(limit: number) {
          const scheduled = await db.query('SELECT id FROM intents WHERE next_check_at > 0')
          at += 2_000
          const claimed = await db.claimDuePolls(at, limit)
          const isScheduled = (intent: string) => scheduled.some(({ id }) => id === intent)
          const found = claimed.filter(isScheduled).length
          return { onSchedule: found, inFront: claimed.length - found }
        },
      }
    }

    test('one at a time, also if all were brought to the front', async () => {
      const { claim } = await duePolls({ onSchedule: 0, inFront: 3 })
      expect(await claim(1)).toEqual({ onSchedule: 0, inFront: 1 })
    })

    test('as many as may be, whether they are on schedule or were brought to the front', async () => {
      for (const due of [
        { onSchedule: 0, inFront: 6 },
        { onSchedule: 6, inFront: 0 },
        { onSchedule: 1, inFront: 5 },
        { onSchedule: 5, inFront: 1 },
      ]) {
        expect(await (await duePolls(due)).claim(6)).toEqual(due)
      }
      expect(await (await duePolls({ onSchedule: 4, inFront: 4 })).claim(4)).toEqual({
        onSchedule: 2,
        inFront: 2,
      })
    })

    test('of both kinds, also one at a time', async () => {
      const { claim } = await duePolls({ onSchedule: 40, inFront: 40 })
      const claims = []
      for (let round = 0; round < 40; round++) claims.push(await claim(1))
      expect(claims).toContainEqual({ onSchedule: 1, inFront: 0 })
      expect(claims).toContainEqual({ onSchedule: 0, inFront: 1 })
    })

    test('after a start those first that would have been first', async () => {
      const { db } = await anOpenOrder()
      const sooner = await placeOrder(db, aNewOrder({ buyer: await aBuyer(db) }), undefined, NOW - 2)
      await db.bringPollsForward(NOW, HOUR, 1)
      expect(await db.claimDuePolls(NOW, 5)).toEqual([sooner.intent])
    })

    test('after a start at once, if it would have been soon', async () => {
      const { db, order } = await anOpenOrder()
      expect(await db.claimDuePolls(NOW + 1, 5)).toEqual([])
      await db.bringPollsForward(NOW + 1, 1_000, 100)
      expect(await db.claimDuePolls(NOW + 1, 5)).toEqual([])
      await db.bringPollsForward(NOW + 1, HOUR, 100)
      expect(await db.claimDuePolls(NOW + 1, 5)).toEqual([order.intent])
    })
  })

  test('nobody orders what they hold by now', async () => {
    const db = await aDatabase(engine)
    const buyer = await aBuyer(db)
    const order = await placeOrder(db, aNewOrder({ buyer }))
    await db.settleByEvent(anEvent(order), false, NOW)
    expect(await db.placeOrder(aNewOrder({ buyer }), undefined, NOW)).toBeUndefined()
    expect(await db.findUnpaidOrders(buyer, 'article', 5)).toEqual([])
  })

  test('nobody orders what they hold by another order, whichever of their orders is open', async () => {
    const db = await aDatabase(engine)
    const buyer = await aBuyer(db)
    const older = await placeOrder(db, aNewOrder({ buyer }))
    const open = await placeOrder(db, aNewOrder({ buyer }), older.intent)
    await db.settleByEvent(anEvent(older), false, NOW)
    for (const replaced of [open.intent, older.intent, undefined])
      expect(await db.placeOrder(aNewOrder({ buyer }), replaced, NOW)).toBeUndefined()
    expect(await db.findOpenOrder(buyer, 'article')).toEqual(open)
    expect(await db.findUnpaidOrders(buyer, 'article', 5)).toEqual([open.intent])
  })
})
