import type pg from 'pg'
import type { Row } from '../driver.ts'
import { DatabaseRefused, DatabaseUnavailable } from '../errors.ts'
import { KEPT_TABLES, LEFT_TABLES } from '../kept-tables.ts'

const TABLES = [...KEPT_TABLES.map(({ table }) => table), ...Object.keys(LEFT_TABLES)]
const RIGHTS = ['SELECT', 'INSERT', 'UPDATE', 'DELETE']

/** The shop's tables that this user may not use. Those that a merchant has added are their own affair. */
export const FIND_FORBIDDEN = `
  SELECT relname AS table, pg_get_userbyid(relowner) AS owner
  FROM pg_catalog.pg_class
  JOIN pg_catalog.pg_namespace ON pg_namespace.oid = relnamespace
  WHERE nspname = current_schema()
    AND relname IN (${TABLES.map((table) => `'${table}'`).join(', ')})
    AND NOT (${RIGHTS.map((right) => `has_table_privilege(pg_class.oid, '${right}')`).join(' AND ')})
  ORDER BY relname`

/** Takes what a sale takes of the tables that each one writes. Only a session that has locked a whole table is in the way of that. */
export const LOCK_AS_SALES_DO =
  'LOCK TABLE sessions, orders, open_orders, intents, events, payments, entitlements IN ROW EXCLUSIVE MODE'

/** Throws DatabaseRefused if the user may not use one of the shop's tables, which would fail each sale. */
export async function assertAllowed(client: pg.Client): Promise<void> {
  const { rows } = await client.query<Row>(FIND_FORBIDDEN)
  if (rows.length === 0) return
  const { host, port, user = '' } = client
  throw new DatabaseRefused(
    `PostgreSQL at ${host}:${port} does not let ${user} use tables of the shop: ${describe(rows)}. ${takeTables(user)}`,
  )
}

/** Throws DatabaseUnavailable for the same in a running shop. `rows`: of FIND_FORBIDDEN */
export function assertStillAllowed(rows: readonly Row[]): void {
  if (rows.length === 0) return
  throw new DatabaseUnavailable(`The database cannot answer now: ${FORBIDDEN} (${describe(rows)})`, {
    reason: FORBIDDEN,
  })
}

export const FORBIDDEN = 'it does not let the shop use all of its tables'

function describe(rows: readonly Row[]): string {
  return rows.map(({ table, owner }) => `${table}, which belongs to ${owner}`).join('; ')
}

/** Says how a user becomes the owner of the shop's tables. */
export function takeTables(user: string): string {
  return `The shop’s tables must belong to its user. As a superuser, run in psql: SELECT format('ALTER TABLE %I OWNER TO %I', tablename, '${user}') FROM pg_tables WHERE schemaname = current_schema() \\gexec`
}
