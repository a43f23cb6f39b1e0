import pg from 'pg'
import { cancelQuery } from './cancel.ts'
import { isContention, isForbidden, isSilence, isStatementLost, isTemporary } from './errors.ts'
import { getTypeParser } from './exchange.ts'

// Per instance; PostgreSQL allows a hundred connections by default, for all instances together. Readers have their own, so
// that pages are served while every writer waits for a lock, or for a standby that is gone.
export const WRITERS = 6
export const READERS = 4
const CONNECTION_DEADLINE_MS = 1_000
const SILENCE_MS = 2_000 // after which a query is given up, and its connection

export function createPool(url: string, max: number): pg.Pool {
  const pool = new pg.Pool({
    ...connectionSettings(url),
    max,
    connectionTimeoutMillis: CONNECTION_DEADLINE_MS,
    query_timeout: SILENCE_MS,
  })
  // A connection that breaks fails its statements, or is dropped by the pool. That is enough; without a listener, the
  // event would end the process.
  pool.on('error', () => undefined)
  pool.on('connect', (client) => client.on('error', () => undefined))
  return pool
}

export function connectionSettings(url: string): pg.ClientConfig {
  return {
    connectionString: url,
    fallback_application_name: 'nickel',
    keepAlive: true,
    types: { getTypeParser },
  }
}

/** Lends a connection. Afterwards drops it, if it may be broken or is still in a transaction. */
export async function withConnection<T>(
  pool: pg.Pool,
  work: (client: pg.PoolClient) => Promise<T>,
): Promise<T> {
  const client = await pool.connect()
  try {
    const result = await work(client)
    client.release(isInTransaction(client))
    return result
  } catch (error) {
    giveBack(client, error) // nobody waits for that
    throw error
  }
}

async function giveBack(client: pg.PoolClient, error: unknown): Promise<void> {
  if (isSilence(error)) await cancelQuery(client)
  const isUsable = !isTemporary(error) || isContention(error) || isForbidden(error) || isStatementLost(error)
  client.release(!(isUsable && (await isRolledBack(client))))
}

async function isRolledBack(client: pg.PoolClient): Promise<boolean> {
  return client.query('ROLLBACK').then(
    () => !isInTransaction(client),
    () => false,
  )
}

function isInTransaction(client: pg.PoolClient): boolean {
  return client.getTransactionStatus() !== 'I'
}
