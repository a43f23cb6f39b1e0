import type { Parameters } from '../engines/driver.ts'
import { IDS_WITHOUT_TIME, idsFrom } from './ids.ts'
import { ORDER_STATE, type OrderState } from './order-states.ts'

/** Which orders the merchant wants to see; what is left out doesn't matter. Instants are milliseconds since 1970. */
export interface OrderFilter {
  state?: OrderState | undefined
  product?: string | undefined
  /** Lower case */
  currency?: string | undefined
  /** Ordered at this instant or later */
  from?: number | undefined
  /** Ordered earlier than at this instant */
  before?: number | undefined
  /** The amount charged, in hundredths of whatever currency */
  minHundredths?: number | undefined
  maxHundredths?: number | undefined
  /** The beginning of the order's own id, or of that of one of its intents, payments, refunds or holders */
  search?: string | undefined
}

/** The place of an order in the list, which is newest first. */
export interface OrderPlace {
  createdAt: number
  id: string
}

const NEWEST: OrderPlace = { createdAt: Number.MAX_SAFE_INTEGER, id: '' }
const OLDEST: OrderPlace = { createdAt: 0, id: '' }
const AFTER_ALL_IDS = '~' // greater than every character of an id

/** What is looked at order by order, because no index helps. */
const CONDITIONS = {
  product: 'orders.product = @product',
  currency: 'orders.currency = @currency',
  minHundredths: 'orders.hundredths >= @minHundredths',
  maxHundredths: 'orders.hundredths <= @maxHundredths',
  state: `${ORDER_STATE} = @state`,
}
type Condition = keyof typeof CONDITIONS

/**
 * Of a row of `orders`: it lies between two places, the older one included. The times are also compared alone: otherwise
 * PostgreSQL takes the range for wider than it is, and another index for better.
 */
export const IS_IN_RANGE = isInRange('orders.created_at')

function isInRange(createdAt: string): string {
  return `
  ${createdAt} <= @newestAt AND ${createdAt} >= @oldestAt
    AND (${createdAt}, orders.id) < (@newestAt, @newestId)
    AND (${createdAt}, orders.id) >= (@oldestAt, @oldestId)`
}

/** The ids of orders found by the beginning of an id, at most @found of each kind of id. Only in those of intents do capitals matter. */
export const FOUND_BY = {
  order: 'SELECT id FROM orders WHERE id >= @search AND id < @searchEnd ORDER BY id DESC LIMIT @found',
  intent:
    'SELECT order_id AS id FROM intents WHERE intents.id >= @intent AND intents.id < @intentEnd ORDER BY intents.id LIMIT @found',
  payment:
    'SELECT order_id AS id FROM payments WHERE payments.id >= @search AND payments.id < @searchEnd ORDER BY payments.id DESC LIMIT @found',
  refund: orderOfRefunds('id >= @search AND id < @searchEnd'),
  holder:
    'SELECT order_id AS id FROM holders WHERE buyer >= @search AND buyer < @searchEnd ORDER BY buyer DESC LIMIT @found',
}

/** How many ids of each kind are looked at, if so many rows are read in all. */
export function foundOfEachKind(read: number): number {
  return Math.floor(read / Object.keys(FOUND_BY).length)
}

const FOUND_BY_SEARCH = Object.entries(FOUND_BY)
  .map(([kind, found]) => `SELECT id FROM (${found}) AS by_${kind}`)
  .join(' UNION ')

/** The ids of the orders of the range that the buyer @search holds, newest first, but for those without a time. */
export const HELD_IN_RANGE = `
  SELECT order_id AS id FROM holders
  WHERE buyer = @search AND order_id >= @oldestRow AND order_id < @newestRow AND order_id < '${IDS_WITHOUT_TIME}'
  ORDER BY order_id DESC`

// Of orders from before ids had a time, a buyer has few.
const FOUND_BY_HOLDER = `
  SELECT id FROM (${HELD_IN_RANGE} LIMIT @found) AS held
  UNION SELECT id FROM (
    SELECT order_id AS id FROM holders WHERE buyer = @search AND order_id >= '${IDS_WITHOUT_TIME}' LIMIT @found) AS held_before`

const CLOCK_AHEAD_MS = 86_400_000 // of an order whose clock was set back since

// Nothing is refunded or revoked before it is ordered, but for such an order.
const BY_REFUND = orderOfRefunds('id >= @oldestChange')

function orderOfRefunds(which: string): string {
  return `
  SELECT (SELECT payments.order_id FROM payments WHERE payments.id = made.payment) AS id
  FROM (SELECT payment FROM refunds WHERE ${which} ORDER BY id DESC LIMIT @found) AS made`
}

/** The ids of orders whose rows say that they may be in a state that few are in, at most @found. */
export const FOUND_BY_STATE: Partial<Record<OrderState, string>> = {
  offered:
    'SELECT order_id AS id FROM intents WHERE next_check_at IS NOT NULL ORDER BY next_check_at DESC LIMIT @found',
  free: `SELECT order_id AS id FROM payments WHERE proof = 'free' ORDER BY order_id DESC LIMIT @found`,
  'partly-refunded': BY_REFUND,
  refunded: BY_REFUND,
  // ORDER BY id would mean the column of that name in the result.
  revoked: `
    SELECT order_id AS id FROM revocations
    WHERE revocations.id >= @oldestChange ORDER BY revocations.id DESC LIMIT @found`,
}

/**
 * Among which orders those that match are looked for: all, or all that a buyer holds, both part by part in the order of time, or
 * those with certain rows.
 */
export type LookedAmong = 'all' | 'held' | 'found-by-search' | 'found-by-state'

/** Whether orders may have to be read that don't match. */
export function isSelective(filter: OrderFilter): boolean {
  return conditionsIn(filter).length > 0
}

/** Returns a FROM clause with a row for each order that matches: its `id`, and by what it is sorted, `created_at`. */
export function matchesOf(filter: OrderFilter, among: LookedAmong): string {
  const conditions = conditionsIn(filter).map((name) => CONDITIONS[name])
  if (among === 'all') return `FROM orders WHERE ${[IS_IN_RANGE, ...conditions].join(' AND ')}`
  return matchesAmong(rowsOf(filter, among), [IS_FOUND_IN_RANGE, ...conditions].join(' AND '))
}

function rowsOf(filter: OrderFilter, among: LookedAmong): string {
  if (among === 'held') return FOUND_BY_HOLDER
  const byState = filter.state && FOUND_BY_STATE[filter.state]
  return among === 'found-by-state' && byState
    ? `SELECT DISTINCT id FROM (${byState}) AS by_state`
    : FOUND_BY_SEARCH
}

// The sign keeps an engine from looking for each id among all orders of the range, rather than by the id itself.
const IS_FOUND_IN_RANGE = isInRange('+orders.created_at')

// As scalar subqueries, since an engine may turn a join around and walk through all orders to see which were found. The LIMIT
// leaves out none; without it, each would be evaluated twice.
const matchesAmong = (found: string, conditions: string) => `
  FROM (
    SELECT found.id, (SELECT orders.created_at FROM orders WHERE orders.id = found.id AND ${conditions}) AS created_at
    FROM (${found}) AS found
    LIMIT ${Object.keys(FOUND_BY).length} * @found) AS orders
  WHERE orders.created_at IS NOT NULL`

function conditionsIn(filter: OrderFilter): Condition[] {
  const names = Object.keys(CONDITIONS) as Condition[]
  return names.filter((name) => filter[name] !== undefined)
}

/** Returns the parameters of that condition. The range ends before `after` and, if it is given, with `edge`. */
export function parametersOf(filter: OrderFilter, after?: OrderPlace, edge?: OrderPlace): Parameters {
  const { from, before, search, ...fields } = filter
  const newest = earlierOf(after, before === undefined ? NEWEST : { createdAt: before, id: '' })
  const oldest = edge ?? (from === undefined ? OLDEST : { createdAt: from, id: '' })
  return {
    ...Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, value ?? null])),
    ...(search === undefined ? {} : parametersOfSearch(search)),
    newestAt: newest.createdAt,
    newestId: newest.id,
    oldestAt: oldest.createdAt,
    oldestId: oldest.id,
    oldestRow: idsFrom(oldest.createdAt),
    oldestChange: idsFrom(oldest.createdAt - CLOCK_AHEAD_MS),
    newestRow: idsBefore(newest),
  }
}

function parametersOfSearch(search: string): Parameters {
  const own = asOwnId(search)
  return { search: own, searchEnd: own + AFTER_ALL_IDS, intent: search, intentEnd: search + AFTER_ALL_IDS }
}

/** Returns an id of the shop's own as it is stored: their hexadecimal digits are small. */
export function asOwnId(typed: string): string {
  return /^[0-9a-f-]+$/i.test(typed) ? typed.toLowerCase() : typed
}

/** Returns the end of the ids of orders before this place, as far as ids have a time. */
function idsBefore({ createdAt, id }: OrderPlace): string {
  return id < IDS_WITHOUT_TIME ? id || idsFrom(createdAt) : idsFrom(createdAt + 1)
}

function earlierOf(place: OrderPlace | undefined, end: OrderPlace): OrderPlace {
  return place && place.createdAt < end.createdAt ? place : end
}
