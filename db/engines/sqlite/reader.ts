import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import type { Parameters, Row } from '../driver.ts'
import { asUnavailable, cannotOpen, unavailable } from './errors.ts'

/** A thread that reads from a database file. */
export interface ReaderThread {
  readonly thread: Worker
  readonly ended: Promise<unknown>
  /** What the thread's next answers go to, in the order of the requests */
  readonly resolvers: ((answer: Answer) => void)[]
  isStopped: boolean
}

/** Rows as JSON, or why there are none. */
type Answer = { rows: string } | { error: object } | 'ended'

/** Starts a thread that reads from a database file, which must exist. Throws DatabaseUnavailable. */
export async function startReader(path: string, lockMs: number): Promise<ReaderThread> {
  const thread = new Worker(new URL('./reader-thread.js', import.meta.url), {
    workerData: { path, lockMs },
    execArgv: [], // as for the thread that writes
  })
  const ended = new Promise((resolve) => thread.once('exit', resolve))
  const reader: ReaderThread = { thread, ended, resolvers: [], isStopped: false }
  try {
    await once(thread, 'message') // it has opened the file
  } catch (error) {
    throw cannotOpen(path, error as Error)
  }
  thread.on('message', (answer) => reader.resolvers.shift()?.(answer))
  thread.once('error', () => undefined) // such as too little memory: what is being read fails, and the shop goes on
  thread.once('exit', () => end(reader))
  return reader
}

function end(reader: ReaderThread): void {
  reader.isStopped = true
  for (const resolve of reader.resolvers.splice(0)) resolve('ended')
}

/** Returns the rows of a query. Throws DatabaseUnavailable, also if the thread was stopped because its file was replaced. */
export async function readOnThread(
  reader: ReaderThread,
  sql: string,
  parameters: Parameters,
): Promise<Row[]> {
  const answer = reader.isStopped ? 'ended' : await ask(reader, { sql, parameters })
  if (answer === 'ended') throw unavailable('its file was replaced, or the shop is stopping')
  if ('error' in answer) throw asUnavailable(Object.assign(new Error(), answer.error))
  return JSON.parse(answer.rows)
}

function ask({ thread, resolvers }: ReaderThread, query: object): Promise<Answer> {
  thread.postMessage(query)
  return new Promise((resolve) => resolvers.push(resolve))
}

/** Ends the thread once it has answered what it was asked before. */
export async function stopReader(reader: ReaderThread): Promise<void> {
  if (!reader.isStopped) reader.thread.postMessage(undefined)
  reader.isStopped = true
  await reader.ended
}
