import { setTimeout as delay } from 'node:timers/promises'
import { aFreePort } from '../../scripts/support/free-port.js'
import type { Bench, Facts, Fault } from './fault.ts'
import { checkKnown, checkPaidOnce } from './support/books.ts'
import { aSandbox, aShop } from './support/processes.ts'
import { send } from './support/send.ts'
import { atOnce, deliver, order, seedOrders, tokenFor } from './support/traffic.ts'

const EXIT_WITHIN_MS = 10_000
const BEGUN_MS = 100 // what was sent so long before the signal had certainly reached the shop

export const sigterm: Fault = {
  name: 'sigterm',
  survives: 'SIGTERM under load: what has begun is finished, the exit code is 0 within 10 s, nothing is lost',
  run,
}

async function run(bench: Bench): Promise<Facts> {
  const sandbox = await aSandbox(bench)
  const shop = aShop(bench, { sequencer: sandbox.url, folder: bench.folder(), port: await aFreePort() })
  await sandbox.setFaults({ calls: 'slow' }) // so that each order takes four seconds, and the signal finds some under way
  const rounds = bench.short ? 1 : 5
  const unpaid = await seedOrders(shop.databaseFile, bench.short ? 3_000 : 30_000)
  const acknowledged: string[] = []
  const exits: number[] = []
  let finished = 0

  for (let round = 0; round < rounds; round++) {
    await shop.start()
    let stoppedAt = Number.POSITIVE_INFINITY
    const isOver = () => stoppedAt < Number.POSITIVE_INFINITY
    const work = (act: () => Promise<unknown>) => async () => {
      const sentAt = performance.now()
      try {
        await act()
        if (isOver()) finished++
      } catch (error) {
        const hadBegun = sentAt < stoppedAt - BEGUN_MS
        bench.check(!hadBegun, `a request that had begun was cut off: ${(error as Error).message}`)
        if (!isOver()) throw error
      }
    }
    const traffic = [
      atOnce(
        30,
        isOver,
        work(async () => {
          const offer = unpaid.shift()
          if (!offer) throw new Error('there are no unpaid orders left')
          const { status } = await deliver(shop.port, tokenFor(offer, sandbox))
          if (status === 200) acknowledged.push(offer.id)
        }),
      ),
      atOnce(
        4,
        isOver,
        work(() => order(shop.port)),
      ),
      atOnce(
        10,
        isOver,
        work(() => send(shop.port, 'GET', '/')),
      ),
    ]
    const wanted = acknowledged.length + bench.random.between(100, 500)
    while (acknowledged.length < wanted) await delay(1)
    stoppedAt = performance.now()
    const { code, signal } = await shop.kill('SIGTERM')
    exits.push(performance.now() - stoppedAt)
    bench.check(code === 0, `it ended with exit code ${code}, signal ${signal}`)
    await Promise.all(traffic)
    const late = await send(shop.port, 'GET', '/healthz', { alone: true }).catch(() => undefined)
    bench.check(late === undefined, 'somebody still answers')
  }
  const slowest = Math.max(...exits)
  bench.check(slowest <= EXIT_WITHIN_MS, `it took ${Math.round(slowest)} ms to end`)
  const lost = checkPaidOnce(bench, shop.databaseFile, acknowledged)
  checkKnown(bench, shop.databaseFile, sandbox.databaseFile)
  return {
    stops: rounds,
    'slowest exit (ms)': Math.round(slowest),
    'finished after the signal': finished,
    acknowledged: acknowledged.length,
    lost,
  }
}
