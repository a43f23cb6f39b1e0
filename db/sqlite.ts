import { dirname } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import Sqlite from 'better-sqlite3'
import type { Driver, Parameters, Row } from './driver.ts'
import { groupCommits } from './group-commit.ts'
import type { Preparation } from './migrate.ts'
import { assertWritable, isMissing, makeFolder, placeOf, syncFolder } from './place.ts'
import { asUnavailable, cannotOpen, gone, isBusy, unavailable } from './sqlite-errors.ts'

const BUSY_DEADLINE_MS = 800 // Code waits 3 s for a webhook's answer; a 503 in time is worth more than a late 200
const BUSY_RETRY_MS = 10
const OPENING_DEADLINE_MS = 5_000
const LOG_PAGES = 4_000 // 16 MB: each time that the log is emptied, all writers wait for the disk. SQLite's own is a thousand
const LOG_LIFE_MS = 5_000 // what was overwritten stands in the log of writes until that is emptied: paid orders' client secrets, too

type Prepare = (database: Preparation) => Promise<void>

/**
 * Opens (and makes, if need be) a database file, or `:memory:`, durable against power loss. `prepare` runs in a
 * transaction, for which it may wait for seconds. Nothing is written to a file that was deleted; one that was replaced is opened again.
 * Throws DatabaseUnavailable, and what `prepare` throws.
 */
export async function openSqlite(path: string, prepare: Prepare): Promise<Driver> {
  if (path !== ':memory:') makeRoom(path)
  let session = await beginSession(path, prepare, { timeout: OPENING_DEADLINE_MS })
  if (path !== ':memory:') syncFolder(dirname(path))
  let isClosed = false
  let emptying: NodeJS.Timeout | undefined

  function emptyLogLater(): void {
    emptying ??= setTimeout(() => {
      emptying = undefined
      if (!isClosed && !session.emptyLog()) emptyLogLater() // somebody reads or writes just now
    }, LOG_LIFE_MS).unref()
  }

  function assertNotClosed(): void {
    if (isClosed) throw new TypeError('The database was closed')
  }

  async function begin(): Promise<void> {
    assertNotClosed()
    if (!session.isInPlace()) await reopen()
    session.exec('BEGIN IMMEDIATE')
  }

  /** Somebody has put another file there, a backup perhaps: that is the database now. An empty one is never made. */
  async function reopen(): Promise<void> {
    if (isMissing(path)) throw gone()
    session.end()
    try {
      session = await beginSession(path, prepare, { fileMustExist: true, timeout: 0 })
    } catch (cause) {
      throw cannotOpen(path, cause as Error)
    }
  }

  return {
    read: (sql, parameters) =>
      whenFree(() => {
        assertNotClosed()
        return session.run(sql, parameters)
      }),
    write: groupCommits({
      begin: () => whenFree(begin),
      apply: (unit) => unit.statements.map((sql) => session.run(sql, unit.parameters)),
      exec: (sql) => session.exec(sql),
      commit: () => {
        session.exec('COMMIT')
        emptyLogLater()
        if (!session.isInPlace()) throw gone() // then nobody would ever read what was written
      },
      explain: asUnavailable,
    }),
    close: async () => {
      isClosed = true
      clearTimeout(emptying)
      session.close()
    },
  }
}

function makeRoom(path: string): void {
  try {
    makeFolder(dirname(path))
  } catch (cause) {
    throw cannotOpen(path, cause as Error)
  }
}

/** A connection with its statements, and the files that it has open. */
async function beginSession(path: string, prepare: Prepare, options: Sqlite.Options) {
  const connection = connect(path, options)
  connection.pragma('busy_timeout = 0') // SQLite's own waiting blocks the event loop: from here on see whenFree
  await prepareOrClose(connection, prepare, options.timeout)
  connection.pragma('user_version') // the first look makes the log, if nobody has yet
  const place = placeOf(path)
  const prepared = new Map<string, Sqlite.Statement>()

  function run(sql: string, parameters: Parameters): Row[] {
    if (!connection.open) throw unavailable('its file was replaced by one that cannot be opened')
    const statement = prepared.get(sql) ?? connection.prepare(sql)
    prepared.set(sql, statement)
    return rowsOf(statement, parameters)
  }

  /** Empties the log into the file that it belongs to: the log that stays behind would be read into the next one. */
  function end(): void {
    if (connection.open && connection.pragma('wal_checkpoint(TRUNCATE)', { simple: true }) !== 0)
      throw unavailable('its file was replaced, and another program still has the former one open')
    connection.close()
  }

  /** False when it has to be tried again. */
  function emptyLog(): boolean {
    try {
      return connection.pragma('wal_checkpoint(TRUNCATE)', { simple: true }) === 0
    } catch {
      return false // a full disk, perhaps; whoever writes next is told
    }
  }

  return {
    run,
    end,
    emptyLog,
    exec: (sql: string) => connection.exec(sql),
    isInPlace: () => connection.open && placeOf(path) === place,
    close: () => void connection.close(),
  }
}

function connect(path: string, options: Sqlite.Options): Sqlite.Database {
  let connection: Sqlite.Database | undefined
  try {
    assertWritable(path)
    connection = new Sqlite(path, options)
    connection.pragma('journal_mode = WAL')
    connection.pragma('synchronous = FULL') // WAL alone survives a crash of the process, not of the power
    connection.pragma(`wal_autocheckpoint = ${LOG_PAGES}`)
    connection.pragma('foreign_keys = ON')
    connection.pragma('secure_delete = ON') // a client secret that is gone leaves no bytes behind
    return connection
  } catch (cause) {
    connection?.close()
    throw cannotOpen(path, cause as Error)
  }
}

async function prepareOrClose(
  connection: Sqlite.Database,
  prepare: Prepare,
  deadlineMs?: number,
): Promise<void> {
  try {
    await whenFree(() => connection.exec('BEGIN IMMEDIATE'), deadlineMs)
    await prepare(preparation(connection))
    connection.exec('COMMIT')
  } catch (error) {
    connection.close() // which rolls back
    throw error
  }
}

function preparation(connection: Sqlite.Database): Preparation {
  const tables = connection.prepare(`SELECT name FROM sqlite_schema WHERE type = 'table'`).pluck()
  return {
    tables: async () => tables.all() as string[],
    query: async (sql, parameters) => rowsOf(connection.prepare(sql), parameters),
    execute: async (script) => connection.exec(script),
  }
}

function rowsOf(statement: Sqlite.Statement, parameters: Parameters): Row[] {
  if (statement.reader) return statement.all(parameters) as Row[]
  statement.run(parameters)
  return []
}

/** Waits for a lock of another process without blocking the event loop, by default for less than a second. */
async function whenFree<T>(work: () => T | Promise<T>, deadlineMs = BUSY_DEADLINE_MS): Promise<T> {
  const giveUpAt = performance.now() + deadlineMs
  for (;;) {
    try {
      return await work()
    } catch (error) {
      if (!isBusy(error) || performance.now() >= giveUpAt) throw asUnavailable(error)
      await delay(BUSY_RETRY_MS)
    }
  }
}
