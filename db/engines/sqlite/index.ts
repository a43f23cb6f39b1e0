import { dirname } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import Sqlite from 'better-sqlite3'
import type { Driver, Parameters, Preparation, Row } from '../driver.ts'
import { DatabaseRefused } from '../errors.ts'
import { asUnavailable, cannotOpen, gone, isBusy, unavailable } from './errors.ts'
import { assertWritable, isMissing, makeFolder, placeOf, syncFolder } from './file-identity.ts'
import { groupCommits, type Outcome, type Unit } from './group-commit.ts'
import { startWriter } from './writer.ts'

const BUSY_DEADLINE_MS = 800 // Code waits 3 s for a webhook's answer; a 503 in time is worth more than a late 200
const BUSY_RETRY_MS = 10
const OPENING_DEADLINE_MS = 5_000
const LOG_PAGES = 32_000 // 128 MB: each time that the log is emptied, all writers wait for the disk. SQLite's own is a thousand
const LOG_LIFE_MS = 15_000 // what was overwritten stands in the log of writes until that is emptied: paid orders' client secrets, too

const PRAGMAS = [
  'journal_mode = WAL',
  'synchronous = FULL', // WAL alone survives a crash of the process, but not a power cut
  'fullfsync = ON', // on macOS, a plain fsync leaves data in the drive's own cache; other systems ignore both settings
  'checkpoint_fullfsync = ON',
  `wal_autocheckpoint = ${LOG_PAGES}`,
  'foreign_keys = ON',
  'secure_delete = ON', // a client secret that is gone leaves no bytes behind
]

type Prepare = (database: Preparation) => Promise<void>

/**
 * Opens (and makes, if need be) a database file, durable against power loss. `prepare` runs in a transaction, for which it
 * may wait for seconds. Reads are this thread's, writes another's. Nothing is written to a file that was deleted; one
 * that was replaced is opened again. Throws DatabaseRefused, DatabaseUnavailable, and what `prepare` throws.
 */
export async function openSqlite(path: string, prepare: Prepare): Promise<Driver> {
  if (path === ':memory:')
    throw new DatabaseRefused('A database in memory forgets who has paid: give it a file')
  makeRoom(path)
  let session = await beginSession(path, prepare, { timeout: OPENING_DEADLINE_MS })
  syncFolder(dirname(path))
  let isClosed = false
  let emptying: NodeJS.Timeout | undefined

  function emptyLogLater(): void {
    emptying ??= setTimeout(async () => {
      emptying = undefined
      const isEmptied = await session.writer.emptyLog()
      if (!isEmptied && !isClosed) emptyLogLater() // somebody reads or writes just now
    }, LOG_LIFE_MS).unref()
  }

  function assertNotClosed(): void {
    if (isClosed) throw new TypeError('The database was closed')
  }

  async function commit(group: readonly Unit[]): Promise<Outcome> {
    assertNotClosed()
    if (!session.isInPlace()) await reopen()
    const outcome = await session.writer.commit(group)
    if ('rows' in outcome) {
      emptyLogLater()
      if (!session.isInPlace()) throw gone() // then nobody would ever read what was written
    }
    return outcome
  }

  /** Somebody has put another file there, a backup perhaps: that is the database now. An empty one is never made. */
  async function reopen(): Promise<void> {
    if (isMissing(path)) throw gone()
    await session.end()
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
        return session.read(sql, parameters)
      }),
    write: groupCommits(commit),
    close: async () => {
      if (isClosed) return
      isClosed = true
      clearTimeout(emptying)
      await session.close()
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

/** A connection that reads, a thread that writes, and the files that they have open. */
async function beginSession(path: string, prepare: Prepare, options: Sqlite.Options) {
  const connection = connect(path, options)
  connection.pragma('busy_timeout = 0') // SQLite's own waiting blocks the event loop: see whenFree
  const { place, writer } = await orClose(connection, async () => {
    await prepareAlone(connection, prepare, options.timeout)
    connection.pragma('query_only = ON')
    connection.pragma('user_version') // the first look makes the log, if nobody has yet
    return {
      place: placeOf(path),
      writer: await startWriter(path, { pragmas: PRAGMAS, lockMs: BUSY_DEADLINE_MS }),
    }
  })
  const prepared = new Map<string, Sqlite.Statement>()

  function read(sql: string, parameters: Parameters): Row[] {
    if (!connection.open) throw unavailable('its file was replaced by one that cannot be opened')
    const statement = prepared.get(sql) ?? connection.prepare(sql)
    prepared.set(sql, statement)
    return statement.all(parameters) as Row[]
  }

  /** Empties the log into the file that it belongs to: the log that stays behind would be read into the next one. */
  async function end(): Promise<void> {
    if (!connection.open) return
    if (!(await writer.emptyLog()))
      throw unavailable('its file was replaced, and another program still has the former one open')
    await close()
  }

  async function close(): Promise<void> {
    await writer.close()
    connection.close()
  }

  return {
    read,
    writer,
    end,
    close,
    isInPlace: () => connection.open && placeOf(path) === place,
  }
}

async function orClose<T>(connection: Sqlite.Database, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    connection.close() // which rolls back
    throw error
  }
}

function connect(path: string, options: Sqlite.Options): Sqlite.Database {
  let connection: Sqlite.Database | undefined
  try {
    assertWritable(path)
    connection = new Sqlite(path, options)
    for (const pragma of PRAGMAS) connection.pragma(pragma)
    return connection
  } catch (cause) {
    connection?.close()
    throw cannotOpen(path, cause as Error)
  }
}

async function prepareAlone(
  connection: Sqlite.Database,
  prepare: Prepare,
  deadlineMs?: number,
): Promise<void> {
  await whenFree(() => connection.exec('BEGIN IMMEDIATE'), deadlineMs)
  await prepare(preparation(connection))
  connection.exec('COMMIT')
}

function preparation(connection: Sqlite.Database): Preparation {
  const tables = connection.prepare(`SELECT name FROM sqlite_schema WHERE type = 'table'`).pluck()
  return {
    engine: 'sqlite',
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
