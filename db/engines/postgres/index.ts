import pg from 'pg'
import type { Driver, Parameters, Preparation, Row } from '../driver.ts'
import { type CommitQueue, commitInGroup, createCommitQueue } from '../group-commit.ts'
import { asOpeningError } from './errors.ts'
import { connectionSettings, createPool } from './pool.ts'
import { bindStatement, type Statements } from './statements.ts'
import { commitGroup, readRows, type Unit } from './transaction.ts'

const LANES = 4 // groups at the same time, each on its own connection and so on its own core of the server
const OPENING_DEADLINE_MS = 5_000
const OPENING_LOCK = 7_030_301 // an arbitrary number, the same for all instances

interface PostgresDatabase {
  readonly pool: pg.Pool
  readonly queue: CommitQueue<Unit>
  readonly statements: Statements
}

/**
 * Connects to a PostgreSQL database. `prepare` runs in a transaction of its own, one instance after another.
 * Throws DatabaseUnavailable, DatabaseRefused, and what `prepare` throws.
 */
export async function openPostgres(
  url: string,
  prepare: (database: Preparation) => Promise<void>,
): Promise<Driver> {
  await prepareInTransaction(url, prepare)
  const pool = createPool(url)
  const queue = createCommitQueue((group: readonly Unit[]) => commitGroup(pool, group), LANES)
  const database: PostgresDatabase = { pool, queue, statements: new Map() }
  return {
    unitsOverlap: true,
    read: (sql, parameters) => read(database, sql, parameters),
    write: (statements, parameters) => write(database, statements, parameters),
    close: () => closePool(pool),
  }
}

async function read(
  { pool, statements }: PostgresDatabase,
  sql: string,
  parameters: Parameters,
): Promise<Row[]> {
  return readRows(pool, bindStatement(statements, sql, parameters))
}

// Async, so that a missing parameter is a rejection like any other failure.
async function write(
  { queue, statements }: PostgresDatabase,
  texts: readonly string[],
  parameters: Parameters,
): Promise<Row[][]> {
  return commitInGroup(
    queue,
    texts.map((text) => bindStatement(statements, text, parameters)),
  )
}

async function closePool(pool: pg.Pool): Promise<void> {
  if (!pool.ending) await pool.end()
}

// READ COMMITTED, so that an instance that waited for the lock sees what the others did. A migration may take them a while.
const BEGIN_OPENING = `BEGIN ISOLATION LEVEL READ COMMITTED; SET LOCAL lock_timeout = '60s'`

// Held until the end of the transaction: of instances that start together, one migrates.
const LOCK_OPENING = `SELECT pg_advisory_xact_lock(${OPENING_LOCK})`

/** Prepares the database on a connection of its own, without the shop's deadlines: changing a large table takes time. */
async function prepareInTransaction(
  url: string,
  prepare: (database: Preparation) => Promise<void>,
): Promise<void> {
  const client = new pg.Client({
    ...connectionSettings(url),
    connectionTimeoutMillis: OPENING_DEADLINE_MS,
  })
  client.on('error', () => undefined) // its statements fail as well
  try {
    await client.connect()
    await client.query(BEGIN_OPENING)
    await client.query(LOCK_OPENING)
    await prepare(preparationOn(client, new Map()))
    await client.query('COMMIT')
  } catch (error) {
    throw asOpeningError(error, client)
  } finally {
    await client.end()
  }
}

const FIND_TABLES = `
  SELECT tablename
  FROM pg_catalog.pg_tables
  WHERE schemaname = current_schema()`

function preparationOn(client: pg.Client, statements: Statements): Preparation {
  return {
    engine: 'postgres',
    tables: async () => (await client.query(FIND_TABLES)).rows.map(({ tablename }) => tablename as string),
    query: async (sql, parameters) => (await client.query(bindStatement(statements, sql, parameters))).rows,
    execute: (script) => client.query(script),
  }
}
