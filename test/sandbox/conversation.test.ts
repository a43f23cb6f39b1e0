import { describe, expect, test } from '@jest/globals'
import { aReceiver, aSandbox, DESTINATION, type TestSandbox } from './a-sandbox.ts'

interface LineJson {
  at: string
  from: string
  to: string
  says: string
  answer?: string
  well: boolean
  claims?: unknown
}

const show = (sandbox: TestSandbox, intent: string, accept: string, headers = {}) =>
  fetch(`${sandbox.origin}/conversations/${intent}`, { headers: { Accept: accept, ...headers } })

const linesOf = async (sandbox: TestSandbox, intent: string) =>
  (await (await show(sandbox, intent, 'application/json')).json()) as LineJson[]

/** A payment from the request to the delivered webhook. */
async function aWholePayment() {
  const sandbox = await aSandbox()
  const { url } = await aReceiver()
  const intent = await sandbox.create()
  await sandbox.register(intent, url)
  await sandbox.status(intent)
  await sandbox.reject(intent)
  await sandbox.approve(intent)
  await sandbox.sandbox.deliverDue()
  return { sandbox, intent, url }
}

describe('the conversation about an intent', () => {
  test('is told from the request to the webhook, with its claims', async () => {
    const { sandbox, intent, url } = await aWholePayment()
    expect(await linesOf(sandbox, intent)).toMatchObject([
      { from: 'shop', to: 'sequencer', says: 'sendMessage', answer: 'OK: the intent is created', well: true },
      { from: 'shop', to: 'sequencer', says: `registerWebhook ${url}`, answer: 'OK' },
      { from: 'shop', to: 'sequencer', says: 'getStatus', answer: 'not submitted yet' },
      { from: 'wallet', to: 'sequencer', says: 'rejects', well: false },
      { from: 'wallet', to: 'sequencer', says: 'submits the payment' },
      {
        from: 'sequencer',
        to: 'shop',
        says: `webhook, attempt 1, to ${url}`,
        answer: expect.stringMatching(/^200 after \d+ ms$/),
        claims: { intent, amount: 0.25, currency: 'USD', destination: DESTINATION, state: 'SUBMITTED' },
      },
    ])
  })

  test('tells browsers, which name their origin, from the shop', async () => {
    const sandbox = await aSandbox()
    const intent = await sandbox.create()
    const { paymentIntents } = await import('@code-wallet/client')
    const plain = globalThis.fetch
    globalThis.fetch = (url, init) =>
      plain(url, { ...init, headers: { ...init?.headers, Origin: 'https://shop.example' } })
    try {
      await paymentIntents.getStatus({ intent, endpoint: sandbox.endpoint })
    } finally {
      globalThis.fetch = plain
    }
    expect((await linesOf(sandbox, intent)).at(-1)).toMatchObject({ from: 'browser', says: 'getStatus' })
  })

  test('tells of refusals, failed attempts and troubles, and marks them', async () => {
    const sandbox = await aSandbox()
    const intent = await sandbox.create()
    await sandbox.register(intent, 'http://127.0.0.1:1/')
    await sandbox.approve(intent)
    await sandbox.sandbox.deliverDue()
    const troubles = { requests: { [intent]: { calls: 'refuse' } } }
    const headers = { 'Content-Type': 'application/json' }
    await fetch(`${sandbox.origin}/troubles`, { method: 'PUT', headers, body: JSON.stringify(troubles) })
    await sandbox.status(intent)
    const [attempt, trouble] = (await linesOf(sandbox, intent)).slice(-2)
    expect(attempt).toMatchObject({
      from: 'sequencer',
      to: 'shop',
      answer: expect.stringMatching(/^no answer: /),
      well: false,
    })
    expect(trouble).toMatchObject({
      from: 'shop',
      says: 'getStatus',
      answer: 'on purpose: refuse',
      well: false,
    })
  })

  test('tells which webhooks were troubled', async () => {
    const sandbox = await aSandbox()
    const { url } = await aReceiver()
    const intent = await sandbox.create()
    await sandbox.register(intent, url)
    const headers = { 'Content-Type': 'application/json' }
    await fetch(`${sandbox.origin}/troubles`, { method: 'PUT', headers, body: '{"webhooks":"tampered"}' })
    await sandbox.approve(intent)
    await sandbox.sandbox.deliverDue()
    expect((await linesOf(sandbox, intent)).at(-1)?.says).toBe(
      `webhook, attempt 1, to ${url}, on purpose tampered`,
    )
  })

  test('is a page and a text, too', async () => {
    const { sandbox, intent } = await aWholePayment()
    const page = await (await show(sandbox, intent, 'text/html')).text()
    expect(page.match(/<li class="columns-/g)).toHaveLength(6)
    expect(page).toContain('shop to sequencer:')
    const text = await (await show(sandbox, intent, 'text/plain')).text()
    expect(text.split('\n')[0]).toBe(
      '2026-01-01T00:00:00.000Z  shop → sequencer: sendMessage — OK: the intent is created',
    )
  })

  test('escapes what others have said', async () => {
    const sandbox = await aSandbox()
    const intent = await sandbox.create()
    await sandbox.register(intent, 'http://127.0.0.1/<b>')
    expect(await (await show(sandbox, intent, 'text/html')).text()).not.toContain('<b>')
  })

  test('is there for known intents only', async () => {
    const sandbox = await aSandbox()
    expect((await show(sandbox, DESTINATION, 'application/json')).status).toBe(404)
    expect((await show(sandbox, 'nonsense', 'application/json')).status).toBe(400)
  })

  test('does not grow without bounds', async () => {
    const sandbox = await aSandbox()
    const intent = await sandbox.create()
    for (let call = 0; call < 210; call++) await sandbox.status(intent)
    expect(await linesOf(sandbox, intent)).toHaveLength(200)
  })
})
