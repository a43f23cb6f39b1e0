import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import Sqlite from 'better-sqlite3'
import type { Driver, Parameters, Row } from './driver.ts'
import { DatabaseUnavailable } from './errors.ts'
import { groupCommits } from './group-commit.ts'

const BUSY_DEADLINE_MS = 1_000 // Code waits 3 s for a webhook's answer; a 503 in time is worth more than a late 200
const BUSY_RETRY_MS = 10
const OPENING_DEADLINE_MS = 5_000

/**
 * Opens (and makes, if need be) a database file, or `:memory:`, durable against power loss. `prepare` may still wait
 * for a lock, for seconds. Throws DatabaseUnavailable, and what `prepare` throws.
 */
export function openSqlite(path: string, prepare: (connection: Sqlite.Database) => void): Driver {
  const connection = connect(path)
  prepareOrClose(connection, prepare)
  connection.pragma('busy_timeout = 0') // SQLite's own waiting blocks the event loop: from here on see whenFree
  const prepared = new Map<string, Sqlite.Statement>()

  function run(sql: string, parameters: Parameters): Row[] {
    const statement = prepared.get(sql) ?? connection.prepare(sql)
    prepared.set(sql, statement)
    if (statement.reader) return statement.all(parameters) as Row[]
    statement.run(parameters)
    return []
  }

  return {
    read: (sql, parameters) => whenFree(() => run(sql, parameters)),
    write: groupCommits({
      begin: () => whenFree(() => connection.exec('BEGIN IMMEDIATE')),
      apply: (unit) => unit.statements.map((sql) => run(sql, unit.parameters)),
      exec: (sql) => connection.exec(sql),
      explain: asUnavailable,
    }),
    close: async () => {
      connection.close()
    },
  }
}

function connect(path: string): Sqlite.Database {
  try {
    if (path !== ':memory:') mkdirSync(dirname(path), { recursive: true })
    const connection = new Sqlite(path, { timeout: OPENING_DEADLINE_MS })
    connection.pragma('journal_mode = WAL')
    connection.pragma('synchronous = FULL') // WAL alone survives a crash of the process, not of the power
    connection.pragma('foreign_keys = ON')
    connection.pragma('secure_delete = ON') // a client secret that is gone leaves no bytes behind
    return connection
  } catch (cause) {
    throw new DatabaseUnavailable(`Cannot open the database file ${path}: ${(cause as Error).message}`, {
      cause,
    })
  }
}

function prepareOrClose(connection: Sqlite.Database, prepare: (connection: Sqlite.Database) => void): void {
  try {
    prepare(connection)
  } catch (error) {
    connection.close()
    throw error
  }
}

/** Waits for a lock of another process without blocking the event loop, for a second at most. */
async function whenFree<T>(work: () => T): Promise<T> {
  const giveUpAt = performance.now() + BUSY_DEADLINE_MS
  for (;;) {
    try {
      return work()
    } catch (error) {
      if (!isBusy(error) || performance.now() >= giveUpAt) throw asUnavailable(error)
      await delay(BUSY_RETRY_MS)
    }
  }
}

// By name, not by class: the addon is loaded once a process, so its class isn't that of every module realm.
function codeOf(error: unknown): string {
  const { name, code } = error as { name?: unknown; code?: unknown }
  return name === 'SqliteError' ? String(code) : ''
}

function isBusy(error: unknown): boolean {
  return /^SQLITE_(BUSY|LOCKED)/.test(codeOf(error))
}

// What passes by itself, or once somebody has freed the disk; everything else is our own mistake.
const PASSING = /^SQLITE_(BUSY|LOCKED|FULL|IOERR|READONLY|CANTOPEN|CORRUPT|NOTADB|PERM|NOMEM)/

function asUnavailable(error: unknown): unknown {
  const code = codeOf(error)
  if (!PASSING.test(code)) return error
  return new DatabaseUnavailable(`The database cannot answer now: ${(error as Error).message} (${code})`, {
    cause: error,
  })
}
