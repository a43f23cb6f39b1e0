import { once } from 'node:events'
import { Agent, createServer, type IncomingMessage, request, type Server } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { loginIntents } from '@code-wallet/client'
import { Keypair, PublicKey } from '@code-wallet/keys'
import {
  Common,
  GetStatusRequest,
  type Message,
  Messaging,
  MicroPayment,
  OpenMessageStreamRequest,
  OpenMessageStreamResponse,
  RegisterWebhookRequest,
  RpcStream,
} from '@code-wallet/rpc'
import { beforeAll, describe, expect, test } from '@jest/globals'
import Sqlite from 'better-sqlite3'
import { WebSocket } from 'ws'
import { until } from '../support/until.ts'
import { aClock, aLogin, aReceiver, aRequest, aSandbox, call, later, type TestSandbox } from './a-sandbox.ts'

const MINUTE = 60_000
const HANDSHAKE = [
  'GET /v1 HTTP/1.1',
  'Host: 127.0.0.1',
  'Connection: Upgrade',
  'Upgrade: websocket',
  'Sec-WebSocket-Version: 13',
  'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==',
]
const CLOSE_FRAME = Uint8Array.of(0x88, 0x82, 0, 0, 0, 0, 0x03, 0xe8) // 1000, masked with zeros, as RFC 6455 writes it

// Node 20 has none of its own, and the SDK asks for the global one.
beforeAll(() => {
  globalThis.WebSocket = WebSocket as never
})

const wsUrl = (endpoint: string) => endpoint.replace('http:', 'ws:')
const keyOf = (intent: string) => ({ value: PublicKey.fromBase58(intent).toBuffer() })
const nameOf = ({ kind }: Message) => kind.case ?? 'nothing'
const anOpening = (intent: string) => new OpenMessageStreamRequest({ rendezvousKey: keyOf(intent) })
const aStranger = () => Keypair.generate().getPublicKey().toBase58()

/** Listens as Code's frames do: through the SDK, without a signature. */
async function aStream(
  { endpoint }: Pick<TestSandbox, 'endpoint'>,
  intent: string,
  { path = '', ...changes }: { path?: string } & Partial<OpenMessageStreamRequest> = {},
) {
  let closed: () => void
  const end = new Promise<void>((resolve) => {
    closed = resolve
  })
  const stream = await RpcStream.create(Messaging, 'openMessageStream', wsUrl(endpoint) + path, {
    onClose: () => closed(),
  })
  later(() => stream.close())
  stream.write(new OpenMessageStreamRequest({ rendezvousKey: keyOf(intent), ...changes }))
  const answers = stream.read()[Symbol.asyncIterator]()
  return {
    end,
    close: () => stream.close(),
    /** The next messages' names, or why there are none */
    next: async (): Promise<string> => {
      const [response, error] = (await answers.next()).value as [OpenMessageStreamResponse, Error | undefined]
      return error ? error.message : response.messages.map(nameOf).join()
    },
  }
}

/** A WebSocket without the SDK, for what the SDK would never send. */
async function aSocket({ endpoint }: Pick<TestSandbox, 'endpoint'>, path = '') {
  const socket = new WebSocket(wsUrl(endpoint) + path)
  later(() => socket.terminate())
  await once(socket, 'open')
  const answers: Common.Response[] = []
  const waiting: (() => void)[] = []
  socket.on('message', (data) => {
    answers.push(Common.Response.fromBinary(data as Buffer))
    for (const resolve of waiting.splice(0)) resolve()
  })
  const next = async (): Promise<Common.Response> => {
    while (answers.length === 0) await new Promise<void>((resolve) => waiting.push(resolve))
    return answers.shift() as Common.Response
  }
  const write = (method: string, body: { toBinary(): Uint8Array }) => {
    const [service = '', name = ''] = method.split('.')
    socket.send(new Common.Request({ service, method: name, body: body.toBinary() }).toBinary())
  }
  const call = (method: string, body: { toBinary(): Uint8Array }) => {
    write(method, body)
    return next()
  }
  return { socket, next, write, call }
}

describe('the stream of an intent', () => {
  test('tells of the scan, the payment and the webhook as they happen', async () => {
    const shop = await aSandbox()
    const { url } = await aReceiver()
    const intent = await shop.create()
    await shop.register(intent, url)
    const { next } = await aStream(shop, intent)
    await fetch(`${shop.origin}/pay/${intent}`)
    expect(await next()).toBe('codeScanned')
    await shop.approve(intent)
    expect(await next()).toBe('intentSubmitted')
    await shop.sandbox.deliverDue()
    expect(await next()).toBe('webhookCalled')
  })

  test('tells of a rejection, and of the payment that comes afterwards', async () => {
    const shop = await aSandbox()
    const intent = await shop.create()
    const { next } = await aStream(shop, intent)
    await shop.reject(intent)
    expect(await next()).toBe('clientRejectedPayment')
    await shop.approve(intent)
    expect(await next()).toBe('codeScanned')
    expect(await next()).toBe('intentSubmitted')
  })

  test('tells of a second rejection, also after the first one was repeated', async () => {
    const shop = await aSandbox()
    const intent = await shop.create()
    await shop.reject(intent)
    const { next } = await aStream(shop, intent)
    expect(await next()).toBe('clientRejectedPayment') // repeated
    shop.clock.advance(1_000)
    await shop.reject(intent)
    expect(await next()).toBe('clientRejectedPayment')
    await shop.approve(intent)
    expect(await next()).toBe('codeScanned')
  })

  test('tells of a login that was rejected and then confirmed', async () => {
    const shop = await aSandbox()
    const { id } = await loginIntents.create(aLogin(Keypair.generate(), { endpoint: shop.endpoint }))
    const { next } = await aStream(shop, id)
    await shop.reject(id)
    expect(await next()).toBe('clientRejectedLogin')
    await shop.approve(id)
    expect([await next(), await next()]).toEqual(['codeScanned', 'intentSubmitted'])
  })

  test('says which intent it was, and when', async () => {
    const shop = await aSandbox()
    const intent = await shop.create()
    await shop.approve(intent)
    const { call, next } = await aSocket(shop)
    const envelopes = [await call('Messaging.openMessageStream', anOpening(intent)), await next()]
    const [scanned, submitted] = envelopes.map(
      ({ body }) => OpenMessageStreamResponse.fromBinary(body).messages[0] as Message,
    )
    expect(scanned?.kind.value).toMatchObject({
      timestamp: { seconds: BigInt(Date.UTC(2026, 0, 1) / 1_000), nanos: 0 },
    })
    expect(submitted?.kind.value).toMatchObject({ intentId: keyOf(intent) })
    expect(submitted?.id?.value).toHaveLength(16)
    expect(submitted?.id?.value).not.toEqual(scanned?.id?.value)
  })

  test('replays what was told before, also after a restart', async () => {
    const shop = await aSandbox()
    const { url } = await aReceiver()
    const intent = await shop.create()
    await shop.register(intent, url)
    await shop.reject(intent)
    shop.clock.advance(1)
    await shop.approve(intent)
    shop.clock.advance(1)
    await shop.sandbox.deliverDue()
    const expected = ['clientRejectedPayment', 'codeScanned', 'intentSubmitted', 'webhookCalled']
    const replay = async () => {
      const { next, close, end } = await aStream(shop, intent)
      const told = [await next(), await next(), await next(), await next()]
      close()
      await end
      return told
    }
    expect(await replay()).toEqual(expected)
    await shop.restart()
    expect(await replay()).toEqual(expected)
  })

  test('is there for an intent that nobody has asked for yet', async () => {
    const shop = await aSandbox()
    const request = await aRequest()
    const intent = new PublicKey(request.rendezvousKey?.value as Uint8Array).toBase58()
    const { next } = await aStream(shop, intent)
    const { call } = await aSocket(shop)
    expect((await call('Messaging.sendMessage', request)).result).toBe(Common.Response_Result.OK)
    await shop.approve(intent)
    expect(await next()).toBe('codeScanned')
  })

  test('says nothing of a webhook that failed', async () => {
    const shop = await aSandbox()
    let status = 500
    const { url } = await aReceiver((_req, res) => res.writeHead(status).end())
    const intent = await shop.create()
    await shop.register(intent, url)
    await shop.approve(intent)
    const { next } = await aStream(shop, intent)
    expect([await next(), await next()]).toEqual(['codeScanned', 'intentSubmitted'])
    await shop.sandbox.deliverDue()
    expect(shop.events.filter(({ message }) => message === 'webhookCalled')).toEqual([])
    status = 200
    shop.clock.advance(1_000)
    await shop.sandbox.deliverDue()
    expect(await next()).toBe('webhookCalled')
  })

  test.each(['/', '/api/'])('is reached at /v1%s, too', async (path) => {
    const shop = await aSandbox()
    const intent = await shop.create()
    await shop.approve(intent)
    expect(await (await aStream(shop, intent, { path })).next()).toBe('codeScanned')
  })
})

describe('a second stream', () => {
  test('for the same intent is refused', async () => {
    const shop = await aSandbox()
    const intent = await shop.create()
    await shop.approve(intent)
    const first = await aStream(shop, intent)
    expect(await first.next()).toBe('codeScanned')
    expect(await (await aStream(shop, intent)).next()).toBe('stream already exists')
  })

  test('for another intent is not', async () => {
    const shop = await aSandbox()
    const [one, other] = [await shop.create(), await shop.create()]
    await Promise.all([shop.approve(one), shop.approve(other)])
    expect(await (await aStream(shop, one)).next()).toBe('codeScanned')
    expect(await (await aStream(shop, other)).next()).toBe('codeScanned')
  })

  test('is welcome once the first was closed', async () => {
    const shop = await aSandbox()
    const intent = await shop.create()
    await shop.approve(intent)
    const first = await aStream(shop, intent)
    expect(await first.next()).toBe('codeScanned')
    first.close()
    await first.end
    expect(await (await aStream(shop, intent)).next()).toBe('codeScanned')
  })

  test("is welcome once the first one's minute is over, even if that was not noticed yet", async () => {
    const shop = await aSandbox()
    const intent = await shop.create()
    await shop.approve(intent)
    const first = await aStream(shop, intent)
    expect(await first.next()).toBe('codeScanned')
    shop.clock.advance(MINUTE - 1)
    expect(await (await aStream(shop, intent)).next()).toBe('stream already exists')
    shop.clock.advance(1)
    expect(await (await aStream(shop, intent)).next()).toBe('codeScanned')
    await first.end
  })

  test('over the same connection is refused', async () => {
    const { write, call } = await aSocket(await aSandbox())
    write('Messaging.openMessageStream', anOpening(aStranger()))
    expect((await call('Messaging.openMessageStream', anOpening(aStranger()))).message).toBe(
      'this connection already has a stream',
    )
  })
})

describe('a stream ends', () => {
  test('after a minute, and not before', async () => {
    const shop = await aSandbox()
    const intent = await shop.create()
    const { end, next } = await aStream(shop, intent)
    await shop.approve(intent)
    await next()
    shop.clock.advance(MINUTE - 1)
    shop.sandbox.endOldStreams()
    expect(shop.events.filter(({ what }) => what === 'stream ended')).toEqual([])
    shop.clock.advance(1)
    shop.sandbox.endOldStreams()
    await end
    expect(shop.events.at(-1)).toEqual({ what: 'stream ended', intent, reason: 'timed out' })
  })

  test('after a minute, also if the machine’s clock is set meanwhile', async () => {
    const stopwatch = aClock()
    const shop = await aSandbox({ stopwatch })
    const intent = await shop.create()
    const { end, next } = await aStream(shop, intent)
    await shop.reject(intent)
    await next()
    const { socket, call } = await aSocket(shop)
    await call('Nothing.atAll', new GetStatusRequest())
    shop.clock.advance(60 * MINUTE)
    shop.sandbox.endOldStreams()
    await shop.approve(intent)
    expect(await next()).toBe('codeScanned')
    shop.clock.advance(-120 * MINUTE)
    stopwatch.advance(MINUTE)
    const closed = once(socket, 'close')
    shop.sandbox.endOldStreams()
    await Promise.all([end, closed])
  })

  test('by itself in a sandbox that runs by itself', async () => {
    const shop = await aSandbox()
    shop.sandbox.start()
    const intent = await shop.create()
    const { end, next } = await aStream(shop, intent)
    await shop.approve(intent)
    await next()
    shop.clock.advance(MINUTE)
    await end
  })

  test('with its sandbox', async () => {
    const shop = await aSandbox()
    const { end } = await aStream(shop, await shop.create())
    await shop.sandbox.close()
    await end
  })

  test('before its server, which would wait for it', async () => {
    const shop = await aSandbox()
    const { end } = await aStream(shop, await shop.create())
    shop.sandbox.endStreams()
    await end
    await expect(aSocket(shop)).rejects.toThrow('503')
  })
})

test('a connection without a stream lives for a minute, too', async () => {
  const shop = await aSandbox()
  const { socket, call } = await aSocket(shop)
  expect((await call('Nothing.atAll', new GetStatusRequest())).message).toBe('unknown method Nothing.atAll')
  shop.clock.advance(MINUTE)
  const closed = once(socket, 'close')
  shop.sandbox.endOldStreams()
  expect((await closed)[0]).toBe(1000)
})

describe('opening a stream is refused', () => {
  test('with a signature that is not by the key', async () => {
    const shop = await aSandbox()
    const keypair = Keypair.generate()
    const intent = keypair.getPublicKey().toBase58()
    const signedBy = (signer: Keypair) => {
      const value = signer.sign(anOpening(intent).toBinary() as never)
      return { signature: new Common.Signature({ value }) }
    }
    const refused = await aStream(shop, intent, signedBy(Keypair.generate()))
    expect(await refused.next()).toBe("signature is not the rendezvous key's")
    const { write, call } = await aSocket(shop)
    write('Messaging.openMessageStream', Object.assign(anOpening(intent), signedBy(keypair)))
    expect((await call('Messaging.openMessageStream', anOpening(intent))).message).toBe(
      'this connection already has a stream',
    )
  })

  test('for a key that is none', async () => {
    const { call } = await aSocket(await aSandbox())
    expect((await call('Messaging.openMessageStream', new OpenMessageStreamRequest())).message).toBe(
      'rendezvous key must have 32 bytes',
    )
  })

  test('over HTTP', async () => {
    const shop = await aSandbox()
    const answer = await call(shop.endpoint, 'Messaging.openMessageStream', anOpening(aStranger()))
    expect(answer.message).toBe('a stream needs a WebSocket')
  })
})

describe('a call over a WebSocket', () => {
  test('is answered as over HTTP', async () => {
    const shop = await aSandbox()
    const intent = await shop.create()
    const getStatus = await RpcStream.createUnaryMethod(MicroPayment, 'getStatus', wsUrl(shop.endpoint))
    const status = await getStatus(new GetStatusRequest({ intentId: keyOf(intent) }) as never)
    expect(status).toMatchObject({ exists: true, intentSubmitted: false })
  })

  test('creates a request', async () => {
    const shop = await aSandbox()
    const sendMessage = await RpcStream.createUnaryMethod(Messaging, 'sendMessage', wsUrl(shop.endpoint))
    await sendMessage((await aRequest()) as never)
    expect(await shop.json('/wallet/requests')).toHaveLength(1)
  })

  test('that is refused says why', async () => {
    const shop = await aSandbox()
    const sendMessage = await RpcStream.createUnaryMethod(Messaging, 'sendMessage', wsUrl(shop.endpoint))
    await expect(sendMessage((await aRequest({ amount: 0.04 })) as never)).rejects.toThrow(
      'usd currency has a minimum amount of 0.05',
    )
  })

  test('is answered in its turn, also behind a slower one', async () => {
    const shop = await aSandbox()
    const intent = await shop.create()
    const { call } = await aSocket(shop)
    const slow = new RegisterWebhookRequest({ intentId: keyOf(intent), url: 'http://localhost/webhook' })
    const first = call('MicroPayment.registerWebhook', slow)
    const second = call('Nothing.atAll', slow)
    expect([(await first).result, (await second).message]).toEqual([
      Common.Response_Result.OK,
      'unknown method Nothing.atAll',
    ])
  })

  test('is one of 64 at the same time at most', async () => {
    const { socket } = await aSocket(await aSandbox())
    const closed = once(socket, 'close')
    for (let count = 0; count < 200; count++) socket.send(new Common.Request().toBinary())
    expect((await closed)[0]).toBe(1008)
  })

  test('in a text is refused', async () => {
    const { socket, next } = await aSocket(await aSandbox())
    socket.send('{}')
    expect((await next()).message).toBe('envelopes must be sent as binary messages')
  })

  test('of bytes that are no envelope is refused, and the next one is answered', async () => {
    const { socket, next, call } = await aSocket(await aSandbox())
    socket.send(new Uint8Array([255, 255, 255, 255]))
    expect(await next()).toMatchObject({
      result: Common.Response_Result.ERROR,
      message: 'The body is not a protobuf message of the type Common.Request.',
    })
    expect((await call('Nothing.atAll', new GetStatusRequest())).message).toBe('unknown method Nothing.atAll')
  })

  test('that fails inside says so without details, and the next one is answered', async () => {
    const shop = await aSandbox()
    const { call } = await aSocket(shop)
    const db = new Sqlite(join(shop.data, 'sandbox.db'))
    db.exec('ALTER TABLE scans RENAME TO elsewhere')
    const status = new GetStatusRequest({ intentId: keyOf(aStranger()) })
    expect((await call('MicroPayment.getStatus', status)).message).toBe(
      'Unexpected error in the sandbox. Its log has the details.',
    )
    expect(shop.events.at(-1)).toMatchObject({ what: 'failed', reason: expect.stringContaining('scans') })
    db.exec('ALTER TABLE elsewhere RENAME TO scans')
    db.close()
    expect((await call('MicroPayment.getStatus', status)).result).toBe(Common.Response_Result.OK)
  })

  test('of more than 64 kB ends the connection, and no other', async () => {
    const shop = await aSandbox()
    const [{ socket }, { call }] = [await aSocket(shop), await aSocket(shop)]
    const closed = once(socket, 'close')
    socket.send(new Uint8Array(65 * 1024))
    expect((await closed)[0]).toBe(1009)
    expect((await call('Nothing.atAll', new GetStatusRequest())).message).toBe('unknown method Nothing.atAll')
  })
})

describe('the connections', () => {
  test('are a thousand at most', async () => {
    const shop = await aSandbox({ data: ':memory:' })
    const sockets: Awaited<ReturnType<typeof aSocket>>[] = []
    // Fewer at once than the kernel lets wait: on a busy machine it resets others.
    while (sockets.length < 1_000)
      sockets.push(...(await Promise.all(Array.from({ length: 100 }, () => aSocket(shop)))))
    await expect(aSocket(shop)).rejects.toThrow('503')
    const closed = once(sockets[0]?.socket as WebSocket, 'close')
    sockets[0]?.socket.close()
    await closed
    await aSocket(shop)
  })

  test('are taken at the addresses of the endpoint only', async () => {
    const shop = await aSandbox()
    await expect(aSocket(shop, '/elements')).rejects.toThrow('404')
    await expect(aSocket({ endpoint: shop.origin }, '/wallet')).rejects.toThrow('404')
    await aSocket({ endpoint: shop.origin }, '/v1?a=b')
  })

  test('under a path are taken there only, and those of others are left to them', async () => {
    const shop = await aSandbox()
    const server = await aServer()
    shop.sandbox.attach(server, '/sandbox')
    const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    await aSocket({ endpoint: `${origin}/sandbox/v1` })
    await expect(aSocket({ endpoint: `${origin}/v1` })).rejects.toThrow('200') // the server's own answer
    server.on('upgrade', (req, socket) => {
      if (req.url === '/v1') socket.end('HTTP/1.1 418 Teapot\r\nContent-Length: 0\r\n\r\n')
    })
    await expect(aSocket({ endpoint: `${origin}/v1` })).rejects.toThrow('418')
    await aSocket({ endpoint: `${origin}/sandbox/v1` })
  })
})

test('what offers another protocol is answered in this one, again and again', async () => {
  const shop = await aSandbox()
  const server = await aServer()
  shop.sandbox.attach(server, '')
  const { port } = server.address() as AddressInfo
  const taken: unknown[] = []
  server.on('connection', (socket) => taken.push(socket))
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  later(() => agent.destroy())
  const headers = { Connection: 'keep-alive, Upgrade, HTTP2-Settings', Upgrade: 'h2c', 'HTTP2-Settings': '' }
  for (const path of ['/any', '/v1'])
    for (const body of ['', 'a', 'b'.repeat(200_000)]) {
      const sent = request({ port, host: '127.0.0.1', method: 'POST', path, headers, agent })
      sent.end(body)
      const [res] = (await once(sent, 'response')) as [IncomingMessage]
      expect([res.statusCode, await text(res)]).toEqual([200, `POST ${path} ${body}`])
    }
  const mostTaken = Math.max(...taken.map((socket) => taken.filter((other) => other === socket).length))
  expect(mostTaken).toBeLessThanOrEqual(2) // each time adds listeners to the connection
})

async function aServer(): Promise<Server> {
  const server = createServer(async (req, res) => {
    res.end(`${req.method} ${req.url} ${await text(req)}`)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  later(() => server.close())
  return server
}

describe('injected faults', () => {
  const put = (sandbox: TestSandbox, faults: object) =>
    fetch(`${sandbox.origin}/faults`, {
      method: 'PUT',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(faults),
    })
  const told = (sandbox: TestSandbox) =>
    sandbox.events.filter(({ what }) => what === 'message sent').map(({ message }) => message)

  test('hold the stream back until the webhook was answered', async () => {
    const sandbox = await aSandbox()
    const { url, received } = await aReceiver()
    const intent = await sandbox.create()
    await sandbox.register(intent, url)
    await aStream(sandbox, intent)
    await until(() => sandbox.events.some(({ what }) => what === 'stream opened'))
    await put(sandbox, { webhooks: 'before-success' })
    await sandbox.approve(intent)
    expect([told(sandbox), received.length]).toEqual([[], 0])
    await sandbox.sandbox.deliverDue()
    expect(told(sandbox)).toEqual(['codeScanned', 'intentSubmitted', 'webhookCalled'])
    expect(received).toHaveLength(1)
  })

  test('meet calls over a WebSocket, too', async () => {
    const sandbox = await aSandbox()
    const [failing, other] = [await sandbox.create(), await sandbox.create()]
    await put(sandbox, { requests: { [failing]: { calls: 'refuse' } } })
    expect(await (await aStream(sandbox, failing)).next()).toBe('injected fault: refused')
    await sandbox.approve(other)
    expect(await (await aStream(sandbox, other)).next()).toBe('codeScanned')
    await put(sandbox, { calls: 'http-500' })
    await (await aStream(sandbox, aStranger())).end
  })
})

test('a client that says goodbye and keeps its connection does not keep the sandbox from closing', async () => {
  const { origin, sandbox } = await aSandbox()
  const socket = connect({ port: Number(new URL(origin).port), host: '127.0.0.1', allowHalfOpen: true })
  later(() => socket.destroy())
  socket.write(`${HANDSHAKE.join('\r\n')}\r\n\r\n`)
  await once(socket, 'data')
  socket.write(CLOSE_FRAME)
  await once(socket, 'data') // the answer to it
  await sandbox.close()
}, 10_000)
