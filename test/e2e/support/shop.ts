import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { openSandbox } from '../../../sandbox/index.ts'
import { aFreePort } from '../../../scripts/support/free-port.js'
import { type Config, readConfig } from '../../../server/config/index.ts'
import { startShop } from '../../../server/start.ts'
import { DAY_MS } from '../../../server/time.ts'
import { sqlite } from '../../support/engines.ts'
import { aFolder, later } from '../../support/workplace.ts'

const DATED = [
  ['orders', 'created_at'],
  ['redemptions', 'created_at'],
  ['payments', 'paid_at'],
]

export interface OpenShopOptions {
  /** Inside the shop, as `npm start` has it; or alone on a port of its own, so that frames and API are another origin, as in life */
  sandbox?: 'inside' | 'beside'
  env?: Record<string, string>
  config?: Partial<Config>
  /** One that the test may change; a copy of test/support/catalog if left out */
  catalogFolder?: string
}

export type OpenShop = Awaited<ReturnType<typeof openShop>>

interface Requested {
  intent: string
  state: string
  amount?: number
  currency?: string
}

/** A webhook as the sandbox remembers it */
interface Delivery {
  id: number
  intent: string
  state: string
  attempts: { status: number | null }[]
}

/** A whole shop that listens, with the clock of this machine: webhooks go out, and the reconciler asks, by themselves. */
export async function openShop({
  sandbox = 'inside',
  env = {},
  config: changes,
  catalogFolder,
}: OpenShopOptions = {}) {
  const folder = aFolder()
  const port = await aFreePort()
  const url = `http://127.0.0.1:${port}`
  const databaseUrl = await sqlite.aMigratedDatabase()
  const beside = sandbox === 'beside' ? await openSandboxBeside(url, folder) : undefined
  const config: Config = {
    ...readConfig({
      PORT: String(port),
      LOG_LEVEL: 'silent',
      DATABASE_URL: databaseUrl,
      CREATE_INTENT_PER_MINUTE: '10000',
      ...(beside && { CODE_ENDPOINT: `${beside.url}/v1`, CODE_ELEMENTS_URL: `${beside.url}/v1/elements` }),
      ...env,
    }),
    catalogFolder: catalogFolder ?? aCatalog(folder),
    sandboxFolder: join(folder, 'sequencer'),
    ...changes,
  }
  let shop = await startShop(config)
  let isOpen = true

  async function close(): Promise<void> {
    if (isOpen) await shop.stop()
    isOpen = false
  }
  later(close)

  const sandboxUrl = beside?.url ?? `${url}/sandbox`

  /** What a program asks of the sandbox: JSON, or an error that says what came instead. */
  async function askSandbox<Answer>(path: string, method = 'GET', body?: object): Promise<Answer> {
    const json = body && { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) }
    const response = await fetch(sandboxUrl + path, { method, ...json })
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`)
    return (await response.json()) as Answer
  }

  return {
    url,
    config,
    /** Where the sandbox's pages and its wallet are */
    sandboxUrl,
    /** What the sequencer was asked for so far, newest first; amounts in hundredths */
    requests: () => askSandbox<Requested[]>('/wallet/requests'),
    /** The decision of a wallet elsewhere */
    async approve(intent: string): Promise<void> {
      await askSandbox(`/wallet/requests/${intent}/approve`, 'POST')
    },
    /** The webhooks, newest first, with their attempts */
    deliveries: () => askSandbox<Delivery[]>('/deliveries'),
    /** Sends a webhook once more, at once */
    async repeat({ id }: Delivery): Promise<void> {
      await askSandbox(`/deliveries/${id}/repeat`, 'POST')
    },
    /** What all users of the test wallet have left, in kin */
    async funds(): Promise<number> {
      const users = await askSandbox<{ kin: number }[]>('/wallet/users')
      return users.reduce((sum, { kin }) => sum + kin, 0)
    },
    /** What goes wrong on purpose from now on; nothing, where left out */
    async injectFaults(faults: { calls?: string; webhooks?: string }): Promise<void> {
      await askSandbox('/faults', 'PUT', faults)
    },
    /** As if all that was ordered and paid so far had been ordered and paid this much earlier */
    age(ms: number): void {
      const file = new Database(databaseUrl.replace(/^sqlite:/, ''))
      for (const [table, column] of DATED)
        file.prepare(`UPDATE ${table} SET ${column} = ${column} - @ms`).run({ ms })
      const days = Math.floor(ms / DAY_MS)
      file
        .prepare('UPDATE entitlements SET from_day = from_day - @days, until_day = until_day - @days')
        .run({ days })
      file.close()
    },
    close,
    /** As the merchant edits its file while the shop runs */
    changeProduct(slug: string, change: (text: string) => string): void {
      const path = join(config.catalogFolder, `${slug}.md`)
      writeFileSync(path, change(readFileSync(path, 'utf8')))
    },
    /** At the same address, with the same files */
    async reopen(): Promise<void> {
      shop = await startShop(config)
      isOpen = true
    },
  }
}

function aCatalog(folder: string): string {
  const catalog = join(folder, 'catalog')
  cpSync('test/support/catalog', catalog, { recursive: true })
  return catalog
}

async function openSandboxBeside(shopUrl: string, folder: string) {
  const port = await aFreePort()
  const url = `http://127.0.0.1:${port}`
  const sandbox = await openSandbox({
    data: join(folder, 'sandbox'),
    baseUrl: url,
    origins: [url, shopUrl],
    allowsWebhookTo: () => true,
  })
  later(() => sandbox.close())
  const server = createServer(sandbox.handler)
  sandbox.attach(server, '')
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  later(() => stop(server))
  sandbox.start()
  return { url, publicKey: sandbox.publicKey }
}

function stop(server: Server): Promise<unknown> {
  server.closeAllConnections()
  return new Promise((resolve) => server.close(resolve))
}
