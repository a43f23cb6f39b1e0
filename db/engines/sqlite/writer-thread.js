/**
 * The thread that writer.ts starts: a connection that writes, one group of units after another. What is slow about
 * that, waiting for a lock and for the disk, is waited for here, while the event loop of the shop goes on.
 * Plain JavaScript, for a thread begins with a file as it is, also where the rest is compiled on the way.
 */
import { parentPort, workerData } from 'node:worker_threads'
import Sqlite from 'better-sqlite3'

const port = /** @type {import('node:worker_threads').MessagePort} */ (parentPort)
const { path, pragmas, lockMs } = workerData
const connection = new Sqlite(path, { fileMustExist: true, timeout: lockMs })
for (const pragma of pragmas) connection.pragma(pragma)
const begin = connection.prepare('BEGIN IMMEDIATE')
const end = connection.prepare('COMMIT')
const undo = connection.prepare('ROLLBACK')
/** @type {string[]} */
const texts = []
/** @type {Sqlite.Statement[]} */
const prepared = []

/**
 * Each unit is numbers of statements and their parameters; `news` are the texts of statements that had no number yet.
 * @param {{ units: [number[], import('../driver.ts').Parameters][], news: string[] }} group
 * @returns {import('./group-commit.ts').Outcome}
 */
function commit({ units, news }) {
  texts.push(...news)
  /** @type {import('../driver.ts').Row[][][]} */
  const rows = []
  try {
    begin.run()
    for (const [numbers, parameters] of units) rows.push(numbers.map((number) => run(number, parameters)))
    end.run()
    return { rows }
  } catch (error) {
    if (connection.inTransaction) undo.run() // else SQLite has done it
    return { failed: rows.length, error: plain(error) }
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

/** Writes the log into the database and cuts it off. False when somebody reads or writes just now, or the disk is full. */
function emptyLog() {
  connection.pragma('busy_timeout = 0') // this can be done later; who wants to write next is waiting for an answer
  try {
    return connection.pragma('wal_checkpoint(TRUNCATE)', { simple: true }) === 0
  } catch {
    return false
  } finally {
    connection.pragma(`busy_timeout = ${lockMs}`)
  }
}

function close() {
  connection.close()
  port.close()
}

/**
 * An error's class and code would not survive the way to another thread.
 * @param {any} error
 */
function plain({ name, code, message }) {
  return { name, code, message }
}

/** @type {Record<string, (argument: any) => unknown>} */
const tasks = { commit, emptyLog, close }
port.on('message', ({ task, argument }) => port.postMessage(tasks[task]?.(argument)))
port.postMessage('ready')
