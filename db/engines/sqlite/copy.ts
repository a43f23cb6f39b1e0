import { chmodSync } from 'node:fs'
import Sqlite from 'better-sqlite3'
import type { CopiedDatabase, OnShare } from '../copied.ts'
import { DatabaseRefused } from '../errors.ts'
import { assertNotEmpty, assertOfShop } from '../migration-records.ts'
import { asUnavailable, cannotOpen, damaged, isDamaged } from './errors.ts'
import { findRealPath } from './file-identity.ts'
import { assertOneFolder } from './files.ts'
import { joinInstances, leaveInstances } from './instances.ts'
import { LOCK_DEADLINE_MS } from './locks.ts'

const CACHE_KIB = -2_000 // every page is read once; SQLite's own cache would hold 16 MB
const OWNER_ONLY = 0o600
const COPY = 'shop.db'
const PAGES_PER_STEP = 256 // a megabyte, a few milliseconds

/**
 * Writes a copy of the database as it is at one moment into the folder, while others write to it. Blocks its thread for
 * seconds at a time. Throws DatabaseUnavailable, DatabaseRefused.
 */
export async function copySqlite(path: string, folder: string, onShare?: OnShare): Promise<CopiedDatabase> {
  const real = findRealPath(path)
  if (real === undefined)
    throw new DatabaseRefused(
      `There is no database at ${path}, so nothing was backed up. Correct DATABASE_URL.`,
    )
  assertOneFolder(real)
  const membership = await joinInstances(real, LOCK_DEADLINE_MS) // so that nobody replaces the file meanwhile
  try {
    assertShops(real)
    await copySqliteFile(real, `${folder}/${COPY}`, onShare)
  } finally {
    leaveInstances(membership)
  }
  return { file: COPY, ...inspectSqlite(`${folder}/${COPY}`) }
}

/** Throws DatabaseRefused unless the database has a shop's tables, and DatabaseUnavailable. */
function assertShops(path: string): void {
  const connection = open(path)
  try {
    const tables = connection.prepare<[], string>(FIND_TABLES).pluck().all()
    assertNotEmpty(tables)
    assertOfShop(tables)
  } catch (error) {
    throw isDamaged(error) ? damaged(path, error as Error) : asUnavailable(error)
  } finally {
    connection.close()
  }
}

/**
 * Copies any SQLite file as it is at one moment. A read transaction keeps that moment while others write; without it, SQLite would
 * start over whenever somebody has written: docs/decisions/032-backups.md. Between its steps, the thread can be ended. Returns false
 * for a file without content, of which there is no copy. Throws DatabaseUnavailable.
 */
export async function copySqliteFile(path: string, target: string, onShare?: OnShare): Promise<boolean> {
  const connection = open(path)
  try {
    connection.exec('BEGIN')
    connection.prepare('SELECT count(*) FROM sqlite_schema').get() // the transaction begins with the first read
    const { totalPages } = await connection.backup(target, {
      progress({ totalPages: all, remainingPages }) {
        onShare?.(all === 0 ? 0 : 1 - remainingPages / all)
        return PAGES_PER_STEP
      },
    })
    onShare?.(1)
    if (totalPages === 0) return false
    makeSingleFile(target)
    return true
  } catch (error) {
    throw asUnavailable(error)
  } finally {
    connection.close()
  }
}

/** A copy says that it has a WAL, like its original. */
function makeSingleFile(path: string): void {
  const copy = new Sqlite(path)
  try {
    copy.pragma('journal_mode = DELETE')
  } finally {
    copy.close()
  }
  chmodSync(path, OWNER_ONLY)
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

/** Reads a database that nobody else uses, and checks it. Throws DatabaseRefused if it is damaged. */
function inspectSqlite(path: string): Omit<CopiedDatabase, 'file'> {
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

/**
 * Returns the first thing that is wrong with a database; undefined if it is intact. One table after another, so that the thread can be
 * ended in between.
 */
export function findDamage(connection: Sqlite.Database): string | undefined {
  try {
    const tables = connection.prepare<[], string>(FIND_TABLES).pluck().all()
    if (tables.length === 0) return 'it is empty'
    return tables
      .map((table) => String(connection.pragma(`integrity_check('${table}')`, { simple: true })))
      .find((found) => found !== 'ok')
  } catch (error) {
    return (error as Error).message
  }
}

/** Whether a file is there and intact. */
export function isIntactSqlite(path: string): boolean {
  let connection: Sqlite.Database | undefined
  try {
    connection = new Sqlite(path, { fileMustExist: true })
    return findDamage(connection) === undefined
  } catch {
    return false // missing, or no database at all
  } finally {
    connection?.close()
  }
}

const FIND_TABLES = `
  SELECT name
  FROM sqlite_schema
  WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
  ORDER BY name`

function readFacts(connection: Sqlite.Database) {
  const list = (sql: string) => connection.prepare<[], string>(sql).pluck().all()
  const tables = list(FIND_TABLES)
  const count = (table: string) =>
    connection.prepare<[], number>(`SELECT count(*) FROM "${table}"`).pluck().get()
  return {
    mode: connection.prepare<[], string>(`SELECT value FROM meta WHERE key = 'mode'`).pluck().get() ?? '',
    migrations: tables.includes('migrations') ? list('SELECT name FROM migrations ORDER BY name') : [],
    counts: Object.fromEntries(tables.map((table) => [table, count(table) ?? 0])),
  }
}
