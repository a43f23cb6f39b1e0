import { copyFileSync, existsSync, linkSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { identifyFile, isMissing } from './file-identity.ts'
import { keepPrivate, syncFolder } from './files.ts'

const ASIDE = '-before-restore-'

/**
 * Puts a complete file in the place of a database that nobody has open, which gets another name. The path leads to the one or the other
 * at any time. Returns the other name; undefined if there was no database.
 */
export function swapIn(file: string, path: string, now: number): string | undefined {
  keepPrivate(file)
  const aside = isMissing(path) ? undefined : setAside(path, now)
  syncFolder(dirname(path))
  removeJournals(path) // of a damaged database; its own went with it
  try {
    renameSync(file, path)
  } catch (error) {
    if (aside !== undefined) returnJournals(path, aside) // a database with two names could not be opened
    throw error
  }
  syncFolder(dirname(path))
  return aside
}

function setAside(path: string, now: number): string {
  const aside = `${path}${ASIDE}${new Date(now).toISOString().replace(/[-:]|\.\d+/g, '')}`
  for (const end of ['-wal', '-journal']) if (existsSync(path + end)) copyFileSync(path + end, aside + end)
  try {
    linkSync(path, aside)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') throw error
    copyFileSync(path, aside) // a file system without hard links
  }
  return aside
}

function removeJournals(path: string): void {
  for (const end of ['-wal', '-shm', '-journal']) rmSync(path + end, { force: true })
}

/**
 * Removes the second name that a killed restore has left to the database. What else was set aside stays, even a WAL: it may be needed to
 * read a damaged database.
 */
export function removeSecondName(path: string): void {
  const own = identifyFile(path)
  if (own === undefined) return
  const folder = dirname(path)
  const names = readdirSync(folder).filter((name) => name.startsWith(`${basename(path)}${ASIDE}`))
  for (const name of names)
    if (identifyFile(join(folder, name)) === own) returnJournals(path, join(folder, name))
}

/** Gives a database the journals back that it had, and takes its second name away. */
function returnJournals(path: string, aside: string): void {
  for (const end of ['-wal', '-journal'])
    if (existsSync(aside + end) && !existsSync(path + end)) copyFileSync(aside + end, path + end)
  for (const end of ['', '-wal', '-journal']) rmSync(aside + end, { force: true })
}
