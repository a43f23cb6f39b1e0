import type { RequestListener, Server } from 'node:http'
import express from 'express'
import { z } from 'zod'
import { openDatabase } from '../db/index.ts'
import type { Sandbox } from '../sandbox/index.ts'
import { createApp } from './app.ts'
import { type Config, ConfigError, publicKey } from './config/index.ts'
import { createBoundedServer, stopListening } from './listener/index.ts'
import { createPayments } from './payments/index.ts'
import { systemClock } from './time.ts'
import { createLog, type Logger } from './web/index.ts'

const KEY_DEADLINE_MS = 5_000

export interface Shop {
  /** Ends what was begun, then lets go of port and database */
  stop(): Promise<void>
}

/** What stops a start: one sentence that says what is wrong and what to do. */
export class StartError extends Error {
  override readonly name = 'StartError'
}

/** Starts a shop, and its sandbox unless that is elsewhere. Throws CatalogError, DatabaseRefused, DatabaseUnavailable, StartError. */
export async function startShop(config: Config): Promise<Shop> {
  const log = createLog(config.logLevel)
  const db = await openDatabase({ url: config.databaseUrl, mode: config.mode })
  let sandbox: Sandbox | undefined
  try {
    if (config.embeddedSandbox) sandbox = await openEmbeddedSandbox(config, log)
    const publicKeys = config.publicKeys ?? [sandbox?.publicKey ?? (await askPublicKey(config.endpoint))]
    const payments = await createPayments({ config: { ...config, publicKeys }, db, clock: systemClock, log })
    const app = createApp({ config, db, payments, clock: systemClock, log })
    const server = await listen(mount(app, sandbox), config)
    sandbox?.attach(server, '/sandbox')
    payments.start()
    sandbox?.start()
    warn(config, log)
    return {
      async stop() {
        sandbox?.endStreams() // a server that closes waits for them
        await Promise.all([stopListening(server), payments.stop()])
        await sandbox?.close()
        await db.close()
      },
    }
  } catch (error) {
    await sandbox?.close()
    await db.close()
    throw error
  }
}

async function openEmbeddedSandbox(config: Config, log: Logger): Promise<Sandbox> {
  const { openSandbox } = await import('../sandbox/index.ts') // only then: it takes memory
  const webhook = `${config.localUrl}/webhook`
  return openSandbox({
    data: config.sandboxFolder,
    baseUrl: `${config.url}/sandbox`,
    origins: config.origins,
    allowsWebhookTo: (url) => url.href === webhook,
    onEvent: (event) => log.debug({ sandbox: event }, `sandbox: ${event.what}`),
  })
}

/** A sandbox elsewhere tells its key at `/key`, beside its `/v1`. */
async function askPublicKey(endpoint: string): Promise<string> {
  const url = endpoint.replace(/\/v1$/, '/key')
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(KEY_DEADLINE_MS) })
    return z.object({ publicKey }).parse(await response.json()).publicKey
  } catch (cause) {
    throw new StartError(
      `The sandbox does not tell its key at ${url}. Start it, correct CODE_ENDPOINT, or set CODE_PUBLIC_KEY.`,
      { cause },
    )
  }
}

function mount(app: RequestListener, sandbox: Sandbox | undefined): RequestListener {
  if (!sandbox) return app
  const host = express()
  host.disable('x-powered-by')
  host.use('/sandbox', sandbox.handler)
  host.use(app)
  return host
}

function listen(handler: RequestListener, { host, port }: Config): Promise<Server> {
  const server = createBoundedServer(handler)
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(explainListening(error, host, port)))
    server.listen(port, host, () => resolve(server))
  })
}

function explainListening(error: NodeJS.ErrnoException, host: string, port: number): StartError {
  const reasons: Record<string, string> = {
    EADDRINUSE: `Port ${port} is taken by another program. Stop that one, or start with another port: PORT=${port + 1} npm start`,
    EACCES: `Port ${port} needs more rights than this user has. Start with a port from 1024 up: PORT=3030 npm start`,
    EADDRNOTAVAIL: `This machine has no address ${host}. Set HOST to one that it has, like 127.0.0.1.`,
  }
  return new StartError(reasons[error.code ?? ''] ?? `Cannot listen on ${host}:${port}: ${error.message}`, {
    cause: error,
  })
}

function warn(config: Config, log: Logger): void {
  log.info(
    { mode: config.mode },
    config.mode === 'sandbox' ? 'a sandbox: all money is pretended' : 'live: the money is real',
  )
  if (!config.webhookUrl)
    log.warn(
      'There is no PUBLIC_URL, so Code cannot call the webhook: payments are found by asking, up to 30 s later.',
    )
  if (config.publicUrl && config.trustProxy === false) {
    log.warn(
      'There is a PUBLIC_URL but no TRUST_PROXY: behind a proxy or tunnel all buyers share one address and one rate limit.',
    )
  }
}

/** Faults that the owner can mend: for these a sentence is enough, and a stack would only hide it. */
export function isOwnersFault(error: unknown): error is Error {
  const names = [
    ConfigError.name,
    'AssetsMissing',
    'CatalogError',
    'DatabaseRefused',
    'DatabaseUnavailable',
    StartError.name,
    'SandboxError',
  ]
  return error instanceof Error && names.includes(error.name)
}
