import { readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import { bringPollToFront } from '../../db/index.ts'
import { readImports } from '../../scripts/check-imports.js'
import { aSequencerKey, claimsOf, signed } from '../../scripts/support/tokens.ts'
import { signIn } from '../support/desk.ts'
import { onSqliteAndPostgres } from '../support/engines.ts'
import { aShop, order, type TestShop } from '../support/shop.ts'

const TOKENS = {
  METRICS_TOKEN: 'm'.repeat(32),
  EXPORT_TOKEN: 'e'.repeat(32),
  ADMIN_TOKEN: 'a'.repeat(32),
}
const bearer = (token: string) => ({ Authorization: `Bearer ${token}` })

/** The value of a series, as Prometheus reads it; undefined if there is none. */
async function readSeries(shop: TestShop, series: string): Promise<number | undefined> {
  const { text } = await shop.request().get('/metrics').expect(200)
  const line = text.split('\n').find((each) => each.startsWith(`${series} `))
  return line === undefined ? undefined : Number(line.slice(series.length))
}

/** How many answers there were, by method, route and class of status, without those of /metrics itself. Errors that could come, but didn't, are left out. */
async function answersOf(shop: TestShop): Promise<Record<string, number>> {
  const { text } = await shop.request().get('/metrics').expect(200)
  const series = /^nickel_requests_total\{method="(.*)",route="(.*)",status="(.*)"\} (\d+)$/gm
  const answers = [...text.matchAll(series)].map(([, method, route, status, times]) => [
    `${method} ${route} ${status}`,
    Number(times),
  ])
  const came = answers.filter(([answer, times]) => times !== 0 && !String(answer).includes('/metrics'))
  return Object.fromEntries(came)
}

describe('/metrics opens', () => {
  test('in sandbox mode without tokens, for this machine alone', async () => {
    const shop = await aShop()
    const { headers } = await shop.request().get('/metrics').expect(200)
    expect(headers).toMatchObject({
      'content-type': 'text/plain; version=0.0.4; charset=utf-8',
      'cache-control': 'no-store',
    })
    await shop.request().get('/metrics').set('X-Forwarded-For', '127.0.0.1').expect(404)
    await shop.request().get('/metrics').set('Host', 'shop.example.org').expect(404)
    await shop
      .request()
      .get('/metrics')
      .set(bearer('x'.repeat(32)))
      .expect(200)
    await shop.request().post('/metrics').expect(405)
  })

  test('in live mode without tokens, for nobody', async () => {
    const shop = await aShop({ config: { mode: 'live' } })
    await shop.request().get('/metrics').expect(404)
    await shop.request().get('/metrics').set(bearer('undefined')).expect(404)
  })

  test.each(['sandbox', 'live'] as const)(
    'in %s mode with tokens, for each but ADMIN_TOKEN',
    async (mode) => {
      const shop = await aShop({ env: TOKENS, config: { mode } })
      const get = (headers = {}) => shop.request().get('/metrics').set(headers)
      await get(bearer(TOKENS.METRICS_TOKEN)).set('X-Forwarded-For', '192.0.2.1').expect(200)
      await get(bearer(TOKENS.EXPORT_TOKEN)).expect(200)
      await get(bearer(TOKENS.ADMIN_TOKEN)).expect(401)
      await get(bearer(`${TOKENS.METRICS_TOKEN}m`)).expect(401)
      await shop.request().get(`/metrics?token=${TOKENS.METRICS_TOKEN}`).expect(401)
      const { headers, text } = await get().expect(401)
      expect(headers['www-authenticate']).toBe('Bearer realm="metrics"')
      expect(text).not.toContain('nickel_')
    },
  )

  test.each(['METRICS_TOKEN', 'EXPORT_TOKEN'] as const)('with %s alone, for nobody else', async (name) => {
    const shop = await aShop({ env: { [name]: TOKENS[name] } })
    await shop.request().get('/metrics').expect(401)
    await shop.request().get('/metrics').set(bearer('undefined')).expect(401)
    await shop.request().get('/metrics').set(bearer(TOKENS[name])).expect(200)
  })
})

describe('the figures', () => {
  test('count answers by route, and never by what a visitor has written', async () => {
    const shop = await aShop()
    for (const path of [
      '/products/article',
      '/products/no-such',
      '/no-such',
      '/No-Such-2',
      '/assets/no-such',
    ])
      await shop.request().get(path)
    await shop.request().delete('/products/article')
    await shop.request().head('/')
    await shop.request().get('/ASSETS/no-such-either')
    expect(await answersOf(shop)).toEqual({
      'GET /products/:slug 2xx': 1,
      'GET /products/:slug 4xx': 1,
      'GET none 4xx': 2,
      'GET /assets/* 4xx': 2,
      'other /products/:slug 4xx': 1,
      'HEAD / 2xx': 1,
    })
  })

  test('have a count of a route’s errors before the first one, so that it is seen as one more', async () => {
    const shop = await aShop()
    await shop.request().get('/').expect(200)
    expect(await readSeries(shop, 'nickel_requests_total{method="GET",route="/",status="5xx"}')).toBe(0)
  })

  test('count answers of the desk by route as well, whoever asks', async () => {
    const shop = await aShop()
    const merchant = await signIn(shop)
    await merchant.get('/desk/orders').expect(200)
    await merchant.get('/Desk/Orders/no-such-order').expect(400)
    await merchant.get('/desk/no-such-page').expect(404)
    await shop.request().get('/desk/orders/no-such-order').expect(401)
    await shop.request().get('/desks').expect(404)
    expect(await answersOf(shop)).toEqual({
      'GET /desk/enter 2xx': 1,
      'POST /desk/enter 3xx': 1,
      'GET /desk/orders 2xx': 1,
      'GET /desk/orders/:id 4xx': 1,
      'GET /desk/* 4xx': 2,
      'GET none 4xx': 1,
    })
  })

  test('count webhooks by verdict, and rejected ones by reason', async () => {
    const key = aSequencerKey()
    const shop = await aShop({ config: { publicKeys: [key.publicKey] } })
    const offer = await order(shop.browser())
    const deliver = (token: string, type = 'application/jwt') =>
      shop.request().post('/webhook').set('Content-Type', type).send(token)
    const token = signed(claimsOf(offer), key.privateKey)
    await Promise.all([deliver(token), deliver(token), deliver(token)])
    await deliver(signed({ ...claimsOf(offer), amount: 9 }, key.privateKey))
    await deliver(signed(claimsOf(offer), aSequencerKey().privateKey))
    await deliver('{}', 'application/json')
    const { text } = await shop.request().get('/metrics').expect(200)
    const applied = Number(/^nickel_webhooks_total\{verdict="applied"\} (\d+)$/m.exec(text)?.[1])
    const repeated = Number(/^nickel_webhooks_total\{verdict="repeated"\} (\d+)$/m.exec(text)?.[1])
    expect(applied).toBeGreaterThan(0)
    expect(applied + repeated).toBe(3)
    expect(text).toContain('nickel_webhooks_total{verdict="duplicate"} 0\n')
    expect(text).toContain('nickel_webhooks_total{verdict="mismatched"} 1\n')
    expect(text).toContain('nickel_webhooks_total{verdict="orphaned"} 0\n')
    expect(text).toContain('nickel_webhook_rejections_total{reason="event-not-trusted"} 1\n')
    expect(text).toContain('nickel_webhook_rejections_total{reason="media-type-unsupported"} 1\n')
    expect(await answersOf(shop)).toMatchObject({ 'POST /webhook 2xx': 4, 'POST /webhook 4xx': 2 })
  })

  test('time payments from the offer, by what proved them first', async () => {
    const shop = await aShop()
    const byWebhook = await order(shop.browser())
    const byStatus = await order(shop.browser())
    shop.clock.advance(8_000)
    await shop.pay(byWebhook.id)
    shop.disturbWebhooks((_req, res) => res.writeHead(503).end())
    await shop.approve(byStatus.id)
    shop.clock.advance(32_000)
    await shop.pollDue()
    shop.disturbWebhooks(undefined)
    await shop.sandbox.deliverDue() // proves a payment that is there already
    const seconds = (series: string) => readSeries(shop, `nickel_offer_to_paid_seconds_${series}`)
    expect(await seconds('bucket{messenger="webhook",le="7"}')).toBe(0)
    expect(await seconds('bucket{messenger="webhook",le="10"}')).toBe(1)
    expect(await seconds('sum{messenger="webhook"}')).toBe(8)
    expect(await seconds('count{messenger="webhook"}')).toBe(1)
    expect(await seconds('bucket{messenger="status",le="30"}')).toBe(0)
    expect(await seconds('sum{messenger="status"}')).toBe(40)
    expect(await readSeries(shop, 'nickel_polls_total{outcome="paid"}')).toBe(1)
    expect(await readSeries(shop, 'nickel_webhooks_total{verdict="duplicate"}')).toBe(1)
    expect(await readSeries(shop, 'nickel_webhooks_total{verdict="repeated"}')).toBe(0)
  })

  onSqliteAndPostgres((engine) => {
    test('show what is open, and how late its polls are', async () => {
      const shop = await aShop({ engine, config: { databaseUrl: await engine.anEmptyDatabase() } })
      await order(shop.browser())
      await order(shop.browser())
      expect(await readSeries(shop, 'nickel_open_orders')).toBe(2)
      expect(await readSeries(shop, 'nickel_poll_overdue_seconds')).toBe(0)
      shop.clock.advance(75_000)
      expect(await readSeries(shop, 'nickel_poll_overdue_seconds')).toBe(45)
      await shop.pollDue()
      expect(await readSeries(shop, 'nickel_poll_overdue_seconds')).toBe(0)
      expect(await readSeries(shop, 'nickel_polls_total{outcome="unpaid"}')).toBe(2)
      expect(await readSeries(shop, `nickel_info{mode="sandbox",engine="${engine.name}"}`)).toBe(1)
    })
  })

  onSqliteAndPostgres((engine) => {
    test('take a poll that was brought to the front for one that is due now', async () => {
      const shop = await aShop({ engine, config: { databaseUrl: await engine.anEmptyDatabase() } })
      await bringPollToFront(shop.db, (await order(shop.browser())).id)
      expect(await readSeries(shop, 'nickel_poll_overdue_seconds')).toBe(0)
      await order(shop.browser())
      shop.clock.advance(75_000)
      expect(await readSeries(shop, 'nickel_poll_overdue_seconds')).toBe(45)
      expect(await readSeries(shop, 'nickel_open_orders')).toBe(2)
    })
  })

  test('show the alerts that have yet to be sent, and those that have failed', async () => {
    const alerts = {
      url: 'https://merchant.example.org/',
      secret: `whsec_${'A'.repeat(32)}`,
      allowPrivate: false,
    }
    const shop = await aShop({ config: { alerts } })
    expect(await readSeries(shop, 'nickel_alerts{state="waiting"}')).toBe(0)
    for (let time = 0; time < 2; time++) await shop.pay((await order(shop.browser())).id)
    expect(await readSeries(shop, 'nickel_alerts{state="waiting"}')).toBe(2)
    await shop.query(
      'UPDATE outbox SET next_attempt_at = NULL, failed_at = 1 WHERE id = (SELECT MIN(id) FROM outbox)',
    )
    expect(await readSeries(shop, 'nickel_alerts{state="waiting"}')).toBe(1)
    expect(await readSeries(shop, 'nickel_alerts{state="failed"}')).toBe(1)
    await shop.query('UPDATE outbox SET dismissed_at = 2 WHERE failed_at = 1')
    expect(await readSeries(shop, 'nickel_alerts{state="failed"}')).toBe(0)
  })

  test('show that Code is down, and say how many calls have failed', async () => {
    const shop = await aShop()
    await order(shop.browser())
    expect(await readSeries(shop, 'nickel_code_circuit_open')).toBe(0)
    expect(await readSeries(shop, 'nickel_code_calls_total{outcome="answered"}')).toBe(2)
    shop.disturb((_req, res) => res.writeHead(500).end())
    for (let time = 0; time < 5; time++)
      await shop.browser().post('/create-intent').send({ product: 'article' })
    expect(await readSeries(shop, 'nickel_code_circuit_open')).toBe(1)
    expect(await readSeries(shop, 'nickel_code_calls_total{outcome="failed"}')).toBe(5)
    expect(await answersOf(shop)).toMatchObject({ 'POST /create-intent 5xx': 5 })
  })

  test('are there while the database is not, but for those that only it knows', async () => {
    const shop = await aShop()
    await order(shop.browser())
    await shop.query('ALTER TABLE intents RENAME TO elsewhere') // which every statement then fails on
    await shop.browser().post('/create-intent').send({ product: 'article' }).expect(500)
    expect(await readSeries(shop, 'nickel_database_errors_total{operation="read"}')).toBeGreaterThan(0)
    expect(await readSeries(shop, 'nickel_open_orders')).toBeUndefined()
    expect(await readSeries(shop, 'nickel_poll_overdue_seconds')).toBeUndefined()
    await shop.query('ALTER TABLE elsewhere RENAME TO intents')
    expect(await readSeries(shop, 'nickel_open_orders')).toBe(1)
  })

  test('show what SQLite has yet to copy into its file', async () => {
    const shop = await aShop()
    const before = await readSeries(shop, 'nickel_checkpoint_lag_seconds')
    expect(before).toBe(0)
    await order(shop.browser())
    expect(await readSeries(shop, 'nickel_checkpoint_lag_seconds')).toBeGreaterThan(0)
    expect(await readSeries(shop, 'nickel_commits_total')).toBeGreaterThan(1)
    expect(await readSeries(shop, 'nickel_commit_seconds_total')).toBeGreaterThan(0)
    expect(await readSeries(shop, 'nickel_write_queue')).toBe(0)
  })
})

test('the library for the figures is loaded only when they are read', () => {
  const users = [...readImports()]
    .filter(([, imports]) => imports.includes('prom-client'))
    .map(([file]) => file)
  expect(users.filter((file) => file.startsWith('server/')).sort()).toEqual([
    'server/metrics/exposition.ts',
    'server/metrics/index.ts',
  ])
  const entrance = readFileSync('server/metrics/index.ts', 'utf8')
  expect(entrance).toContain("import type { Registry } from 'prom-client'")
  expect(entrance).toContain("await import('./exposition.ts')")
})
