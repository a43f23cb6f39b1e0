import type { Row } from '../driver.ts'
import type { Query } from './exchange.ts'
import { nameOf } from './statements.ts'

const FIND_PLANNER_SETTINGS = `
  SELECT name
  FROM pg_settings
  WHERE name IN ('enable_seqscan', 'jit')
  ORDER BY name`

/**
 * Returns the statement that every unit of work begins with. What it sets ends with the transaction: a pooler may lend the
 * connection to another program next, and may have taken it from one.
 *
 * A server may be set to answer before a commit is durable. A unit of work doesn't allow that, and keeps what is stricter.
 * Every statement has an index. Without enable_seqscan = off, one that was planned while its table was empty would go on
 * reading the whole table as that grows, until the next ANALYZE. Where a scan is needed all the same, its estimated cost would make PostgreSQL
 * compile the statement, for half a second. Other engines that speak the protocol may not have these two settings.
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
