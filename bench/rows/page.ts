import { freshDatabase } from '../databases.ts'
import { DESTINATION } from '../order-tables.ts'
import { addOpenOrders, pageFor, sequencerKey, webhookFor } from '../orders.ts'
import { startBaseline, startShop, together } from '../processes.ts'
import { inTurn, type Measure, ratio, typical } from '../rounds.ts'
import { deliver } from './deliver.ts'
import type { Settings } from './settings.ts'

const BUYERS = 500

/** Measures what the gate costs, along with everything before it. */
export async function page({ short, rounds, progress }: Settings): Promise<Measure[]> {
  const url = freshDatabase('page')
  const servers = {
    shop: () => startShop(url, sequencerKey.publicKey),
    bare: () => startBaseline('page.ts', { DESTINATION }),
  }
  return together(servers, async ({ shop, bare }) => {
    const orders = await addOpenOrders(url, BUYERS)
    await deliver(shop, orders.map(webhookFor))
    const requests = Array.from({ length: short ? 1 : 10 }, () => orders.map(pageFor)).flat()
    const results = await inTurn(rounds, progress, {
      shop: () => deliver(shop, requests),
      bare: () => deliver(bare, requests),
    })
    return [report(results)]
  })
}

function report({ shop, bare }: Record<'shop' | 'bare', Awaited<ReturnType<typeof deliver>>[]>): Measure {
  return {
    measure: 'gated page',
    compared: `the page for ${BUYERS} buyers who have bought it / the same template on Express alone, for everyone; 50 at a time`,
    unit: '×',
    ...ratio(shop, bare, 'perSecond'),
    must: ['≥', 0.9],
    figures: {
      'shop, per second': typical(shop, 'perSecond'),
      'without a gate, per second': typical(bare, 'perSecond'),
      'shop, processor ms per request': typical(shop, 'cpuMs'),
      'without a gate, processor ms per request': typical(bare, 'cpuMs'),
    },
  }
}
