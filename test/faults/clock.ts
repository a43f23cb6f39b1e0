import { setTimeout as delay } from 'node:timers/promises'
import { aFreePort } from '../../scripts/support/free-port.js'
import type { Bench, Facts, Fault } from './fault.ts'
import { checkPaidOnce, readBooks } from './support/books.ts'
import { aSandbox, aShop, type ShopProcess } from './support/processes.ts'
import { deliver, mustOrder, type Offer, order, tokenFor } from './support/traffic.ts'

const HOUR_MS = 3_600_000
const CAUGHT_UP_WITHIN_MS = 20_000
const CIRCUIT_CLOSES_WITHIN_MS = 20_000
const ORDERS = 20

export const clock: Fault = {
  name: 'clock',
  survives: 'the clock jumps by an hour either way, and a machine sleeps for a day: nothing paid is lost',
  waits: true,
  run,
}

async function run(bench: Bench): Promise<Facts> {
  const sandbox = await aSandbox(bench)
  const shop = aShop(bench, { sequencer: sandbox.url, folder: bench.folder(), port: await aFreePort() })
  await shop.start()
  const paid: string[] = []
  const facts: Facts = {}
  let ahead = 0

  async function jump(byMs: number): Promise<void> {
    ahead += byMs
    await shop.setClock(ahead)
  }

  const jumps: [string, () => Promise<void>][] = [
    ['an hour forward', () => jump(HOUR_MS)],
    ['an hour back', () => jump(-HOUR_MS)],
    ['a day asleep', sleepForADay],
  ]
  for (const [how, act] of jumps) {
    await sandbox.setFaults({ webhooks: 'dropped' })
    const offers = await someOrders(shop)
    for (const { id } of offers) await sandbox.approve(id)
    await act()
    const caughtUp = await waitUntilPaid(shop, offers)
    bench.check(caughtUp < CAUGHT_UP_WITHIN_MS, `${how}: not all was found after ${Math.round(caughtUp)} ms`)
    paid.push(...offers.map(({ id }) => id))
    paid.push(await payByWebhook(how))
    facts[`${how}: caught up (s)`] = Math.round(caughtUp / 100) / 10
    bench.say(`${how}: caught up after ${Math.round(caughtUp)} ms`)
  }
  facts['circuit closed after its clock was set back (s)'] = await breakCircuit()
  checkPaidOnce(bench, shop.databaseFile, paid)
  return { ...facts, 'paid orders': paid.length, lost: 0 }

  /** The process stands still, the world goes on: what the sequencer sends meanwhile is not taken. */
  async function sleepForADay(): Promise<void> {
    const waking = shop.setClock(ahead + 24 * HOUR_MS)
    shop.signal('SIGSTOP')
    await delay(bench.short ? 500 : 5_000)
    shop.signal('SIGCONT')
    await waking
    ahead += 24 * HOUR_MS
  }

  /** An order and its webhook work as ever. */
  async function payByWebhook(how: string): Promise<string> {
    const offer = await mustOrder(shop.port)
    const { status } = await deliver(shop.port, tokenFor(offer, sandbox))
    bench.check(status === 200, `${how}: a webhook was answered ${status}`)
    return offer.id
  }

  /** The pause that a failing sequencer gets must not become an hour. */
  async function breakCircuit(): Promise<number> {
    await sandbox.setFaults({ calls: 'http-500' })
    while ((await order(shop.port)).answer.status !== 503);
    await jump(-HOUR_MS)
    await sandbox.setFaults({})
    const began = performance.now()
    while ((await order(shop.port)).answer.status !== 200) {
      if (performance.now() - began > CIRCUIT_CLOSES_WITHIN_MS) {
        bench.check(false, 'the circuit stays open after the clock was set back')
        break
      }
      await delay(200)
    }
    return Math.round((performance.now() - began) / 1_000)
  }
}

function someOrders(shop: ShopProcess): Promise<Offer[]> {
  return Promise.all(Array.from({ length: ORDERS }, () => mustOrder(shop.port)))
}

async function waitUntilPaid(shop: ShopProcess, offers: Offer[]): Promise<number> {
  const began = performance.now()
  const isDone = () => {
    const { paid } = readBooks(shop.databaseFile)
    return offers.every(({ id }) => paid.has(id))
  }
  while (!isDone() && performance.now() - began < CAUGHT_UP_WITHIN_MS) await delay(50)
  return performance.now() - began
}
