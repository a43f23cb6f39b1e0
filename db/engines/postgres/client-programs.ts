import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { once } from 'node:events'
import type { Readable, Writable } from 'node:stream'
import { DatabaseRefused, DatabaseUnavailable } from '../errors.ts'

const LONGEST_MESSAGE = 2_000 // characters

/** A program of PostgreSQL's that runs. */
export interface ClientProgram {
  readonly child: ChildProcessByStdio<Writable, Readable, Readable>
  /** Resolves when it has ended well. Throws DatabaseRefused, DatabaseUnavailable. */
  readonly ended: Promise<void>
}

/** Starts pg_dump, pg_restore or psql. Those that connect to a database get connectionEnvironment. */
export function runClientProgram(
  name: string,
  args: readonly string[],
  environment: Record<string, string> = {},
): ClientProgram {
  const { PATH = '' } = process.env
  const child = spawn(name, args, { env: { PATH, ...environment } })
  let message = ''
  child.stderr.setEncoding('utf8').on('data', (text) => {
    message = (message + text).slice(-LONGEST_MESSAGE)
  })
  child.stdin.on('error', () => undefined) // it has ended, and says why
  const ended = waitFor(name, child, () => message)
  ended.catch(() => undefined) // whoever waits for it learns of that
  return { child, ended }
}

async function waitFor(name: string, child: ClientProgram['child'], message: () => string): Promise<void> {
  const failed = once(child, 'error').then(([error]) => error as NodeJS.ErrnoException)
  const exited = once(child, 'close').then(([code]) => code as number | null)
  failed.catch(() => undefined)
  exited.catch(() => undefined)
  const end = await Promise.race([exited.catch(() => -1), failed.catch(() => -1)])
  if (end === 0) return
  if (end instanceof Error) {
    throw new DatabaseRefused(
      end.code === 'ENOENT'
        ? `${name} is not installed here. It comes with PostgreSQL’s client programs, such as Debian’s postgresql-client, in a version that is not older than the server’s.`
        : `${name} cannot be started: ${end.message}`,
      { cause: end },
    )
  }
  throw new DatabaseUnavailable(`${name} failed: ${message().trim() || `it ended with ${end}`}`, {
    reason: `${name} failed`,
  })
}
