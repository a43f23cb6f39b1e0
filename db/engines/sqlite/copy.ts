import { chmodSync } from 'node:fs'
import Sqlite from 'better-sqlite3'
import type { CopiedDatabase } from '../copied.ts'
import { DatabaseRefused } from '../errors.ts'
import { asUnavailable, cannotOpen, gone } from './errors.ts'
import { findRealPath } from './file-identity.ts'
import { assertOneFolder } from './files.ts'
import { joinInstances, leaveInstances } from './instances.ts'
import { LOCK_DEADLINE_MS } from './locks.ts'

const CACHE_KIB = -2_000 // every page is read once; SQLite's own cache would hold 16 MB
const OWNER_ONLY = 0o600
const COPY = 'shop.db'

/**
 * Writes a copy of the database as it is at one moment into the folder, while others write to it. Blocks its thread for
 * seconds or minutes. Throws DatabaseUnavailable, DatabaseRefused.
 */
export async function copySqlite(path: string, folder: string): Promise<CopiedDatabase> {
  const real = findRealPath(path)
  if (real === undefined) throw gone()
  assertOneFolder(real)
  const membership = await joinInstances(real, LOCK_DEADLINE_MS) // so that nobody replaces the file meanwhile
  try {
    copySqliteFile(real, `${folder}/${COPY}`)
  } finally {
    leaveInstances(membership)
  }
  return { file: COPY, ...inspectSqlite(`${folder}/${COPY}`) }
}

/**
 * Copies any SQLite file as it is at one moment. VACUUM INTO reads a single snapshot, and writers go on:
 * docs/decisions/032-backups.md. Throws DatabaseUnavailable.
 */
export function copySqliteFile(path: string, target: string): void {
  const connection = open(path)
  try {
    connection.prepare('VACUUM INTO @target').run({ target })
    chmodSync(target, OWNER_ONLY)
  } catch (error) {
    throw asUnavailable(error)
  } finally {
    connection.close()
  }
}

function open(path: string): Sqlite.Database {
  try {
    const connection = new Sqlite(path, { readonly: true, fileMustExist: true, timeout: LOCK_DEADLINE_MS })
    connection.pragma(`cache_size = ${CACHE_KIB}`)
    return connection
  } catch (cause) {
    throw cannotOpen(path, cause as Error)
  }
}

/** Reads a database that nobody else uses, and checks it. Throws DatabaseRefused if it is damaged or not a shop's. */
export function inspectSqlite(path: string): Omit<CopiedDatabase, 'file'> {
  const connection = open(path)
  try {
    assertIntact(connection)
    return { engine: 'sqlite', ...readFacts(connection) }
  } finally {
    connection.close()
  }
}

function assertIntact(connection: Sqlite.Database): void {
  const found = findDamage(connection)
  if (found !== undefined) throw new DatabaseRefused(`The database is damaged: ${found}`)
}

/** Returns the first thing that is wrong with a database; undefined if it is intact. */
export function findDamage(connection: Sqlite.Database): string | undefined {
  try {
    const pages = connection.pragma('page_count', { simple: true }) as number
    if (!(pages > 0)) return 'it is empty'
    const found = String(connection.pragma('integrity_check(1)', { simple: true }))
    return found === 'ok' ? undefined : found
  } catch (error) {
    return (error as Error).message
  }
}

const FIND_TABLES = `
  SELECT name
  FROM sqlite_schema
  WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
  ORDER BY name`

function readFacts(connection: Sqlite.Database) {
  const tables = connection.prepare<[], string>(FIND_TABLES).pluck().all()
  if (!['meta', 'migrations'].every((name) => tables.includes(name)))
    throw new DatabaseRefused('The database is not a shop’s, or an earlier version of the shop wrote it')
  const count = (table: string) =>
    connection.prepare<[], number>(`SELECT count(*) FROM "${table}"`).pluck().get()
  return {
    mode: connection.prepare<[], string>(`SELECT value FROM meta WHERE key = 'mode'`).pluck().get() ?? '',
    migrations: connection.prepare<[], string>('SELECT name FROM migrations ORDER BY name').pluck().all(),
    counts: Object.fromEntries(tables.map((table) => [table, count(table) ?? 0])),
  }
}
