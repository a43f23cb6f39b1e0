export type Value = string | number | null
export type Row = Record<string, Value>
/** Named parameters: `@intent` in the SQL is `intent` here. Statements take those that they name. */
export type Parameters = Record<string, Value>

export type Engine = 'sqlite' | 'postgres'

/** What a database engine must be able to do. Everything else is SQL, the same for every engine. */
export interface Driver {
  /** Whether units of work run at the same time, so that a unit must lock the rows that it depends on */
  readonly unitsOverlap: boolean
  /** Rows of one query. Throws DatabaseUnavailable. */
  read(sql: string, parameters: Parameters): Promise<Row[]>
  /**
   * Applies the statements in order, all of them or none, and resolves with the rows of each once they are
   * durable. A list, not a function, so that a synchronous and an asynchronous engine can both do it.
   * Throws DatabaseUnavailable.
   */
  write(statements: readonly string[], parameters: Parameters): Promise<Row[][]>
  /** Throws DatabaseUnavailable if a server no longer lets the shop use its tables. A file has neither rights nor locks for each table. */
  assertAllowed?(): Promise<void>
  /** What the writes of this process have come to, since it opened the database */
  measureWrites(): WriteMeasures
  /**
   * Lets a module read much, and make text of it, without making the shop wait. Each read sees what is committed when it begins,
   * and no snapshot stays open between them. Reads no further than it is asked to. Throws DatabaseUnavailable.
   */
  streamText(module: TextModule): AsyncGenerator<string, void>
  close(): Promise<void>
}

export interface WriteMeasures {
  /** Units of work that wait for those before them */
  waiting: number
  /** Transactions, each of a group of units, and how many milliseconds they took altogether */
  commits: number
  commitMs: number
  /** For how many milliseconds something has been in SQLite's WAL only; undefined on an engine that needs no checkpoints of ours */
  checkpointLagMs?: number
}

/** A module by its URL, so that another thread can load it. Its default export is a TextMaker, and gets the argument. */
export interface TextModule {
  url: URL
  /** What can be sent to another thread: no functions */
  argument: unknown
}

export type TextMaker<Argument> = (
  database: Pick<Driver, 'read'>,
  argument: Argument,
) => AsyncGenerator<string, void>

/** A database while it is opened: one connection, in one transaction that no other instance is in. */
export interface Preparation {
  engine: Engine
  tables(): Promise<string[]>
  query(sql: string, parameters: Parameters): Promise<Row[]>
  /** Runs a file of statements, without parameters and without rows. */
  execute(script: string): Promise<unknown>
}
