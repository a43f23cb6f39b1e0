import { randomUUID } from 'node:crypto'
import { cpSync, statSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import Sqlite from 'better-sqlite3'
import { aFreePort } from '../../scripts/support/free-port.js'
import { aSequencerKey, claimsOf, signed } from '../../scripts/support/tokens.ts'
import { run } from '../support/process.ts'
import { aShop } from '../support/shop.ts'
import { aWire } from '../support/wire.ts'
import { aFolder, later } from '../support/workplace.ts'

const CODE_WAITS_MS = 3_000
const SOCKETS = 100
const TRUE_EVENTS = 10

/** A shop in a process of its own, so that it and the flood don't share a processor's time. */
async function aShopOfItsOwn(publicKey: string) {
  const folder = aFolder()
  cpSync('test/support/catalog', join(folder, 'catalog'), { recursive: true })
  const PORT = String(await aFreePort())
  const sandboxPort = String(await aFreePort())
  await run('sandbox/main.ts', folder, {}, ['--port', sandboxPort, '--memory']).says('"ready"')
  const shop = run('server/main.ts', folder, {
    PORT,
    CODE_ENDPOINT: `http://127.0.0.1:${sandboxPort}/v1`,
    CODE_PUBLIC_KEY: publicKey,
    CREATE_INTENT_PER_MINUTE: '1000',
    LOG_LEVEL: 'error',
  })
  await shop.says('The shop is open')
  return { port: Number(PORT), url: `http://127.0.0.1:${PORT}`, shop }
}

async function placeOrder(url: string) {
  const headers = { 'Content-Type': 'application/json' }
  const response = await fetch(`${url}/create-intent`, {
    method: 'POST',
    headers,
    body: '{"product":"article"}',
  })
  return (await response.json()) as Parameters<typeof claimsOf>[0]
}

/** Sends one token after another over its own connection until it is told to stop. Resolves to what was answered. */
async function flood(url: string, token: string, isOver: () => boolean): Promise<number[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  const statuses: number[] = []
  while (!isOver()) statuses.push(await post(`${url}/webhook`, token, agent))
  agent.destroy()
  return statuses
}

function post(url: string, token: string, agent?: Agent): Promise<number> {
  return new Promise((resolve) => {
    const headers = { 'Content-Type': 'application/jwt', 'Content-Length': Buffer.byteLength(token) }
    const req = request(url, { method: 'POST', headers, agent: agent ?? false }, (res) => {
      res.resume().once('end', () => resolve(res.statusCode ?? 0))
    })
    req.once('error', () => resolve(0)).end(token)
  })
}

test('a flood of false webhooks from many connections does not keep a true one from its 200 in time', async () => {
  const key = aSequencerKey()
  const { url, port } = await aShopOfItsOwn(key.publicKey)
  const orders = await Promise.all(Array.from({ length: TRUE_EVENTS }, () => placeOrder(url)))
  const claims = claimsOf(orders[0] as (typeof orders)[number])
  const forger = aSequencerKey().privateKey

  let isOver = false
  later(() => (isOver = true))
  const stalled = Array.from({ length: SOCKETS }, () => aWire(port))
  for (const wire of stalled)
    wire.send(
      'POST /webhook HTTP/1.1\r\nHost: shop\r\nContent-Type: application/jwt\r\nContent-Length: 1000\r\n\r\n',
    )
  const flooding = Promise.all(
    Array.from({ length: SOCKETS }, () =>
      flood(url, signed({ ...claims, nonce: randomUUID() }, forger), () => isOver),
    ),
  )

  for (const order of orders) {
    const sentAt = performance.now()
    expect(await post(`${url}/webhook`, signed(claimsOf(order), key.privateKey))).toBe(200)
    expect(performance.now() - sentAt).toBeLessThan(CODE_WAITS_MS)
  }
  isOver = true
  const statuses = (await flooding).flat()
  expect(statuses.length).toBeGreaterThan(SOCKETS)
  expect(new Set(statuses)).toEqual(new Set([401])) // none was refused for being too many
}, 60_000)

test('a flood of signed events for intents of others does not fill the disk', async () => {
  const KEPT = 1_000
  const AT_ONCE = 50
  const key = aSequencerKey()
  const shop = await aShop({ config: { publicKeys: [key.publicKey] } })
  const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE })
  later(() => agent.destroy())
  const large = 'x'.repeat(11_000) // with it, an event is almost as large as it may be

  async function send(count: number): Promise<void> {
    for (let sent = 0; sent < count; sent += AT_ONCE) {
      const answers = Array.from({ length: AT_ONCE }, (_, index) => {
        const claims =
          index % 5 === 0
            ? { string: randomUUID() + large, int: 42, float: 123.45, bool: true } // as Code's test events are
            : { intent: randomUUID(), state: 'SUBMITTED', note: large }
        return post(`${shop.url}/webhook`, signed(claims, key.privateKey), agent)
      })
      expect(new Set(await Promise.all(answers))).toEqual(new Set([200]))
    }
  }

  const file = new Sqlite(shop.databaseFile)
  later(() => file.close())
  const size = () => {
    file.pragma('wal_checkpoint(TRUNCATE)') // what is still in the log, whose own size is bounded by its settings
    return statSync(shop.databaseFile).size
  }

  await send(KEPT)
  const full = size()
  await send(2 * KEPT)
  expect(full).toBeGreaterThan(KEPT * large.length) // they are really that large
  expect(size()).toBeLessThan(1.5 * full)
  expect(file.prepare('SELECT COUNT(*) FROM events').pluck().get()).toBe(KEPT)
}, 120_000)
