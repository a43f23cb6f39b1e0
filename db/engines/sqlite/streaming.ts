import { once } from 'node:events'
import { type ResourceLimits, Worker } from 'node:worker_threads'
import type { TextModule } from '../driver.ts'
import { asUnavailable, cannotOpen, unavailable } from './errors.ts'

// It works on one page after another, and keeps none.
const MEMORY: ResourceLimits = { maxYoungGenerationSizeMb: 2, maxOldGenerationSizeMb: 16 }

// Development and tests compile on the fly, and a thread has none of the loaders of its process. The build needs none.
const LOADER = 'tsx/esm/api'

/** A thread that makes text from a database file. */
export interface TextThread {
  readonly thread: Worker
  readonly ended: Promise<unknown>
  /** What the thread's next answer goes to */
  resolve: ((answer: Answer) => void) | undefined
  isStopped: boolean
}

/** The next text, that there is no more, or why not. */
type Answer = IteratorResult<string, void> | { error: object } | 'ended'

/** Starts a thread that makes text from a database file, which must exist. Throws DatabaseUnavailable. */
export async function startTextThread(
  path: string,
  lockMs: number,
  { url, argument }: TextModule,
): Promise<TextThread> {
  const loader = url.pathname.endsWith('.ts') ? LOADER : undefined
  const thread = new Worker(new URL('./streaming-thread.js', import.meta.url), {
    workerData: { path, lockMs, loader, module: url.href, argument },
    execArgv: [],
    resourceLimits: MEMORY,
  })
  const ended = new Promise((resolve) => thread.once('exit', resolve))
  const texts: TextThread = { thread, ended, resolve: undefined, isStopped: false }
  try {
    await once(thread, 'message') // it has opened the file
  } catch (error) {
    throw cannotOpen(path, error as Error)
  }
  thread.on('message', (answer) => settle(texts, answer))
  thread.once('error', () => undefined) // if the thread crashes, the text ends, and the shop goes on
  thread.once('exit', () => end(texts))
  return texts
}

function settle(texts: TextThread, answer: Answer): void {
  const { resolve } = texts
  texts.resolve = undefined
  resolve?.(answer)
}

function end(texts: TextThread): void {
  texts.isStopped = true
  settle(texts, 'ended')
}

/** Returns the next text, or undefined if there is no more. Throws DatabaseUnavailable, also if the thread was stopped. */
export async function nextText(texts: TextThread): Promise<string | undefined> {
  const answer = texts.isStopped ? 'ended' : await ask(texts)
  if (answer === 'ended') throw unavailable('its file was replaced, or the shop is stopping')
  if ('error' in answer) throw asUnavailable(Object.assign(new Error(), answer.error))
  return answer.done ? undefined : answer.value
}

function ask(texts: TextThread): Promise<Answer> {
  texts.thread.postMessage('next')
  return new Promise((resolve) => {
    texts.resolve = resolve
  })
}

/** Ends the thread once it has made the text that it was asked for. */
export async function stopTextThread(texts: TextThread): Promise<void> {
  if (!texts.isStopped) texts.thread.postMessage('stop')
  texts.isStopped = true
  await texts.ended
}
