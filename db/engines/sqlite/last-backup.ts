import Sqlite from 'better-sqlite3'
import { FIND_BACKUP, LAST_BACKUP, NOTE_BACKUP } from '../copied.ts'
import { isDenied } from '../errors.ts'
import { asUnavailable, cannotOpen } from './errors.ts'

const LOCK_MS = 5_000 // writers of the shop come first

/** Records a backup in the database, which isn't opened as the shop opens it: that would bring its schema up to date. */
export function noteInSqlite(path: string, keys: readonly string[], value: string): void {
  withFile(path, {}, (connection) => {
    const note = connection.prepare(NOTE_BACKUP)
    for (const key of keys) note.run({ key, value })
  })
}

/** Returns what the database records of its last backup. */
export function findInSqlite(path: string): string | undefined {
  return withFile(path, { readonly: true }, (connection) =>
    connection.prepare<{ key: string }, string>(FIND_BACKUP).pluck().get({ key: LAST_BACKUP }),
  )
}

function withFile<T>(path: string, options: Sqlite.Options, work: (connection: Sqlite.Database) => T): T {
  let connection: Sqlite.Database | undefined
  try {
    connection = new Sqlite(path, { ...options, fileMustExist: true, timeout: LOCK_MS })
    return work(connection)
  } catch (error) {
    throw isDenied(error) ? cannotOpen(path, error as Error) : asUnavailable(error)
  } finally {
    connection?.close()
  }
}
