import { describe, expect, test } from '@jest/globals'
import {
  countOpenEvents,
  dismissEvent,
  findAppliedEvents,
  findEvent,
  findEvents,
  type InboxPart,
  type InboxPlace,
  type OpenOrder,
} from '../../db/index.ts'
import {
  aBuyer,
  aDatabase,
  aNewOrder,
  anEvent,
  NOW,
  OUR_DESTINATION,
  placeOrder,
  type TestDatabase,
} from '../support/database.ts'
import { onEveryEngine } from '../support/engines.ts'

const LIMITS = { limit: 2, lookedAt: 5 }
const action = { what: 'event-dismissed', session: 'a session' }

onEveryEngine((engine) => {
  async function anOrder(db: TestDatabase, product = 'article') {
    return placeOrder(db, aNewOrder({ buyer: await aBuyer(db), product }))
  }

  /** Mismatched events of one order, a millisecond apart but for the last two, which came at once. */
  async function mismatchedEvents(db: TestDatabase, number: number) {
    const order = await anOrder(db)
    const events = Array.from({ length: number }, (_, index) => anEvent(order, { hundredths: 100 + index }))
    for (const [index, event] of events.entries()) await db.settle(event, NOW + Math.min(index, number - 2))
    return events
  }

  /** Follows a list to its end. */
  async function readAll(find: (place?: InboxPlace) => Promise<InboxPart>): Promise<InboxPart[]> {
    const parts = [await find()]
    for (let { next } = parts[0] as InboxPart; next; next = parts.at(-1)?.next) parts.push(await find(next))
    return parts
  }

  describe('a list of events', () => {
    test('has each event of its verdict once, the one seen last first', async () => {
      const db = await aDatabase(engine)
      const sent = await mismatchedEvents(db, 5)
      await db.settle(anEvent({ intent: 'of another shop' }, { destination: 'another shop' }), NOW)
      const parts = await readAll((place) =>
        findEvents(db.db, { verdict: 'mismatched', standing: undefined }, LIMITS, place),
      )
      const found = parts.flatMap(({ events }) => events)
      expect(parts.map(({ events }) => events.length)).toEqual([2, 2, 1])
      expect(new Set(found.map(({ digest }) => digest))).toEqual(new Set(sent.map(({ digest }) => digest)))
      expect(found.map(({ lastSeenAt }) => lastSeenAt - NOW)).toEqual([3, 3, 2, 1, 0])
      expect(found[0]).toMatchObject({ currency: 'usd', timesSeen: 1, order: expect.any(String) })
    })

    test('leaves out what is done, and looks at no more than so many at a time', async () => {
      const db = await aDatabase(engine)
      const sent = await mismatchedEvents(db, 14)
      for (const { digest } of sent.slice(1))
        expect(await dismissEvent(db.db, { digest, reason: 'a test' }, action, NOW)).toBe(true)
      const list = (standing: 'open' | 'done') =>
        readAll((place) => findEvents(db.db, { verdict: 'mismatched', standing }, LIMITS, place))
      const open = await list('open')
      expect(open.map(({ events }) => events.length)).toEqual([0, 0, 1])
      expect(open.at(-1)?.events[0]?.digest).toBe(sent[0]?.digest)
      const done = (await list('done')).flatMap(({ events }) => events)
      expect(new Set(done.map(({ digest }) => digest))).toEqual(
        new Set(sent.slice(1).map(({ digest }) => digest)),
      )
      expect(done).toHaveLength(13)
    })

    test('counts what is open', async () => {
      const db = await aDatabase(engine)
      const [first] = await mismatchedEvents(db, 4)
      await dismissEvent(db.db, { digest: first?.digest ?? '', reason: 'a test' }, action, NOW)
      expect(await countOpenEvents(db.db, 'mismatched', 4)).toEqual({ open: 3, isAll: true })
      expect(await countOpenEvents(db.db, 'mismatched', 2)).toEqual({ open: 3, isAll: false })
      expect(await countOpenEvents(db.db, 'orphaned', 4)).toEqual({ open: 0, isAll: true })
    })
  })

  test('applied events are listed by their payments, also behind payments without one', async () => {
    const db = await aDatabase(engine)
    const orders: OpenOrder[] = []
    for (let index = 0; index < 9; index++) orders.push(await anOrder(db))
    for (const [index, order] of orders.entries())
      if (index === 0 || index > 6) await db.settle(anEvent(order), NOW + index)
      else {
        await db.confirmOrder(order, String(index).repeat(64), true, NOW)
        expect(await db.settleByStatus(order.intent, NOW + index)).toBe(true)
      }
    const parts = await readAll((place) => findAppliedEvents(db.db, LIMITS, place))
    expect(parts.flatMap(({ events }) => events.map(({ order }) => order))).toEqual(
      [8, 7, 0].map((index) => orders[index]?.id),
    )
  })

  describe('one event', () => {
    test('stands beside the terms of its intent, and the payment that it proved', async () => {
      const db = await aDatabase(engine)
      const order = await anOrder(db)
      const [right, wrong] = [anEvent(order), anEvent(order, { destination: OUR_DESTINATION })]
      await db.settle(right, NOW)
      await db.settle(wrong, NOW)
      const terms = { hundredths: 25, currency: 'usd', destination: order.destination }
      expect(await findEvent(db.db, right.digest)).toMatchObject({
        verdict: 'applied',
        order: order.id,
        terms,
        payment: { isProvenByThis: true, isHonoured: false },
        honoured: undefined,
        dismissed: undefined,
      })
      expect(await findEvent(db.db, wrong.digest)).toMatchObject({
        verdict: 'mismatched',
        terms,
        payment: { isProvenByThis: false },
      })
    })

    test('that pays us for an intent that the shop doesn’t have has no terms', async () => {
      const db = await aDatabase(engine)
      const event = anEvent({ intent: 'lost' }, { destination: OUR_DESTINATION })
      await db.settle(event, NOW)
      expect(await findEvent(db.db, event.digest)).toMatchObject({
        verdict: 'orphaned',
        order: undefined,
        terms: undefined,
        payment: undefined,
      })
      expect(await findEvent(db.db, '0'.repeat(64))).toBeUndefined()
    })
  })

  describe('dismissing', () => {
    test('takes an event off the list once, with its reason and who it was, and changes nothing else', async () => {
      const db = await aDatabase(engine)
      const order = await anOrder(db)
      await db.confirmOrder(order, 'a'.repeat(64), true, NOW)
      const { digest } = anEvent(order, { hundredths: 9 })
      await db.settle(anEvent(order, { hundredths: 9 }), NOW)
      const dismiss = (reason: string) => dismissEvent(db.db, { digest, reason }, action, NOW + 1)
      expect((await Promise.all([dismiss('one'), dismiss('other')])).filter(Boolean)).toHaveLength(1)
      const { dismissed, verdict } = (await findEvent(db.db, digest)) ?? {}
      expect(dismissed).toEqual({ at: NOW + 1, by: 'a session', reason: expect.stringMatching(/one|other/) })
      expect(verdict).toBe('mismatched')
      expect(await db.settleByStatus(order.intent, NOW + 2)).toBe(false) // a status still can't pay it
      expect(await db.query('SELECT what, subject, session FROM actions')).toEqual([
        { what: 'event-dismissed', subject: null, session: 'a session' },
      ])
    })

    test('is not for what was applied, nor for what is nobody’s', async () => {
      const db = await aDatabase(engine)
      const applied = anEvent(await anOrder(db))
      const unmatched = anEvent({ intent: 'of another shop' }, { destination: 'another shop' })
      for (const event of [applied, unmatched]) {
        await db.settle(event, NOW)
        expect(await dismissEvent(db.db, { digest: event.digest, reason: 'a test' }, action, NOW)).toBe(false)
      }
      expect(await db.query('SELECT id FROM actions')).toEqual([])
    })
  })
})
