import {
  accessSync,
  closeSync,
  constants,
  fsyncSync,
  mkdirSync,
  openSync,
  type Stats,
  statSync,
} from 'node:fs'
import { dirname, resolve } from 'node:path'

/**
 * Identifies the files that a SQLite path leads to now, the database and its WAL, by a text that can be compared; undefined
 * while one of them is missing. An open connection keeps writing to files that were deleted or replaced.
 */
export function identifyFiles(path: string): string | undefined {
  const files = [path, `${path}-wal`].map(statIfThere)
  return files.includes(undefined) ? undefined : files.map((file) => `${file?.dev}:${file?.ino}`).join(' ')
}

function statIfThere(path: string): Stats | undefined {
  try {
    return statSync(path)
  } catch {
    return undefined // missing and unreachable files are treated alike
  }
}

/** Tells whether nothing is there, or only an empty file, which is how copying a backup begins. */
export function isMissing(path: string): boolean {
  return !statIfThere(path)?.size
}

/**
 * Throws the system's error for a file that may not be written. SQLite would open it for reading and create a WAL with the
 * same permissions, which would still be in the way once the file itself is fixed.
 */
export function assertWritable(path: string): void {
  if (statIfThere(path)) accessSync(path, constants.R_OK | constants.W_OK)
}

/** Creates the folder durably: after a power cut, it and everything in it is still there. */
export function makeFolder(folder: string): void {
  const first = mkdirSync(folder, { recursive: true })
  if (first === undefined) return
  for (let made = resolve(folder); made.length >= resolve(first).length; made = dirname(made))
    syncFolder(dirname(made))
}

/** Makes the names in a folder durable, which syncing the files themselves doesn't. */
export function syncFolder(folder: string): void {
  if (process.platform === 'win32') return // Windows has no such call
  const handle = openSync(folder, 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}
