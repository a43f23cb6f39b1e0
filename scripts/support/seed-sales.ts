import { createHash } from 'node:crypto'
import {
  type Database,
  ensureBuyer,
  type NewOrder,
  newId,
  recordOffer,
  recordRefund,
  redeem,
  settleByEvent,
  settleByStatus,
  storeOrder,
} from '../../db/index.ts'
import { article } from '../../server/catalog/kinds/article.ts'
import { download } from '../../server/catalog/kinds/download.ts'
import { dayOf } from '../../server/local-days.ts'
import { HOUR_MS, MINUTE_MS, SECOND_MS } from '../../server/time.ts'
import { aSequencerKey, claimsOf, signed } from './tokens.ts'

const DAYS = 30
const PRODUCTS = [
  { slug: 'how-this-shop-works', title: 'How this shop works', hundredths: 25, kind: article.name },
  {
    slug: 'seven-rules-for-payment-webhooks',
    title: 'Seven rules for payment webhooks',
    hundredths: 10,
    kind: article.name,
  },
  {
    slug: 'webhook-test-cases',
    title: 'Forty test cases for a payment webhook',
    hundredths: 5,
    kind: download.name,
  },
] as const

type Product = (typeof PRODUCTS)[number]

interface Sales {
  db: Database
  destination: string
  key: ReturnType<typeof aSequencerKey>
  /** Numbers from 0 to 1, the same in each run */
  random(): number
}

/** What is to be seen of a shop's sales: an order with much to tell, and the digest of an event that doesn't match its order. */
interface Sights {
  story: string
  mismatched: string
}

/** Sells for a month before `now`, for screenshots. */
export async function seedSales(db: Database, destination: string, now: number): Promise<Sights> {
  const sales = { db, destination, key: aSequencerKey(), random: randomFrom(7) }
  for (let day = DAYS; day > 0; day--) await seedDay(sales, now - day * 24 * HOUR_MS, day)
  return seedStory(sales, now - 3 * HOUR_MS)
}

async function seedDay(sales: Sales, startedAt: number, day: number): Promise<void> {
  const count = 2 + Math.floor(sales.random() * 5) + (day < 12 ? 3 : 0)
  for (let number = 0; number < count; number++) {
    const at = startedAt + Math.floor(sales.random() * 20 * HOUR_MS)
    const { order } = await sell(
      sales,
      PRODUCTS[Math.floor(sales.random() * PRODUCTS.length)] ?? PRODUCTS[0],
      at,
    )
    await settle(sales, order, at)
  }
}

/** Most are paid within seconds, some are found by polling, and some are left open. */
async function settle(sales: Sales, order: NewOrder, at: number): Promise<void> {
  const chance = sales.random()
  const waitMs = 4 * SECOND_MS + Math.floor(sales.random() ** 3 * 90 * SECOND_MS)
  if (chance < 0.75) await deliver(sales, order, at + waitMs)
  else if (chance < 0.8) await settleByStatus(sales.db, order.intent, inUtc(at + 30 * SECOND_MS))
}

/** An order that was paid, redeemed on a phone, and refunded in part; and one that was paid with another amount. */
async function seedStory(sales: Sales, at: number): Promise<Sights> {
  const { order, codeHash } = await sell(sales, PRODUCTS[0], at)
  await deliver(sales, order, at + 11_400)
  const phone = await ensureBuyer(sales.db, sha256(`phone of ${order.id}`), at + 15_000)
  const request = { id: order.id, codeHash, walletLifeMs: 24 * HOUR_MS, now: at + 15_000 }
  await redeem(sales.db, { ...request, buyer: phone })
  await refundPart(sales, order, at + 95 * MINUTE_MS)
  const { order: other } = await sell(sales, PRODUCTS[1], at + 2 * HOUR_MS)
  const mismatched = await deliver(sales, other, at + 2 * HOUR_MS + 6_000, { amount: 0.01 })
  return { story: order.id, mismatched }
}

async function sell({ db, destination }: Sales, product: Product, now: number) {
  const id = newId(now)
  const intent = base58Like(id)
  const order: NewOrder = {
    id,
    buyer: await ensureBuyer(db, sha256(id), now),
    product: product.slug,
    kind: product.kind,
    title: product.title,
    listHundredths: product.hundredths,
    hundredths: product.hundredths,
    currency: 'usd',
    taxRate: 0,
    taxHundredths: 0,
    taxLabel: null,
    coupon: null,
    grants: [{ scope: `product:${product.slug}`, days: null, calls: null }],
    onlyOnce: null,
    intent,
    clientSecret: `secret of ${id}`,
    destination,
    fees: '',
  }
  await storeOrder(db, order, undefined, { ...inUtc(now), nextPollAt: now + 30 * SECOND_MS })
  const codeHash = sha256(`code of ${id}`)
  const offer = {
    order: id,
    intent,
    buyer: order.buyer,
    product: product.slug,
    sentAt: now + 40,
    isOurs: true,
    webhookUrl: 'https://shop.example.org/webhook',
    registration: 'ok',
    codeHash,
    holdersAllowed: 3,
    step: undefined,
  }
  await recordOffer(db, offer, { now: now + 310, nextPollAt: now + 30 * SECOND_MS })
  return { order, codeHash }
}

async function deliver(
  { db, destination, key }: Sales,
  order: NewOrder,
  now: number,
  changes = {},
): Promise<string> {
  const { intent: id, hundredths: amount, currency } = order
  const claims = { ...claimsOf({ id, amount, currency, destination }), ...changes }
  const jws = signed(claims, key.privateKey)
  const event = {
    digest: sha256(jws),
    jws,
    type: 'payment' as const,
    intent: id,
    currency,
    hundredths: Math.round(claims.amount * 100),
    destination,
    fees: '',
    state: claims.state,
    quarks: claims.quarks,
    exchangeRate: claims.exchangeRate,
    user: null,
  }
  const arrival = {
    ...inUtc(now),
    times: 1,
    former: null,
    ourDestination: destination,
    kept: 1_000,
    forgotten: 100,
  }
  await settleByEvent(db, event, arrival)
  return event.digest
}

async function refundPart({ db }: Sales, { id, currency }: NewOrder, now: number): Promise<void> {
  const [payment] = await db.read('SELECT id FROM payments WHERE order_id = @id', { id })
  const refund = {
    payment: String(payment?.id),
    hundredths: 10,
    refundedBefore: 0,
    sentTo: 'the wallet that it came from',
    proof: undefined,
    note: 'Read half of it',
    endsAccess: undefined,
  }
  const action = {
    what: 'refund-recorded',
    subject: id,
    session: newId(now),
    after: { hundredths: 10, currency },
  }
  await recordRefund(db, refund, action, inUtc(now))
}

function inUtc(now: number) {
  return { now, today: dayOf(now, 'UTC') }
}

/** An id that looks like an intent's. */
function base58Like(seed: string): string {
  return createHash('sha256')
    .update(seed)
    .digest('base64')
    .replace(/[^1-9A-HJ-NP-Za-km-z]/g, 'x')
    .slice(0, 43)
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

/** A generator of pseudo-random numbers from 0 to 1 (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
