import { startPostgres } from '../../scripts/support/postgres-server.js'
import { addOpenOrders, sequencerKey, webhookFor } from '../orders.ts'
import { type Running, startShop, together } from '../processes.ts'
import { inTurn, type Measure, ratio, typical } from '../rounds.ts'
import { deliver } from './deliver.ts'
import type { Settings } from './settings.ts'

const AT_ONCE = 50 // the same as with SQLite

/** On two cores, two instances can't raise the throughput. What can be measured is that they don't hinder each other. */
export async function instances(settings: Settings): Promise<Measure[]> {
  const server = await startPostgres()
  if (!server) {
    settings.progress('SKIPPED: this machine has no PostgreSQL')
    return []
  }
  try {
    return await compare(server.url, settings)
  } finally {
    await server.remove()
  }
}

async function compare(url: string, { short, rounds, progress }: Settings): Promise<Measure[]> {
  const start = () => startShop(url, sequencerKey.publicKey)
  const first = await start() // before the second one, because it creates the tables
  return together({ first: async () => first, second: start }, async ({ first, second }) => {
    const count = short ? 100 : 6_000
    const alone = alternate([first, second]) // keeps both equally warm
    const results = await inTurn(rounds, progress, {
      two: async () => onBoth(first, second, (await addOpenOrders(url, count)).map(webhookFor)),
      one: async () => deliver(alone(), (await addOpenOrders(url, count)).map(webhookFor), AT_ONCE),
    })
    return [report(results)]
  })
}

function alternate<T>(values: readonly T[]): () => T {
  let calls = 0
  return () => values[calls++ % values.length] as T
}

async function onBoth(first: Running, second: Running, requests: Buffer[]) {
  const half = requests.length / 2
  const [one, other] = await Promise.all([
    deliver(first, requests.slice(0, half), AT_ONCE / 2),
    deliver(second, requests.slice(half), AT_ONCE / 2),
  ])
  return {
    perSecond: one.perSecond + other.perSecond,
    cpuMs: (one.cpuMs + other.cpuMs) / 2,
  }
}

type Results = Record<'one' | 'two', { perSecond: number; cpuMs: number }[]>

function report({ one, two }: Results): Measure {
  return {
    measure: 'processor time of a webhook with two instances',
    compared:
      'on one PostgreSQL, half of the webhooks to each / all to one of them; the processor time of the shops only',
    unit: '×',
    ...ratio(two, one, 'cpuMs'),
    must: ['≤', 1.15],
    figures: {
      'two, processor ms per request': typical(two, 'cpuMs'),
      'one, processor ms per request': typical(one, 'cpuMs'),
      'two, per second': typical(two, 'perSecond'),
      'one, per second': typical(one, 'perSecond'),
    },
  }
}
