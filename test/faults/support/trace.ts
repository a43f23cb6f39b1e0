import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import { STRACE } from '../../support/strace.ts'

const CALLS = 'openat,mkdir,rename,unlink,pwrite64,write,writev,sendmsg,sendto,ftruncate,fsync,fdatasync,read'

/** One call to the system, as it ended. */
export interface Call {
  name: string
  /** Everything between the brackets, with strings as \x.. */
  args: string
  result: number
}

/** The program, with arguments, under which another one's calls are written to a file, with all their data. */
export function recorder(file: string): string[] {
  return [...STRACE, '-y', '-xx', '-s', '200000', '-e', `trace=${CALLS}`, '-o', file]
}

/** The recorded calls, in the order in which they ended. */
export async function* readTrace(file: string): AsyncGenerator<Call> {
  const unfinished = new Map<string, string>()
  for await (const line of createInterface({
    input: createReadStream(file),
    crlfDelay: Number.POSITIVE_INFINITY,
  })) {
    const [, thread = '', rest = ''] = /^(\d+) +(.*)$/.exec(line) ?? []
    if (rest.endsWith('<unfinished ...>')) {
      unfinished.set(thread, rest.slice(0, -'<unfinished ...>'.length))
      continue
    }
    const resumed = /^<\.\.\. \w+ resumed>/.exec(rest)
    const call = parse(resumed ? `${unfinished.get(thread)}${rest.slice(resumed[0].length)}` : rest)
    if (call) yield call
  }
}

function parse(text: string): Call | undefined {
  const equals = text.lastIndexOf(' = ')
  const end = text.lastIndexOf(')', equals) // short calls are filled up with spaces
  const bracket = text.indexOf('(')
  const result = Number.parseInt(text.slice(equals + 3), 10)
  if (end < 0 || bracket < 0 || !(result >= 0)) return undefined // signals, exits, and calls that failed
  return { name: text.slice(0, bracket), args: text.slice(bracket + 1, end), result }
}

/** What the first argument leads to: a file's path, or `socket:[number]`. */
export function target({ args }: Call): string {
  return decode(/^\d+<([^>]*)>/.exec(args)?.[1] ?? '').toString()
}

/** All strings among the arguments, one after another. */
export function data({ args }: Call): Buffer {
  return Buffer.concat([...args.matchAll(/"((?:\\x[0-9a-f]{2})*)"/g)].map(([, text = '']) => decode(text)))
}

function decode(text: string): Buffer {
  return Buffer.from(text.replaceAll('\\x', ''), 'hex')
}

/** The last of the arguments, a number */
export function lastNumber({ args }: Call): number {
  return Number(args.slice(args.lastIndexOf(',') + 1))
}
