import { setTimeout as delay } from 'node:timers/promises'
import { aFreePort } from '../../scripts/support/free-port.js'
import type { Bench, Facts, Fault } from './fault.ts'
import { aLine, type Disturbance } from './support/line.ts'
import { aSandbox, aShop, type SandboxProcess } from './support/processes.ts'
import { quantile, send } from './support/send.ts'
import { atOnce, order } from './support/traffic.ts'

const ANSWERED_WITHIN_MS = 10_000
const AT_ONCE_MS = 1_000 // what an open circuit answers, and a page, on a busy machine
const CLOSES_WITHIN_MS = 20_000
const BUYERS_AT_ONCE = 6
const ORDERS = 12

export const sequencer: Fault = {
  name: 'sequencer',
  survives:
    'Code is silent, slow, failing, broken, refusing, late or gone: an answer in 10 s, no empty promise, and pages',
  waits: true,
  run,
}

interface Outage {
  name: string
  begin(): unknown
  end(): unknown
  /** What orders may be answered meanwhile; 503 is the open circuit */
  statuses: number[]
  opens: boolean
}

async function run(bench: Bench): Promise<Facts> {
  const sandbox = await aSandbox(bench)
  const line = await aLine(bench, await aFreePort(), sandbox.url)
  const shop = aShop(bench, { sequencer: line.url, folder: bench.folder(), port: await aFreePort() })
  await shop.start()
  const all = outages(sandbox, line.disturb)
  const chosen = bench.short ? all.filter(({ name }) => ['silent', 'refusing'].includes(name)) : all
  const slowest: Facts = {}
  const pages: number[] = []
  let isOver = false
  const browsing = atOnce(
    2,
    () => isOver,
    async () => {
      const path = bench.random.pick(['/', '/products/article', '/purchases'])
      const { status, ms } = await send(shop.port, 'GET', path)
      bench.check(status === 200, `${path} was answered ${status}`)
      pages.push(ms)
      await delay(20)
    },
  )
  let promised = 0

  for (const outage of chosen) {
    await outage.begin()
    const { times, statuses, intents } = await someOrders()
    const longest = Math.max(...times)
    slowest[`${outage.name} (ms)`] = Math.round(longest)
    bench.check(longest <= ANSWERED_WITHIN_MS, `${outage.name}: answered after ${Math.round(longest)} ms`)
    for (const status of statuses)
      bench.check(outage.statuses.includes(status), `${outage.name}: an order was answered ${status}`)
    if (outage.opens) await seeTheCircuitOpen(outage.name)
    await outage.end()
    for (const intent of intents)
      bench.check(
        await sandbox.knows(intent),
        `${outage.name}: a client secret for an intent that isn't there`,
      )
    promised += intents.length
    await seeSalesGoOn(outage.name)
    bench.say(
      `${outage.name}: ${[...new Set(statuses)].join(', ')}, at the latest after ${Math.round(longest)} ms`,
    )
  }
  isOver = true
  await browsing
  const slowestPage = quantile(pages, 0.99)
  bench.check(slowestPage <= AT_ONCE_MS, `pages took up to ${Math.round(slowestPage)} ms`)
  return {
    ...slowest,
    'client secrets, each for an intent that exists': promised,
    'pages meanwhile': pages.length,
    'median page (ms)': Math.round(quantile(pages, 0.5)),
    '99 % of pages within (ms)': Math.round(slowestPage),
  }

  async function someOrders() {
    const [times, statuses, intents]: [number[], number[], string[]] = [[], [], []]
    let left = ORDERS
    await atOnce(
      BUYERS_AT_ONCE,
      () => left-- <= 0,
      async () => {
        const { answer, offer } = await order(shop.port)
        times.push(answer.ms)
        statuses.push(answer.status)
        if (offer) intents.push(offer.id)
      },
    )
    return { times, statuses, intents }
  }

  async function seeTheCircuitOpen(name: string): Promise<void> {
    const { answer } = await order(shop.port)
    bench.check(
      answer.status === 503,
      `${name}: with the circuit open, an order was answered ${answer.status}`,
    )
    bench.check(answer.ms <= AT_ONCE_MS, `${name}: the open circuit took ${Math.round(answer.ms)} ms`)
    bench.check(answer.headers['retry-after'] !== undefined, `${name}: no Retry-After`)
  }

  /** By itself, without anybody's help. */
  async function seeSalesGoOn(name: string): Promise<void> {
    const began = performance.now()
    while ((await order(shop.port)).answer.status !== 200) {
      if (performance.now() - began > CLOSES_WITHIN_MS) {
        bench.check(false, `${name}: sales did not go on afterwards`)
        return
      }
      await delay(200)
    }
  }
}

function outages(sandbox: SandboxProcess, disturb: (disturbance: Disturbance) => void): Outage[] {
  const calls = (name: string, kind: string, statuses: number[], opens: boolean): Outage => ({
    name,
    begin: () => sandbox.setFaults({ calls: kind }),
    end: () => sandbox.setFaults({}),
    statuses,
    opens,
  })
  const onTheLine = (name: Disturbance, statuses: number[], opens: boolean): Outage => ({
    name,
    begin: () => disturb(name),
    end: () => disturb('none'),
    statuses,
    opens,
  })
  return [
    calls('silent', 'silent', [504, 503], true),
    calls('slow', 'slow', [200], false),
    calls('status 500', 'http-500', [502, 503], true),
    calls('broken bytes', 'broken-bytes', [502, 503], true),
    calls('refusing', 'refuse', [502], false),
    onTheLine('late', [504, 503], true),
    onTheLine('slow refusals', [504], false),
    { name: 'gone', begin: sandbox.stop, end: sandbox.start, statuses: [502, 503], opens: true },
  ]
}
