import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import type { Parameters } from '../driver.ts'
import type { TransactionResult } from '../group-commit.ts'
import { asUnavailable } from './errors.ts'

export interface Unit {
  statements: readonly string[]
  parameters: Parameters
}

/** The thread that writes to a database file. */
export interface Writer {
  readonly thread: Worker
  readonly ended: Promise<unknown>
  /** A statement's text is sent to the thread once, and after that its number is. */
  readonly numbers: Map<string, number>
  /** What the thread's next answers go to, in the order of the requests */
  readonly resolvers: ((answer: unknown) => void)[]
}

interface WriterOptions {
  pragmas: readonly string[]
  /** How long a group waits for another process's lock, in milliseconds */
  lockMs: number
}

/**
 * Starts the thread that writes to a database file, which must exist. Rejects if the thread can't open it. If the thread
 * crashes, the process exits and its supervisor restarts it.
 */
export async function startWriter(path: string, options: WriterOptions): Promise<Writer> {
  const thread = new Worker(new URL('./writer-thread.js', import.meta.url), {
    workerData: { path, ...options },
    execArgv: [], // the thread is plain JavaScript, and needs none of the loaders that the process may have
  })
  const ended = new Promise((resolve) => thread.once('exit', resolve)) // unlike events.once(), this leaves errors uncaught
  const writer: Writer = { thread, ended, numbers: new Map(), resolvers: [] }
  await once(thread, 'message') // it has opened the file
  thread.on('message', (answer) => writer.resolvers.shift()?.(answer))
  return writer
}

/** Commits all units of a group or none. */
export async function commitGroup(writer: Writer, group: readonly Unit[]): Promise<TransactionResult> {
  const newTexts: string[] = []
  const units = group.map(({ statements, parameters }) => [
    statements.map((text) => numberOf(writer, text, newTexts)),
    parameters,
  ])
  const result = await ask<TransactionResult>(writer, 'commit', { units, newTexts })
  if ('rows' in result) return result
  return { ...result, error: asUnavailable(Object.assign(new Error(), result.error)) }
}

function numberOf({ numbers }: Writer, text: string, newTexts: string[]): number {
  const known = numbers.get(text)
  if (known !== undefined) return known
  newTexts.push(text)
  numbers.set(text, numbers.size)
  return numbers.size - 1
}

/** Moves the WAL's content into the database file. False if that has to be tried again, since the database is in use. */
export function checkpoint(writer: Writer): Promise<boolean> {
  return ask(writer, 'checkpoint')
}

/** Ends the thread once it has done the work it was given before. */
export async function stopWriter({ thread, ended }: Writer): Promise<void> {
  thread.postMessage({ task: 'stop' })
  await ended
}

function ask<Answer>({ thread, resolvers }: Writer, task: string, argument?: unknown): Promise<Answer> {
  thread.postMessage({ task, argument })
  return new Promise<unknown>((resolve) => resolvers.push(resolve)) as Promise<Answer>
}
