import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { join } from 'node:path'
import { openSandbox } from '../../../sandbox/index.ts'
import { type Config, readConfig } from '../../../server/config.ts'
import { startShop } from '../../../server/start.ts'
import { aFreePort } from '../../support/process.ts'
import { aFolder, later } from '../../support/workplace.ts'

export interface OpenShopOptions {
  /** Inside the shop, as `npm start` has it; or alone on a port of its own, so that frames and API are another origin, as in life */
  sandbox?: 'inside' | 'beside'
  env?: Record<string, string>
  config?: Partial<Config>
  /** One that the test may change; a copy of test/support/catalog if left out */
  catalogFolder?: string
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
  const beside = sandbox === 'beside' ? await openSandboxBeside(url, folder) : undefined
  const config: Config = {
    ...readConfig({
      PORT: String(port),
      LOG_LEVEL: 'silent',
      DATABASE_URL: `sqlite:${join(folder, 'shop.db')}`,
      CREATE_INTENT_PER_MINUTE: '10000',
      ...(beside && { CODE_ENDPOINT: `${beside.url}/v1`, CODE_ELEMENTS_URL: `${beside.url}/v1/elements` }),
      ...(beside && env.CODE_MODE === 'live' && { CODE_PUBLIC_KEY: beside.publicKey }), // a live shop asks nobody
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
  const wallet = `${sandboxUrl}/wallet/requests`

  return {
    url,
    config,
    /** Where the sandbox's pages and its wallet are */
    sandboxUrl,
    /** What the sequencer was asked for so far */
    async requests(): Promise<{ intent: string; state: string }[]> {
      return (await (await fetch(wallet)).json()) as { intent: string; state: string }[]
    },
    /** The decision of a wallet elsewhere */
    async approve(intent: string): Promise<void> {
      const { ok, status } = await fetch(`${wallet}/${intent}/approve`, { method: 'POST' })
      if (!ok) throw new Error(`the wallet answered ${status}`)
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
