import { existsSync } from 'node:fs'
import Sqlite from 'better-sqlite3'
import type { Row } from '../driver.ts'
import type { DurabilitySetting, ReadOnly } from '../look.ts'
import { cannotOpen } from './errors.ts'
import { findRealPath, isMissing } from './file-identity.ts'
import { assertUsable } from './files.ts'

const BUSY_MS = 1_000

/**
 * Lets `look` read a file, which is not changed, and nor is its folder. Returns undefined if there is no database yet.
 * Throws DatabaseRefused, DatabaseUnavailable.
 */
export async function lookAtSqlite<T>(
  path: string,
  look: (database: ReadOnly) => Promise<T>,
): Promise<{ found: T; settings: DurabilitySetting[]; isUnused: boolean } | undefined> {
  assertUsable(path) // to read it would succeed all the same
  if (isMissing(path)) return undefined
  const isUnused = !hasLog(path)
  let connection: Sqlite.Database | undefined
  try {
    connection = openToRead(path, isUnused)
    const settings = [
      {
        name: 'journal_mode',
        value: String(connection.pragma('journal_mode', { simple: true })),
        promised: 'wal',
      },
    ]
    return { found: await look(readOnly(connection)), settings, isUnused }
  } catch (cause) {
    throw cannotOpen(path, cause as Error)
  } finally {
    connection?.close()
  }
}

/** Returns whether a connection has the file open, or had it open when its process died. */
function hasLog(path: string): boolean {
  const real = findRealPath(path) ?? path
  return [`${real}-wal`, `${real}-journal`].some((name) => existsSync(name))
}

/**
 * A connection that may only read can't remove the WAL that its first read creates; the last connection that may write does.
 * So where there is no WAL, one that could write promises not to: findings/sqlite-read-only-leaves-files.sh.
 */
function openToRead(path: string, isUnused: boolean): Sqlite.Database {
  const connection = new Sqlite(path, { readonly: !isUnused, fileMustExist: true, timeout: BUSY_MS })
  connection.pragma('query_only = ON')
  return connection
}

const FIND_TABLES = `
  SELECT name
  FROM sqlite_schema
  WHERE type = 'table'`

function readOnly(connection: Sqlite.Database): ReadOnly {
  return {
    tables: async () => connection.prepare(FIND_TABLES).pluck().all() as string[],
    query: async (sql, parameters) => connection.prepare(sql).all(parameters) as Row[],
  }
}
