import { expect, test } from '@jest/globals'
import { aBuyer, aDatabase, aNewOrder, anEvent, hashOf, NOW, placeOrder } from '../support/database.ts'
import { onPostgres, postgres } from '../support/engines.ts'

// From its sixth execution on, PostgreSQL may keep a statement's plan for as long as the connection lasts.
const PURCHASES = 12

onPostgres(() => {
  test('no table is read from end to end, even by statements that were planned while it was empty', async () => {
    const db = await aDatabase(postgres)
    await db.query('VACUUM ANALYZE') // which tells the planner that the tables are empty
    const scans = () =>
      db.query(`SELECT relname, seq_scan FROM pg_stat_user_tables WHERE relname <> 'meta' ORDER BY relname`)
    const before = await scans()
    for (let index = 0; index < PURCHASES; index++) {
      const buyer = await aBuyer(db)
      const order = await placeOrder(db, aNewOrder({ buyer }))
      await db.confirmOrder(order, hashOf(order.id), true, NOW)
      await db.claimDueChecks(NOW + index * 60_000, 20)
      await db.settleByEvent(anEvent(order), false, NOW)
      await db.settleByEvent(anEvent({ intent: `of others ${index}` }), false, NOW)
      await db.redeem(order.intent, hashOf(order.id), await aBuyer(db), NOW)
      expect(await db.findPurchase(buyer, 'article', NOW)).toBeDefined()
      expect(await db.findPurchases(buyer, 10)).toHaveLength(1)
    }
    expect(await db.db.read('SHOW jit', {})).toEqual([{ jit: 'off' }])
    await db.close() // its connections report what they did when they end
    expect(await scans()).toEqual(before)
  })
})
