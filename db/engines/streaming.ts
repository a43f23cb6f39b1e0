import { type ResourceLimits, Worker } from 'node:worker_threads'
import type { Driver, TextModule } from './driver.ts'
import { DatabaseUnavailable } from './errors.ts'

// It works on one page after another, and keeps none.
const MEMORY: ResourceLimits = { maxYoungGenerationSizeMb: 2, maxOldGenerationSizeMb: 16 }

// Development and tests compile on the fly, and a thread has none of the loaders of its process. The build needs none.
const LOADER = 'tsx/esm/api'

/** What a thread reads with: returned by the function `openReader` of an engine's own module, which gets the options. */
export interface TextReader extends Pick<Driver, 'read'> {
  close(): unknown
}

export interface ReaderModule {
  url: URL
  options: unknown
}

/** Threads that make text from a database, each for one text. */
export type TextThreads = Set<TextThread>

interface TextThread {
  readonly worker: Worker
  readonly ended: Promise<unknown>
  /** What the thread's next answer goes to */
  resolve: ((answer: Answer) => void) | undefined
  isStopped: boolean
}

/** The next text, that there is no more, or why not. */
type Answer = IteratorResult<string, void> | { error: object } | 'ended'

/** Lets a module make text on a thread of its own. Throws DatabaseUnavailable if the threads were stopped, and what the thread throws. */
export async function* streamText(
  threads: TextThreads,
  reader: ReaderModule,
  module: TextModule,
): AsyncGenerator<string, void> {
  const thread = startThread(reader, module)
  threads.add(thread)
  try {
    for (;;) {
      const answer = thread.isStopped ? 'ended' : await ask(thread)
      if (answer === 'ended') throw ended()
      if ('error' in answer) throw Object.assign(new Error(), answer.error)
      if (answer.done) return
      yield answer.value
    }
  } finally {
    threads.delete(thread)
    await stopThread(thread)
  }
}

/** Stops all threads, each once it has made the text that it was asked for. */
export async function stopTextThreads(threads: TextThreads): Promise<void> {
  await Promise.all([...threads].map(stopThread))
}

function startThread(reader: ReaderModule, { url, argument }: TextModule): TextThread {
  const { url: readerUrl, options } = reader
  const isCompiled = [readerUrl, url].every(({ pathname }) => pathname.endsWith('.js'))
  const loader = isCompiled ? undefined : LOADER
  const worker = new Worker(new URL('./streaming-thread.js', import.meta.url), {
    workerData: { loader, reader: readerUrl.href, options, module: url.href, argument },
    execArgv: [],
    resourceLimits: MEMORY,
  })
  const ended = new Promise((resolve) => worker.once('exit', resolve))
  const thread: TextThread = { worker, ended, resolve: undefined, isStopped: false }
  worker.on('message', (answer) => settle(thread, answer))
  worker.once('error', () => undefined) // if the thread crashes, its text ends, and the shop goes on
  worker.once('exit', () => end(thread))
  return thread
}

function ask(thread: TextThread): Promise<Answer> {
  thread.worker.postMessage('next')
  return new Promise((resolve) => {
    thread.resolve = resolve
  })
}

function settle(thread: TextThread, answer: Answer): void {
  const { resolve } = thread
  thread.resolve = undefined
  resolve?.(answer)
}

function end(thread: TextThread): void {
  thread.isStopped = true
  settle(thread, 'ended')
}

async function stopThread(thread: TextThread): Promise<void> {
  if (!thread.isStopped) thread.worker.postMessage('stop')
  thread.isStopped = true
  await thread.ended
}

function ended(): DatabaseUnavailable {
  const reason = 'it was replaced, or the shop is stopping'
  return new DatabaseUnavailable(`The database cannot answer now: ${reason}`, { reason })
}
