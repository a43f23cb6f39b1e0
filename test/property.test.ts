import { expect, test } from '@jest/globals'
import Sqlite from 'better-sqlite3'
import fc from 'fast-check'
import supertest from 'supertest'
import { answer500, loseAnswer, onCall } from './support/faults.ts'
import { aShop, codeOf, type Fault, type Offer, type TestShop } from './support/shop.ts'

// Anything may happen in any order: orders, payments, rejections, lost and doubled webhooks, lost answers, redemptions,
// restarts, hours that pass. Whatever it was, an order is paid if and only if the sequencer says so, and each
// holder of a paid order has exactly one entitlement from it.

const SEED = Number(process.env.SEED ?? Date.now() % 2 ** 31)
const RUNS = Number(process.env.RUNS ?? 30)
const BUYERS = 3
const PRODUCTS = ['article', 'other', 'download']
const HOUR = 3_600_000

const buyer = fc.nat(BUYERS - 1)
const product = fc.constantFrom(...PRODUCTS)
const which = fc.nat(20)
const step = fc.oneof(
  { weight: 5, arbitrary: fc.record({ act: fc.constant('order' as const), buyer, product }) },
  { weight: 3, arbitrary: fc.record({ act: fc.constant('buy' as const), buyer, product }) },
  { weight: 4, arbitrary: fc.record({ act: fc.constant('approve' as const), which }) },
  { weight: 1, arbitrary: fc.record({ act: fc.constant('reject' as const), which }) },
  {
    weight: 4,
    arbitrary: fc.record({
      act: fc.constant('deliver' as const),
      how: fc.constantFrom('once' as const, 'twice' as const, 'lost' as const, 'unanswered' as const),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      act: fc.constant('loseAnswers' as const),
      buyer,
      product,
      call: fc.constantFrom('sendMessage', 'registerWebhook', 'getStatus'),
    }),
  },
  { weight: 5, arbitrary: fc.record({ act: fc.constant('redeem' as const), buyer, which }) },
  { weight: 2, arbitrary: fc.record({ act: fc.constant('look' as const), buyer, which }) },
  { weight: 1, arbitrary: fc.record({ act: fc.constant('restart' as const) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      act: fc.constant('wait' as const),
      ms: fc.constantFrom(1_000, 31_000, HOUR, 25 * HOUR),
    }),
  },
)
type Browser = ReturnType<TestShop['browser']>
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never

test(`whatever happens, paid is what the sequencer calls paid, once (SEED=${SEED} RUNS=${RUNS})`, async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { minLength: 5, maxLength: 40 }),
      fc.boolean(),
      async (steps, webhooksReturn) => {
        const shop = await aShop()
        const browsers = Array.from({ length: BUYERS }, () => shop.browser())
        const offers: Offer[] = []
        for (const next of steps) {
          await take(next, { shop, browsers, offers })
          assertConsistent(shop, await approvedIntents(shop))
        }
        await settleDown(shop, webhooksReturn)
        const approved = await approvedIntents(shop)
        assertConsistent(shop, approved)
        expect(new Set(column(shop, 'SELECT intent FROM payments'))).toEqual(approved)
      },
    ),
    { seed: SEED, numRuns: RUNS },
  )
}, 300_000)

interface World {
  shop: TestShop
  browsers: Browser[]
  offers: Offer[]
}

async function take(next: Step, { shop, browsers, offers }: World): Promise<void> {
  const browser = browsers['buyer' in next ? next.buyer : 0] as Browser
  const offer = 'which' in next ? offers[next.which % Math.max(offers.length, 1)] : undefined
  switch (next.act) {
    case 'order':
      return order(browser, next.product, offers)
    case 'buy':
      await order(browser, next.product, offers)
      await decide(shop, 'approve', offers.at(-1))
      return deliver(shop, 'once')
    case 'loseAnswers':
      shop.disturb(onCall(next.call, loseAnswer, shop.sequencerUrl))
      await order(browser, next.product, offers)
      return shop.disturb(undefined)
    case 'approve':
    case 'reject':
      return decide(shop, next.act, offer)
    case 'deliver':
      return deliver(shop, next.how)
    case 'redeem':
      return redeem(browser, offer)
    case 'look':
      return look(browser, offer)
    case 'restart':
      return shop.restart()
    case 'wait':
      shop.clock.advance(next.ms)
      return shop.pollDue()
  }
}

async function order(browser: Browser, slug: string, offers: Offer[]): Promise<void> {
  const { status, body } = await anyAnswer(browser.post('/create-intent').send({ product: slug }))
  expect([200, 409, 502, 503]).toContain(status)
  if (status === 200) offers.push(body)
}

async function decide(
  shop: TestShop,
  decision: 'approve' | 'reject',
  offer: Offer | undefined,
): Promise<void> {
  if (offer) await anyAnswer(supertest(shop.sequencerUrl).post(`/wallet/requests/${offer.id}/${decision}`))
}

async function redeem(browser: Browser, offer: Offer | undefined): Promise<void> {
  if (!offer) return
  const { status } = await anyAnswer(
    browser.post('/redemptions').send({ intent: offer.id, code: codeOf(offer) }),
  )
  expect([303, 410]).toContain(status)
}

async function look(browser: Browser, offer: Offer | undefined): Promise<void> {
  if (!offer) return
  const { status } = await anyAnswer(browser.get(`/intents/${offer.id}`))
  expect([200, 404]).toContain(status)
}

const anyAnswer = (request: supertest.Test) => request.ok(() => true)

async function deliver(shop: TestShop, how: 'once' | 'twice' | 'lost' | 'unanswered'): Promise<void> {
  if (how === 'lost') shop.disturbWebhooks((_req, res) => answer500({ res }))
  if (how === 'unanswered') shop.disturbWebhooks(loseWebhookAnswer)
  await shop.sandbox.deliverDue()
  shop.disturbWebhooks(undefined)
  if (how === 'twice') {
    shop.clock.advance(1_000)
    await shop.sandbox.deliverDue()
  }
}

/** The shop has done everything, and the sequencer never hears of it. */
const loseWebhookAnswer: Fault = (_req, res, pass) => {
  res.end = () => res.destroy()
  pass()
}

/** Days pass, and the messengers work again; or the webhook never does. */
async function settleDown(shop: TestShop, webhooksReturn: boolean): Promise<void> {
  for (let round = 0; round < 3; round++) {
    shop.clock.advance(25 * HOUR)
    if (webhooksReturn) await shop.sandbox.deliverDue()
    await shop.pollDue()
  }
}

async function approvedIntents(shop: TestShop): Promise<Set<string>> {
  const { body } = await supertest(shop.sequencerUrl).get('/wallet/requests').expect(200)
  return new Set(
    (body as { intent: string; state: string }[])
      .filter(({ state }) => state === 'approved')
      .map(({ intent }) => intent),
  )
}

/** Holds at any moment, whatever was lost so far. */
function assertConsistent(shop: TestShop, approved: Set<string>): void {
  for (const intent of column(shop, 'SELECT intent FROM payments')) expect(approved).toContain(intent)
  const unfounded = `SELECT COUNT(*) FROM entitlements LEFT JOIN payments USING (order_id) LEFT JOIN holders USING (order_id, buyer)
    WHERE payments.order_id IS NULL OR holders.order_id IS NULL`
  expect(column(shop, unfounded)).toEqual([0])
  const perHolder = `SELECT COUNT(entitlements.order_id) FROM payments JOIN holders USING (order_id)
    LEFT JOIN entitlements USING (order_id, buyer) GROUP BY payments.intent, holders.buyer`
  for (const rights of column(shop, perHolder)) expect(rights).toBe(1)
}

function column(shop: TestShop, sql: string): unknown[] {
  const file = new Sqlite(shop.databaseFile, { readonly: true })
  try {
    return file.prepare(sql).pluck().all()
  } finally {
    file.close()
  }
}
