import { readdirSync, readFileSync } from 'node:fs'
import type Sqlite from 'better-sqlite3'
import { DatabaseRefused } from './errors.ts'

const MIGRATIONS = new URL('./migrations/', import.meta.url)

/** Sandbox or live: pretended money and real money never share a database. */
export type Mode = 'sandbox' | 'live'

/**
 * Brings the schema up to date, forward only, in one transaction. Throws DatabaseRefused for a database that
 * is newer than this shop, of the other mode, or not a shop's.
 */
export function migrate(connection: Sqlite.Database, mode: Mode): void {
  const bringUpToDate = connection.transaction(() => {
    const migrations = readdirSync(MIGRATIONS).sort()
    const version = readVersion(connection)
    if (version > migrations.length) {
      throw new DatabaseRefused(
        `The database has schema version ${version}, and this shop knows only ${migrations.length}. Start the newer shop that wrote it, or set DATABASE_URL to another file.`,
      )
    }
    for (const file of migrations.slice(version))
      connection.exec(readFileSync(new URL(file, MIGRATIONS), 'utf8'))
    if (version < migrations.length) writeFact(connection, 'schema_version', String(migrations.length))
    claimMode(connection, mode)
  })
  bringUpToDate.immediate()
}

function readVersion(connection: Sqlite.Database): number {
  const tables = connection.prepare(`SELECT name FROM sqlite_schema WHERE type = 'table'`).pluck().all()
  if (tables.length === 0) return 0
  if (!tables.includes('meta')) {
    throw new DatabaseRefused(
      'The database holds tables that are not a shop’s. Set DATABASE_URL to another file.',
    )
  }
  return Number(readFact(connection, 'schema_version'))
}

function claimMode(connection: Sqlite.Database, mode: Mode): void {
  const found = readFact(connection, 'mode')
  if (found === undefined) writeFact(connection, 'mode', mode)
  else if (found !== mode) {
    throw new DatabaseRefused(
      `The database belongs to CODE_MODE=${found}, and the shop starts with CODE_MODE=${mode}. Pretended and real money never mix: set DATABASE_URL to another file, or CODE_MODE=${found}.`,
    )
  }
}

function readFact(connection: Sqlite.Database, key: string): string | undefined {
  return connection.prepare('SELECT value FROM meta WHERE key = ?').pluck().get(key) as string | undefined
}

function writeFact(connection: Sqlite.Database, key: string, value: string): void {
  connection
    .prepare(
      'INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
    )
    .run(key, value)
}
