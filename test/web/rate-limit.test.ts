import { describe, expect, jest, test } from '@jest/globals'
import express, { type Request } from 'express'
import supertest from 'supertest'
import { addressOf } from '../../server/web/index.ts'
import { aShop, codeOf, order, type TestShop } from '../support/shop.ts'
import { later } from '../support/workplace.ts'

const READS_FOR_AN_ORDER = 40
const ask = (shop: TestShop, headers: Record<string, string> = {}) =>
  shop.request().post('/create-intent').set(headers).send({ product: 'article' })

describe('costly requests are counted for each address and each browser', () => {
  const ID = '9joz92rMXnS8NuK9Y3PnukdVi1W7S9cs388CTQxxg6r6'
  test.each([
    ['an order', 'orders', 'post', '/create-intent', { product: 'article' }, 1],
    ['a free order', 'free-orders', 'post', '/orders', { product: 'article', coupon: 'GIFT' }, 1],
    ['a coupon', 'coupons', 'post', '/coupons', { product: 'article', code: 'GIFT' }, 1],
    ['a redemption', 'redemptions', 'post', '/redemptions', { intent: ID, code: '0'.repeat(32) }, 1],
    ['an API key', 'api-keys', 'post', '/api-keys', { endpoint: 'search' }, 1],
    ['an API call', 'calls', 'get', '/api/search?q=bread', undefined, READS_FOR_AN_ORDER],
    ['the picture of a title', 'title-pictures', 'get', '/social/none.png', undefined, READS_FOR_AN_ORDER],
    ['a download', 'downloads', 'get', '/products/download/file', undefined, READS_FOR_AN_ORDER],
    ['an order lookup', 'order-states', 'get', `/intents/${ID}`, undefined, READS_FOR_AN_ORDER],
    ['a success page', 'order-states', 'get', `/success/${ID}`, undefined, READS_FOR_AN_ORDER],
    [
      'a redemption page',
      'order-states',
      'get',
      `/success/${ID}?redeem=${'0'.repeat(32)}`,
      undefined,
      READS_FOR_AN_ORDER,
    ],
  ] as const)('%s, as %s', async (_what, limits, method, path, body, limit) => {
    const shop = await aShop({ env: { CREATE_INTENT_PER_MINUTE: '1', TRUST_PROXY: 'loopback' } })
    const cookie = `buyer=${'a'.repeat(32)}`
    const send = (address: string, headers = {}) =>
      shop
        .request()
        [method](path)
        .set({ 'X-Forwarded-For': address, ...headers })
        .send(body)

    for (let time = 1; time <= limit; time++) {
      const { status, headers } = await send('192.0.2.1', { cookie })
      expect(status).not.toBe(429)
      const count = (name: string) => `"${limits}-by-${name}"; r=${limit - time}; t=\\d+`
      expect(headers.ratelimit).toMatch(new RegExp(`^${count('address')}, ${count('browser')}$`))
      expect(headers['ratelimit-policy']).toContain(`q=${limit}; w=60`)
    }
    const sameAddress = await send('192.0.2.1')
    expect(sameAddress.status).toBe(429)
    expect(Number(sameAddress.headers['retry-after'])).toBeGreaterThan(0)
    expect(sameAddress.headers['content-type']).toContain('application/problem+json')
    const sameBrowser = await send('192.0.2.2', { cookie })
    expect(sameBrowser.status).toBe(429)
    expect(Number(sameBrowser.headers['retry-after'])).toBeGreaterThan(0)
    expect((await send('192.0.2.3')).status).not.toBe(429)
  })

  test('a buyer who has used up their orders still sees what they have, and still gets what they pay for', async () => {
    const shop = await aShop({ env: { CREATE_INTENT_PER_MINUTE: '1' } })
    const browser = shop.browser()
    const offer = await order(browser)
    await browser.post('/create-intent').send({ product: 'other' }).expect(429)
    await shop.pay(offer.id)
    expect((await browser.get('/products/article').expect(200)).text).toContain('PAID-PART')
    await browser
      .post('/redemptions')
      .send({ intent: offer.id, code: codeOf(offer) })
      .expect(303)
  })
})

describe('the webhook is never rate-limited', () => {
  test('even with many requests from one address', async () => {
    const shop = await aShop({ env: { CREATE_INTENT_PER_MINUTE: '1' } })
    for (let time = 0; time < 200; time++) {
      const { status, headers } = await shop
        .request()
        .post('/webhook')
        .set('Content-Type', 'application/jwt')
        .send(`a.b.${'c'.repeat(86)}`)
      expect(status).toBe(400)
      expect(headers.ratelimit).toBeUndefined()
    }
  })
})

describe('TRUST_PROXY determines the client’s address', () => {
  const forgeable = [
    'X-Forwarded-For',
    'Forwarded',
    'X-Real-IP',
    'CF-Connecting-IP',
    'True-Client-IP',
    'X-Client-IP',
    'X-Forwarded',
    'Via',
  ]

  test('off: the connection’s address, whatever the headers say', async () => {
    const shop = await aShop({ env: { CREATE_INTENT_PER_MINUTE: '1', TRUST_PROXY: 'off' } })
    await ask(shop).expect(200)
    for (const name of forgeable)
      await ask(shop, { [name]: name === 'Forwarded' ? 'for=192.0.2.9' : '192.0.2.9' }).expect(429)
  })

  test('1: the last entry, which the proxy has added, whatever the client sent before it', async () => {
    const shop = await aShop({ env: { CREATE_INTENT_PER_MINUTE: '1', TRUST_PROXY: '1' } })
    await ask(shop, { 'X-Forwarded-For': '192.0.2.1' }).expect(200)
    for (const forged of ['192.0.2.7', '192.0.2.8, 127.0.0.1', 'x, y', '::1', ','])
      await ask(shop, { 'X-Forwarded-For': `${forged}, 192.0.2.1` }).expect(429)
    for (const name of forgeable.slice(1))
      await ask(shop, { 'X-Forwarded-For': '192.0.2.1', [name]: '192.0.2.9' }).expect(429)
    await ask(shop, { 'X-Forwarded-For': '192.0.2.2' }).expect(200)
  })

  test('2: the entry before that', async () => {
    const shop = await aShop({ env: { CREATE_INTENT_PER_MINUTE: '1', TRUST_PROXY: '2' } })
    await ask(shop, { 'X-Forwarded-For': '192.0.2.1, 198.51.100.1' }).expect(200)
    await ask(shop, { 'X-Forwarded-For': '192.0.2.7, 192.0.2.1, 198.51.100.2' }).expect(429)
  })

  test('loopback: the last entry that is not on this machine', async () => {
    const shop = await aShop({ env: { CREATE_INTENT_PER_MINUTE: '1', TRUST_PROXY: 'loopback' } })
    await ask(shop, { 'X-Forwarded-For': '192.0.2.1' }).expect(200)
    await ask(shop, { 'X-Forwarded-For': '192.0.2.7, 192.0.2.1' }).expect(429)
    await ask(shop, { 'X-Forwarded-For': '192.0.2.7, 192.0.2.1, 127.0.0.1' }).expect(429)
    await ask(shop, { 'X-Forwarded-For': '127.0.0.1, 192.0.2.1' }).expect(429)
  })

  test('another network: this machine is not in it, so its headers are ignored', async () => {
    const shop = await aShop({ env: { CREATE_INTENT_PER_MINUTE: '1', TRUST_PROXY: '10.0.0.0/8' } })
    await ask(shop, { 'X-Forwarded-For': '192.0.2.1' }).expect(200)
    await ask(shop, { 'X-Forwarded-For': '192.0.2.2' }).expect(429)
  })

  test('a proxy that does not say where buyers come from is reported, once', async () => {
    const origin = 'https://shop.example.org'
    const shop = await aShop({ env: { PUBLIC_URL: origin, TRUST_PROXY: 'loopback' } })
    const warnings = () => shop.logged.filter(({ msg }) => `${msg}`.includes('X-Forwarded-For')).length
    await ask(shop).expect(200) // a program on this machine
    await ask(shop, { Origin: origin, 'X-Forwarded-For': '192.0.2.1' })
    expect(warnings()).toBe(0)
    await ask(shop, { Origin: origin })
    await ask(shop, { Origin: origin })
    expect(warnings()).toBe(1)
  })

  test('the port that some proxies add is no part of the address', async () => {
    const shop = await aShop({ env: { CREATE_INTENT_PER_MINUTE: '1', TRUST_PROXY: 'loopback' } })
    await ask(shop, { 'X-Forwarded-For': '198.51.100.7:4711' }).expect(200)
    for (const same of ['198.51.100.7:4712', '198.51.100.7', '198.51.100.7:4713, 127.0.0.1:80'])
      await ask(shop, { 'X-Forwarded-For': same }).expect(429)
    await ask(shop, { 'X-Forwarded-For': '[2001:db8::1]:4711' }).expect(200)
    for (const same of [
      '[2001:db8::1]:4712',
      '[2001:db8::1]',
      '2001:db8::1',
      '"[2001:db8::1]:80"',
      '2001:db8::1%1',
    ])
      await ask(shop, { 'X-Forwarded-For': same }).expect(429)
  })

  test('what is not an address counts as the proxy that has sent it', async () => {
    const shop = await aShop({ env: { CREATE_INTENT_PER_MINUTE: '1', TRUST_PROXY: 'loopback' } })
    await ask(shop, { 'X-Forwarded-For': 'unknown' }).expect(200)
    const others = [
      '_hidden',
      'x'.repeat(2_000),
      '%00',
      '192.0.2.1:',
      '[192.0.2.1',
      '1.2.3',
      '192.0.2.256',
      '',
    ]
    for (const text of [...others, 'unknown, 127.0.0.1', '192.0.2.1, unknown'])
      await ask(shop, { 'X-Forwarded-For': text }).expect(429)
    await ask(shop, { 'X-Forwarded-For': 'unknown, 192.0.2.1' }).expect(200)
    await ask(shop, { 'X-Forwarded-For': '_other, 192.0.2.1' }).expect(429)
  })
})

test.each([
  ['set back by an hour', -3_600_000],
  ['set ahead by an hour', 3_600_000],
])('a limit lasts a minute although the clock is %s', async (_how, jump) => {
  const shop = await aShop({ env: { CREATE_INTENT_PER_MINUTE: '1' } })
  await ask(shop).expect(200)
  const { now } = Date
  const wrong = jest.spyOn(Date, 'now').mockImplementation(() => now() + jump)
  later(() => wrong.mockRestore())
  const { headers } = await ask(shop).expect(429)
  expect(Number(headers['retry-after'])).toBeLessThanOrEqual(60)
  const monotonic = performance.now.bind(performance)
  const aMinuteLater = jest.spyOn(performance, 'now').mockImplementation(() => monotonic() + 60_000)
  later(() => aMinuteLater.mockRestore())
  await ask(shop).expect(200)
})

test.each([
  ['2001:db8:0:1::1', '2001:db8:0:1:ffff::2', true], // a /64 network is one household
  ['2001:db8:0:1::1', '2001:db8:0:2::1', true], // and a /56 is still one subscriber
  ['2001:db8::1', '2001:db8:1::1', false],
  ['192.0.2.1', '192.0.2.2', false],
  ['::ffff:192.0.2.1', '192.0.2.1', true], // how IPv4 looks on a dual-stack socket
  ['::ffff:192.0.2.1', '::ffff:192.0.2.2', false],
])('%s and %s count as one address: %p', async (one, other, areOne) => {
  const app = express().set('trust proxy', 1)
  app.use((req: Request, res) => {
    res.send(addressOf(req))
  })
  const [first, second] = await Promise.all(
    [one, other].map((address) => supertest(app).get('/').set('X-Forwarded-For', address)),
  )
  expect(first?.text === second?.text).toBe(areOne)
})
