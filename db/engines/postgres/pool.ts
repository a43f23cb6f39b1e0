import pg from 'pg'
import { isContention, isTemporary } from './errors.ts'

const CONNECTIONS = 10 // per instance; PostgreSQL allows a hundred by default, for all instances together
// Code waits 3 s for a webhook's answer; a 503 in time is worth more than a late 200.
const CONNECTION_DEADLINE_MS = 1_000
const LOCK_DEADLINE_MS = 1_100 // PostgreSQL looks for deadlocks after a second
export const STATEMENT_DEADLINE_MS = 1_500
const SILENCE_MS = 2_000 // after which a connection is presumed dead

/** Creates a pool whose connections send queries without waiting for earlier answers: see transaction.ts. */
export function createPool(url: string): pg.Pool {
  const pool = new pg.Pool({
    ...connectionSettings(url),
    pipeline: true,
    max: CONNECTIONS,
    connectionTimeoutMillis: CONNECTION_DEADLINE_MS,
    query_timeout: SILENCE_MS,
    onConnect: (client) => client.query(CONFIGURE_SESSION),
  })
  // A connection that breaks fails its statements, or is dropped by the pool. That is enough; without a listener, the
  // event would end the process.
  pool.on('error', () => undefined)
  pool.on('connect', (client) => client.on('error', () => undefined))
  return pool
}

// A server may be set to answer before a commit is durable. The shop's sessions don't allow that, and keep what is stricter.
// Every statement has an index. Without enable_seqscan = off, one that was planned while its table was empty would go on
// reading the whole table as that grows. Where a scan is needed all the same, its estimated cost would make PostgreSQL compile
// the statement, for half a second. Other engines that speak the protocol may not have these two settings.
const CONFIGURE_SESSION = `
  SELECT set_config('statement_timeout', '${STATEMENT_DEADLINE_MS}', false),
    set_config('lock_timeout', '${LOCK_DEADLINE_MS}', false),
    set_config('idle_in_transaction_session_timeout', '${SILENCE_MS}', false),
    (SELECT COUNT(set_config(name, 'off', false)) FROM pg_settings WHERE name IN ('enable_seqscan', 'jit')),
    CASE WHEN current_setting('synchronous_commit') = 'off'
      THEN set_config('synchronous_commit', 'on', false) END`

export function connectionSettings(url: string): pg.ClientConfig {
  return {
    connectionString: url,
    fallback_application_name: 'nickel',
    keepAlive: true,
    types: { getTypeParser },
  }
}

/** Reads BIGINT as a number. pg leaves it as text, since not every value is safe; instants, hundredths and quarks are. */
function getTypeParser(type: number, format?: 'text' | 'binary') {
  return type === pg.types.builtins.INT8 ? Number : pg.types.getTypeParser(type, format as 'text')
}

/** Lends a connection, and drops it afterwards if it is still in a transaction or may be broken. */
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
    client.release(isInTransaction(client) || (isTemporary(error) && !isContention(error)))
    throw error
  }
}

function isInTransaction(client: pg.PoolClient): boolean {
  return client.getTransactionStatus() !== 'I'
}
