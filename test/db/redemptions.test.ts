import { describe, expect, test } from '@jest/globals'
import { findWalletLink, newId } from '../../db/index.ts'
import { aBuyer, aDatabase, aNewOrder, anEvent, hashOf, NOW, placeOrder } from '../support/database.ts'
import { onEveryEngine } from '../support/engines.ts'

const DAY = 86_400_000
const CODE = hashOf('code')

onEveryEngine((engine) => {
  async function anOrderWithACode() {
    const db = await aDatabase(engine)
    const buyer = await aBuyer(db)
    const order = await placeOrder(db, aNewOrder({ buyer }))
    await db.confirmOrder(order, CODE, true, NOW)
    return { db, buyer, order }
  }

  describe('a redemption', () => {
    test('before the payment: the payment entitles both', async () => {
      const { db, buyer, order } = await anOrderWithACode()
      const phone = await aBuyer(db)
      expect(await db.redeem(order.intent, CODE, phone, NOW)).toBe('redeemed')
      expect(await db.holdsEntitlement(phone, 'article', NOW)).toBe(false)
      await db.settleByEvent(anEvent(order), false, NOW)
      expect(await db.holdsEntitlement(phone, 'article', NOW)).toBe(true)
      expect(await db.holdsEntitlement(buyer, 'article', NOW)).toBe(true)
    })

    test('before the payment: the order is unpaid for both, as far as it is of the product', async () => {
      const { db, buyer, order } = await anOrderWithACode()
      const phone = await aBuyer(db)
      const other = await placeOrder(db, aNewOrder({ buyer: phone, product: 'other' }))
      await db.redeem(order.intent, CODE, phone, NOW)
      const own = await placeOrder(db, aNewOrder({ buyer: phone, id: newId(NOW + 1) }), undefined, NOW + 1)
      expect(await db.findUnpaidOrders(buyer, 'article', 5)).toEqual([order.intent])
      expect(await db.findUnpaidOrders(phone, 'article', 5)).toEqual([own.intent, order.intent])
      expect(await db.findUnpaidOrders(phone, 'other', 5)).toEqual([other.intent])
      await db.settleByEvent(anEvent(order), false, NOW)
      expect(await db.findUnpaidOrders(phone, 'article', 5)).toEqual([own.intent])
    })

    test('after the payment writes its own entitlement', async () => {
      const { db, order } = await anOrderWithACode()
      const phone = await aBuyer(db)
      await db.settleByEvent(anEvent(order), false, NOW)
      expect(await db.redeem(order.intent, CODE, phone, NOW + DAY - 1)).toBe('redeemed')
      expect(await db.holdsEntitlement(phone, 'article', NOW)).toBe(true)
      expect(await db.findPurchases(phone, 10)).toMatchObject([{ intent: order.intent, paidAt: NOW }])
    })

    test('at the same time as the payment misses nothing, in either order', async () => {
      for (let round = 0; round < 10; round++) {
        const { db, order } = await anOrderWithACode()
        const phone = await aBuyer(db)
        const both = [
          () => db.redeem(order.intent, CODE, phone, NOW),
          () => db.settleByEvent(anEvent(order), false, NOW),
        ]
        await Promise.all((round % 2 ? both : both.reverse()).map((act) => act()))
        expect(await db.holdsEntitlement(phone, 'article', NOW)).toBe(true)
      }
    })

    test('is possible until the instant that the merchant is told, and as long as there is one', async () => {
      const { db, order } = await anOrderWithACode()
      const askAt = (now: number) =>
        findWalletLink(db.db, { order: order.id, now, walletLifeMs: DAY, walletHolders: 3 })
      await db.settleByEvent(anEvent(order), false, NOW + 5)
      expect(await askAt(NOW + DAY)).toBe(NOW + 5 + DAY)
      expect(await askAt(NOW + 5 + DAY)).toBeUndefined()
      for (const _ of [1, 2, 3]) {
        expect(await askAt(NOW)).toBe(NOW + 5 + DAY)
        await db.redeem(order.intent, CODE, await aBuyer(db), NOW)
      }
      expect(await askAt(NOW)).toBeUndefined()
    })

    test('four at once are three', async () => {
      const { db, order } = await anOrderWithACode()
      const phones = await Promise.all(Array.from({ length: 4 }, () => aBuyer(db)))
      const redemptions = await Promise.all(phones.map((phone) => db.redeem(order.intent, CODE, phone, NOW)))
      expect(redemptions.sort()).toEqual(['redeemed', 'redeemed', 'redeemed', 'spent'])
    })

    test('by who holds the order already uses up nothing', async () => {
      const { db, buyer, order } = await anOrderWithACode()
      const phone = await aBuyer(db)
      for (const holder of [buyer, phone, phone, phone, phone]) {
        expect(await db.redeem(order.intent, CODE, holder, NOW)).toBe('redeemed')
      }
      expect(await db.redeem(order.intent, CODE, await aBuyer(db), NOW)).toBe('redeemed')
    })
  })

  describe('a code', () => {
    test('runs out a day after the payment', async () => {
      const { db, order } = await anOrderWithACode()
      await db.settleByEvent(anEvent(order), false, NOW + DAY)
      expect(await db.findRedemption(order.intent, CODE, NOW + 2 * DAY - 1)).toBe('redeemed')
      expect(await db.findRedemption(order.intent, CODE, NOW + 2 * DAY)).toBe('spent')
      expect(await db.redeem(order.intent, CODE, await aBuyer(db), NOW + 2 * DAY)).toBe('spent')
    })

    test('runs out a day after the first payment, although the order is paid again later', async () => {
      const { db, order } = await anOrderWithACode()
      await db.replaceIntent(order, 'second', NOW)
      await db.settleByEvent(anEvent(order), false, NOW)
      await db.settleByEvent(anEvent({ intent: 'second' }), false, NOW + DAY - 1)
      expect(await db.redeem(order.id, CODE, await aBuyer(db), NOW + DAY - 1)).toBe('redeemed')
      expect(await db.redeem(order.id, CODE, await aBuyer(db), NOW + DAY)).toBe('spent')
    })

    test('runs out a day after the order, while that is unpaid', async () => {
      const { db, order } = await anOrderWithACode()
      expect(await db.redeem(order.intent, CODE, await aBuyer(db), NOW + DAY)).toBe('spent')
    })

    test('opens its own order only', async () => {
      const { db, order } = await anOrderWithACode()
      const other = await placeOrder(db, aNewOrder({ buyer: await aBuyer(db) }))
      const phone = await aBuyer(db)
      expect(await db.redeem(other.intent, CODE, phone, NOW)).toBe('unknown')
      expect(await db.redeem(order.intent, hashOf('guess'), phone, NOW)).toBe('unknown')
      expect(await db.redeem('nowhere', CODE, phone, NOW)).toBe('unknown')
      expect(await db.findHeldOrder(other.intent, phone)).toBeUndefined()
    })
  })
})
