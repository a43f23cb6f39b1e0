import { createHash, randomUUID } from 'node:crypto'
import * as queries from '../../db/index.ts'
import {
  type Database,
  type NewOrder,
  type OpenOrder,
  openDatabase,
  type VerifiedEvent,
} from '../../db/index.ts'
import { WALLET_HOLDERS, WALLET_LIFE_MS } from '../../server/access/redemption.ts'
import { dayOf } from '../../server/local-days.ts'
import { FIRST_POLL_MS, POLL_STAGES } from '../../server/orders/poll.ts'
import { ROUND_MS } from '../../server/orders/poll-budget.ts'
import { EVENT_LIMITS } from '../../server/orders/settle.ts'
import { sqlite } from './engines.ts'
import { later } from './workplace.ts'

export const NOW = Date.UTC(2026, 0, 1)
export const DESTINATION = 'E8otxw1CVX9bfyddKu3ZB3BVLa4VVF9J7CTPdnUwT9jR'
/** Where the shop is paid now; orders were offered with another destination, and are honoured. */
export const OUR_DESTINATION = 'codeHy87wGD5oMRLG75qKqsSi1vWE3oxNyYmXo5F9YR'

/** An instant, and its day in a shop whose zone is UTC. */
export const at = (now: number) => ({ now, today: dayOf(now, 'UTC') })

type Arrival = Parameters<typeof queries.settleByEvent>[2]

export type TestDatabase = Awaited<ReturnType<typeof aDatabase>>
export type AskedDatabase = ReturnType<typeof asShopAsks>

/** A database of the test's own, with the shop's tables and nothing in them. */
export async function aDatabase(engine = sqlite, options: { alerts?: boolean } = {}) {
  const url = await engine.aMigratedDatabase()
  const instance = await anInstance(url, options)
  return {
    ...instance,
    url,
    async close() {
      await engine.disconnect(url)
      await instance.close()
    },
    /** SQLite's file */
    path: url.replace(/^sqlite:/, ''),
    query: (sql: string) => engine.query(url, sql),
  }
}

/** The database at this URL as one more instance of the shop has it. */
export async function anInstance(url: string, options: { alerts?: boolean } = {}): Promise<AskedDatabase> {
  const db = await openDatabase({ url, mode: 'sandbox', ...options })
  later(() => db.close())
  return asShopAsks(db)
}

/** Every query with the shop's own policies: how often it polls, how long a code lasts, what it keeps. */
export function asShopAsks(db: Database) {
  const moment = (now: number) => ({ ...at(now), nextPollAt: now + FIRST_POLL_MS })
  const redemption = (id: string, codeHash: string, now: number) => ({
    id,
    codeHash,
    now,
    walletLifeMs: WALLET_LIFE_MS,
  })
  const browsers = new Map<string, string>()
  const settle = (event: VerifiedEvent, now: number, changes: Partial<Arrival> = {}) => {
    const first = { ...at(now), times: 1, former: null }
    const arrival = { ...first, ourDestination: OUR_DESTINATION, ...EVENT_LIMITS, ...changes }
    return queries.settleByEvent(db, event, arrival)
  }

  return {
    db,
    close: () => db.close(),
    ping: (now: number) => queries.ping(db, now),
    findBuyer: (secretHash: string) => queries.findBuyer(db, secretHash),
    async ensureBuyer(secretHash: string, now: number) {
      const buyer = await queries.ensureBuyer(db, secretHash, now)
      browsers.set(buyer, secretHash)
      return buyer
    },
    placeOrder: (order: NewOrder, replaced: string | undefined, now: number) =>
      queries.storeOrder(db, order, replaced, moment(now)),
    findOpenOrder: (buyer: string, product: string) => queries.findOpenOrder(db, buyer, product),
    replaceIntent: (order: OpenOrder, intent: string, now: number) =>
      queries.replaceIntent(db, order, { intent, clientSecret: `secret of ${intent}` }, moment(now)),
    confirmOrder: (
      { id, intent, buyer, product }: OpenOrder,
      codeHash: string,
      isOurs: boolean,
      now: number,
      reservedUntil?: number,
    ) =>
      queries.recordOffer(
        db,
        {
          order: id,
          intent,
          buyer,
          product,
          sentAt: now,
          isOurs,
          webhookUrl: 'https://shop.example.org/webhook',
          registration: 'ok',
          codeHash,
          holdersAllowed: WALLET_HOLDERS,
          reservedUntil,
          step: undefined,
        },
        moment(now),
      ),
    findUnpaidOrders: (buyer: string, product: string, limit: number) =>
      queries.findUnpaidIntents(db, { buyer, product }, limit),
    claimDuePolls: (now: number, limit: number) =>
      queries.claimDuePolls(db, { now, limit, roundMs: ROUND_MS, stages: POLL_STAGES }),
    bringMisdatedForward: (now: number, after: number, limit: number) =>
      queries.bringMisdatedForward(db, { now, after, limit, stages: POLL_STAGES }),
    bringPollsForward: (now: number, withinMs: number, limit: number) =>
      queries.bringPollsForward(db, { now, withinMs, limit }),
    settle,
    settleByEvent: async (event: VerifiedEvent, isTest: boolean, now: number) =>
      (await settle(isTest ? { ...event, type: 'test' } : event, now)).verdict,
    /** True if that paid just now */
    settleByStatus: async (intent: string, now: number) =>
      (await queries.settleByStatus(db, intent, at(now))).settlement !== undefined,
    isPaid: (intent: string) => isPaid(db, intent),
    holdsEntitlement: (buyer: string, product: string, now: number) =>
      queries.holdsEntitlement(db, buyer, `product:${product}`, at(now).today),
    /** By a browser of the buyer's: the one that was seen last, or one that is in the database */
    async findPurchase(buyer: string, product: string, now: number) {
      const browser = browsers.get(buyer) ?? (await findBrowser(db, buyer))
      return queries.findPurchase(db, browser, [`product:${product}`], at(now).today)
    },
    findPurchases: (buyer: string, limit: number, after?: { paidAt: number; order: string }) =>
      queries.findPurchases(db, buyer, limit, after),
    findHeldOrder: (id: string, buyer: string) => queries.findHeldOrder(db, id, buyer),
    /** As a stranger */
    findRedemption: async (id: string, codeHash: string, now: number) =>
      (await queries.findRedemption(db, { ...redemption(id, codeHash, now), buyer: undefined })).redemption,
    redeem: (id: string, codeHash: string, buyer: string, now: number) =>
      queries.redeem(db, { ...redemption(id, codeHash, now), buyer }),
  }
}

async function findBrowser(db: Database, buyer: string): Promise<string> {
  const [session] = await db.read('SELECT secret_hash FROM sessions WHERE buyer = @buyer LIMIT 1', { buyer })
  return String(session?.secret_hash)
}

/** Tells whether this intent has paid. */
export async function isPaid(db: Database, intent: string): Promise<boolean> {
  const rows = await db.read('SELECT 1 AS paid FROM payments WHERE intent = @intent', { intent })
  return rows.length > 0
}

export const hashOf = (text: string) => createHash('sha256').update(text).digest('hex')

/** A buyer in a browser of their own. */
export function aBuyer(db: AskedDatabase): Promise<string> {
  return db.ensureBuyer(hashOf(randomUUID()), NOW)
}

export function aNewOrder(changes: Partial<NewOrder> & { buyer: string }): NewOrder {
  const intent = changes.intent ?? `intent-${randomUUID()}`
  const product = changes.product ?? 'article'
  return {
    id: queries.newId(NOW),
    intent,
    product,
    kind: 'article',
    title: 'An article',
    listHundredths: 25,
    hundredths: 25,
    currency: 'usd',
    taxRate: 0,
    taxHundredths: 0,
    taxLabel: null,
    coupon: null,
    fees: '',
    grants: [{ scope: `product:${product}`, days: null, calls: null }],
    onlyOnce: `product:${product}`,
    destination: DESTINATION,
    clientSecret: `secret of ${intent}`,
    ...changes,
  }
}

/** Places the order, in place of the one with the intent `replaced`. Throws if the buyer has the product already. */
export async function placeOrder(
  db: AskedDatabase,
  order: NewOrder,
  replaced?: string,
  now = NOW,
): Promise<OpenOrder> {
  const placed = await db.placeOrder(order, replaced, now)
  if (!placed) throw new Error('the buyer has it already')
  return placed
}

/** The event that pays this order, unless it is changed. */
export function anEvent(order: { intent: string }, changes: Partial<VerifiedEvent> = {}): VerifiedEvent {
  const event = {
    type: 'payment' as const,
    intent: order.intent,
    currency: 'usd',
    hundredths: 25,
    destination: DESTINATION,
    fees: '',
    state: 'SUBMITTED',
    quarks: 2_799_600_000,
    exchangeRate: 0.00000893,
    user: null,
    ...changes,
  }
  const jws = changes.jws ?? JSON.stringify(event)
  return { ...event, jws, digest: hashOf(jws) }
}
