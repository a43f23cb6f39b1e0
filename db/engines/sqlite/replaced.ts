import Sqlite from 'better-sqlite3'
import { DatabaseRefused, DatabaseUnavailable } from '../errors.ts'
import { countStatements } from '../merge.ts'
import type { MigrationRun } from '../migrations.ts'
import { assertSameMode, findNewer, type Replaced } from '../restored.ts'
import { findDamage } from './copy.ts'
import { cannotOpen, isBusy, isDamaged } from './errors.ts'

export const SIDES = { ours: 'main', theirs: 'replaced' }

/**
 * Says what a restore would take from the database at this path, compared with the restored one; and moves its WAL into its file.
 * Throws DatabaseUnavailable while somebody else has it open, and DatabaseRefused if it must not be replaced.
 */
export function examineReplaced(restored: Sqlite.Database, path: string, mode: string): Replaced {
  const obstacle = settle(path, mode)
  try {
    return { ...attached(restored, path, () => countMissing(restored)), obstacle }
  } catch (error) {
    return { orders: undefined, payments: undefined, obstacle: obstacle ?? (error as Error).message }
  }
}

function countMissing(restored: Sqlite.Database) {
  const { orders, payments } = countStatements(SIDES)
  const count = (sql: string) => restored.prepare<[], number>(sql).pluck().get()
  return { orders: count(orders), payments: count(payments) }
}

/** Does something while a second database can be read as well. */
export function attached<T>(connection: Sqlite.Database, path: string, work: () => T): T {
  connection.prepare(`ATTACH @path AS ${SIDES.theirs}`).run({ path })
  try {
    return work()
  } finally {
    connection.exec(`DETACH ${SIDES.theirs}`)
  }
}

/** Makes the file complete without its WAL, which nobody else may have open. Returns why nothing of it can be copied. */
function settle(path: string, mode: string): string | undefined {
  let connection: Sqlite.Database | undefined
  try {
    connection = new Sqlite(path, { timeout: 0 })
    connection.pragma('locking_mode = EXCLUSIVE')
    connection.pragma('journal_mode = DELETE') // fails while another connection is open
    return findDamage(connection) ?? findObstacle(connection, mode)
  } catch (error) {
    if (isBusy(error)) throw isInUse(path)
    if (isDamaged(error)) return (error as Error).message
    throw error instanceof DatabaseRefused ? error : cannotOpen(path, error as Error)
  } finally {
    connection?.close()
  }
}

function findObstacle(connection: Sqlite.Database, mode: string): string | undefined {
  const list = (sql: string) => connection.prepare<[], string>(sql).pluck().all()
  const tables = list(`SELECT name FROM sqlite_schema WHERE type = 'table'`)
  if (!tables.includes('meta')) {
    throw new DatabaseRefused(
      `The database at ${connection.name}, which would be replaced, is not a shop’s. Set DATABASE_URL to another one.`,
    )
  }
  const [found = mode] = list(`SELECT value FROM meta WHERE key = 'mode'`)
  assertSameMode(found, mode)
  if (!tables.includes('migrations')) return undefined
  return findNewer(connection.prepare<[], MigrationRun>('SELECT name, sha256 FROM migrations').all())
}

export function isInUse(path: string): DatabaseUnavailable {
  return new DatabaseUnavailable(
    `The shop is running, or another program has ${path} open. Stop all of them, then run this again: nothing was changed.`,
    { reason: 'it is in use' },
  )
}
