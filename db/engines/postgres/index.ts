import type { Driver, Parameters, Preparation, Row, TextMaker, TextModule } from '../driver.ts'
import { type CommitQueue, commitInGroup, createCommitQueue, measureQueue } from '../group-commit.ts'
import { closeServer, openServer, type PostgresServer } from './server.ts'
import { bindStatement, type Statements } from './statements.ts'
import { commitGroup, readRows, type Unit } from './transaction.ts'

const LANES = 4 // groups at the same time, each on its own connection and so on its own core of the server

interface PostgresDatabase {
  readonly server: PostgresServer
  readonly queue: CommitQueue<Unit>
  readonly statements: Statements
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
  const database: PostgresDatabase = { server, queue, statements: new Map() }
  return {
    unitsOverlap: true,
    read: (sql, parameters) => read(database, sql, parameters),
    write: (statements, parameters) => write(database, statements, parameters),
    streamText: (module) => streamText(database, module),
    measureWrites: () => measureQueue(queue),
    close: () => closeServer(server),
  }
}

async function read(
  { server, statements }: PostgresDatabase,
  sql: string,
  parameters: Parameters,
): Promise<Row[]> {
  return readRows(server, bindStatement(statements, sql, parameters))
}

// Not on a thread of its own: it is the server that reads.
async function* streamText(
  database: PostgresDatabase,
  { url, argument }: TextModule,
): AsyncGenerator<string, void> {
  const { default: makeText } = (await import(url.href)) as { default: TextMaker<unknown> }
  yield* makeText({ read: (sql, parameters) => read(database, sql, parameters) }, argument)
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
