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
 * Which files a SQLite path leads to now, the database's and its log's, as text that can be compared; undefined while
 * one of them is missing. An open connection keeps writing to files that were deleted or replaced, as if all were well.
 */
export function placeOf(path: string): string | undefined {
  const files = [path, `${path}-wal`].map(statIfThere)
  return files.includes(undefined) ? undefined : files.map((file) => `${file?.dev}:${file?.ino}`).join(' ')
}

function statIfThere(path: string): Stats | undefined {
  try {
    return statSync(path)
  } catch {
    return undefined // gone, or not to be reached: to us that is the same
  }
}

/** Nothing is there, or an empty file: what copying a backup begins with. */
export function isMissing(path: string): boolean {
  return !statIfThere(path)?.size
}

/**
 * Throws the system's error for a file that may not be written. SQLite would open it for reading, and make a log with the
 * same rights, which then stands in the way when the file itself is mended.
 */
export function assertWritable(path: string): void {
  if (statIfThere(path)) accessSync(path, constants.R_OK | constants.W_OK)
}

/** Makes the folder, and sees to it that a power cut can't take it away again with everything in it. */
export function makeFolder(folder: string): void {
  const first = mkdirSync(folder, { recursive: true })
  if (first === undefined) return
  for (let made = resolve(folder); made.length >= resolve(first).length; made = dirname(made))
    syncFolder(dirname(made))
}

/** The names in a folder are durable only once the folder itself is. */
export function syncFolder(folder: string): void {
  if (process.platform === 'win32') return // which has no such call
  const handle = openSync(folder, 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}
