import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { PublicKey } from '@code-wallet/keys'
import { describe, expect, test } from '@jest/globals'
import { decodeJwt, importJWK, jwtVerify } from 'jose'
import type { KeptRequest } from '../../sandbox/state/index.ts'
import { describeSubmission } from '../../sandbox/webhooks/index.ts'
import { aReceiver, aSandbox, DESTINATION, post, type TestSandbox } from './a-sandbox.ts'

const published = JSON.parse(readFileSync('test/support/vectors/code-webhook.json', 'utf8')) as {
  payload: string
}

const SECOND = 1_000
const HOUR = 3_600 * SECOND
const FRIEND = '7bHmNuyXuUt6Xv3CUBoCn2sfJUU65eYB1cXp5qjHDSHM'

async function aClosedPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

/** An approved request whose webhook is due. */
async function aPaidIntent(shop: TestSandbox, url: string, changes: object = {}): Promise<string> {
  const intent = await shop.create(changes)
  expect(await shop.register(intent, url)).toBe('ok')
  expect((await shop.approve(intent)).status).toBe(200)
  return intent
}

describe('a webhook', () => {
  test('is one signed JWS as Code writes it', async () => {
    const shop = await aSandbox()
    const { url, received } = await aReceiver()
    const intent = await aPaidIntent(shop, url)
    await shop.sandbox.deliverDue()

    expect(received).toEqual([
      { method: 'POST', path: '/webhook', type: 'application/jwt', body: expect.any(String) },
    ])
    const [header = '', payload = '', signature = ''] = received[0]?.body.split('.') ?? []
    expect(Buffer.from(header, 'base64url').toString()).toBe('{"alg":"EdDSA","typ":"JWT"}')
    expect(Buffer.from(payload, 'base64url').toString()).toBe(
      `{"amount":0.25,"currency":"USD","destination":"${DESTINATION}","exchangeRate":0.00000893,"intent":"${intent}","quarks":2799600000,"state":"SUBMITTED"}`,
    )
    expect(Buffer.from(signature, 'base64url')).toHaveLength(64)
  })

  test('verifies under the key that the sandbox tells', async () => {
    const shop = await aSandbox()
    const { url, received } = await aReceiver()
    await aPaidIntent(shop, url)
    await shop.sandbox.deliverDue()

    const { publicKey } = (await shop.json('/key')) as { publicKey: string }
    expect(publicKey).toBe(shop.sandbox.publicKey)
    const x = PublicKey.fromBase58(publicKey).toBuffer().toString('base64url')
    const key = await importJWK({ kty: 'OKP', crv: 'Ed25519', x }, 'EdDSA')
    await expect(jwtVerify(received[0]?.body ?? '', key, { algorithms: ['EdDSA'] })).resolves.toBeDefined()
  })

  test('names the fees where there are some', async () => {
    const shop = await aSandbox()
    const { url, received } = await aReceiver()
    await aPaidIntent(shop, url, { fees: [{ destination: FRIEND, basisPoints: 250 }] })
    await shop.sandbox.deliverDue()
    expect(decodeJwt(received[0]?.body ?? '')).toMatchObject({
      fees: [{ basisPoints: 250, destination: FRIEND }],
    })
  })

  test('is not sent before the payment, nor after a rejection', async () => {
    const shop = await aSandbox()
    const { url } = await aReceiver()
    const intent = await shop.create()
    await shop.register(intent, url)
    await shop.reject(intent)
    await shop.sandbox.deliverDue()
    expect(await shop.deliveries()).toEqual([])
  })

  test('is sent at once after the approval when the sandbox runs by itself', async () => {
    const shop = await aSandbox()
    const { url, next, received } = await aReceiver()
    shop.sandbox.start()
    const came = next()
    await aPaidIntent(shop, url)
    await came
    expect(received).toHaveLength(1)
  })

  test('that is overdue is sent when the sandbox starts', async () => {
    const shop = await aSandbox()
    const { url, next, received } = await aReceiver()
    await aPaidIntent(shop, url)
    const came = next()
    shop.sandbox.start()
    await came
    expect(received).toHaveLength(1)
  })

  test('is tried again by a running sandbox a second after a failure', async () => {
    const shop = await aSandbox({ clock: { now: Date.now } })
    const { url, next } = await aReceiver((_req, res) => res.writeHead(500).end())
    shop.sandbox.start()
    const [first, intent] = [next(), aPaidIntent(shop, url)]
    await Promise.all([first, intent])
    await next()
    const [delivery] = await shop.deliveries()
    const [one, two] = delivery?.attempts ?? []
    expect(Date.parse(two?.startedAt ?? '') - Date.parse(one?.startedAt ?? '')).toBeGreaterThanOrEqual(SECOND)
  })
})

describe('the schedule', () => {
  test('has eight attempts: at once, then after 1 s, 1 s, 15 s, 1 min, 15 min, 1 h, 24 h, then never again', async () => {
    const shop = await aSandbox()
    const { url, received } = await aReceiver((_req, res) => res.writeHead(503).end('closed'))
    await aPaidIntent(shop, url)
    const pauses = [0, 1, 1, 15, 60, 15 * 60, 3_600, 24 * 3_600].map((seconds) => seconds * SECOND)
    for (const [index, pause] of pauses.entries()) {
      if (pause > 0) {
        shop.clock.advance(pause - 1)
        await shop.sandbox.deliverDue()
        expect(received).toHaveLength(index)
        shop.clock.advance(1)
      }
      await shop.sandbox.deliverDue()
      expect(received).toHaveLength(index + 1)
    }
    shop.clock.advance(1_000 * HOUR)
    await shop.sandbox.deliverDue()
    expect(received).toHaveLength(8)
    expect(new Set(received.map(({ body }) => body)).size).toBe(1)
    expect(await shop.deliveries()).toMatchObject([
      { state: 'given up', attempts: Array(8).fill({ status: 503, answer: 'closed' }) },
    ])
  })

  test('counts from the start of an attempt, so a slow receiver meets its own retry', async () => {
    const shop = await aSandbox()
    const held: (() => void)[] = []
    const { url, next, received } = await aReceiver((_req, res) => held.push(() => res.end()))
    await aPaidIntent(shop, url)
    const cameFirst = next()
    const first = shop.sandbox.deliverDue()
    await cameFirst
    shop.clock.advance(SECOND)
    const cameSecond = next()
    const second = shop.sandbox.deliverDue()
    await cameSecond
    expect(received).toHaveLength(2)
    for (const release of held) release()
    await Promise.all([first, second])
    expect(await shop.deliveries()).toMatchObject([
      { state: 'delivered', attempts: [{ status: 200 }, { status: 200 }] },
    ])
  })

  test('ends with the first 200', async () => {
    const shop = await aSandbox()
    const statuses = [500, 200]
    const { url, received } = await aReceiver((_req, res) => res.writeHead(statuses.shift() ?? 500).end())
    await aPaidIntent(shop, url)
    await shop.sandbox.deliverDue()
    shop.clock.advance(SECOND)
    await shop.sandbox.deliverDue()
    shop.clock.advance(100 * HOUR)
    await shop.sandbox.deliverDue()
    expect(received).toHaveLength(2)
    const [delivery] = await shop.deliveries()
    expect(delivery?.state).toBe('delivered')
    expect(delivery?.nextAttemptAt).toBeUndefined()
  })

  test('survives a restart', async () => {
    const shop = await aSandbox()
    const { url, received } = await aReceiver((_req, res) => res.writeHead(500).end())
    await aPaidIntent(shop, url)
    await shop.sandbox.deliverDue()
    await shop.restart()
    await shop.sandbox.deliverDue()
    expect(received).toHaveLength(1)
    shop.clock.advance(SECOND)
    await shop.sandbox.deliverDue()
    expect(received).toHaveLength(2)
  })

  test('goes on after the sandbox was stopped in the middle of an attempt', async () => {
    const shop = await aSandbox()
    const { url, next, received } = await aReceiver((_req, res) => received.length > 1 && res.end())
    await aPaidIntent(shop, url)
    const came = next()
    const attempt = shop.sandbox.deliverDue()
    await came
    await shop.restart()
    await attempt
    shop.clock.advance(SECOND)
    await shop.sandbox.deliverDue()
    expect(await shop.deliveries()).toMatchObject([
      {
        state: 'delivered',
        attempts: [{ status: null, answer: 'the sandbox was stopped' }, { status: 200 }],
      },
    ])
  })
})

test('says of the one payment whose webhook Code has published exactly what Code says', () => {
  const { destination, intent } = JSON.parse(published.payload) as Record<'destination' | 'intent', string>
  const bill = { currency: 'usd', hundredths: 1, destination, fees: [] }
  const paid = { intent, bill, verifier: null, user: DESTINATION } as unknown as KeptRequest
  expect(describeSubmission(paid)).toBe(published.payload)
})

test('a faster clock makes retries come sooner, but not before the answer', async () => {
  const shop = await aSandbox({ retrySpeed: 1_000 })
  let answer = () => {}
  const { url, received, next } = await aReceiver((_req, res) => {
    answer = () => res.writeHead(500).end()
  })
  await aPaidIntent(shop, url)
  const came = next()
  const attempt = shop.sandbox.deliverDue()
  await came
  shop.clock.advance(SECOND - 1) // Code's own pause isn't over: in life the retry would not be there yet
  await shop.sandbox.deliverDue()
  expect(received).toHaveLength(1)
  answer()
  await attempt
  const [delivery] = await shop.deliveries()
  expect(delivery?.nextAttemptAt).toBe(new Date(shop.clock.now()).toISOString())
})

describe('an attempt fails', () => {
  test.each([201, 202, 204, 304, 400, 404, 500])('with status %d, since only 200 counts', async (status) => {
    const shop = await aSandbox()
    const { url } = await aReceiver((_req, res) => res.writeHead(status).end())
    await aPaidIntent(shop, url)
    await shop.sandbox.deliverDue()
    expect(await shop.deliveries()).toMatchObject([{ state: 'waiting', attempts: [{ number: 1, status }] }])
  })

  test('when there is no answer within three seconds', async () => {
    const shop = await aSandbox()
    const { url } = await aReceiver(() => {})
    await aPaidIntent(shop, url)
    await shop.sandbox.deliverDue()
    const [delivery] = await shop.deliveries()
    expect(delivery?.attempts).toMatchObject([{ status: null, answer: 'no answer within 3 s' }])
    expect(delivery?.attempts[0]?.durationMs).toBeGreaterThanOrEqual(2_900)
    expect(delivery?.attempts[0]?.durationMs).toBeLessThan(6_000)
  })

  test('when nobody listens', async () => {
    const shop = await aSandbox()
    await aPaidIntent(shop, `http://127.0.0.1:${await aClosedPort()}/webhook`)
    await shop.sandbox.deliverDue()
    const answer = expect.stringContaining('ECONNREFUSED')
    expect(await shop.deliveries()).toMatchObject([
      { state: 'waiting', attempts: [{ status: null, answer }] },
    ])
  })

  test('when nobody listens at a port to which browsers refuse to connect, for the same reason', async () => {
    const shop = await aSandbox()
    await aPaidIntent(shop, 'http://127.0.0.1:4190/webhook')
    await shop.sandbox.deliverDue()
    const answer = expect.stringContaining('ECONNREFUSED')
    expect(await shop.deliveries()).toMatchObject([{ attempts: [{ status: null, answer }] }])
  })

  test('when the connection breaks off', async () => {
    const shop = await aSandbox()
    const { url } = await aReceiver((req) => req.socket.destroy())
    await aPaidIntent(shop, url)
    await shop.sandbox.deliverDue()
    expect(await shop.deliveries()).toMatchObject([{ state: 'waiting', attempts: [{ status: null }] }])
  })

  test('but not when only the body after a 200 never ends', async () => {
    const shop = await aSandbox()
    const { url } = await aReceiver((_req, res) => res.write('x'.repeat(10_000)))
    await aPaidIntent(shop, url)
    await shop.sandbox.deliverDue()
    expect(await shop.deliveries()).toMatchObject([
      { state: 'delivered', attempts: [{ status: 200, answer: 'x'.repeat(300) }] },
    ])
  })
})

test('an address that the policy has given up meanwhile gets nothing', async () => {
  const { url, received } = await aReceiver()
  let isOpen = true
  const shop = await aSandbox({ allowsWebhookTo: () => isOpen })
  await aPaidIntent(shop, url)
  isOpen = false
  await shop.sandbox.deliverDue()
  expect(received).toEqual([])
  expect(await shop.deliveries()).toMatchObject([
    { attempts: [{ status: null, answer: `this sandbox must not send webhooks to ${url}` }] },
  ])
})

test('an answer that breaks off after its status counts as that status', async () => {
  const shop = await aSandbox()
  const { url } = await aReceiver((_req, res) => {
    res.writeHead(200, { 'Content-Length': 100 }).write('some', () => res.destroy())
  })
  await aPaidIntent(shop, url)
  await shop.sandbox.deliverDue()
  expect(await shop.deliveries()).toMatchObject([{ state: 'delivered', attempts: [{ status: 200 }] }])
})

describe('a redirect', () => {
  const redirecting = (status: number, to = '/moved') =>
    aReceiver((req, res) =>
      req.url === '/webhook' ? res.writeHead(status, { Location: to }).end() : res.end('here'),
    )

  test.each([307, 308])('with %d is followed with method and body', async (status) => {
    const shop = await aSandbox()
    const { url, received } = await redirecting(status)
    await aPaidIntent(shop, url)
    await shop.sandbox.deliverDue()
    expect(received.map(({ method, path, type }) => [method, path, type])).toEqual([
      ['POST', '/webhook', 'application/jwt'],
      ['POST', '/moved', 'application/jwt'],
    ])
    expect(received[1]?.body).toBe(received[0]?.body)
  })

  test.each([301, 302, 303])(
    'with %d becomes a GET, whose 200 counts although the event is lost',
    async (status) => {
      const shop = await aSandbox()
      const { url, origin, received } = await redirecting(status)
      await aPaidIntent(shop, url)
      await shop.sandbox.deliverDue()
      expect(received[1]).toEqual({ method: 'GET', path: '/moved', type: undefined, body: '' })
      expect(await shop.deliveries()).toMatchObject([
        { state: 'delivered', attempts: [{ status: 200, answeredBy: `GET ${origin}/moved` }] },
      ])
    },
  )

  test('in circles is given up after ten', async () => {
    const shop = await aSandbox()
    const { url, received } = await redirecting(307, '/webhook')
    await aPaidIntent(shop, url)
    await shop.sandbox.deliverDue()
    expect(received).toHaveLength(11)
    expect(await shop.deliveries()).toMatchObject([
      { attempts: [{ status: null, answer: 'more than 10 redirects' }] },
    ])
  })

  test('to where webhooks may not go is not followed', async () => {
    const elsewhere = await aReceiver()
    const shop = await aSandbox({ allowsWebhookTo: ({ href }) => href !== elsewhere.url })
    const { url } = await redirecting(307, elsewhere.url)
    await aPaidIntent(shop, url)
    await shop.sandbox.deliverDue()
    expect(elsewhere.received).toEqual([])
    expect(await shop.deliveries()).toMatchObject([{ state: 'waiting', attempts: [{ status: null }] }])
  })
})

describe('by hand', () => {
  test('a delivery can be repeated with the very same event', async () => {
    const shop = await aSandbox()
    const { url, received } = await aReceiver()
    await aPaidIntent(shop, url)
    await shop.sandbox.deliverDue()
    const answer = await post(`${shop.origin}/deliveries/1/repeat`)
    expect(answer.status).toBe(202)
    expect(await answer.json()).toMatchObject({ id: 2, state: 'waiting', attempts: [] })
    await shop.sandbox.deliverDue()
    expect(received).toHaveLength(2)
    expect(received[1]?.body).toBe(received[0]?.body)
  })

  test('a test event can be sent', async () => {
    const shop = await aSandbox()
    const { url, received } = await aReceiver()
    const answer = await post(`${shop.origin}/deliveries/test`, {
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ url }),
    })
    expect(answer.status).toBe(202)
    await shop.sandbox.deliverDue()
    expect(decodeJwt(received[0]?.body ?? '')).toEqual({
      string: 'string_value',
      int: 42,
      float: 123.45,
      bool: true,
    })
  })

  test.each([
    ['404 for an unknown delivery', '/deliveries/7/repeat', undefined, 404],
    ['400 for what is no number', '/deliveries/x/repeat', undefined, 400],
    ['400 for a test without an address', '/deliveries/test', {}, 400],
    ['400 for a test to no address', '/deliveries/test', { url: 'nowhere' }, 400],
    ['400 for a test to an unknown host', '/deliveries/test', { url: 'http://nowhere.invalid/' }, 400],
    ['403 for a test to where webhooks may not go', '/deliveries/test', { url: 'http://127.0.0.1:2/' }, 403],
  ])('the answer is %s', async (_case, path, body, status) => {
    const shop = await aSandbox({ allowsWebhookTo: ({ hostname }) => hostname === 'nowhere.invalid' })
    const init =
      body === undefined
        ? {}
        : { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) }
    expect((await post(`${shop.origin}${path}`, init)).status).toBe(status)
  })
})
