import { describe, expect, jest, test } from '@jest/globals'
import { openDatabase } from '../../db/index.ts'
import { sendDueAlerts } from '../../server/alerts/send-alerts.ts'
import { watchSequencer } from '../../server/alerts/watch-sequencer.ts'
import { callThrough, newCircuit } from '../../server/code/circuit.ts'
import { openCode } from '../../server/code/index.ts'
import { answer500 } from '../support/faults.ts'
import { aReceiver } from '../support/receiver.ts'
import { aShop, order } from '../support/shop.ts'
import { later } from '../support/workplace.ts'

/** A shop whose calls to Code can be made to fail, and whose clocks go on together. */
async function aShopOnTheWatch() {
  const receiver = await aReceiver()
  const shop = await aShop({ config: { alerts: receiver.alerts } })
  const browser = shop.browser()
  await order(browser)
  const monotonic = performance.now.bind(performance)
  let ahead = 0
  jest.spyOn(performance, 'now').mockImplementation(() => monotonic() + ahead)
  return {
    shop,
    receiver,
    async call(times = 1) {
      for (let time = 0; time < times; time++)
        await browser.post('/create-intent').send({ product: 'article' })
    },
    advance(ms: number) {
      ahead += ms
      shop.clock.advance(ms)
    },
    watch: () => watchSequencer(shop.shop),
    announced: async () =>
      (await shop.query('SELECT type FROM outbox ORDER BY announced_at, id')).map(({ type }) => type),
  }
}

const failing = () => Promise.reject(new Error('500'))

describe('Code that doesn’t answer', () => {
  test('is announced after a minute, and so is that it answers again', async () => {
    const { shop, call, advance, watch, announced } = await aShopOnTheWatch()
    shop.disturb((_req, res) => answer500({ res }))
    await call(6)
    await watch()
    advance(59_000)
    await call()
    await watch()
    expect(await announced()).toEqual([])
    advance(11_000) // the circuit lets a call through after 10 s
    await call()
    await watch()
    await watch()
    expect(await announced()).toEqual(['sequencer.down'])

    shop.disturb(undefined)
    advance(11_000)
    await call()
    await watch()
    expect(await announced()).toEqual(['sequencer.down'])
    advance(30_000)
    await call()
    await watch()
    await watch()
    expect(await announced()).toEqual(['sequencer.down', 'sequencer.up'])
  })

  test('is announced while a slow receiver keeps the shop sending other alerts', async () => {
    const { shop, receiver, call, advance } = await aShopOnTheWatch()
    for (let orders = 0; orders < 8; orders++) await shop.pay((await order(shop.browser())).id)
    receiver.answerWith(async (res) => {
      receiver.answerWith()
      shop.disturb((_req, fault) => answer500({ res: fault }))
      await call(6)
      advance(61_000)
      await call()
      res.writeHead(204).end()
    })
    await sendDueAlerts(shop.shop, receiver.open(), new AbortController().signal)
    expect(receiver.types()).toContain('sequencer.down')
  })

  test('is not announced for a few failures, however far apart', async () => {
    const { shop, call, advance, watch, announced } = await aShopOnTheWatch()
    shop.disturb((_req, res) => answer500({ res }))
    await call(2)
    advance(3_600_000)
    await call(2)
    await watch()
    expect(await announced()).toEqual([])
  })

  test('is announced once, though an instance that makes no calls still holds it for down', async () => {
    const { shop, call, advance, watch, announced } = await aShopOnTheWatch()
    const db = await openDatabase({ url: shop.databaseUrl, mode: 'sandbox', alerts: true })
    later(() => db.close())
    const idle = { ...shop.shop, db, code: { ...shop.shop.code, circuit: newCircuit(shop.shop.log) } }
    const failIdle = () => callThrough(idle.code.circuit, () => true, failing).catch(() => {})
    shop.disturb((_req, res) => answer500({ res }))
    for (const wait of [0, 0, 0, 0, 0, 61_000]) {
      advance(wait)
      await call()
      await failIdle()
    }
    await watch()
    await watchSequencer(idle)
    shop.disturb(undefined)
    advance(40_000)
    await call()
    for (let round = 0; round < 3; round++) {
      await watchSequencer(idle)
      await watch()
      advance(1_000)
    }
    expect(await announced()).toEqual(['sequencer.down', 'sequencer.up'])
    await failIdle() // it has still no answer
    advance(61_000)
    await failIdle()
    await watchSequencer(idle)
    expect(await announced()).toEqual(['sequencer.down', 'sequencer.up', 'sequencer.down'])
  })

  test('is not announced as up by an instance that has just started, and knows nothing', async () => {
    const { shop, call, advance, watch, announced } = await aShopOnTheWatch()
    shop.disturb((_req, res) => answer500({ res }))
    await call(6)
    advance(61_000)
    await call()
    await watch()
    advance(3_600_000)
    const db = await openDatabase({ url: shop.databaseUrl, mode: 'sandbox', alerts: true })
    later(() => db.close())
    const code = await openCode(shop.config.endpoint, [shop.sandbox.publicKey], shop.shop.log)
    await watchSequencer({ ...shop.shop, db, code })
    expect(await announced()).toEqual(['sequencer.down'])
  })
})
