import { ORDERED, PAID_ON_POSTGRES } from './order-tables.ts'
import { sequencerKey } from './orders.ts'
import { query } from './postgres.ts'
import { startShop } from './processes.ts'

const DAY_MS = 86_400_000

const AT = `($2::bigint - ($1::bigint - n) * ${730 * DAY_MS} / $1::bigint)`
const IS_PAID = '(n % 5 < 4)'

// As in databases.ts: ids of buyers begin with their time, intents and hashes are spread over their whole range.
const FILL_NEW_ORDERS = `
  CREATE TABLE new_orders AS
  SELECT substr(encode(sha256(('intent' || n)::bytea), 'hex'), 1, 44) AS intent,
    lpad(to_hex(${AT}), 12, '0') || '-' || lpad(n::text, 36, '0') AS buyer,
    encode(sha256(n::text::bytea), 'hex') AS hash, ${AT} AS at,
    NULL::bigint AS next_check_at, CASE WHEN ${IS_PAID} THEN 1 ELSE 0 END AS is_paid
  FROM generate_series(0, $1::bigint - 1) AS n`

/** Fills an empty database of PostgreSQL's with orders such as filledDatabase() writes on SQLite. */
export async function fillPostgres(
  url: string,
  orders: number,
  progress: (text: string) => void,
): Promise<void> {
  await (await startShop(url, sequencerKey.publicKey)).stop() // creates the tables
  progress(`filling PostgreSQL with ${orders} orders: keys`)
  await query(url, FILL_NEW_ORDERS, [orders, Date.now()])
  for (const [table, sql] of Object.entries({ ...ORDERED, ...PAID_ON_POSTGRES })) {
    progress(`filling PostgreSQL with ${orders} orders: ${table}`)
    await query(url, sql)
  }
  await query(url, 'DROP TABLE new_orders')
  await query(url, 'VACUUM ANALYZE')
}
