import { spawn } from 'node:child_process'
import { mkdirSync, openSync, readFileSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { join, resolve } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'

/** Beside the shop's own data: the same disk, so that waiting for it costs the same. */
export const FOLDER = resolve('data/bench')
const READY_LIMIT_MS = 30_000
const CPU_TICK_MS = 10 // the unit of /proc on every common Linux
const TSX = pathToFileURL(resolve('node_modules/tsx/dist/loader.mjs')).href

/** A server in a process of its own. */
export interface Running {
  port: number
  /** From spawn to the first answer of 200 */
  readyMs: number
  /** What all its threads used so far */
  cpuMs(): number
  /** Resident memory in MB of 10^6 bytes */
  memoryMb(): number
  stop(): Promise<void>
}

/** The shop as `npm start` runs it in production, its sequencer elsewhere. Its log goes to a file. */
export function startShop(
  databaseUrl: string,
  publicKey: string,
  env: Record<string, string> = {},
): Promise<Running> {
  return start(['scripts/start.js'], '/readyz', {
    NODE_ENV: 'production',
    CODE_MODE: 'sandbox',
    CODE_ENDPOINT: 'http://127.0.0.1:9/v1', // nobody is there
    CODE_PUBLIC_KEY: publicKey,
    DATABASE_URL: databaseUrl,
    CREATE_INTENT_PER_MINUTE: '1000000',
    ...env,
  })
}

/** What the shop is compared with: a file of `bench/servers`. */
export function startBaseline(file: string, env: Record<string, string> = {}): Promise<Running> {
  return start(['--import', TSX, `bench/servers/${file}`], '/', { NODE_ENV: 'production', ...env })
}

/** The sandbox as `npm run sandbox` runs it, with its state on the disk. */
export function startSandbox(data: string): Promise<Running> {
  return start(['scripts/sandbox.js', '--data', data, '--port'], '/key')
}

/** Starts servers one after another, does the work, and stops them whatever comes of it. */
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

async function start(args: string[], path: string, env: Record<string, string> = {}): Promise<Running> {
  mkdirSync(FOLDER, { recursive: true })
  const port = await findFreePort()
  const log = join(FOLDER, 'log')
  const began = performance.now()
  const child = spawn(process.execPath, [...args, ...(args.at(-1) === '--port' ? [String(port)] : [])], {
    env: { PATH: process.env.PATH, PORT: String(port), ...env },
    stdio: ['ignore', openSync(log, 'w'), 'inherit'],
  })
  const ended = new Promise<void>((done) => child.once('exit', () => done()))
  while (!(await answers(port, path))) {
    if (child.exitCode !== null || performance.now() - began > READY_LIMIT_MS) {
      child.kill()
      throw new Error(`${args.join(' ')} did not start: ${readFileSync(log, 'utf8').slice(-1_000)}`)
    }
    await delay(5)
  }
  return {
    port,
    readyMs: performance.now() - began,
    cpuMs: () => cpuMsOf(child.pid as number),
    memoryMb: () => memoryMbOf(child.pid as number),
    stop() {
      child.kill()
      return ended
    },
  }
}

async function findFreePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  await new Promise((done) => server.close(done))
  return port
}

async function answers(port: number, path: string): Promise<boolean> {
  try {
    return (await fetch(`http://127.0.0.1:${port}${path}`)).ok
  } catch {
    return false
  }
}

/** NaN where there is no /proc. */
function cpuMsOf(pid: number): number {
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
