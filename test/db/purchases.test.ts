import { expect, test } from '@jest/globals'
import { findPurchase } from '../../db/index.ts'
import { DAY_MS } from '../../server/time.ts'
import { aBuyer, aDatabase, aNewOrder, anEvent, at, hashOf, NOW, placeOrder } from '../support/database.ts'
import { onEveryEngine } from '../support/engines.ts'

onEveryEngine((engine) => {
  test('a receipt is that of the newest payment for the product, of its holder alone', async () => {
    const db = await aDatabase(engine)
    const [buyer, stranger] = [await aBuyer(db), await aBuyer(db)]
    const first = await placeOrder(db, aNewOrder({ buyer, hundredths: 25 }))
    const second = await placeOrder(
      db,
      aNewOrder({ buyer, hundredths: 30, title: 'With a new price' }),
      first.intent,
    )
    expect(await db.findPurchase(buyer, 'article', NOW)).toBeUndefined()

    await db.settleByEvent(anEvent(second, { hundredths: 30 }), false, NOW)
    await db.settleByEvent(anEvent(first), false, NOW - 1)

    expect(await db.findPurchase(buyer, 'article', NOW)).toMatchObject({
      intent: second.intent,
      title: 'With a new price',
      hundredths: 30,
      paidAt: NOW,
    })
    expect(await db.findPurchase(buyer, 'other', NOW)).toBeUndefined()
    expect(await db.findPurchase(stranger, 'article', NOW)).toBeUndefined()
  })

  test('what opens something without an end comes before what ends', async () => {
    const db = await aDatabase(engine)
    const buyer = await aBuyer(db)
    const own = await placeOrder(db, aNewOrder({ buyer }))
    await db.settleByEvent(anEvent(own), false, NOW)
    const grants = [{ scope: 'all', days: 30, calls: null }]
    const pass = await placeOrder(db, aNewOrder({ buyer, product: 'pass', grants, onlyOnce: null }))
    await db.settleByEvent(anEvent(pass), false, NOW + 1)
    const secretHash = hashOf('a browser')
    await db.query(
      `INSERT INTO sessions (secret_hash, buyer, created_at) VALUES ('${secretHash}', '${buyer}', ${NOW})`,
    )
    const found = await findPurchase(db.db, secretHash, ['product:article', 'all'], at(NOW).today)
    expect(found).toMatchObject({ intent: own.intent, openUntilDay: undefined })
    const byPass = await findPurchase(db.db, secretHash, ['product:other', 'all'], at(NOW).today)
    expect(byPass).toMatchObject({ intent: pass.intent, openUntilDay: at(NOW).today + 31 })
  })

  test('a right that has ended opens nothing, and one that has not does', async () => {
    const db = await aDatabase(engine)
    const buyer = await aBuyer(db)
    const order = await placeOrder(db, aNewOrder({ buyer }))
    await db.settleByEvent(anEvent(order), false, NOW)
    const day = at(NOW).today
    await db.query(`UPDATE entitlements SET from_day = ${day}, until_day = ${day + 1}`)
    const ending = (day + 1) * DAY_MS
    expect(await db.findPurchase(buyer, 'article', ending - 1)).toMatchObject({ intent: order.intent })
    expect(await db.findPurchase(buyer, 'article', ending)).toBeUndefined()
    expect(await db.holdsEntitlement(buyer, 'article', ending - 1)).toBe(true)
    expect(await db.holdsEntitlement(buyer, 'article', ending)).toBe(false)
  })

  test('are found in parts, newest first, each once', async () => {
    const db = await aDatabase(engine)
    const buyer = await aBuyer(db)
    const payments = [NOW, NOW + 1, NOW + 1, NOW + 1, NOW + 2]
    for (const [index, paidAt] of payments.entries()) {
      const order = await placeOrder(db, aNewOrder({ buyer, product: `product-${index}` }))
      await db.settleByEvent(anEvent(order), false, paidAt)
    }
    const all = await db.findPurchases(buyer, 10)
    const inParts = await db.findPurchases(buyer, 2)
    for (let [last] = inParts.slice(-1); last; ) {
      const part = await db.findPurchases(buyer, 2, { paidAt: Number(last.paidAt), order: last.id })
      inParts.push(...part)
      last = part.at(-1)
    }
    expect(inParts).toEqual(all)
    expect(all.map(({ paidAt }) => paidAt)).toEqual(payments.toReversed())
  })
})
