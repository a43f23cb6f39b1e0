import { aFreePort } from '../../scripts/support/free-port.js'
import type { Bench, Facts, Fault } from './fault.ts'
import { checkPaidOnce } from './support/books.ts'
import { aSandbox, aShop } from './support/processes.ts'
import { quantile } from './support/send.ts'
import { deliver, mustOrder, tokenFor } from './support/traffic.ts'

const AT_ONCE = 100

export const webhookStorm: Fault = {
  name: 'webhook-storm',
  survives: 'the same event 100 times at once: one payment, and all are answered 200',
  run,
}

async function run(bench: Bench): Promise<Facts> {
  const sandbox = await aSandbox(bench)
  const shop = aShop(bench, { sequencer: sandbox.url, folder: bench.folder(), port: await aFreePort() })
  await shop.start()
  const storms = bench.short ? 2 : 20
  const intents: string[] = []
  const times: number[] = []
  for (let storm = 0; storm < storms; storm++) {
    const offer = await mustOrder(shop.port)
    const token = tokenFor(offer, sandbox)
    const deliveries = Array.from({ length: AT_ONCE }, () => deliver(shop.port, token, true))
    const answers = await Promise.all(deliveries)
    const refused = answers.filter(({ status }) => status !== 200)
    bench.check(refused.length === 0, `${refused.length} were answered otherwise, like ${refused[0]?.status}`)
    times.push(...answers.map((answer) => answer.ms))
    intents.push(offer.id)
    checkPaidOnce(bench, shop.databaseFile, intents)
  }
  return {
    storms,
    deliveries: times.length,
    payments: intents.length,
    'slowest (ms)': Math.round(quantile(times, 1)),
  }
}
