import type { Row } from '../driver.ts'
import type { Query } from './exchange.ts'
import { nameOf } from './statements.ts'

const FIND_PLANNER_SETTINGS = `
  SELECT name
  FROM pg_settings
  WHERE name IN ('enable_seqscan', 'jit')
  ORDER BY name`

/**
 * Returns the statement that every unit of work begins with. Its settings end with the transaction, because a pooler may lend
 * the connection to another program next, and may have taken it from one.
 *
 * A server may be set to answer before a commit is durable. A unit of work doesn't allow that, and keeps what is stricter.
 * Every statement has an index. Without enable_seqscan = off, a statement that was planned while its table was empty would
 * read the whole table as it grows, until the next ANALYZE. Where a scan is needed all the same, its estimated cost would make
 * PostgreSQL compile the statement, which takes half a second. Other engines with this protocol may not have these settings.
 */
export async function readSettings(read: (sql: string) => Promise<Row[]>): Promise<Omit<Query, 'values'>> {
  const planner = await read(FIND_PLANNER_SETTINGS)
  const assignments = [
    `set_config('lock_timeout', $1, true)`,
    `set_config('statement_timeout', $2, true)`,
    `CASE WHEN current_setting('synchronous_commit') = 'off' THEN set_config('synchronous_commit', 'on', true) END`,
    ...planner.map(({ name }) => `set_config('${name}', 'off', true)`),
  ]
  const text = `SELECT ${assignments.join(', ')}`
  return { name: nameOf(text), text }
}

/**
 * Returns the statement that lifts the deadlines of the server, the database or the role, until the end of the transaction or of the
 * session: what takes long, or waits for a program, would be ended by them. Not every server has all of these settings.
 */
export function liftDeadlines(until: 'transaction' | 'session'): string {
  return `
    SELECT set_config(name, '0', ${until === 'transaction'})
    FROM pg_settings
    WHERE name IN ('statement_timeout', 'transaction_timeout', 'idle_in_transaction_session_timeout', 'idle_session_timeout')`
}
