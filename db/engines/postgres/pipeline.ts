import type pg from 'pg'
import type { Parameters, Row, Value } from '../driver.ts'
import { type Numbered, numbered } from './numbered.ts'

/** A statement under the name that every connection prepares it by. */
type Statement = Numbered & { name: string }

/** A statement that a connection has prepared: its parameters, and how its rows are read. */
interface Prepared {
  name: string
  names: readonly string[]
  columns: readonly Column[]
}

interface Column {
  name: string
  read: (text: string) => Value
}

type ReadColumn = (type: number) => (text: string) => Value

// What pg calls on whatever is submitted to it, and what it leaves out of its types.
interface Session extends Pick<pg.Connection, 'stream' | 'sync'> {
  bind(config: { statement: string; values: (string | null)[] }): void
  execute(config: object): void
  parse(config: { name: string; text: string }): void
  describe(config: { type: 'S'; name: string }): void
}
type Description = { fields: { name: string; dataTypeID: number }[] }
type Callback = (error: Error | null | undefined) => void

/**
 * Runs statements on a connection that goes one way and back: all in one packet, with one Sync at its end, so that
 * PostgreSQL skips everything behind a statement that fails. pg's own queries have a Sync each, and an answer.
 * https://www.postgresql.org/docs/current/protocol-flow.html#PROTOCOL-FLOW-PIPELINING
 */
export function createPipeline(readColumn: ReadColumn) {
  const statements = new Map<string, Statement>()
  const preparedBy = new WeakMap<pg.ClientBase, Map<string, Prepared>>()

  /** The rows of each statement. Rejects with the first failure; what stands behind it was not run. */
  async function run(
    client: pg.ClientBase,
    texts: readonly string[],
    parameters: Parameters,
  ): Promise<Row[][]> {
    const prepared = preparedBy.get(client) ?? new Map<string, Prepared>()
    preparedBy.set(client, prepared)
    const missing = [...new Set(texts.filter((text) => !prepared.has(text)))]
    for (const text of missing) prepared.set(text, await prepare(client, nameStatement(text)))
    return execute(
      client,
      texts.map((text) => prepared.get(text) as Prepared),
      parameters,
    )
  }

  /** Every connection prepares a statement once, under the name that it has here. */
  function nameStatement(text: string): Statement {
    const statement = statements.get(text) ?? { ...numbered(text), name: `nickel_${statements.size + 1}` }
    statements.set(text, statement)
    return statement
  }

  async function prepare(client: pg.ClientBase, { name, text, names }: Statement): Promise<Prepared> {
    let columns: Column[] = []
    await submit(client, {
      send(session) {
        session.parse({ name, text })
        session.describe({ type: 'S', name })
      },
      handleRowDescription({ fields }: Description) {
        columns = fields.map((field) => ({ name: field.name, read: readColumn(field.dataTypeID) }))
      },
    })
    return { name, names, columns }
  }

  return { run }
}

async function execute(
  client: pg.ClientBase,
  prepared: readonly Prepared[],
  parameters: Parameters,
): Promise<Row[][]> {
  const results: Row[][] = prepared.map(() => [])
  let at = 0 // of the statement whose answer comes now
  await submit(client, {
    send(session) {
      for (const { name, names } of prepared) {
        session.bind({ statement: name, values: names.map((key) => asText(key, parameters)) })
        session.execute({})
      }
    },
    handleDataRow({ fields }: { fields: (string | null)[] }) {
      results[at]?.push(asRow(prepared[at]?.columns ?? [], fields))
    },
    handleCommandComplete() {
      at++
    },
  })
  return results
}

function asText(key: string, parameters: Parameters): string | null {
  const value = parameters[key]
  if (value === undefined) throw new TypeError(`The statement wants @${key}, and nobody gave it`)
  return value === null ? null : String(value)
}

function asRow(columns: readonly Column[], fields: (string | null)[]): Row {
  return Object.fromEntries(
    columns.map(({ name, read }, at) => {
      const text = fields[at] ?? null
      return [name, text === null ? null : read(text)]
    }),
  )
}

interface Handlers {
  send(session: Session): void
  handleRowDescription?(message: Description): void
  handleDataRow?(message: { fields: (string | null)[] }): void
  handleCommandComplete?(): void
}

/** Ends when the server is ready for the next query, or fails with what it or the connection says. */
function submit(client: pg.ClientBase, { send, ...handlers }: Handlers): Promise<void> {
  return new Promise((resolve, reject) => {
    const query = {
      callback: ((error) => (error ? reject(error) : resolve())) as Callback, // pg puts its time-out around it
      submit(session: Session) {
        session.stream.cork()
        try {
          send(session)
        } catch (error) {
          reject(error)
        } finally {
          session.sync()
          session.stream.uncork()
        }
      },
      ...handlers,
      handleError: (error: Error) => query.callback(error),
      handleReadyForQuery: () => query.callback(null),
    }
    client.query(query as unknown as pg.Submittable)
  })
}
