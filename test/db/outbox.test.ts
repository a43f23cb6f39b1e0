import { describe, expect, test } from '@jest/globals'
import {
  claimDueAlerts,
  type Database,
  dismissAlert,
  findAlertFacts,
  findFailedAlerts,
  findRetriedAlerts,
  hasDueAlerts,
  hasFailedAlerts,
  honourOrder,
  honourOrphan,
  recordDelivery,
  recordFailedAttempt,
  recordOffer,
  recordRefund,
  releaseAlerts,
  reportSequencerDown,
  reportSequencerUp,
  resendAlert,
} from '../../db/index.ts'
import {
  aBuyer,
  aDatabase,
  aNewOrder,
  anEvent,
  anInstance,
  at,
  hashOf,
  NOW,
  OUR_DESTINATION,
  placeOrder,
} from '../support/database.ts'
import { onEveryEngine } from '../support/engines.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const LEASE_MS = 15_000
const LONGEST_PAUSE_MS = 10 * HOUR
const KEPT_MS = 30 * 24 * HOUR

type AlertsDatabase = Awaited<ReturnType<typeof aDatabase>>

const announced = async ({ query }: AlertsDatabase) =>
  (await query('SELECT id, type, subject FROM outbox ORDER BY announced_at, id')) as {
    id: string
    type: string
    subject: string
  }[]

const typesOf = async (db: AlertsDatabase) => (await announced(db)).map(({ type }) => type)

const claim = (db: Database, now: number, limit = 8) =>
  claimDueAlerts(db, {
    now,
    longestPauseMs: LONGEST_PAUSE_MS,
    leaseMs: LEASE_MS,
    limit,
    before: now - KEPT_MS,
    forgotten: 100,
  })

/** So many paid orders, each with an alert that is due. */
async function somePaidOrders(db: AlertsDatabase, count = 1): Promise<void> {
  for (let number = 0; number < count; number++) {
    const order = await placeOrder(db, aNewOrder({ buyer: await aBuyer(db) }))
    await db.settle(anEvent(order), NOW)
  }
}

onEveryEngine((engine) => {
  const withAlerts = () => aDatabase(engine, { alerts: true })

  describe('a payment', () => {
    test('is announced with the unit of work that makes it, and never again', async () => {
      const db = await withAlerts()
      const order = await placeOrder(db, aNewOrder({ buyer: await aBuyer(db) }))
      await db.confirmOrder(order, hashOf('code'), true, NOW)
      await db.settleByStatus(order.intent, NOW)
      await db.settle(anEvent(order), NOW + 1) // becomes the proof of the same payment
      await db.settle(anEvent(order), NOW + 2)
      const [payment] = await db.query('SELECT id FROM payments')
      expect(await announced(db)).toEqual([
        { id: `order_paid_${payment?.id}`, type: 'order.paid', subject: payment?.id },
      ])
      expect(await findAlertFacts(db.db, 'order.paid', String(payment?.id))).toEqual({
        order: order.id,
        payment: payment?.id,
        product: 'article',
        hundredths: 25,
        currency: 'usd',
        orderedAt: NOW,
        paidAt: NOW,
      })
    })

    test('does not happen if it can’t be announced', async () => {
      const db = await withAlerts()
      const order = await placeOrder(db, aNewOrder({ buyer: await aBuyer(db) }))
      await db.query('ALTER TABLE outbox RENAME TO elsewhere')
      await expect(db.settle(anEvent(order), NOW)).rejects.toThrow('outbox')
      expect(await db.isPaid(order.intent)).toBe(false)
    })

    test('that the merchant vouches for is announced, and not once more when its webhook comes', async () => {
      const db = await withAlerts()
      const order = await placeOrder(db, aNewOrder({ buyer: await aBuyer(db) }))
      const mismatched = anEvent(order, { hundredths: 9 })
      await db.settle(mismatched, NOW)
      const action = { what: 'honoured', subject: order.id, session: 'a', before: {}, after: {} }
      const honour = { order: order.id, intent: order.intent, hundredths: 9, currency: 'usd', reason: 'seen' }
      await honourOrder(db.db, { ...honour, event: mismatched.digest }, action, at(NOW + 1))
      expect(await typesOf(db)).toEqual(['event.mismatched', 'order.paid'])
      await db.settle(anEvent(order), NOW + 2)
      expect(await typesOf(db)).toEqual(['event.mismatched', 'order.paid'])

      const orphaned = anEvent({ intent: 'lost' }, { destination: OUR_DESTINATION })
      await db.settle(orphaned, NOW + 3)
      const { buyer, intent, clientSecret, hundredths, currency, onlyOnce, destination, ...chosen } =
        aNewOrder({
          buyer: 'new',
        })
      const isHonoured = await honourOrphan(
        db.db,
        { ...chosen, buyer, event: orphaned.digest, reason: 'seen' },
        action,
        at(NOW + 4),
      )
      expect(isHonoured).toBe(true)
      expect((await typesOf(db)).slice(2)).toEqual(['event.orphaned', 'order.paid'])
    })

    test('of which money goes back is announced for each refund', async () => {
      const db = await withAlerts()
      const order = await placeOrder(db, aNewOrder({ buyer: await aBuyer(db) }))
      await db.settle(anEvent(order), NOW)
      const payment = String((await db.query('SELECT id FROM payments'))[0]?.id)
      const action = { what: 'refunded', subject: order.id, session: 'a', before: {}, after: {} }
      const rest = { sentTo: 'https://wallet.example', proof: 'proof', note: 'note', endsAccess: undefined }
      const refund = (hundredths: number, refundedBefore: number, now: number) =>
        recordRefund(db.db, { payment, hundredths, refundedBefore, ...rest }, action, at(now))
      expect(await refund(10, 0, NOW + 1)).toBe('recorded')
      expect(await refund(16, 10, NOW + 2)).toBe('too-much')
      expect(await refund(15, 10, NOW + 3)).toBe('recorded')
      const alerts = await announced(db)
      expect(alerts.map(({ type }) => type)).toEqual(['order.paid', 'order.refunded', 'order.refunded'])
      expect(await findAlertFacts(db.db, 'order.refunded', alerts[1]?.subject ?? '')).toEqual({
        order: order.id,
        payment,
        refund: alerts[1]?.subject,
        product: 'article',
        hundredths: 10,
        currency: 'usd',
        refundedAt: NOW + 1,
      })
    })

    test('of an order that was paid before is announced as such, with the earlier one', async () => {
      const db = await withAlerts()
      const order = await placeOrder(db, aNewOrder({ buyer: await aBuyer(db) }))
      const second = await db.replaceIntent(order, 'another', NOW)
      await db.settle(anEvent(order), NOW)
      await db.settle(anEvent(second ?? order), NOW + 1)
      const alerts = await announced(db)
      expect(alerts.map(({ type }) => type)).toEqual(['order.paid', 'order.paid', 'order.paid_twice'])
      expect(await findAlertFacts(db.db, 'order.paid_twice', alerts[2]?.subject ?? '')).toMatchObject({
        order: order.id,
        payment: alerts[1]?.subject,
        earlier: { order: order.id, payment: alerts[0]?.subject },
      })
    })

    test('for what the buyer has by another order is announced as such, with that order', async () => {
      const db = await withAlerts()
      const buyer = await aBuyer(db)
      const older = await placeOrder(db, aNewOrder({ buyer }))
      const newer = await placeOrder(db, aNewOrder({ buyer }), older.intent)
      await db.confirmOrder(newer, hashOf('code'), true, NOW)
      await db.settle(anEvent(older), NOW)
      await db.settleByStatus(newer.intent, NOW + 1)
      const alerts = await announced(db)
      expect(alerts.map(({ type }) => type)).toEqual(['order.paid', 'order.paid', 'order.paid_twice'])
      expect(await findAlertFacts(db.db, 'order.paid_twice', alerts[2]?.subject ?? '')).toMatchObject({
        order: newer.id,
        earlier: { order: older.id, payment: alerts[0]?.subject },
      })
    })

    test('that is one of several is announced with the latest before it', async () => {
      const db = await withAlerts()
      const buyer = await aBuyer(db)
      const older = await placeOrder(db, aNewOrder({ buyer }))
      const newer = await placeOrder(db, aNewOrder({ buyer }), older.intent)
      const newest = await placeOrder(db, aNewOrder({ buyer }), newer.intent)
      const second = await db.replaceIntent(newest, 'second', NOW)
      await db.replaceIntent(second ?? newest, 'third', NOW)
      const intents = [older, newer, newest].map(({ intent }) => intent).concat('second', 'third')
      for (const [index, intent] of intents.entries()) await db.settle(anEvent({ intent }), NOW + index)
      const paid = await db.query('SELECT id, order_id FROM payments ORDER BY paid_at')
      expect(paid).toHaveLength(5)
      for (const [index, { id }] of paid.slice(1).entries())
        expect(await findAlertFacts(db.db, 'order.paid_twice', String(id))).toMatchObject({
          earlier: { payment: paid[index]?.id, order: paid[index]?.order_id },
        })
    })

    test('is announced in each attempt with the same earlier one, whatever the buyer redeems meanwhile', async () => {
      const db = await withAlerts()
      const buyer = await aBuyer(db)
      const older = await placeOrder(db, aNewOrder({ buyer }))
      const newer = await placeOrder(db, aNewOrder({ buyer }), older.intent)
      const redeemed = await placeOrder(db, aNewOrder({ buyer: await aBuyer(db) }))
      await db.confirmOrder(redeemed, hashOf('code'), true, NOW)
      await db.settle(anEvent(older), NOW)
      await db.settle(anEvent(redeemed), NOW + 1)
      await db.settle(anEvent(newer), NOW + 2)
      const paidTwice = (await announced(db)).find(({ type }) => type === 'order.paid_twice')?.subject ?? ''
      const before = await findAlertFacts(db.db, 'order.paid_twice', paidTwice)
      expect(before).toMatchObject({ order: newer.id, earlier: { order: older.id } })
      await db.redeem(redeemed.id, hashOf('code'), buyer, NOW + 3)
      expect(await findAlertFacts(db.db, 'order.paid_twice', paidTwice)).toEqual(before)
    })
  })

  describe('an event', () => {
    test('with other claims is announced once, with both sides', async () => {
      const db = await withAlerts()
      const order = await placeOrder(db, aNewOrder({ buyer: await aBuyer(db) }))
      const event = anEvent(order, { hundredths: 9, currency: 'https://evil.example' })
      await db.settle(event, NOW)
      await db.settle(event, NOW + 1)
      expect(await typesOf(db)).toEqual(['event.mismatched'])
      expect(await findAlertFacts(db.db, 'event.mismatched', event.digest)).toEqual({
        event: event.digest,
        order: order.id,
        intent: order.intent,
        product: 'article',
        expected: { hundredths: 25, currency: 'usd' },
        claimed: { hundredths: 9, currency: null },
        paysOurDestination: true,
        seenAt: NOW,
      })
    })

    test.each([
      ['another destination', { destination: 'codeHy87wGD5oMRLG75qKqsSi1vWE3oxNyYmXo5F9YR' }],
      ['another state', { state: 'PENDING' }],
    ])('with %s says that no money came', async (_, changes) => {
      const db = await withAlerts()
      const event = anEvent(await placeOrder(db, aNewOrder({ buyer: await aBuyer(db) })), changes)
      await db.settle(event, NOW)
      const facts = await findAlertFacts(db.db, 'event.mismatched', event.digest)
      expect(facts).toMatchObject({ paysOurDestination: false })
    })

    test('says in each attempt the same of the address that it paid, although an order uses it later', async () => {
      const db = await withAlerts()
      const destination = OUR_DESTINATION
      const event = anEvent(await placeOrder(db, aNewOrder({ buyer: await aBuyer(db) })), { destination })
      await db.settle(event, NOW)
      await db.placeOrder(aNewOrder({ buyer: await aBuyer(db), destination }), undefined, NOW + 1)
      const facts = (isOurs?: (address: string) => boolean) =>
        findAlertFacts(db.db, 'event.mismatched', event.digest, isOurs)
      expect(await facts()).toMatchObject({ paysOurDestination: false })
      expect(await facts((address) => address === destination)).toMatchObject({ paysOurDestination: true })
    })

    test('that pays us for an intent of nobody’s is announced, and one of a stranger’s is not', async () => {
      const db = await withAlerts()
      const orphaned = anEvent({ intent: 'lost' }, { destination: OUR_DESTINATION })
      await db.settle(orphaned, NOW)
      await db.settle(anEvent({ intent: 'foreign' }, { destination: 'somebody else' }), NOW)
      expect(await typesOf(db)).toEqual(['event.orphaned'])
      expect(await findAlertFacts(db.db, 'event.orphaned', orphaned.digest)).toEqual({
        event: orphaned.digest,
        claimed: { hundredths: 25, currency: 'usd' },
        seenAt: NOW,
      })
    })

    test('that is judged again is announced only if its verdict has changed', async () => {
      const db = await withAlerts()
      const order = await placeOrder(db, aNewOrder({ buyer: await aBuyer(db) }))
      const mismatched = anEvent(order, { hundredths: 9 })
      const foreign = anEvent({ intent: 'lost' }, { destination: 'a former address' })
      for (const event of [mismatched, foreign]) await db.settle(event, NOW)
      await db.query('DELETE FROM outbox')
      await db.settle(mismatched, NOW + 1, { times: 0, former: 'mismatched' })
      expect(await typesOf(db)).toEqual([])
      const again = { times: 0, former: 'unmatched', ourDestination: 'a former address' } as const
      await db.settle(foreign, NOW + 1, again)
      expect(await typesOf(db)).toEqual(['event.orphaned'])
    })
  })

  test('a webhook that Code has not registered is announced once an hour', async () => {
    const db = await withAlerts()
    const offer = async (registration: string | null, now: number) => {
      const buyer = await aBuyer(db)
      const { id, intent, product } = await placeOrder(db, aNewOrder({ buyer }))
      const recorded = {
        order: id,
        intent,
        buyer,
        product,
        sentAt: now,
        isOurs: true,
        holdersAllowed: 3,
        step: undefined,
      }
      const webhookUrl = 'https://shop.example.org/webhook'
      const codeHash = hashOf(intent)
      await recordOffer(db.db, { ...recorded, webhookUrl, registration, codeHash }, { now, nextPollAt: now })
      return { order: id, intent }
    }
    await offer('ok', NOW)
    await offer('already_registered', NOW)
    expect(await announced(db)).toEqual([])
    const first = await offer('invalid_url', NOW)
    await offer('unknown', NOW + HOUR - 1)
    await offer(null, NOW + HOUR)
    const alerts = await announced(db)
    expect(alerts.map(({ type }) => type)).toEqual(['webhook.unregistered', 'webhook.unregistered'])
    expect(await findAlertFacts(db.db, 'webhook.unregistered', first.intent)).toEqual({
      ...first,
      product: 'article',
      orderedAt: NOW,
    })
  })

  test('where no alerts are sent, no unit of work is longer for them', async () => {
    const [without, withThem] = [await aDatabase(engine), await withAlerts()]
    const countOf = async (db: AlertsDatabase) => {
      const order = await placeOrder(db, aNewOrder({ buyer: await aBuyer(db) }))
      const counts: number[] = []
      const { write } = db.db
      db.db.write = (statements, parameters) => {
        counts.push(statements.filter((sql) => sql.includes('outbox')).length)
        return write(statements, parameters)
      }
      await db.confirmOrder(order, hashOf('code'), true, NOW)
      await db.settleByStatus(order.intent, NOW)
      await db.settle(anEvent(order), NOW)
      return counts
    }
    expect(await countOf(without)).toEqual([0, 0, 0])
    expect(await countOf(withThem)).toEqual([1, 2, 4])
    expect(await announced(without)).toEqual([])
  })

  describe('alerts that are due', () => {
    test('are claimed by one instance, which keeps the lease', async () => {
      const one = await withAlerts()
      const other = await anInstance(one.url)
      await somePaidOrders(one, 3)
      expect(await hasDueAlerts(one.db, { now: NOW, longestPauseMs: LONGEST_PAUSE_MS })).toBe(true)
      expect(await claim(one.db, NOW, 2)).toHaveLength(2)
      expect(await claim(other.db, NOW + 1)).toEqual([])
      expect(await claim(one.db, NOW + 2)).toHaveLength(1)
      expect(await claim(one.db, NOW + 3)).toEqual([])
    })

    test('are claimed in the order in which they became due', async () => {
      const db = await withAlerts()
      const payments: unknown[] = []
      for (let second = 0; second < 3; second++) {
        const order = await placeOrder(db, aNewOrder({ buyer: await aBuyer(db) }))
        await db.settle(anEvent(order), NOW + second)
        const [payment] = await db.query(`SELECT id FROM payments WHERE order_id = '${order.id}'`)
        payments.push(payment?.id)
      }
      const claimed = await claim(db.db, NOW + 3, 2)
      expect(claimed.map(({ subject }) => subject).sort()).toEqual(payments.slice(0, 2).sort())
    })

    test('are claimed by one of two instances that ask at the same time', async () => {
      const one = await withAlerts()
      const other = await anInstance(one.url)
      await somePaidOrders(one, 8)
      const claims = await Promise.all([claim(one.db, NOW), claim(other.db, NOW + 1)])
      expect(claims.map(({ length }) => length).sort()).toEqual([0, 8])
    })

    test('of an instance that has died are claimed by another once the lease has expired', async () => {
      const one = await withAlerts()
      const other = await anInstance(one.url)
      await somePaidOrders(one, 1)
      const [alert] = await claim(one.db, NOW)
      expect(await claim(other.db, NOW + LEASE_MS - 1)).toEqual([])
      expect(await claim(other.db, NOW + LEASE_MS)).toEqual([{ ...alert, attempts: 2 }])
      // The first instance was only slow. What it says about its attempt comes too late, and changes nothing.
      await recordDelivery(other.db, alert?.id ?? '', NOW + LEASE_MS + 1)
      const attempt = { id: alert?.id ?? '', attempts: 1, reason: 'deadline', answer: null }
      await recordFailedAttempt(one.db, attempt, { now: NOW + LEASE_MS + 2, nextAttemptAt: NOW + HOUR })
      expect(await claim(other.db, NOW + 2 * HOUR)).toEqual([])
      expect(await findRetriedAlerts(one.db, 10)).toEqual([])
    })

    test('of a slow instance are not given up by it while another sends them', async () => {
      const one = await withAlerts()
      const other = await anInstance(one.url)
      await somePaidOrders(one, 1)
      const [alert] = await claim(one.db, NOW)
      expect(await claim(other.db, NOW + LEASE_MS)).toHaveLength(1)
      const attempt = { id: alert?.id ?? '', attempts: 1, reason: 'deadline', answer: null }
      await recordFailedAttempt(one.db, attempt, { now: NOW + LEASE_MS, nextAttemptAt: null })
      expect(await hasFailedAlerts(one.db)).toBe(false)
      expect(await claim(other.db, NOW + 2 * LEASE_MS)).toHaveLength(1)
    })

    test('are claimed by another at once when an instance stops that had claimed some', async () => {
      const one = await withAlerts()
      const other = await anInstance(one.url)
      await somePaidOrders(one, 2)
      await claim(one.db, NOW, 1)
      await releaseAlerts(other.db)
      expect(await claim(other.db, NOW)).toEqual([])
      await releaseAlerts(one.db)
      expect(await claim(other.db, NOW + 1)).toHaveLength(1)
    })

    test('are sent in time although a clock was ahead when they were announced, or took the lease', async () => {
      const db = await withAlerts()
      const order = await placeOrder(db, aNewOrder({ buyer: await aBuyer(db) }))
      await db.settle(anEvent(order), NOW + 1_000 * HOUR)
      await somePaidOrders(db, 1)
      const other = await anInstance(db.url)
      await claim(other.db, NOW + 500 * HOUR, 0)
      expect(await claim(db.db, NOW)).toHaveLength(2)
    })

    test('are forgotten a month after they were delivered', async () => {
      const db = await withAlerts()
      await somePaidOrders(db, 1)
      const [alert] = await claim(db.db, NOW)
      for (const at of [NOW, NOW + HOUR]) await recordDelivery(db.db, alert?.id ?? '', at) // a slow instance has done so again
      await claim(db.db, NOW + KEPT_MS)
      expect(await announced(db)).toHaveLength(1)
      await claim(db.db, NOW + KEPT_MS + 1)
      expect(await announced(db)).toEqual([])
    })
  })

  describe('an alert whose attempts fail', () => {
    const attempt = (id: string, attempts: number) => ({ id, attempts, reason: '500', answer: 'no' })

    test('is tried again, then listed until it is dismissed', async () => {
      const db = await withAlerts()
      await somePaidOrders(db, 1)
      const [alert] = await claim(db.db, NOW)
      const id = alert?.id ?? ''
      expect(await findRetriedAlerts(db.db, 10)).toEqual([])
      await recordFailedAttempt(db.db, attempt(id, 1), { now: NOW, nextAttemptAt: NOW + 5_000 })
      expect(await claim(db.db, NOW + 4_999)).toEqual([])
      expect(await findRetriedAlerts(db.db, 10)).toEqual([
        {
          ...alert,
          order: expect.stringMatching(/^\w{12}-/),
          reason: '500',
          answer: 'no',
          failedAt: undefined,
          nextAttemptAt: NOW + 5_000,
        },
      ])
      expect(await findFailedAlerts(db.db, 10)).toEqual([])

      expect(await claim(db.db, NOW + 5_000)).toEqual([{ ...alert, attempts: 2 }])
      await recordFailedAttempt(db.db, attempt(id, 2), { now: NOW + 5_001, nextAttemptAt: null })
      expect(await claim(db.db, NOW + 1_000 * HOUR)).toEqual([])
      expect(await findFailedAlerts(db.db, 10)).toMatchObject([
        {
          id,
          type: 'order.paid',
          attempts: 2,
          reason: '500',
          failedAt: NOW + 5_001,
          nextAttemptAt: undefined,
        },
      ])
      expect(await hasFailedAlerts(db.db)).toBe(true)
      expect(
        await dismissAlert(db.db, id, { what: 'alert-dismissed', subject: id, session: 'a' }, NOW + HOUR),
      ).toBe(true)
      expect(
        await dismissAlert(db.db, id, { what: 'alert-dismissed', subject: id, session: 'a' }, NOW + HOUR + 1),
      ).toBe(false)
      expect(await findFailedAlerts(db.db, 10)).toEqual([])
      expect(await hasFailedAlerts(db.db)).toBe(false)
      expect(await db.query('SELECT what, subject, acted_at FROM actions')).toEqual([
        { what: 'alert-dismissed', subject: id, acted_at: NOW + HOUR },
      ])
    })

    test('is not sent again if it was dismissed during an attempt', async () => {
      const db = await withAlerts()
      await somePaidOrders(db, 1)
      const [alert] = await claim(db.db, NOW)
      const id = alert?.id ?? ''
      const action = { what: 'alert-dismissed', subject: id, session: 'a' }
      expect(await dismissAlert(db.db, id, action, NOW)).toBe(true)
      await recordFailedAttempt(db.db, attempt(id, 1), { now: NOW, nextAttemptAt: NOW + 5_000 })
      expect(await claim(db.db, NOW + 5_000)).toEqual([])
    })

    test('is sent again, as often as at first, if the merchant wants it', async () => {
      const db = await withAlerts()
      await somePaidOrders(db, 1)
      const [alert] = await claim(db.db, NOW)
      const id = alert?.id ?? ''
      expect(await resendAlert(db.db, id, { what: 'alert-resent', subject: id, session: 'a' }, NOW)).toBe(
        false,
      ) // it is being sent
      await recordFailedAttempt(db.db, attempt(id, 1), { now: NOW, nextAttemptAt: null })
      expect(
        await resendAlert(db.db, id, { what: 'alert-resent', subject: id, session: 'a' }, NOW + HOUR),
      ).toBe(true)
      expect(await claim(db.db, NOW + HOUR)).toEqual([alert])
      expect(await db.query('SELECT what, acted_at FROM actions')).toEqual([
        { what: 'alert-resent', acted_at: NOW + HOUR },
      ])
      await recordDelivery(db.db, id, NOW + HOUR)
      const late = { what: 'alert-dismissed', subject: id, session: 'a' }
      expect(await dismissAlert(db.db, id, late, NOW + HOUR)).toBe(false)
      expect(
        await resendAlert(db.db, id, { what: 'alert-resent', subject: id, session: 'a' }, NOW + HOUR),
      ).toBe(false)
    })
  })

  describe('an outage of Code', () => {
    const down = (db: Database, failedAt: number, now = failedAt) =>
      reportSequencerDown(db, { beganAt: NOW, failedAt }, now)
    const up = (db: Database, answeredAt: number, now = answeredAt) =>
      reportSequencerUp(db, { answeredAt, quietMs: 30_000 }, now)

    test('is announced once for all instances, and so is its end', async () => {
      const one = await withAlerts()
      const other = await anInstance(one.url)
      await Promise.all([down(one.db, NOW + MINUTE), down(other.db, NOW + MINUTE + 1)])
      await down(one.db, NOW + 2 * MINUTE)
      expect(await typesOf(one)).toEqual(['sequencer.down'])

      const end = NOW + 2 * MINUTE + 30_000
      await up(one.db, NOW + 2 * MINUTE + 1, end - 1) // another instance may still fail
      await up(other.db, NOW + 2 * MINUTE - 1, end) // an answer from before the last failure
      expect(await typesOf(one)).toEqual(['sequencer.down'])
      await Promise.all([up(one.db, end), up(other.db, end)])
      const alerts = await announced(one)
      expect(alerts.map(({ type }) => type)).toEqual(['sequencer.down', 'sequencer.up'])
      const { subject = '' } = alerts[1] ?? {}
      expect(await findAlertFacts(one.db, 'sequencer.down', subject)).toEqual({ beganAt: NOW })
      expect(await findAlertFacts(one.db, 'sequencer.up', subject)).toEqual({ beganAt: NOW, endedAt: end })
    })

    test('has its latest failure, whichever instance reports an earlier one after it', async () => {
      const db = await withAlerts()
      for (const failedAt of [NOW + 5, NOW + 1]) await down(db.db, failedAt)
      expect(await db.query('SELECT last_failed_at FROM outages')).toEqual([{ last_failed_at: NOW + 5 }])
    })

    test('may come again', async () => {
      const db = await withAlerts()
      await up(db.db, NOW)
      await down(db.db, NOW + MINUTE)
      await up(db.db, NOW + 2 * MINUTE)
      await down(db.db, NOW + 4 * MINUTE)
      expect(await typesOf(db)).toEqual(['sequencer.down', 'sequencer.up', 'sequencer.down'])
    })

    test('ends although the clock that reported it was ahead', async () => {
      const db = await withAlerts()
      await down(db.db, NOW + 1_000 * HOUR)
      await up(db.db, NOW + 2 * MINUTE)
      expect((await typesOf(db)).sort()).toEqual(['sequencer.down', 'sequencer.up'])
    })
  })
})
