/**
 * The thread that writer.ts starts: a connection that writes one group of units after another. It does the slow parts of
 * writing, waiting for a lock and for the disk, while the shop's event loop goes on.
 * Plain JavaScript, since a thread loads its file as it is, even where everything else is compiled on the fly.
 */
import { parentPort, workerData } from 'node:worker_threads'
import Sqlite from 'better-sqlite3'

const port = /** @type {import('node:worker_threads').MessagePort} */ (parentPort)
const { path, pragmas, lockMs } = workerData
const connection = new Sqlite(path, { fileMustExist: true, timeout: lockMs })
for (const pragma of pragmas) connection.pragma(pragma)
const beginTransaction = connection.prepare('BEGIN IMMEDIATE')
const commitTransaction = connection.prepare('COMMIT')
const rollBackTransaction = connection.prepare('ROLLBACK')
/** @type {string[]} */
const texts = []
/** @type {Sqlite.Statement[]} */
const prepared = []

/**
 * Each unit is its statements' numbers and their parameters; `newTexts` are the statements that had no number yet.
 * @param {{ units: [number[], import('../driver.ts').Parameters][], newTexts: string[] }} group
 * @returns {import('../group-commit.ts').TransactionResult}
 */
function commit({ units, newTexts }) {
  texts.push(...newTexts)
  /** @type {import('../driver.ts').Row[][][]} */
  const rows = []
  try {
    beginTransaction.run()
    for (const [numbers, parameters] of units) rows.push(numbers.map((number) => run(number, parameters)))
    commitTransaction.run()
    return { rows }
  } catch (error) {
    if (connection.inTransaction) rollBackTransaction.run() // otherwise SQLite has already done so
    return { failed: rows.length, error: toPlainError(error) }
  }
}

/**
 * @param {number} number
 * @param {import('../driver.ts').Parameters} parameters
 */
function run(number, parameters) {
  prepared[number] ??= connection.prepare(/** @type {string} */ (texts[number]))
  const statement = prepared[number]
  if (statement.reader) return /** @type {import('../driver.ts').Row[]} */ (statement.all(parameters))
  statement.run(parameters)
  return []
}

/** Moves the WAL's content into the database file and truncates the WAL. False if the database is in use, or the disk full. */
function checkpoint() {
  connection.pragma('busy_timeout = 0') // a checkpoint can wait; a unit behind it shouldn't have to
  try {
    return connection.pragma('wal_checkpoint(TRUNCATE)', { simple: true }) === 0
  } catch {
    return false
  } finally {
    connection.pragma(`busy_timeout = ${lockMs}`)
  }
}

function stop() {
  connection.close()
  port.close()
}

/**
 * An error's class and code would not survive the way to another thread.
 * @param {any} error
 */
function toPlainError({ name, code, message }) {
  return { name, code, message }
}

/** @type {Record<string, (argument: any) => unknown>} */
const tasks = { commit, checkpoint, stop }
port.on('message', ({ task, argument }) => port.postMessage(tasks[task]?.(argument)))
port.postMessage('ready')
