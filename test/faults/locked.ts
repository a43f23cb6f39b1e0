import { setTimeout as delay } from 'node:timers/promises'
import Sqlite from 'better-sqlite3'
import { aFreePort } from '../../scripts/support/free-port.js'
import type { Bench, Facts, Fault } from './fault.ts'
import { readBooks } from './support/books.ts'
import { aSandbox, aShop } from './support/processes.ts'
import { quantile, send } from './support/send.ts'
import { atOnce, deliver, mustOrder, type Offer, tokenFor } from './support/traffic.ts'

const LOCKED_MS = 10_000
const ANSWERED_WITHIN_MS = 1_200
const ALIVE_WITHIN_MS = 200
const DELIVERIES_AT_ONCE = 20
const RETRIES_WITHIN_MS = 30_000
// Code would try again after 1, 1, 15, 60 s, 15 min …: so faster that the first ones meet the lock, and a later one doesn't.
const RETRY_SPEED = { short: 20, full: 50 }

export const locked: Fault = {
  name: 'locked',
  survives: 'another process locks the database for 10 s: 503 in time, alive, and all is paid by the retries',
  alone: true,
  run,
}

async function run(bench: Bench): Promise<Facts> {
  const sandbox = await aSandbox(bench, { speed: bench.short ? RETRY_SPEED.short : RETRY_SPEED.full })
  const shop = aShop(bench, { sequencer: sandbox.url, folder: bench.folder(), port: await aFreePort() })
  await shop.start()
  const count = bench.short ? 20 : 100
  const someOrders = (): Promise<Offer[]> =>
    Promise.all(Array.from({ length: count }, () => mustOrder(shop.port)))
  const [paidByWallet, paidByHand] = [await someOrders(), await someOrders()]

  const lockedMs = bench.short ? 3_000 : LOCKED_MS
  const other = new Sqlite(shop.databaseFile)
  bench.later(() => other.close())
  other.exec('BEGIN IMMEDIATE')
  bench.say(`locked for ${lockedMs} ms, while ${count} are paid in the wallet and ${count} more are posted`)
  let isFree = false
  const isOver = () => isFree
  const refusals: number[] = []
  const alive: number[] = []
  const traffic = [
    approveAll(),
    atOnce(DELIVERIES_AT_ONCE, isOver, async () => {
      const { status, ms } = await deliver(shop.port, tokenFor(bench.random.pick(paidByHand), sandbox))
      if (isFree) return
      bench.check(status === 503, `a webhook was answered ${status} while nothing could be stored`)
      refusals.push(ms)
    }),
    atOnce(1, isOver, async () => {
      const { status, ms } = await send(shop.port, 'GET', '/healthz', { alone: true })
      bench.check(status === 200, `/healthz was answered ${status}`)
      alive.push(ms)
      await delay(20)
    }),
  ]
  async function approveAll(): Promise<void> {
    for (const { id } of paidByWallet) await sandbox.approve(id) // as buyers come: one after another
  }

  await delay(lockedMs)
  const stored = readBooks(shop.databaseFile).paid.size
  bench.check(stored === 0, `${stored} are paid although the database was locked`)
  isFree = true
  other.exec('COMMIT')
  const freeAt = performance.now()
  await Promise.all(traffic)

  const missing = () => {
    const { paidByWebhook } = readBooks(shop.databaseFile)
    return paidByWallet.filter(({ id }) => !paidByWebhook.has(id)).length
  }
  while (missing() > 0 && performance.now() - freeAt < RETRIES_WITHIN_MS) await delay(50)
  const paidAfter = performance.now() - freeAt
  bench.check(missing() === 0, `${missing()} were not paid by the sequencer's retries`)
  bench.check(refusals.length > 0, 'nothing was refused; this measured nothing')
  const slowest = Math.max(...refusals)
  bench.check(slowest <= ANSWERED_WITHIN_MS, `a webhook was answered only after ${Math.round(slowest)} ms`)
  const slowestAlive = Math.max(...alive)
  bench.check(slowestAlive <= ALIVE_WITHIN_MS, `/healthz took ${Math.round(slowestAlive)} ms`)
  return {
    'locked (s)': lockedMs / 1_000,
    'answered 503': refusals.length,
    'slowest 503 (ms)': Math.round(slowest),
    'median 503 (ms)': Math.round(quantile(refusals, 0.5)),
    'slowest /healthz (ms)': Math.round(slowestAlive),
    'paid by retries': count,
    'all paid after the lock (s)': Math.round(paidAfter / 100) / 10,
  }
}
