import { setTimeout as delay } from 'node:timers/promises'
import { aFreePort } from '../../scripts/support/free-port.js'
import type { Bench, Facts, Fault } from './fault.ts'
import { checkKnown, checkPaidOnce } from './support/books.ts'
import { aSandbox, aShop } from './support/processes.ts'
import { atOnce, deliver, type Offer, order, seedOrders, tokenFor } from './support/traffic.ts'

const DELIVERIES_AT_ONCE = 50
const BUYERS_AT_ONCE = 4
const NO_ANSWER = 0
const REPEATED = 0.1 // of the deliveries: some that were acknowledged before

export const killed: Fault = {
  name: 'killed',
  survives: 'SIGKILL at random moments under 50 deliveries at once: what was answered 200 is paid, once',
  run,
}

async function run(bench: Bench): Promise<Facts> {
  const wanted = bench.short ? { rounds: 3, acknowledged: 200 } : { rounds: 20, acknowledged: 10_000 }
  const sandbox = await aSandbox(bench)
  const shop = aShop(bench, { sequencer: sandbox.url, folder: bench.folder(), port: await aFreePort() })
  const unpaid: Offer[] = await seedOrders(shop.databaseFile, wanted.acknowledged * 5)
  const acknowledged: Offer[] = []
  let duplicates = 0
  let rounds = 0
  let isDead = false

  async function deliverOne(): Promise<void> {
    const repeated = bench.random.fraction() < REPEATED ? bench.random.pick(acknowledged) : undefined
    const offer = repeated ?? unpaid.shift()
    if (!offer) return delay(5) // until somebody orders
    const status = await statusOf(offer)
    if (repeated) duplicates += status === 200 ? 1 : 0
    else if (status === 200) acknowledged.push(offer)
    else unpaid.push(offer)
    bench.check(status === 200 || status === NO_ANSWER, `a delivery was answered ${status}`)
  }

  async function statusOf(offer: Offer): Promise<number> {
    try {
      return (await deliver(shop.port, tokenFor(offer, sandbox))).status
    } catch {
      return NO_ANSWER // killed, or a connection was reused that had just been closed: it is delivered again
    }
  }

  async function orderOne(): Promise<void> {
    const { offer } = await order(shop.port).catch(() => ({ offer: undefined }))
    if (offer) unpaid.push(offer)
  }

  /** So that each kill meets a shop at work, however slow the machine. */
  async function until(number: number): Promise<void> {
    while (acknowledged.length < number) await delay(1)
  }

  const most = Math.ceil((wanted.acknowledged / wanted.rounds) * 2.2)
  while (rounds < wanted.rounds || acknowledged.length < wanted.acknowledged) {
    await shop.start()
    checkPaidOnce(bench, shop.databaseFile, intentsOf(acknowledged))
    isDead = false
    const isOver = () => isDead
    const traffic = [atOnce(DELIVERIES_AT_ONCE, isOver, deliverOne), atOnce(BUYERS_AT_ONCE, isOver, orderOne)]
    await until(acknowledged.length + bench.random.between(1, most))
    await delay(bench.random.between(0, 20))
    isDead = true
    await Promise.all([shop.kill('SIGKILL'), ...traffic])
    rounds++
    bench.say(`round ${rounds}: ${acknowledged.length} acknowledged`)
  }
  await shop.start()
  const lost = checkPaidOnce(bench, shop.databaseFile, intentsOf(acknowledged))
  const intents = checkKnown(bench, shop.databaseFile, sandbox.databaseFile)
  return {
    kills: rounds,
    acknowledged: acknowledged.length,
    duplicates,
    lost,
    'intents at the sequencer': intents,
  }
}

const intentsOf = (offers: readonly Offer[]) => offers.map(({ id }) => id)
