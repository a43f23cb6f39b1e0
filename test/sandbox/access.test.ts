import { paymentIntents } from '@code-wallet/client'
import { Common } from '@code-wallet/rpc'
import { describe, expect, test } from '@jest/globals'
import {
  aPayment,
  aReceiver,
  aRequest,
  aSandbox,
  call,
  octets,
  post,
  send,
  statusUnder,
} from './a-sandbox.ts'

describe('the address of the sequencer', () => {
  test('may be given with a slash at the end', async () => {
    const { endpoint, status } = await aSandbox()
    const { id } = await paymentIntents.create(aPayment({ endpoint: `${endpoint}/` }))
    expect((await status(id)).exists).toBe(true)
  })

  test('may be asked by browsers of any origin', async () => {
    const { endpoint } = await aSandbox()
    const headers = { Origin: 'https://shop.example', 'Sec-Fetch-Site': 'cross-site' }
    const preflight = await fetch(`${endpoint}/api/`, {
      method: 'OPTIONS',
      headers: {
        ...headers,
        'Access-Control-Request-Method': 'POST',
        'Access-Control-Request-Headers': 'content-type',
      },
    })
    expect(preflight.status).toBe(204)
    expect(preflight.headers.get('Access-Control-Allow-Origin')).toBe('*')
    expect(preflight.headers.get('Access-Control-Allow-Methods')).toBe('POST')
    expect(preflight.headers.get('Access-Control-Allow-Headers')).toBe('Content-Type')
    const body = octets(new Common.Request().toBinary())
    const answer = await post(`${endpoint}/api/`, {
      ...body,
      headers: { ...headers, 'Content-Type': 'application/octet-stream' },
    })
    expect([answer.status, answer.headers.get('Access-Control-Allow-Origin')]).toEqual([200, '*'])
  })

  test.each(['Messaging.sendLetter', 'Nothing.getStatus', 'constructor.toString', '.'])(
    'refuses the unknown method %s',
    async (method) => {
      const { endpoint } = await aSandbox()
      const answer = await call(endpoint, method, new Common.Request())
      expect(answer).toMatchObject({
        result: Common.Response_Result.ERROR,
        message: `unknown method ${method}`,
      })
      expect(answer.body).toHaveLength(0)
    },
  )

  test.each([
    ['bytes that are no envelope', 'application/octet-stream', new Uint8Array([255, 255, 255, 255]), 400],
    ['a body cut off in the middle', 'application/octet-stream', new Uint8Array([18, 200, 1, 65]), 400],
    ['more than 64 kB', 'application/octet-stream', new Uint8Array(70_000), 413],
    ['JSON', 'application/json', new TextEncoder().encode('{}'), 415],
    ['a form', 'application/x-www-form-urlencoded', new TextEncoder().encode('a=b'), 415],
  ])('answers %s with an error, and goes on', async (_case, type, body, status) => {
    const { endpoint } = await aSandbox()
    const answer = await post(`${endpoint}/api/`, { headers: { 'Content-Type': type }, body })
    expect(answer.status).toBe(status)
    expect(await answer.json()).toMatchObject({ status, detail: expect.any(String) })
    expect(await send(endpoint, await aRequest())).toBe('OK')
  })

  test('takes an empty body for an unknown method', async () => {
    const { endpoint } = await aSandbox()
    const answer = await post(`${endpoint}/api/`, { headers: { 'Content-Type': 'application/octet-stream' } })
    expect(Common.Response.fromBinary(new Uint8Array(await answer.arrayBuffer())).message).toBe(
      'unknown method .',
    )
  })

  test('refuses compressed bodies', async () => {
    const { endpoint } = await aSandbox()
    const headers = { 'Content-Type': 'application/octet-stream', 'Content-Encoding': 'gzip' }
    expect((await post(`${endpoint}/api/`, { headers, body: 'x' })).status).toBe(415)
  })

  test('says how much would not have been too much', async () => {
    const { endpoint } = await aSandbox()
    const answer = await post(`${endpoint}/api/`, octets(new Uint8Array(70_000)))
    expect(await answer.json()).toMatchObject({
      status: 413,
      detail: 'The body is larger than the limit of 65536 bytes.',
    })
  })

  test('refuses an inner message that cannot be decoded', async () => {
    const { endpoint } = await aSandbox()
    const broken = { toBinary: () => new Uint8Array([10, 255]) }
    expect((await call(endpoint, 'Messaging.sendMessage', broken)).message).toBe(
      'the body of the request cannot be decoded',
    )
  })

  test('takes POST only', async () => {
    const { endpoint } = await aSandbox()
    const answer = await fetch(`${endpoint}/api/`)
    expect([answer.status, answer.headers.get('Allow')]).toEqual([405, 'POST'])
  })
})

describe('pages and API', () => {
  test.each([
    ['another origin', { Origin: 'https://elsewhere.example' }],
    ['no origin that can be named', { Origin: 'null' }],
    ['an origin that can’t be named, on another site', { Origin: 'null', 'Sec-Fetch-Site': 'cross-site' }],
    ['another site', { 'Sec-Fetch-Site': 'cross-site' }],
    ['a neighbour', { 'Sec-Fetch-Site': 'same-site' }],
    [
      'another origin that calls itself our own site',
      { Origin: 'http://elsewhere.example', 'Sec-Fetch-Site': 'same-origin' },
    ],
  ])('change nothing for %s', async (_case, headers) => {
    const { origin, create, status } = await aSandbox()
    const intent = await create()
    for (const method of ['POST', 'PUT']) {
      const answer = await fetch(`${origin}/wallet/requests/${intent}/approve`, {
        method,
        headers: headers as unknown as Record<string, string>,
      })
      expect(answer.status).toBe(403)
      expect(await answer.json()).toMatchObject({
        detail: expect.stringContaining('may change anything here'),
      })
    }
    expect((await status(intent)).intentSubmitted).toBe(false)
  })

  test('obey their own pages, and programs', async () => {
    const { origin, create } = await aSandbox()
    const approve = async (headers: Record<string, string>) =>
      (await post(`${origin}/wallet/requests/${await create()}/approve`, { headers })).status
    expect(await approve({ Origin: origin, 'Sec-Fetch-Site': 'same-origin' })).toBe(200)
    expect(await approve({ 'Sec-Fetch-Site': 'none' })).toBe(200)
    expect(await approve({ Origin: 'null', 'Sec-Fetch-Site': 'same-origin' })).toBe(200) // under no-referrer
    expect(await approve({})).toBe(200)
  })

  test('obey the shop, which is their own origin on another port', async () => {
    const shop = 'http://127.0.0.1:3030'
    const { origin, create } = await aSandbox({ origins: [shop] })
    const headers = { Origin: shop, 'Sec-Fetch-Site': 'same-site' }
    expect((await post(`${origin}/wallet/requests/${await create()}/approve`, { headers })).status).toBe(200)
  })

  test('obey their own pages also where a container’s port is mapped to another one', async () => {
    const { origin, create } = await aSandbox()
    const approve = async (from: string) =>
      statusUnder('127.0.0.1:8080', `${origin}/wallet/requests/${await create()}/approve`, 'POST', {
        Origin: from,
      })
    expect(await approve('http://127.0.0.1:8080')).toBe(200)
    expect(await approve('http://127.0.0.1:8081')).toBe(403)
    expect(await approve('https://127.0.0.1:8080')).toBe(403)
  })

  test('are not there under a host name that is not theirs', async () => {
    const { origin } = await aSandbox()
    for (const path of ['/', '/key', '/wallet/requests', '/deliveries', '/sandbox.css']) {
      expect(await statusUnder('rebound.example', `${origin}${path}`)).toBe(421)
    }
    expect(await statusUnder('rebound.example:80', `${origin}/deliveries/1/repeat`, 'POST')).toBe(421)
    expect(await statusUnder('127.0.0.1 oops', origin)).toBe(421)
    expect(await statusUnder('127.0.0.1:9', `${origin}/key`)).toBe(200)
  })

  test('answer 404 to people and programs where there is nothing', async () => {
    const { origin } = await aSandbox()
    const answer = await fetch(`${origin}/nothing`)
    expect([answer.status, answer.headers.get('Content-Type')]).toEqual([
      404,
      expect.stringContaining('application/problem+json'),
    ])
    expect(await (await fetch(`${origin}/nothing`, { headers: { Accept: 'text/html' } })).text()).toContain(
      '<h1>Not Found</h1>',
    )
    expect((await fetch(`${origin}/pay/%E0%A4%A`)).status).toBe(400)
  })
})

describe('deliveries and traces of a sandbox with a public address', () => {
  const paths = ['/deliveries', '/traces/anything', '/conversations/anything']

  test('are shown on its own machine only', async () => {
    const { origin } = await aSandbox({ hidesDeliveries: true })
    const proxied = { 'X-Forwarded-For': '192.0.2.1' }
    for (const path of paths) {
      expect((await fetch(origin + path)).status).not.toBe(403)
      for (const headers of [proxied, { Forwarded: 'for=192.0.2.1' }, { Via: '1.1 tunnel' }] as Record<
        string,
        string
      >[])
        expect((await fetch(origin + path, { headers })).status).toBe(403)
    }
    const body = new URLSearchParams({ url: 'http://127.0.0.1:1/' })
    expect((await post(`${origin}/deliveries/test`, { body, headers: proxied })).status).toBe(403)
    expect((await post(`${origin}/deliveries/1/repeat`, { headers: proxied })).status).toBe(403)
  })

  test('are not shown under the public name either', async () => {
    const publicUrl = 'http://tunnel.example'
    const { origin } = await aSandbox({ hidesDeliveries: true, origins: ['http://127.0.0.1', publicUrl] })
    for (const path of paths) expect(await statusUnder('tunnel.example', origin + path)).toBe(403)
    expect(await statusUnder('tunnel.example', origin)).toBe(200)
  })

  test('have no links where they would be refused, and the refusal says where they are', async () => {
    const sandbox = await aSandbox({ hidesDeliveries: true })
    const { origin } = sandbox
    const intent = await sandbox.create()
    const proxied = { 'X-Forwarded-For': '192.0.2.1' }
    for (const path of ['/', `/pay/${intent}`, '/v1/elements/payment-request-modal-desktop/']) {
      expect(await (await fetch(origin + path)).text()).toMatch(/(href|data-path)="\/?traces\//)
      expect(await (await fetch(origin + path, { headers: proxied })).text()).not.toContain('traces/')
    }
    const { port } = new URL(origin)
    const refusal = await fetch(`${origin}/traces/${intent}`, { headers: proxied })
    expect(await refusal.text()).toContain(`http://127.0.0.1:${port}/traces/${intent}`)
  })

  test('are missing on the overview that others see', async () => {
    const { origin, sandbox } = await aSandbox({ hidesDeliveries: true })
    const { url } = await aReceiver((_req, res) => res.end('a secret of this machine'))
    await post(`${origin}/deliveries/test`, { body: new URLSearchParams({ url }) })
    await sandbox.deliverDue()
    const overview = async (headers = {}) => (await fetch(origin, { headers })).text()
    expect(await overview()).toContain('a secret of this machine')
    expect(await overview({ 'X-Forwarded-For': '192.0.2.1' })).not.toContain('a secret of this machine')
  })

  test('are shown to everyone without one', async () => {
    const { origin } = await aSandbox()
    expect((await fetch(`${origin}/deliveries`, { headers: { Via: '1.1 proxy' } })).status).toBe(200)
  })
})

describe('a wrong method', () => {
  const INTENT = '9joz92rMXnS8NuK9Y3PnukdVi1W7S9cs388CTQxxg6r6'
  test.each([
    ['DELETE', '/', 'GET, HEAD'],
    ['PUT', '/key', 'GET, HEAD'],
    ['DELETE', `/pay/${INTENT}`, 'GET, HEAD'],
    ['PATCH', '/wallet/requests', 'GET, HEAD, POST'],
    ['DELETE', `/wallet/requests/${INTENT}`, 'GET, HEAD'],
    ['GET', `/wallet/requests/${INTENT}/approve`, 'POST'],
    ['PUT', `/wallet/requests/${INTENT}/reject`, 'POST'],
    ['POST', '/wallet/users', 'GET, HEAD'],
    ['GET', '/wallet/top-ups', 'POST'],
    ['DELETE', '/deliveries', 'GET, HEAD'],
    ['GET', '/deliveries/test', 'POST'],
    ['GET', '/deliveries/1/repeat', 'POST'],
    ['DELETE', '/faults', 'GET, HEAD, PUT, POST'],
    ['DELETE', '/troubles', 'GET, HEAD, PUT, POST'],
    ['POST', `/traces/${INTENT}`, 'GET, HEAD'],
    ['POST', `/conversations/${INTENT}`, 'GET, HEAD'],
  ])('%s %s is 405, and the answer names %s', async (method, path, allowed) => {
    const { origin } = await aSandbox()
    const response = await fetch(origin + path, { method })
    expect([response.status, response.headers.get('Allow')]).toEqual([405, allowed])
    const asked = await fetch(origin + path, { method: 'OPTIONS' })
    expect([asked.status, asked.headers.get('Allow')]).toEqual([204, allowed])
  })
})
