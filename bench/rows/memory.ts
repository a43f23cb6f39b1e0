import { setTimeout as delay } from 'node:timers/promises'
import { freshDatabase } from '../databases.ts'
import { sequencerKey } from '../orders.ts'
import { startShop } from '../processes.ts'
import { inTurn, type Measure, spread } from '../rounds.ts'
import type { Settings } from './settings.ts'

export const REST_MS = 3_000

/** Measures the memory of a shop that has nothing to do. Its sequencer is elsewhere. */
export async function memory({ short, rounds, progress }: Settings): Promise<Measure[]> {
  const url = freshDatabase('memory')
  const { shop } = await inTurn(rounds, progress, {
    shop: async () => {
      const running = await startShop(url, sequencerKey.publicKey)
      await delay(short ? 500 : REST_MS)
      const megabytes = running.memoryMb()
      await running.stop()
      return megabytes
    },
  })
  return [
    {
      measure: 'memory at rest',
      compared: `resident, ${REST_MS / 1_000} s after the start, in MB of 1,000,000 bytes; no embedded sandbox`,
      unit: 'MB',
      ...spread(shop),
      must: ['≤', 110],
      figures: {},
    },
  ]
}
