import { AS_WHOLE, KEPT_TABLES, type KeptTable } from './kept-tables.ts'

/** The two databases, as SQL qualifies their tables: the restored backup, and the one that it replaces. */
export interface Sides {
  ours: string
  theirs: string
}

type Columns = (table: string) => readonly string[]

const IS_PAID = `EXISTS (SELECT 1 FROM payments WHERE payments.order_id = open_orders.order_id)`

// Of a coupon: its final uses within the limit.
const TAKEN = `
  SELECT COUNT(*) FROM coupon_uses
  WHERE coupon_uses.coupon = coupons.code AND coupon_uses.payment IS NOT NULL AND coupon_uses.is_over = 0`

/**
 * Returns the statements that copy back what only the replaced database has, and take the newer of the rows that both have. They run
 * without CHANGING_TRIGGERS: what those have written there is copied like all other rows.
 */
export function mergeStatements(sides: Sides, columns: Columns): string[] {
  const take = (kept: KeptTable) => takeNewer(kept, sides, columns(kept.table))
  const add = (kept: KeptTable) => addMissing(kept, sides, columns(kept.table))
  return [
    ...KEPT_TABLES.filter(({ deletes }) => deletes).map((kept) => deleteWhatTheyDeleted(kept, sides)),
    // Before rows are added, which make this database as new as the other one.
    ...KEPT_TABLES.filter(({ newerAsWhole }) => newerAsWhole).map(take),
    // A newer row may refer to one that has to be added first.
    ...KEPT_TABLES.flatMap((kept) =>
      kept.newer && !kept.newerAsWhole ? [take(kept), add(kept)] : [add(kept)],
    ),
    // Each database may have uses that the other one lacks.
    `UPDATE coupons SET taken = (${TAKEN}) WHERE taken <> (${TAKEN})`,
    // Nobody pays again what has been paid in either of them.
    `DELETE FROM open_orders WHERE ${IS_PAID}`,
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

/** Whether a database has all that a row refers to. `refer` gives the SQL of what a column of it refers to. */
function hasParents({ parents = {} }: KeptTable, side: string, refer: (column: string) => string): string[] {
  return Object.entries(parents).map(([column, parent]) => {
    const id = refer(column)
    return `(${id} IS NULL OR EXISTS (SELECT 1 FROM ${side}.${parent} AS parent WHERE parent.id = ${id}))`
  })
}

/**
 * Gives the SQL of what a column of theirs is here. Both databases may have recorded the same payment, each with an id of its own.
 * Since an intent pays once, theirs was skipped, and what refers to it belongs to ours.
 */
function valueHere({ parents = {} }: KeptTable, { ours, theirs }: Sides) {
  return (column: string) =>
    parents[column] === 'payments'
      ? `COALESCE((
          SELECT same.id
          FROM ${theirs}.payments AS found
          JOIN ${ours}.payments AS same ON same.intent = found.intent
          WHERE found.id = theirs.${column}), theirs.${column})`
      : `theirs.${column}`
}

function addMissing(kept: KeptTable, sides: Sides, columns: readonly string[]): string {
  const { ours, theirs } = sides
  const here = valueHere(kept, sides)
  const isMissing = `NOT EXISTS (SELECT 1 FROM ${ours}.${kept.table} AS ours WHERE ${isSameRow(kept, 'ours')})`
  return `
    INSERT INTO ${ours}.${kept.table} (${columns.join(', ')})
    SELECT ${columns.map(here).join(', ')}
    FROM ${theirs}.${kept.table} AS theirs
    WHERE ${[isMissing, ...hasParents(kept, ours, here)].join(' AND ')}
    ON CONFLICT DO NOTHING`
}

function takeNewer(kept: KeptTable, sides: Sides, columns: readonly string[]): string {
  const { ours, theirs } = sides
  const here = valueHere(kept, sides)
  const { table, key, newer = [], newerAsWhole } = kept
  const rank = (row: string, side: string) =>
    [...(newerAsWhole ? AS_WHOLE : []), ...newer]
      .map((each) => each.replaceAll('@row', row).replaceAll('@side', side))
      .join(', ')
  const isNewer = `(${rank('theirs', theirs)}) > (${rank('ours', ours)})`
  const changed = columns.filter((column) => !key.includes(column))
  return `
    UPDATE ${ours}.${table} AS ours
    SET ${changed.map((column) => `${column} = ${here(column)}`).join(', ')}
    FROM ${theirs}.${table} AS theirs
    WHERE ${[isSameRow(kept, 'ours'), isNewer, ...hasParents(kept, ours, here)].join(' AND ')}`
}

/** Of a parent that they know, what they lack was deleted there, unless they still have what it has replaced. */
function deleteWhatTheyDeleted(kept: KeptTable, { ours, theirs }: Sides): string {
  const { table, replaces = [] } = kept
  const isMissing = `NOT EXISTS (SELECT 1 FROM ${theirs}.${table} AS theirs WHERE ${isSameRow(kept, table)})`
  const isAlike = replaces.map((column) => `former.${column} = ${table}.${column}`).join(' AND ')
  const replacedNone = `NOT EXISTS (SELECT 1 FROM ${theirs}.${table} AS former WHERE ${isAlike} AND former.created_at < ${table}.created_at)`
  return `
    DELETE FROM ${ours}.${table}
    WHERE ${[
      isMissing,
      ...(isAlike ? [replacedNone] : []),
      ...hasParents(kept, theirs, (column) => `${table}.${column}`),
    ].join(' AND ')}`
}
