import type { IncomingMessage, RequestListener } from 'node:http'
import type { Socket } from 'node:net'
import { describe, expect, test } from '@jest/globals'
import { createBoundedServer } from '../../server/listener/index.ts'
import { aWire } from '../support/wire.ts'
import { startListening } from '../support/workplace.ts'

const CHUNK = 64 * 1024 // what Node reads at a time
const AHEAD = 100 // requests of one connection that may wait behind the current one
const AHEAD_OF_ALL = 2_000
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
  const port = await startListening(server)
  return { port, started, bytesRead: () => sockets[0]?.bytesRead ?? 0 }
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

test('a client that pipelines many requests gets no more turns than one that sends one at a time', async () => {
  const shop = await aServer((_req, res) => setImmediate(() => res.end()))
  const flood = aWire(shop.port)
  flood.send(get('/flood').repeat(1 + AHEAD))
  await flood.answers(1)
  await browse(shop.port, 2)
  expect(shop.started.filter((path) => path === '/flood').length).toBeLessThan(50)
  expect(await flood.answers(1 + AHEAD)).toHaveLength(1 + AHEAD)
})

test('they are answered in their order, whatever is in a chunk', async () => {
  const shop = await aServer(async (req, res) => {
    res.end(`<${await textOf(req)}>`)
  })
  const wire = aWire(shop.port)
  const bodies = Array.from({ length: 1_200 }, (_, index) => `${index}`.repeat(1 + (index % 9)))
  for (let sent = 0; sent < bodies.length; sent += AHEAD) {
    const batch = bodies.slice(sent, sent + AHEAD)
    wire.send(batch.map((body) => (body.length === 1 ? get('/') : post(body))).join(''))
    await wire.answers(sent + batch.length)
  }
  const expected = bodies.map((body) => `<${body.length === 1 ? '' : body}>`)
  expect(wire.heard().match(/<\d*>/g)).toEqual(expected)
})

describe('a client that sends too far ahead gets the first answers, and then the connection ends', () => {
  test('with small requests', async () => {
    const shop = await aServer((_req, res) => setImmediate(() => res.end()))
    const wire = aWire(shop.port)
    wire.send(get('/').repeat(60_000))
    expect(await wire.ended).toBeLessThan(SILENCE_MS)
    expect(wire.statuses()).toHaveLength(1 + AHEAD)
    expect(shop.started).toHaveLength(1 + AHEAD)
    expect(shop.bytesRead()).toBeLessThanOrEqual(2 * CHUNK)
  })

  test('with bodies, all of which arrive whole', async () => {
    const received: string[] = []
    const shop = await aServer(async (req, res) => {
      received.push(await textOf(req))
      res.end()
    })
    const wire = aWire(shop.port)
    wire.send(post('{"a":1}').repeat(30_000))
    expect(await wire.ended).toBeLessThan(SILENCE_MS)
    expect(wire.statuses()).toHaveLength(1 + AHEAD)
    expect(received).toEqual(Array(1 + AHEAD).fill('{"a":1}'))
    expect(shop.bytesRead()).toBeLessThanOrEqual(2 * CHUNK)
  })

  test('with few requests on each of many connections', async () => {
    let answerAll: (value: unknown) => void = () => {}
    const answering = new Promise((done) => (answerAll = done))
    const shop = await aServer(async (req, res) => {
      if (req.url !== '/page') await answering
      res.end()
    })
    const wires = Array.from({ length: 30 }, () => aWire(shop.port))
    for (const wire of wires) wire.send(get('/').repeat(AHEAD))
    await browse(shop.port, 30)
    answerAll(undefined)
    const cut = await Promise.race(wires.map(({ ended }) => ended))
    expect(cut).toBeLessThan(SILENCE_MS)
    await browse(shop.port, 1)
    const answered = shop.started.filter((path) => path === '/').length
    expect(answered).toBeLessThanOrEqual(wires.length + AHEAD_OF_ALL)
  })
})
