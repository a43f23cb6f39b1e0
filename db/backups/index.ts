import type { CopiedDatabase, LastBackup } from '../engines/copied.ts'

export type { CopiedDatabase, LastBackup } from '../engines/copied.ts'

const pathOf = (url: string) => url.replace(/^sqlite:/, '')

// Imported on demand, so that only the engine in use takes memory.
const sqlite = () => import('../engines/sqlite/index.ts')

/**
 * Writes a copy of a database into a folder while the shop sells, and checks it. The database isn't opened as the shop
 * opens it, so its schema stays as it is. May block the thread for minutes. Throws DatabaseUnavailable, DatabaseRefused.
 */
export async function copyDatabase(url: string, folder: string): Promise<CopiedDatabase> {
  return (await sqlite()).copySqlite(pathOf(url), folder)
}

/** Copies any SQLite file as it is at one moment. Throws DatabaseUnavailable. */
export async function copySqliteFile(path: string, target: string): Promise<void> {
  return (await sqlite()).copySqliteFile(path, target)
}

/** Records the last backup in the database. Throws DatabaseUnavailable. */
export async function noteBackup(url: string, backup: LastBackup): Promise<void> {
  return (await sqlite()).noteInSqlite(pathOf(url), JSON.stringify(backup))
}

/** Returns what a database records of its last backup, without opening it as the shop does. Throws DatabaseUnavailable. */
export async function readLastBackup(url: string): Promise<LastBackup | undefined> {
  const value = (await sqlite()).findInSqlite(pathOf(url))
  return value === undefined ? undefined : JSON.parse(value)
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
