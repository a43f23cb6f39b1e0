import { isIPv6 } from 'node:net'
import { networkInterfaces } from 'node:os'
import { parseArgs } from 'node:util'
import { isLoopback } from './hosts.ts'
import type { Targets } from './webhook-targets.ts'

const FASTEST = 1_000_000
const HOST = /^([a-z0-9.-]+|\[[0-9a-f:.]+\])$/
const EVERY_ADDRESS = ['0.0.0.0', '[::]']

export const USAGE = `A Code Sequencer on your own machine, with a test wallet. No real money moves.

  npm run sandbox -- [--port 3031] [--host 127.0.0.1] [--allow-host NAME] [--data DIR | --memory] [--clock 1]
                     [--allow-webhooks-to HOST | ORIGIN] [--allow-shop ORIGIN] [--public-url ORIGIN]

  --port N                   Listen on this port.                                     (default: 3031)
  --host ADDRESS             Listen on this address, such as 0.0.0.0 in a container.  (default: 127.0.0.1)
  --allow-host NAME          Also answer under this host name, such as that of the
                             container. Repeatable.                                   (default: this machine's addresses)
  --data DIR                 Store the key and the state in DIR.                      (default: data/sandbox)
  --memory                   Store nothing, and create a new key at each start.
  --clock N                  Retry webhooks N times faster than Code.                 (default: 1)
  --allow-webhooks-to HOST   Also deliver webhooks to HOST, or to an origin such as
                             http://127.0.0.1:3030. Repeatable.                       (default: this machine only)
  --allow-shop ORIGIN        Also let the pages of ORIGIN embed the button's frames,
                             and let the wallet return there. Repeatable.             (default: this machine only)
  --public-url ORIGIN        The sandbox's address for phones, such as a tunnel's, so
                             that they can scan its codes.                            (default: none)
  --help                     Print this text.

Where others can reach the sandbox, with --host or --public-url, it delivers webhooks to this machine only at the origins
that --allow-webhooks-to names. With --public-url, deliveries and traces are shown on this machine only.

It writes one line of JSON for each event. The first one begins with {"what":"ready", and has its addresses.
Exit codes: 0 stopped by a signal, 1 could not start, 2 wrong arguments. docs/sandbox.md shows how to test against it.
`

export interface Settings {
  port: number
  /** The address to listen on, as in a URL */
  host: string
  /** The host names under which it answers */
  hosts: string[]
  data: string
  retrySpeed: number
  targets: Targets
  shops: string[]
  publicUrl: string | undefined
}

/** Wrong arguments; the message says what would be right. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

/** Reads the command line. Returns undefined if it asks for help. Throws a UsageError. */
export function readArguments(args: string[]): Settings | undefined {
  const values = parse(args)
  if (values.help) return undefined
  if (values.memory && values.data !== undefined)
    throw new UsageError('--data and --memory cannot be combined.')
  if (values.data === '') throw new UsageError('--data needs a folder name.')
  const host = readHost('--host', values.host ?? '127.0.0.1')
  const publicUrl =
    values['public-url'] === undefined ? undefined : readOrigin('--public-url', values['public-url'])
  const isExposed = publicUrl !== undefined || !isLoopback(host)
  return {
    port: readNumber('--port', values.port ?? '3031', 65_535),
    host,
    hosts: [...ownHosts(host), ...(values['allow-host'] ?? []).map((text) => readHost('--allow-host', text))],
    data: values.memory ? ':memory:' : (values.data ?? 'data/sandbox'),
    retrySpeed: readNumber('--clock', values.clock ?? '1', FASTEST),
    targets: readTargets(values['allow-webhooks-to'] ?? [], isExposed),
    shops: (values['allow-shop'] ?? []).map(readShop),
    publicUrl,
  }
}

function parse(args: string[]) {
  const text = { type: 'string' } as const
  const flag = { type: 'boolean' } as const
  const texts = { type: 'string', multiple: true } as const
  try {
    return parseArgs({
      args,
      options: {
        port: text,
        host: text,
        'allow-host': texts,
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
    throw new UsageError(`${describeFault(error)}\n\n${USAGE}`)
  }
}

const NAMED = /'(?:-\w, )?(.*?)(?: <value>)?'/s // the first thing that a message of parseArgs quotes

/** Says in a sentence what parseArgs has found wrong. Its own sentences give advice, mostly about something else. */
function describeFault(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException
  const name = NAMED.exec(message)?.[1]
  if (code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION') return `Unknown option ${name}`
  if (code === 'ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL') return `Unexpected argument: ${name}`
  return message.includes('does not take') ? `${name} takes no value` : `${name} needs a value`
}

function readNumber(name: string, text: string, highest: number): number {
  const number = Number(text)
  if (/^\d+$/.test(text) && number >= 1 && number <= highest) return number
  throw new UsageError(`${name} must be a whole number from 1 to ${highest}, not ${text}.`)
}

/** Reads a host name or an address, and returns it as in a URL. One that would never match, such as a URL, is an error. */
function readHost(name: string, text: string): string {
  const host = isIPv6(text) ? `[${text}]` : text
  if (HOST.test(host) && URL.canParse(`http://${host}`) && new URL(`http://${host}`).hostname === host)
    return host
  throw new UsageError(`${name} takes a host name in lower case, such as shop.test, not ${text}.`)
}

/** Returns the names of the addresses on which the sandbox listens. */
function ownHosts(host: string): string[] {
  if (isLoopback(host)) return ['127.0.0.1', 'localhost', host]
  if (!EVERY_ADDRESS.includes(host)) return [host]
  const addresses = Object.values(networkInterfaces()).flatMap((all) => all ?? [])
  return [
    'localhost',
    ...addresses.map(({ family, address }) => (family === 'IPv6' ? `[${address}]` : address)),
  ]
}

function readTargets(texts: string[], isExposed: boolean): Targets {
  const isOrigin = (text: string) => text.includes('://')
  const hosts = texts.filter((text) => !isOrigin(text)).map((text) => readHost('--allow-webhooks-to', text))
  const loopback = hosts.find(isLoopback)
  if (isExposed && loopback) throw new UsageError(needsOrigin(loopback))
  const origins = texts.filter(isOrigin).map((text) => readOrigin('--allow-webhooks-to', text))
  return { hosts: new Set(hosts), origins: new Set(origins), allowsLoopback: !isExposed }
}

/** Says what is needed instead of a host name that leads to this machine, where others can reach the sandbox. */
export function needsOrigin(host: string): string {
  return `Others can reach this sandbox, so --allow-webhooks-to needs the exact origin: http://${host}:3030, not ${host}.`
}

/** Reads the origin of a shop. A Content-Security-Policy can't express IPv6 addresses. */
function readShop(text: string): string {
  const origin = readOrigin('--allow-shop', text)
  if (!origin.includes('[')) return origin
  throw new UsageError(
    `Browsers can't be told to allow an IPv6 address, so --allow-shop doesn't take ${text}. Open the shop at a host name or an IPv4 address, such as http://127.0.0.1:3030.`,
  )
}

/** Reads an origin, which is scheme, host and port only: a path or a space would end up in the pages' policy. */
function readOrigin(name: string, text: string): string {
  const origin = URL.canParse(text) ? new URL(text).origin : 'null'
  if (/^https?:/.test(origin) && [origin, `${origin}/`].includes(text)) return origin
  throw new UsageError(`${name} takes an origin, such as https://shop.example, not ${text}.`)
}
