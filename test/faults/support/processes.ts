import { type ChildProcess, spawn } from 'node:child_process'
import { createPrivateKey, type KeyObject } from 'node:crypto'
import { cpSync, existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import { buildFolder } from '../../../scripts/fresh-build.js'
import { aFreePort } from '../../../scripts/support/free-port.js'
import type { Bench } from '../fault.ts'
import { send } from './send.ts'

const BUILD = resolve(buildFolder())
const IN_SHOP = pathToFileURL(resolve('test/faults/support/in-shop.js')).href
const START_DEADLINE_MS = 30_000
const KEPT_OUTPUT = 2_000_000

export type ShopProcess = ReturnType<typeof aShop>
export type SandboxProcess = Awaited<ReturnType<typeof aSandbox>>

interface ShopOptions {
  /** The sequencer's address, without /v1 */
  sequencer: string
  folder: string
  port: number
  env?: Record<string, string>
  /** A program that runs it, like strace with its arguments */
  under?: string[]
  /** Of node itself */
  flags?: string[]
}

interface Ended {
  code: number | null
  signal: string | null
}

/** The built shop, as `npm start` runs it, in a folder of its own; it can be started again on the same files. */
export function aShop(bench: Bench, options: ShopOptions) {
  const { folder, port, sequencer } = options
  if (!existsSync(join(folder, 'catalog')))
    cpSync('test/support/catalog', join(folder, 'catalog'), { recursive: true })
  let child: ChildProcess | undefined
  let ended: Promise<Ended> = Promise.resolve({ code: null, signal: null })
  let output = ''
  bench.later(() => kill('SIGKILL'))

  function run(): void {
    const env = {
      PATH: process.env.PATH ?? '',
      PORT: String(port),
      CODE_ENDPOINT: `${sequencer}/v1`,
      CREATE_INTENT_PER_MINUTE: '1000000',
      LOG_LEVEL: 'warn',
      ...options.env,
    }
    const node = [
      process.execPath,
      '--import',
      IN_SHOP,
      ...(options.flags ?? []),
      join(BUILD, 'server/main.js'),
    ]
    const [command = '', ...args] = [...(options.under ?? []), ...node]
    const running = spawn(command, args, {
      cwd: folder,
      env,
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    })
    for (const stream of [running.stdout, running.stderr])
      stream?.on('data', (chunk) => {
        output = (output + chunk).slice(-KEPT_OUTPUT)
      })
    ended = new Promise((done) => running.once('exit', (code, signal) => done({ code, signal })))
    child = running
  }

  async function start(): Promise<void> {
    run()
    await untilUp(port, '/healthz', ended, () => output)
  }

  async function kill(signal: NodeJS.Signals): Promise<Ended> {
    child?.kill(signal)
    return ended
  }

  return {
    port,
    folder,
    url: `http://127.0.0.1:${port}`,
    databaseFile: join(folder, 'data', 'shop-sandbox.db'),
    start,
    run,
    kill,
    /** Pauses it as a sleeping machine does; SIGCONT wakes it */
    signal: (signal: NodeJS.Signals) => child?.kill(signal),
    ended: () => ended,
    output: () => output,
    pid: () => child?.pid ?? 0,
    /** Sets its clock ahead of the real one */
    setClock: (ahead: number) => tell(child, { ahead }),
    /** Its memory after a collection of garbage, in bytes */
    measure: () => tell(child, { measure: true }),
  }
}

function tell(child: ChildProcess | undefined, order: object): Promise<NodeJS.MemoryUsage> {
  return new Promise((done) => {
    child?.once('message', (answer) => done(answer as NodeJS.MemoryUsage))
    child?.send(order)
  })
}

/** The built sandbox, as `npm run sandbox` runs it; retries of webhooks go `speed` times faster than Code's. */
export async function aSandbox(bench: Bench, { speed = 1 } = {}) {
  const folder = bench.folder()
  const port = await aFreePort()
  let child: ChildProcess | undefined
  let ended: Promise<Ended> = Promise.resolve({ code: null, signal: null })
  bench.later(stop)

  async function start(): Promise<void> {
    const args = ['--port', String(port), '--data', folder, '--clock', String(speed)]
    const running = spawn(process.execPath, [join(BUILD, 'sandbox/main.js'), ...args], { stdio: 'ignore' })
    ended = new Promise((done) => running.once('exit', (code, signal) => done({ code, signal })))
    child = running
    await untilUp(port, '/key', ended, () => 'the sandbox')
  }

  async function stop(): Promise<void> {
    child?.kill('SIGKILL')
    await ended
  }

  await start()
  const key: KeyObject = createPrivateKey(readFileSync(join(folder, 'key.pem')))
  return {
    port,
    url: `http://127.0.0.1:${port}`,
    databaseFile: join(folder, 'sandbox.db'),
    key,
    start,
    stop,
    async setFaults(faults: object): Promise<void> {
      const { status } = await send(port, 'PUT', '/faults', { json: faults })
      if (status !== 200) throw new Error(`the sandbox answered ${status} to its faults`)
    },
    /** The buyer pays */
    async approve(intent: string): Promise<void> {
      const { status } = await send(port, 'POST', `/wallet/requests/${intent}/approve`)
      if (status !== 200) throw new Error(`the wallet answered ${status} to an approval`)
    },
    /** Whether the sequencer has the intent */
    async knows(intent: string): Promise<boolean> {
      return (await send(port, 'GET', `/wallet/requests/${intent}`)).status === 200
    },
  }
}

async function untilUp(
  port: number,
  path: string,
  ended: Promise<Ended>,
  output: () => string,
): Promise<void> {
  let isOver = false
  ended.then(() => {
    isOver = true
  })
  const giveUpAt = performance.now() + START_DEADLINE_MS
  while (performance.now() < giveUpAt) {
    if (isOver) throw new Error(`it ended instead of starting:\n${output().slice(-2_000)}`)
    const answer = await send(port, 'GET', path).catch(() => undefined)
    if (answer?.status === 200) return
    await delay(20)
  }
  throw new Error(`it did not start within ${START_DEADLINE_MS} ms:\n${output().slice(-2_000)}`)
}
