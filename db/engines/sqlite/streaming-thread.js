/**
 * A thread that streaming.ts starts: reads much, and makes text of it, while the shop's event loop goes on.
 * Plain JavaScript, since a thread loads its file as it is, even where everything else is compiled on the fly.
 */
import { setPriority } from 'node:os'
import { parentPort, workerData } from 'node:worker_threads'
import Sqlite from 'better-sqlite3'

const NICENESS = 10 // a tenth of a processor where others want it, and all that they leave
const CACHE_KIB = -1_000 // the rows are read once; SQLite's own cache would hold 16 MB

const port = /** @type {import('node:worker_threads').MessagePort} */ (parentPort)
const { path, lockMs, loader, module, argument } = workerData
// On Linux, each thread has a priority of its own. Elsewhere, this would slow down the whole process.
if (process.platform === 'linux') setPriority(NICENESS)
const connection = new Sqlite(path, { readonly: true, fileMustExist: true, timeout: lockMs })
connection.pragma(`cache_size = ${CACHE_KIB}`)
/** @type {Map<string, Sqlite.Statement>} */
const statements = new Map()
/** @type {AsyncGenerator<string, void> | undefined} */
let text

/** @type {import('../driver.ts').Driver['read']} */
async function read(sql, parameters) {
  const statement = statements.get(sql) ?? connection.prepare(sql)
  statements.set(sql, statement)
  return /** @type {import('../driver.ts').Row[]} */ (statement.all(parameters))
}

/** @returns {Promise<AsyncGenerator<string, void>>} */
async function begin() {
  if (loader) (await import(loader)).register()
  const { default: makeText } = await import(module)
  return makeText({ read }, argument)
}

async function next() {
  try {
    text ??= await begin()
    return await text.next()
  } catch (error) {
    // Its class and code would not survive the way to another thread.
    const { name, code, message, stack } = /** @type {any} */ (error)
    return { error: { name, code, message, stack } }
  }
}

/** @type {Record<string, () => unknown>} */
const tasks = {
  next: async () => port.postMessage(await next()),
  stop: () => {
    connection.close()
    port.close()
  },
}
port.on('message', (task) => tasks[task]?.())
port.postMessage('ready')
