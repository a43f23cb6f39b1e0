import Sqlite from 'better-sqlite3'
import { LAST_BACKUP, NOTE_BACKUP } from '../copied.ts'
import { CHANGING_TRIGGERS } from '../kept-tables.ts'
import { mergeStatements, readyStatements } from '../merge.ts'
import type { Restored, RestoreTerms } from '../restored.ts'
import { cannotOpen } from './errors.ts'
import { findRealPath, isMissing } from './file-identity.ts'
import { assertNoFolder, assertUsable, giveToOwnerOf, makeFolderOf } from './files.ts'
import { holdAlone } from './instances.ts'
import { attached, examineReplaced, isInUse, SIDES } from './replaced.ts'
import { type Prepare, prepareInTransaction } from './session.ts'
import { removeSecondName, swapIn } from './swap.ts'

/**
 * Puts a backup's database in the place of the one at this path, with what only that one has. Until the last moment, the path leads
 * to the former database, and from then on to the new one. Throws DatabaseRefused, DatabaseUnavailable.
 */
export async function restoreSqlite(path: string, terms: RestoreTerms, prepare: Prepare): Promise<Restored> {
  const real = findRealPath(path) ?? path
  assertNoFolder(real)
  makeFolderOf(real)
  const release = holdAlone(real)
  if (!release) throw isInUse(real)
  try {
    removeSecondName(real)
    assertUsable(real)
    return await restoreAlone(real, terms, prepare)
  } finally {
    release()
  }
}

async function restoreAlone(real: string, terms: RestoreTerms, prepare: Prepare): Promise<Restored> {
  giveToOwnerOf(real, terms.copy)
  const restored = open(terms.copy)
  try {
    await prepareInTransaction(restored, prepare)
    const replaced = isMissing(real) ? undefined : examineReplaced(restored, real, terms.mode)
    if (!terms.decide(replaced)) return undefined
    const source = replaced && replaced.obstacle === undefined ? real : undefined
    if (source !== undefined) await upgrade(source, prepare)
    const changes = complete(restored, terms, source)
    restored.close()
    await terms.beforeSwap()
    return { ...changes, aside: swapIn(terms.copy, real, terms.now) }
  } finally {
    restored.close()
  }
}

function open(path: string): Sqlite.Database {
  try {
    const connection = new Sqlite(path)
    connection.pragma('synchronous = EXTRA') // its content must be on the disk before its new name is
    return connection
  } catch (cause) {
    throw cannotOpen(path, cause as Error)
  }
}

/** Brings the schema of the database that is to be replaced up to date, as the shop's next start would have done. */
async function upgrade(path: string, prepare: Prepare): Promise<void> {
  const connection = open(path)
  try {
    await prepareInTransaction(connection, prepare)
  } finally {
    connection.close()
  }
}

/** Copies back what only the other database has, and makes this one ready to be started with, in one transaction. */
function complete(restored: Sqlite.Database, { lastBackup }: RestoreTerms, source: string | undefined) {
  const run = (sql: string) => restored.prepare(sql).run().changes
  const finish = restored.transaction((merge: readonly string[]) => {
    const copied = withoutTriggers(restored, () => merge.reduce((sum, sql) => sum + run(sql), 0))
    const [, polled = 0] = readyStatements().map(run)
    restored.prepare(NOTE_BACKUP).run({ key: LAST_BACKUP, value: lastBackup })
    return { copied, polled }
  })
  const columns = (table: string) =>
    restored.prepare<[], string>(`SELECT name FROM pragma_table_info('${table}')`).pluck().all()
  if (source === undefined) return finish([])
  return attached(restored, source, () => finish(mergeStatements(SIDES, columns)))
}

function withoutTriggers<T>(restored: Sqlite.Database, work: () => T): T {
  const names = Object.values(CHANGING_TRIGGERS)
  const find = restored.prepare<[string], string>(
    `SELECT sql FROM sqlite_schema WHERE type = 'trigger' AND name = ?`,
  )
  const made = names.map((name) => find.pluck().get(name) ?? '')
  for (const name of names) restored.exec(`DROP TRIGGER ${name}`)
  const result = work()
  for (const sql of made) restored.exec(sql)
  return result
}
