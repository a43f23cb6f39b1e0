/**
 * Runs one unit of work on a SQLite file as the shop's writer does, and kills its own process at a chosen step: 0 before the
 * transaction begins, then after each statement, and `-1` once it is committed. Plain JavaScript, so that it starts quickly.
 */
import { readFileSync } from 'node:fs'
import Sqlite from 'better-sqlite3'

const { path, statements, parameters, step } = JSON.parse(readFileSync(0, 'utf8'))
const connection = new Sqlite(path, { fileMustExist: true })
connection.pragma('journal_mode = WAL')
connection.pragma('synchronous = FULL')
connection.pragma('foreign_keys = ON')
connection.exec('BEGIN IMMEDIATE')
let taken = 0
dieAt(0)
for (const text of statements) {
  const statement = connection.prepare(text)
  if (statement.reader) statement.all(parameters)
  else statement.run(parameters)
  dieAt(++taken)
}
connection.exec('COMMIT')
process.kill(process.pid, 'SIGKILL')

/** @param {number} now */
function dieAt(now) {
  if (now === step) process.kill(process.pid, 'SIGKILL')
}
