import { type ChildProcess, spawn } from 'node:child_process'
import { devNull } from 'node:os'
import { createInterface } from 'node:readline'
import { setTimeout as delay } from 'node:timers/promises'
import { SECOND_MS } from '../time.ts'
import * as z from '../zod.ts'
import { aFreePort } from './free-port.ts'
import { LiveError } from './live-error.ts'

const LOOK_EVERY_MS = 100
const CALL_DEADLINE_MS = 2 * SECOND_MS
const NAME_DEADLINE_MS = 30 * SECOND_MS // cloudflared itself gives up after 15 s
const READY_DEADLINE_MS = 60 * SECOND_MS
const STOP_DEADLINE_MS = 35 * SECOND_MS // its own grace period for open requests is 30 s
const REMEMBERED_LINES = 5
const LEVELS_OF_ERRORS = ['error', 'fatal', 'panic']
const TEXT_OF_ERRORS = /\b(?:ERR|FTL)\b|error|failed|incorrect usage/i
const ABOUT_NO_FILE = /Configuration file \S+ was empty$/ // an error to cloudflared, but what is wanted here

const quickTunnel = z.object({ hostname: z.string() })
const logLine = z.object({ level: z.string(), message: z.string() })

/** What a tunnel leads to, and how it is known to others. */
export interface TunnelPlan {
  /** The program */
  path: string
  /** The shop */
  localUrl: string
  /** Of a tunnel that was made for a host name of one's own; undefined for a quick tunnel, which gets any */
  named: { host: string; token: string } | undefined
  env: NodeJS.ProcessEnv
}

export interface Tunnel {
  url: string
  /** Resolves once it has ended, for whatever reason */
  ended: Promise<void>
  /** What it has said last about an error */
  lastErrors(): string[]
  stop(): Promise<void>
}

/**
 * Starts a tunnel, and waits until it is connected. Its address is read from its own metrics, since its log is for people.
 * Throws a LiveError with what it has said, if it ends or takes too long.
 */
export async function startTunnel(plan: TunnelPlan, signal: AbortSignal): Promise<Tunnel> {
  const metrics = `127.0.0.1:${await aFreePort()}`
  const errors: string[] = []
  const child = run(plan, metrics, errors)
  const ended = endOf(child, errors)
  const waiting = { metrics, child, errors, signal }
  try {
    const host =
      plan.named?.host ?? (await waitFor(waiting, readHostname, NAME_DEADLINE_MS, 'get an address'))
    await waitFor(waiting, isReady, READY_DEADLINE_MS, 'connect to Cloudflare')
    return { url: `https://${host}`, ended, lastErrors: () => [...errors], stop: () => stop(child, ended) }
  } catch (error) {
    await stop(child, ended)
    throw error
  }
}

/** Apart from this process's group, so that Ctrl-C doesn't end the tunnel before the shop has finished what it is doing. */
function run(plan: TunnelPlan, metrics: string, errors: string[]): ChildProcess {
  const options = ['--no-autoupdate', '--output', 'json', '--metrics', metrics]
  // Otherwise, the rules for another tunnel in ~/.cloudflared/config.yml would apply instead of --url.
  const quick = ['--config', devNull, '--url', plan.localUrl]
  const args = ['tunnel', ...options, ...(plan.named ? ['run'] : quick)]
  const child = spawn(plan.path, args, {
    env: { ...withoutTunnelSettings(plan.env), ...(plan.named && { TUNNEL_TOKEN: plan.named.token }) },
    stdio: ['ignore', 'ignore', 'pipe'],
    detached: process.platform !== 'win32',
    windowsHide: true,
  })
  createInterface({ input: child.stderr as NodeJS.ReadableStream }).on('line', (line) => {
    const error = findError(line)
    if (error === undefined) return
    errors.push(error)
    errors.splice(0, errors.length - REMEMBERED_LINES)
  })
  return child
}

/** Resolves when the program has ended. It never outlives this process. */
async function endOf(child: ChildProcess, errors: string[]): Promise<void> {
  const kill = () => child.kill('SIGKILL')
  process.once('exit', kill)
  await new Promise<void>((resolve) => {
    child.once('close', () => resolve())
    child.once('error', (error) => {
      errors.push(error.message)
      resolve()
    })
  })
  process.off('exit', kill)
}

/** Every option of cloudflared can be set by a variable, so those of another tunnel would change this one. */
function withoutTunnelSettings(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith('TUNNEL_')))
}

/** Its log is JSON, but for what goes wrong before it has read its options. */
function findError(line: string): string | undefined {
  try {
    const { level, message } = logLine.parse(JSON.parse(line))
    return LEVELS_OF_ERRORS.includes(level) && !ABOUT_NO_FILE.test(message) ? message : undefined
  } catch {
    return TEXT_OF_ERRORS.test(line) && !ABOUT_NO_FILE.test(line) ? line : undefined
  }
}

interface Waiting {
  metrics: string
  child: ChildProcess
  errors: string[]
  signal: AbortSignal
}

async function waitFor<T>(
  { metrics, child, errors, signal }: Waiting,
  look: (metrics: string) => Promise<T | undefined>,
  deadlineMs: number,
  what: string,
): Promise<T> {
  const until = performance.now() + deadlineMs
  while (!hasEnded(child) && performance.now() < until) {
    const found = await look(metrics).catch(() => undefined)
    if (found !== undefined) return found
    await delay(LOOK_EVERY_MS, undefined, { signal })
  }
  const why = hasEnded(child) ? 'It has ended' : `It has tried for ${deadlineMs / SECOND_MS} seconds`
  const said = errors.length > 0 ? ` and says:\n${errors.map((line) => `  ${line}`).join('\n')}` : '.'
  throw new LiveError(`The tunnel could not ${what}. ${why}${said}`)
}

/** A program that could not be started has no number. */
function hasEnded({ pid, exitCode, signalCode }: ChildProcess): boolean {
  return pid === undefined || exitCode !== null || signalCode !== null
}

async function readHostname(metrics: string): Promise<string | undefined> {
  const response = await ask(metrics, '/quicktunnel')
  const { hostname } = quickTunnel.parse(await response.json())
  return hostname === '' ? undefined : hostname
}

async function isReady(metrics: string): Promise<true | undefined> {
  const { status } = await ask(metrics, '/ready')
  return status === 200 || undefined
}

function ask(metrics: string, path: string): Promise<Response> {
  return fetch(`http://${metrics}${path}`, { signal: AbortSignal.timeout(CALL_DEADLINE_MS) })
}

async function stop(child: ChildProcess, ended: Promise<void>): Promise<void> {
  child.kill('SIGTERM')
  const timer = setTimeout(() => child.kill('SIGKILL'), STOP_DEADLINE_MS)
  await ended
  clearTimeout(timer)
}
