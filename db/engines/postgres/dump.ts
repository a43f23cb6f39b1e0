import { createWriteStream } from 'node:fs'
import { devNull } from 'node:os'
import { pipeline } from 'node:stream/promises'
import pg from 'pg'
import type { CopiedDatabase, OnShare } from '../copied.ts'
import { DatabaseRefused, DatabaseUnavailable } from '../errors.ts'
import { assertNotEmpty, assertOfShop } from '../migration-records.ts'
import type { MigrationRun } from '../migrations.ts'
import { runClientProgram } from './client-programs.ts'
import { connectionEnvironment } from './connection-environment.ts'
import { asOpeningError, isFromServer } from './errors.ts'
import { createClient } from './opening.ts'
import { connectionSettings } from './pool.ts'
import { sharesConnections } from './pooler.ts'
import { liftDeadlines } from './settings.ts'

const CONNECTION_DEADLINE_MS = 5_000
const OWNER_ONLY = 0o600
const DUMP = 'shop.dump'

// While pg_dump reads what this transaction sees, it does nothing itself.
const BEGIN = `BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; ${liftDeadlines('transaction')}`

// Before its transaction, pg_dump empties the search path, among others.
const BEHIND_POOLER =
  'DATABASE_URL leads to a connection pooler that lends the server’s connections for one transaction at a time. What pg_dump sets on them would break the shop. Make backups through the server’s own address, for example by cron: DATABASE_URL=postgres://user:password@server:5432/shop npm run backup'

/** Dumps the shop's schema as it is at one moment, and reads the dump again. Throws DatabaseUnavailable, DatabaseRefused. */
export async function dumpPostgres(url: string, folder: string, onShare?: OnShare): Promise<CopiedDatabase> {
  const file = `${folder}/${DUMP}`
  const facts = await withClient(url, async (client) => {
    if (await sharesConnections(client, createClient(url))) throw new DatabaseRefused(BEHIND_POOLER)
    await client.query(BEGIN)
    const { rows } = await client.query('SELECT pg_export_snapshot() AS snapshot, current_schema() AS schema')
    const { snapshot, schema } = rows[0]
    await dump(connectionEnvironment(url, folder), file, { snapshot, schema })
    return readFacts(client)
  })
  onShare?.(1)
  const check = runClientProgram('pg_restore', [`--file=${devNull}`, file])
  await check.ended
  return { file: DUMP, engine: 'postgres', ...facts }
}

// By its output, so that it ends when the thread does.
async function dump(
  environment: Record<string, string>,
  file: string,
  { snapshot, schema }: Record<'snapshot' | 'schema', string>,
) {
  const args = [
    '--format=custom',
    '--compress=1', // what it writes is packed once more
    '--no-owner',
    '--no-privileges',
    `--schema="${schema}"`, // not those that a restore has set aside
    `--snapshot=${snapshot}`,
  ]
  const { child, ended } = runClientProgram('pg_dump', args, environment)
  await pipeline(child.stdout, createWriteStream(file, { mode: OWNER_ONLY }))
  await ended
}

/**
 * Lends a connection without deadlines for its statements: counting a large table takes time. Says of the server's errors what can
 * be done about them; others, such as those of files, stay as they are.
 */
export async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({
    ...connectionSettings(url),
    application_name: 'nickel-backup',
    connectionTimeoutMillis: CONNECTION_DEADLINE_MS,
  })
  let lost: Error | undefined
  const lose = (error: Error) => {
    lost ??= error // its statements fail as well, and don't say why
  }
  client.on('error', lose)
  try {
    await client.connect().catch(lose)
    if (lost) throw lost
    return await work(client)
  } catch (error) {
    const ofServer = lost ?? (isFromServer(error) ? error : undefined)
    throw ofServer && !(error instanceof DatabaseUnavailable) ? asOpeningError(ofServer, client) : error
  } finally {
    await client.end()
  }
}

const FIND_TABLES = `
  SELECT tablename AS name
  FROM pg_catalog.pg_tables
  WHERE schemaname = current_schema()
  ORDER BY tablename`

/** Returns the names of the tables of the shop's schema. */
export async function findTables(client: pg.Client): Promise<string[]> {
  return (await client.query<{ name: string }>(FIND_TABLES)).rows.map(({ name }) => name)
}

async function readFacts(client: pg.Client) {
  const tables = await findTables(client)
  assertNotEmpty(tables)
  assertOfShop(tables)
  const counts: Record<string, number> = {}
  for (const table of tables) {
    const { rows } = await client.query<{ number: string }>(`SELECT count(*) AS number FROM "${table}"`)
    counts[table] = Number(rows[0]?.number)
  }
  return {
    mode: (await readMode(client)) ?? '',
    migrations: (await readMigrationRuns(client, tables)).map(({ name }) => name),
    counts,
  }
}

export async function readMode(client: pg.Client): Promise<string | undefined> {
  return (await client.query<{ value: string }>(`SELECT value FROM meta WHERE key = 'mode'`)).rows[0]?.value
}

/** Returns the migrations that have run, in the order in which they do. */
export async function readMigrationRuns(
  client: pg.Client,
  tables: readonly string[],
): Promise<MigrationRun[]> {
  if (!tables.includes('migrations')) return []
  const { rows } = await client.query<MigrationRun>('SELECT name, sha256 FROM migrations')
  return rows.sort((a, b) => (a.name < b.name ? -1 : 1))
}
