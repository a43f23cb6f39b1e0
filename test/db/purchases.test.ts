import { expect, test } from '@jest/globals'
import { aBuyer, aDatabase, aNewOrder, anEvent, NOW, placeOrder } from '../support/database.ts'
import { onEveryEngine } from '../support/engines.ts'

onEveryEngine((engine) => {
  test('a receipt is that of the newest payment for the product, of its holder alone', async () => {
    const db = await aDatabase(engine)
    const [buyer, stranger] = [await aBuyer(db), await aBuyer(db)]
    const first = await placeOrder(db, aNewOrder({ buyer, hundredths: 25 }))
    await db.dropOpenOrder(first)
    const second = await placeOrder(db, aNewOrder({ buyer, hundredths: 30, title: 'With a new price' }))
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

  test('a right that has ended opens nothing, and one that has not does', async () => {
    const db = await aDatabase(engine)
    const buyer = await aBuyer(db)
    const order = await placeOrder(db, aNewOrder({ buyer }))
    await db.settleByEvent(anEvent(order), false, NOW)
    await db.query(`UPDATE entitlements SET valid_until = ${NOW + 10}`)
    expect(await db.findPurchase(buyer, 'article', NOW + 9)).toMatchObject({ intent: order.intent })
    expect(await db.findPurchase(buyer, 'article', NOW + 10)).toBeUndefined()
    expect(await db.holdsEntitlement(buyer, 'article', NOW + 9)).toBe(true)
    expect(await db.holdsEntitlement(buyer, 'article', NOW + 10)).toBe(false)
  })
})
