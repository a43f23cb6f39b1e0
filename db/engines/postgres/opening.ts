import pg from 'pg'
import type { Preparation, Row } from '../driver.ts'
import { asOpeningError } from './errors.ts'
import type { Query } from './exchange.ts'
import { connectionSettings } from './pool.ts'
import { findKeepsStatements } from './pooler.ts'
import { assertAllowed } from './rights.ts'
import { liftDeadlines, readSettings } from './settings.ts'
import { bindStatement, type Statements } from './statements.ts'

const OPENING_DEADLINE_MS = 5_000 // for each statement, except a migration: changing a large table takes time
const LOCK_DEADLINE_MS = 60_000 // a migration of another instance may take it a while
const NO_DEADLINE_MS = 2 ** 31 - 1 // the longest that Node's timers can wait
export const OPENING_LOCK = 7_030_301 // an arbitrary number, the same for all instances

/** What opening a database has found out about it. */
export interface Opened {
  keepsStatements: boolean
  settings: Omit<Query, 'values'>
}

/** Prepares the database in a transaction of its own, one instance after another, and detects a pooler in front of it. */
export async function openDatabase(
  url: string,
  prepare: (database: Preparation) => Promise<void>,
): Promise<Opened> {
  const client = createClient(url)
  try {
    await client.connect()
    await prepareInTransaction(client, prepare)
    const read = async (sql: string) => (await client.query<Row>(sql)).rows
    return {
      settings: await readSettings(read),
      keepsStatements: await findKeepsStatements(client, createClient(url)),
    }
  } catch (error) {
    throw asOpeningError(error, client)
  } finally {
    await client.end()
  }
}

export function createClient(url: string): pg.Client {
  const client = new pg.Client({
    ...connectionSettings(url),
    connectionTimeoutMillis: OPENING_DEADLINE_MS,
    query_timeout: OPENING_DEADLINE_MS,
  })
  client.on('error', () => undefined) // its statements fail as well
  return client
}

// READ COMMITTED, so that an instance that waited for the lock sees what the others did.
const BEGIN = `
  BEGIN ISOLATION LEVEL READ COMMITTED;
  SET LOCAL lock_timeout = ${LOCK_DEADLINE_MS};
  ${liftDeadlines('transaction')}`

// Held until the end of the transaction, so that only one of several instances that start together migrates.
const LOCK = `SELECT pg_advisory_xact_lock(${OPENING_LOCK})`

async function prepareInTransaction(
  client: pg.Client,
  prepare: (database: Preparation) => Promise<void>,
): Promise<void> {
  await client.query(BEGIN)
  await client.query(within(LOCK_DEADLINE_MS + OPENING_DEADLINE_MS, LOCK))
  await prepare(preparationOn(client, new Map()))
  await assertAllowed(client)
  await client.query('COMMIT')
}

/** A query with a deadline of its own, which pg's types don't know. */
function within(query_timeout: number, text: string): pg.QueryConfig {
  return { text, query_timeout } as pg.QueryConfig
}

const FIND_TABLES = `
  SELECT tablename
  FROM pg_catalog.pg_tables
  WHERE schemaname = current_schema()`

/** Sends them without names, which a pooler might not keep. */
export function preparationOn(client: pg.Client, statements: Statements): Preparation {
  return {
    engine: 'postgres',
    tables: async () => (await client.query(FIND_TABLES)).rows.map(({ tablename }) => tablename as string),
    query: async (sql, parameters) => {
      const { text, values } = bindStatement(statements, sql, parameters)
      return (await client.query<Row>(text, [...values])).rows
    },
    execute: (script) => client.query(within(NO_DEADLINE_MS, script)),
  }
}
