import { readdirSync, readFileSync } from 'node:fs'
import type { Parameters, Row } from './driver.ts'
import { DatabaseRefused } from './errors.ts'

const MIGRATIONS = new URL('../migrations/', import.meta.url)

/** Sandbox or live: pretended money and real money never share a database. */
export type Mode = 'sandbox' | 'live'

/** A database while it is opened: one connection, in one transaction that no other instance is in. */
export interface Preparation {
  tables(): Promise<string[]>
  query(sql: string, parameters: Parameters): Promise<Row[]>
  /** Runs a file of statements, without parameters and without rows. */
  execute(script: string): Promise<unknown>
}

/**
 * Brings the schema up to date, forward only. Throws DatabaseRefused for a database that is newer than this shop,
 * of the other mode, or not a shop's.
 */
export async function migrate(database: Preparation, mode: Mode): Promise<void> {
  const migrations = readdirSync(MIGRATIONS).sort()
  const version = await readVersion(database)
  if (version > migrations.length) {
    throw new DatabaseRefused(
      `The database has schema version ${version}, and this shop knows only ${migrations.length}. Start the newer shop that wrote it, or set DATABASE_URL to another database.`,
    )
  }
  for (const file of migrations.slice(version))
    await database.execute(readFileSync(new URL(file, MIGRATIONS), 'utf8'))
  if (version < migrations.length) await writeFact(database, 'schema_version', String(migrations.length))
  await claimMode(database, mode)
}

async function readVersion(database: Preparation): Promise<number> {
  const tables = await database.tables()
  if (tables.length === 0) return 0
  if (!tables.includes('meta')) {
    throw new DatabaseRefused(
      'The database holds tables that are not a shop’s. Set DATABASE_URL to another database.',
    )
  }
  return Number(await readFact(database, 'schema_version'))
}

async function claimMode(database: Preparation, mode: Mode): Promise<void> {
  const found = await readFact(database, 'mode')
  if (found === undefined) await writeFact(database, 'mode', mode)
  else if (found !== mode) {
    throw new DatabaseRefused(
      `The database belongs to CODE_MODE=${found}, and the shop starts with CODE_MODE=${mode}. Pretended and real money never mix: set DATABASE_URL to another database, or CODE_MODE=${found}.`,
    )
  }
}

const READ_FACT = `
  SELECT value
  FROM meta
  WHERE key = @key`

const WRITE_FACT = `
  INSERT INTO meta (key, value)
  VALUES (@key, @value)
  ON CONFLICT (key) DO UPDATE
  SET value = excluded.value`

async function readFact(database: Preparation, key: string): Promise<string | undefined> {
  const [fact] = await database.query(READ_FACT, { key })
  return fact?.value as string | undefined
}

async function writeFact(database: Preparation, key: string, value: string): Promise<void> {
  await database.query(WRITE_FACT, { key, value })
}
