import { createWriteStream } from 'node:fs'
import { devNull } from 'node:os'
import { pipeline } from 'node:stream/promises'
import pg from 'pg'
import type { CopiedDatabase, OnShare } from '../copied.ts'
import { DatabaseRefused, DatabaseUnavailable } from '../errors.ts'
import { runClientProgram } from './client-programs.ts'
import { connectionEnvironment } from './connection-environment.ts'
import { asOpeningError, isFromServer } from './errors.ts'
import { connectionSettings } from './pool.ts'

const CONNECTION_DEADLINE_MS = 5_000
const OWNER_ONLY = 0o600
const DUMP = 'shop.dump'

/** Dumps the shop's schema as it is at one moment, and reads the dump again. Throws DatabaseUnavailable, DatabaseRefused. */
export async function dumpPostgres(url: string, folder: string, onShare?: OnShare): Promise<CopiedDatabase> {
  const file = `${folder}/${DUMP}`
  const facts = await withClient(url, async (client) => {
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY')
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
  let isLost = true
  client.on('error', () => {
    isLost = true // its statements fail as well
  })
  try {
    await client.connect()
    isLost = false
    return await work(client)
  } catch (error) {
    const isOfServer = isLost || isFromServer(error)
    throw isOfServer && !(error instanceof DatabaseUnavailable) ? asOpeningError(error, client) : error
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
  if (!tables.includes('meta')) throw new DatabaseRefused('The database is not a shop’s')
  const counts: Record<string, number> = {}
  for (const table of tables) {
    const { rows } = await client.query<{ number: string }>(`SELECT count(*) AS number FROM "${table}"`)
    counts[table] = Number(rows[0]?.number)
  }
  return {
    mode: (await readMode(client)) ?? '',
    migrations: await readMigrationNames(client, tables),
    counts,
  }
}

export async function readMode(client: pg.Client): Promise<string | undefined> {
  return (await client.query<{ value: string }>(`SELECT value FROM meta WHERE key = 'mode'`)).rows[0]?.value
}

export async function readMigrationNames(client: pg.Client, tables: readonly string[]): Promise<string[]> {
  if (!tables.includes('migrations')) return []
  const { rows } = await client.query<{ name: string }>('SELECT name FROM migrations')
  return rows.map(({ name }) => name).sort()
}
