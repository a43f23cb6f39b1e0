import { cpSync } from 'node:fs'
import type { RequestListener } from 'node:http'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { openSandbox } from '../../sandbox/index.ts'
import { aFreePort } from '../../scripts/support/free-port.js'
import { onPostgres, postgres } from '../support/engines.ts'
import { onCall } from '../support/faults.ts'
import { run } from '../support/process.ts'
import type { Fault } from '../support/shop.ts'
import { until } from '../support/until.ts'
import { aFolder, later, listen } from '../support/workplace.ts'

const ORDERS = 25
const A_ROUND = 20 // so many are polled at once, whatever the number of instances

/** A sequencer that delivers no webhooks, and tells about whom it was asked. It can keep its answers to itself. */
async function aSequencer() {
  const asked: string[] = []
  let handle: RequestListener = () => undefined
  let disturb: Fault | undefined
  const server = await listen((req, res) => {
    if (disturb && req.url?.startsWith('/v1') && !req.headers['x-without-fault'])
      disturb(req, res, () => undefined)
    else handle(req, res)
  })
  const sandbox = await openSandbox({
    data: join(aFolder(), 'sequencer'),
    baseUrl: server.url,
    origins: [server.url],
    allowsWebhookTo: () => true,
    onEvent: ({ what, intent }) => {
      if (what === 'status asked') asked.push(String(intent))
    },
  })
  later(() => sandbox.close())
  handle = sandbox.handler
  return {
    url: server.url,
    asked,
    keepStatusesSecret() {
      disturb = onCall('getStatus', ({ forward }) => forward(), server.url)
    },
    answer() {
      disturb = undefined
    },
    approve: (intent: string) => fetch(`${server.url}/wallet/requests/${intent}/approve`, { method: 'POST' }),
  }
}

async function anInstance(databaseUrl: string, sequencerUrl: string) {
  const folder = aFolder()
  cpSync('test/support/catalog', join(folder, 'catalog'), { recursive: true })
  const port = await aFreePort()
  const instance = run('server/main.ts', folder, {
    PORT: String(port),
    DATABASE_URL: databaseUrl,
    CODE_ENDPOINT: `${sequencerUrl}/v1`,
    CREATE_INTENT_PER_MINUTE: '1000',
  })
  await instance.says('The shop is open')
  return { ...instance, url: `http://127.0.0.1:${port}` }
}

async function order(shopUrl: string): Promise<string> {
  const response = await fetch(`${shopUrl}/create-intent`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: '{"product":"article"}',
  })
  return ((await response.json()) as { id: string }).id
}

onPostgres(() => {
  test('two instances share the checks, and what one was doing when it was killed, the other one does', async () => {
    const databaseUrl = await postgres.anEmptyDatabase()
    const sequencer = await aSequencer()
    const [one, other] = await Promise.all([
      anInstance(databaseUrl, sequencer.url),
      anInstance(databaseUrl, sequencer.url),
    ])
    const intents: string[] = []
    for (let count = 0; count < ORDERS; count++) intents.push(await order(count % 2 ? one.url : other.url))
    await Promise.all(intents.map(sequencer.approve))

    other.child.kill('SIGSTOP')
    sequencer.keepStatusesSecret()
    await postgres.query(databaseUrl, 'UPDATE intents SET next_check_at = 1')
    await until(() => sequencer.asked.length >= A_ROUND)
    expect(new Set(sequencer.asked).size).toBe(A_ROUND)
    one.child.kill('SIGKILL')
    sequencer.answer()

    other.child.kill('SIGCONT')
    const paid = async () => (await postgres.query(databaseUrl, 'SELECT intent FROM payments')).length
    await until(async () => (await paid()) === ORDERS - A_ROUND)
    expect(new Set(sequencer.asked).size).toBe(ORDERS) // each of the others once, by the other
    expect(sequencer.asked).toHaveLength(ORDERS)

    await postgres.query(
      databaseUrl,
      'UPDATE intents SET next_check_at = next_check_at - 30000 WHERE next_check_at IS NOT NULL',
    )
    await until(async () => (await paid()) === ORDERS)
    expect(sequencer.asked).toHaveLength(ORDERS + A_ROUND)
    expect(await postgres.query(databaseUrl, 'SELECT DISTINCT proof FROM payments')).toEqual([
      { proof: 'status' },
    ])
  }, 60_000)
})
