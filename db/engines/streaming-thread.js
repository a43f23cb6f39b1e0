/**
 * A thread that streaming.ts starts: reads much, and makes text of it, while the shop's event loop goes on.
 * Plain JavaScript, since a thread loads its file as it is, even where everything else is compiled on the fly.
 */
import { setTimeout as delay } from 'node:timers/promises'
import { parentPort, workerData } from 'node:worker_threads'
import { lowerPriority } from './lower-priority.js'

/** @typedef {AsyncGenerator<string, void>} Texts */

const port = /** @type {import('node:worker_threads').MessagePort} */ (parentPort)
const { loader, reader, options, module, argument } = workerData
/** @type {import('./streaming.ts').TextReader | undefined} */
let database
/** @type {Texts | undefined} */
let texts
let isNice = false

/** @returns {Promise<Texts>} */
async function begin() {
  if (loader) (await import(loader)).register()
  const [{ openReader }, { default: makeText }] = await Promise.all([import(reader), import(module)])
  database = await openReader(options)
  isNice = lowerPriority()
  return makeText(database, argument)
}

/** Without a priority of its own, the thread rests after each text for as long as that took: half of the time belongs to the others. */
async function next() {
  try {
    texts ??= await begin()
    const began = performance.now()
    const answer = await texts.next()
    if (!isNice) await delay(performance.now() - began)
    return answer
  } catch (error) {
    // Its class and what it caused would not survive the way to another thread.
    const { name, code, severity, message, stack } = /** @type {any} */ (error)
    return { error: { name, code, severity, message, stack } }
  }
}

/** @type {Record<string, () => Promise<void>>} */
const tasks = {
  next: async () => port.postMessage(await next()),
  stop: async () => {
    port.close()
    await database?.close()
  },
}

// One after another: a thread that is stopped answers first, and by then it has opened the database that it has to close.
let work = Promise.resolve()
port.on('message', (task) => {
  work = work.then(tasks[task])
})
