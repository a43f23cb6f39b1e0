import pg from 'pg'
import { startPostgres } from '../scripts/support/postgres-server.js'
import { cpuMsOf, type Running, startBaseline } from './processes.ts'

/**
 * Starts a PostgreSQL whose commits wait for the disk, creates an empty database of each name, and hands their URLs to
 * `work`. Returns undefined, and says so, if this machine has no PostgreSQL. `options`: of CREATE DATABASE.
 */
export async function onPostgres<Name extends string, T>(
  names: readonly Name[],
  progress: (text: string) => void,
  work: (urls: Record<Name, string>) => Promise<T>,
  options = '',
): Promise<T | undefined> {
  const server = await startPostgres({ durable: true })
  if (!server) {
    progress('SKIPPED: this machine has no PostgreSQL')
    return undefined
  }
  try {
    for (const name of names) await query(server.url, `CREATE DATABASE ${name} ${options}`)
    const urls = names.map((name) => [name, server.url.replace(/postgres$/, name)])
    return await work(Object.fromEntries(urls))
  } finally {
    await server.remove()
  }
}

/** Starts the server of `bench/servers` that runs a transaction for each webhook. */
export function startBarePool(url: string, jwk: object): Promise<Running> {
  return startBaseline('webhook-postgres.ts', { DATABASE_URL: url, PUBLIC_JWK: JSON.stringify(jwk) })
}

/** Adds the orders that this server then updates. */
export function addBareOrders(url: string, intents: readonly string[]): Promise<void> {
  return query(url, 'INSERT INTO orders (intent) SELECT unnest($1::text[])', [intents])
}

/** Returns the processor time that the server's processes for this database have used so far. NaN where there is no /proc. */
export async function cpuMsOfDatabase(url: string): Promise<number> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const { rows } = await client.query(
    'SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()',
  )
  await client.end()
  return rows.reduce((sum, { pid }) => sum + cpuMsOf(pid), 0)
}

export async function query(url: string, sql: string, parameters: unknown[] = []): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query(sql, parameters)
  await client.end()
}
