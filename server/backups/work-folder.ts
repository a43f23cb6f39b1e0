import { rmSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { findBlockedFolder, isDenied, lockFolder, makeFolder } from '../../db/index.ts'
import { BackupError, isDiskFull } from './backup-error.ts'

/** What to tell the merchant about the folder in which a backup is made or unpacked. */
interface Advice {
  missing(folder: string): string
  unwritable(folder: string, reason: string): string
  full(folder: string): string
  busy(folder: string): string
}

/**
 * Does something in a folder `work` of its own, which is removed afterwards. The folder that it is in is made as well, unless the
 * merchant has chosen it: then its disk may not be mounted. Throws BackupError with one of the sentences, and what `use` throws.
 */
export async function inWorkFolder<T>(
  work: string,
  isFolderChosen: boolean,
  advice: Advice,
  use: () => Promise<T>,
): Promise<T> {
  await makeWork(work, isFolderChosen, advice)
  try {
    const release = await lockFolder(work)
    if (!release) throw new BackupError(advice.busy(dirname(work)))
    try {
      return await use()
    } finally {
      removeWork(work, release)
    }
  } catch (error) {
    throw await explain(error as NodeJS.ErrnoException, dirname(work), advice)
  }
}

async function makeWork(work: string, isFolderChosen: boolean, advice: Advice): Promise<void> {
  const folder = dirname(work)
  try {
    if (isFolderChosen) statSync(folder)
    await makeFolder(work)
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException
    const error = await explain(cause as Error, folder, advice)
    if (error instanceof BackupError) throw error
    throw new BackupError(code === 'ENOENT' ? advice.missing(folder) : advice.unwritable(folder, message), {
      cause,
    })
  }
}

/** Returns a BackupError if the disk is full, or if this user may not write; any other error as it is. */
async function explain(error: NodeJS.ErrnoException, folder: string, advice: Advice): Promise<Error> {
  if (isDiskFull(error)) return new BackupError(advice.full(folder), { cause: error })
  if (!isDenied(error)) return error
  const reason = (await findBlockedFolder(folder)) ?? error.message
  return new BackupError(advice.unwritable(folder, reason), { cause: error })
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
