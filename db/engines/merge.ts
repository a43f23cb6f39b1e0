import { KEPT_TABLES, type KeptTable } from './kept-tables.ts'

/** The two databases, as SQL qualifies their tables: the restored backup, and the one that it replaces. */
export interface Sides {
  ours: string
  theirs: string
}

type Columns = (table: string) => readonly string[]

const IS_PAID = `
  SELECT 1 FROM payments
  WHERE payments.order_id = open_orders.order_id`

/** Returns the statements that copy back what only the replaced database has, and take the newer of the rows that both have. */
export function mergeStatements(sides: Sides, columns: Columns): string[] {
  return [
    ...KEPT_TABLES.filter(({ deletes }) => deletes).map((kept) => deleteWhatTheyDeleted(kept, sides)),
    // Before rows are added, which make this database as new as the other one.
    ...KEPT_TABLES.filter(({ newer }) => newer).map((kept) => takeNewer(kept, sides, columns(kept.table))),
    ...KEPT_TABLES.map((kept) => addMissing(kept, sides, columns(kept.table))),
    // Nobody pays again what has been paid in either of them.
    `DELETE FROM open_orders WHERE EXISTS (${IS_PAID})`,
  ]
}

/** Returns the statements that make a restored database ready for a shop to start with it. */
export function readyStatements(): string[] {
  return [
    'DELETE FROM leases',
    // What was paid since the backup is found as soon as the shop runs.
    'UPDATE intents SET next_check_at = 0 WHERE next_check_at IS NOT NULL',
  ]
}

/** Counts the orders and payments that only the replaced database has. A payment of the same intent is the same money. */
export function countStatements({ ours, theirs }: Sides): Record<'orders' | 'payments', string> {
  return {
    orders: `
      SELECT count(*) AS number FROM ${theirs}.orders AS theirs
      WHERE NOT EXISTS (SELECT 1 FROM ${ours}.orders AS ours WHERE ours.id = theirs.id)`,
    payments: `
      SELECT count(*) AS number FROM ${theirs}.payments AS theirs
      WHERE NOT EXISTS (SELECT 1 FROM ${ours}.payments AS ours WHERE ours.id = theirs.id)
        AND NOT EXISTS (SELECT 1 FROM ${ours}.payments AS ours WHERE ours.intent = theirs.intent)`,
  }
}

function isSameRow({ key }: KeptTable, ours: string): string {
  return key.map((column) => `${ours}.${column} = theirs.${column}`).join(' AND ')
}

function addMissing(kept: KeptTable, { ours, theirs }: Sides, columns: readonly string[]): string {
  const { table, parents = {} } = kept
  const conditions = Object.entries(parents).map(
    ([column, parent]) =>
      `(theirs.${column} IS NULL OR EXISTS (SELECT 1 FROM ${ours}.${parent} AS parent WHERE parent.id = theirs.${column}))`,
  )
  return `
    INSERT INTO ${ours}.${table} (${columns.join(', ')})
    SELECT ${columns.map((column) => `theirs.${column}`).join(', ')}
    FROM ${theirs}.${table} AS theirs
    WHERE ${[`NOT EXISTS (SELECT 1 FROM ${ours}.${table} AS ours WHERE ${isSameRow(kept, 'ours')})`, ...conditions].join(' AND ')}
    ON CONFLICT DO NOTHING`
}

function takeNewer(kept: KeptTable, { ours, theirs }: Sides, columns: readonly string[]): string {
  const { table, key, newer = [] } = kept
  const rank = (row: string, side: string) =>
    newer.map((each) => each.replaceAll('@row', row).replaceAll('@side', side)).join(', ')
  const changed = columns.filter((column) => !key.includes(column))
  return `
    UPDATE ${ours}.${table} AS ours
    SET ${changed.map((column) => `${column} = theirs.${column}`).join(', ')}
    FROM ${theirs}.${table} AS theirs
    WHERE ${isSameRow(kept, 'ours')} AND (${rank('theirs', theirs)}) > (${rank('ours', ours)})`
}

/** Of a parent that they know, what they lack was deleted there. */
function deleteWhatTheyDeleted(kept: KeptTable, { ours, theirs }: Sides): string {
  const known = Object.entries(kept.parents ?? {}).map(
    ([column, parent]) =>
      `EXISTS (SELECT 1 FROM ${theirs}.${parent} AS parent WHERE parent.id = ${kept.table}.${column})`,
  )
  const qualified = `${ours}.${kept.table}`
  return `
    DELETE FROM ${qualified}
    WHERE ${known.join(' AND ')}
      AND NOT EXISTS (SELECT 1 FROM ${theirs}.${kept.table} AS theirs WHERE ${isSameRow(kept, kept.table)})`
}
