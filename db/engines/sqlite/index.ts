import { dirname } from 'node:path'
import type { Driver, Parameters, Row, TextModule } from '../driver.ts'
import { DatabaseRefused } from '../errors.ts'
import { commitInGroup, createCommitQueue, measureQueue, type TransactionResult } from '../group-commit.ts'
import { streamText as streamFromThread } from '../streaming.ts'
import { asUnavailable, cannotOpen, gone } from './errors.ts'
import { findRealPath, isMissing } from './file-identity.ts'
import { makeFolderOf, syncFolder } from './files.ts'
import { LOCK_DEADLINE_MS, whenUnlocked } from './locks.ts'
import {
  abandonSession,
  beginSession,
  closeSession,
  hasSameFiles,
  type Prepare,
  readRows,
  type Session,
} from './session.ts'
import { checkpoint, commitGroup, type Unit } from './writer.ts'

const OPENING_DEADLINE_MS = 5_000
const READER = new URL('./text-reader.js', import.meta.url)
const WAL_LIFE_MS = 15_000 // overwritten values (such as paid orders' client secrets) stay in the WAL until it is checkpointed

/** Loads what a shop that sells has no use for. */
export const loadCommands = () => import('./commands.ts')

interface SqliteDatabase {
  readonly path: string
  readonly prepare: Prepare
  session: Session
  isClosed: boolean
  checkpointTimer: NodeJS.Timeout | undefined
  /** `performance.now()` at the first write since the last checkpoint; undefined if there was none */
  writtenAt: number | undefined
}

/**
 * Opens a database file, durable against power loss, and creates it if it isn't there, unless it must exist. `prepare` runs in a
 * transaction, for which it may wait for seconds. This thread reads, another one writes, and text is made on others. Nothing is
 * written to a file that was deleted; one that was replaced is opened again. Throws DatabaseRefused, DatabaseUnavailable, and
 * what `prepare` throws.
 */
export async function openSqlite(
  path: string,
  prepare: Prepare,
  { mustExist = false } = {},
): Promise<Driver> {
  assertIsFile(path)
  if (mustExist) assertExists(path)
  else makeFolderOf(path)
  const session = await beginSession(path, prepare, {
    fileMustExist: mustExist,
    timeout: OPENING_DEADLINE_MS,
  })
  syncFolder(dirname(findRealPath(path) ?? path))
  const database: SqliteDatabase = {
    path,
    prepare,
    session,
    isClosed: false,
    checkpointTimer: undefined,
    writtenAt: undefined,
  }
  const queue = createCommitQueue((group: readonly Unit[]) => commitDurably(database, group), 1)
  return {
    unitsOverlap: false, // SQLite has one writer at a time, in all processes together
    read: (sql, parameters) => whenUnlocked(() => read(database, sql, parameters)),
    write: (statements, parameters) => commitInGroup(queue, { statements, parameters }),
    streamText: (module) => streamText(database, module),
    measureWrites: () => ({ ...measureQueue(queue), checkpointLagMs: checkpointLagOf(database) }),
    close: () => closeSqlite(database),
  }
}

/** SQLite's own names for databases that are gone with the process; better-sqlite3 removes spaces before it looks for them. */
function assertIsFile(path: string): void {
  if (path.trim() === ':memory:' || path.trim() === '')
    throw new DatabaseRefused('A database in memory forgets who has paid: give it a file')
  if (path !== path.trim())
    throw new DatabaseRefused('The path of the database file begins or ends with a space: remove it')
}

function assertExists(path: string): void {
  if (isMissing(path))
    throw new DatabaseRefused(
      `There is no database at ${path}. Start the shop, which creates it, or correct DATABASE_URL.`,
    )
}

function read(database: SqliteDatabase, sql: string, parameters: Parameters): Row[] {
  assertOpen(database)
  return readRows(database.session, sql, parameters)
}

async function* streamText(database: SqliteDatabase, module: TextModule): AsyncGenerator<string, void> {
  assertOpen(database)
  const { session } = database // a thread ends with the session that it was started in
  if (!hasSameFiles(session)) throw gone()
  const options = { path: session.path, lockMs: LOCK_DEADLINE_MS }
  try {
    for await (const text of streamFromThread(session.textThreads, { url: READER, options }, module)) {
      if (!hasSameFiles(session)) throw gone() // the thread may have opened another file
      yield text
    }
  } catch (error) {
    throw asUnavailable(error)
  }
}

function assertOpen({ isClosed }: SqliteDatabase): void {
  if (isClosed) throw new TypeError('The database was closed')
}

async function commitDurably(database: SqliteDatabase, group: readonly Unit[]): Promise<TransactionResult> {
  assertOpen(database)
  if (!hasSameFiles(database.session)) await reopen(database)
  const result = await commitGroup(database.session.writer, group)
  if ('rows' in result) {
    scheduleCheckpoint(database)
    if (!hasSameFiles(database.session)) throw gone() // the write went to a file that nobody will ever read
  }
  return result
}

/** Opens the file that has been put in the former one's place, perhaps a backup. Never creates an empty one. */
async function reopen(database: SqliteDatabase): Promise<void> {
  const { path, prepare, session } = database
  if (isMissing(path)) throw gone()
  await abandonSession(session)
  try {
    database.session = await beginSession(path, prepare, { fileMustExist: true, timeout: 0 })
  } catch (cause) {
    throw cannotOpen(path, cause as Error)
  }
}

function checkpointLagOf({ writtenAt }: SqliteDatabase): number {
  return writtenAt === undefined ? 0 : performance.now() - writtenAt
}

function scheduleCheckpoint(database: SqliteDatabase): void {
  database.writtenAt ??= performance.now()
  database.checkpointTimer ??= setTimeout(runCheckpoint, WAL_LIFE_MS, database).unref()
}

async function runCheckpoint(database: SqliteDatabase): Promise<void> {
  const { writtenAt } = database
  database.checkpointTimer = undefined
  database.writtenAt = undefined // what is written from now on comes after the checkpoint
  if (!hasSameFiles(database.session)) return // the WAL at this path may be that of another file
  const isDone = await checkpoint(database.session.writer)
  if (isDone || database.isClosed) return
  database.writtenAt = writtenAt
  scheduleCheckpoint(database) // another connection is reading or writing
}

async function closeSqlite(database: SqliteDatabase): Promise<void> {
  if (database.isClosed) return
  database.isClosed = true
  clearTimeout(database.checkpointTimer)
  await closeSession(database.session)
}
