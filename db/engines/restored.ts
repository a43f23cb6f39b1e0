import { DatabaseRefused } from './errors.ts'
import { findRenamed, type MigrationRun, readMigrations } from './migrations.ts'

/** What a restore would replace. */
export interface Replaced {
  /** How many orders and payments exist only there; undefined if that can't be read */
  orders: number | undefined
  payments: number | undefined
  /** Why nothing of it can be copied back; undefined if it can */
  obstacle: string | undefined
}

export interface RestoreTerms {
  /** The file with the database, as it came out of a backup */
  copy: string
  mode: 'sandbox' | 'live'
  /** Those that have run on the copy, as its manifest says */
  migrations: readonly string[]
  /** Milliseconds since 1970 */
  now: number
  /** What the restored database records of its last backup */
  lastBackup: string
  /** Says whether to go on; undefined if there is no database here that would be replaced */
  decide(replaced: Replaced | undefined): boolean
  /** Called when all is ready, just before the databases change places */
  beforeSwap(): Promise<void>
}

/** What a restore has done; undefined if it was decided against. */
export type Restored =
  | {
      /** Where the replaced database is now; undefined if there was none */
      aside: string | undefined
      /** Rows that were copied back, and those that were replaced by newer ones */
      copied: number
      /** How many unpaid intents will be polled */
      polled: number
    }
  | undefined

export function assertSameMode(found: string, mode: string): void {
  if (found === mode) return
  throw new DatabaseRefused(
    `The database that would be replaced belongs to CODE_MODE=${found}, but the settings say CODE_MODE=${mode}. Test money and real money never mix: set DATABASE_URL to another database.`,
  )
}

/** Returns why a database with these migrations is too new; undefined if this shop knows all of them. */
export function findNewer(records: readonly MigrationRun[]): string | undefined {
  const migrations = readMigrations()
  const known = new Set([...migrations.map(({ name }) => name), ...findRenamed(records, migrations).keys()])
  const newer = records.find(({ name }) => !known.has(name))
  return newer && `a newer version of the shop wrote it, with migration ${newer.name}`
}
