import { mkdirSync, writeFileSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { aFreePort } from '../../scripts/support/free-port.js'
import type { Bench, Facts, Fault } from './fault.ts'
import { aSandbox, aShop } from './support/processes.ts'
import { quantile, send } from './support/send.ts'
import { atOnce, deliver, order, seedOrders, tokenFor } from './support/traffic.ts'

const CUT_WITHIN_MS = 45_000
const OTHERS_WITHIN_MS = 1_000
const LARGE_FILE = 24_000_000 // more than all buffers on the way take
const MAY_PAUSE = 8 // of the downloads from one address

export const stalled: Fault = {
  name: 'stalled',
  survives:
    'clients that send slowly or never read: cut within 45 s, but for eight downloads, and others are served meanwhile',
  waits: true,
  run,
}

async function run(bench: Bench): Promise<Facts> {
  const sandbox = await aSandbox(bench)
  const folder = bench.folder()
  const shop = aShop(bench, { sequencer: sandbox.url, folder, port: await aFreePort() })
  const unpaid = await seedOrders(shop.databaseFile, 10_000)
  mkdirSync(join(folder, 'catalog', 'files'), { recursive: true })
  writeFileSync(join(folder, 'catalog', 'files', 'table.csv'), Buffer.alloc(LARGE_FILE, 'x'))
  await shop.start()
  const download = await buyDownload()

  for (const paused of times(MAY_PAUSE, () => open(download))) paused.pause()
  const [slow, unread] = bench.short ? [40, 5] : [300, 30]
  const kinds = {
    'slow headers': times(slow, () => trickle('GET / HTTP/1.1\r\nHost: shop\r\nX-Slow: ')),
    'slow webhooks': times(slow, () => trickle(head('/webhook', 'application/jwt'))),
    'slow orders': times(slow, () => trickle(head('/create-intent', 'application/json'))),
    'never reading': times(unread, () => neverRead(download)),
  }
  bench.say(`${slow * 3} clients send a byte a second, ${unread} never read`)

  const others: number[] = []
  let isOver = false
  const traffic = atOnce(
    4,
    () => isOver,
    async () => {
      const isPage = bench.random.fraction() < 0.5
      const offer = isPage ? undefined : unpaid.shift()
      const { status, ms } = offer
        ? await deliver(shop.port, tokenFor(offer, sandbox), true)
        : await send(shop.port, 'GET', '/', { alone: true })
      bench.check(status === 200, `somebody else was answered ${status}`)
      others.push(ms)
      await delay(20)
    },
  )
  const facts: Facts = {}
  for (const [kind, clients] of Object.entries(kinds)) {
    const longest = Math.max(...(await Promise.all(clients)))
    bench.check(longest <= CUT_WITHIN_MS, `${kind}: cut only after ${Math.round(longest)} ms, or never`)
    facts[`${kind}: ${clients.length}, all cut within (s)`] = Math.round(longest / 1_000)
  }
  isOver = true
  await traffic
  const slowest = quantile(others, 0.99)
  bench.check(slowest <= OTHERS_WITHIN_MS, `others waited up to ${Math.round(slowest)} ms`)
  return {
    ...facts,
    'others served meanwhile': others.length,
    'median of others (ms)': Math.round(quantile(others, 0.5)),
    '99 % of others within (ms)': Math.round(slowest),
  }

  async function buyDownload(): Promise<string> {
    const { answer, offer } = await order(shop.port, 'download')
    if (!offer) throw new Error(`the download was not for sale: ${answer.text}`)
    await deliver(shop.port, tokenFor(offer, sandbox))
    const cookie = String(answer.headers['set-cookie']).split(';')[0]
    const { status } = await send(shop.port, 'HEAD', '/products/download/file', {
      headers: { cookie: cookie ?? '' },
    })
    if (status !== 200) throw new Error(`the download was answered ${status}`)
    return `GET /products/download/file HTTP/1.1\r\nHost: shop\r\nCookie: ${cookie}\r\n\r\n`
  }

  /** Sends a beginning and then a byte a second; resolves with how long that was put up with. */
  async function trickle(beginning: string): Promise<number> {
    const socket = open(beginning)
    const began = performance.now()
    const timer = setInterval(() => socket.write('x'), 1_000)
    await untilCut(socket)
    clearInterval(timer)
    return performance.now() - began
  }

  /** Asks for a large file and reads nothing until the time is over: had it not been cut, all of it would come then. */
  async function neverRead(request: string): Promise<number> {
    const socket = open(request)
    const began = performance.now()
    socket.pause()
    await delay(CUT_WITHIN_MS - 1_000)
    let length = 0
    socket.on('data', (chunk) => {
      length += chunk.length
    })
    socket.resume()
    await Promise.race([untilCut(socket), untilWhole(socket, () => length)])
    socket.destroy()
    return length >= LARGE_FILE ? Number.POSITIVE_INFINITY : performance.now() - began
  }

  function open(beginning: string): Socket {
    const socket = connect(shop.port, '127.0.0.1')
    socket.on('error', () => undefined)
    socket.write(beginning)
    bench.later(() => socket.destroy())
    return socket
  }

  function untilCut(socket: Socket): Promise<unknown> {
    socket.on('data', () => undefined)
    return Promise.race([
      new Promise((done) => socket.once('close', done)),
      new Promise((done) => socket.once('end', done)),
      delay(CUT_WITHIN_MS * 2, undefined, { ref: false }),
    ])
  }

  async function untilWhole(socket: Socket, length: () => number): Promise<void> {
    while (length() < LARGE_FILE && !socket.destroyed) await delay(10)
  }
}

function head(path: string, type: string): string {
  return `POST ${path} HTTP/1.1\r\nHost: shop\r\nContent-Type: ${type}\r\nContent-Length: 900\r\n\r\n`
}

function times<T>(count: number, make: () => T): T[] {
  return Array.from({ length: count }, make)
}
