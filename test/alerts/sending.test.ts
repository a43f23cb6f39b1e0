import { describe, expect, test } from '@jest/globals'
import { findFailedAlerts, openDatabase } from '../../db/index.ts'
import { aSequencerKey, claimsOf, signed } from '../../scripts/support/tokens.ts'
import { startAlerts } from '../../server/alerts/index.ts'
import { RETRY_PAUSES_MS, sendDueAlerts } from '../../server/alerts/send-alerts.ts'
import { aReceiver, SECRET } from '../support/receiver.ts'
import { aShop, codeOf, order, type TestShop } from '../support/shop.ts'
import { until } from '../support/until.ts'
import { later } from '../support/workplace.ts'

const LEASE_MS = 15_000
const DAY_MS = 86_400_000
const RUNNING = new AbortController().signal

/** A shop that sends its alerts to a receiver, once each time that `send` is called. */
async function aShopWithAReceiver() {
  const receiver = await aReceiver()
  const key = aSequencerKey()
  const shop = await aShop({ config: { alerts: receiver.alerts, publicKeys: [key.publicKey] } })
  const deliver = (token: string) =>
    shop.request().post('/webhook').set('Content-Type', 'application/jwt').send(token).expect(200)
  return {
    shop,
    receiver,
    key,
    deliver,
    send: () => sendDueAlerts(shop.shop, receiver.open(), RUNNING),
    /** The worker that does so by itself */
    start: (db = shop.db) => startAlerts({ ...shop.shop, db }, receiver.alerts),
    /** An order that is paid by a webhook of somebody whom Code knows */
    async pay() {
      const offer = await order(shop.browser())
      const token = signed({ ...claimsOf(offer), user: 'a-user-of-code' }, key.privateKey)
      await deliver(token)
      return { offer, token }
    },
  }
}

const linesAbout = (shop: TestShop, text: string) =>
  shop.logged.filter(({ msg }) => String(msg).includes(text))

describe('a paid order', () => {
  test('is told to the merchant’s webhook, signed, without anything secret', async () => {
    const { shop, receiver, pay, send } = await aShopWithAReceiver()
    const { offer, token } = await pay()
    await send()
    await send()
    const [payment] = await shop.query('SELECT id, order_id FROM payments')
    expect(receiver.received).toHaveLength(1)
    expect(receiver.received[0]).toMatchObject({
      id: `order_paid_${payment?.id}`,
      sentAt: shop.clock.now(),
      type: 'order.paid',
      timestamp: '2026-01-01T00:00:00.000Z',
      data: {
        mode: 'sandbox',
        order: payment?.order_id,
        payment: payment?.id,
        product: 'article',
        hundredths: 25,
        currency: 'usd',
        orderedAt: '2026-01-01T00:00:00.000Z',
        paidAt: '2026-01-01T00:00:00.000Z',
      },
    })
    for (const secret of ['a-user-of-code', token, offer.clientSecret, codeOf(offer), 'http', SECRET])
      expect(receiver.received[0]?.body).not.toContain(secret)
  })

  test('is not sent to this machine unless that is allowed, and the log says by what', async () => {
    const { shop, receiver, pay } = await aShopWithAReceiver()
    await pay()
    await sendDueAlerts(shop.shop, receiver.open({ allowPrivate: false }), RUNNING)
    expect(receiver.received).toEqual([])
    expect(linesAbout(shop, 'ALERT_ALLOW_PRIVATE=1')).toMatchObject([
      { reason: 'private-address', level: 40 },
    ])
  })

  test('is told after a crash between its payment and the message', async () => {
    const { shop, receiver, pay, send } = await aShopWithAReceiver()
    await pay()
    await shop.restart()
    expect(receiver.received).toEqual([])
    await send()
    expect(receiver.types()).toEqual(['order.paid'])
  })

  test('is told by another instance if one dies while it sends, with the same id and body', async () => {
    const { shop, receiver, pay, send } = await aShopWithAReceiver()
    await pay()
    const dying = new AbortController()
    const hanging = receiver.open()
    const isReceived = new Promise<void>((resolve) => receiver.answerWith(() => resolve()))
    const attempt = sendDueAlerts(shop.shop, hanging, dying.signal)
    await isReceived
    dying.abort()
    hanging.agent.destroy()
    await attempt
    receiver.answerWith()

    const db = await openDatabase({ url: shop.databaseUrl, mode: 'sandbox', alerts: true })
    later(() => db.close())
    const other = () => sendDueAlerts({ ...shop.shop, db }, receiver.open(), RUNNING)
    await other()
    expect(receiver.received).toHaveLength(1) // the lease is still that of the first
    shop.clock.advance(LEASE_MS)
    await other()
    await send()
    expect(receiver.received).toHaveLength(2)
    const [first, second] = receiver.received
    expect(second).toEqual({ ...first, sentAt: shop.clock.now() })
  })

  test('is told, however many there are, to a receiver that accepts them', async () => {
    const { receiver, pay, send } = await aShopWithAReceiver()
    for (let number = 0; number < 20; number++) await pay()
    await send()
    expect(new Set(receiver.received.map(({ id }) => id)).size).toBe(20)
    expect(receiver.received).toHaveLength(20)
  })

  test('is told later, where eight others at once were accepted by nobody', async () => {
    const { receiver, pay, send } = await aShopWithAReceiver()
    receiver.answerWith((res) => res.writeHead(503).end())
    for (let number = 0; number < 9; number++) await pay()
    await send()
    expect(receiver.received).toHaveLength(8)
  })

  test('is told in sandbox mode as test money, and in live mode as real', async () => {
    const { shop, receiver, pay } = await aShopWithAReceiver()
    await pay()
    const config = { ...shop.config, mode: 'live' as const }
    await sendDueAlerts({ ...shop.shop, config }, receiver.open(), RUNNING)
    expect(receiver.received[0]?.data).toMatchObject({ mode: 'live' })
  })
})

describe('what needs a look', () => {
  test('is told: a mismatched event, an orphaned one, a second payment', async () => {
    const { shop, receiver, key, deliver, pay, send } = await aShopWithAReceiver()
    const { offer } = await pay()
    await deliver(signed({ ...claimsOf(offer), amount: 9 }, key.privateKey))
    await deliver(signed({ ...claimsOf(offer), intent: shop.config.destination }, key.privateKey))
    await send()
    expect(receiver.types().sort()).toEqual(['event.mismatched', 'event.orphaned', 'order.paid'])
    expect(receiver.received.find(({ type }) => type === 'event.mismatched')?.data).toMatchObject({
      expected: { hundredths: 25, currency: 'usd' },
      claimed: { hundredths: 900, currency: 'usd' },
      paysOurDestination: true,
      seenAt: '2026-01-01T00:00:00.000Z',
    })
    for (const { body } of receiver.received) expect(body).not.toContain('http')
  })
})

describe('an attempt that fails', () => {
  test('is followed by others with growing pauses for a day, with the same id and body', async () => {
    const { shop, receiver, pay, send } = await aShopWithAReceiver()
    receiver.answerWith((res) => res.writeHead(503).end('closed for maintenance'))
    await pay()
    const beganAt = shop.clock.now()
    await send()
    for (const [index, pause] of RETRY_PAUSES_MS.entries()) {
      shop.clock.advance(pause - 1)
      await send()
      expect(receiver.received).toHaveLength(index + 1)
      shop.clock.advance(1)
      await send()
    }
    expect([...RETRY_PAUSES_MS]).toEqual([...RETRY_PAUSES_MS].sort((one, other) => one - other))
    expect(shop.clock.now() - beganAt).toBeGreaterThan(0.95 * DAY_MS)
    expect(shop.clock.now() - beganAt).toBeLessThanOrEqual(DAY_MS)
    expect(receiver.received).toHaveLength(RETRY_PAUSES_MS.length + 1)
    expect(new Set(receiver.received.map(({ id }) => id)).size).toBe(1)
    expect(new Set(receiver.received.map(({ body }) => body)).size).toBe(1)
    expect(receiver.received.at(-1)?.sentAt).toBe(shop.clock.now())

    expect(await findFailedAlerts(shop.db, 10)).toMatchObject([
      { type: 'order.paid', reason: '503', answer: 'closed for maintenance', failedAt: shop.clock.now() },
    ])
    shop.clock.advance(30 * DAY_MS)
    await send()
    expect(receiver.received).toHaveLength(RETRY_PAUSES_MS.length + 1)
    expect(linesAbout(shop, 'an alert was not delivered; it is sent again later')).toHaveLength(10)
    expect(linesAbout(shop, 'an alert was not delivered for a day')).toMatchObject([
      { level: 50, alert: true },
    ])
  })

  test('writes neither the secret nor the path of the URL into the log', async () => {
    const { shop, receiver, pay, send, start } = await aShopWithAReceiver()
    receiver.answerWith((res, req) => res.writeHead(500).end(req.url))
    await pay()
    await send()
    const running = start()
    await running.stop()
    const log = JSON.stringify(shop.logged)
    expect(log).toContain(`"host":"127.0.0.1:${receiver.port}"`)
    expect(log).not.toContain('hunter2')
    expect(log).not.toContain(SECRET)
    expect(log).not.toContain(SECRET.slice('whsec_'.length))
  })

  test('of what is gone by now ends like any other', async () => {
    const { shop, receiver, pay, send } = await aShopWithAReceiver()
    await pay()
    await shop.query(`UPDATE outbox SET subject = 'gone'`)
    await send()
    expect(receiver.received).toEqual([])
    expect(await shop.query('SELECT last_failure FROM outbox')).toEqual([{ last_failure: 'nothing-found' }])
  })
})

describe('the worker', () => {
  test('sends from its start on, once for several instances, until it is stopped', async () => {
    const { shop, receiver, pay, start } = await aShopWithAReceiver()
    const db = await openDatabase({ url: shop.databaseUrl, mode: 'sandbox', alerts: true })
    later(() => db.close())
    const workers = [start(), start(db)]
    for (let number = 0; number < 12; number++) await pay()
    await until(async () => receiver.received.length >= 12)
    await Promise.all(workers.map((worker) => worker.stop()))
    expect(receiver.received).toHaveLength(12)
    expect(await shop.query('SELECT name FROM leases')).toEqual([]) // so that nobody has to wait for it
  })

  test('stops at once, even while a receiver keeps it waiting', async () => {
    const { shop, receiver, pay, start } = await aShopWithAReceiver()
    await pay()
    const isReceived = new Promise<void>((resolve) => receiver.answerWith(() => resolve()))
    const worker = start()
    await isReceived
    const beganAt = performance.now()
    await worker.stop()
    expect(performance.now() - beganAt).toBeLessThan(4_000)
    expect(await shop.query('SELECT last_failure, attempts FROM outbox')).toEqual([
      { last_failure: null, attempts: 1 },
    ])
  })

  test('goes on after the database was unavailable, and says so once', async () => {
    const { shop, receiver, pay, start } = await aShopWithAReceiver()
    await pay()
    let fails = 0
    const db = {
      ...shop.db,
      read: (...args: Parameters<typeof shop.db.read>) =>
        args[0].includes('outbox') && fails++ < 2 ? Promise.reject(new Error('away')) : shop.db.read(...args),
    }
    const worker = start(db)
    await until(async () => receiver.received.length === 1)
    await worker.stop()
    expect(linesAbout(shop, 'alerts could not be sent')).toHaveLength(1)
  })
})
