import type { IncomingMessage, RequestListener } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { expect, test } from '@jest/globals'
import { createBoundedServer } from '../../server/listener/index.ts'
import { aWire } from '../support/wire.ts'
import { later } from '../support/workplace.ts'

const CHUNK = 64 * 1024 // what Node reads at a time
const SILENCE_MS = 20_000 // after which a connection would be closed in any case
const get = (path: string) => `GET ${path} HTTP/1.1\r\nHost: shop\r\n\r\n`
const post = (body: string) =>
  `POST / HTTP/1.1\r\nHost: shop\r\nContent-Length: ${body.length}\r\n\r\n${body}`

/** A server that notes which requests it has started, and how much it has read of the first connection. */
async function aServer(handler: RequestListener) {
  const started: string[] = []
  const sockets: Socket[] = []
  const server = createBoundedServer((req, res) => {
    started.push(`${req.url}`)
    handler(req, res)
  })
  server.on('connection', (socket) => sockets.push(socket))
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  later(() => {
    server.closeAllConnections()
    return new Promise((done) => server.close(done))
  })
  return {
    port: (server.address() as AddressInfo).port,
    started,
    bytesRead: () => sockets[0]?.bytesRead ?? 0,
  }
}

async function textOf(req: IncomingMessage): Promise<string> {
  let text = ''
  for await (const part of req) text += part
  return text
}

/** Sends requests one after another, each once the one before is answered, as browsers and proxies do. */
async function browse(port: number, count: number): Promise<void> {
  const wire = aWire(port)
  for (let answered = 1; answered <= count; answered++) {
    wire.send(get('/page'))
    await wire.answers(answered)
  }
}

test('of megabytes of pipelined requests, only a chunk is read while the first has no answer', async () => {
  const shop = await aServer((req, res) => {
    if (req.url === '/page') res.end()
  })
  const wire = aWire(shop.port)
  wire.send(get('/slow').repeat(100_000))
  await browse(shop.port, 50)
  expect(shop.started.filter((path) => path === '/slow')).toHaveLength(1)
  expect(shop.bytesRead()).toBeLessThanOrEqual(2 * CHUNK)
})

test('nor is more read when bodies are read, which are complete', async () => {
  let isFirst = true
  const shop = await aServer(async (req, res) => {
    if (req.url === '/page') return void res.end()
    await textOf(req)
    if (isFirst) res.end()
    isFirst = false
  })
  aWire(shop.port).send(post('{}').repeat(60_000))
  await browse(shop.port, 50)
  expect(shop.started.filter((path) => path === '/')).toHaveLength(2)
  expect(shop.bytesRead()).toBeLessThanOrEqual(2 * CHUNK)
})

test('a client that pipelines thousands of requests gets no more turns than one that sends one at a time', async () => {
  const shop = await aServer((_req, res) => setImmediate(() => res.end()))
  const flood = aWire(shop.port)
  flood.send(get('/flood').repeat(20_000))
  await flood.answers(1)
  await browse(shop.port, 20)
  const before = shop.started.indexOf('/page')
  const between = shop.started.slice(before, shop.started.lastIndexOf('/page'))
  expect(between.length).toBeLessThan(20 * 10)
})

test('all of them are answered in their order, whatever is in a chunk', async () => {
  const shop = await aServer(async (req, res) => {
    res.end(`<${await textOf(req)}>`)
  })
  const wire = aWire(shop.port)
  const bodies = Array.from({ length: 1_200 }, (_, index) => `${index}`.repeat(1 + (index % 9)))
  wire.send(bodies.map((body) => (body.length === 1 ? get('/') : post(body))).join(''))
  await wire.answers(bodies.length)
  const expected = bodies.map((body) => `<${body.length === 1 ? '' : body}>`)
  expect(wire.heard().match(/<\d*>/g)).toEqual(expected)
})

test('connections that send more ahead than the shop keeps for all of them are closed', async () => {
  const shop = await aServer((req, res) => {
    if (req.url === '/page') res.end()
  })
  const flooding = Array.from({ length: 4 }, () => aWire(shop.port))
  for (const wire of flooding) wire.send(get('/').repeat(3_000))
  const closedAfter = await Promise.race(flooding.map(({ ended }) => ended))
  expect(closedAfter).toBeLessThan(SILENCE_MS)
  await browse(shop.port, 1)
})
