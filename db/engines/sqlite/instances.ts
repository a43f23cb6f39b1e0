import { setTimeout as delay } from 'node:timers/promises'
import Sqlite from 'better-sqlite3'
import { cannotOpen, isBusy, isDamaged, unavailable } from './errors.ts'
import { identifyFile } from './file-identity.ts'
import { giveToOwnerOf, keepPrivate } from './files.ts'

const RETRY_MS = 20

/**
 * An instance's membership in those that have a database open: a shared lock on a small file next to it, which the system
 * releases when a process dies. The file says which database it is. Two files must never be open under one path, since the
 * processes would share a WAL by its name, and each would overwrite what the other has in it.
 */
export interface Membership {
  readonly lock: Sqlite.Database
  /** The database file that the instances have open: see identifyFile */
  readonly file: string
}

/**
 * Joins the instances that have this file open; it must exist. `real` is its path without symbolic links. Waits for the others
 * as long as `deadlineMs` says. Throws DatabaseUnavailable if one of them still has the file open that this one has replaced.
 */
export async function joinInstances(real: string, deadlineMs = 0): Promise<Membership> {
  const lock = openLock(real)
  const giveUpAt = performance.now() + deadlineMs
  try {
    for (;;) {
      const file = identifyFile(real) ?? ''
      if (takeAlone(lock)) recordFile(lock, file)
      if (share(lock) === file) return { lock, file }
      if (performance.now() >= giveUpAt) throw unavailable(REPLACED)
      lock.exec('COMMIT')
      await delay(RETRY_MS) // two that join at the same time may both find that they aren't alone
    }
  } catch (error) {
    lock.close()
    throw cannotJoin(real, error as Error)
  }
}

function cannotJoin(real: string, error: Error): Error {
  return isDamaged(error) ? unavailable(DAMAGED, error) : cannotOpen(real, error)
}

const REPLACED =
  'another instance still has the file open that it replaced: that instance lets go of it within seconds if it is the only one, otherwise stop all of them'
const DAMAGED =
  'the file next to it whose name ends in -instances is damaged: stop all instances, and delete that file'

/**
 * Keeps every instance from opening this database until the returned function is called; undefined if one has it open. The system
 * ends that when the process dies.
 */
export function holdAlone(real: string): (() => void) | undefined {
  const lock = openLock(real)
  try {
    if (takeAlone(lock)) return () => lock.close()
    lock.close()
    return undefined
  } catch (error) {
    lock.close()
    throw cannotJoin(real, error as Error)
  }
}

/** The file belongs to the database's owner, who must be able to open it after root has. */
function openLock(real: string): Sqlite.Database {
  const path = `${real}-instances`
  let lock: Sqlite.Database | undefined
  try {
    lock = new Sqlite(path, { timeout: 0 }) // SQLite's own waiting would block the event loop
    keepPrivate(path)
    giveToOwnerOf(real, path)
    return lock
  } catch (error) {
    lock?.close()
    throw cannotOpen(real, error as Error)
  }
}

/** Records which file is open, in the transaction that has the lock, and ends that. Mostly it is the same as before. */
function recordFile(lock: Sqlite.Database, file: string): void {
  lock.exec('CREATE TABLE IF NOT EXISTS open_file (identity TEXT NOT NULL)')
  if (readFile(lock) !== file) {
    lock.exec('DELETE FROM open_file')
    lock.prepare('INSERT INTO open_file (identity) VALUES (@file)').run({ file })
  }
  lock.exec('COMMIT')
}

function readFile(lock: Sqlite.Database): unknown {
  const isNew = lock.prepare('SELECT name FROM sqlite_schema').get() === undefined
  return isNew ? undefined : lock.prepare('SELECT identity FROM open_file').pluck().get()
}

function takeAlone(lock: Sqlite.Database): boolean {
  return unlessBusy(() => lock.exec('BEGIN EXCLUSIVE')) !== undefined
}

/**
 * Holds the shared lock, which is a transaction that never ends, and returns which file the instances have open; undefined while
 * one of them has the lock alone, since it is joining or leaving.
 */
function share(lock: Sqlite.Database): unknown {
  lock.exec('BEGIN')
  return unlessBusy(() => readFile(lock))
}

function unlessBusy<T>(work: () => T): T | undefined {
  try {
    return work()
  } catch (error) {
    if (isBusy(error)) return undefined
    throw error
  }
}

/**
 * Returns whether no other instance has the database open, and keeps others from joining from then on. Until it leaves, this
 * instance may do to the WAL what would harm others.
 *
 * The shared lock becomes an exclusive one by a write that changes nothing, and is never given back in between: another instance
 * that asks the same at that moment, or joins, would take this one for gone.
 */
export function isAlone(membership: Membership): boolean {
  return isFirst(membership) && areOthersGone(membership)
}

/**
 * Returns whether this instance is the last one that leaves. If it is the first to ask, it waits until the others have left: of
 * instances that stop at the same time, one is the last.
 */
export async function isLast(membership: Membership, deadlineMs: number): Promise<boolean> {
  if (!isFirst(membership)) return false
  const giveUpAt = performance.now() + deadlineMs
  while (!areOthersGone(membership)) {
    if (performance.now() >= giveUpAt) return false
    await delay(RETRY_MS)
  }
  return true
}

/** Returns whether no other instance is about to be alone, and keeps others from that, and from joining. */
function isFirst({ lock }: Membership): boolean {
  lock.pragma('locking_mode = EXCLUSIVE') // the lock outlasts the COMMIT
  lock.pragma('journal_mode = MEMORY') // or else a file would stay next to it
  return unlessBusy(() => lock.exec('UPDATE open_file SET identity = identity')) !== undefined
}

function areOthersGone({ lock }: Membership): boolean {
  if (!lock.inTransaction) return true // it was alone before
  return unlessBusy(() => lock.exec('COMMIT')) !== undefined
}

/** Returns whether no instance has opened another file since this one joined, so that the WAL is still that of its own file. */
export function hasOwnWal({ lock, file }: Membership): boolean {
  return readFile(lock) === file
}

export function leaveInstances({ lock }: Membership): void {
  lock.close()
}
