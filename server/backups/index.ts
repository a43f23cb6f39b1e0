import { type LastBackup, readLastBackup } from '../../db/index.ts'
import type { Config } from '../config/index.ts'
import type { BackupTerms } from './write-backup.ts'

export type { LastBackup } from '../../db/index.ts'
export { BackupError } from './backup-error.ts'
export { makeBackup } from './make-backup.ts'
export type { Backup, BackupTerms, Step } from './write-backup.ts'

/**
 * Returns which backup was made last; undefined if there was none. Opens the database for this alone, and changes nothing. Throws
 * DatabaseUnavailable.
 */
export function lastBackup({ databaseUrl }: Pick<Config, 'databaseUrl'>): Promise<LastBackup | undefined> {
  return readLastBackup(databaseUrl)
}

/** What a shop's backup contains, and where it goes by default. */
export function backupTerms(
  { databaseUrl, mode, embeddedSandbox, sandboxFolder, backups }: Config,
  now: number,
): BackupTerms {
  return {
    databaseUrl,
    mode,
    sandboxFolder: embeddedSandbox ? sandboxFolder : undefined,
    folder: backups.folder,
    now,
  }
}
