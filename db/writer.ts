import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import type { Outcome, Unit } from './group-commit.ts'
import { asUnavailable, unavailable } from './sqlite-errors.ts'

export type Writer = Awaited<ReturnType<typeof startWriter>>

interface Settings {
  pragmas: readonly string[]
  /** How long a group waits for another process's lock, in milliseconds */
  lockMs: number
}

interface Question {
  resolve(answer: unknown): void
  reject(error: Error): void
}

/** Starts the thread that writes to a database file, which exists. Rejects if the thread can't open it. */
export async function startWriter(path: string, settings: Settings) {
  const thread = new Worker(new URL('./writer-thread.js', import.meta.url), {
    workerData: { path, ...settings },
    execArgv: [], // whatever the process itself needs to understand TypeScript
  })
  const ended = once(thread, 'exit')
  const numberOf = numberStatements()
  let questions: Question[] = [] // answered in their order
  let isRunning = true

  thread.on('message', (answer) => questions.shift()?.resolve(answer))
  thread.on('error', end)
  thread.on('exit', () => end())

  function end(cause?: Error): void {
    isRunning = false
    for (const { reject } of questions) reject(unavailable('the thread that writes has ended', cause))
    questions = []
  }

  function answer<Answer>(): Promise<Answer> {
    return new Promise<unknown>((resolve, reject) => {
      if (isRunning) questions.push({ resolve, reject })
      else reject(unavailable('the thread that writes has ended'))
    }) as Promise<Answer>
  }

  async function commit(group: readonly Unit[]): Promise<Outcome> {
    const news: string[] = []
    const units = group.map(({ statements, parameters }) => [
      statements.map((text) => numberOf(text, news)),
      parameters,
    ])
    thread.postMessage({ task: 'commit', argument: { units, news } })
    const outcome = await answer<Outcome>()
    if ('rows' in outcome) return outcome
    return { ...outcome, error: asUnavailable(Object.assign(new Error(), outcome.error)) }
  }

  /** False when it has to be tried again. */
  async function emptyLog(): Promise<boolean> {
    thread.postMessage({ task: 'emptyLog' })
    return answer<boolean>()
  }

  async function close(): Promise<void> {
    thread.postMessage({ task: 'close' })
    await ended
  }

  await answer()
  return { commit, emptyLog, close, isRunning: () => isRunning }
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
