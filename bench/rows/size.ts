import { filledDatabase, freshDatabase } from '../databases.ts'
import { addOpenOrders, pageFor, sequencerKey, webhookFor } from '../orders.ts'
import { type Running, startShop, together } from '../processes.ts'
import { inTurn, type Measure, ratio, typical } from '../rounds.ts'
import { deliver } from './deliver.ts'
import type { Settings } from './settings.ts'

const FEW = 1_000
const MANY = 10_000_000
const MANY_IN_SHORT = 10_000
const BUYERS = 500

/** Compares the shop with very many orders to the same shop with few. */
export async function size({ short, rounds, progress }: Settings): Promise<Measure[]> {
  const orders = short ? MANY_IN_SHORT : MANY
  const many = await filledDatabase(orders, progress)
  const few = freshDatabase('few')
  const servers = {
    few: () => startShop(few, sequencerKey.publicKey),
    many: () => startShop(many, sequencerKey.publicKey),
  }
  return together(servers, async (shops) => {
    await addOpenOrders(few, FEW)
    const looks = await inTurn(rounds, progress, await looking(shops.few, few, shops.many, many, short))
    const payments = await inTurn(rounds, progress, {
      few: () => pay(shops.few, few, short),
      many: () => pay(shops.many, many, short),
    })
    return [
      report(`gated page with ${orders.toLocaleString('en')} orders`, looks, 0.9),
      report(`webhook with ${orders.toLocaleString('en')} orders`, payments, 0.7),
    ]
  })
}

async function looking(few: Running, fewUrl: string, many: Running, manyUrl: string, short: boolean) {
  const fewPages = await payAndLook(few, fewUrl, short)
  const manyPages = await payAndLook(many, manyUrl, short)
  return { few: () => deliver(few, fewPages), many: () => deliver(many, manyPages) }
}

/** Adds buyers who have paid. Returns their requests for the page. */
async function payAndLook(shop: Running, url: string, short: boolean): Promise<Buffer[]> {
  const orders = await addOpenOrders(url, BUYERS)
  await deliver(shop, orders.map(webhookFor))
  return Array.from({ length: short ? 1 : 8 }, () => orders.map(pageFor)).flat()
}

async function pay(shop: Running, url: string, short: boolean) {
  return deliver(shop, (await addOpenOrders(url, short ? 200 : 4_000)).map(webhookFor))
}

type Results = Record<'few' | 'many', Awaited<ReturnType<typeof deliver>>[]>

function report(what: string, { few, many }: Results, must: number): Measure {
  return {
    measure: what,
    compared: `requests per second / the same with ${FEW.toLocaleString('en')} orders; 50 at a time`,
    unit: '×',
    ...ratio(many, few, 'perSecond'),
    must: ['≥', must],
    figures: {
      'with many, per second': typical(many, 'perSecond'),
      'with few, per second': typical(few, 'perSecond'),
      'with many, processor ms per request': typical(many, 'cpuMs'),
      'with few, processor ms per request': typical(few, 'cpuMs'),
    },
  }
}
