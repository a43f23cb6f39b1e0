import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'
import type { Driver, Parameters, Preparation, Row } from '../driver.ts'
import { explain, explainOpening, isPassing, isRolledBack } from './errors.ts'
import { createPipeline } from './pipeline.ts'

const CONNECTIONS = 10 // an instance; PostgreSQL's own default is a hundred for all of them together
// Code waits 3 s for a webhook's answer; a 503 in time is worth more than a late 200.
const CONNECTION_DEADLINE_MS = 1_000
const LOCK_DEADLINE_MS = 1_100 // PostgreSQL looks for deadlocks after a second
const STATEMENT_DEADLINE_MS = 1_500 // and for trying again
const SILENCE_MS = 2_000 // after which a connection is taken for dead
const RETRY_MS = 20
const OPENING_DEADLINE_MS = 5_000
const OPENING_LOCK_DEADLINE_MS = 60_000 // another instance may be migrating
const OPENING_LOCK = 7_030_301 // any number, the same for all instances

/**
 * Connects to a PostgreSQL database. `prepare` runs in a transaction of its own, one instance after another.
 * Throws DatabaseUnavailable, DatabaseRefused, and what `prepare` throws.
 */
export async function openPostgres(
  url: string,
  prepare: (database: Preparation) => Promise<void>,
): Promise<Driver> {
  await prepareAlone(url, prepare)
  const pool = new pg.Pool({
    ...settings(url),
    max: CONNECTIONS,
    connectionTimeoutMillis: CONNECTION_DEADLINE_MS,
    query_timeout: SILENCE_MS,
    onConnect: (client) => client.query(SESSION),
  })
  // A connection that breaks fails its statements, or is forgotten by the pool. That is answer enough; an event that
  // nobody listens to would end the process.
  pool.on('error', () => undefined)
  pool.on('connect', (client) => client.on('error', () => undefined))

  async function write(statements: readonly string[], parameters: Parameters): Promise<Row[][]> {
    const giveUpAt = performance.now() + STATEMENT_DEADLINE_MS
    for (;;) {
      try {
        return await withConnection(pool, (client) => apply(client, statements, parameters))
      } catch (error) {
        if (!isRolledBack(error) || performance.now() >= giveUpAt) throw explain(error)
        await delay(Math.random() * RETRY_MS) // by chance, so that those who met don't meet again
      }
    }
  }

  return {
    unitsOverlap: true,
    write,
    read: async (sql, parameters) => (await write([sql], parameters))[0] ?? [],
    close: async () => {
      if (!pool.ending) await pool.end()
    },
  }
}

// A server may be set to answer before a commit is durable; a shop's sessions don't let it. What is stricter stays.
const SESSION = `
  SELECT set_config('statement_timeout', '${STATEMENT_DEADLINE_MS}', false),
    set_config('lock_timeout', '${LOCK_DEADLINE_MS}', false),
    set_config('idle_in_transaction_session_timeout', '${SILENCE_MS}', false),
    CASE WHEN current_setting('synchronous_commit') = 'off'
      THEN set_config('synchronous_commit', 'on', false) END`

function settings(url: string): pg.ClientConfig {
  return {
    connectionString: url,
    fallback_application_name: 'nickel',
    keepAlive: true,
    types: { getTypeParser },
  }
}

/** BIGINT comes as text, since not every one is a number in JavaScript. Instants, hundredths and quarks are. */
function getTypeParser(type: number, format?: 'text' | 'binary') {
  return type === pg.types.builtins.INT8 ? Number : pg.types.getTypeParser(type, format as 'text')
}

/** Lends a connection, and throws it away if it may be the reason of a failure. */
async function withConnection<T>(pool: pg.Pool, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect()
  try {
    const result = await work(client)
    client.release()
    return result
  } catch (error) {
    client.release(isPassing(error) && !isRolledBack(error))
    throw error
  }
}

const pipeline = createPipeline((type) => getTypeParser(type))

/**
 * BEGIN, statements and COMMIT go out at once, so that no lock is held for the way there and back, and one that fails
 * keeps the others from being run. When the answer to COMMIT is lost, nobody knows; whoever asked hears that it failed,
 * and asks again.
 */
async function apply(
  client: pg.ClientBase,
  statements: readonly string[],
  parameters: Parameters,
): Promise<Row[][]> {
  if (statements.length === 1) return pipeline.run(client, statements, parameters)
  try {
    const results = await pipeline.run(client, ['BEGIN', ...statements, 'COMMIT'], parameters)
    return results.slice(1, -1)
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined) // a connection that is gone has done it already
    throw error
  }
}

/** In one transaction on a connection of its own, without the shop's deadlines: a large table takes its time. */
async function prepareAlone(url: string, prepare: (database: Preparation) => Promise<void>): Promise<void> {
  const client = new pg.Client({
    ...settings(url),
    connectionTimeoutMillis: OPENING_DEADLINE_MS,
    lock_timeout: OPENING_LOCK_DEADLINE_MS,
  })
  client.on('error', () => undefined) // its statements fail, too
  try {
    await client.connect()
    await client.query('BEGIN ISOLATION LEVEL READ COMMITTED') // who waits for the lock sees what the others did
    await pipeline.run(client, [LOCK_OPENING], { lock: OPENING_LOCK })
    await prepare(preparation(client))
    await client.query('COMMIT')
  } catch (error) {
    throw explainOpening(error, client)
  } finally {
    await client.end()
  }
}

// Until the end of the transaction: of instances that start together, one migrates.
const LOCK_OPENING = `
  SELECT pg_advisory_xact_lock(@lock)`

const FIND_TABLES = `
  SELECT tablename
  FROM pg_catalog.pg_tables
  WHERE schemaname = current_schema()`

function preparation(client: pg.Client): Preparation {
  const query = async (sql: string, parameters: Parameters) =>
    (await pipeline.run(client, [sql], parameters))[0] ?? []
  return {
    engine: 'postgres',
    query,
    tables: async () => (await query(FIND_TABLES, {})).map(({ tablename }) => tablename as string),
    execute: (script) => client.query(script),
  }
}
