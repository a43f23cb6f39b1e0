import { resolve } from 'node:path'
import { type Config, DEFAULT_BACKUP_FOLDER } from '../config/index.ts'
import type { BackupTerms } from './write-backup.ts'

/** What a shop's backup contains, where it goes by default, and where a restore of it brings everything. */
export function backupTerms(
  { databaseUrl, mode, embeddedSandbox, sandboxFolder, backups }: Config,
  now: number,
): BackupTerms {
  return {
    databaseUrl,
    mode,
    sandboxFolder: embeddedSandbox ? sandboxFolder : undefined,
    folder: backups.folder,
    isFolderChosen: resolve(backups.folder) !== resolve(DEFAULT_BACKUP_FOLDER),
    now,
  }
}
