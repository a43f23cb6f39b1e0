import type pg from 'pg'
import type { Preparation } from '../driver.ts'
import { newCircuit, type WriteCircuit } from './circuit.ts'
import type { PreparedStatements, Query } from './exchange.ts'
import { openDatabase } from './opening.ts'
import { createPool, READERS, WRITERS } from './pool.ts'

/** A server, with what the shop has found out about it and about a pooler in front of it. */
export interface PostgresServer {
  readonly readers: pg.Pool
  readonly writers: pg.Pool
  readonly statements: PreparedStatements
  /** Sets everything that a unit of work relies on, for the rest of its transaction: see readSettings */
  readonly settings: Omit<Query, 'values'>
  readonly circuit: WriteCircuit
  /** Whether a connection still has the statements that were prepared on it: behind some poolers it may not */
  keepsStatements: boolean
  readonly warn: (message: string) => void
}

/** Prepares the database, and opens the shop's connections to it. Throws DatabaseUnavailable, DatabaseRefused. */
export async function openServer(
  url: string,
  prepare: (database: Preparation) => Promise<void>,
  warn: (message: string) => void,
): Promise<PostgresServer> {
  const { settings, keepsStatements } = await openDatabase(url, prepare)
  const pools = { readers: createPool(url, READERS), writers: createPool(url, WRITERS) }
  const server: PostgresServer = {
    ...pools,
    statements: new WeakMap(),
    circuit: newCircuit(),
    settings,
    keepsStatements: true,
    warn,
  }
  if (!keepsStatements) goOnUnnamed(server)
  return server
}

export async function closeServer({ readers, writers }: PostgresServer): Promise<void> {
  await Promise.all([readers, writers].filter(({ ending }) => !ending).map((pool) => pool.end()))
}

/** Returns a query as this server takes it: by its name only if that is kept. */
export function asPrepared({ keepsStatements }: PostgresServer, query: Query): Query {
  return keepsStatements ? query : { text: query.text, values: query.values }
}

/** Sends every statement with its text from now on, and warns about that once. */
export function goOnUnnamed(server: PostgresServer): void {
  if (!server.keepsStatements) return
  server.keepsStatements = false
  server.warn(
    'The connection pooler in front of PostgreSQL mixes up the prepared statements of its clients, so the shop no longer uses them, which costs the server more processor time. Use session mode, or PgBouncer 1.21 or later with max_prepared_statements.',
  )
}
