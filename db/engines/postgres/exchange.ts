import pg from 'pg'
import type { Row, Value } from '../driver.ts'

/** A statement with its values. Without a name, the server plans it anew each time. */
export interface Query {
  readonly name?: string
  readonly text: string
  readonly values: readonly Value[]
}

interface Column {
  readonly name: string
  readonly parse: (text: string) => Value
}

/** The statements that are prepared on each connection, by name, with the columns of their rows. */
export type PreparedStatements = WeakMap<pg.Connection, Map<string, readonly Column[]>>

/** Statements on their way, and their answers. */
interface Exchange {
  readonly queries: readonly Query[]
  readonly statements: PreparedStatements
  /** The rows of the statements that are complete */
  readonly answers: Row[][]
  /** Of the connection that it is sent on */
  prepared: Map<string, readonly Column[]>
  columns: readonly Column[]
  rows: Row[]
  lastCommand: string
}

interface ExchangeOptions {
  statements: PreparedStatements
  timeoutMs: number
  /** Receives the rows of each completed statement, even if a later one fails */
  answers: Row[][]
}

/**
 * Sends statements in one packet, with one Sync at its end: after one that fails, the server skips the rest, even if that was a
 * BEGIN. Resolves with the tag of the last command. This is a Submittable, by which `pg` lets its cursors send messages of
 * their own: https://node-postgres.com/apis/client#clientquery.
 */
export function sendTogether(
  client: pg.ClientBase,
  queries: readonly Query[],
  { statements, timeoutMs, answers }: ExchangeOptions,
): Promise<string> {
  const start = { prepared: new Map(), columns: [], rows: [], lastCommand: '' }
  const exchange: Exchange = { queries, statements, answers, ...start }
  return new Promise((resolve, reject) => {
    const settle = (error?: unknown) => (error ? reject(error) : resolve(exchange.lastCommand))
    client.query(asSubmittable(exchange, timeoutMs, settle))
  })
}

interface FieldMessage {
  fields: { name: string; dataTypeID: number }[]
}

// `callback` is read when it is called, since pg replaces it by one that ends the timeout.
function asSubmittable(exchange: Exchange, timeoutMs: number, callback: (error?: unknown) => void) {
  return {
    query_timeout: timeoutMs,
    callback,
    submit: (connection: pg.Connection) => submit(exchange, connection),
    handleRowDescription: ({ fields }: FieldMessage) => {
      exchange.columns = fields.map(toColumn)
    },
    handleDataRow: ({ fields }: { fields: (string | null)[] }) => {
      exchange.rows.push(toRow(exchange.columns, fields))
    },
    handleCommandComplete: ({ text }: { text: string }) => complete(exchange, text),
    handleError(error: unknown) {
      this.callback(error)
    },
    handleReadyForQuery() {
      this.callback()
    },
  }
}

function submit(exchange: Exchange, connection: pg.Connection): void {
  const { queries, statements } = exchange
  exchange.prepared = statements.get(connection) ?? new Map()
  statements.set(connection, exchange.prepared)
  expectAnswer(exchange)
  connection.stream.cork()
  for (const query of queries) sendQuery(exchange, connection as Messages, query)
  connection.sync()
  connection.stream.uncork()
}

/** Declared because pg's types have a second parameter that pg no longer has. */
type Messages = pg.Connection & {
  close(statement: { type: 'S'; name: string }): void
  parse(statement: { name: string; text: string }): void
  bind(portal: { statement: string; values: (string | null)[] }): void
  describe(portal: { type: 'P' }): void
  execute(portal: Record<string, never>): void
}

function sendQuery({ prepared }: Exchange, connection: Messages, { name = '', text, values }: Query): void {
  const isPrepared = prepared.has(name)
  // A failed transaction may have left it prepared. Closing a statement that doesn't exist is not an error.
  if (!isPrepared && name) connection.close({ type: 'S', name })
  if (!isPrepared) connection.parse({ name, text })
  connection.bind({ statement: name, values: values.map(toText) })
  if (!isPrepared) connection.describe({ type: 'P' })
  connection.execute({})
}

function toText(value: Value): string | null {
  return value === null ? null : String(value)
}

function complete(exchange: Exchange, text: string): void {
  const { queries, answers, prepared, columns, rows } = exchange
  const name = queries[answers.length]?.name
  if (name) prepared.set(name, columns)
  answers.push(rows)
  exchange.lastCommand = text
  expectAnswer(exchange)
}

/** Prepares for the rows of the next statement. Their columns are described only when it is prepared. */
function expectAnswer(exchange: Exchange): void {
  const { queries, answers, prepared } = exchange
  exchange.rows = []
  exchange.columns = prepared.get(queries[answers.length]?.name ?? '') ?? []
}

function toColumn({ name, dataTypeID }: FieldMessage['fields'][number]): Column {
  return { name, parse: getTypeParser(dataTypeID) as Column['parse'] }
}

function toRow(columns: readonly Column[], texts: readonly (string | null)[]): Row {
  const row: Row = {}
  for (const [index, { name, parse }] of columns.entries()) {
    const text = texts[index] ?? null
    row[name] = text === null ? null : parse(text)
  }
  return row
}

/** Reads BIGINT as a number. pg leaves it as text, since not every value is safe; instants, hundredths and quarks are. */
export function getTypeParser(type: number, format?: 'text' | 'binary') {
  return type === pg.types.builtins.INT8 ? Number : pg.types.getTypeParser(type, format as 'text')
}
