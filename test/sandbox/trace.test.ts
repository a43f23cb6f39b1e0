import { loginIntents } from '@code-wallet/client'
import { Keypair, PublicKey } from '@code-wallet/keys'
import {
  Common,
  ExchangeDataWithoutRate,
  GetStatusRequest,
  OpenMessageStreamRequest,
  type RequestToReceiveBill,
} from '@code-wallet/rpc'
import { describe, expect, test } from '@jest/globals'
import { WebSocket } from 'ws'
import { type Message, openState } from '../../sandbox/state/index.ts'
import {
  aLogin,
  aReceiver,
  aRequest,
  aSandbox,
  aSignedBill,
  DESTINATION,
  later,
  send,
  type TestSandbox,
} from './a-sandbox.ts'

interface LineJson {
  at: string
  number: number
  from: string
  to: string
  says: string
  answer?: string
  well: boolean
  claims?: unknown
  times?: number
}

const show = (sandbox: TestSandbox, intent: string, accept: string, headers = {}) =>
  fetch(`${sandbox.origin}/traces/${intent}`, { headers: { Accept: accept, ...headers } })

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

describe('the trace of an intent', () => {
  test('goes from the request to the webhook, with its claims', async () => {
    const { sandbox, intent, url } = await aWholePayment()
    expect(await linesOf(sandbox, intent)).toMatchObject([
      {
        from: 'shop',
        to: 'sequencer',
        says: `sendMessage: 0.25 USD to ${DESTINATION}`,
        answer: 'OK: the intent is created',
        well: true,
      },
      { from: 'shop', to: 'sequencer', says: `registerWebhook ${url}`, answer: 'OK' },
      { from: 'shop', to: 'sequencer', says: 'getStatus', answer: 'not submitted yet' },
      { from: 'wallet', to: 'sequencer', says: 'rejects', well: false },
      { from: 'wallet', to: 'sequencer', says: 'has scanned the code' },
      { from: 'wallet', to: 'sequencer', says: 'submits the payment' },
      {
        from: 'sequencer',
        to: 'shop',
        says: `webhook, attempt 1, to ${url}`,
        answer: expect.stringMatching(/^200: thanks \(after \d+ ms\)$/),
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

  test('shows refusals, failed attempts and faults, and marks them', async () => {
    const sandbox = await aSandbox()
    const intent = await sandbox.create()
    await sandbox.register(intent, 'http://127.0.0.1:1/')
    await sandbox.approve(intent)
    await sandbox.sandbox.deliverDue()
    const faults = { requests: { [intent]: { calls: 'refuse' } } }
    const headers = { 'Content-Type': 'application/json' }
    await fetch(`${sandbox.origin}/faults`, { method: 'PUT', headers, body: JSON.stringify(faults) })
    await sandbox.status(intent)
    const [attempt, fault] = (await linesOf(sandbox, intent)).slice(-2)
    expect(attempt).toMatchObject({
      from: 'sequencer',
      to: 'shop',
      answer: expect.stringMatching(/^no answer: /),
      well: false,
    })
    expect(fault).toMatchObject({
      from: 'shop',
      says: 'getStatus',
      answer: 'injected fault: refuse',
      well: false,
    })
  })

  test('shows which webhooks a fault was injected into', async () => {
    const sandbox = await aSandbox()
    const { url } = await aReceiver()
    const intent = await sandbox.create()
    await sandbox.register(intent, url)
    const headers = { 'Content-Type': 'application/json' }
    await fetch(`${sandbox.origin}/faults`, { method: 'PUT', headers, body: '{"webhooks":"tampered"}' })
    await sandbox.approve(intent)
    await sandbox.sandbox.deliverDue()
    expect((await linesOf(sandbox, intent)).at(-1)?.says).toBe(
      `webhook, attempt 1, to ${url}, injected fault: tampered`,
    )
  })

  test('is a page and a text, too', async () => {
    const { sandbox, intent } = await aWholePayment()
    const page = await (await show(sandbox, intent, 'text/html')).text()
    expect(page.match(/<li class="columns-/g)).toHaveLength(7)
    expect(page).toContain('shop to sequencer:')
    const text = await (await show(sandbox, intent, 'text/plain')).text()
    expect(text.split('\n')[0]).toBe(
      `2026-01-01T00:00:00.000Z  shop → sequencer: sendMessage: 0.25 USD to ${DESTINATION} — OK: the intent is created`,
    )
  })

  test('shows the date where a day begins, and the zone of its times', async () => {
    const sandbox = await aSandbox()
    const intent = await sandbox.create()
    await sandbox.status(intent)
    sandbox.clock.advance(86_400_000)
    await sandbox.status(intent)
    await sandbox.approve(intent)
    const page = await (await show(sandbox, intent, 'text/html')).text()
    const times = [...page.matchAll(/<time [^>]*>(.*?)<\/time>/g)].map(([, time]) => time)
    expect(times).toEqual([
      '2026-01-01 00:00:00.000',
      '00:00:00.000',
      '2026-01-02 00:00:00.000',
      '00:00:00.000',
    ])
    expect(page).toContain('2 times, most recently at 2026-01-02 00:00:00.000')
    expect(page).toContain('Times are UTC.')
  })

  test('is still at its old address, /conversations', async () => {
    const { sandbox, intent } = await aWholePayment()
    const response = await fetch(`${sandbox.origin}/conversations/${intent}`, {
      headers: { Accept: 'application/json' },
    })
    expect(await response.json()).toEqual(await linesOf(sandbox, intent))
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

  test('says how often where the same is said again and again', async () => {
    const sandbox = await aSandbox()
    const intent = await sandbox.create()
    for (let call = 0; call < 5; call++) await sandbox.status(intent)
    const lines = await linesOf(sandbox, intent)
    expect(lines).toMatchObject([{ number: 1 }, { says: 'getStatus', times: 5 }])
    expect(lines[0]).not.toHaveProperty('times')
    expect(await (await show(sandbox, intent, 'text/plain')).text()).toContain('not submitted yet (5 times)')
    expect(await (await show(sandbox, intent, 'text/html')).text()).toContain('5 times, most recently at')
  })

  test('keeps how it began and where it stands when it grows long', () => {
    const { lines, close } = openState(':memory:', 10)
    later(close)
    lines.addAll(Array.from({ length: 211 }, (_none, index) => aMessage({ says: `word ${index + 1}` })))
    const numbers = lines.of(DESTINATION).map(({ number }) => number)
    expect(numbers).toHaveLength(200)
    expect([numbers[0], numbers[49], numbers[50], numbers.at(-1)]).toEqual([1, 50, 62, 211])
  })

  test('is dropped when there are 10,000 newer ones', () => {
    const { lines, close } = openState(':memory:', 10)
    later(close)
    lines.addAll([aMessage({ intent: 'old' }), aMessage({ intent: 'older than the rest' })])
    lines.addAll(Array.from({ length: 9_999 }, (_none, index) => aMessage({ intent: `intent ${index}` })))
    expect(lines.of('old')).toEqual([])
    expect(lines.of('older than the rest')).toHaveLength(1)
  })

  test('goes on where it was after a restart', async () => {
    const { sandbox, intent } = await aWholePayment()
    const before = await linesOf(sandbox, intent)
    await sandbox.restart()
    expect(await linesOf(sandbox, intent)).toEqual(before)
    await sandbox.status(intent)
    expect(await linesOf(sandbox, intent)).toMatchObject([...before, { answer: 'submitted', number: 8 }])
  })

  test('is there for a request that was refused, and the overview leads to it', async () => {
    const sandbox = await aSandbox()
    const intent = await sandbox.create({ amount: 0.04 })
    expect(await linesOf(sandbox, intent)).toMatchObject([
      { says: 'sendMessage', answer: 'rejected: usd currency has a minimum amount of 0.05', well: false },
    ])
    const page = await (await show(sandbox, intent, 'text/html')).text()
    expect(page).toContain('There is no request for it')
    expect(page).not.toContain(`/pay/${intent}`)
    expect(await (await fetch(sandbox.origin)).text()).toContain(`href="/traces/${intent}"`)
  })

  test('tells why a webhook could not be registered, and that a second registration is no failure', async () => {
    const sandbox = await aSandbox({ allowsWebhookTo: ({ hostname }) => hostname === '127.0.0.1' })
    const intent = await sandbox.create()
    const urls = ['http://my_shop/', 'http://192.0.2.1/', 'http://127.0.0.1/', 'http://127.0.0.1/']
    for (const url of urls) await sandbox.register(intent, url)
    expect((await linesOf(sandbox, intent)).slice(1)).toMatchObject([
      {
        answer:
          'INVALID_URL: host is not a valid domain name: domain name is invalid: idna: disallowed rune U+005F',
        well: false,
      },
      { answer: 'INVALID_URL: this sandbox is not allowed to post to 192.0.2.1', well: false },
      { answer: 'OK', well: true },
      { answer: 'ALREADY_REGISTERED', well: true },
    ])
  })

  test('tells of a login and who asked for its user', async () => {
    const sandbox = await aSandbox()
    const { endpoint } = sandbox
    const verifier = Keypair.generate()
    const { id } = await loginIntents.create(aLogin(verifier, { endpoint }))
    const ask = (one: Keypair) => loginIntents.getUserId({ intent: id, verifier: one, endpoint } as never)
    await ask(verifier)
    await sandbox.approve(id)
    await ask(verifier)
    const stranger = Keypair.generate()
    await ask(stranger)
    expect(await linesOf(sandbox, id)).toMatchObject([
      { from: 'shop', says: 'sendMessage: login to example.com', answer: 'OK: the intent is created' },
      { from: 'shop', says: 'getLoginForThirdPartyApp', answer: 'NO_USER_LOGGED_IN' },
      { from: 'wallet', says: 'has scanned the code' },
      { from: 'wallet', says: 'submits the login' },
      { from: 'shop', says: 'getLoginForThirdPartyApp', answer: 'OK' },
      {
        from: 'shop',
        says: 'getLoginForThirdPartyApp',
        answer: `rejected: ${stranger.getPublicKey().toBase58()} does not own the domain for the login`,
        well: false,
      },
    ])
  })

  test('tells what was refused over a WebSocket', async () => {
    const sandbox = await aSandbox()
    const intent = await sandbox.create()
    await listenTo(sandbox, intent)
    const second = await aSocket(sandbox)
    await answerTo(second, openStreamOf(intent))
    expect((await linesOf(sandbox, intent)).at(-1)).toMatchObject({
      from: 'browser',
      says: 'openMessageStream',
      answer: 'rejected: stream already exists',
      well: false,
    })
  })

  test('tells what a browser hears, and who ended it', async () => {
    const sandbox = await aSandbox()
    const intent = await sandbox.create()
    const socket = await listenTo(sandbox, intent)
    const closed = new Promise((resolve) => socket.once('close', resolve))
    await sandbox.approve(intent)
    sandbox.clock.advance(60_000)
    sandbox.sandbox.endOldStreams()
    await closed
    const lines = await linesOf(sandbox, intent)
    expect(lines.filter(({ from, to }) => from === 'browser' || to === 'browser')).toMatchObject([
      { from: 'browser', to: 'sequencer', says: 'openMessageStream' },
      { from: 'browser', to: 'sequencer', says: 'getStatus' },
      { from: 'sequencer', to: 'browser', says: 'codeScanned' },
      { from: 'sequencer', to: 'browser', says: 'intentSubmitted' },
      { from: 'sequencer', to: 'browser', says: 'ends the stream', answer: 'timed out' },
    ])
  })

  test('stays one line of text, and a short one, whatever others have put into it', async () => {
    const sandbox = await aSandbox()
    const intent = await sandbox.create()
    await sandbox.register(intent, 'http://127.0.0.1/\n2026 \u001b[2J shop → sequencer: sendMessage')
    const bill = (await aRequest()).message?.kind.value as RequestToReceiveBill
    const value = new ExchangeDataWithoutRate({ currency: 'x'.repeat(50_000), nativeAmount: 1 })
    bill.exchangeData = { case: 'partial', value }
    const keypair = Keypair.generate()
    await send(sandbox.endpoint, aSignedBill(bill, keypair))
    const text = await (await show(sandbox, intent, 'text/plain')).text()
    expect(text.trimEnd().split('\n')).toHaveLength(2)
    expect(text).not.toContain('\u001b')
    const [line] = await linesOf(sandbox, keypair.getPublicKey().toBase58())
    expect(line?.answer?.length).toBeLessThan(500)
  })
})

const keyOf = (intent: string) => ({ value: PublicKey.fromBase58(intent).toBuffer() })

function openStreamOf(intent: string): Uint8Array {
  const body = new OpenMessageStreamRequest({ rendezvousKey: keyOf(intent) }).toBinary()
  return new Common.Request({ service: 'Messaging', method: 'openMessageStream', body }).toBinary()
}

function getStatusOf(intent: string): Uint8Array {
  const body = new GetStatusRequest({ intentId: keyOf(intent) }).toBinary()
  return new Common.Request({ service: 'MicroPayment', method: 'getStatus', body }).toBinary()
}

/** A socket whose stream is open: calls of one socket are answered in their order, so the status comes after it. */
async function listenTo(sandbox: TestSandbox, intent: string): Promise<WebSocket> {
  const socket = await aSocket(sandbox)
  socket.send(openStreamOf(intent))
  await answerTo(socket, getStatusOf(intent))
  return socket
}

async function answerTo(socket: WebSocket, bytes: Uint8Array): Promise<void> {
  const answer = new Promise((resolve) => socket.once('message', resolve))
  socket.send(bytes)
  await answer
}

function aMessage(changes: Partial<Message>): Message {
  const message = { from: 'shop', to: 'sequencer', says: 'getStatus', answer: 'not submitted yet' } as const
  return { intent: DESTINATION, at: 0, well: true, claims: null, ...message, ...changes }
}

async function aSocket({ endpoint }: TestSandbox): Promise<WebSocket> {
  const socket = new WebSocket(endpoint.replace(/^http/, 'ws'))
  later(() => socket.terminate())
  await new Promise((resolve) => socket.once('open', resolve))
  return socket
}
