import { type Config, isChosenFolder } from '../config/index.ts'
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
    isFolderChosen: isChosenFolder(backups.folder),
    now,
  }
}
