import { freshDatabase } from '../databases.ts'
import { addOpenOrders, callFor, letCall, pageFor, sequencerKey, webhookFor } from '../orders.ts'
import { startShop, together } from '../processes.ts'
import { inTurn, type Measure, ratio, typical } from '../rounds.ts'
import { deliver } from './deliver.ts'
import type { Settings } from './settings.ts'

const BUYERS = 500

/** Measures what a call of the API costs that is counted durably, beside a page that only reads. */
export async function api({ short, rounds, progress }: Settings): Promise<Measure[]> {
  const url = freshDatabase('api')
  return together({ shop: () => startShop(url, sequencerKey.publicKey) }, async ({ shop }) => {
    const orders = await addOpenOrders(url, BUYERS)
    await deliver(shop, orders.map(webhookFor))
    letCall(url, orders)
    const times = Array.from({ length: short ? 1 : 10 })
    const [calls, pages] = [callFor, pageFor].map((make) => times.flatMap(() => orders.map(make)))
    const results = await inTurn(rounds, progress, {
      calls: () => deliver(shop, calls ?? []),
      pages: () => deliver(shop, pages ?? []),
    })
    return [report(results)]
  })
}

function report({ calls, pages }: Record<'calls' | 'pages', Awaited<ReturnType<typeof deliver>>[]>): Measure {
  return {
    measure: 'metered call',
    compared: `a call of the API, counted durably, with a key of each of ${BUYERS} buyers / their gated page; 50 at a time`,
    unit: '×',
    ...ratio(calls, pages, 'perSecond'),
    must: ['≥', 0.8],
    figures: {
      'calls, per second': typical(calls, 'perSecond'),
      'pages, per second': typical(pages, 'perSecond'),
      'processor ms per call': typical(calls, 'cpuMs'),
      'processor ms per page': typical(pages, 'cpuMs'),
    },
  }
}
