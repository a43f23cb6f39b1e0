import { randomUUID } from 'node:crypto'
import { expect, test } from '@jest/globals'
import {
  countCall,
  endSession,
  findCouponStanding,
  findKeyHolder,
  findSession,
  newId,
  openSession,
  recordRefund,
  replaceApiKey,
  revokeAccess,
  revokeApiKey,
} from '../../db/index.ts'
import { backUp, restore } from '../support/backups.ts'
import {
  type AskedDatabase,
  aBuyer,
  aDatabase,
  aNewOrder,
  anEvent,
  anInstance,
  at,
  hashOf,
  NOW,
  placeOrder,
  type TestDatabase,
} from '../support/database.ts'
import { type Engine, onSqliteAndPostgres } from '../support/engines.ts'
import { aRefund } from '../support/refunds.ts'

const HOUR = 3_600_000
const LATER = NOW + HOUR / 2
const COUPON = 'SPRING'
const KEY = hashOf('key')
const NEW_KEY = hashOf('new key')
const SCOPE = 'api:search'
const SECRET = hashOf('desk')
const LIMITS = { lifeMs: 24 * HOUR, unusedMs: 24 * HOUR }

/** Restores a backup over a database that its shop has closed, and returns the shop's that starts with it. */
async function restoreOver(db: TestDatabase, file: string, now = LATER): Promise<AskedDatabase> {
  await db.close()
  await restore(file, db, { now })
  return anInstance(db.url)
}

/** Reserves a use of the coupon: one of two, and of five later. A buyer's other order gives its own to this one. */
async function reserve(db: AskedDatabase, now: number, known?: { buyer: string; intent: string }) {
  const buyer = known?.buyer ?? (await aBuyer(db))
  const couponUse = { uses: now < LATER ? 2 : 5, address: buyer, perAddress: 3, reservedUntil: now + HOUR }
  const order = aNewOrder({ id: newId(now), buyer, listHundredths: 50, coupon: COUPON, couponUse })
  return placeOrder(db, order, known?.intent, now)
}

async function payWithCoupon(db: AskedDatabase, now: number) {
  const order = await reserve(db, now)
  await db.settle(anEvent(order), now)
  return order
}

const standingOf = ({ db }: AskedDatabase) => findCouponStanding(db, COUPON, 100, LATER)

const FIND_USES = `SELECT order_id, payment, reserved_until, is_over FROM coupon_uses ORDER BY order_id`

async function aPaidOrder(db: AskedDatabase, changes: Partial<Parameters<typeof aNewOrder>[0]> = {}) {
  const order = await placeOrder(db, aNewOrder({ buyer: await aBuyer(db), ...changes }))
  await db.settle(anEvent(order), NOW)
  const [paid] = await db.db.read('SELECT id FROM payments WHERE order_id = @id', { id: order.id })
  return { ...order, payment: String(paid?.id) }
}

/** Calls before now are old: their idempotency keys can be used for other requests. */
async function call({ db }: AskedDatabase, now: number, request?: string): Promise<unknown> {
  const idempotency = request === undefined ? undefined : { key: 'one', requestHash: hashOf(request) }
  return countCall(db, { call: randomUUID(), keyHash: KEY, scope: SCOPE, idempotency }, at(now), now)
}

/** A buyer of three calls, one of which was made. */
async function aCaller(db: AskedDatabase): Promise<string> {
  const grants = [{ scope: SCOPE, days: null, calls: 3 }]
  const { buyer } = await aPaidOrder(db, { product: 'calls', kind: 'api', grants, onlyOnce: null })
  await replaceApiKey(db.db, { keyHash: KEY, buyer, scope: SCOPE }, at(NOW))
  expect(await call(db, NOW)).toMatchObject({ callsLeft: 2 })
  return buyer
}

const act = (what: string, subject: string) => ({ what, subject, session: 'the desk' })

onSqliteAndPostgres((engine) => {
  /** With what the shop did before its backup, and afterwards. */
  async function aNewerDatabase(of: Engine) {
    const db = await aDatabase(of)
    const [paidLater, passedOn] = [await reserve(db, NOW), await reserve(db, NOW)]
    await aCaller(db)
    const session = await openSession(db.db, { secretHash: SECRET, tokenHash: SECRET, browser: 'b' }, NOW)
    const [refunded, revoked] = [await aPaidOrder(db), await aPaidOrder(db)]
    const { file } = await backUp(db)

    await db.settle(anEvent(paidLater), LATER)
    for (const now of [LATER, LATER + 1]) await payWithCoupon(db, now)
    const next = await reserve(db, LATER, passedOn)
    await call(db, LATER)
    await endSession(db.db, session, session, LATER)
    const { payment } = refunded
    const refund = aRefund(payment, { endsAccess: 'refunded' })
    await recordRefund(db.db, refund, act('refund', payment), at(LATER))
    const { id } = revoked
    await revokeAccess(db.db, { order: id, buyer: undefined, reason: 'fraud' }, act('revoke', id), at(LATER))
    return { db, file, next, ended: [refunded, revoked] }
  }

  test('a coupon that was reserved before the backup and paid with after it stands as it did', async () => {
    const { db, file, next } = await aNewerDatabase(engine)
    const [before, uses] = [await standingOf(db), await db.query(FIND_USES)]
    expect(before).toMatchObject({ taken: 3, over: 0, reserved: 1 })
    const found = await restoreOver(db, file)
    expect([await standingOf(found), await db.query(FIND_USES)]).toEqual([before, uses])
    await found.settle(anEvent(next), LATER)
    await payWithCoupon(found, LATER)
    await expect(payWithCoupon(found, LATER)).rejects.toMatchObject({ name: 'NoUseLeft' })
    expect(await standingOf(found)).toMatchObject({ taken: 5, over: 0, reserved: 0 })
  })

  test('what was spent, signed out, refunded and revoked after the backup stays so', async () => {
    const { db, file, ended } = await aNewerDatabase(engine)
    const found = await restoreOver(db, file)
    expect(await call(found, LATER)).toMatchObject({ callsLeft: 0 })
    expect(await findSession(found.db, SECRET, LIMITS, LATER)).toBeUndefined()
    for (const { buyer } of ended) expect(await found.findPurchase(buyer, 'article', LATER)).toBeUndefined()
    expect(await db.query('SELECT hundredths FROM refunds')).toEqual([{ hundredths: 25 }])
  })

  test('a call that is all that was counted after the backup stays spent', async () => {
    const db = await aDatabase(engine)
    await aCaller(db)
    const { file } = await backUp(db)
    await call(db, LATER)
    expect(await call(await restoreOver(db, file), LATER)).toMatchObject({ callsLeft: 0 })
  })

  test('an idempotency key that came with another request after the backup belongs to that one', async () => {
    const db = await aDatabase(engine)
    await aCaller(db)
    await call(db, NOW, 'GET /before')
    const { file } = await backUp(db)
    expect(await call(db, LATER, 'GET /after')).toMatchObject({ outcome: 'counted', callsLeft: 0 })
    const found = await restoreOver(db, file)
    expect(await call(found, LATER, 'GET /after')).toEqual({ outcome: 'repeated', callsLeft: 0 })
    expect(await call(found, LATER, 'GET /before')).toEqual({ outcome: 'reused' })
  })

  test('calls that a payment renewed after the backup are not renewed once more', async () => {
    const db = await aDatabase(engine)
    const grants = [{ scope: SCOPE, days: null, calls: 3 }]
    const buyer = await aBuyer(db)
    const order = await placeOrder(
      db,
      aNewOrder({ buyer, product: 'calls', kind: 'api', grants, onlyOnce: null }),
    )
    await db.replaceIntent(order, 'second', NOW)
    await db.settle(anEvent(order), NOW)
    await replaceApiKey(db.db, { keyHash: KEY, buyer, scope: SCOPE }, at(NOW))
    await call(db, NOW)
    const { file } = await backUp(db)
    const [paid] = await db.query('SELECT id FROM payments')
    const refund = aRefund(String(paid?.id), { endsAccess: 'refunded' })
    await recordRefund(db.db, refund, act('refund', refund.payment), at(LATER))
    await db.settle(anEvent({ intent: 'second' }), LATER)
    expect(await call(db, LATER)).toMatchObject({ callsLeft: 2 })
    expect(await call(await restoreOver(db, file), LATER)).toMatchObject({ callsLeft: 1 })
  })

  test('a coupon has as many uses taken as there are payments in backup and database together', async () => {
    const db = await aDatabase(engine)
    await payWithCoupon(db, NOW)
    const old = await backUp(db)
    await payWithCoupon(db, NOW + 1)
    const newer = await backUp(db, { now: NOW + 1_000 })
    await db.close()
    const other = await aDatabase(engine)
    const restored = await restoreOver(other, old.file)
    await payWithCoupon(restored, LATER)
    await restored.close()
    const found = await restoreOver(other, newer.file, LATER + 1_000)
    expect(await standingOf(found)).toMatchObject({ taken: 3, over: 0 })
  })

  const findKeys = ({ db }: AskedDatabase) =>
    Promise.all([KEY, NEW_KEY].map(async (key) => (await findKeyHolder(db, key, SCOPE)) !== undefined))

  test('a key that has replaced another one stays, whichever of backup and database has it', async () => {
    const db = await aDatabase(engine)
    const buyer = await aCaller(db)
    const old = await backUp(db)
    await replaceApiKey(db.db, { keyHash: NEW_KEY, buyer, scope: SCOPE }, at(NOW + 1))
    const newer = await backUp(db, { now: NOW + 1_000 })
    await db.close()
    const other = await aDatabase(engine)
    const found: boolean[][] = []
    for (const [index, { file }] of [old, newer, old].entries()) {
      const shop = await restoreOver(other, file, LATER + index * 1_000)
      found.push(await findKeys(shop))
      await shop.close()
    }
    expect(found).toEqual([
      [true, false],
      [false, true],
      [false, true],
    ])
  })

  test('a key that was revoked after the backup stays revoked', async () => {
    const db = await aDatabase(engine)
    const buyer = await aCaller(db)
    const { file } = await backUp(db)
    await revokeApiKey(db.db, buyer, SCOPE)
    expect(await findKeys(await restoreOver(db, file))).toEqual([false, false])
  })

  /** An order with two intents, both paid in a newer backup; and a shop on an old one that knows of neither payment. */
  async function aShopOnAnOldBackup() {
    const db = await aDatabase(engine)
    const buyer = await aBuyer(db)
    const order = await placeOrder(db, aNewOrder({ buyer }))
    const again = await db.replaceIntent(order, `second of ${order.intent}`, NOW)
    if (!again) throw new Error('the order has no second intent')
    const old = await backUp(db)
    for (const offer of [order, again]) await db.settle(anEvent(offer), NOW + 1)
    const newer = await backUp(db, { now: NOW + 1_000 })
    await db.close()
    const other = await aDatabase(engine)
    const shop = await restoreOver(other, old.file)
    return {
      shop,
      order,
      again,
      isOpenAfterRestore: async () => {
        await shop.close()
        const found = await restoreOver(other, newer.file, LATER + 2_000)
        return (await found.findPurchase(buyer, 'article', LATER)) !== undefined
      },
      query: other.query,
    }
  }

  test('an event that paid an order of the backup has paid it, however often it came while the order was lost', async () => {
    const db = await aDatabase(engine)
    const old = await backUp(db)
    const order = await placeOrder(db, aNewOrder({ id: newId(NOW), buyer: await aBuyer(db) }))
    await db.settle(anEvent(order), NOW)
    const { file } = await backUp(db)
    await db.close()
    const other = await aDatabase(engine)
    const lost = await restoreOver(other, old.file)
    for (const now of [LATER, LATER + 1])
      expect((await lost.settle(anEvent(order), now)).verdict).toBe('unmatched')
    await lost.close()
    const found = await restoreOver(other, file, LATER + 2_000)
    expect(await other.query('SELECT verdict FROM events')).toEqual([{ verdict: 'applied' }])
    expect(await found.findPurchase(order.buyer, 'article', LATER)).toBeDefined()
  })

  const FIND_REFUNDS = `
    SELECT payments.intent, refunds.hundredths FROM refunds JOIN payments ON payments.id = refunds.payment`

  test('a refund is kept whose payment the backup has under another id', async () => {
    const { shop, order, isOpenAfterRestore, query } = await aShopOnAnOldBackup()
    await shop.settle(anEvent(order), LATER)
    const [{ id } = {}] = await shop.db.read('SELECT id FROM payments', {})
    const payment = String(id)
    const refund = aRefund(payment, { endsAccess: 'refunded' })
    await recordRefund(shop.db, refund, act('refund', payment), at(LATER))
    expect(await isOpenAfterRestore()).toBe(false)
    expect(await query(FIND_REFUNDS)).toEqual([{ intent: order.intent, hundredths: 25 }])
  })

  test('a payment that the backup has under another id still restores what had ended', async () => {
    const { shop, order, again, isOpenAfterRestore } = await aShopOnAnOldBackup()
    await shop.settle(anEvent(order), LATER)
    const { id } = order
    await revokeAccess(
      shop.db,
      { order: id, buyer: undefined, reason: 'fraud' },
      act('revoke', id),
      at(LATER),
    )
    await shop.settle(anEvent(again), LATER + 1)
    expect(await isOpenAfterRestore()).toBe(true)
  })
})
