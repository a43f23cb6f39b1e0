import { createServer } from 'node:http'
import { parseArgs } from 'node:util'
import { openSandbox, type Sandbox, SandboxError } from './index.ts'

const USAGE = `A Code Sequencer on your own machine, with a test wallet. No real money moves.

  npm run sandbox -- [--port 3031] [--data DIR | --memory] [--clock 1] [--allow-webhooks-to HOST]
                     [--allow-shop ORIGIN] [--public-url ORIGIN]

  --port N                   Listen on this port of 127.0.0.1.                        (default: 3031)
  --data DIR                 Store the key and the state in DIR.                      (default: data/sandbox)
  --memory                   Store nothing, and create a new key at each start.
  --clock N                  Retry webhooks N times faster than Code.                 (default: 1)
  --allow-webhooks-to HOST   Also deliver webhooks to HOST. Repeatable.               (default: this machine only)
  --allow-shop ORIGIN        Also let the pages of ORIGIN embed the button's frames,
                             and let the wallet return there. Repeatable.             (default: this machine only)
  --public-url ORIGIN        The sandbox's address for phones, such as a tunnel's, so
                             that they can scan its codes.                            (default: none)
  --help                     Print this text.

It writes one line of JSON for each event. The first one is {"what":"ready", …} and has its addresses.
Exit codes: 0 stopped by a signal, 1 could not start, 2 wrong arguments. docs/sandbox.md shows how to test against it.
`

const LOCAL_SHOPS = ['http://127.0.0.1:*', 'http://localhost:*']
const LOOPBACK = new Set(['127.0.0.1', 'localhost', '[::1]'])
const HOST = /^([a-z0-9.-]+|\[[0-9a-f:]+\])$/
const UNREAD_LIMIT_BYTES = 1024 * 1024 // if nobody reads the log, further lines are dropped
const FASTEST = 1_000_000

interface Settings {
  port: number
  data: string
  retrySpeed: number
  webhookHosts: Set<string>
  shops: string[]
  publicUrl: string | undefined
}

process.stdout.on('error', () => {}) // the reader of the log may have gone, which is no reason to stop
try {
  await run(readArguments())
} catch (error) {
  end(error instanceof SandboxError ? error.message : String((error as Error).stack), 1)
}

async function run({ port, data, retrySpeed, webhookHosts, shops, publicUrl }: Settings): Promise<void> {
  const url = `http://127.0.0.1:${port}`
  const sandbox = await openSandbox({
    data,
    baseUrl: publicUrl ?? url,
    origins: [url, `http://localhost:${port}`, ...(publicUrl ? [publicUrl] : [])],
    shops: [...LOCAL_SHOPS, ...shops],
    allowsWebhookTo: ({ hostname }) => LOOPBACK.has(hostname) || webhookHosts.has(hostname),
    onEvent: log,
    retrySpeed,
  })
  await listen(sandbox, port)
  log({ what: 'ready', url, endpoint: `${url}/v1`, publicKey: sandbox.publicKey })
  sandbox.start()
}

async function listen(sandbox: Sandbox, port: number): Promise<void> {
  const server = createServer(sandbox.handler)
  sandbox.attach(server, '')
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause) => reject(listenError(cause, port)))
    server.listen(port, '127.0.0.1', resolve)
  })
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, async () => {
      server.close()
      server.closeAllConnections()
      await sandbox.close()
      process.exit(0)
    })
  }
}

function listenError(cause: NodeJS.ErrnoException, port: number): SandboxError {
  const reason =
    cause.code === 'EADDRINUSE' ? 'is in use by another program' : `cannot be used (${cause.code})`
  return new SandboxError(
    `Port ${port} ${reason}. Choose another port: npm run sandbox -- --port ${port + 1}`,
    {
      cause,
    },
  )
}

function readArguments(): Settings {
  const values = parse()
  if (values.help) end(USAGE, 0)
  if (values.memory && values.data !== undefined) end('--data and --memory cannot be combined.', 2)
  if (values.data === '') end('--data needs a folder name.', 2)
  return {
    port: readNumber('--port', values.port ?? '3031', 65_535),
    data: values.memory ? ':memory:' : (values.data ?? 'data/sandbox'),
    retrySpeed: readNumber('--clock', values.clock ?? '1', FASTEST),
    webhookHosts: new Set(values['allow-webhooks-to']?.map(readHost)),
    shops: (values['allow-shop'] ?? []).map((text) => readOrigin('--allow-shop', text)),
    publicUrl: values['public-url'] && readOrigin('--public-url', values['public-url']),
  }
}

function parse() {
  const text = { type: 'string' } as const
  const flag = { type: 'boolean' } as const
  const texts = { type: 'string', multiple: true } as const
  try {
    return parseArgs({
      options: {
        port: text,
        data: text,
        memory: flag,
        clock: text,
        'allow-webhooks-to': texts,
        'allow-shop': texts,
        'public-url': text,
        help: flag,
      },
    }).values
  } catch (error) {
    return end(`${(error as Error).message}\n\n${USAGE}`, 2)
  }
}

function readNumber(name: string, text: string, highest: number): number {
  const number = Number(text)
  if (/^\d+$/.test(text) && number >= 1 && number <= highest) return number
  return end(`${name} must be a whole number from 1 to ${highest}, not ${text}.`, 2)
}

/** Reads a host name. One that would never match, such as a URL or one with capitals, is an error as well. */
function readHost(text: string): string {
  if (HOST.test(text)) return text
  return end(`--allow-webhooks-to takes a host name in lower case, such as shop.test, not ${text}.`, 2)
}

/** Reads an origin, which is scheme, host and port only: a path or a space would end up in the pages' policy. */
function readOrigin(name: string, text: string): string {
  const origin = URL.canParse(text) ? new URL(text).origin : 'null'
  if (/^https?:/.test(origin) && [origin, `${origin}/`].includes(text)) return origin
  return end(`${name} takes an origin, such as https://shop.example, not ${text}.`, 2)
}

function end(text: string, code: number): never {
  const stream = code === 0 ? process.stdout : process.stderr
  stream.write(text.endsWith('\n') ? text : `${text}\n`)
  process.exit(code)
}

function log(event: Record<string, unknown>): void {
  if (process.stdout.writableLength > UNREAD_LIMIT_BYTES) return
  process.stdout.write(`${JSON.stringify({ time: new Date().toISOString(), ...event })}\n`)
}
