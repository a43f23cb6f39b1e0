import type { Config } from '../config/index.ts'
import type { BackupTerms } from './write-backup.ts'

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
