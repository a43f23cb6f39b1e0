import { setTimeout as delay } from 'node:timers/promises'
import type pg from 'pg'
import { DatabaseRefused, DatabaseUnavailable } from '../errors.ts'
import { type MigrationRun, readMigrations } from '../migrations.ts'
import { assertSameMode, findNewer } from '../restored.ts'
import { findTables, readMigrationRuns, readMode } from './dump.ts'
import { OPENING_LOCK } from './opening.ts'

const LONGEST_LEASE_MS = 60_000 // that of a backup; one that ends later was written by a clock that was ahead

const LOOKS = 20
const PAUSE_MS = 100 // the server goes on listing a program that has just ended for a moment

// With this lock, no instance can start.
const LOCK = `SELECT pg_try_advisory_lock(${OPENING_LOCK}) AS locked`

const FIND_OTHERS = `
  SELECT DISTINCT COALESCE(NULLIF(application_name, ''), 'without a name') AS name
  FROM pg_stat_activity
  WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'`

const FIND_LEASES = `
  SELECT name
  FROM leases
  WHERE expires_at > $1 AND expires_at <= $2`

/** Throws DatabaseUnavailable if an instance of the shop, or anybody else, uses the database; and keeps instances from starting. */
export async function assertAlone(client: pg.Client, now: number): Promise<void> {
  const { rows } = await client.query<{ locked: boolean }>(LOCK)
  const others = await findOthers(client)
  if (!rows[0]?.locked || others.length > 0)
    throw inUse(`other programs are connected to its database: ${others.join(', ')}`)
  const tables = await findTables(client)
  if (!tables.includes('leases')) return
  const leases = await client.query(FIND_LEASES, [now, now + LONGEST_LEASE_MS])
  if (leases.rows.length > 0) throw inUse('an instance on another machine had work to do seconds ago')
}

/** Lists the other programs that are connected, once those that are leaving have left. */
async function findOthers(client: pg.Client): Promise<string[]> {
  for (let look = 1; ; look++) {
    const { rows } = await client.query<{ name: string }>(FIND_OTHERS)
    if (rows.length === 0 || look === LOOKS) return rows.map(({ name }) => name)
    await delay(PAUSE_MS)
  }
}

function inUse(why: string): DatabaseUnavailable {
  return new DatabaseUnavailable(
    `The shop is running, or ${why}. Stop all instances and a pooler in between, then run this again: nothing was changed.`,
    { reason: 'it is in use' },
  )
}

/** What is in the database before. */
export interface Here {
  schema: string
  tables: string[]
  /** Why nothing of it can be copied back */
  obstacle: string | undefined
}

export async function findHere(client: pg.Client, mode: string): Promise<Here> {
  const { rows } = await client.query<{ schema: string | null }>('SELECT current_schema() AS schema')
  const tables = await findTables(client)
  const here = { schema: rows[0]?.schema ?? 'public', tables, obstacle: undefined }
  if (tables.length === 0) return here
  if (!tables.includes('meta'))
    throw new DatabaseRefused(
      'The database that would be replaced is not a shop’s. Set DATABASE_URL to another one.',
    )
  assertSameMode((await readMode(client)) ?? mode, mode)
  const records = await readMigrationRuns(client, tables)
  return { ...here, obstacle: findNewer(records) ?? findOlder(records) }
}

function findOlder(records: readonly MigrationRun[]): string | undefined {
  return records.length === readMigrations().length
    ? undefined
    : 'its tables are those of an older version of the shop. To keep what is in it, start this version once, which brings it up to date, stop it, and restore then'
}
