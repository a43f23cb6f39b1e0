import type { Preparation } from './driver.ts'
import { DatabaseRefused } from './errors.ts'
import { addRecord, ensureRecords, readFact, readRecords, renameRecord } from './migration-records.ts'
import {
  findRenamed,
  isOwn,
  type Migration,
  type MigrationRun,
  readMigrations,
  scriptFor,
} from './migrations.ts'

/** Sandbox or live: test money and real money never share a database. */
export type Mode = 'sandbox' | 'live'

export interface MigrationOptions {
  mode: Mode
  /** Milliseconds since 1970 */
  now: number
  migrations?: readonly Migration[]
  /** Called before migrations run on a database that has been in use: with many orders, that takes minutes */
  onUpgrade?: (migrations: string[]) => void
}

/**
 * Brings the schema up to date, forward only. Throws DatabaseRefused for a database of the other mode, one that isn't a
 * shop's, and one that was made by other migrations than this shop's.
 */
export async function migrate(
  database: Preparation,
  { mode, now, migrations = readMigrations(), onUpgrade }: MigrationOptions,
): Promise<void> {
  await ensureRecords(database)
  const records = await readRecords(database)
  const pending = findPending(records, migrations)
  for (const names of findRenamed(records, migrations)) await renameRecord(database, names)
  if (records.length > 0 && pending.length > 0) onUpgrade?.(pending.map(({ name }) => name))
  for (const migration of pending) await runMigration(database, migration, now)
  await claimMode(database, mode)
}

/** Returns the migrations that haven't run. Throws DatabaseRefused if others have, or later ones of the same series. */
export function findPending(
  records: readonly MigrationRun[],
  migrations: readonly Migration[] = readMigrations(),
): Migration[] {
  const renamed = findRenamed(records, migrations)
  const ran = new Set<string>()
  for (const { name: recorded, sha256 } of records) {
    const name = renamed.get(recorded) ?? recorded
    assertKnown(name, sha256, migrations)
    ran.add(name)
  }
  const pending = migrations.filter(({ name }) => !ran.has(name))
  for (const { name } of pending) assertLast(name, ran)
  return pending
}

function assertKnown(name: string, sha256: string, migrations: readonly Migration[]): void {
  const known = migrations.find((migration) => migration.name === name)
  if (!known) {
    const remedy = isOwn(name)
      ? `put db/migrations/${name} back`
      : 'go back to a backup from before it with npm run restore, as docs/updating.md says'
    throw new DatabaseRefused(
      `Migration ${name} has run on this database, but this shop doesn’t have it: either a newer version of the shop ran it, or the file was removed. Start that version, ${remedy}, or set DATABASE_URL to another database.`,
    )
  }
  if (known.sha256 !== sha256) {
    throw new DatabaseRefused(
      `Migration ${name} has changed since it ran on this database, so the tables may differ from what this shop expects. Restore the original db/migrations/${name}, and put further changes into a new migration.`,
    )
  }
}

function assertLast(name: string, ran: ReadonlySet<string>): void {
  const later = [...ran].find((other) => other > name && isOwn(other) === isOwn(name))
  if (later === undefined) return
  throw new DatabaseRefused(
    `Migration ${name} never ran on this database, but the later ${later} did, and migrations run in order. Rename the one that is new so that it comes last.`,
  )
}

async function runMigration(
  database: Preparation,
  { name, sha256, text }: Migration,
  now: number,
): Promise<void> {
  await naming(name, () => database.execute(scriptFor(database.engine, text)))
  await addRecord(database, { name, sha256, ranAt: now })
}

/** Runs a migration's script. Its error then names the migration, and stays the one that the engine recognises. */
export async function naming<Result>(name: string, run: () => Promise<Result>): Promise<Result> {
  try {
    return await run()
  } catch (cause) {
    const error = cause as Error
    const { message } = error
    error.message = `Migration ${name} failed: ${message}`
    if (error.stack) error.stack = error.stack.replace(message, () => error.message)
    throw error
  }
}

async function claimMode(database: Preparation, mode: Mode): Promise<void> {
  const found = await readFact(database, 'mode')
  if (found === undefined) await database.query(ADD_MODE, { mode })
  else assertMode(found, mode)
}

/** Throws DatabaseRefused unless the database is of this mode. */
export function assertMode(found: string, mode: Mode): void {
  if (found !== mode) {
    throw new DatabaseRefused(
      `The database belongs to CODE_MODE=${found}, but the shop is starting with CODE_MODE=${mode}. Test money and real money never mix: set DATABASE_URL to another database, or CODE_MODE=${found}.`,
    )
  }
}

const ADD_MODE = `
  INSERT INTO meta (key, value)
  VALUES ('mode', @mode)`
