import { createPublicKey } from 'node:crypto'
import { freshDatabase } from '../databases.ts'
import { addOpenOrders, sequencerKey, webhookFor } from '../orders.ts'
import { startBaseline, startShop, together } from '../processes.ts'
import { inTurn, type Measure, ratio, sharedBy, typical } from '../rounds.ts'
import { deliver } from './deliver.ts'
import type { Settings } from './settings.ts'

/** Measures durable ingest. Each delivery pays an order of its own. */
export async function webhook({ short, rounds, progress }: Settings): Promise<Measure[]> {
  const url = freshDatabase('webhook')
  const env = {
    PUBLIC_JWK: JSON.stringify(createPublicKey(sequencerKey.privateKey).export({ format: 'jwk' })),
  }
  const stored = { ...env, STORE: freshDatabase('storing').replace('sqlite:', '') }
  const servers = {
    shop: () => startShop(url, sequencerKey.publicKey),
    bare: () => startBaseline('webhook.ts', env),
    storing: () => startBaseline('webhook.ts', stored),
  }
  return together(servers, async ({ shop, bare, storing }) => {
    const requests = sharedBy(3, async () => (await addOpenOrders(url, short ? 200 : 6_000)).map(webhookFor))
    const results = await inTurn(rounds, progress, {
      shop: async () => deliver(shop, await requests()),
      bare: async () => deliver(bare, await requests()),
      storing: async () => deliver(storing, await requests()),
    })
    return report(results)
  })
}

type Results = Record<'shop' | 'bare' | 'storing', Awaited<ReturnType<typeof deliver>>[]>

function report({ shop, bare, storing }: Results): Measure[] {
  return [
    {
      measure: 'webhooks per second, against not storing',
      compared: 'paid and durable / Express and jose, storing nothing; 50 at a time',
      unit: '×',
      ...ratio(shop, bare, 'perSecond'),
      must: ['≥', 1],
      aim: ['≥', 1.25],
      figures: {
        'shop, per second': typical(shop, 'perSecond'),
        'bare, per second': typical(bare, 'perSecond'),
        'shop, processor ms per request': typical(shop, 'cpuMs'),
        'bare, processor ms per request': typical(bare, 'cpuMs'),
      },
    },
    {
      measure: 'webhook latency, 99th percentile',
      compared: 'the same deliveries',
      unit: '×',
      ...ratio(shop, bare, 'p99'),
      must: ['≤', 1.5],
      figures: { 'shop, ms': typical(shop, 'p99'), 'bare, ms': typical(bare, 'p99') },
    },
    {
      measure: 'webhooks per second, against storing one by one',
      compared: 'paid and durable / Express, jose and a commit with synchronous=FULL for each; 50 at a time',
      unit: '×',
      ...ratio(shop, storing, 'perSecond'),
      must: ['≥', 1.6],
      aim: ['≥', 2],
      figures: {
        'shop, per second': typical(shop, 'perSecond'),
        'storing, per second': typical(storing, 'perSecond'),
        'storing, processor ms per request': typical(storing, 'cpuMs'),
      },
    },
  ]
}
