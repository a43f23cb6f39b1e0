import { freshDatabase } from '../databases.ts'
import { httpRequest, load } from '../load.ts'
import { DESTINATION, PRODUCT } from '../order-tables.ts'
import { type Running, startBaseline, startShop, together } from '../processes.ts'
import { inTurn, type Measure, ratio, typical } from '../rounds.ts'
import { onSandbox } from '../sandbox.ts'
import type { Settings } from './settings.ts'

const AT_ONCE = 20
const ORDER = httpRequest(
  'POST',
  '/create-intent',
  { 'Content-Type': 'application/json' },
  JSON.stringify({ product: PRODUCT }),
)

/** Each request comes from a new buyer, so it creates a buyer, a session, an order, an intent, a webhook and a redemption code. */
export function createIntent(settings: Settings): Promise<Measure[]> {
  return onSandbox((sandbox) => compare(sandbox, settings))
}

async function compare(sandbox: Running, { short, rounds, progress }: Settings): Promise<Measure[]> {
  const base = `http://127.0.0.1:${sandbox.port}`
  const { publicKey } = (await (await fetch(`${base}/key`)).json()) as { publicKey: string }
  const env = { ENDPOINT: `${base}/v1`, DESTINATION, WEBHOOK: 'http://127.0.0.1:2/webhook' }
  const servers = {
    shop: () => startShop(freshDatabase('create-intent'), publicKey, { CODE_ENDPOINT: `${base}/v1` }),
    sdk: () => startBaseline('sdk.ts', env),
  }
  const count = short ? 100 : 1_000
  return together(servers, async ({ shop, sdk }) => {
    const results = await inTurn(rounds, progress, {
      shop: () =>
        costOf(shop, count, async () => (await load(shop.port, Array(count).fill(ORDER), AT_ONCE)).perSecond),
      sdk: () => costOf(sdk, count, () => runSdk(sdk, count)),
    })
    return [report(results)]
  })
}

async function runSdk({ port }: Running, count: number): Promise<number> {
  const answer = await fetch(`http://127.0.0.1:${port}/run?count=${count}&atOnce=${AT_ONCE}`)
  return Number(await answer.text())
}

async function costOf(server: Running, count: number, work: () => Promise<number>) {
  const before = server.cpuMs()
  const perSecond = await work()
  return { perSecond, cpuMs: (server.cpuMs() - before) / count }
}

function report({ shop, sdk }: Record<'shop' | 'sdk', Awaited<ReturnType<typeof costOf>>[]>): Measure {
  return {
    measure: 'create-intent',
    compared: `stored, created and registered through HTTP / create and register of the SDK alone, with the same sandbox; ${AT_ONCE} at a time`,
    unit: '×',
    ...ratio(shop, sdk, 'perSecond'),
    must: ['≥', 0.85],
    aim: ['≥', 0.95],
    figures: {
      'shop, per second': typical(shop, 'perSecond'),
      'SDK, per second': typical(sdk, 'perSecond'),
      'shop, processor ms per request': typical(shop, 'cpuMs'),
      'SDK, processor ms per request': typical(sdk, 'cpuMs'),
    },
  }
}
