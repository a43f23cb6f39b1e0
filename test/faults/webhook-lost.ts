import { setTimeout as delay } from 'node:timers/promises'
import { aFreePort } from '../../scripts/support/free-port.js'
import type { Bench, Facts, Fault } from './fault.ts'
import { readBooks } from './support/books.ts'
import { aSandbox, aShop } from './support/processes.ts'
import { quantile } from './support/send.ts'
import { mustOrder, type Offer } from './support/traffic.ts'

const DEADLINE_MS = 60_000
const ORDERS_AT_ONCE = 8

export const webhookLost: Fault = {
  name: 'webhook-lost',
  survives: 'no webhook is delivered at all: what is paid is found by asking, within 60 s',
  waits: true,
  run,
}

async function run(bench: Bench): Promise<Facts> {
  const sandbox = await aSandbox(bench)
  await sandbox.setFaults({ webhooks: 'dropped' })
  const shop = aShop(bench, { sequencer: sandbox.url, folder: bench.folder(), port: await aFreePort() })
  await shop.start()

  const offers: Offer[] = []
  const count = bench.short ? 20 : 400
  while (offers.length < count)
    offers.push(...(await Promise.all(Array.from({ length: ORDERS_AT_ONCE }, () => mustOrder(shop.port)))))
  bench.say(`${offers.length} orders, of which every other one is paid; nobody looks at them`)
  const approvedAt = new Map<string, number>()
  for (const { id } of offers.filter((_offer, index) => index % 2 === 0)) {
    await sandbox.approve(id)
    approvedAt.set(id, performance.now())
  }

  const waits = await waitUntilPaid(approvedAt, () => readBooks(shop.databaseFile).paid)
  const longest = Math.max(...waits)
  bench.check(waits.length === approvedAt.size, `${approvedAt.size - waits.length} were not paid in time`)
  bench.check(longest < DEADLINE_MS, `one was paid only after ${longest} ms`)
  const books = readBooks(shop.databaseFile)
  bench.check(books.paid.size === approvedAt.size, 'something is paid that nobody has approved')
  bench.check(books.paidByWebhook.size === 0, 'a webhook was delivered; this measured nothing')
  return {
    'open orders': offers.length,
    'of these paid': approvedAt.size,
    'median wait (s)': Math.round(quantile(waits, 0.5) / 1_000),
    'longest wait (s)': Math.round(longest / 1_000),
  }
}

/** How long each had to wait, in milliseconds, of those that were paid before the deadline. */
async function waitUntilPaid(approvedAt: Map<string, number>, paid: () => Set<string>): Promise<number[]> {
  const waits = new Map<string, number>()
  const giveUpAt = performance.now() + DEADLINE_MS
  while (waits.size < approvedAt.size && performance.now() < giveUpAt) {
    const found = paid()
    for (const [intent, at] of approvedAt)
      if (found.has(intent) && !waits.has(intent)) waits.set(intent, performance.now() - at)
    await delay(200)
  }
  return [...waits.values()]
}
