import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import supertest from 'supertest'
import {
  findBuyer,
  holdsEntitlement,
  honourOrder,
  issueLink,
  recordRefund,
  restoreAccess,
  revokeAccess,
} from '../db/index.ts'
import { rightNow } from '../server/local-days.ts'
import {
  aStoryOfCalls,
  asAllowance,
  assertCalls,
  CALLS_FILE,
  type Caller,
  type CallStory,
  callAndDie,
  callAndExpect,
} from './support/call-story.ts'
import type { CouponModel } from './support/coupon-model.ts'
import { aStoryOfCoupon, assertUses, COUPON, COUPON_FILE, isUsable } from './support/coupon-story.ts'
import { hashOf } from './support/database.ts'
import { answer500, loseAnswer, onCall } from './support/faults.ts'
import { column, rows } from './support/file-rows.ts'
import { fuzzing } from './support/fuzz.ts'
import { killDuring } from './support/kill-during.ts'
import {
  aModelOfPasses,
  type Facts,
  isOpenByPass,
  type Pass,
  type PassModel,
  payPass,
  restorePass,
  revokePass,
  windowsOf,
} from './support/pass-model.ts'
import { aCatalogWithPasses, PASSES } from './support/passes.ts'
import { aShop, codeOf, type Fault, type Offer, type TestShop } from './support/shop.ts'

// Anything may happen in any order: orders with a coupon and without, payments, rejections, lost and doubled webhooks, lost
// answers, redemptions, calls of the API that the shop may fail to answer, refunds, revocations and links of the merchant, orders
// honoured by hand, restarts, hours and weeks that pass, a clock that is set back; and the process may be killed in the middle of
// an order, a payment or a call. Whatever it was, an order is paid if and only if the sequencer or the merchant says so; nobody is
// offered what they have paid; each
// holder of a paid order has exactly one entitlement from it, and access if and only if nothing has ended that since the order's
// last payment; each pass has the days that follow from what happened to it; each call is counted once, and none is that the shop
// failed; uses of the coupon are reserved, taken and left as its limit says; what came in is what the payments say, less what
// went back; and the merchant is told of each of them once.

const { SEED, RUNS, run, TIMEOUT_MS } = fuzzing({ runs: 30, timeoutMs: 300_000 })
const BUYERS = 4 // at one address, where a coupon can be reserved for three
const GOODS = ['rye', 'soup', 'table']
const PRODUCTS = [...GOODS, ...PASSES, 'calls', 'calls']
const HOUR = 3_600_000
const DAY = 24 * HOUR
const TYPED = { hundredths: 20, currency: 'usd' } // what the merchant says that came

const NEVER_SENT = {
  url: 'https://hooks.example.org/',
  secret: `whsec_${'A'.repeat(43)}=`,
  allowPrivate: false,
}

const buyer = fc.nat(BUYERS - 1)
const product = fc.constantFrom(...PRODUCTS)
const which = fc.nat(20)
const hasCoupon = fc.boolean()
const name = fc.option(fc.constantFrom('one', 'two'))
const kill = fc.record({
  unit: fc.nat(2),
  after: fc.oneof(fc.nat(6), fc.constant('commit' as const)),
})
const step = fc.oneof(
  { weight: 5, arbitrary: fc.record({ act: fc.constant('order' as const), buyer, product, hasCoupon }) },
  { weight: 4, arbitrary: fc.record({ act: fc.constant('buy' as const), buyer, product, hasCoupon }) },
  {
    weight: 2,
    arbitrary: fc.record({ act: fc.constant('goBack' as const), buyer, other: buyer, product, hasCoupon }),
  },
  {
    weight: 5,
    arbitrary: fc.record({ act: fc.constant('call' as const), buyer, name, isBroken: fc.boolean() }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ act: fc.constant('dieOrdering' as const), buyer, product, hasCoupon, kill }),
  },
  { weight: 1, arbitrary: fc.record({ act: fc.constant('dieSettling' as const), which, kill }) },
  {
    weight: 1,
    arbitrary: fc.record({
      act: fc.constant('dieCalling' as const),
      buyer,
      name,
      isBroken: fc.boolean(),
      kill,
    }),
  },
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
      hasCoupon,
      call: fc.constantFrom('sendMessage', 'registerWebhook', 'getStatus'),
    }),
  },
  { weight: 5, arbitrary: fc.record({ act: fc.constant('redeem' as const), buyer, which }) },
  { weight: 2, arbitrary: fc.record({ act: fc.constant('look' as const), buyer, which }) },
  {
    weight: 2,
    arbitrary: fc.record({
      act: fc.constant('refund' as const),
      which,
      hundredths: fc.constantFrom(1, 10, 25, 1_000),
      endsAccess: fc.boolean(),
    }),
  },
  { weight: 2, arbitrary: fc.record({ act: fc.constant('revoke' as const), which, of: fc.option(buyer) }) },
  { weight: 2, arbitrary: fc.record({ act: fc.constant('restore' as const), which }) },
  { weight: 1, arbitrary: fc.record({ act: fc.constant('honour' as const), which }) },
  {
    weight: 2,
    arbitrary: fc.record({ act: fc.constant('link' as const), buyer, which, isForAll: fc.boolean() }),
  },
  { weight: 1, arbitrary: fc.record({ act: fc.constant('restart' as const) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      act: fc.constant('wait' as const),
      ms: fc.constantFrom(1_000, 31_000, HOUR, 25 * HOUR, 6 * DAY, 20 * DAY, -DAY),
    }),
  },
)
type Browser = ReturnType<TestShop['browser']>
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never

test(
  `whatever happens, paid is what the sequencer calls paid, once (SEED=${SEED} RUNS=${RUNS})`,
  async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { minLength: 5, maxLength: 40 }),
        fc.boolean(),
        async (steps, webhooksReturn) => {
          const world = await aWorld()
          const { shop } = world
          for (const next of steps) {
            await take(next, world)
            await assertConsistent(world)
          }
          await settleDown(world, webhooksReturn)
          const paid = await assertConsistent(world)
          expect(new Set(column(shop, 'SELECT intent FROM payments'))).toEqual(paid)
        },
      ),
      run,
    )
  },
  TIMEOUT_MS,
)

interface World {
  shop: TestShop
  browsers: Browser[]
  offers: Offer[]
  desk: Desk
  passes: PassModel
  coupon: CouponModel
  /** The orders and payments that `coupon` knows */
  withCoupon: Set<string>
  calls: CallStory
}

/** What the merchant has done, and what must follow from it. */
interface Desk {
  honoured: Set<string>
  /** By payment */
  refunded: Map<string, number>
  revocations: { id: string; order: string; buyer: string | null; isOver: boolean }[]
  paymentsSeen: Set<string>
}

const aDesk = (): Desk => ({
  honoured: new Set(),
  refunded: new Map(),
  revocations: [],
  paymentsSeen: new Set(),
})

async function aWorld(): Promise<World> {
  const catalogFolder = aCatalogWithPasses()
  writeFileSync(join(catalogFolder, 'calls.md'), CALLS_FILE)
  writeFileSync(join(catalogFolder, 'coupons.yaml'), COUPON_FILE)
  const shop = await aShop({ catalogFolder, config: { alerts: NEVER_SENT } })
  return {
    shop,
    browsers: Array.from({ length: BUYERS }, () => shop.browser()),
    offers: [],
    desk: aDesk(),
    passes: aModelOfPasses(),
    coupon: aStoryOfCoupon(),
    withCoupon: new Set(),
    calls: aStoryOfCalls(),
  }
}

async function take(next: Step, world: World): Promise<void> {
  const { shop, browsers, offers } = world
  const browser = browsers['buyer' in next ? next.buyer : 0] as Browser
  const offer = 'which' in next ? offers[next.which % Math.max(offers.length, 1)] : undefined
  switch (next.act) {
    case 'order':
      return orderOnce(world, browser, next)
    case 'buy':
      await orderOnce(world, browser, next)
      await decide(shop, 'approve', offers.at(-1))
      return deliver(shop, 'once')
    case 'goBack':
      return goBack(world, browser, next)
    case 'call':
      return callAndExpect(world.calls, shop, await asCaller(world, browser), next)
    case 'dieOrdering':
      return killDuring(shop, next.kill, () => order(world, browser, next))
    case 'dieSettling':
      await decide(shop, 'approve', offer)
      return killDuring(shop, next.kill, () => deliver(shop, 'once'))
    case 'dieCalling': {
      const dying = (work: () => Promise<void>) => killDuring(shop, next.kill, work)
      const caller = await asCaller(world, browser)
      return callAndDie(world.calls, shop, { caller, step: next, kill: dying })
    }
    case 'loseAnswers':
      shop.disturb(onCall(next.call, loseAnswer, shop.sequencerUrl))
      await order(world, browser, next)
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
    case 'refund':
    case 'revoke':
    case 'restore':
    case 'honour':
    case 'link':
      return offer && actAtDesk(next, world, { browser, offer })
    case 'restart':
      return shop.restart()
    case 'wait':
      shop.clock.advance(next.ms)
      return shop.pollDue()
  }
}

async function order(
  { shop, offers, coupon, withCoupon }: World,
  browser: Browser,
  { product, hasCoupon }: { product: string; hasCoupon: boolean },
): Promise<void> {
  await assertUses(coupon, shop, withCoupon) // one step may order several times
  const buyer = await buyerOf(shop, browser)
  const isRefused = hasCoupon && !isUsable(coupon, shop, buyer, product)
  const wanted = { product, ...(hasCoupon && { coupon: COUPON }) }
  const { status, body } = await anyAnswer(browser.post('/create-intent').send(wanted))
  // The shop says that the buyer has the product before it looks at the coupon.
  expect(isRefused ? [409, 422] : [200, 409, 502, 503]).toContain(status)
  if (isRefused && status === 409) expect(body.type).toBe('/problems/already-yours')
  if (status === 200) offers.push(body)
}

/** Code answers, so nobody is offered what they have paid, as far as the newest orders tell which they hold. */
async function orderOnce(
  world: World,
  browser: Browser,
  wanted: { product: string; hasCoupon: boolean },
): Promise<void> {
  const { shop, offers } = world
  const offered = offers.length
  await order(world, browser, wanted)
  if (offers.length === offered) return
  const newest = `SELECT intents.id FROM holders JOIN orders ON orders.id = holders.order_id
    JOIN intents ON intents.order_id = orders.id
    WHERE holders.buyer = ? AND orders.product = ? AND confirmed_at IS NOT NULL
      AND NOT EXISTS (SELECT 1 FROM payments WHERE payments.intent = intents.id)
    ORDER BY orders.created_at DESC, intents.created_at DESC LIMIT 5`
  const approved = await approvedIntents(shop)
  const unpaid = column(shop, newest, await buyerOf(shop, browser), wanted.product)
  expect(unpaid.filter((intent) => approved.has(String(intent)))).toEqual([])
}

/** An order is paid, of which the shop hasn't heard, after another one at other terms; that is ordered again, or by who redeemed it. */
async function goBack(
  world: World,
  browser: Browser,
  { product, hasCoupon, other }: Extract<Step, { act: 'goBack' }>,
): Promise<void> {
  const { shop, browsers, offers } = world
  const offered = offers.length
  await order(world, browser, { product, hasCoupon })
  if (offers.length === offered) return
  const first = offers.at(-1)
  await order(world, browser, { product, hasCoupon: !hasCoupon })
  await redeem(browsers[other] as Browser, first)
  await decide(shop, 'approve', first)
  await orderOnce(world, browsers[other] as Browser, { product, hasCoupon: !hasCoupon })
}

const COOKIES_OF_SHOP = { domain: '127.0.0.1', path: '/', secure: false, script: false }

/** Empty for a browser that hasn't ordered yet. */
async function buyerOf({ db }: TestShop, { jar }: Browser): Promise<string> {
  const secret = jar.getCookie('buyer-kept', COOKIES_OF_SHOP)?.value
  return (secret && (await findBuyer(db, hashOf(secret)))) ?? ''
}

async function asCaller(world: World, browser: Browser): Promise<Caller> {
  const buyer = await buyerOf(world.shop, browser)
  return { buyer, browser, allowances: openOrders(world, buyer, 'calls').map(asAllowance) }
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

type DeskStep = Extract<Step, { act: 'refund' | 'revoke' | 'restore' | 'honour' | 'link' }>

async function actAtDesk(
  next: DeskStep,
  world: World,
  { browser, offer }: { browser: Browser; offer: Offer },
): Promise<void> {
  const order = String(column(world.shop, 'SELECT order_id FROM intents WHERE id = ?', offer.id)[0])
  const action = { what: next.act, subject: order, session: 'the desk' }
  switch (next.act) {
    case 'refund':
      return refund(world, next, { order, action })
    case 'revoke':
      return revoke(world, next.of, { order, action })
    case 'restore':
      return restore(world, { order, action })
    case 'honour':
      return honour(world, offer.id, { order, action })
    case 'link':
      return useLink(world.shop, browser, { isForAll: next.isForAll, order, action })
  }
}

interface About {
  order: string
  action: { what: string; subject: string; session: string }
}

async function refund(
  world: World,
  { hundredths, endsAccess }: { hundredths: number; endsAccess: boolean },
  { order, action }: About,
): Promise<void> {
  const { shop, desk } = world
  const [payment] = column(shop, 'SELECT id FROM payments WHERE order_id = ? ORDER BY id LIMIT 1', order)
  if (typeof payment !== 'string') return
  const [came] = column(shop, 'SELECT hundredths FROM payments WHERE id = ?', payment)
  const refundedBefore = desk.refunded.get(payment) ?? 0
  const sum = refundedBefore + hundredths
  const sent = { payment, hundredths, refundedBefore, sentTo: undefined, proof: undefined, note: undefined }
  const outcome = await recordRefund(
    shop.db,
    { ...sent, endsAccess: endsAccess ? 'refunded' : undefined },
    action,
    rightNow(shop),
  )
  expect(outcome).toBe(sum <= Number(came) ? 'recorded' : 'too-much')
  if (outcome !== 'recorded') return
  desk.refunded.set(payment, sum)
  noteRevocations(world)
}

async function revoke(world: World, of: number | null, { order, action }: About): Promise<void> {
  const { shop } = world
  const holders = column(shop, 'SELECT buyer FROM holders WHERE order_id = ? ORDER BY buyer', order)
  const holder = of === null ? undefined : String(holders[of % holders.length])
  await revokeAccess(shop.db, { order, buyer: holder, reason: 'a reason' }, action, rightNow(shop))
  noteRevocations(world)
}

/** Takes what was revoked since into the model; each is in force until the model says otherwise. */
function noteRevocations({ shop, desk, passes }: World): void {
  for (const id of column(shop, 'SELECT id FROM revocations')) {
    if (desk.revocations.some((known) => known.id === id)) continue
    const [order, holder] = ['order_id', 'buyer'].map(
      (name) => column(shop, `SELECT ${name} FROM revocations WHERE id = ?`, String(id))[0],
    )
    desk.revocations.push({
      id: String(id),
      order: String(order),
      buyer: holder as string | null,
      isOver: false,
    })
    if (holder === null) revokePass(passes, factsOf(shop, desk), String(order))
  }
}

async function restore({ shop, desk, passes }: World, { order, action }: About): Promise<void> {
  const revocation = desk.revocations.find((one) => one.order === order && !one.isOver)
  if (!revocation) return
  const about = { order, revocation: revocation.id, reason: 'a reason' }
  expect(await restoreAccess(shop.db, about, action, rightNow(shop))).toBe('restored')
  revocation.isOver = true
  if (revocation.buyer === null) restorePass(passes, factsOf(shop, desk), order)
}

async function honour({ shop, desk }: World, intent: string, { order, action }: About): Promise<void> {
  const about = { order, intent, ...TYPED, reason: 'a reason', event: undefined }
  if ((await honourOrder(shop.db, about, action, rightNow(shop))) === 'honoured') desk.honoured.add(intent)
}

let links = 0

async function useLink(
  shop: TestShop,
  browser: Browser,
  { isForAll, order, action }: About & { isForAll: boolean },
): Promise<void> {
  const code = (++links).toString(16).padStart(32, '0')
  const [buyer] = column(shop, 'SELECT buyer FROM orders WHERE id = ?', order)
  const now = shop.clock.now()
  const about = isForAll ? { order: undefined, buyer: String(buyer) } : { order, buyer: undefined }
  const link = { ...about, codeHash: hashOf(code), holdersAllowed: 1, expiresAt: now + HOUR }
  const outcome = await issueLink(shop.db, link, action, now)
  const { status } = await anyAnswer(browser.post('/redemptions').send({ intent: order, code }))
  expect([303, outcome === 'issued' ? 410 : 404]).toContain(status)
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
async function settleDown(world: World, webhooksReturn: boolean): Promise<void> {
  const { shop } = world
  for (let round = 0; round < 3; round++) {
    shop.clock.advance(25 * HOUR)
    if (webhooksReturn) await shop.sandbox.deliverDue()
    await shop.pollDue()
    await assertConsistent(world)
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

/** Holds at any moment, whatever was lost so far. Resolves with the intents that are paid. */
async function assertConsistent(world: World): Promise<Set<string>> {
  const { shop, desk } = world
  const paid = new Set([...(await approvedIntents(shop)), ...desk.honoured])
  for (const intent of column(shop, 'SELECT intent FROM payments')) expect(paid).toContain(intent)
  const unfounded = `SELECT COUNT(*) FROM entitlements LEFT JOIN payments USING (order_id) LEFT JOIN holders USING (order_id, buyer)
    WHERE payments.order_id IS NULL OR holders.order_id IS NULL`
  expect(column(shop, unfounded)).toEqual([0])
  const perHolder = `SELECT COUNT(entitlements.order_id) FROM payments JOIN holders USING (order_id)
    LEFT JOIN entitlements USING (order_id, buyer) GROUP BY payments.intent, holders.buyer`
  for (const rights of column(shop, perHolder)) expect(rights).toBe(1)
  notePayments(world)
  await assertAccess(world)
  await assertUses(world.coupon, shop, world.withCoupon)
  await assertCalls(world.calls, shop, (buyer) => openOrders(world, buyer, 'calls').map(asAllowance))
  assertMoney(shop, desk)
  assertAnnounced(shop)
  return paid
}

/**
 * A new payment gives back what was revoked for all holders of its order, and pays a pass. Those that came in the same
 * millisecond are in no other order than that of their windows.
 */
function notePayments({ shop, desk, passes }: World): void {
  const inOrder = `SELECT payments.id FROM payments LEFT JOIN entitlements USING (order_id)
    GROUP BY payments.id ORDER BY MAX(from_day), payments.id`
  for (const payment of column(shop, inOrder)) {
    if (desk.paymentsSeen.has(String(payment))) continue
    desk.paymentsSeen.add(String(payment))
    const order = String(column(shop, 'SELECT order_id FROM payments WHERE id = ?', String(payment))[0])
    const ended = desk.revocations.filter((one) => one.order === order && one.buyer === null && !one.isOver)
    payPass(passes, factsOf(shop, desk), order, ended.length > 0)
    for (const one of ended) one.isOver = true
  }
}

function factsOf(shop: TestShop, { revocations }: Desk): Facts {
  const holders = rows(shop, 'SELECT order_id, buyer FROM holders') as { order_id: string; buyer: string }[]
  const inForce = revocations.filter(({ isOver }) => !isOver)
  return {
    today: rightNow(shop).today,
    find: (order) => findPass(shop, order),
    holds: (buyer, order) => holders.some((one) => one.order_id === order && one.buyer === buyer),
    holdersOf: (order) => holders.filter((one) => one.order_id === order).map(({ buyer }) => buyer),
    isRevoked: (order, buyer) =>
      inForce.some((one) => one.order === order && (one.buyer === null || one.buyer === buyer)),
  }
}

function findPass(shop: TestShop, order: string): Omit<Pass, 'from' | 'until'> | undefined {
  const sql = `SELECT orders.id AS 'order', buyer, scope, days FROM orders JOIN grants ON grants.order_id = orders.id
    WHERE orders.id = ? AND days IS NOT NULL`
  const [found] = rows(shop, sql, order) as Omit<Pass, 'from' | 'until'>[]
  return found
}

/** The paid orders of a product that a buyer holds, and that nobody has ended. */
function openOrders({ shop, desk }: World, buyer: string, product: string): string[] {
  const paid = `SELECT holders.order_id FROM holders JOIN orders ON orders.id = holders.order_id
    WHERE holders.buyer = ? AND orders.product = ? AND EXISTS (SELECT 1 FROM payments WHERE order_id = orders.id)`
  const isEnded = (order: string) =>
    desk.revocations.some((one) => !one.isOver && one.order === order && (one.buyer ?? buyer) === buyer)
  return column(shop, paid, buyer, product)
    .map(String)
    .filter((order) => !isEnded(order))
}

async function assertAccess(world: World): Promise<void> {
  const { shop, desk, passes } = world
  const facts = factsOf(shop, desk)
  const windows = rows(
    shop,
    `SELECT DISTINCT order_id AS 'order', from_day AS 'from', until_day AS until FROM entitlements
      WHERE until_day IS NOT NULL ORDER BY order_id`,
  )
  expect(windows).toEqual(windowsOf(passes))
  for (const holder of column(shop, 'SELECT id FROM buyers').map(String)) {
    for (const scope of ['tag:bread', 'all']) {
      const may = await holdsEntitlement(shop.db, holder, scope, facts.today)
      expect({ holder, scope, may }).toEqual({
        holder,
        scope,
        may: isOpenByPass(passes, facts, holder, scope),
      })
    }
    for (const slug of GOODS) {
      const open = openOrders(world, holder, slug)
      const may = await holdsEntitlement(shop.db, holder, `product:${slug}`, rightNow(shop).today)
      expect({ holder, slug, may }).toEqual({ holder, slug, may: open.length > 0 })
    }
  }
}

function assertMoney(shop: TestShop, { refunded }: Desk): void {
  const came = `SELECT SUM(CASE WHEN proof = 'merchant' THEN ${TYPED.hundredths} ELSE orders.hundredths END)
    FROM payments JOIN orders ON orders.id = payments.order_id`
  const [expected] = column(shop, came)
  expect(column(shop, 'SELECT SUM(hundredths) FROM payments')).toEqual([expected])
  const back = [...refunded.values()].reduce((sum, hundredths) => sum + hundredths, 0)
  expect(column(shop, 'SELECT COALESCE(SUM(hundredths), 0) FROM refunds')).toEqual([back])
}

/** The merchant is told of each payment, refund and mismatched event, once. */
function assertAnnounced(shop: TestShop): void {
  const facts = {
    'order.paid': 'SELECT id FROM payments ORDER BY id',
    'order.paid_twice': 'SELECT id FROM payments WHERE paid_twice = 1 ORDER BY id',
    'order.refunded': 'SELECT id FROM refunds ORDER BY id',
    'event.mismatched': `SELECT digest FROM events WHERE verdict = 'mismatched' ORDER BY digest`,
  }
  const announced = 'SELECT subject FROM outbox WHERE type = ? ORDER BY subject'
  for (const [type, sql] of Object.entries(facts))
    expect([type, column(shop, announced, type)]).toEqual([type, column(shop, sql)])
}
