/**
 * A thread that reader.ts starts: a connection that reads, while the shop's event loop goes on.
 * Plain JavaScript, since a thread loads its file as it is, even where everything else is compiled on the fly.
 */
import { setPriority } from 'node:os'
import { parentPort, workerData } from 'node:worker_threads'
import Sqlite from 'better-sqlite3'

const NICENESS = 10 // a tenth of a processor where others want it, and all that they leave
const CACHE_KIB = -2_000 // the rows are read once; SQLite's own cache would hold 16 MB

const port = /** @type {import('node:worker_threads').MessagePort} */ (parentPort)
const { path, lockMs } = workerData
// On Linux, each thread has a priority of its own. Elsewhere, this would slow down the whole process.
if (process.platform === 'linux') setPriority(NICENESS)
const connection = new Sqlite(path, { readonly: true, fileMustExist: true, timeout: lockMs })
connection.pragma(`cache_size = ${CACHE_KIB}`)
/** @type {Map<string, Sqlite.Statement>} */
const statements = new Map()

/**
 * Returns the rows as JSON, which takes the shop's thread less time to receive than objects.
 * @param {{ sql: string, parameters: import('../driver.ts').Parameters }} query
 */
function read({ sql, parameters }) {
  try {
    const statement = statements.get(sql) ?? connection.prepare(sql)
    statements.set(sql, statement)
    return { rows: JSON.stringify(statement.all(parameters)) }
  } catch (error) {
    // Its class and code would not survive the way to another thread.
    const { name, code, message } = /** @type {any} */ (error)
    return { error: { name, code, message } }
  }
}

port.on('message', (query) => {
  if (query) return port.postMessage(read(query))
  connection.close()
  port.close()
})
port.postMessage('ready')
