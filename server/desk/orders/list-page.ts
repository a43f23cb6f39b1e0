import type { Request, Response } from 'express'
import {
  countOrders,
  findEventWithoutOrder,
  findOrders,
  type OrderCount,
  type OrderFilter,
  type OrderPage,
} from '../../../db/index.ts'
import { LONGEST_SLUG, listAll } from '../../catalog/index.ts'
import type { Shop } from '../../shop.ts'
import { countOrdersOf } from '../../summaries/index.ts'
import { en } from '../../texts/index.ts'
import { showAt } from '../../time.ts'
import { sendDeskPage } from '../access/index.ts'
import {
  type FilterFields,
  findFaultInForm,
  LONGEST_SEARCH,
  ORDER_STATES,
  type OrderQuery,
  parseOrderQuery,
  pathOf,
} from './filter.ts'
import { asLine } from './present.ts'

const SHOWN = 50
/** How many orders are read for a page, and as many again to count what matches. */
export const READ_ORDERS = 5_000

/** Shows a page of the list, whose first one counts what matches; or the filter again, with what is wrong with it. */
export async function showOrders(shop: Shop, req: Request, res: Response): Promise<void> {
  const fault = findFaultInForm(req.query)
  if (fault && req.accepts(['json', 'html']) === 'html') return showFault(shop, req, res.status(400), fault)
  const query = parseOrderQuery(req.query, shop.config.timeZone)
  const { fields, filter, after } = query
  const page = await findOrders(shop.db, filter, after, { limit: SHOWN, read: READ_ORDERS })
  const count = after ? undefined : await countMatches(shop, filter, page)
  sendDeskPage(shop, req, res, 'desk/orders/list', {
    pageTitle: titleOf(fields),
    ...asForm(shop, fields),
    ...asList(shop, query, page),
    event: await findEventInstead(shop, query, page),
    summary: summarize(shop, page, count),
  })
}

/** Finds the address of an event about the intent that was searched for, if no order has that. */
async function findEventInstead(
  { db }: Shop,
  { filter, after }: OrderQuery,
  { orders, next }: OrderPage,
): Promise<string | undefined> {
  if (filter.search === undefined || after || orders.length > 0 || next) return undefined
  const digest = await findEventWithoutOrder(db, filter.search)
  return digest && `/desk/events/${digest}`
}

function showFault(
  shop: Shop,
  req: Request,
  res: Response,
  { field, typed }: { field: keyof FilterFields; typed: Record<string, string> },
): void {
  const fault = { field, text: en.desk.orders.filter.faults[field] }
  const pageTitle = en.desk.orders.title
  sendDeskPage(shop, req, res, 'desk/orders/list', { pageTitle, ...asForm(shop, typed), fault })
}

/** Tells the tabs of several filters apart. */
function titleOf(fields: FilterFields): string {
  const { filter, filteredTitle, title } = en.desk.orders
  const shown = { ...fields, ...(fields.state && { state: en.desk.states[fields.state] }) }
  const named = Object.entries(shown as Record<string, string>).map(([name, value]) => ({
    name: filter[name as keyof FilterFields],
    value,
  }))
  return named.length > 0 ? filteredTitle(named) : title
}

/**
 * Counts what matches, unless the first page shows all of it. Where too many orders would have to be read to count those of a
 * product or a currency, the summaries know how many there are.
 */
async function countMatches({ db }: Shop, filter: OrderFilter, first: OrderPage): Promise<OrderCount> {
  if (!first.next && !first.isCutShort) return { count: first.orders.length, isExact: true }
  const counted = await countOrders(db, filter, READ_ORDERS)
  const { product, currency, ...others } = filter
  const isKnown = Object.values(others).every((value) => value === undefined)
  if (counted.among === undefined || !isKnown) return counted
  const { count, isBehind } = await countOrdersOf(db, { product, currency })
  if (isBehind) return counted
  return { count: Math.min(count, READ_ORDERS), isExact: count <= READ_ORDERS }
}

function asForm({ catalog }: Shop, fields: { [Name in keyof FilterFields]?: string | undefined }) {
  const products = listAll(catalog)
  return {
    fields,
    isFiltered: Object.keys(fields).length > 0,
    hasDetails: [fields.currency, fields.from, fields.to, fields.min, fields.max].some((field) => field),
    states: ORDER_STATES.map((state) => ({
      state,
      label: en.desk.states[state],
      isChosen: state === fields.state,
    })),
    products: products.map(({ slug, title }) => ({ slug, title })),
    longestSlug: LONGEST_SLUG,
    longestSearch: LONGEST_SEARCH,
    currencies: [
      ...new Set(products.flatMap(({ prices }) => prices.map(({ price }) => price.currency))),
    ].sort(),
  }
}

function asList(shop: Shop, { fields, after }: OrderQuery, page: OrderPage) {
  const isLive = !after && fields.search === undefined
  return {
    orders: page.orders.map((order) => asLine(shop, order)),
    isContinued: after !== undefined,
    isEmpty: page.orders.length === 0 && !page.next && !after && Object.keys(fields).length === 0,
    newest: pathOf(fields),
    next: page.next && pathOf(fields, page.next),
    exports: Object.entries(en.desk.orders.files).map(([file, name]) => ({
      name,
      href: pathOf(fields).replace('/orders', `/${file}`),
    })),
    isCutShort: page.isCutShort,
    live: isLive ? pathOf(fields).replace('/orders', '/orders/live') : undefined,
    scripts: isLive ? [shop.assets.asset('desk/live-orders.js')] : [],
  }
}

/** Says how many orders match, or how far back the shop has looked. */
function summarize({ config }: Shop, { next, isCutShort }: OrderPage, count: OrderCount | undefined): string {
  const texts = en.desk.orders.summary
  if (isCutShort && !next) return texts.tooShort
  if (!count)
    return next && isCutShort ? texts.backTo(showAt(next.createdAt, config.timeZone).shown) : texts.older
  if (count.isExact) return texts.exactly(count.count)
  return count.among === undefined ? texts.moreThan(count.count) : texts.among(count.count, count.among)
}
