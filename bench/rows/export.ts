import { get, type IncomingMessage } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import { filledDatabase } from '../databases.ts'
import { addOpenOrders, pageFor, sequencerKey, webhookFor } from '../orders.ts'
import { type Running, startShop, together } from '../processes.ts'
import { inTurn, type Measure, ratio, spread, typical } from '../rounds.ts'
import { deliver } from './deliver.ts'
import type { Settings } from './settings.ts'

const ORDERS = 1_000_000
const ORDERS_IN_SHORT = 20_000
const BUYERS = 500
const SAMPLE_MS = 50
const IDLE_CHECK_MS = 2_000
const IDLE_SHARE = 0.03
const EXPORT_TOKEN = 'the-token-of-programs-that-read-exports'

/** Measures what an export of very many orders costs the shop while it serves pages. */
export async function exporting({ short, rounds, progress }: Settings): Promise<Measure[]> {
  const orders = short ? ORDERS_IN_SHORT : ORDERS
  const url = await filledDatabase(orders, progress)
  return together(
    { shop: () => startShop(url, sequencerKey.publicKey, { EXPORT_TOKEN }) },
    async ({ shop }) => {
      progress('one export, of a shop that has done nothing else')
      await untilIdle(shop)
      const whole = [await exportAll(shop)]
      const buyers = await addOpenOrders(url, BUYERS)
      await deliver(shop, buyers.map(webhookFor))
      const pages = Array.from({ length: short ? 1 : 8 }, () => buyers.map(pageFor)).flat()
      const looks = await inTurn(rounds, progress, {
        alone: () => deliver(shop, pages),
        beside: () => besideAnExport(shop, () => deliver(shop, pages)),
      })
      return [reportPages(orders, looks), reportMemory(orders, whole)]
    },
  )
}

/** Waits until the shop has done what it does after a start, such as summing up what was paid before. */
async function untilIdle(shop: Running): Promise<void> {
  let used: number
  do {
    const before = shop.cpuMs()
    await delay(IDLE_CHECK_MS)
    used = shop.cpuMs() - before
  } while (used > IDLE_CHECK_MS * IDLE_SHARE)
}

/** Does the work while an export is being sent, and then ends that. Throws if it ended before. */
async function besideAnExport<T>(shop: Running, work: () => Promise<T>): Promise<T> {
  const file = await requestExport(shop)
  file.resume()
  try {
    const result = await work()
    if (file.readableEnded) throw new Error('The export ended before the requests beside it')
    return result
  } finally {
    file.destroy()
  }
}

/** Receives a whole export as fast as it comes. Returns by how much the shop's memory grew meanwhile, at most, in MB. */
async function exportAll(shop: Running) {
  const before = shop.memoryMb()
  const cpuBefore = shop.cpuMs()
  const began = performance.now()
  let most = before
  const sampling = setInterval(() => {
    most = Math.max(most, shop.memoryMb())
  }, SAMPLE_MS)
  const file = await requestExport(shop)
  let bytes = 0
  for await (const chunk of file) bytes += (chunk as Buffer).length
  clearInterval(sampling)
  return {
    grownMb: most - before,
    before,
    seconds: (performance.now() - began) / 1_000,
    cpuMs: shop.cpuMs() - cpuBefore,
    bytes,
  }
}

function requestExport({ port }: Running): Promise<IncomingMessage> {
  const headers = { Authorization: `Bearer ${EXPORT_TOKEN}` }
  return new Promise((resolve, reject) => {
    get({ port, host: '127.0.0.1', path: '/desk/orders.csv', headers }, (res) => {
      if (res.statusCode === 200) resolve(res)
      else reject(new Error(`The export was answered with ${res.statusCode}`))
    }).on('error', reject)
  })
}

function reportPages(
  orders: number,
  { alone, beside }: Record<'alone' | 'beside', Awaited<ReturnType<typeof deliver>>[]>,
): Measure {
  return {
    measure: 'gated page beside an export',
    compared: `requests per second while ${orders.toLocaleString('en')} orders are exported / the same without an export; 50 at a time`,
    unit: '×',
    ...ratio(beside, alone, 'perSecond'),
    must: ['≥', 0.8],
    figures: {
      'beside an export, per second': typical(beside, 'perSecond'),
      'without, per second': typical(alone, 'perSecond'),
      'beside an export, 99th percentile of latency in ms': typical(beside, 'p99'),
      'without, 99th percentile of latency in ms': typical(alone, 'p99'),
    },
  }
}

function reportMemory(orders: number, whole: Awaited<ReturnType<typeof exportAll>>[]): Measure {
  return {
    measure: 'memory of an export',
    compared: `the most resident memory while ${orders.toLocaleString('en')} orders are exported, minus what it was before`,
    unit: 'MB',
    ...spread(whole.map(({ grownMb }) => grownMb)),
    must: ['≤', 30],
    figures: {
      'before, MB': typical(whole, 'before'),
      'seconds for the export': typical(whole, 'seconds'),
      'processor ms for the export': typical(whole, 'cpuMs'),
      'bytes of the file': typical(whole, 'bytes'),
    },
  }
}
