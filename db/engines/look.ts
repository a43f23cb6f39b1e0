import type { Preparation } from './driver.ts'
import { DatabaseRefused } from './errors.ts'
import { assertMode, findPending, type Mode } from './migrate.ts'
import { assertNotEmpty, assertOfShop, readFact, readRecords } from './migration-records.ts'

/** A database that is looked at, and not changed: one connection that only reads. */
export type ReadOnly = Pick<Preparation, 'tables' | 'query'>

/** A setting on which it depends that nothing is lost. */
export interface DurabilitySetting {
  name: string
  value: string
  /** What the shop needs it to be */
  promised: string
}

/** What was found in a database without changing anything. */
export interface SchemaLook {
  /** Why the shop would refuse to open it; undefined if it wouldn't */
  refusal: string | undefined
  /** The migrations that the next start would run */
  pending: readonly string[]
  tables: readonly string[]
}

/** Looks at a database as the start would, but leaves everything as it is. */
export async function lookAtSchema(database: ReadOnly, mode: Mode): Promise<SchemaLook> {
  const tables = await database.tables()
  try {
    assertOfShop(tables)
    const found = tables.includes('meta') ? await readFact(database, 'mode') : undefined
    if (found !== undefined) assertMode(found, mode)
    const records = tables.includes('migrations') ? await readRecords(database) : []
    return { refusal: undefined, pending: findPending(records).map(({ name }) => name), tables }
  } catch (error) {
    if (!(error instanceof DatabaseRefused)) throw error
    return { refusal: error.message, pending: [], tables }
  }
}

/** Throws DatabaseRefused unless a shop of this version and mode could use the database as it is. */
export async function assertUpToDate(database: ReadOnly, mode: Mode): Promise<void> {
  const { refusal, pending, tables } = await lookAtSchema(database, mode)
  if (refusal !== undefined) throw new DatabaseRefused(refusal)
  assertNotEmpty(tables)
  if (pending.length > 0)
    throw new DatabaseRefused(
      `The database has not been brought up to date yet (${pending.join(', ')}). Start the shop, which does that.`,
    )
}
