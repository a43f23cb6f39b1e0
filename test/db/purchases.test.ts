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
    expect(await db.findPurchase(buyer, 'article')).toBeUndefined()

    await db.settleByEvent(anEvent(second, { hundredths: 30 }), false, NOW)
    await db.settleByEvent(anEvent(first), false, NOW - 1)

    expect(await db.findPurchase(buyer, 'article')).toMatchObject({
      intent: second.intent,
      title: 'With a new price',
      hundredths: 30,
      paidAt: NOW,
    })
    expect(await db.findPurchase(buyer, 'other')).toBeUndefined()
    expect(await db.findPurchase(stranger, 'article')).toBeUndefined()
  })
})
