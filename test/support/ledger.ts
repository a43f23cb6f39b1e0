import { type Database, newId, type Span } from '../../db/index.ts'
import type { Figures } from '../../server/summaries/index.ts'

type Proof = 'webhook' | 'status' | 'free' | 'merchant'

export type Entry =
  | { act: 'offer'; product: number; currency: number }
  | { act: 'pay'; which: number; proof: Proof; waited: number }
  | { act: 'prove'; which: number }
  | { act: 'refund'; which: number }

/** A database into which rows are written as the shop's units of work do, at any instant. */
export interface Ledger {
  db: Database
  count: number
  payments: { id: string; intent: string | null; proof: Proof }[]
}

const PRODUCTS = ['article', 'other', 'download']
const CURRENCIES = ['usd', 'kin']
const QUARTER = 900_000

export function newLedger(db: Database): Ledger {
  return { db, count: 0, payments: [] }
}

const OFFER = [
  `INSERT INTO buyers (id, created_at) VALUES (@order, @now)`,
  `INSERT INTO orders (id, buyer, product, kind, title, list_hundredths, hundredths, currency, created_at)
   VALUES (@order, @order, @product, 'article', 'An article', @hundredths, @hundredths, @currency, @now)`,
]

const ADD_INTENT = `
  INSERT INTO intents (id, order_id, hundredths, currency, destination, created_at)
  VALUES (@intent, @order, @hundredths, @currency, 'd', @now)`

const PAY = `
  INSERT INTO payments (id, order_id, intent, proof, hundredths, currency, product, paid_at, event, honoured_by)
  VALUES (@payment, @order, @intent, @proof, @hundredths, @currency, @product, @now, @event, @honouredBy)`

const RECORD = `
  INSERT INTO events (digest, type, intent, jws, verdict, first_seen_at, last_seen_at, times_seen)
  VALUES (@event, 'payment', @intent, 'jws', @verdict, @now, @now, 1)`

const PROVE = `
  UPDATE payments
  SET proof = 'webhook', event = @event, hundredths = hundredths + 1, currency = 'eur'
  WHERE id = @payment`

const REFUND = `
  INSERT INTO refunds (id, payment, hundredths, refunded_at, refunded_by)
  VALUES (@refund, @payment, 1, @now, 's')`

export async function add(ledger: Ledger, entry: Entry, now: number): Promise<void> {
  ledger.count++
  switch (entry.act) {
    case 'offer':
      await ledger.db.write(OFFER, offerOf(ledger, entry, now))
      return
    case 'pay':
      return pay(ledger, entry, now)
    case 'prove':
      return prove(ledger, entry, now)
    case 'refund':
      return refund(ledger, entry, now)
  }
}

function offerOf(
  { count }: Ledger,
  { product, currency }: { product: number; currency: number },
  now: number,
) {
  return {
    order: newId(now),
    product: PRODUCTS[product] as string,
    currency: CURRENCIES[currency] as string,
    hundredths: count % 7 === 0 ? 0 : count,
    now,
  }
}

async function pay(
  ledger: Ledger,
  { which, proof, waited }: Entry & { act: 'pay' },
  now: number,
): Promise<void> {
  const offer = offerOf(ledger, { product: which % 3, currency: which % 2 }, now - waited)
  const order = { ...offer, hundredths: proof === 'free' ? 0 : ledger.count }
  const intent = proof === 'free' ? null : `intent ${ledger.count}`
  const event = proof === 'webhook' ? `${ledger.count}`.padStart(64, 'e') : null
  const honouredBy = proof === 'merchant' ? 's' : null
  const payment = newId(now)
  await ledger.db.write([...OFFER, ...(intent ? [ADD_INTENT] : [])], { ...order, intent })
  const statements = event ? [RECORD, PAY] : [PAY]
  const parameters = { ...order, intent, event, verdict: 'applied', payment, proof, honouredBy, now }
  await ledger.db.write(statements, parameters)
  ledger.payments.push({ id: payment, intent, proof })
}

const MANY = `WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < CAST(@count AS BIGINT))`
const BATCH = 500
const ADD_MANY = [
  `INSERT INTO buyers (id, created_at) VALUES (@buyer, @now)`,
  `${MANY} INSERT INTO orders (id, buyer, product, kind, title, list_hundredths, hundredths, currency, created_at)
   SELECT @buyer || '-' || n, @buyer, 'article', 'article', 'An article', 5, 5, 'usd', CAST(@now AS BIGINT) FROM numbers`,
  `${MANY} INSERT INTO intents (id, order_id, hundredths, currency, destination, created_at)
   SELECT @buyer || '-' || n, @buyer || '-' || n, 5, 'usd', 'd', CAST(@now AS BIGINT) FROM numbers`,
  `${MANY} INSERT INTO payments (id, order_id, intent, proof, hundredths, currency, product, paid_at)
   SELECT @buyer || '-' || n, @buyer || '-' || n, @buyer || '-' || n, 'webhook', 5, 'usd', 'article', CAST(@now AS BIGINT)
   FROM numbers`,
]

/** Adds many paid orders of one instant at once. */
export async function addMany({ db }: Ledger, count: number, now: number): Promise<void> {
  for (let left = count; left > 0; left -= BATCH)
    await db.write(ADD_MANY, { buyer: newId(now), count: Math.min(left, BATCH), now })
}

/** A webhook comes for what a status or the merchant has paid, and replaces the amount. */
async function prove(ledger: Ledger, { which }: { which: number }, now: number): Promise<void> {
  const provable = ledger.payments.filter(({ proof }) => proof === 'status' || proof === 'merchant')
  const payment = provable[which % Math.max(provable.length, 1)]
  if (!payment) return
  payment.proof = 'webhook'
  const event = `${ledger.count}`.padStart(64, 'e')
  const parameters = { payment: payment.id, intent: payment.intent, event, verdict: 'duplicate', now }
  await ledger.db.write([RECORD, PROVE], parameters)
}

async function refund(ledger: Ledger, { which }: { which: number }, now: number): Promise<void> {
  const payment = ledger.payments[which % Math.max(ledger.payments.length, 1)]
  if (payment && payment.proof !== 'free')
    await ledger.db.write([REFUND], { refund: newId(now), payment: payment.id, now })
}

const ALL_PAYMENTS = `
  SELECT payments.paid_at AS at, payments.currency, payments.product, payments.hundredths, payments.proof,
    payments.honoured_by, orders.created_at AS offered_at, events.verdict
  FROM payments
  JOIN orders ON orders.id = payments.order_id
  LEFT JOIN events ON events.digest = payments.event`

const ALL_REFUNDS = `
  SELECT refunds.refunded_at AS at, payments.currency, payments.product, refunds.hundredths
  FROM refunds
  JOIN payments ON payments.id = refunds.payment`

const ALL_OFFERS = `
  SELECT created_at AS at, currency, product, hundredths
  FROM orders
  WHERE hundredths > 0`

interface Counted {
  at: number
  currency: string
  product: string
  hundredths: number
  what: string
  bucket?: number
}

async function readAll({ db }: Ledger): Promise<Counted[]> {
  const [payments, refunds, offers] = await Promise.all([
    db.read(ALL_PAYMENTS, {}),
    db.read(ALL_REFUNDS, {}),
    db.read(ALL_OFFERS, {}),
  ])
  const counted = (row: Record<string, unknown>, what: string): Counted => ({
    at: Number(row.at),
    currency: String(row.currency),
    product: String(row.product),
    hundredths: Number(row.hundredths),
    what,
  })
  return [
    ...refunds.map((row) => counted(row, 'refund')),
    ...offers.map((row) => counted(row, 'offer')),
    ...payments.map((row) => ({ ...counted(row, nameOf(row)), ...bucketOf(row) })),
  ]
}

function nameOf({ proof, honoured_by, verdict }: Record<string, unknown>): string {
  if (proof !== 'webhook') return String(proof)
  if (honoured_by !== null) return 'merchant-webhook'
  return verdict === 'duplicate' ? 'status-webhook' : 'webhook'
}

function bucketOf({ proof, honoured_by, at, offered_at }: Record<string, unknown>): { bucket?: number } {
  if (proof === 'free' || honoured_by !== null) return {}
  const wait = Number(at) - Number(offered_at)
  return { bucket: wait <= 100 ? 0 : Math.floor(Math.log(wait / 100) / Math.log(1.1)) }
}

/** What the rows themselves say of each of these days. */
export async function sumDirectly(ledger: Ledger, days: readonly Span[]): Promise<Figures[]> {
  const rows = await readAll(ledger)
  return days.map(({ fromQuarter, toQuarter }) =>
    sumOf(rows.filter(({ at }) => at >= fromQuarter * QUARTER && at < toQuarter * QUARTER)),
  )
}

function sumOf(rows: readonly Counted[]): Figures {
  const sums = new Map<string, Figures['sums'][number]>()
  const waits = new Map<number, number>()
  for (const { currency, what, hundredths, bucket } of rows) {
    const key = `${currency} ${what}`
    const sum = sums.get(key) ?? { currency, what: what as never, times: 0, hundredths: 0 }
    sums.set(key, { ...sum, times: sum.times + 1, hundredths: sum.hundredths + hundredths })
    if (bucket !== undefined) waits.set(bucket, (waits.get(bucket) ?? 0) + 1)
  }
  return { sums: [...sums.values()], waits }
}

/** What each product has brought, as sorted JSON. */
export async function revenueDirectly(ledger: Ledger): Promise<string[]> {
  const rows = (await readAll(ledger)).filter(({ what }) => what !== 'offer')
  const keys = [...new Set(rows.map(({ product, currency }) => `${product} ${currency}`))]
  const all = keys.map((key) => {
    const own = rows.filter(({ product, currency }) => `${product} ${currency}` === key)
    const [product, currency] = key.split(' ')
    const amountOf = (counted: Counted[]) => counted.reduce((sum, { hundredths }) => sum + hundredths, 0)
    const refunded = amountOf(own.filter(({ what }) => what === 'refund'))
    const free = own.filter(({ what }) => what === 'free').length
    const paid = own.filter(({ what }) => what !== 'refund' && what !== 'free')
    return { product, currency, sold: paid.length, free, revenue: amountOf(paid) - refunded, refunded }
  })
  return all.map((revenue) => JSON.stringify(revenue)).sort()
}
