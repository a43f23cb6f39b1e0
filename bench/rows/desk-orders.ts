import Sqlite from 'better-sqlite3'
import pg from 'pg'
import { filledDatabase } from '../databases.ts'
import { ADMIN_TOKEN, signInToDesk } from '../desk.ts'
import { fillPostgres } from '../filled-postgres.ts'
import { httpRequest, load } from '../load.ts'
import { addOpenOrders, type OpenOrder, sequencerKey, webhookFor } from '../orders.ts'
import { cpuMsOfDatabase, onPostgres } from '../postgres.ts'
import { type Running, startShop, together } from '../processes.ts'
import { inTurn, type Measure, quantile, ratio, spread, typical } from '../rounds.ts'
import { deliver } from './deliver.ts'
import type { Settings } from './settings.ts'

const FEW = 1_000
const MANY = { SQLite: 10_000_000, PostgreSQL: 1_000_000 }
const MANY_IN_SHORT = 5_000
const DEEP_PAGE = 10_000
const ON_A_PAGE = 50
const LOOKS = 100
// Ids are found by their beginning in the order of a language as well.
const IN_ENGLISH = `TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C' LOCALE_PROVIDER icu ICU_LOCALE 'en-US'`

type Engine = keyof typeof MANY

/** Compares the merchant's list of very many orders to that of few, and so one order and the inbox of events. */
export async function deskOrders(settings: Settings): Promise<Measure[]> {
  const { short, progress } = settings
  const sqlite = short ? MANY_IN_SHORT : MANY.SQLite
  const measures = await compare(settings, 'SQLite', sqlite, {
    few: await filledDatabase(FEW, progress),
    many: await filledDatabase(sqlite, progress),
  })
  return [...measures, ...(await onPostgresToo(settings))]
}

async function onPostgresToo(settings: Settings): Promise<Measure[]> {
  const { short, progress } = settings
  const orders = short ? MANY_IN_SHORT : MANY.PostgreSQL
  const work = async (urls: Databases) => {
    await fillPostgres(urls.few, FEW, progress)
    await fillPostgres(urls.many, orders, progress)
    return compare(settings, 'PostgreSQL', orders, urls)
  }
  return (await onPostgres(['few', 'many'], progress, work, IN_ENGLISH)) ?? []
}

type Databases = Record<'few' | 'many', string>

/** The shop at one of the databases, and the addresses of what is looked at there. */
interface Desk {
  shop: Running
  url: string
  cookie: string
  paths: Record<string, string>
}

async function compare(
  { short, rounds, progress }: Settings,
  engine: Engine,
  orders: number,
  urls: Databases,
): Promise<Measure[]> {
  const begin = (url: string) => () => startShop(url, sequencerKey.publicKey, { ADMIN_TOKEN })
  return together({ few: begin(urls.few), many: begin(urls.many) }, async (shops) => {
    const few = await openDesk(shops.few, urls.few, FEW)
    const many = await openDesk(shops.many, urls.many, orders)
    const measures: Measure[] = []
    for (const page of Object.keys(few.paths)) {
      const results = await inTurn(rounds, progress, {
        few: () => look(few, page, short),
        many: () => look(many, page, short),
      })
      measures.push(...report(`${page} on ${engine}`, orders, results))
    }
    return measures
  })
}

async function openDesk(shop: Running, url: string, orders: number): Promise<Desk> {
  const place = Math.min((DEEP_PAGE - 1) * ON_A_PAGE, orders - ON_A_PAGE) - 1
  const { created_at, id, intent } = await findOrderAt(url, place)
  return {
    shop,
    url,
    cookie: await signInToDesk(shop),
    paths: {
      'first page of orders': '/desk/orders',
      'ten-thousandth page of orders': `/desk/orders?after=${created_at}.${id}`,
      'search for an intent': `/desk/orders?search=${String(intent).slice(0, 12)}`,
      'search for an order': `/desk/orders?search=${id}`,
      'one order': `/desk/orders/${await payOneMore(shop, url)}`,
      inbox: '/desk/events',
    },
  }
}

/** Returns the intent of a new order that was paid. The ids of those in the filled database are none that the desk takes. */
async function payOneMore(shop: Running, url: string): Promise<string> {
  const [order] = (await addOpenOrders(url, 1)) as [OpenOrder]
  await deliver(shop, [webhookFor(order)])
  return order.id
}

const FIND_ORDER_AT = `
  SELECT orders.created_at, orders.id, intents.id AS intent
  FROM (SELECT id, created_at FROM orders ORDER BY created_at DESC, id DESC LIMIT 1 OFFSET `

async function findOrderAt(url: string, place: number): Promise<Record<string, unknown>> {
  const sql = `${FIND_ORDER_AT}${place}) AS orders JOIN intents ON intents.order_id = orders.id`
  if (url.startsWith('sqlite:')) {
    const file = new Sqlite(url.replace('sqlite:', ''), { readonly: true })
    const found = file.prepare(sql).get()
    file.close()
    return found as Record<string, unknown>
  }
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const { rows } = await client.query(sql)
  await client.end()
  return rows[0]
}

/** Looks at a page again and again, one look after another. Returns the median of its time, and what it costs shop and database. */
async function look({ shop, url, cookie, paths }: Desk, page: string, short: boolean) {
  const request = httpRequest('GET', paths[page] as string, { Accept: 'text/html', Cookie: cookie })
  const looks = short ? 5 : LOOKS
  const cpuMs = async () => shop.cpuMs() + (url.startsWith('sqlite:') ? 0 : await cpuMsOfDatabase(url))
  const before = await cpuMs()
  const { durations } = await load(shop.port, Array(looks).fill(request), 1)
  return { ms: quantile(durations, 0.5), cpuMs: ((await cpuMs()) - before) / looks }
}

type Looks = Awaited<ReturnType<typeof look>>[]

function report(page: string, orders: number, { few, many }: { few: Looks; many: Looks }): Measure[] {
  const count = orders.toLocaleString('en')
  const figures = {
    'with many, ms': typical(many, 'ms'),
    'with few, ms': typical(few, 'ms'),
    'with many, processor ms': typical(many, 'cpuMs'),
    'with few, processor ms': typical(few, 'cpuMs'),
  }
  return [
    {
      measure: page,
      compared: `median time with ${count} orders / with ${FEW.toLocaleString('en')}; one after another`,
      unit: '×',
      ...ratio(many, few, 'ms'),
      must: ['≤', 1.5],
      figures,
    },
    {
      measure: `processor time of the ${page}`,
      compared: `shop and database together, with ${count} orders`,
      unit: 'ms',
      ...spread(many.map(({ cpuMs }) => cpuMs)),
      must: ['≤', 100],
      figures,
    },
  ]
}
