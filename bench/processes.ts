import type { ChildProcess } from 'node:child_process'
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import { aFreePort } from '../scripts/support/free-port.js'
import { onExit, spawnOwned } from './cleanup.ts'

/** The bench's data lies beside the shop's own: on the same disk, so that waiting for it costs the same. */
export const FOLDER = resolve('data/bench')
const READY_LIMIT_MS = 30_000
const CPU_TICK_MS = 10 // the unit of /proc on every common Linux
const TSX = pathToFileURL(resolve('node_modules/tsx/dist/loader.mjs')).href

/** A server in a process of its own. */
export interface Running {
  port: number
  /** Time from its spawn to its first answer of 200 */
  readyMs: number
  /** Returns the processor time that all its threads have used so far */
  cpuMs(): number
  /** Returns its resident memory in MB of 10^6 bytes */
  memoryMb(): number
  stop(): Promise<void>
}

/** Starts the shop of the project in `folder` as `npm start` does in production, without a sandbox inside. */
export function startShop(
  databaseUrl: string,
  publicKey: string,
  env: Record<string, string> = {},
  folder = '.',
): Promise<Running> {
  const settings = {
    NODE_ENV: 'production',
    CODE_MODE: 'sandbox',
    CODE_ENDPOINT: 'http://127.0.0.1:2/v1', // no server listens there
    CODE_PUBLIC_KEY: publicKey,
    DATABASE_URL: databaseUrl,
    CREATE_INTENT_PER_MINUTE: '1000000',
    ...env,
  }
  const script = ['scripts/start.cjs', 'scripts/start.js'].find((path) => existsSync(join(folder, path))) // older commits have only the latter
  return start([script as string], '/readyz', settings, folder)
}

/** Starts a server that the shop is compared with: a file of `bench/servers`. */
export function startBaseline(file: string, env: Record<string, string> = {}): Promise<Running> {
  return start(['--import', TSX, `bench/servers/${file}`], '/', { NODE_ENV: 'production', ...env })
}

/** Starts the sandbox as `npm run sandbox` does, with its state on the disk. */
export function startSandbox(data: string): Promise<Running> {
  return start(['scripts/sandbox.js', '--data', data, '--port'], '/key')
}

/** Starts servers one after another, does the work, and stops them even if it fails. */
export async function together<Name extends string, T>(
  servers: Record<Name, () => Promise<Running>>,
  work: (running: Record<Name, Running>) => Promise<T>,
): Promise<T> {
  const running: Record<string, Running> = {}
  try {
    for (const [name, begin] of Object.entries<() => Promise<Running>>(servers)) running[name] = await begin()
    return await work(running as Record<Name, Running>)
  } finally {
    await Promise.all(Object.values(running).map((server) => server.stop()))
  }
}

async function start(
  args: string[],
  path: string,
  env: Record<string, string> = {},
  cwd = '.',
): Promise<Running> {
  mkdirSync(FOLDER, { recursive: true })
  const port = await aFreePort()
  const log = join(FOLDER, `log-${port}`)
  const output = openSync(log, 'w')
  const removeLog = onExit(() => rmSync(log, { force: true }))
  const began = performance.now()
  const child = spawnOwned(process.execPath, [...args, ...(args.at(-1) === '--port' ? [String(port)] : [])], {
    cwd,
    env: { PATH: process.env.PATH, PORT: String(port), ...env },
    stdio: ['ignore', output, 'inherit'],
  })
  closeSync(output)
  const ended = new Promise<void>((done) => child.once('exit', () => done()))
  await waitUntilReady(child, `http://127.0.0.1:${port}${path}`, log)
  return {
    port,
    readyMs: performance.now() - began,
    cpuMs: () => cpuMsOf(child.pid as number),
    memoryMb: () => memoryMbOf(child.pid as number),
    async stop() {
      child.kill()
      await ended
      removeLog()
    },
  }
}

async function waitUntilReady(child: ChildProcess, url: string, log: string): Promise<void> {
  const limit = performance.now() + READY_LIMIT_MS
  while (!(await answers(url))) {
    if (child.exitCode !== null || performance.now() > limit) {
      child.kill()
      throw new Error(
        `${child.spawnargs.join(' ')} did not start: ${readFileSync(log, 'utf8').slice(-1_000)}`,
      )
    }
    await delay(5)
  }
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(url)).ok
  } catch {
    return false
  }
}

/** Returns the processor time that a process has used so far. NaN where there is no /proc. */
export function cpuMsOf(pid: number): number {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /, '')
      .split(' ')
    return (Number(fields[11]) + Number(fields[12])) * CPU_TICK_MS // utime and stime; the two before went with the name
  } catch {
    return Number.NaN
  }
}

function memoryMbOf(pid: number): number {
  try {
    const kibibytes = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
    return (Number(kibibytes) * 1024) / 1e6
  } catch {
    return Number.NaN
  }
}
