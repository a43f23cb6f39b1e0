import { createServer, type Server } from 'node:http'
import { needsOrigin, readArguments, type Settings, USAGE, UsageError } from './arguments.ts'
import type { SandboxEvent } from './events.ts'
import { openSandbox, type Sandbox, SandboxError } from './index.ts'
import { assertConnectable, listenError } from './listen-error.ts'
import { messagesOf } from './messages.ts'
import { allowsWebhookTo, findOwnName } from './webhook-targets.ts'

const LOCAL_SHOPS = ['http://127.0.0.1:*', 'http://localhost:*']
const REMEDIES = {
  host: 'Start it with --allow-host to add another.',
  webhook: 'Start it with --allow-webhooks-to to allow another host.',
  shop: 'Start it with --allow-shop to add another.',
}
const UNREAD_LIMIT_BYTES = 1024 * 1024 // if nobody reads the log, further lines are dropped

process.stdout.on('error', () => {}) // the reader of the log may have gone, which is no reason to stop
try {
  await run(readArguments(process.argv.slice(2)) ?? end(USAGE, 0))
} catch (error) {
  if (error instanceof UsageError) end(error.message, 2)
  end(error instanceof SandboxError ? error.message : String((error as Error).stack), 1)
}

async function run(settings: Settings): Promise<void> {
  const { port, host, hosts, data, retrySpeed, targets, shops, publicUrl } = settings
  const ownName = await findOwnName(targets)
  if (ownName) throw new UsageError(needsOrigin(ownName))
  const url = `http://${['0.0.0.0', '[::]'].includes(host) ? '127.0.0.1' : host}:${port}`
  const sandbox = await openSandbox({
    data,
    baseUrl: publicUrl ?? url,
    origins: [...hosts.map((name) => `http://${name}:${port}`), ...(publicUrl ? [publicUrl] : [])],
    shops: [...LOCAL_SHOPS, ...shops],
    allowsWebhookTo: (target) => allowsWebhookTo(targets, target),
    remedies: REMEDIES,
    hidesDeliveries: publicUrl !== undefined,
    onEvent: log,
    retrySpeed,
  })
  await listen(sandbox, settings)
  await assertConnectable(url, port)
  log({ what: 'ready', url, endpoint: `${url}/v1`, publicKey: sandbox.publicKey })
  sandbox.start()
}

async function listen(sandbox: Sandbox, { host, port }: Settings): Promise<void> {
  const server = createServer(messagesOf(sandbox.handler), sandbox.handler)
  sandbox.attach(server, '')
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause) => reject(listenError(cause, host, port)))
    server.listen(port, host.replace(/^\[|\]$/g, ''), resolve)
  })
  let isStopping = false
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(signal, () => {
      if (!isStopping) void stop(server, sandbox)
      isStopping = true // npm sends a second signal for each Ctrl-C: npm/cli#5021
    })
}

async function stop(server: Server, sandbox: Sandbox): Promise<void> {
  server.close()
  server.closeAllConnections()
  await sandbox.close()
  process.exit(0)
}

function end(text: string, code: number): never {
  const stream = code === 0 ? process.stdout : process.stderr
  stream.write(text.endsWith('\n') ? text : `${text}\n`)
  process.exit(code)
}

/** Begins each line with `what`, so that a program can look for the beginning of one. */
function log({ what, ...details }: SandboxEvent): void {
  if (process.stdout.writableLength > UNREAD_LIMIT_BYTES) return
  process.stdout.write(`${JSON.stringify({ what, time: new Date().toISOString(), ...details })}\n`)
}
