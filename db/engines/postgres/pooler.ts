import { randomBytes } from 'node:crypto'
import type pg from 'pg'
import { DatabaseRefused } from '../errors.ts'
import { isFromServer, isSilence, isStatementLost } from './errors.ts'
import { READERS, WRITERS } from './pool.ts'

/**
 * Returns whether a connection keeps what is prepared on it. A pooler that lends the server's connections for one transaction
 * at a time may not: PgBouncer before 1.21, or without max_prepared_statements.
 *
 * A statement is prepared in one transaction and used in another, while a second client holds the server's connection that
 * was free in between. If that happens to be a different connection, a unit of work detects it later.
 */
export async function findKeepsStatements(client: pg.Client, other: pg.Client): Promise<boolean> {
  const name = `nickel_probe_${randomBytes(8).toString('hex')}` // one that nobody has left behind
  const probe = { name, text: 'SELECT 1' }
  try {
    await connectAsSecond(other)
    await client.query(probe)
    await other.query('BEGIN')
    await client.query(probe)
    return true
  } catch (error) {
    // With a single connection to lend, the pooler makes the second transaction wait.
    if (isStatementLost(error) || isSilence(error)) return false
    throw error
  } finally {
    await other.end()
  }
}

// In this order, clients don't get the same connections every time from a pooler that lends them in turns either.
const TURNS = ['own', 'other', 'own', 'own', 'other', 'other', 'own'] as const
const FIND_BACKEND = 'SELECT pg_backend_pid() AS backend'

/**
 * Returns whether a pooler lends the server's connections for one transaction at a time, so that what a program sets on one may
 * meet another. Without such a pooler, each of two clients has a connection of its own, and always the same.
 */
export async function sharesConnections(own: pg.Client, other: pg.Client): Promise<boolean> {
  const clients = { own, other }
  const [backends, pairs] = [new Set<number>(), new Set<string>()]
  try {
    await connectAsSecond(other)
    for (const turn of TURNS) {
      const { backend } = (await clients[turn].query(FIND_BACKEND)).rows[0]
      backends.add(backend)
      pairs.add(`${turn} ${backend}`)
    }
  } finally {
    await other.end()
  }
  return backends.size !== 2 || pairs.size !== 2
}

async function connectAsSecond(other: pg.Client): Promise<void> {
  try {
    await other.connect()
  } catch (cause) {
    if (isFromServer(cause)) throw cause
    throw new DatabaseRefused(
      `PostgreSQL at ${other.host}:${other.port} accepts no second connection while the first one is open, as PGlite’s socket server does. The shop needs ${READERS + WRITERS} of them. Set DATABASE_URL to a PostgreSQL server, or to a SQLite file.`,
      { cause },
    )
  }
}
