import Sqlite from 'better-sqlite3'
import type { Parameters, Preparation, Row } from '../driver.ts'
import { isDenied } from '../errors.ts'
import { stopTextThreads, type TextThreads } from '../streaming.ts'
import { cannotOpen, damaged, gone, isDamaged, unavailable } from './errors.ts'
import { findRealPath, identifyFile, identifyFiles } from './file-identity.ts'
import { assertUsable, keepPrivate } from './files.ts'
import { hasOwnWal, isAlone, isLast, joinInstances, leaveInstances, type Membership } from './instances.ts'
import { LOCK_DEADLINE_MS, whenUnlocked } from './locks.ts'
import { checkpoint, startWriter, stopWriter, type Writer } from './writer.ts'

const WAL_PAGES = 32_000 // 128 MB: at each checkpoint, all writers wait for the disk. SQLite's default is 1,000 pages

// Negative is in KiB. A migration that moves large tables reads and writes the same pages again and again without it.
const MIGRATION_CACHE_KIB = -256 * 1024

const PRAGMAS = [
  'journal_mode = WAL',
  'synchronous = FULL', // WAL alone survives a crash of the process, but not a power cut
  'fullfsync = ON', // on macOS, a plain fsync leaves data in the drive's own cache; other systems ignore both settings
  'checkpoint_fullfsync = ON',
  `wal_autocheckpoint = ${WAL_PAGES}`,
  'foreign_keys = ON',
  'secure_delete = ON', // a deleted client secret leaves no bytes behind
]

export type Prepare = (database: Preparation) => Promise<void>

/** A database file while it is open: a connection that reads, a thread that writes, and those that make text. */
export interface Session {
  readonly path: string
  readonly reader: Sqlite.Database
  readonly statements: Map<string, Sqlite.Statement>
  readonly writer: Writer
  readonly textThreads: TextThreads
  readonly membership: Membership
  /** Which files are open: see identifyFiles */
  readonly files: string
}

/** Opens the file, and prepares it in a transaction for which it waits as long as `options.timeout` says. */
export async function beginSession(
  path: string,
  prepare: Prepare,
  options: Sqlite.Options,
): Promise<Session> {
  const { reader, membership } = await connect(path, options)
  try {
    for (const pragma of PRAGMAS) reader.pragma(pragma)
    reader.pragma('busy_timeout = 0') // SQLite's own waiting blocks the event loop: see whenUnlocked
    await prepareInTransaction(reader, prepare, options.timeout)
    reader.pragma('query_only = ON')
    reader.pragma('user_version') // the first read creates the WAL if it isn't there yet
    const files = identifyFiles(path)
    if (files === undefined || identifyFile(path) !== membership.file) throw gone()
    const writer = await startWriter(path, { pragmas: PRAGMAS, lockMs: LOCK_DEADLINE_MS })
    return { path, reader, statements: new Map(), writer, textThreads: new Set(), membership, files }
  } catch (error) {
    reader.close() // which rolls back
    leaveInstances(membership)
    if (isDenied(error)) throw cannotOpen(path, error as Error)
    throw isDamaged(error) ? damaged(path, error as Error) : error
  }
}

/** Opens the file, but not its WAL: that must wait until it is certain that no other instance has one there for another file. */
async function connect(
  path: string,
  options: Sqlite.Options,
): Promise<Pick<Session, 'reader' | 'membership'>> {
  assertUsable(path)
  let reader: Sqlite.Database | undefined
  try {
    const found = identifyFile(path)
    reader = new Sqlite(path, options)
    const real = findRealPath(path)
    if (real === undefined) throw gone()
    keepPrivate(real)
    const membership = await joinInstances(real, options.timeout)
    if (found === undefined || found === membership.file) return { reader, membership }
    leaveInstances(membership)
    throw unavailable('its file is being replaced')
  } catch (cause) {
    reader?.close()
    throw cannotOpen(path, cause as Error)
  }
}

/** Runs `prepare` in a transaction of its own, with a larger cache. */
export async function prepareInTransaction(
  connection: Sqlite.Database,
  prepare: Prepare,
  deadlineMs?: number,
): Promise<void> {
  const usualCache = connection.pragma('cache_size', { simple: true })
  connection.pragma(`cache_size = ${MIGRATION_CACHE_KIB}`)
  await whenUnlocked(() => connection.exec('BEGIN IMMEDIATE'), deadlineMs)
  await prepare({
    engine: 'sqlite',
    tables: async () => connection.prepare(FIND_TABLES).pluck().all() as string[],
    query: async (sql, parameters) => runStatement(connection.prepare(sql), parameters),
    execute: async (script) => connection.exec(script),
  })
  connection.exec('COMMIT')
  connection.pragma(`cache_size = ${usualCache}`)
  connection.pragma('shrink_memory')
}

const FIND_TABLES = `
  SELECT name
  FROM sqlite_schema
  WHERE type = 'table'`

function runStatement(statement: Sqlite.Statement, parameters: Parameters): Row[] {
  if (statement.reader) return statement.all(parameters) as Row[]
  statement.run(parameters)
  return []
}

/** Throws DatabaseUnavailable if the session ended because its file was replaced. */
export function readRows({ reader, statements }: Session, sql: string, parameters: Parameters): Row[] {
  if (!reader.open) throw unavailable('its file was replaced by one that cannot be opened')
  const statement = statements.get(sql) ?? reader.prepare(sql)
  statements.set(sql, statement)
  return statement.all(parameters) as Row[]
}

/** Whether the files at the path are still those that are open. */
export function hasSameFiles({ path, reader, files }: Session): boolean {
  return reader.open && identifyFiles(path) === files
}

/**
 * Ends a session whose file was replaced. Its WAL goes into the file that it belongs to: otherwise the new file would get it.
 * With other instances, that WAL may already have become the new file's, so nobody touches it until one is left.
 */
export async function abandonSession(session: Session): Promise<void> {
  if (!session.reader.open) return
  await stopTextThreads(session.textThreads) // one that is reading would keep the WAL from being checkpointed
  if (!isAlone(session.membership))
    throw unavailable(
      'its file was replaced while several instances had it open: stop all of them, then start them again',
    )
  if (hasOwnWal(session.membership) && !(await checkpoint(session.writer)))
    throw unavailable('its file was replaced, and another program still has the former one open')
  await endSession(session)
}

/** Ends a session when the shop stops. If its file was replaced, the last instance leaves no WAL that the new one would take for its own. */
export async function closeSession(session: Session): Promise<void> {
  const { reader, writer, membership } = session
  await stopTextThreads(session.textThreads)
  const isReplaced = reader.open && !hasSameFiles(session)
  if (isReplaced && (await isLast(membership, LOCK_DEADLINE_MS)) && hasOwnWal(membership))
    await checkpoint(writer)
  await endSession(session)
}

async function endSession({ reader, writer, membership }: Session): Promise<void> {
  await stopWriter(writer)
  reader.close()
  leaveInstances(membership)
}
