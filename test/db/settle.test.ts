import { describe, expect, test } from '@jest/globals'
import {
  findAlertFacts,
  findDeskOrder,
  honourOrder,
  type OpenOrder,
  recordRefund,
  settleByStatus,
} from '../../db/index.ts'
import {
  aBuyer,
  aDatabase,
  aNewOrder,
  anEvent,
  anInstance,
  at,
  DESTINATION,
  hashOf,
  NOW,
  OUR_DESTINATION,
  placeOrder,
  type TestDatabase,
} from '../support/database.ts'
import { onEveryEngine } from '../support/engines.ts'
import { aRefund } from '../support/refunds.ts'

const act = { what: 'act', subject: 'an order', session: 'a session of the desk' }

onEveryEngine((engine) => {
  async function anOrder() {
    const db = await aDatabase(engine)
    const buyer = await aBuyer(db)
    const order = await placeOrder(db, aNewOrder({ buyer }))
    return { db, buyer, order }
  }

  /** Sends back a part of the only payment. */
  async function refund(db: TestDatabase, hundredths: number) {
    const [payment] = await db.query('SELECT id FROM payments ORDER BY paid_at')
    const about = aRefund(String(payment?.id), { hundredths })
    expect(await recordRefund(db.db, about, act, at(NOW))).toBe('recorded')
  }

  /** An order of 0.25 usd that the merchant has honoured with other money. */
  async function anHonouredOrder(money = { hundredths: 500_000, currency: 'kin' }) {
    const { db, order } = await anOrder()
    const about = { order: order.id, intent: order.intent, reason: 'paid elsewhere', event: undefined }
    expect(await honourOrder(db.db, { ...about, ...money }, act, at(NOW))).toBe('honoured')
    return { db, order }
  }

  describe('a webhook for an order that was honoured by hand in another currency', () => {
    const findMoney = (db: TestDatabase) => db.query('SELECT hundredths, currency, proof FROM payments')

    test('becomes the proof of its payment, and says what it was', async () => {
      const { db, order } = await anHonouredOrder()
      expect(await db.settleByEvent(anEvent(order), false, NOW)).toBe('duplicate')
      expect(await findMoney(db)).toEqual([{ hundredths: 25, currency: 'usd', proof: 'webhook' }])
    })

    test('leaves it as it is once a part of it was sent back, and waits for a look', async () => {
      const { db, order } = await anHonouredOrder()
      await refund(db, 500_000)
      for (const _time of ['first', 'second'])
        expect(await db.settleByEvent(anEvent(order), false, NOW)).toBe('mismatched')
      const typed = [{ hundredths: 500_000, currency: 'kin', proof: 'merchant' }]
      expect(await findMoney(db)).toEqual(typed)
    })

    test.each([
      ['the currency', { hundredths: 25, currency: 'eur' }],
      ['the amount', { hundredths: 30, currency: 'usd' }],
    ])('leaves it as it is also if only %s differs', async (_what, typed) => {
      const { db, order } = await anHonouredOrder(typed)
      await refund(db, 10)
      expect(await db.settleByEvent(anEvent(order), false, NOW)).toBe('mismatched')
      expect(await findMoney(db)).toEqual([{ ...typed, proof: 'merchant' }])
    })
  })

  describe('an event whose claims are those of the order', () => {
    test('pays it, entitles its buyer, and forgets the client secret', async () => {
      const { db, buyer, order } = await anOrder()
      expect(await db.settleByEvent(anEvent(order), false, NOW + 1)).toBe('applied')
      expect(await db.holdsEntitlement(buyer, 'article', NOW + 1)).toBe(true)
      expect(await db.findHeldOrder(order.intent, buyer)).toMatchObject({ paidAt: NOW + 1, hundredths: 25 })
      expect(await db.findOpenOrder(buyer, 'article')).toBeUndefined()
      expect(await db.findUnpaidOrders(buyer, 'article', 5)).toEqual([])
      expect(await db.claimDuePolls(NOW + 10 ** 9, 5)).toEqual([])
    })

    test('pays it although nobody has confirmed it', async () => {
      const { db, order } = await anOrder()
      expect(await db.query('SELECT confirmed_at FROM intents')).toEqual([{ confirmed_at: null }])
      expect(await db.settleByEvent(anEvent(order), false, NOW)).toBe('applied')
    })

    test('is a duplicate the second time, also at the same time', async () => {
      const { db, order } = await anOrder()
      const outcomes = await Promise.all(
        Array.from({ length: 20 }, () => db.settleByEvent(anEvent(order), false, NOW)),
      )
      expect(outcomes.filter((outcome) => outcome === 'applied')).toHaveLength(1)
      expect(outcomes.filter((outcome) => outcome === 'duplicate')).toHaveLength(19)
    })
  })

  test('of two events that pay an intent, the first is the proof of its payment, and stays it', async () => {
    const { db, order } = await anOrder()
    const first = anEvent(order, { jws: 'the first', quarks: 1, exchangeRate: 0.1, user: 'one' })
    const second = anEvent(order, { jws: 'the second', quarks: 2, exchangeRate: 0.2, user: 'another' })
    expect(await db.settleByEvent(first, false, NOW)).toBe('applied')
    expect(await db.settleByEvent(second, false, NOW + 1)).toBe('duplicate')
    expect(await db.query('SELECT quarks, exchange_rate, code_user, event FROM payments')).toEqual([
      { quarks: 1, exchange_rate: 0.1, code_user: 'one', event: first.digest },
    ])
  })

  describe('an order with fees', () => {
    const fees = `${OUR_DESTINATION} 250`
    test.each([
      ['exactly these', fees, 'applied'],
      ['none', '', 'mismatched'],
      ['other ones', `${OUR_DESTINATION} 251`, 'mismatched'],
      ['more', `${fees},${DESTINATION} 1`, 'mismatched'],
    ])('is paid by an event with its fees, here %s', async (_what, claimed, verdict) => {
      const db = await aDatabase(engine)
      const order = await placeOrder(db, aNewOrder({ buyer: await aBuyer(db), fees }))
      expect(order.fees).toBe(fees)
      expect(await db.settleByEvent(anEvent(order, { fees: claimed }), false, NOW)).toBe(verdict)
      expect(await db.isPaid(order.intent)).toBe(verdict === 'applied')
    })

    test('keeps them with another intent', async () => {
      const db = await aDatabase(engine)
      const order = await placeOrder(db, aNewOrder({ buyer: await aBuyer(db), fees }))
      expect(await db.replaceIntent(order, 'second', NOW)).toMatchObject({ intent: 'second', fees })
    })
  })

  test('the tax in what was charged is written with the payment, whoever proves it', async () => {
    const db = await aDatabase(engine)
    const tax = { hundredths: 119, taxRate: 1900, taxHundredths: 19, taxLabel: 'VAT' }
    const order = await placeOrder(db, aNewOrder({ buyer: await aBuyer(db), ...tax }))
    expect(order).toMatchObject(tax)
    await db.confirmOrder(order, hashOf('code'), true, NOW)
    expect(await db.settleByStatus(order.intent, NOW)).toBe(true)
    const paid = [{ hundredths: 119, tax_hundredths: 19 }]
    expect(await db.query('SELECT hundredths, tax_hundredths FROM payments')).toEqual(paid)
    await db.settleByEvent(anEvent(order, { hundredths: 119 }), false, NOW)
    expect(await db.query('SELECT hundredths, tax_hundredths FROM payments')).toEqual(paid)
  })

  describe('an event that claims something else', () => {
    test.each([
      ['another amount', { hundredths: 24 }],
      ['another currency', { currency: 'eur' }],
      ['another destination', { destination: 'codeHy87wGD5oMRLG75qKqsSi1vWE3oxNyYmXo5F9YR' }],
      ['a fee that was not asked for', { fees: `${OUR_DESTINATION} 100` }],
      ['fees that can’t be read', { fees: null }],
      ['another state', { state: 'PENDING' }],
      ['no amount that can be read', { hundredths: null }],
      ['nothing at all', { currency: null, hundredths: null, destination: null, state: null }],
    ])('%s: it is mismatched and pays nothing', async (_what, changes) => {
      const { db, buyer, order } = await anOrder()
      expect(await db.settleByEvent(anEvent(order, changes), false, NOW)).toBe('mismatched')
      expect(await db.isPaid(order.intent)).toBe(false)
      expect(await db.holdsEntitlement(buyer, 'article', NOW)).toBe(false)
    })

    test('an intent that is not ours is unmatched, and of those only the newest are kept', async () => {
      const { db } = await anOrder()
      const number = (index: number) => `foreign-${index}`
      for (let group = 0; group < 101; group++) {
        const events = Array.from({ length: 10 }, (_, index) =>
          anEvent({ intent: number(group * 10 + index) }, { destination: 'a stranger’s' }),
        )
        const outcomes = await Promise.all(events.map((event) => db.settleByEvent(event, false, NOW + group)))
        expect(new Set(outcomes)).toEqual(new Set(['unmatched']))
      }
      expect(await db.query('SELECT COUNT(*) AS kept FROM events')).toEqual([{ kept: 1_000 }])
    })

    test('the oldest are forgotten first, by when they were seen last', async () => {
      const { db } = await anOrder()
      const limits = { kept: 2, forgotten: 1 }
      const arrive = (intent: string, seconds: number) =>
        db.settle(anEvent({ intent }, { destination: 'a stranger’s' }), NOW + seconds, limits)
      const kept = async () =>
        (await db.query('SELECT intent FROM events ORDER BY intent')).map(({ intent }) => intent)
      for (const [seconds, intent] of ['a', 'b', 'a', 'c'].entries()) await arrive(intent, seconds)
      expect(await kept()).toEqual(['a', 'c'])
      await arrive('d', 4)
      expect(await kept()).toEqual(['c', 'd'])
    })

    test('an event is a repeat once it was delivered before, through whichever instance', async () => {
      const { db, order } = await anOrder()
      const other = await anInstance(db.url)
      await db.confirmOrder(order, hashOf('code'), true, NOW)
      expect(await db.settleByStatus(order.intent, NOW)).toBe(true)
      const late = anEvent(order)
      const duplicate = { verdict: 'duplicate', paidTwice: false }
      expect(await db.settle(late, NOW)).toEqual({ ...duplicate, isRepeat: false })
      expect(await other.settle(late, NOW)).toEqual({ ...duplicate, isRepeat: true })
    })

    test('an event that came before its order was known pays when it comes again', async () => {
      const db = await aDatabase(engine)
      const buyer = await aBuyer(db)
      const event = anEvent({ intent: 'restored' })
      expect(await db.settleByEvent(event, false, NOW)).toBe('unmatched')
      await placeOrder(db, aNewOrder({ buyer, intent: 'restored' }))
      await db.settleByEvent(event, false, NOW)
      expect(await db.isPaid('restored')).toBe(true)
    })

    test('an event that pays us for an intent we do not have is orphaned, and never forgotten', async () => {
      const { db } = await anOrder()
      const orphan = anEvent({ intent: 'lost' }, { destination: OUR_DESTINATION })
      expect(await db.settleByEvent(orphan, false, NOW)).toBe('orphaned')
      expect(await db.settleByEvent(orphan, false, NOW + 1)).toBe('orphaned')
      expect(await db.query('SELECT verdict, times_seen, hundredths FROM events')).toEqual([
        { verdict: 'orphaned', times_seen: 2, hundredths: 25 },
      ])
    })

    test('so is one that pays a destination of an earlier order, whatever strangers send after it', async () => {
      const { db, order } = await anOrder()
      await db.replaceIntent(order, 'second', NOW) // the destination is recorded once
      expect(await db.query('SELECT address FROM destinations')).toEqual([{ address: DESTINATION }])
      expect(await db.settleByEvent(anEvent({ intent: 'lost' }), false, NOW)).toBe('orphaned')
      for (let group = 1; group <= 55; group++) {
        const strangers = Array.from({ length: 20 }, (_, index) =>
          anEvent({ intent: `${group}-${index}` }, { destination: 'a stranger’s' }),
        )
        await Promise.all(strangers.map((event) => db.settleByEvent(event, false, NOW + group)))
      }
      expect(
        await db.query('SELECT verdict, COUNT(*) AS kept FROM events GROUP BY verdict ORDER BY verdict'),
      ).toEqual([
        { verdict: 'orphaned', kept: 1 },
        { verdict: 'unmatched', kept: 1_000 },
      ])
    })

    test('a login is kept as such', async () => {
      const { db } = await anOrder()
      const login = anEvent({ intent: 'x' }, { type: 'login', intent: null, user: 'somebody' })
      expect(await db.settleByEvent(login, false, NOW)).toBe('login')
    })

    test('a test event is kept as such', async () => {
      const { db } = await anOrder()
      expect(await db.settleByEvent(anEvent({ intent: 'x' }, { intent: null }), true, NOW)).toBe('test')
    })
  })

  describe('money that comes twice', () => {
    test('for an order with two intents is two payments, and the second is told as such', async () => {
      const { db, buyer, order } = await anOrder()
      await db.replaceIntent(order, 'second', NOW)
      expect(await db.settle(anEvent(order), NOW)).toMatchObject({ verdict: 'applied', paidTwice: false })
      const second = anEvent({ intent: 'second' })
      expect(await db.settle(second, NOW + 1)).toMatchObject({ verdict: 'applied', paidTwice: true })
      expect(await db.settle(second, NOW + 2)).toEqual({
        verdict: 'duplicate',
        paidTwice: false,
        isRepeat: true,
      })
      expect(await db.query('SELECT intent, order_id, hundredths FROM payments ORDER BY id')).toEqual([
        { intent: order.intent, order_id: order.id, hundredths: 25 },
        { intent: 'second', order_id: order.id, hundredths: 25 },
      ])
      expect(await db.findPurchases(buyer, 10)).toMatchObject([
        { id: order.id, intent: order.intent, paidAt: NOW },
      ])
      expect(await db.query('SELECT COUNT(*) AS rights FROM entitlements')).toEqual([{ rights: 1 }])
    })

    test('can come by an intent that is offered as the order is paid, so that one is polled until it has paid', async () => {
      const { db, order } = await anOrder()
      const replaced = await db.replaceIntent(order, 'second', NOW)
      await db.settle(anEvent(order), NOW)
      expect(await db.confirmOrder(replaced as OpenOrder, hashOf('code'), true, NOW)).toBe('paid')
      expect(await db.claimDuePolls(NOW + 30_000, 5)).toEqual(['second'])
      await db.settleByStatus('second', NOW + 30_000)
      expect(await db.confirmOrder(replaced as OpenOrder, hashOf('other'), true, NOW)).toBe('paid')
      expect(await db.claimDuePolls(NOW + 10 ** 9, 5)).toEqual([])
    })

    test('by two orders of the same product is told as such, also by a status', async () => {
      const { db, buyer, order } = await anOrder()
      const newer = await placeOrder(db, aNewOrder({ buyer }), order.intent)
      await db.confirmOrder(order, hashOf('code'), true, NOW)
      expect(await db.settle(anEvent(newer), NOW)).toMatchObject({ verdict: 'applied', paidTwice: false })
      expect(await settleByStatus(db.db, order.intent, at(NOW))).toMatchObject({
        settlement: { verdict: 'applied', paidTwice: true },
      })
    })

    describe('by two browsers of which one has redeemed the other’s order', () => {
      async function twoBrowsers() {
        const { db, buyer, order } = await anOrder()
        const phone = await aBuyer(db)
        await db.confirmOrder(order, hashOf('code'), true, NOW)
        await db.redeem(order.intent, hashOf('code'), phone, NOW)
        const settle = async ({ intent }: { intent: string }, now = NOW) =>
          (await db.settle(anEvent({ intent }), now)).paidTwice
        return { db, buyer, phone, order, settle }
      }

      test('is told as such, whichever comes first, until one was sent back', async () => {
        for (const reverse of [false, true]) {
          const { db, phone, order, settle } = await twoBrowsers()
          const orders = [order, await placeOrder(db, aNewOrder({ buyer: phone }))]
          const [first, second] = (reverse ? orders.reverse() : orders) as [OpenOrder, OpenOrder]
          expect([await settle(first), await settle(second, NOW + 1)]).toEqual([false, true])
          expect((await findDeskOrder(db.db, second.id))?.state).toBe('paid-twice')
          const [payment] = await db.query('SELECT id FROM payments WHERE paid_twice = 1')
          expect(await findAlertFacts(db.db, 'order.paid_twice', String(payment?.id))).toMatchObject({
            earlier: { order: first.id },
          })
          await refund(db, 25)
          expect((await findDeskOrder(db.db, second.id))?.state).toBe('paid')
        }
      })

      test('is none if the other order is a third one’s, which it has redeemed as well', async () => {
        const { db, phone, order, settle } = await twoBrowsers()
        const given = await placeOrder(db, aNewOrder({ buyer: await aBuyer(db) }))
        await db.confirmOrder(given, hashOf('other'), true, NOW)
        await db.redeem(given.intent, hashOf('other'), phone, NOW)
        expect([await settle(given), await settle(order)]).toEqual([false, false])
      })

      test('is none if only one order was paid, which both have', async () => {
        const { db, buyer, phone, order, settle } = await twoBrowsers()
        expect(await settle(order)).toBe(false)
        for (const holder of [buyer, phone])
          expect(await db.holdsEntitlement(holder, 'article', NOW)).toBe(true)
        expect((await findDeskOrder(db.db, order.id))?.state).toBe('paid')
      })
    })

    test.each([
      ['the whole of', 25, false],
      ['a part of', 24, true],
    ])(
      'after %s the first payment was sent back is told as such only if anything of that is left',
      async (_part, hundredths, paidTwice) => {
        const { db, buyer, order } = await anOrder()
        const newer = await placeOrder(db, aNewOrder({ buyer }), order.intent)
        await db.settle(anEvent(newer), NOW)
        await refund(db, hundredths)
        expect(await db.holdsEntitlement(buyer, 'article', NOW)).toBe(true)
        expect(await db.settle(anEvent(order), NOW)).toMatchObject({ verdict: 'applied', paidTwice })
      },
    )

    test('for what may be bought again is no second payment of the same', async () => {
      const { db, buyer } = await anOrder()
      const gift = { product: 'gift', grants: [], onlyOnce: null }
      for (const intent of ['one', 'other']) {
        const order = await placeOrder(db, aNewOrder({ buyer, intent, ...gift }))
        expect(await db.settle(anEvent(order), NOW)).toMatchObject({ verdict: 'applied', paidTwice: false })
      }
      expect(await db.findPurchases(buyer, 10)).toHaveLength(2)
    })

    test('at the same moment is told once', async () => {
      const { db, order } = await anOrder()
      await db.replaceIntent(order, 'second', NOW)
      const settlements = await Promise.all(
        [order.intent, 'second'].map((intent) => db.settle(anEvent({ intent }), NOW)),
      )
      expect(settlements.map(({ paidTwice }) => paidTwice).sort()).toEqual([false, true])
    })
  })

  describe('a status', () => {
    test('pays an order that the sequencer has confirmed, once', async () => {
      const { db, buyer, order } = await anOrder()
      await db.confirmOrder(order, hashOf('code'), true, NOW)
      expect(await db.settleByStatus(order.intent, NOW)).toBe(true)
      expect(await db.settleByStatus(order.intent, NOW)).toBe(false)
      expect(await db.holdsEntitlement(buyer, 'article', NOW)).toBe(true)
    })

    test('pays nothing that was never confirmed: another request may be behind it', async () => {
      const { db, order } = await anOrder()
      expect(await db.settleByStatus(order.intent, NOW)).toBe(false)
      expect(await db.isPaid(order.intent)).toBe(false)
    })

    test('pays nothing of which only a status has shown that it exists', async () => {
      const { db, order } = await anOrder()
      await db.confirmOrder(order, hashOf('code'), false, NOW)
      expect(await db.settleByStatus(order.intent, NOW)).toBe(false)
      expect(await db.settleByEvent(anEvent(order), false, NOW)).toBe('applied')
    })

    test('pays nothing for which a signed event claims something else', async () => {
      const { db, order } = await anOrder()
      await db.confirmOrder(order, hashOf('code'), true, NOW)
      await db.settleByEvent(anEvent(order, { hundredths: 1 }), false, NOW)
      expect(await db.settleByStatus(order.intent, NOW)).toBe(false)
    })

    test('knows of a payment without a read of its own, which a standby that lags might answer', async () => {
      const { db, order } = await anOrder()
      const lagging = { ...db.db, read: async () => [] }
      expect(await settleByStatus(lagging, order.intent, at(NOW))).toMatchObject({ isPaid: false })
      await db.settleByEvent(anEvent(order), false, NOW)
      expect(await settleByStatus(lagging, order.intent, at(NOW))).toEqual({
        isPaid: true,
        settlement: undefined,
      })
    })

    test('leaves the details to a webhook that comes later', async () => {
      const { db, order } = await anOrder()
      await db.confirmOrder(order, hashOf('code'), true, NOW)
      await db.settleByStatus(order.intent, NOW)
      expect(await db.settleByEvent(anEvent(order, { user: 'somebody' }), false, NOW + 5)).toBe('duplicate')
      expect(await db.query('SELECT proof, quarks, exchange_rate, code_user, paid_at FROM payments')).toEqual(
        [
          {
            proof: 'webhook',
            quarks: 2_799_600_000,
            exchange_rate: 0.00000893,
            code_user: 'somebody',
            paid_at: NOW,
          },
        ],
      )
    })

    test('leaves an order alone that was confirmed after it was paid', async () => {
      const { db, order } = await anOrder()
      await db.settleByEvent(anEvent(order), false, NOW)
      await db.confirmOrder(order, hashOf('code'), true, NOW)
      expect(await db.claimDuePolls(NOW + 10 ** 9, 5)).toEqual([])
    })
  })
})
