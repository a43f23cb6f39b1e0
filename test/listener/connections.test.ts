import { once } from 'node:events'
import type { RequestListener } from 'node:http'
import { describe, expect, test } from '@jest/globals'
import { type ConnectionLimits, createBoundedServer } from '../../server/listener/index.ts'
import { aWire } from '../support/wire.ts'
import { later, startListening } from '../support/workplace.ts'

const GET = 'GET / HTTP/1.1\r\nHost: shop\r\n\r\n'
const hello: RequestListener = (req, res) => req.resume().once('end', () => res.end('hello'))
const SHORT = { headersMs: 300, requestMs: 600, silenceMs: 600, idleMs: 300, checkMs: 50 }
const LATEST_MS = 9_000 // below the limits that the shop has itself

async function aServer(handler: RequestListener, limits: Partial<ConnectionLimits>): Promise<number> {
  return startListening(createBoundedServer(handler, {}, limits))
}

describe('a client that keeps a connection without using it is disconnected', () => {
  test.each([
    ['sends nothing', ''],
    ['never finishes its headers', 'GET / HTTP/1.1\r\nHost: shop\r\nX-'],
    ['never finishes its body', 'POST / HTTP/1.1\r\nHost: shop\r\nContent-Length: 100\r\n\r\nhalf'],
    [
      'never finishes a chunk',
      'POST / HTTP/1.1\r\nHost: shop\r\nTransfer-Encoding: chunked\r\n\r\nff\r\nhalf',
    ],
    ['stays connected after its response', GET],
  ])('one that %s', async (_what, bytes) => {
    const wire = aWire(await aServer(hello, SHORT))
    wire.send(bytes)
    expect(await wire.ended).toBeLessThan(LATEST_MS)
  })

  test.each([
    ['headers', 'GET / HTTP/1.1\r\nHost: shop\r\n', 'X: y\r\n'],
    ['a body', 'POST / HTTP/1.1\r\nHost: shop\r\nContent-Length: 10000\r\n\r\n', 'x'],
  ])('one that trickles %s, although it never pauses for long', async (_what, beginning, drop) => {
    const wire = aWire(await aServer(hello, SHORT))
    wire.send(beginning)
    const dripping = setInterval(() => wire.send(drop), 20)
    later(() => clearInterval(dripping))
    expect(await wire.ended).toBeLessThan(LATEST_MS)
    expect(wire.statuses()).toEqual([408])
  })

  test('one that never reads its response', async () => {
    let cut: (value: unknown) => void = () => {}
    const isCut = new Promise((done) => (cut = done))
    const endless: RequestListener = (_req, res) => {
      res.once('close', cut)
      const more = () => {
        while (!res.destroyed && res.write(Buffer.alloc(65_536)));
        res.once('drain', more)
      }
      more()
    }
    const wire = aWire(await aServer(endless, SHORT))
    wire.socket.pause()
    wire.send(GET)
    await isCut
  })

  test('but not one that reads slowly, even for much longer than the limit on silence', async () => {
    const CHUNK = 256 * 1024
    const TOTAL = 50 * CHUNK
    const limits = { ...SHORT, silenceMs: 2_000 } // longer than this process may be busy with something else
    const large: RequestListener = (_req, res) => res.end(Buffer.alloc(TOTAL))
    const wire = aWire(await aServer(large, limits))
    const startedAt = performance.now()
    let received = 0
    wire.socket.on('data', (chunk) => {
      received += chunk.length
      wire.socket.pause()
      setTimeout(() => wire.socket.resume(), (chunk.length / CHUNK) * 100)
    })
    wire.send(GET)
    await wire.ended
    expect(received).toBeGreaterThan(TOTAL)
    expect(performance.now() - startedAt).toBeGreaterThan(2 * limits.silenceMs)
  })
})

describe('when every connection is taken', () => {
  test.each([
    ['send nothing', ''],
    ['never finish their headers', 'GET / HTTP/1.1\r\nHost: shop\r\nX-'],
    ['never finish their bodies', 'POST / HTTP/1.1\r\nHost: shop\r\nContent-Length: 100\r\n\r\nhalf'],
    ['stay connected after their response', GET],
  ])('by clients that %s, a new client is served at once', async (_what, bytes) => {
    const port = await aServer(hello, { maxConnections: 20 })
    const stalled = Array.from({ length: 60 }, () => aWire(port))
    for (const wire of stalled) wire.send(bytes)
    await Promise.race(stalled.map(({ ended }) => ended)) // not all of them fit
    const wire = aWire(port)
    wire.send(GET)
    expect(await wire.answers(1)).toEqual([200])
  })

  test('by requests in progress, these are finished, and a new client has to try again', async () => {
    const waiting: (() => void)[] = []
    let allWait: (value: unknown) => void = () => {}
    const areWaiting = new Promise((done) => (allWait = done))
    const port = await aServer(
      (_req, res) => {
        const seen = waiting.push(() => res.end('done'))
        if (seen === 3) allWait(0)
        if (seen > 3) res.end('done')
      },
      { maxConnections: 3 },
    )
    const busy = [1, 2, 3].map(() => aWire(port))
    for (const wire of busy) wire.send(GET)
    await areWaiting
    const newcomer = aWire(port)
    await newcomer.ended
    for (const answer of waiting) answer()
    for (const wire of busy) expect(await wire.answers(1)).toEqual([200])
    const again = aWire(port)
    again.send(GET)
    await once(again.socket, 'data')
  })
})

test('any number of headers up to 16 kB (names and values) is accepted, and none of them is dropped', async () => {
  const port = await aServer((req, res) => res.end(String(req.headers['x-last'])), {})
  const wire = aWire(port)
  wire.send(`GET / HTTP/1.1\r\nHost: shop\r\n${'a:b\r\n'.repeat(3_000)}X-Last: seen\r\n\r\n`)
  await wire.answers(1)
  expect(wire.heard()).toContain('seen')
  const flood = aWire(port)
  flood.send(`GET / HTTP/1.1\r\nHost: shop\r\n${'a:b\r\n'.repeat(9_000)}\r\n`)
  expect(await flood.answers(1)).toEqual([431])
})
