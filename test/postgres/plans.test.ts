import { expect, test } from '@jest/globals'
import {
  claimDueAlerts,
  type Database,
  recordDelivery,
  recordFailedAttempt,
  resendAlert,
} from '../../db/index.ts'
import { aBuyer, aDatabase, aNewOrder, anEvent, hashOf, NOW, placeOrder } from '../support/database.ts'
import { onPostgres, postgres } from '../support/engines.ts'

// From its sixth execution on, PostgreSQL may keep a statement's plan for as long as the connection lasts.
const PURCHASES = 12

// Not of `sessions`, which a read looks into, too: it is planned again after the next ANALYZE.
const COUNT_SCANS = `
  SELECT relname, seq_scan
  FROM pg_stat_user_tables
  WHERE relname NOT IN ('meta', 'sessions')
  ORDER BY relname`

/** What is done to alerts: the first is delivered, and the others fail. */
async function sendAlerts(db: Database, now: number): Promise<void> {
  const claim = { now, longestPauseMs: 1, leaseMs: 1, limit: 4, before: now, forgotten: 1 }
  const [delivered, ...failed] = await claimDueAlerts(db, claim)
  if (delivered) await recordDelivery(db, delivered.id, now)
  for (const { id, attempts } of failed)
    await recordFailedAttempt(db, { id, attempts, reason: '500', answer: null }, { now, nextAttemptAt: null })
  const action = { what: 'alert-resent', session: undefined }
  for (const { id } of failed) await resendAlert(db, id, action, now)
}

onPostgres(() => {
  test('no unit of work reads a table from end to end, even if it was planned while that was empty', async () => {
    const db = await aDatabase(postgres, { alerts: true })
    await db.query('VACUUM ANALYZE') // which tells the planner that the tables are empty
    const scans = () => db.query(COUNT_SCANS)
    const before = await scans()
    for (let index = 0; index < PURCHASES; index++) {
      const buyer = await aBuyer(db)
      const order = await placeOrder(db, aNewOrder({ buyer }))
      await db.confirmOrder(order, hashOf(order.id), true, NOW)
      await db.claimDuePolls(NOW + index * 60_000, 20)
      await db.settleByEvent(anEvent(order), false, NOW)
      await db.settleByEvent(anEvent({ intent: `of others ${index}` }), false, NOW)
      await db.redeem(order.intent, hashOf(order.id), await aBuyer(db), NOW)
      await sendAlerts(db.db, NOW + index)
    }
    expect(await db.db.write(['SHOW jit'], {})).toEqual([[{ jit: 'off' }]])
    await db.close() // its connections report what they did when they end
    expect(await scans()).toEqual(before)
  })
})
