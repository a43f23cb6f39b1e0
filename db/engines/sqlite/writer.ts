import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { asUnavailable } from './errors.ts'
import type { Outcome, Unit } from './group-commit.ts'

interface Settings {
  pragmas: readonly string[]
  /** How long a group waits for another process's lock, in milliseconds */
  lockMs: number
}

/**
 * Starts the thread that writes to a database file, which exists. Rejects if the thread can't open it. Should it ever die
 * by itself, so does the process, and whoever runs that begins anew.
 */
export async function startWriter(path: string, settings: Settings) {
  const thread = new Worker(new URL('./writer-thread.js', import.meta.url), {
    workerData: { path, ...settings },
    execArgv: [], // whatever the process itself needs to understand TypeScript
  })
  const ended = new Promise((resolve) => thread.once('exit', resolve))
  const numberOf = numberStatements()
  const askers: ((answer: unknown) => void)[] = [] // answered in their order

  function ask<Answer>(task: string, argument?: unknown): Promise<Answer> {
    thread.postMessage({ task, argument })
    return new Promise<unknown>((resolve) => askers.push(resolve)) as Promise<Answer>
  }

  async function commit(group: readonly Unit[]): Promise<Outcome> {
    const news: string[] = []
    const units = group.map(({ statements, parameters }) => [
      statements.map((text) => numberOf(text, news)),
      parameters,
    ])
    const outcome = await ask<Outcome>('commit', { units, news })
    if ('rows' in outcome) return outcome
    return { ...outcome, error: asUnavailable(Object.assign(new Error(), outcome.error)) }
  }

  /** False when it has to be tried again. */
  function emptyLog(): Promise<boolean> {
    return ask('emptyLog')
  }

  /** What it was asked before is done first. */
  async function close(): Promise<void> {
    thread.postMessage({ task: 'close' })
    await ended
  }

  await once(thread, 'message') // it has opened the file
  thread.on('message', (answer) => askers.shift()?.(answer))
  return { commit, emptyLog, close }
}

/** A statement's text goes to the thread once; from then on its number does. */
function numberStatements() {
  const numbers = new Map<string, number>()
  return function numberOf(text: string, news: string[]): number {
    const known = numbers.get(text)
    if (known !== undefined) return known
    news.push(text)
    numbers.set(text, numbers.size)
    return numbers.size - 1
  }
}
