import { readFileSync, writeFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import type { HeldOrder } from '../../db/index.ts'
import { type AskedDatabase, hashOf } from './database.ts'
import { type Engine, sqlite } from './engines.ts'

const FOLDER = 'test/db/schema-4'

type Redemption = 'redeemed' | 'spent' | 'unknown'

export interface OldOrder {
  intent: string
  /** The name of the buyer who ordered */
  buyer: string
  clientSecret: string
  product: string
  title: string
  hundredths: number
  currency: string
  createdAt: number
  paidAt: number | null
  isPaid: boolean
  /** For each redemption code, what came of it at each of `redemptionTimes` */
  codes: Record<string, Redemption[]>
}

/** What a buyer has to do with a product. Orders stand here by their names. */
interface OldShare {
  opens: string | null
  openOrder: { order: string; offeredAt: number } | null
  unpaidOrders: string[]
}

interface OldBuyer {
  id: string
  cookie: string
  /** By product; a product that they have nothing to do with is left out */
  products: Record<string, OldShare>
  purchases: string[]
  heldOrders: string[]
}

/** What a buyer's browser was shown. */
export interface OldPages {
  /** Answers of /intents/:id, by order; every other order's was 404 */
  intents: Record<string, object>
  successPages: Record<string, { receipt: string | null; showsGoods: boolean }>
  productPages: Record<string, { receipt: string | null; showsGoods: boolean; file: number }>
  purchases: string[]
}

interface OldAnswers {
  /** When the old shop was stopped, and the answers were given */
  stoppedAt: number
  redemptionTimes: number[]
  /** Of the key that signed the stored events */
  publicKey: string
  destination: string
  orders: Record<string, OldOrder>
  buyers: Record<string, OldBuyer>
  shown: Record<string, OldPages>
  /** Which orders were polled in which round, on a copy */
  checks: { at: number; limit: number; asked: string[] }[]
}

/** What the shop of schema 4 answered about its own database: see test/db/schema-4/README.md. */
export const old: OldAnswers = JSON.parse(readFileSync(`${FOLDER}/schema-4.json`, 'utf8'))

/** The URL of a copy of that database, as the old shop left it. */
export async function anOldDatabase(engine: Engine): Promise<string> {
  const url = await engine.anEmptyDatabase()
  if (engine === sqlite)
    writeFileSync(url.replace(/^sqlite:/, ''), gunzipSync(readFileSync(`${FOLDER}/schema-4.db.gz`)))
  else await engine.execute(url, readFileSync(`${FOLDER}/schema-4.sql`, 'utf8'))
  return url
}

export function orderNamed(name: string): OldOrder {
  const order = old.orders[name]
  if (!order) throw new Error(`the fixture has no order ${name}`)
  return order
}

export function buyerNamed(name: string): OldBuyer {
  const buyer = old.buyers[name]
  if (!buyer) throw new Error(`the fixture has no buyer ${name}`)
  return buyer
}

export function nameOf(intent: string | undefined): string | null {
  return Object.keys(old.orders).find((name) => orderNamed(name).intent === intent) ?? null
}

/** The same facts before and after: a query for the tables of schema 4, and one for those of today. */
export const FACTS: Record<string, { before: string; after: string }> = {
  buyer: unchanged('SELECT id, created_at FROM buyers ORDER BY id'),
  browser: unchanged('SELECT secret_hash, buyer, created_at FROM sessions ORDER BY secret_hash'),
  order: {
    before: `
      SELECT intent, buyer, product, title, hundredths, hundredths AS list_hundredths, currency, created_at
      FROM orders ORDER BY intent`,
    after: `
      SELECT id AS intent, buyer, product, title, hundredths, list_hundredths, currency, created_at
      FROM orders ORDER BY id`,
  },
  intent: {
    before: `
      SELECT intent, intent AS order_id, hundredths, currency, destination, client_secret, created_at, confirmed_at,
        next_check_at
      FROM orders ORDER BY intent`,
    after: `
      SELECT id AS intent, order_id, hundredths, currency, destination, client_secret, created_at, confirmed_at,
        next_check_at
      FROM intents ORDER BY id`,
  },
  'open order': {
    before: 'SELECT buyer, product, intent, intent AS order_id, offered_at FROM open_orders ORDER BY intent',
    after: 'SELECT buyer, product, intent, order_id, offered_at FROM open_orders ORDER BY intent',
  },
  grant: {
    before: `SELECT intent, 'product:' || product AS scope FROM orders ORDER BY intent`,
    after:
      'SELECT order_id AS intent, scope FROM grants WHERE days IS NULL AND calls IS NULL ORDER BY order_id',
  },
  holder: {
    before: 'SELECT intent, buyer, since_at, how FROM holders ORDER BY intent, buyer',
    after: `
      SELECT order_id AS intent, buyer, held_since AS since_at, acquired_by AS how
      FROM holders ORDER BY order_id, buyer`,
  },
  'redemption code': {
    before: 'SELECT code_hash, intent, created_at FROM redemptions ORDER BY code_hash',
    after: `
      SELECT code_hash, order_id AS intent, created_at
      FROM redemptions WHERE purpose = 'wallet' AND holders_allowed = 3 ORDER BY code_hash`,
  },
  // A webhook that had brought its figures after a status is the proof of that payment now.
  payment: {
    before: `
      SELECT payments.intent, CASE WHEN quarks IS NULL THEN proof ELSE 'webhook' END AS proof, quarks, exchange_rate,
        code_user, paid_at, hundredths, currency, product
      FROM payments JOIN orders ON orders.intent = payments.intent ORDER BY payments.intent`,
    after: `
      SELECT intent, proof, quarks, exchange_rate, code_user, paid_at, hundredths, currency, product
      FROM payments WHERE id LIKE '0___________-' || intent AND order_id = intent ORDER BY intent`,
  },
  right: {
    before: `
      SELECT buyer, 'product:' || product AS scope, intent, valid_from, valid_until
      FROM entitlements ORDER BY intent, buyer`,
    after: `
      SELECT buyer, scope, order_id AS intent, created_at AS valid_from, until_day AS valid_until
      FROM entitlements WHERE from_day IS NULL ORDER BY order_id, buyer`,
  },
  event: {
    before: `
      SELECT digest, intent, jws, outcome, first_seen_at, last_seen_at, times_seen
      FROM events ORDER BY digest`,
    after: `
      SELECT digest, intent, jws, verdict AS outcome, first_seen_at, last_seen_at, times_seen
      FROM events ORDER BY digest`,
  },
  lease: {
    before: 'SELECT name, holder, until_at FROM leases ORDER BY name',
    after: 'SELECT name, holder, expires_at AS until_at FROM leases ORDER BY name',
  },
}

function unchanged(query: string) {
  return { before: query, after: query }
}

/** Today's answers about a buyer, in the form of the old ones. */
export async function answersAbout(db: AskedDatabase, buyer: OldBuyer): Promise<OldBuyer> {
  const products: Record<string, OldShare> = {}
  for (const product of new Set(Object.values(old.orders).map((order) => order.product))) {
    const share = await shareOf(db, buyer.id, product)
    if (share.opens || share.openOrder || share.unpaidOrders.length > 0) products[product] = share
  }
  const purchases = await db.findPurchases(buyer.id, 100)
  return {
    id: (await db.findBuyer(hashOf(buyer.cookie))) ?? '',
    cookie: buyer.cookie,
    products,
    purchases: purchases.map(({ intent }) => nameOf(intent) ?? String(intent)),
    heldOrders: await ordersHeldBy(db, buyer.id),
  }
}

async function shareOf(db: AskedDatabase, buyer: string, product: string): Promise<OldShare> {
  const purchase = await db.findPurchase(buyer, product, old.stoppedAt)
  const open = await db.findOpenOrder(buyer, product)
  const unpaid = await db.findUnpaidOrders(buyer, product, 10)
  return {
    opens: nameOf(purchase?.intent),
    openOrder: open ? { order: nameOf(open.intent) ?? '', offeredAt: Number(open.offeredAt) } : null,
    unpaidOrders: unpaid.map((intent) => nameOf(intent) ?? intent),
  }
}

async function ordersHeldBy(db: AskedDatabase, buyer: string): Promise<string[]> {
  const names: string[] = []
  for (const [name, { intent }] of Object.entries(old.orders))
    if (await db.findHeldOrder(intent, buyer)) names.push(name)
  return names
}

/** An order as its holder sees it, in the form of the old answers. */
export function asOldOrder(held: HeldOrder | undefined) {
  if (!held) return undefined
  const { intent, product, title, hundredths, currency, createdAt, paidAt } = held
  return { intent, product, title, hundredths, currency, createdAt, paidAt: paidAt ?? null }
}
