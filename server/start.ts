import { type Database, locateDatabase, openDatabase } from '../db/index.ts'
import type { Sandbox } from '../sandbox/index.ts'
import { giveBackOwed } from './api/index.ts'
import { createApp } from './app.ts'
import { listProducts } from './catalog/index.ts'
import { type Network, startExamination, warningsAbout } from './checks/index.ts'
import { type Config, publicKey, sandboxKeyUrl } from './config/index.ts'
import { endStreams, hasLocalDesk, issueDeskLink, reportGone } from './desk/index.ts'
import { mountSandbox, openEmbeddedSandbox } from './embedded-sandbox.ts'
import { listen, stopListening } from './listener/index.ts'
import { startLookout, startPolling, writeRejections } from './orders/index.ts'
import { noteSeller } from './pages/index.ts'
import type { Running } from './running.ts'
import { openShop, type Shop } from './shop.ts'
import { startSummaries } from './summaries/index.ts'
import { systemClock } from './time.ts'
import { createLog, type Logger, type Output, openOutput } from './web/index.ts'
import * as z from './zod.ts'

const KEY_DEADLINE_MS = 5_000

const problem = z.object({ detail: z.string() }) // RFC 9457

export interface RunningShop {
  /** The slug of a product that is for sale, if there is any */
  firstProduct: string | undefined
  /** Signs the merchant in to a desk of this machine alone. Made only if a terminal shows it: a log would keep it. */
  deskLink: string | undefined
  /** Finishes requests in progress, then releases the port and the database */
  stop(): Promise<void>
}

/** Stops the start; the message is one sentence that says what is wrong and what to do. */
export class StartError extends Error {
  override readonly name = 'StartError'
}

/**
 * Starts the shop, along with the embedded sandbox unless an external one is configured. Throws CatalogError,
 * DatabaseRefused, DatabaseUnavailable or StartError. `network`: how a live shop reaches the hosts that it examines.
 */
export async function startShop(
  config: Config,
  output: Output = openOutput(),
  network?: Network,
): Promise<RunningShop> {
  const log = createLog(config.logLevel, output)
  const db = await openUpgradedDatabase(config, log)
  let sandbox: Sandbox | undefined
  try {
    if (config.embeddedSandbox) sandbox = await openEmbeddedSandbox(config, log)
    const publicKeys = config.publicKeys ?? [sandbox?.publicKey ?? (await fetchPublicKey(config.endpoint))]
    const shop = await openShop({ config, db, publicKeys, clock: systemClock, log })
    await noteSeller(shop)
    const server = await listen(mountSandbox(createApp(shop), sandbox, shop), config)
    sandbox?.attach(server, '/sandbox')
    const polling = startPolling(shop)
    const lookout = startLookout(shop)
    const summaries = startSummaries(shop)
    const alerts = await startAlertsIfWanted(shop)
    const backups = await startBackupsIfWanted(shop)
    sandbox?.start()
    warn(config, log)
    void reportGone(shop)
    const examination = startExamination(shop, network)
    return {
      firstProduct: listProducts(shop.catalog)[0]?.slug,
      deskLink: output.isTerminal && hasLocalDesk(shop) ? await issueDeskLink(shop, 'npm start') : undefined,
      async stop() {
        sandbox?.endStreams() // the server waits for them before it closes
        endStreams(shop)
        examination?.stop()
        await Promise.all([
          stopListening(server),
          polling.stop(),
          lookout.stop(),
          summaries.stop(),
          alerts?.stop(),
          backups?.stop(),
        ])
        await sandbox?.close()
        await writeRejections(shop)
        await giveBackOwed(shop)
        await db.close()
      },
    }
  } catch (error) {
    await sandbox?.close()
    await db.close()
    throw error
  }
}

/** Opens the database. An upgrade is logged when it begins and when it is done, since a large one takes minutes. */
async function openUpgradedDatabase({ databaseUrl, mode, alerts }: Config, log: Logger): Promise<Database> {
  let startedAt: number | undefined
  const db = await openDatabase({
    url: databaseUrl,
    mode,
    alerts: alerts !== undefined,
    onUpgrade: (migrations) => {
      startedAt = performance.now()
      log.info({ migrations }, 'upgrading the database; with many orders, this takes minutes')
    },
    onWarning: (message) => log.warn(message),
  })
  if (startedAt !== undefined)
    log.info({ ms: Math.round(performance.now() - startedAt) }, 'the database is up to date')
  return db
}

/** Fetches the key of a separate sandbox. */
async function fetchPublicKey(endpoint: string): Promise<string> {
  const url = sandboxKeyUrl(endpoint)
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(KEY_DEADLINE_MS) })
    if (!response.ok) throw await asStartError(response)
    return z.object({ publicKey }).parse(await response.json()).publicKey
  } catch (cause) {
    if (cause instanceof StartError) throw cause
    throw new StartError(
      `Could not fetch the sandbox’s public key from ${url}. Start the sandbox, correct CODE_ENDPOINT, or set CODE_PUBLIC_KEY.`,
      { cause },
    )
  }
}

/** A sandbox explains what is wrong, such as a host name under which it doesn't answer. */
async function asStartError(response: Response): Promise<StartError> {
  const { detail } = problem.parse(await response.json())
  const { url, status } = response
  return new StartError(
    `Instead of the sandbox’s public key, ${url} answered with status ${status}: ${detail}`,
  )
}

/** What sends alerts is loaded only if they are wanted, because it takes memory. */
async function startAlertsIfWanted(shop: Shop): Promise<Running | undefined> {
  const { alerts } = shop.config
  if (!alerts) return undefined
  const { startAlerts } = await import('./alerts/index.ts')
  return startAlerts(shop, alerts)
}

/** Backups are made by code that is loaded only if they are wanted, because it takes memory. */
async function startBackupsIfWanted(shop: Shop): Promise<Running | undefined> {
  const { everyMs } = shop.config.backups
  if (everyMs === undefined) return undefined
  const { startBackups } = await import('./backups/index.ts')
  return startBackups({ ...shop, everyMs })
}

function warn(config: Config, log: Logger): void {
  log.info(
    { mode: config.mode, database: locateDatabase(config.databaseUrl) },
    config.mode === 'sandbox' ? 'sandbox mode: test money only' : 'live mode: real money',
  )
  for (const warning of warningsAbout(config)) log.warn(warning)
}
