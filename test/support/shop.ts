import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { join } from 'node:path'
import { pino } from 'pino'
import supertest from 'supertest'
import { openDatabase } from '../../db/index.ts'
import type { Offer } from '../../money/index.ts'
import { openSandbox } from '../../sandbox/index.ts'
import { createApp } from '../../server/app.ts'
import { type Config, readConfig } from '../../server/config/index.ts'
import { pollDue, pollRound, startPolling, writeRejections } from '../../server/orders/index.ts'
import { openShop } from '../../server/shop.ts'
import { type Engine, sqlite } from './engines.ts'
import { aClock, aFolder, later, listen } from './workplace.ts'

/** What a test puts between shop and sequencer; calling `pass` lets the request through. */
export type Fault = (req: IncomingMessage, res: ServerResponse, pass: () => void) => void

export interface ShopOptions {
  env?: Record<string, string>
  config?: Partial<Config>
  catalogFolder?: string
  engine?: Engine
}

export type TestShop = Awaited<ReturnType<typeof aShop>>

/**
 * A whole shop with a sandbox beside it, as in life: two HTTP servers, the real SDK between them, real SQLite files.
 * Time stands still; webhooks go out when `sandbox.deliverDue()` is called.
 */
export async function aShop({
  env = {},
  config: changes = {},
  catalogFolder = 'test/support/catalog',
  engine = sqlite,
}: ShopOptions = {}) {
  const folder = aFolder()
  const clock = aClock()
  const logged: Record<string, unknown>[] = []
  const log = pino({ level: 'trace' }, { write: (line: string) => logged.push(JSON.parse(line)) })

  let fault: Fault | undefined
  let sandboxHandler: RequestListener | undefined
  const sequencer = await listen((req, res) => {
    const pass = () => sandboxHandler?.(req, res)
    if (fault && req.url?.startsWith('/v1') && !req.headers['x-without-fault']) fault(req, res, pass)
    else pass()
  })
  const sandbox = await openSandbox({
    data: join(folder, 'sequencer'),
    clock,
    baseUrl: sequencer.url,
    origins: [sequencer.url],
    allowsWebhookTo: () => true,
  })
  later(() => sandbox.close())
  sandboxHandler = sandbox.handler

  let app: RequestListener | undefined
  let webhookFault: Fault | undefined
  const front = await listen((req, res) => {
    const pass = () => app?.(req, res)
    if (webhookFault && req.url === '/webhook') webhookFault(req, res, pass)
    else pass()
  })
  const config: Config = {
    ...readConfig({
      PORT: String(front.port),
      CODE_ENDPOINT: `${sequencer.url}/v1`,
      CODE_PUBLIC_KEY: sandbox.publicKey,
      CREATE_INTENT_PER_MINUTE: '10000',
      ...env,
    }),
    catalogFolder,
    ...changes,
  }
  const databaseUrl = changes.databaseUrl ?? (await engine.aMigratedDatabase())

  async function open(overrides: Partial<Config> = {}) {
    const current = { ...config, databaseUrl, ...overrides }
    const { mode, alerts } = current
    const db = await openDatabase({ url: databaseUrl, mode, alerts: alerts !== undefined })
    const publicKeys = current.publicKeys ?? [sandbox.publicKey]
    const shop = await openShop({ config: current, db, publicKeys, clock, log })
    app = createApp(shop).handler
    return shop
  }

  let running = await open()
  later(() => running.db.close())

  return {
    config,
    clock,
    sandbox,
    logged,
    url: front.url,
    databaseUrl,
    /** SQLite's */
    databaseFile: databaseUrl.replace(/^sqlite:/, ''),
    /** Asks the database past the shop. */
    query: (sql: string) => engine.query(databaseUrl, sql),
    sequencerUrl: sequencer.url,
    get db() {
      return running.db
    },
    /** What the shop's own functions take */
    get shop() {
      return running
    },
    /** What the shop does once a second */
    pollDue: () => pollDue(running),
    /** The same, and what it logs about it */
    pollRound: () => pollRound(running),
    startPolling: () => startPolling(running),
    /** What the shop does seconds after it has rejected a delivery */
    writeRejections: () => writeRejections(running),
    /** The same files opened by a new shop, as after a crash or with other settings */
    async restart(overrides: Partial<Config> = {}) {
      await running.db.close()
      running = await open(overrides)
    },
    /** Stands between shop and sequencer until it is taken away */
    disturb(next: Fault | undefined) {
      fault = next
    },
    /** Stands between the sequencer's webhooks and the shop */
    disturbWebhooks(next: Fault | undefined) {
      webhookFault = next
    },
    /** The shop's request handler itself */
    handle: (req: IncomingMessage, res: ServerResponse) => app?.(req as never, res as never),
    /** A browser: keeps cookies */
    browser: () => supertest.agent(front.server),
    /** A program without cookies */
    request: () => supertest(front.server),
    /** The buyer's decision in the wallet */
    async approve(intent: string) {
      await supertest(sequencer.server).post(`/wallet/requests/${intent}/approve`).expect(200)
    },
    async pay(intent: string) {
      await supertest(sequencer.server).post(`/wallet/requests/${intent}/approve`).expect(200)
      await sandbox.deliverDue()
    },
    async reject(intent: string) {
      await supertest(sequencer.server).post(`/wallet/requests/${intent}/reject`).expect(200)
    },
  }
}

export type Browser = ReturnType<TestShop['browser']>

export type { Offer } from '../../money/index.ts'

/** Presses the button. Throws unless the shop makes an offer. */
export async function order(browser: Browser, product = 'article'): Promise<Offer> {
  const { body } = await browser.post('/create-intent').send({ product }).expect(200)
  return body
}

/** The redemption code of an offer. */
export function codeOf({ successUrl }: Offer): string {
  return new URL(successUrl).searchParams.get('redeem') ?? ''
}
