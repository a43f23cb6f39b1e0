import { realpathSync, type Stats, statSync } from 'node:fs'

/**
 * Identifies the files that a SQLite path leads to now, the database and its WAL, by a text that can be compared; undefined
 * while one of them is missing. An open connection keeps writing to files that were deleted or replaced. SQLite follows
 * symbolic links before it names the WAL, so the WAL stands next to the file, not next to the link.
 */
export function identifyFiles(path: string): string | undefined {
  const real = findRealPath(path)
  const files = real === undefined ? [undefined] : [real, `${real}-wal`].map(statIfThere)
  if (files.includes(undefined)) return undefined
  return [real, ...files.map(identityOf)].join(' ')
}

/** Identifies the database file alone. Undefined while it is missing. */
export function identifyFile(path: string): string | undefined {
  const file = statIfThere(path)
  return file && identityOf(file)
}

function identityOf(file: Stats | undefined): string {
  return `${file?.dev}:${file?.ino}`
}

/** Returns where the file itself is, without symbolic links; undefined if nothing is there. */
export function findRealPath(path: string): string | undefined {
  try {
    return realpathSync.native(path)
  } catch {
    return undefined // missing and unreachable files are treated alike
  }
}

export function statIfThere(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false })
  } catch {
    return undefined
  }
}

/** Returns whether nothing is there, or only an empty file, which is how copying a backup begins. */
export function isMissing(path: string): boolean {
  return !statIfThere(path)?.size
}
