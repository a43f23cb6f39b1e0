import { type LastBackup, readLastBackup } from '../../db/index.ts'
import type { Config } from '../config/index.ts'
import type { RestoredBackup, RestoreOrder } from './restore-backup.ts'

export { BackupError } from './backup-error.ts'
export { backupTerms } from './backup-terms.ts'
export { makeBackup } from './make-backup.ts'
export type { Manifest } from './manifest.ts'
export type { RestoredBackup, RestoreStep } from './restore-backup.ts'
export { backUpIfDue, startBackups } from './schedule.ts'
export type { Backup, BackupTerms, Step } from './write-backup.ts'

/** Restores a backup: see restore-backup.ts, which only the command needs. */
export async function restoreBackup(order: RestoreOrder): Promise<RestoredBackup | undefined> {
  return (await import('./restore-backup.ts')).restoreBackup(order)
}

/**
 * Returns which backup was made last; undefined if there was none. Opens the database for this alone, and changes nothing. Throws
 * DatabaseUnavailable.
 */
export function lastBackup({ databaseUrl }: Pick<Config, 'databaseUrl'>): Promise<LastBackup | undefined> {
  return readLastBackup(databaseUrl)
}
