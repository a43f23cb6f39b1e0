import { filledDatabase, freshDatabase } from '../databases.ts'
import { sequencerKey } from '../orders.ts'
import { startShop } from '../processes.ts'
import { inTurn, type Measure, spread, typical } from '../rounds.ts'
import type { Settings } from './settings.ts'

/** Measures the time from the start of the process to the first 200 of `/readyz`. */
export async function start({ short, rounds, progress }: Settings): Promise<Measure[]> {
  const orders = short ? 10_000 : 1_000_000
  const many = await filledDatabase(orders, progress)
  const empty = freshDatabase('empty')
  const results = await inTurn(rounds, progress, { many: () => ready(many), empty: () => ready(empty) })
  return [
    {
      measure: `start to ready with ${orders.toLocaleString('en')} orders`,
      compared: 'milliseconds more than on an empty database',
      unit: 'ms',
      ...spread(results.many.map(({ ms }, round) => ms - (results.empty[round]?.ms ?? 0))),
      must: ['≤', 150],
      figures: { 'with many, ms': typical(results.many, 'ms'), 'empty, ms': typical(results.empty, 'ms') },
    },
  ]
}

async function ready(url: string): Promise<{ ms: number }> {
  const shop = await startShop(url, sequencerKey.publicKey)
  await shop.stop()
  return { ms: shop.readyMs }
}
