import type { Database } from '../database.ts'
import type { Parameters } from '../engines/driver.ts'
import { findDeskBuyer } from './buyer-page.ts'
import { idsFrom } from './ids.ts'
import { type ListedOrder, readListedOrders } from './listed-order.ts'
import {
  asOwnId,
  FOUND_BY,
  FOUND_BY_STATE,
  foundOfEachKind,
  HELD_IN_RANGE,
  IS_IN_RANGE,
  isSelective,
  type LookedAmong,
  matchesOf,
  type OrderFilter,
  type OrderPlace,
  parametersOf,
} from './order-filter.ts'

/** How many orders are returned, and how many are read at most to find them. */
export interface OrderLimits {
  limit: number
  read: number
}

export interface OrderPage {
  orders: ListedOrder[]
  /** From where to continue; undefined if none is left */
  next: OrderPlace | undefined
  /** Whether orders that match may be missing, since no more were to be read. Without `next`, the search was too short. */
  isCutShort: boolean
}

/** Up to so many rows, a state is rare. To look at more at once, PostgreSQL would compile the statement, which takes half a second. */
const MOST_OF_STATE = 1_000

/** How many orders match. If not `isExact`, more may: than these, or `among` the others than the newest so many. */
export interface OrderCount {
  count: number
  isExact: boolean
  among?: number
}

// The last order to be read, and the one after it, if there is one.
const FIND_EDGE = `
  SELECT created_at, id
  FROM orders
  WHERE ${IS_IN_RANGE}
  ORDER BY created_at DESC, id DESC
  LIMIT 2 OFFSET @skipped`

const FIND_EDGE_OF_HELD = `
  SELECT held.id, (SELECT orders.created_at FROM orders WHERE orders.id = held.id) AS created_at
  FROM (${HELD_IN_RANGE} LIMIT 2 OFFSET @skipped) AS held
  ORDER BY held.id DESC`

const COUNTS_OF_KINDS = Object.entries(FOUND_BY)
  .map(([kind, found]) => `SELECT COUNT(*) AS found FROM (${found}) AS by_${kind}`)
  .join(' UNION ALL ')

const FIND_LARGEST_MATCH = `
  ${COUNTS_OF_KINDS}
  ORDER BY found DESC
  LIMIT 1`

const findMatches = (filter: OrderFilter, among: LookedAmong) => `
  SELECT orders.id
  ${matchesOf(filter, among)}
  ORDER BY orders.created_at DESC, orders.id DESC
  LIMIT @limit`

const countMatches = (filter: OrderFilter, among: LookedAmong) => `
  SELECT COUNT(*) AS count
  ${matchesOf(filter, among)}`

const countRows = (rows: string) => `
  SELECT COUNT(*) AS found
  FROM (${rows}) AS by_state`

// Everything that changes an order's state has an id that begins with its time. Restorations, and what becomes of another order
// for the same, are seen when the page is loaded again. The limit stands in the text: PostgreSQL takes a parameter for a tenth
// of the table, and would rather read all orders.
const changedOrders = (limit: number) => `
  SELECT id FROM (SELECT id FROM orders WHERE created_at >= @since ORDER BY created_at DESC, id DESC LIMIT ${limit}) AS placed
  UNION SELECT order_id FROM (
    SELECT order_id FROM payments WHERE id > @sinceId ORDER BY id DESC LIMIT ${limit}) AS paid
  UNION SELECT order_id FROM (
    SELECT (SELECT payments.order_id FROM payments WHERE payments.id = latest.payment) AS order_id FROM (
      SELECT payment FROM refunds WHERE id > @sinceId ORDER BY id DESC LIMIT ${limit}) AS latest) AS refunded
  UNION SELECT order_id FROM (
    SELECT order_id FROM revocations WHERE id > @sinceId ORDER BY id DESC LIMIT ${limit}) AS revoked`

/**
 * Finds the orders that match, newest first, or those that come after one of them. With a rare filter, there may be few
 * of them or none, and still a place from where to continue.
 */
export async function findOrders(
  db: Pick<Database, 'read'>,
  filter: OrderFilter,
  after: OrderPlace | undefined,
  { limit, read }: OrderLimits,
): Promise<OrderPage> {
  const among = await whereToLook(db, filter, read)
  const isReadInParts = among === 'held' || (among === 'all' && isSelective(filter))
  const edge = isReadInParts ? await findEdge(db, filter, after, read) : undefined
  const parameters = { ...parametersOf(filter, after, edge), found: foundIn(among, read), limit: limit + 1 }
  const found = await findIds(db, findMatches(filter, among), parameters)
  const orders = await readListedOrders(db, found.slice(0, limit))
  if (found.length > limit) return { orders, next: placeOf(orders.at(-1)), isCutShort: false }
  return { orders, next: edge, isCutShort: edge !== undefined || (await isTooShort(db, filter, read)) }
}

/** Counts the orders that match: all, or those among the newest `read` of its time. */
export async function countOrders(
  db: Pick<Database, 'read'>,
  filter: OrderFilter,
  read: number,
): Promise<OrderCount> {
  const among = await whereToLook(db, filter, read)
  const isReadInParts = among === 'held' || among === 'all'
  const edge = isReadInParts ? await findEdge(db, filter, undefined, read) : undefined
  if (edge && !isSelective(filter)) return { count: read, isExact: false }
  const parameters = { ...parametersOf(filter, undefined, edge), found: foundIn(among, read) }
  const [row] = await db.read(countMatches(filter, among), parameters)
  const count = Number(row?.count)
  if (edge) return { count, isExact: false, among: read }
  return { count, isExact: !(await isTooShort(db, filter, read)) }
}

/** Finds the orders that have been placed, paid, refunded or revoked since then, at most `limit` of each, newest first. */
export async function findChangedOrders(
  db: Pick<Database, 'read'>,
  since: number,
  limit: number,
): Promise<ListedOrder[]> {
  return readListedOrders(db, await findIds(db, changedOrders(limit), { since, sinceId: idsFrom(since) }))
}

async function findIds(db: Pick<Database, 'read'>, sql: string, parameters: Parameters): Promise<string[]> {
  const rows = await db.read(sql, parameters)
  return rows.map(({ id }) => id as string)
}

/**
 * What a buyer holds is read in its order, as all orders are, if the search is the whole id of one. Orders in a rare state are
 * found by the rows that make it, wherever they are, unless there are too many such rows to look at.
 */
async function whereToLook(
  db: Pick<Database, 'read'>,
  filter: OrderFilter,
  read: number,
): Promise<LookedAmong> {
  if (filter.search !== undefined)
    return (await findDeskBuyer(db, asOwnId(filter.search))) ? 'held' : 'found-by-search'
  const rows = filter.state && FOUND_BY_STATE[filter.state]
  if (rows === undefined) return 'all'
  const most = foundIn('found-by-state', read)
  const [row] = await db.read(countRows(rows), { ...parametersOf(filter), found: most + 1 })
  return Number(row?.found) > most ? 'all' : 'found-by-state'
}

function foundIn(among: LookedAmong, read: number): number {
  if (among === 'held') return read
  return among === 'found-by-search' ? foundOfEachKind(read) : Math.min(read, MOST_OF_STATE)
}

/** Finds the last of the next `read` orders, whether they match or not. Undefined if there aren't more than those. */
async function findEdge(
  db: Pick<Database, 'read'>,
  { from, before, search }: OrderFilter,
  after: OrderPlace | undefined,
  read: number,
): Promise<OrderPlace | undefined> {
  const parameters = { ...parametersOf({ from, before, search }, after), skipped: read - 1 }
  const [last, more] = await db.read(search === undefined ? FIND_EDGE : FIND_EDGE_OF_HELD, parameters)
  return last && more && { createdAt: Number(last.created_at), id: last.id as string }
}

/** Returns whether so many ids begin like this that a search that reads `read` of them misses some. Never so of a buyer's whole id. */
export async function isTooShort(
  db: Pick<Database, 'read'>,
  filter: OrderFilter,
  read: number,
): Promise<boolean> {
  if (filter.search === undefined || (await findDeskBuyer(db, asOwnId(filter.search)))) return false
  const found = foundOfEachKind(read)
  const [row] = await db.read(FIND_LARGEST_MATCH, { ...parametersOf(filter), found: found + 1 })
  return Number(row?.found) > found
}

function placeOf(order: ListedOrder | undefined): OrderPlace | undefined {
  return order && { createdAt: order.createdAt, id: order.id }
}
