import Sqlite from 'better-sqlite3'
import { numbered } from '../../db/engines/postgres/numbered.ts'
import type { Database } from '../../db/index.ts'
import { withClient } from './engines.ts'

/** A statement and its parameters */
export type Statement = Parameters<Database['read']>

/** The database as a query has it, and the statements that it reads with, each once. */
export function recordReads(db: Database): { db: Database; reads: Statement[] } {
  const reads = new Map<string, Statement>()
  const read: Database['read'] = (...given) => {
    reads.set(given[0], given)
    return db.read(...given)
  }
  return {
    db: { ...db, read },
    get reads() {
      return [...reads.values()]
    },
  }
}

/** The database as a query has it, and the statements that it writes with. */
export function recordWrites(db: Database): { db: Database; writes: Statement[] } {
  const writes: Statement[] = []
  const write: Database['write'] = (statements, parameters) => {
    writes.push(...statements.map((sql): Statement => [sql, parameters]))
    return db.write(statements, parameters)
  }
  return { db: { ...db, write }, writes }
}

/** What SQLite does for a statement, a line for each step. */
export function explainOnSqlite(path: string, [sql, parameters]: Statement): string[] {
  const file = new Sqlite(path, { readonly: true })
  try {
    const steps = file.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(parameters) as { detail: string }[]
    return steps.map(({ detail }) => detail)
  } finally {
    file.close()
  }
}

interface Node {
  'Index Name'?: string
  'Relation Name'?: string
  'Actual Rows': number
  'Actual Loops': number
  'Rows Removed by Filter'?: number
  Plans?: Node[]
}

/** How many rows of a table were read, by which index. */
export interface Scan {
  table: string
  index: string | undefined
  rows: number
}

/** What PostgreSQL reads for a statement with the plan that it keeps, planned as the shop has it plan. */
export function scanOnPostgres(url: string, [sql, parameters]: Statement): Promise<Scan[]> {
  const { text, names } = numbered(sql)
  const values = names.map((name) => literal(parameters[name]))
  return withClient(url, async (client) => {
    for (const setting of ['enable_seqscan = off', 'jit = off', 'plan_cache_mode = force_generic_plan'])
      await client.query(`SET ${setting}`)
    await client.query('BEGIN') // the connection ends without a COMMIT, so what is explained changes nothing
    await client.query(`PREPARE explained AS ${text}`)
    const { rows } = await client.query(
      `EXPLAIN (ANALYZE, FORMAT JSON) EXECUTE explained${values.length > 0 ? `(${values})` : ''}`,
    )
    return scansIn(rows[0]['QUERY PLAN'][0].Plan)
  })
}

function literal(value: Statement[1][string] | undefined): string {
  return typeof value === 'string' ? `'${value}'` : `${value ?? 'NULL'}`
}

function scansIn({ Plans = [], ...node }: Node): Scan[] {
  const table = node['Relation Name']
  const rows = (node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0)) * node['Actual Loops']
  const own = table ? [{ table, index: node['Index Name'], rows }] : []
  return [...own, ...Plans.flatMap(scansIn)]
}
