import { setTimeout as delay } from 'node:timers/promises'
import type { Bench, Facts } from '../fault.ts'
import { checkPaidOnce } from './books.ts'
import type { SandboxProcess, ShopProcess } from './processes.ts'
import { send } from './send.ts'
import { deliver, mustOrder, type Offer, order, tokenFor } from './traffic.ts'

const DEADLINE_MS = 15_000
const ORDERS = 40

interface Outage {
  /** Takes the storage away, and brings it back */
  begin(): unknown
  end(): unknown
  /** What /readyz and the log must say */
  reason: RegExp
}

/** Takes a running shop's storage away and brings it back: 503 with the reason meanwhile, no restart afterwards. */
export async function throughOutage(
  bench: Bench,
  shop: ShopProcess,
  sandbox: SandboxProcess,
  { begin, end, reason }: Outage,
): Promise<Facts> {
  const unpaid: Offer[] = await Promise.all(Array.from({ length: ORDERS }, () => mustOrder(shop.port)))
  const acknowledged: string[] = []

  async function deliverNext(): Promise<number> {
    const offer = unpaid.shift()
    if (!offer) throw new Error('there are no unpaid orders left; the storage did not fail')
    const { status } = await deliver(shop.port, tokenFor(offer, sandbox))
    if (status === 200) acknowledged.push(offer.id)
    else unpaid.push(offer)
    return status
  }

  bench.check((await deliverNext()) === 200, 'the shop did not work before')
  const logged = shop.output().length
  await begin()
  while ((await deliverNext()) === 200) await delay(1)
  const statuses = await Promise.all(Array.from({ length: 10 }, deliverNext))
  bench.check(
    statuses.every((status) => status === 503),
    `webhooks were answered ${[...new Set(statuses)]}`,
  )
  await delay(1_100) // the answer of /readyz is kept for a second
  const ready = await send(shop.port, 'GET', '/readyz')
  bench.check(ready.status === 503, `/readyz was answered ${ready.status}`)
  bench.check(reason.test(ready.text), `/readyz does not say why: ${ready.text}`)
  const log = shop.output().slice(logged)
  bench.check(reason.test(log), `no line of the log says why: ${log.slice(0, 500)}`)
  const { answer } = await order(shop.port)
  bench.check(answer.status === 503, `an order was answered ${answer.status}`)
  for (const path of ['/healthz', '/', '/products/article']) {
    const { status } = await send(shop.port, 'GET', path)
    bench.check(status === 200, `${path} was answered ${status}`)
  }

  await end()
  const endedAt = performance.now()
  while ((await deliverNext()) !== 200 && performance.now() - endedAt < DEADLINE_MS) await delay(20)
  const recoveredAfter = performance.now() - endedAt
  if (recoveredAfter >= DEADLINE_MS) throw new Error('it did not recover without a restart')
  await delay(1_100)
  bench.check((await send(shop.port, 'GET', '/readyz')).status === 200, '/readyz did not recover')
  for (let rest = unpaid.length; rest > 0; rest--)
    bench.check((await deliverNext()) === 200, 'a webhook was refused after the recovery')
  checkPaidOnce(bench, shop.databaseFile, acknowledged)
  return {
    '/readyz said': JSON.parse(ready.text).detail,
    'recovered after (ms)': Math.round(recoveredAfter),
    acknowledged: acknowledged.length,
  }
}
