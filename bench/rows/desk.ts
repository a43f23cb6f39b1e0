import { setTimeout as delay } from 'node:timers/promises'
import { countSummedDays, daysSummedAt, filledDatabase } from '../databases.ts'
import { ADMIN_TOKEN, signInToDesk } from '../desk.ts'
import { httpRequest } from '../load.ts'
import { sequencerKey } from '../orders.ts'
import { type Running, startShop, together } from '../processes.ts'
import { inTurn, type Measure, ratio, typical } from '../rounds.ts'
import { deliver } from './deliver.ts'
import type { Settings } from './settings.ts'

const FEW = 1_000
const MANY = 10_000_000
const MANY_IN_SHORT = 100_000
const LOOKS = 50
const SUMMING_LIMIT_MS = 60_000

// The pages that must not become slower with the number of orders.
const PAGES: Record<string, string> = { overview: '/desk' }

type Looked = Awaited<ReturnType<typeof deliver>>

/** Compares the merchant's pages with very many orders to the same pages with few. */
export async function desk({ short, rounds, progress }: Settings): Promise<Measure[]> {
  const orders = short ? MANY_IN_SHORT : MANY
  const urls = {
    few: await filledDatabase(FEW, progress),
    many: await filledDatabase(orders, progress),
  }
  const servers = {
    few: () => startShop(urls.few, sequencerKey.publicKey, { ADMIN_TOKEN }),
    many: () => startShop(urls.many, sequencerKey.publicKey, { ADMIN_TOKEN }),
  }
  const days = daysSummedAt(Date.now())
  return together(servers, async ({ few, many }) => {
    const cookies = { few: await signInToDesk(few), many: await signInToDesk(many) }
    for (const url of Object.values(urls)) await untilSummedUp(url, days)
    const measures: Measure[] = []
    for (const [name, path] of Object.entries(PAGES)) {
      const looks = await inTurn(rounds, progress, {
        few: () => look(few, path, cookies.few),
        many: () => look(many, path, cookies.many),
      })
      measures.push(report(`${name} with ${orders.toLocaleString('en')} orders`, looks))
    }
    return measures
  })
}

async function untilSummedUp(url: string, days: number): Promise<void> {
  const limit = performance.now() + SUMMING_LIMIT_MS
  while (countSummedDays(url) < days) {
    if (performance.now() > limit) throw new Error('The shop did not sum up its days.')
    await delay(100)
  }
}

function look(shop: Running, path: string, cookie: string): Promise<Looked> {
  const request = httpRequest('GET', path, { Accept: 'text/html', Cookie: cookie })
  return deliver(shop, Array<Buffer>(LOOKS).fill(request), 1)
}

function report(what: string, { few, many }: Record<'few' | 'many', Looked[]>): Measure {
  const seconds = (looks: Looked[]) => looks.map(({ perSecond }) => ({ ms: 1_000 / perSecond }))
  return {
    measure: what,
    compared: `time of an answer / the same with ${FEW.toLocaleString('en')} orders; one at a time`,
    unit: '×',
    ...ratio(seconds(many), seconds(few), 'ms'),
    must: ['≤', 1.5],
    figures: {
      'with many, ms': typical(seconds(many), 'ms'),
      'with few, ms': typical(seconds(few), 'ms'),
      'with many, processor ms': typical(many, 'cpuMs'),
      'with few, processor ms': typical(few, 'cpuMs'),
    },
  }
}
