import type { RequestListener } from 'node:http'
import { paymentIntents } from '@code-wallet/client'
import { describe, expect, jest, test } from '@jest/globals'
import { CALL_FAULTS, WEBHOOK_FAULTS } from '../../sandbox/faults/index.ts'
import { aPayment, aReceiver, aRequest, aSandbox, call, later, post, type TestSandbox } from './a-sandbox.ts'

const put = (sandbox: TestSandbox, body: unknown) =>
  fetch(`${sandbox.origin}/faults`, {
    method: 'PUT',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  })

const NONE = { calls: 'none', webhooks: 'none', retrySpeed: 1, requests: {} }

test('faults of all requests are shown on the overview, with a link to stop them', async () => {
  const { origin } = await aSandbox()
  const overview = async () => (await fetch(origin)).text()
  expect(await overview()).not.toContain('Fault injection is on')
  const headers = { 'Content-Type': 'application/json' }
  const body = JSON.stringify({ calls: 'slow', webhooks: 'twice' })
  await fetch(`${origin}/faults`, { method: 'PUT', headers, body })
  expect(await overview()).toContain('Fault injection is on: calls slow, webhooks twice.')
})

describe('the panel of faults', () => {
  test('has none to begin with, takes all at once, and forgets what is left out', async () => {
    const sandbox = await aSandbox()
    expect(await sandbox.json('/faults')).toEqual(NONE)
    const intent = await sandbox.create()
    const wanted = {
      calls: 'slow',
      webhooks: 'twice',
      retrySpeed: 1000,
      requests: { [intent]: { calls: 'none', webhooks: 'dropped' } },
    }
    expect(await (await put(sandbox, wanted)).json()).toEqual(wanted)
    expect(await sandbox.json('/faults')).toEqual(wanted)
    expect(await (await put(sandbox, {})).json()).toEqual(NONE)
  })

  test.each([
    [{ calls: 'loud' }, 'calls'],
    [{ webhooks: true }, 'webhooks'],
    [{ retrySpeed: 0 }, 'retrySpeed'],
    [{ request: {} }, 'the faults'],
    [{ requests: { x: { calls: 'none' } } }, 'requests'],
    [[], 'the faults'],
  ])('refuses %j, and says what is wrong', async (body, what) => {
    const sandbox = await aSandbox()
    const response = await put(sandbox, body)
    expect(response.status).toBe(400)
    expect(((await response.json()) as { detail: string }).detail).toContain(what)
    expect(await sandbox.json('/faults')).toEqual(NONE)
  })

  test('is a page with a form, too', async () => {
    const sandbox = await aSandbox()
    const set = await post(`${sandbox.origin}/faults`, {
      body: new URLSearchParams({ calls: 'refuse', webhooks: 'twice', retrySpeed: '60' }),
    })
    expect(set.status).toBe(303)
    const page = await (await fetch(`${sandbox.origin}/faults`, { headers: { Accept: 'text/html' } })).text()
    expect(page).toContain('<option selected>refuse</option>')
    expect(page).toContain('value="60"')
    for (const { happens } of [...CALL_FAULTS, ...WEBHOOK_FAULTS])
      expect(page).toContain(happens.replaceAll("'", '&#39;'))
  })

  test('has a page for a single request', async () => {
    const sandbox = await aSandbox()
    const intent = await sandbox.create()
    const set = (fields: Record<string, string>) =>
      post(`${sandbox.origin}/faults`, { body: new URLSearchParams({ intent, ...fields }) })
    expect((await set({ calls: 'none', webhooks: 'twice' })).headers.get('Location')).toBe(
      `/faults?intent=${intent}`,
    )
    expect(await sandbox.json('/faults')).toEqual({
      ...NONE,
      requests: { [intent]: { calls: 'none', webhooks: 'twice' } },
    })
    const page = (
      await fetch(`${sandbox.origin}/faults?intent=${intent}`, { headers: { Accept: 'text/html' } })
    ).text()
    expect(await page).toContain('<option selected>twice</option>')
    expect((await set({ calls: 'loud', webhooks: 'none' })).status).toBe(400)
    await set({ calls: 'none', webhooks: 'none' })
    expect(await sandbox.json('/faults')).toEqual(NONE)
  })

  test('exempts a single request from the faults of all', async () => {
    const sandbox = await aSandbox()
    const intent = await sandbox.create()
    const set = (fields: Record<string, string>) =>
      post(`${sandbox.origin}/faults`, { body: new URLSearchParams({ intent, ...fields }) })
    await put(sandbox, { calls: 'http-500' })
    await expect(sandbox.status(intent)).rejects.toThrow('500')
    await set({ calls: 'none', webhooks: 'none' })
    expect(await sandbox.status(intent)).toMatchObject({ exists: true })
    await set({ calls: 'http-500', webhooks: 'none' })
    expect(await sandbox.json('/faults')).toEqual({ ...NONE, calls: 'http-500' })
  })

  test('keeps the pace of the start, unless another is wanted', async () => {
    const sandbox = await aSandbox({ retrySpeed: 1_000 })
    expect(await (await put(sandbox, { webhooks: 'twice' })).json()).toMatchObject({ retrySpeed: 1_000 })
    expect(await (await put(sandbox, { retrySpeed: 60 })).json()).toMatchObject({ retrySpeed: 60 })
    expect(await (await put(sandbox, {})).json()).toMatchObject({ retrySpeed: 1_000 })
  })

  test('is still at its old address, /troubles', async () => {
    const sandbox = await aSandbox()
    const headers = { 'Content-Type': 'application/json' }
    const wanted = { ...NONE, calls: 'slow' }
    await fetch(`${sandbox.origin}/troubles`, { method: 'PUT', headers, body: '{"calls":"slow"}' })
    expect(await sandbox.json('/troubles')).toEqual(wanted)
    expect(await sandbox.json('/faults')).toEqual(wanted)
  })

  test('takes nothing from elsewhere, and no other type', async () => {
    const sandbox = await aSandbox()
    const foreign = {
      method: 'PUT',
      headers: { Origin: 'https://elsewhere.example', 'Content-Type': 'application/json' },
      body: '{}',
    }
    expect((await fetch(`${sandbox.origin}/faults`, foreign)).status).toBe(403)
    expect((await fetch(`${sandbox.origin}/faults`, { method: 'PUT', body: '{}' })).status).toBe(415)
    expect(
      (await post(`${sandbox.origin}/faults`, { headers: { 'Content-Type': 'text/plain' }, body: 'x' }))
        .status,
    ).toBe(415)
  })
})

describe('calls', () => {
  test('http-500 and broken-bytes reach the SDK as errors', async () => {
    const sandbox = await aSandbox()
    const create = () => paymentIntents.create(aPayment({ endpoint: sandbox.endpoint }))
    await put(sandbox, { calls: 'http-500' })
    await expect(create()).rejects.toMatchObject({ message: expect.stringContaining('500') })
    await put(sandbox, { calls: 'broken-bytes' })
    await expect(create()).rejects.toThrow('illegal tag')
  })

  test('refuse is an ERROR in the envelope, and nothing is kept', async () => {
    const sandbox = await aSandbox()
    await put(sandbox, { calls: 'refuse' })
    const { result, message, body } = await call(sandbox.endpoint, 'Messaging.sendMessage', await aRequest())
    expect({ result, message, length: body.length }).toEqual({
      result: 1,
      message: 'injected fault: refused',
      length: 0,
    })
    expect(await sandbox.json('/wallet/requests')).toEqual([])
  })

  test('silent is no answer at all', async () => {
    const sandbox = await aSandbox()
    await put(sandbox, { calls: 'silent' })
    const signal = AbortSignal.timeout(200)
    const bytes = (await aRequest()).toBinary() as Uint8Array<ArrayBuffer>
    const headers = { 'Content-Type': 'application/octet-stream' }
    await expect(
      fetch(`${sandbox.endpoint}/api/`, { method: 'POST', headers, body: bytes, signal }),
    ).rejects.toMatchObject({ name: 'TimeoutError' })
  })

  test('slow is an answer after two seconds', async () => {
    const sandbox = await aSandbox()
    await put(sandbox, { calls: 'slow' })
    const began = performance.now()
    await sandbox.create()
    expect(performance.now() - began).toBeGreaterThan(1_900)
  })

  test('of a single intent fail alone, whatever the call', async () => {
    const sandbox = await aSandbox()
    const [failing, other] = [await sandbox.create(), await sandbox.create()]
    await put(sandbox, { requests: { [failing]: { calls: 'http-500' } } })
    await expect(sandbox.status(failing)).rejects.toThrow('500')
    await expect(sandbox.register(failing, 'http://127.0.0.1/')).rejects.toThrow('500')
    expect(await sandbox.status(other)).toMatchObject({ exists: true })
    expect(sandbox.events).toContainEqual({
      what: 'fault injected',
      fault: 'http-500',
      method: 'getStatus',
      intent: failing,
    })
  })
})

describe('webhooks', () => {
  async function aPaymentWithFault(webhooks: string, answer?: RequestListener) {
    const sandbox = await aSandbox()
    const { url, received } = await aReceiver(answer)
    const intent = await sandbox.create()
    await sandbox.register(intent, url)
    await put(sandbox, { requests: { [intent]: { webhooks } } })
    await sandbox.approve(intent)
    await sandbox.sandbox.deliverDue()
    const attempts = async () => (await sandbox.deliveries())[0]?.attempts ?? []
    return { sandbox, received, attempts }
  }

  test('dropped are never sent, and say so', async () => {
    const { sandbox, received, attempts } = await aPaymentWithFault('dropped')
    for (let attempt = 1; attempt < 8; attempt++) {
      sandbox.clock.advance(25 * 3_600_000)
      await sandbox.sandbox.deliverDue()
    }
    expect(received).toEqual([])
    expect(await attempts()).toHaveLength(8)
    expect((await attempts())[0]).toMatchObject({
      status: null,
      answer: 'injected fault: not sent',
    })
  })

  test('delayed come with the fourth attempt, after 17 seconds', async () => {
    const { sandbox, received } = await aPaymentWithFault('delayed')
    for (const pause of [1_000, 1_000, 15_000]) {
      expect(received).toEqual([])
      sandbox.clock.advance(pause)
      await sandbox.sandbox.deliverDue()
    }
    expect(received).toHaveLength(1)
  })

  test.each(['twice', 'twice-at-once'])('%s are the same event, two times', async (fault) => {
    const { received, attempts } = await aPaymentWithFault(fault)
    expect(received).toHaveLength(2)
    expect(received[0]).toEqual(received[1])
    expect(await attempts()).toMatchObject([
      { status: 200, answer: expect.stringContaining('injected fault') },
    ])
  })

  test('twice have three seconds for each of the two', async () => {
    later(() => jest.useRealTimers())
    jest.useFakeTimers({
      doNotFake: ['performance', 'setImmediate', 'setInterval', 'nextTick', 'queueMicrotask', 'Date'],
    })
    const { attempts } = await aPaymentWithFault('twice', (_req, res) => {
      jest.advanceTimersByTime(2_000)
      res.end()
    })
    expect(await attempts()).toMatchObject([{ status: 200 }])
  })

  test('with a wrong key say the same, and verify under no key that is told', async () => {
    const { sandbox, received } = await aPaymentWithFault('wrong-key')
    const [delivery] = await sandbox.deliveries()
    const [sent, signed] = [received[0]?.body ?? '', delivery?.token ?? '']
    expect(sent.split('.').slice(0, 2)).toEqual(signed.split('.').slice(0, 2))
    expect(sent).not.toBe(signed)
  })

  test('tampered with claim another amount under the old signature', async () => {
    const { sandbox, received } = await aPaymentWithFault('tampered')
    const [delivery] = await sandbox.deliveries()
    const claims = JSON.parse(Buffer.from(received[0]?.body.split('.')[1] ?? '', 'base64url').toString())
    expect(claims.amount).toBe(1.25)
    expect(received[0]?.body.split('.')[2]).toBe(delivery?.token.split('.')[2])
  })

  test('redirected arrive as a GET without a body', async () => {
    const { received } = await aPaymentWithFault('redirected')
    expect(received).toMatchObject([{ method: 'GET', body: '' }])
  })

  test('of other intents are delivered as usual', async () => {
    const { sandbox, received } = await aPaymentWithFault('dropped')
    const { url, received: elsewhere } = await aReceiver()
    const other = await sandbox.create()
    await sandbox.register(other, url)
    await sandbox.approve(other)
    await sandbox.sandbox.deliverDue()
    expect([received.length, elsewhere.length]).toEqual([0, 1])
  })

  test('are tried again sooner with faster retries', async () => {
    const { sandbox, attempts } = await aPaymentWithFault('dropped')
    await put(sandbox, { webhooks: 'dropped', retrySpeed: 1000 })
    for (const pause of [1, 1, 15, 60, 900, 3_600, 86_400]) {
      sandbox.clock.advance(pause)
      await sandbox.sandbox.deliverDue()
    }
    expect(await attempts()).toHaveLength(8)
  })

  test('that wait follow a change of the speed in either direction, counted from their last attempt', async () => {
    const { sandbox } = await aPaymentWithFault('dropped')
    for (const pause of [1_000, 1_000, 15_000, 60_000, 900_000]) {
      sandbox.clock.advance(pause)
      await sandbox.sandbox.deliverDue()
    }
    const lastAt = sandbox.clock.now()
    const dueIn = async () => Date.parse((await sandbox.deliveries())[0]?.nextAttemptAt ?? '') - lastAt
    expect(await dueIn()).toBe(3_600_000)
    await put(sandbox, { webhooks: 'dropped', retrySpeed: 1000 })
    expect(await dueIn()).toBe(3_600)
    sandbox.clock.advance(3_599)
    await put(sandbox, { webhooks: 'dropped' })
    expect(await dueIn()).toBe(3_600_000)
    await put(sandbox, { webhooks: 'dropped', retrySpeed: 1_000_000 })
    expect(await dueIn()).toBe(3_599) // not in the past
  })

  test('that wait are sent by a running sandbox once the speed makes them due', async () => {
    const sandbox = await aSandbox()
    const { url, next } = await aReceiver((_req, res) => res.writeHead(500).end())
    const intent = await sandbox.create()
    await sandbox.register(intent, url)
    await sandbox.approve(intent)
    await sandbox.sandbox.deliverDue()
    sandbox.sandbox.start()
    sandbox.clock.advance(999)
    const again = next()
    await put(sandbox, { retrySpeed: 1000 })
    await again
  })
})
