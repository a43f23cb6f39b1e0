import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { isBusy } from './errors.ts'

/**
 * Locks a folder for this process until the returned function is called; undefined if another one has it. The system releases the
 * lock when the process dies.
 */
export function lockFolder(folder: string): (() => void) | undefined {
  const lock = new Sqlite(join(folder, 'lock'), { timeout: 0 })
  try {
    lock.exec('BEGIN EXCLUSIVE')
    return () => lock.close()
  } catch (error) {
    lock.close()
    if (isBusy(error)) return undefined
    throw error
  }
}
