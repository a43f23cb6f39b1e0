import { aFreePort } from '../../scripts/support/free-port.js'
import type { Bench, Facts, Fault } from './fault.ts'
import { checkPaidOnce } from './support/books.ts'
import { aSandbox, aShop } from './support/processes.ts'
import { send } from './support/send.ts'
import { atOnce, deliver, type Offer, seedOrders, tokenFor } from './support/traffic.ts'

const MEASURES = 20
const WARM_UP = 0.25 // of the requests: caches fill, code is compiled
const HEAP_MAY_GROW = 20 // bytes for each request: a leak of a single small object is more
const RESIDENT_MAY_GROW = 60 // the same; the memory of a process also grows by what its allocator does not give back

export const soak: Fault = {
  name: 'soak',
  survives: '200,000 webhooks and 200,000 page views: memory stays flat',
  run,
}

interface Sample {
  requests: number
  heap: number
  resident: number
}

async function run(bench: Bench): Promise<Facts> {
  const each = bench.short ? 3_000 : 200_000
  const sandbox = await aSandbox(bench)
  const shop = aShop(bench, {
    sequencer: sandbox.url,
    folder: bench.folder(),
    port: await aFreePort(),
    env: { NODE_ENV: 'production', CODE_MODE: 'sandbox' },
    flags: ['--expose-gc'],
  })
  bench.say(`${each} orders are written`)
  const unpaid = await seedOrders(shop.databaseFile, each)
  await shop.start()
  const samples: Sample[] = []
  const acknowledged: string[] = []
  const began = performance.now()
  for (let measure = 1; measure <= MEASURES; measure++) {
    await load(unpaid.splice(0, each / MEASURES))
    const { heapUsed, external, rss } = await shop.measure()
    samples.push({ requests: (2 * each * measure) / MEASURES, heap: heapUsed + external, resident: rss })
    bench.say(
      `${samples.at(-1)?.requests} requests: heap ${megabytes(heapUsed + external)}, resident ${megabytes(rss)}`,
    )
  }
  const seconds = (performance.now() - began) / 1_000
  checkPaidOnce(bench, shop.databaseFile, acknowledged)

  const steady = samples.slice(Math.ceil(MEASURES * WARM_UP))
  const heapSlope = slope(steady, ({ heap }) => heap)
  const residentSlope = slope(steady, ({ resident }) => resident)
  // The quick form is too short to tell a slope from noise: there only a large leak shows.
  const allowance = bench.short ? 100 : 1
  bench.check(heapSlope <= HEAP_MAY_GROW * allowance, `the heap grows by ${heapSlope} bytes a request`)
  bench.check(
    residentSlope <= RESIDENT_MAY_GROW * allowance,
    `the memory grows by ${residentSlope} bytes a request`,
  )
  return {
    webhooks: acknowledged.length,
    pages: each,
    'requests a second': Math.round((2 * each) / seconds),
    'heap slope (bytes a request)': heapSlope,
    'resident slope (bytes a request)': residentSlope,
    'heap at the end': megabytes(samples.at(-1)?.heap ?? 0),
    'resident at the end': megabytes(samples.at(-1)?.resident ?? 0),
  }

  /** So many webhooks, and as many pages. */
  async function load(offers: Offer[]): Promise<void> {
    let pages = offers.length
    await Promise.all([
      atOnce(25, () => offers.length === 0, deliverNext),
      atOnce(25, () => pages-- <= 0, viewPage),
    ])

    async function deliverNext(): Promise<void> {
      const offer = offers.pop() as Offer
      const { status } = await deliver(shop.port, tokenFor(offer, sandbox))
      bench.check(status === 200, `a webhook was answered ${status}`)
      acknowledged.push(offer.id)
    }

    async function viewPage(): Promise<void> {
      const path = bench.random.pick(['/', '/products/article', '/products/other', '/purchases'])
      const { status } = await send(shop.port, 'GET', path)
      bench.check(status === 200, `${path} was answered ${status}`)
    }
  }
}

const megabytes = (bytes: number) => `${Math.round(bytes / 1e5) / 10} MB`

/** Of the straight line through the samples (least squares): bytes for each request, rounded to tenths. */
function slope(samples: readonly Sample[], of: (sample: Sample) => number): number {
  const mean = (value: (sample: Sample) => number) =>
    samples.reduce((sum, sample) => sum + value(sample), 0) / samples.length
  const [meanRequests, meanOf] = [mean(({ requests }) => requests), mean(of)]
  const rise = mean((sample) => (sample.requests - meanRequests) * (of(sample) - meanOf))
  const run = mean(({ requests }) => (requests - meanRequests) ** 2)
  return Math.round((rise / run) * 10) / 10
}
