/**
 * A thread that streaming.ts starts: reads much, and makes text of it, while the shop's event loop goes on.
 * Plain JavaScript, since a thread loads its file as it is, even where everything else is compiled on the fly.
 */
import { setPriority } from 'node:os'
import { parentPort, workerData } from 'node:worker_threads'

const NICENESS = 10 // a tenth of a processor where others want it, and all that they leave

/** @typedef {AsyncGenerator<string, void>} Texts */

const port = /** @type {import('node:worker_threads').MessagePort} */ (parentPort)
const { loader, reader, options, module, argument } = workerData
/** @type {import('./streaming.ts').TextReader | undefined} */
let database
/** @type {Texts | undefined} */
let texts

/** @returns {Promise<Texts>} */
async function begin() {
  if (loader) (await import(loader)).register()
  const [{ openReader }, { default: makeText }] = await Promise.all([import(reader), import(module)])
  database = await openReader(options)
  // On Linux, each thread has a priority of its own. Elsewhere, this would slow down the whole process.
  if (process.platform === 'linux') setPriority(NICENESS)
  return makeText(database, argument)
}

async function next() {
  try {
    texts ??= await begin()
    return await texts.next()
  } catch (error) {
    // Its class and what it caused would not survive the way to another thread.
    const { name, code, severity, message, stack } = /** @type {any} */ (error)
    return { error: { name, code, severity, message, stack } }
  }
}

/** @type {Record<string, () => unknown>} */
const tasks = {
  next: async () => port.postMessage(await next()),
  stop: async () => {
    port.close()
    await database?.close()
  },
}
port.on('message', (task) => tasks[task]?.())
