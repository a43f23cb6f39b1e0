import { rmSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { makeFolder } from '../../db/index.ts'
import { BackupError } from './backup-error.ts'

/** What to tell the merchant about the folder in which a backup is made or unpacked. */
interface Advice {
  missing(folder: string): string
  unwritable(folder: string, reason: string): string
}

/**
 * Makes the folder `work`. The folder that it is in is made as well, unless the merchant has chosen it: then its disk may not be
 * mounted. Throws BackupError with one of the sentences.
 */
export async function makeWork(work: string, isFolderChosen: boolean, advice: Advice): Promise<void> {
  const folder = dirname(work)
  try {
    if (isFolderChosen) statSync(folder)
    await makeFolder(work)
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException
    throw new BackupError(code === 'ENOENT' ? advice.missing(folder) : advice.unwritable(folder, message), {
      cause,
    })
  }
}

/** Removes what a backup or a restore was made in, with the lock that is in it. */
export function removeWork(work: string, release: () => void): void {
  if (process.platform === 'win32') release() // it removes no open files; elsewhere, nobody else begins in between
  try {
    rmSync(work, { recursive: true, force: true })
  } catch {
    // The next one removes it. This one is finished, or its own error says more.
  } finally {
    release()
  }
}
