import { accessSync, constants, readFileSync, type Stats } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { findRealPath, statIfThere } from './file-identity.ts'

const ENDS = ['', '-wal', '-shm', '-instances']

/** A file or folder that this user may not write, with the system's error. */
interface Denial {
  path: string
  file: Stats
  error: NodeJS.ErrnoException
}

/**
 * Throws the system's error if this user may not write to one of a database's files, or to the folder where one of them is missing.
 * SQLite would open the database for reading and create a WAL with the same permissions, which would still be in the way once the file
 * itself is fixed. Only asks the system: closing a file would release SQLite's locks on it.
 */
export function assertWritable(path: string): void {
  const denial = findDenial(path)
  if (denial) throw denial.error
}

/** Returns what keeps this user from writing to a database, and what to do about that; undefined if nothing does. */
export function findBlocked(path: string): string | undefined {
  const denial = findDenial(path)
  return denial && describeDenial(dirname(findRealPath(path) ?? resolve(path)), denial)
}

/** The same for a folder in which files are made, and which is made if it isn't there. */
export function findBlockedFolder(folder: string): string | undefined {
  const denial = denialOfFolder(resolve(folder))
  return denial && describeDenial(folder, denial)
}

function findDenial(path: string): Denial | undefined {
  const real = findRealPath(path) ?? resolve(path)
  const files = ENDS.map((end) => real + end)
  for (const file of files) {
    const denial = denialOf(file)
    if (denial) return denial
  }
  return files.every((file) => statIfThere(file)) ? undefined : denialOfFolder(dirname(real))
}

/** That of the nearest folder which is there, or seems to be the nearest to this user. */
function denialOfFolder(folder: string): Denial | undefined {
  const isThere = statIfThere(folder) !== undefined || folder === dirname(folder)
  return isThere ? denialOf(folder) : denialOfFolder(dirname(folder))
}

function denialOf(path: string): Denial | undefined {
  const { R_OK, W_OK, X_OK } = constants
  const file = statIfThere(path)
  try {
    if (file) accessSync(path, R_OK | W_OK | (file.isDirectory() ? X_OK : 0))
    return undefined
  } catch (cause) {
    const error = cause as NodeJS.ErrnoException
    return file && error.code !== 'ENOENT' ? { path, file, error } : undefined // a WAL comes and goes
  }
}

function describeDenial(folder: string, { path, file, error }: Denial): string {
  if (error.code === 'EROFS')
    return `${path} is on a file system that is read-only here. Under systemd, add ${folder} to the unit’s ReadWritePaths=; otherwise, mount it for writing.`
  const own = process.getuid?.()
  if (own === undefined) return `${path} cannot be written. Let the user who runs the shop change it.`
  const [user, owner] = [nameOf(own), nameOf(file.uid)]
  if (file.uid === own)
    return `${path} cannot be written by its owner, ${user}. Run chmod u+${file.isDirectory() ? 'rwx' : 'rw'} ${path}`
  const isMissing = file.isDirectory() && !statIfThere(folder)
  const todo = isMissing
    ? `Make ${folder} as root: install -d -o ${user} -m 700 ${folder}`
    : `If ${user} is the shop’s user, run chown ${user} ${path}`
  return `${path} belongs to ${owner}, and ${user}, who runs this, cannot write it. ${todo}`
}

/** Returns a user's name; the number, if the system's file has none for it. */
function nameOf(uid: number): string {
  try {
    const users = readFileSync('/etc/passwd', 'utf8').split('\n')
    return users.map((line) => line.split(':')).find(([, , id]) => id === String(uid))?.[0] ?? String(uid)
  } catch {
    return String(uid)
  }
}
