import { setImmediate as nextTurn } from 'node:timers/promises'
import { describe, expect, jest, test } from '@jest/globals'
import express from 'express'
import { pino } from 'pino'
import supertest from 'supertest'
import { type Database, DatabaseUnavailable } from '../../db/index.ts'
import { ShopError } from '../../server/errors.ts'
import { MINUTE_MS } from '../../server/time.ts'
import {
  answerProblem,
  healthRoutes,
  logRequests,
  openViews,
  refuseUnknownPath,
} from '../../server/web/index.ts'
import { aShop, order } from '../support/shop.ts'
import { aFolder, later } from '../support/workplace.ts'

const UNKNOWN_INTENT = '9joz92rMXnS8NuK9Y3PnukdVi1W7S9cs388CTQxxg6r6'
const noViews = () => openViews({ folder: aFolder(), reload: false, shared: () => ({}) })
const POSTS = [
  ['/create-intent', { product: 'article' }],
  ['/redemptions', { intent: UNKNOWN_INTENT, code: '0'.repeat(32) }],
] as const

describe('a request that changes something', () => {
  test.each(POSTS)(
    '%s is rejected when it comes from another site, before a cookie is set',
    async (path, body) => {
      const shop = await aShop()
      const crossSite = [
        { Origin: 'https://elsewhere.example' },
        { Origin: 'null' },
        { Origin: shop.sequencerUrl },
        { 'Sec-Fetch-Site': 'cross-site' },
        { 'Sec-Fetch-Site': 'same-site' },
        { Origin: 'null', 'Sec-Fetch-Site': 'same-site' },
        { Origin: 'null', 'Sec-Fetch-Site': 'cross-site' },
        { Origin: shop.url, 'Sec-Fetch-Site': 'cross-site' },
      ]
      for (const headers of crossSite) {
        const answer = await shop.request().post(path).set(headers).send(body).expect(403)
        expect(answer.body.type).toBe('/problems/request-foreign')
        expect(answer.headers['set-cookie']).toBeUndefined()
      }
    },
  )

  test('is accepted from the shop’s own pages and from programs', async () => {
    const shop = await aShop()
    for (const headers of [
      {},
      { Origin: shop.url, 'Sec-Fetch-Site': 'same-origin' },
      { Origin: shop.url.replace('127.0.0.1', 'localhost') },
      { Origin: 'null', 'Sec-Fetch-Site': 'same-origin' }, // what Referrer-Policy: no-referrer makes of it
      { Origin: 'https://shop.example', 'Sec-Fetch-Site': 'same-origin' }, // an address that PUBLIC_URL doesn't name
    ]) {
      const browser = shop.browser()
      await browser.get('/products/article')
      await browser.post('/create-intent').set(headers).send({ product: 'article' }).expect(200)
    }
  })

  test('is limited for each browser and address, and Retry-After says how long', async () => {
    const shop = await aShop({ env: { CREATE_INTENT_PER_MINUTE: '3' } })
    const browser = shop.browser()
    for (let time = 0; time < 3; time++) await order(browser)
    const { headers, body } = await browser.post('/create-intent').send({ product: 'article' }).expect(429)
    expect(body.type).toBe('/problems/too-many-requests')
    expect(Number(headers['retry-after'])).toBeGreaterThan(0)
    await browser.get('/products/article').expect(200)
  })

  test('is told on the error page when to try again', async () => {
    const shop = await aShop({ env: { CREATE_INTENT_PER_MINUTE: '1' } })
    const send = () => shop.request().post('/redemptions').set('Accept', 'text/html').send({})
    await send().expect(400)
    const { headers, text } = await send().expect(429)
    expect(text).toContain(`within a short time. Try again in ${headers['retry-after']} seconds.</p>`)
  })

  test('cannot choose another address for its limit with a header', async () => {
    const shop = await aShop({ env: { CREATE_INTENT_PER_MINUTE: '1' } })
    const send = (address: string) =>
      shop.request().post('/create-intent').set('X-Forwarded-For', address).send({ product: 'article' })
    await send('10.0.0.1').expect(200)
    await send('10.0.0.2').expect(429)
  })

  test('is limited for the address that a trusted proxy names', async () => {
    const shop = await aShop({ env: { CREATE_INTENT_PER_MINUTE: '1', TRUST_PROXY: '1' } })
    const send = (address: string) =>
      shop.request().post('/create-intent').set('X-Forwarded-For', address).send({ product: 'article' })
    await send('10.0.0.1').expect(200)
    await send('10.0.0.2').expect(200)
    await send('10.0.0.2').expect(429)
  })
})

describe('the cookie', () => {
  test('comes with a page that has a button, is renewed there, and can’t be read by scripts', async () => {
    const shop = await aShop()
    const browser = shop.browser()
    const look = async () => (await browser.get('/products/article')).headers['set-cookie'] ?? []
    const first = await look()
    expect(first).toEqual([
      expect.stringMatching(/^buyer=[0-9a-f]{32}; Max-Age=34560000; Path=\/; HttpOnly; SameSite=Lax$/),
      'cookies-kept=yes; Path=/; SameSite=Lax', // for the page's script
    ])
    expect(await look()).toEqual(first)
    expect((await browser.get('/')).headers['set-cookie']).toBeUndefined()
  })

  test('is bound to the host on https', async () => {
    const shop = await aShop({ config: { publicUrl: () => 'https://shop.example.org' } })
    const [cookie, test] = (await shop.browser().get('/products/article')).headers['set-cookie'] ?? []
    expect(cookie).toMatch(/^__Host-buyer=[0-9a-f]{32}; .*; HttpOnly; Secure; SameSite=Lax$/)
    expect(test).toBe('__Host-cookies-kept=yes; Path=/; Secure; SameSite=Lax')
  })

  test('is ignored if the shop could not have set it', async () => {
    const shop = await aShop()
    const answer = await shop
      .request()
      .post('/create-intent')
      .set('Cookie', 'buyer=1')
      .send({ product: 'article' })
      .expect(200)
    expect(String(answer.headers['set-cookie'])).toMatch(/^buyer=[0-9a-f]{32};/)
  })
})

describe('bad input', () => {
  test('is explained without a word about prices where none was sent', async () => {
    const shop = await aShop()
    const send = async (path: string, body: object) => {
      const answer = await shop.request().post(path).send(body).expect(400)
      return `${answer.body.detail} ${answer.body.explanation}`
    }
    expect(await send('/redemptions', {})).not.toMatch(/price/i)
    expect(await send('/api-keys', {})).not.toMatch(/price/i)
    expect(await send('/create-intent', { product: 'article', amount: 1 })).toMatch(
      'prices are the shop’s own',
    )
  })

  const ids = ['not-base58', '0OIl', 'x'.repeat(1_000), '%00', '..%2f', '1111']
  const cases: [string, string, string, unknown, Record<string, string>, number, string][] = [
    ['an unknown product', 'post', '/create-intent', { product: 'nothing' }, {}, 404, 'product-not-found'],
    ['a product that is no text', 'post', '/create-intent', { product: 5 }, {}, 400, 'request-invalid'],
    ['no product', 'post', '/create-intent', {}, {}, 400, 'request-invalid'],
    [
      'an extra field',
      'post',
      '/create-intent',
      { product: 'article', colour: 'red' },
      {},
      400,
      'request-invalid',
    ],
    [
      'a price in the request',
      'post',
      '/create-intent',
      { product: 'article', amount: 1 },
      {},
      400,
      'request-invalid',
    ],
    ...([25, 1, 0, -1, 2.5, 1e300, '25', null] as const).map((hundredths): (typeof cases)[number] => [
      `an amount for a fixed price: ${JSON.stringify(hundredths)}`,
      'post',
      '/create-intent',
      { product: 'article', hundredths },
      {},
      400,
      'request-invalid',
    ]),
    ['an array', 'post', '/create-intent', ['article'], {}, 400, 'request-invalid'],
    [
      'a prototype',
      'post',
      '/create-intent',
      '{"product":"article","__proto__":{"amount":1}}',
      {},
      400,
      'request-invalid',
    ],
    [
      'a product called constructor',
      'post',
      '/create-intent',
      { product: 'constructor' },
      {},
      404,
      'product-not-found',
    ],
    ['a long product', 'post', '/create-intent', { product: 'x'.repeat(201) }, {}, 400, 'request-invalid'],
    ['too much', 'post', '/create-intent', { product: 'x'.repeat(2_000) }, {}, 413, 'body-too-large'],
    ['malformed JSON', 'post', '/create-intent', '{"product": ', {}, 400, 'request-invalid'],
    ['no body', 'post', '/create-intent', undefined, {}, 415, 'media-type-unsupported'],
    [
      'an empty body',
      'post',
      '/create-intent',
      undefined,
      { 'Content-Type': 'application/json' },
      400,
      'request-invalid',
    ],
    [
      'an empty form',
      'post',
      '/redemptions',
      undefined,
      { 'Content-Type': 'application/x-www-form-urlencoded' },
      400,
      'request-invalid',
    ],
    [
      'a form',
      'post',
      '/create-intent',
      'product=article',
      { 'Content-Type': 'application/x-www-form-urlencoded' },
      415,
      'media-type-unsupported',
    ],
    [
      'text',
      'post',
      '/create-intent',
      '{"product":"article"}',
      { 'Content-Type': 'text/plain' },
      415,
      'media-type-unsupported',
    ],
    [
      'another charset',
      'post',
      '/create-intent',
      '{"product":"article"}',
      { 'Content-Type': 'application/json; charset=x' },
      415,
      'media-type-unsupported',
    ],
    [
      'a wrong code',
      'post',
      '/redemptions',
      { intent: UNKNOWN_INTENT, code: '0'.repeat(32) },
      {},
      404,
      'redemption-unknown',
    ],
    [
      'a code that is none',
      'post',
      '/redemptions',
      { intent: UNKNOWN_INTENT, code: 'x' },
      {},
      404,
      'redemption-unknown',
    ],
    [
      'an intent that is none',
      'post',
      '/redemptions',
      { intent: 'x', code: '0'.repeat(32) },
      {},
      400,
      'intent-malformed',
    ],
    [
      'a redemption without a code',
      'post',
      '/redemptions',
      { intent: UNKNOWN_INTENT },
      {},
      400,
      'request-invalid',
    ],
    [
      'a redemption with two codes',
      'post',
      '/redemptions',
      `intent=${UNKNOWN_INTENT}&code=a&code=b`,
      { 'Content-Type': 'application/x-www-form-urlencoded' },
      400,
      'request-invalid',
    ],
    [
      'a redemption as text',
      'post',
      '/redemptions',
      'x',
      { 'Content-Type': 'text/plain' },
      415,
      'media-type-unsupported',
    ],
    ['someone else’s intent', 'get', `/intents/${UNKNOWN_INTENT}`, undefined, {}, 404, 'order-not-found'],
    [
      'someone else’s success page',
      'get',
      `/success/${UNKNOWN_INTENT}`,
      undefined,
      {},
      404,
      'order-not-found',
    ],
    ['an unknown product’s page', 'get', '/products/nothing', undefined, {}, 404, 'product-not-found'],
    ['an unknown product’s file', 'get', '/products/nothing/file', undefined, {}, 404, 'product-not-found'],
    ['a product called __proto__', 'get', '/products/__proto__', undefined, {}, 404, 'product-not-found'],
    ['the file of an article', 'get', '/products/article/file', undefined, {}, 404, 'page-not-found'],
    ['a file that is not paid for', 'get', '/products/download/file', undefined, {}, 402, 'payment-required'],
    ['an unknown address', 'get', '/nowhere', undefined, {}, 404, 'page-not-found'],
    ['an unknown problem', 'get', '/problems/__proto__', undefined, {}, 404, 'page-not-found'],
    ['an address that cannot be decoded', 'get', '/products/%E0%A4%A', undefined, {}, 400, 'request-invalid'],
    ...ids.map(
      (id) =>
        [`the id ${id.slice(0, 12)}`, 'get', `/intents/${id}`, undefined, {}, 400, 'intent-malformed'] as [
          string,
          string,
          string,
          unknown,
          Record<string, string>,
          number,
          string,
        ],
    ),
    ...ids.map(
      (id) =>
        [`the id ${id.slice(0, 12)}`, 'get', `/success/${id}`, undefined, {}, 400, 'intent-malformed'] as [
          string,
          string,
          string,
          unknown,
          Record<string, string>,
          number,
          string,
        ],
    ),
    ...[
      '/',
      '/products.json',
      '/products/article',
      '/products/download/file',
      `/intents/${UNKNOWN_INTENT}`,
      `/success/${UNKNOWN_INTENT}`,
      '/cancel',
      '/purchases',
      '/healthz',
      '/readyz',
      '/problems/unexpected',
    ].map(
      (path) =>
        ['a wrong method', 'delete', path, undefined, {}, 405, 'method-not-allowed'] as [
          string,
          string,
          string,
          unknown,
          Record<string, string>,
          number,
          string,
        ],
    ),
    ...['/create-intent', '/redemptions'].map(
      (path) =>
        ['a wrong method', 'get', path, undefined, {}, 405, 'method-not-allowed'] as [
          string,
          string,
          string,
          unknown,
          Record<string, string>,
          number,
          string,
        ],
    ),
  ]

  test.each(cases)('%s: %s %s', async (_what, method, path, body, headers, status, code) => {
    const shop = await aShop()
    const send = () => {
      const request = shop.request()[method as 'get'](path)
      if (typeof body === 'string') request.set('Content-Type', 'application/json')
      return request.set(headers).send(body as object)
    }
    const { body: answer, headers: answered } = await send().set('Accept', '*/*').expect(status)
    expect(answered['content-type']).toBe('application/problem+json; charset=utf-8')
    const { errors: _errors, offers: _offers, ...problem } = answer
    expect(problem).toEqual({
      type: `/problems/${code}`,
      title: expect.any(String),
      status,
      detail: expect.stringMatching(/\w/),
      instance: expect.any(String),
      explanation: expect.stringMatching(/\w\.$/),
    })
    if (status === 405) expect(answered.allow).toMatch(/^(GET, HEAD|POST)$/)

    const page = await send().set('Accept', 'text/html').expect(status)
    expect(page.headers['content-type']).toBe('text/html; charset=utf-8')
    expect(page.text).toContain('href="/"') // a way onward
    expect(shop.logged).not.toContainEqual(expect.objectContaining({ level: 50 }))
  })

  test.each([
    ['/', 'GET, HEAD'],
    ['/products/article', 'GET, HEAD'],
    ['/products/download/file', 'GET, HEAD'],
    ['/assets/none.css', 'GET, HEAD'],
    ['/healthz', 'GET, HEAD'],
    ['/create-intent', 'POST'],
    ['/redemptions', 'POST'],
    ['/webhook', 'POST'],
  ])('OPTIONS %s is answered with the methods: %s', async (path, methods) => {
    const shop = await aShop()
    const { headers } = await shop
      .request()
      .options(path)
      .set('Origin', 'https://elsewhere.example')
      .expect(204)
    expect(headers.allow).toBe(methods)
    expect(headers['access-control-allow-origin']).toBeUndefined()
  })

  test('writes no rows', async () => {
    const shop = await aShop()
    for (const [, method, path, body, headers] of cases) {
      await shop
        .request()
        [method as 'get'](path)
        .set(headers)
        .send(body as object)
        .ok(() => true)
    }
    const { default: Sqlite } = await import('better-sqlite3')
    const file = new Sqlite(shop.databaseFile, { readonly: true })
    for (const table of ['buyers', 'sessions', 'orders', 'holders', 'events', 'redemptions']) {
      expect(file.prepare(`SELECT COUNT(*) FROM ${table}`).pluck().get()).toBe(0)
    }
    file.close()
  })
})

describe('every page', () => {
  test('says that the shop is in sandbox mode', async () => {
    const shop = await aShop()
    for (const path of [
      '/',
      '/products/article',
      '/cancel',
      '/purchases',
      '/nowhere',
      '/problems/unexpected',
    ]) {
      expect((await shop.request().get(path).set('Accept', 'text/html')).text).toContain(
        'Sandbox mode. No real money changes hands.',
      )
    }
  })

  test('never says so when the shop is live', async () => {
    const shop = await aShop({ config: { mode: 'live' } })
    expect((await shop.request().get('/')).text).not.toMatch(/sandbox|test (money|wallet)/i)
  })

  test('allows browsers nothing that it doesn’t need', async () => {
    const shop = await aShop()
    const { headers } = await shop.request().get('/')
    expect(headers['content-security-policy']).toContain("default-src 'none'")
    expect(headers['content-security-policy']).not.toContain('unsafe')
    expect(headers).toMatchObject({ 'referrer-policy': 'same-origin', 'x-content-type-options': 'nosniff' })
    expect(headers['x-powered-by']).toBeUndefined()
    expect(headers['strict-transport-security']).toBeUndefined()
  })

  test('is remembered as https where the shop uses it', async () => {
    const shop = await aShop({ config: { publicUrl: () => 'https://shop.example.org' } })
    expect((await shop.request().get('/')).headers['strict-transport-security']).toBe('max-age=31536000')
  })

  test('has its styles and scripts', async () => {
    const shop = await aShop()
    const { text } = await shop.request().get('/products/article')
    const paths = [...text.matchAll(/(?:href|src)="(\/[^"]+\.(css|js|svg))"/g)]
    expect(new Set(paths.map(([, , kind]) => kind))).toEqual(new Set(['css', 'js', 'svg']))
    for (const [, path] of paths)
      await shop
        .request()
        .get(path ?? '')
        .expect(200)
  })
})

test('products.json lists what is for sale, in hundredths', async () => {
  const shop = await aShop()
  await shop
    .request()
    .get('/products.json')
    .expect(200, [
      { slug: 'article', title: 'An article', kind: 'article', amount: 25, currency: 'usd', opens: true },
      { slug: 'download', title: 'A download', kind: 'download', amount: 500, currency: 'jpy', opens: true },
      { slug: 'other', title: 'Another article', kind: 'article', amount: 10, currency: 'eur', opens: true },
    ])
})

test('the cancel page links to the product, or to the storefront', async () => {
  const shop = await aShop()
  expect((await shop.request().get('/cancel?product=article')).text).toContain('href="/products/article"')
  expect((await shop.request().get('/cancel?product=https://elsewhere.example')).text).not.toContain(
    'elsewhere',
  )
})

test('every error code has a page that explains it', async () => {
  const shop = await aShop()
  const { problems } = (await import('../../server/texts/index.ts')).en
  for (const code of Object.keys(problems)) await shop.request().get(`/problems/${code}`).expect(200)
})

describe('health', () => {
  test('alive and ready', async () => {
    const shop = await aShop()
    await shop.request().get('/healthz').expect(200, 'ok\n')
    await shop.request().get('/readyz').expect(200, 'ready\n')
  })

  test('not ready, but alive, without its database', async () => {
    const shop = await aShop()
    let probes = 0
    const db = {
      write: async () => {
        probes++
        throw new DatabaseUnavailable('SQLITE_FULL in /home/merchant', { reason: 'the disk is full' })
      },
    } as unknown as Database
    const health = healthRoutes({ db, clock: shop.clock })
    const app = express().use(
      health,
      answerProblem({ log: pino({ enabled: false }), refusals: new Map(), views: noViews() }),
    )
    await supertest(app).get('/healthz').expect(200)
    const { body } = await supertest(app).get('/readyz').expect(503)
    expect(body.detail).toBe('The database is unavailable: the disk is full')
    await supertest(app).get('/readyz').expect(503)
    expect(probes).toBe(1) // at most one a second, since each is a write
    await shop.request().get('/healthz').expect(200)
  })
})

test.each([
  ['en', 'The database is unavailable'],
  ['de', 'Die Datenbank ist nicht verfügbar'],
])('what is wrong with the database is not for buyers to read, in %s', async (language, detail) => {
  const shop = await aShop()
  const browser = shop.browser()
  await order(browser)
  jest.spyOn(shop.db, 'read').mockRejectedValue(new DatabaseUnavailable('', { reason: 'the disk is full' }))
  for (const type of ['application/json', 'text/html']) {
    const headers = { Accept: type, 'Accept-Language': language }
    const { text } = await browser.get('/purchases').set(headers).expect(503)
    expect(text).toContain(detail)
    expect(text).not.toContain('the disk is full')
  }
})

test('requests that an outage refuses are one line of the log, then a line a minute with their number', async () => {
  const monotonic = performance.now.bind(performance)
  let passed = 0
  const clock = jest.spyOn(performance, 'now').mockImplementation(() => monotonic() + passed)
  later(() => clock.mockRestore())
  const lines: object[] = []
  const log = pino({ level: 'info', base: null }, { write: (line: string) => lines.push(JSON.parse(line)) })
  const outages: Record<string, () => Error> = {
    database: () => new DatabaseUnavailable('ECONNREFUSED', { reason: 'it cannot be reached' }),
    code: () => new ShopError('sequencer-silent', (t) => t.codePaused()),
    refusal: () => new ShopError('intent-refused', (t) => t.codePaused()), // each may have a reason of its own
  }
  const app = express()
    .get('/:what', (req) => {
      throw (outages[req.params.what] as () => Error)()
    })
    .use(answerProblem({ log, refusals: new Map(), views: noViews() }))
  const refuse = async (times: number) => {
    for (let time = 0; time < times; time++)
      for (const what of Object.keys(outages)) await supertest(app).get(`/${what}`)
  }
  const refusals = (code: string) => lines.filter((line) => (line as { code: string }).code === code)
  await refuse(20)
  passed = 30 * MINUTE_MS
  await refuse(20)
  for (const code of ['storage-unavailable', 'sequencer-silent'])
    expect(refusals(code)).toEqual([
      expect.objectContaining({ level: 40, count: 1 }),
      expect.objectContaining({ level: 40, count: 20, seconds: expect.any(Number) }),
    ])
  expect(refusals('intent-refused')).toHaveLength(40)
})

test('an unexpected error is a 500 with a reference, and nothing else', async () => {
  const shop = await aShop()
  await shop.db.close()
  const { body, text } = await shop.browser().post('/create-intent').send({ product: 'article' }).expect(500)
  expect(body.detail).toMatch(/quote reference [0-9a-f]{8}$/)
  expect(text).not.toContain('database')
  await shop.restart()
})

test('at the level debug, each response is logged in one line, without secrets', async () => {
  const lines: Record<string, unknown>[] = []
  const write = (line: string) => lines.push(JSON.parse(line))
  const app = (level: string) =>
    express()
      .use(logRequests(pino({ level, base: null }, { write })))
      .get('/page', (_req, res) => void res.send('here'))
  await supertest(app('info')).get('/page')
  expect(lines).toEqual([])
  await supertest(app('debug')).get('/page?redeem=secret').set('Cookie', 'buyer=secret')
  while (lines.length === 0) await nextTurn() // it is logged once the connection has accepted the response
  const facts = { method: 'GET', path: '/page', status: 200, ms: expect.any(Number) }
  expect(lines).toEqual([{ level: 20, time: expect.any(Number), ...facts, msg: 'request answered' }])
})

test('an error whose page can’t be rendered reveals nothing of the shop’s internals either', async () => {
  const logged: string[] = []
  const app = express()
  const log = pino({}, { write: (line: string) => logged.push(line) })
  app.use(refuseUnknownPath, answerProblem({ log, refusals: new Map(), views: noViews() }))
  const { headers, text } = await supertest(app).get('/nothing').set('Accept', 'text/html').expect(404)
  expect(headers['content-type']).toBe('application/problem+json; charset=utf-8')
  expect(JSON.parse(text)).toMatchObject({ type: '/problems/page-not-found', instance: '/nothing' })
  expect(text).not.toMatch(/views|node_modules/)
  expect(logged.join()).toContain('the page that explains an error cannot be rendered')
})
