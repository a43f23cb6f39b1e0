import { resolve } from 'node:path'
import {
  type CopiedDatabase,
  LAST_AUTOMATIC_BACKUP,
  LAST_BACKUP,
  type LastBackup,
  type OnShare,
} from '../engines/copied.ts'
import type { Preparation } from '../engines/driver.ts'
import { migrate } from '../engines/migrate.ts'
import type { Restored, RestoreTerms } from '../engines/restored.ts'

export type { LastBackup } from '../engines/copied.ts'
export type { Replaced, Restored } from '../engines/restored.ts'

const isPostgres = (url: string) => /^postgres(ql)?:/.test(url)
const pathOf = (url: string) => url.replace(/^sqlite:/, '')

// Imported on demand, so that only the engine in use takes memory.
const sqlite = async () => (await import('../engines/sqlite/index.ts')).loadCommands()
const postgres = () => import('../engines/postgres/index.ts')

/**
 * Writes a copy of a database into a folder while the shop sells, and checks it. The database isn't opened as the shop
 * opens it, so its schema stays as it is. May block the thread for minutes. Throws DatabaseUnavailable, DatabaseRefused.
 */
export async function copyDatabase(url: string, folder: string, onShare?: OnShare): Promise<CopiedDatabase> {
  if (isPostgres(url)) return (await postgres()).dumpPostgres(url, folder, onShare)
  return (await sqlite()).copySqlite(pathOf(url), folder, onShare)
}

/** Copies any SQLite file as it is at one moment. Returns false for one without content. Throws DatabaseUnavailable. */
export async function copySqliteFile(path: string, target: string): Promise<boolean> {
  return (await sqlite()).copySqliteFile(path, target)
}

/**
 * Puts a backup's database in the place of the shop's, with what only that one has. Until it is done, the former one is in place. Throws
 * DatabaseRefused, DatabaseUnavailable.
 */
export async function restoreDatabase(url: string, terms: RestoreTerms): Promise<Restored> {
  if (isPostgres(url)) return (await postgres()).restorePostgres(url, terms)
  const { mode, now } = terms
  const prepare = (database: Preparation) => migrate(database, { mode, now })
  return (await sqlite()).restoreSqlite(pathOf(url), terms, prepare)
}

/** Records the last backup in the database. Throws DatabaseUnavailable. */
export async function noteBackup(url: string, backup: LastBackup, isAutomatic: boolean): Promise<void> {
  const value = JSON.stringify(backup)
  const keys = isAutomatic ? [LAST_BACKUP, LAST_AUTOMATIC_BACKUP] : [LAST_BACKUP]
  if (isPostgres(url)) return (await postgres()).noteInPostgres(url, keys, value)
  return (await sqlite()).noteInSqlite(pathOf(url), keys, value)
}

/** Returns what a database records of its last backup, without opening it as the shop does. Throws DatabaseUnavailable. */
export async function readLastBackup(url: string): Promise<LastBackup | undefined> {
  const value = isPostgres(url)
    ? await (await postgres()).findInPostgres(url)
    : (await sqlite()).findInSqlite(pathOf(url))
  return value === undefined ? undefined : JSON.parse(value)
}

/** Returns where a SQLite database's file itself is, without symbolic links; where the URL leads to, if there is none yet. */
export async function findSqliteFile(url: string): Promise<string> {
  const path = resolve(pathOf(url))
  return (await sqlite()).findRealPath(path) ?? path
}

/** Whether a SQLite file is there and intact. */
export async function isIntactSqlite(path: string): Promise<boolean> {
  return (await sqlite()).isIntactSqlite(path)
}

/**
 * Locks a folder for this process until the returned function is called; undefined if another one has it. The system
 * releases the lock when the process dies.
 */
export async function lockFolder(folder: string): Promise<(() => void) | undefined> {
  return (await sqlite()).lockFolder(folder)
}

/** Makes the names in a folder durable. */
export async function syncFolder(folder: string): Promise<void> {
  return (await sqlite()).syncFolder(folder)
}

/** Creates a folder for its owner only, who is that of the folder around it. Throws the system's error. */
export async function makeFolder(folder: string): Promise<void> {
  return (await sqlite()).makeFolder(folder)
}

/** Returns why this user can't write to a folder, or make it, and what to do; undefined if they can. */
export async function findBlockedFolder(folder: string): Promise<string | undefined> {
  return (await sqlite()).findBlockedFolder(folder)
}

/** Makes something that root may have made belong to the owner of something else. */
export async function giveToOwnerOf(model: string, path: string): Promise<void> {
  return (await sqlite()).giveToOwnerOf(model, path)
}
