import {
  chmodSync,
  closeSync,
  fsyncSync,
  lchownSync,
  mkdirSync,
  openSync,
  readFileSync,
  statSync,
} from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { DatabaseRefused } from '../errors.ts'
import { assertWritable } from './blocked.ts'
import { cannotOpen } from './errors.ts'
import { findRealPath, isMissing, statIfThere } from './file-identity.ts'

const OWNER_ONLY = 0o600
const OWNERS_FOLDER = 0o700
const ANYBODY = 0o007

/** Throws DatabaseRefused or DatabaseUnavailable for a path at which the shop could not keep its database. Changes nothing. */
export function assertUsable(path: string): void {
  assertNoFolder(path)
  assertOneFolder(path)
  try {
    assertWritable(path)
  } catch (cause) {
    throw cannotOpen(path, cause as Error)
  }
}

export function assertNoFolder(path: string): void {
  if (isFolder(path))
    throw new DatabaseRefused(
      `${path} is a folder. Let DATABASE_URL name a file in it, such as sqlite:${join(path, 'shop-live.db')}`,
    )
}

/** Throws DatabaseRefused for a file that other processes could reach without reaching its WAL, which would lose payments. */
export function assertOneFolder(path: string): void {
  const real = findRealPath(path)
  if (real === undefined) return
  const names = statIfThere(real)?.nlink ?? 1
  if (names > 1) {
    throw new DatabaseRefused(
      `The database file ${real} has ${names} names (hard links). SQLite keeps a WAL next to each name that is opened, and a program that opens another name loses what is in that WAL. Remove the other names, or make a backup: npm run backup`,
    )
  }
  if (isMountPoint(real)) {
    throw new DatabaseRefused(
      `The database file ${real} is mounted without its folder, so its WAL would stay behind in the container, with the newest payments. Mount the folder ${dirname(real)} instead.`,
    )
  }
}

function isMountPoint(path: string): boolean {
  try {
    return findMountPoints(readFileSync('/proc/self/mountinfo', 'utf8')).includes(path)
  } catch {
    return statIfThere(path)?.dev !== statIfThere(dirname(path))?.dev // not Linux, which alone can mount a file on its own device
  }
}

/** Returns the fifth field of each line: https://man7.org/linux/man-pages/man5/proc_pid_mountinfo.5.html */
function findMountPoints(mounts: string): string[] {
  return mounts
    .split('\n')
    .map((line) => line.split(' ')[4] ?? '')
    .map((name) => name.replace(/\\(\d{3})/g, (_, octal) => String.fromCharCode(Number.parseInt(octal, 8))))
}

/**
 * Keeps a database from being read by everybody on the machine: it holds client secrets. A file that only a group may read
 * stays as it is, since somebody has decided that. SQLite gives a WAL the permissions of its database.
 */
export function keepPrivate(path: string): void {
  for (const name of [path, `${path}-wal`, `${path}-shm`]) {
    const file = statIfThere(name)
    if (file && (file.size === 0 || file.mode & ANYBODY)) chmodIfOwner(name)
  }
}

function chmodIfOwner(path: string): void {
  try {
    chmodSync(path, OWNER_ONLY)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code !== 'EPERM' && code !== 'ENOENT') throw error // only its owner can change that; a WAL comes and goes
  }
}

/** Creates the folder of a database. Throws DatabaseUnavailable. */
export function makeFolderOf(path: string): void {
  try {
    makeFolder(dirname(path))
  } catch (cause) {
    throw cannotOpen(path, cause as Error)
  }
}

/**
 * Creates the folder durably and for its owner only, who is that of the folder around it: after a power cut, it and everything in it is
 * still there.
 */
export function makeFolder(folder: string): void {
  const missing: string[] = []
  for (let path = resolve(folder); !isFolder(path) && path !== dirname(path); path = dirname(path))
    missing.unshift(path)
  // One by one: Node's recursive mkdir may never end where the system refuses.
  for (const path of missing) {
    makeOneFolder(path)
    giveToOwnerOf(dirname(path), path)
    syncFolder(dirname(path))
  }
}

/** Another process may make it at the same time. */
function makeOneFolder(path: string): void {
  try {
    mkdirSync(path, { mode: OWNERS_FOLDER })
  } catch (error) {
    if (!isFolder(path)) throw error
  }
}

function isFolder(path: string): boolean {
  return statIfThere(path)?.isDirectory() ?? false
}

/**
 * Makes something belong to the user and group that something else belongs to, which is the shop's, if another user has made it. If
 * there is nothing else yet, that is the folder around it.
 */
export function giveToOwnerOf(model: string, path: string): void {
  const { uid, gid } = statSync(isMissing(model) ? dirname(model) : model)
  try {
    lchownSync(path, uid, gid)
  } catch {
    // Only root may, and others own what they make.
  }
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
