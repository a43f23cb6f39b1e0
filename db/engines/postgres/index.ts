import { extname } from 'node:path'
import type { Driver, Parameters, Preparation, Row, TextModule } from '../driver.ts'
import { type CommitQueue, commitInGroup, createCommitQueue, measureQueue } from '../group-commit.ts'
import { stopTextThreads, streamText as streamFromThread, type TextThreads } from '../streaming.ts'
import { asDatabaseError } from './errors.ts'
import { assertStillAllowed, FIND_FORBIDDEN, LOCK_AS_SALES_DO } from './rights.ts'
import { closeServer, openServer, type PostgresServer } from './server.ts'
import { bindStatement, type Statements } from './statements.ts'
import { commitGroup, readRows, type Unit } from './transaction.ts'

export { dumpPostgres } from './dump.ts'
export { findInPostgres, noteInPostgres } from './last-backup.ts'
export { lookAtPostgres } from './look.ts'
export { restorePostgres } from './restore.ts'

const READER = new URL(`./text-reader${extname(import.meta.url)}`, import.meta.url) // .ts, or .js in the build
const LANES = 4 // groups at the same time, each on its own connection and so on its own core of the server

interface PostgresDatabase {
  readonly url: string
  readonly server: PostgresServer
  readonly queue: CommitQueue<Unit>
  readonly statements: Statements
  readonly textThreads: TextThreads
}

/**
 * Connects to a PostgreSQL database. `prepare` runs in a transaction of its own, one instance after another; `warn` gets
 * what the merchant should know. Throws DatabaseUnavailable, DatabaseRefused, and what `prepare` throws.
 */
export async function openPostgres(
  url: string,
  prepare: (database: Preparation) => Promise<void>,
  warn: (message: string) => void = () => undefined,
): Promise<Driver> {
  const server = await openServer(url, prepare, warn)
  const queue = createCommitQueue((group: readonly Unit[]) => commitGroup(server, group), LANES)
  const database: PostgresDatabase = { url, server, queue, statements: new Map(), textThreads: new Set() }
  return {
    unitsOverlap: true,
    read: (sql, parameters) => read(database, sql, parameters),
    write: (statements, parameters) => write(database, statements, parameters),
    streamText: (module) => streamText(database, module),
    assertAllowed: () => assertAllowed(database),
    measureWrites: () => measureQueue(queue),
    close: () => close(database),
  }
}

async function read(
  { server, statements }: PostgresDatabase,
  sql: string,
  parameters: Parameters,
): Promise<Row[]> {
  return readRows(server, bindStatement(statements, sql, parameters))
}

async function assertAllowed(database: PostgresDatabase): Promise<void> {
  assertStillAllowed(await read(database, FIND_FORBIDDEN, {}))
  await write(database, [LOCK_AS_SALES_DO], {})
}

async function* streamText(
  { url, textThreads }: PostgresDatabase,
  module: TextModule,
): AsyncGenerator<string, void> {
  try {
    yield* streamFromThread(textThreads, { url: READER, options: { url } }, module)
  } catch (error) {
    throw asDatabaseError(error)
  }
}

async function close({ server, textThreads }: PostgresDatabase): Promise<void> {
  await stopTextThreads(textThreads)
  await closeServer(server)
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
