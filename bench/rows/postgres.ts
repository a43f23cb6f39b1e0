import { createPublicKey } from 'node:crypto'
import { addOpenOrders, sequencerKey, webhookFor } from '../orders.ts'
import { addBareOrders, onPostgres, startBarePool } from '../postgres.ts'
import { startShop, together } from '../processes.ts'
import { inTurn, type Measure, ratio, sharedBy, typical } from '../rounds.ts'
import { deliver } from './deliver.ts'
import type { Settings } from './settings.ts'

type Results = Record<'shop' | 'bare', Awaited<ReturnType<typeof deliver>>[]>

/** Measures durable ingest on PostgreSQL, each delivery paying an order of its own. */
export async function postgres({ short, rounds, progress }: Settings): Promise<Measure[]> {
  const count = short ? 100 : 6_000
  const jwk = createPublicKey(sequencerKey.privateKey).export({ format: 'jwk' })
  const results = await onPostgres(['shop', 'bare'], progress, (urls) => {
    const servers = {
      shop: () => startShop(urls.shop, sequencerKey.publicKey),
      bare: () => startBarePool(urls.bare, jwk),
    }
    const orders = sharedBy(2, () => addOpenOrders(urls.shop, count))
    return together(servers, (running) =>
      inTurn(rounds, progress, {
        shop: async () => deliver(running.shop, (await orders()).map(webhookFor)),
        bare: async () => {
          const added = await orders()
          await addBareOrders(
            urls.bare,
            added.map(({ id }) => id),
          )
          return deliver(running.bare, added.map(webhookFor))
        },
      }),
    )
  })
  return results ? [report(results)] : []
}

function report({ shop, bare }: Results): Measure {
  return {
    measure: 'webhooks per second on PostgreSQL',
    compared:
      'paid and durable / a plain pool of pg that runs a transaction with an INSERT and an UPDATE for each; 50 at a time',
    unit: '×',
    ...ratio(shop, bare, 'perSecond'),
    must: ['≥', 1],
    figures: {
      'shop, per second': typical(shop, 'perSecond'),
      'pool, per second': typical(bare, 'perSecond'),
      'shop, processor ms per request': typical(shop, 'cpuMs'),
      'pool, processor ms per request': typical(bare, 'cpuMs'),
    },
  }
}
