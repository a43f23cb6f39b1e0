import type { Preparation } from './driver.ts'
import { DatabaseRefused } from './errors.ts'

/** A migration that ran on a database. */
export interface MigrationRecord {
  name: string
  /** Of its file's text, hex */
  sha256: string
  /** Milliseconds since 1970; null where an earlier shop ran it, which kept no time */
  ranAt: number | null
}

const CREATE_RECORDS = `
CREATE TABLE migrations (
  name TEXT NOT NULL PRIMARY KEY,
  sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
  ran_at BIGINT
)`

/** Creates the table of migrations where there is none yet. Throws DatabaseRefused if the database isn't a shop's. */
export async function ensureRecords(database: Preparation): Promise<void> {
  const tables = await database.tables()
  assertOfShop(tables)
  if (tables.includes('migrations')) return
  await database.execute(CREATE_RECORDS)
  if (tables.includes('meta')) await recordNumberedMigrations(database)
}

/** Throws DatabaseRefused if there are no tables at all. */
export function assertNotEmpty(tables: readonly string[]): void {
  if (tables.length === 0)
    throw new DatabaseRefused(
      'The database is empty. Start the shop, which sets it up, or correct DATABASE_URL.',
    )
}

/** Throws DatabaseRefused if there are tables, and none of a shop's. */
export function assertOfShop(tables: readonly string[]): void {
  if (tables.length > 0 && !tables.includes('meta')) {
    throw new DatabaseRefused(
      'The database contains tables, but not those of a shop. Set DATABASE_URL to another database.',
    )
  }
}

// Earlier shops only counted the migrations that had run, in meta.schema_version. These are the files that they had.
const NUMBERED: readonly [name: string, sha256: string][] = [
  ['001-first.sql', 'b9a4ca439e07f4f947c6262aa1b9ee94b56507a35660768d2b2ec9b2dad11392'],
  ['002-leases.sql', 'ffd8d83280c088b296b0f085606f71debbb74fe0df2557b852f0c92d6ebc2680'],
  ['003-open-orders-of-intent.sql', 'c504a0054eee7cde63b3546a593a6580e2ad7766fad4a3b02e40b25da3f1f6b2'],
  ['004-open-orders-apart.sql', '48cc87fa69feefdb3929163517149de4b822921da86bf7478a4b57892402a004'],
]

async function recordNumberedMigrations(database: Preparation): Promise<void> {
  const version = Number(await readFact(database, 'schema_version'))
  if (!NUMBERED[version - 1]) {
    throw new DatabaseRefused(
      `The database has schema version ${version}, and this shop can upgrade only 1 to ${NUMBERED.length}. Start the version of the shop that wrote it, or set DATABASE_URL to another database.`,
    )
  }
  for (const [name, sha256] of NUMBERED.slice(0, version))
    await addRecord(database, { name, sha256, ranAt: null })
  await database.query(FORGET_VERSION, {})
}

const FORGET_VERSION = `
  DELETE FROM meta
  WHERE key = 'schema_version'`

const FIND_RECORDS = `
  SELECT name, sha256
  FROM migrations`

export async function readRecords(
  database: Pick<Preparation, 'query'>,
): Promise<Omit<MigrationRecord, 'ranAt'>[]> {
  const rows = (await database.query(FIND_RECORDS, {})) as Omit<MigrationRecord, 'ranAt'>[]
  return rows.sort((a, b) => (a.name < b.name ? -1 : 1)) // here, since engines sort by different rules
}

const ADD_RECORD = `
  INSERT INTO migrations (name, sha256, ran_at)
  VALUES (@name, @sha256, @ranAt)`

export async function addRecord(database: Preparation, record: MigrationRecord): Promise<void> {
  await database.query(ADD_RECORD, { ...record })
}

const RENAME_RECORD = `
  UPDATE migrations
  SET name = @name
  WHERE name = @recorded`

export async function renameRecord(
  database: Preparation,
  [recorded, name]: readonly [string, string],
): Promise<void> {
  await database.query(RENAME_RECORD, { recorded, name })
}

const READ_FACT = `
  SELECT value
  FROM meta
  WHERE key = @key`

/** Returns what `meta` holds under this key. */
export async function readFact(
  database: Pick<Preparation, 'query'>,
  key: string,
): Promise<string | undefined> {
  const [fact] = await database.query(READ_FACT, { key })
  return fact?.value as string | undefined
}
