import { describe, expect, test } from '@jest/globals'
import {
  findFirstDay,
  findPurchase,
  issueLink,
  type OpenOrder,
  recordRefund,
  restoreAccess,
  revokeAccess,
} from '../../db/index.ts'
import {
  aBuyer,
  aDatabase,
  aNewOrder,
  anEvent,
  at,
  hashOf,
  NOW,
  placeOrder,
  type TestDatabase,
} from '../support/database.ts'
import { onPostgres, postgres, serializablePostgres } from '../support/engines.ts'
import { aRefund } from '../support/refunds.ts'

const DAY = 86_400_000
const TODAY = at(NOW).today
const DAYS = 30
const SCOPE = 'tag:bread'

const act = (what: string, subject: string) => ({ what, subject, session: 'a session of the desk' })
const inDays = (days: number) => NOW + days * DAY

type Scenario = (db: TestDatabase, buyer: string) => Promise<void>
const scenarios: [string, Scenario][] = []
const scenario = (name: string, run: Scenario) => scenarios.push([name, run])
let codes = 0
const aCode = () => hashOf(`code ${codes++}`)

const aPass = (changes: Parameters<typeof aNewOrder>[0]) =>
  aNewOrder({
    product: 'pass',
    grants: [{ scope: SCOPE, days: DAYS, calls: null }],
    onlyOnce: null,
    ...changes,
  })

async function order(db: TestDatabase, buyer: string, product = 'pass'): Promise<OpenOrder> {
  return placeOrder(db, aPass({ buyer, product }))
}

async function buy(db: TestDatabase, buyer: string, now = NOW, days = DAYS): Promise<OpenOrder> {
  const placed = await placeOrder(db, aPass({ buyer, grants: [{ scope: SCOPE, days, calls: null }] }))
  expect(await db.settle(anEvent(placed), now)).toMatchObject({ verdict: 'applied', paidTwice: false })
  return placed
}

/** The window of an order, in days from today, as each of its holders has it. */
async function windowOf(db: TestDatabase, { id }: OpenOrder): Promise<[number, number]> {
  const rows = await db.query(
    `SELECT DISTINCT from_day, until_day FROM entitlements WHERE order_id = '${id}'`,
  )
  expect(rows).toHaveLength(1)
  return [Number(rows[0]?.from_day) - TODAY, Number(rows[0]?.until_day) - TODAY]
}

/** Asks what opens a product with the tag to a buyer, some days from today. */
async function ask<T>(
  find: (...about: Parameters<typeof findPurchase>) => T,
  db: TestDatabase,
  buyer: string,
  day: number,
) {
  const [session] = await db.db.read('SELECT secret_hash FROM sessions WHERE buyer = @buyer', { buyer })
  return find(db.db, String(session?.secret_hash), ['product:bread', SCOPE, 'all'], TODAY + day)
}

const purchaseOf = (db: TestDatabase, buyer: string, day: number) => ask(findPurchase, db, buyer, day)

const isOpen = async (db: TestDatabase, buyer: string, day: number) =>
  (await purchaseOf(db, buyer, day)) !== undefined

const revoke = (db: TestDatabase, { id }: OpenOrder, day: number, buyer?: string) =>
  revokeAccess(db.db, { order: id, buyer, reason: 'a reason' }, act('revoke', id), at(inDays(day)))

async function restore(db: TestDatabase, { id }: OpenOrder, day: number) {
  const rows = await db.query(`SELECT id FROM revocations WHERE order_id = '${id}' ORDER BY id DESC`)
  const about = { order: id, revocation: String(rows[0]?.id), reason: 'a reason' }
  return restoreAccess(db.db, about, act('restore', id), at(inDays(day)))
}

scenario('a pass lasts the rest of the day and as many whole days', async (db, buyer) => {
  const pass = await buy(db, buyer)
  expect(await windowOf(db, pass)).toEqual([0, 31])
  expect(await isOpen(db, buyer, 0)).toBe(true)
  expect(await isOpen(db, buyer, 30)).toBe(true)
  expect(await isOpen(db, buyer, 31)).toBe(false)
  expect(await isOpen(db, await aBuyer(db), 0)).toBe(false)
})

scenario(
  'a pass that is bought while another runs begins where that one ends; after its end, at once',
  async (db, buyer) => {
    const passes = [await buy(db, buyer), await buy(db, buyer, inDays(5)), await buy(db, buyer, inDays(90))]
    expect(await windowOf(db, passes[1] as OpenOrder)).toEqual([31, 61])
    expect(await windowOf(db, passes[2] as OpenOrder)).toEqual([90, 121])
    expect((await db.findPurchases(buyer, 10)).map(({ window }) => window?.untilDay)).toEqual([
      TODAY + 121,
      TODAY + 61,
      TODAY + 31,
    ])
  },
)

scenario(
  'a pass that is bought on the first day without another one has all of its days',
  async (db, buyer) => {
    await buy(db, buyer)
    expect(await isOpen(db, buyer, 31)).toBe(false)
    expect(await windowOf(db, await buy(db, buyer, inDays(31)))).toEqual([31, 62])
  },
)

scenario('a pass tells with what it opens when the last one of the chain ends', async (db, buyer) => {
  await buy(db, buyer)
  await buy(db, buyer)
  expect(await purchaseOf(db, buyer, 3)).toMatchObject({
    window: { fromDay: TODAY, untilDay: TODAY + 31 },
    openUntilDay: TODAY + 61,
  })
})

scenario(
  'a pass begins at once while another one only waits, and one that is bought behind it where all of its days fit',
  async (db, buyer) => {
    const code = aCode()
    const other = await aBuyer(db)
    for (let time = 0; time < 2; time++) await buy(db, buyer)
    const waiting = await order(db, buyer)
    await db.confirmOrder(waiting, code, true, NOW)
    await db.settleByEvent(anEvent(waiting), false, NOW)
    await db.redeem(waiting.id, code, other, NOW)
    expect(await windowOf(db, waiting)).toEqual([61, 91])
    expect(await isOpen(db, other, 5)).toBe(false)
    expect(await windowOf(db, await buy(db, other, inDays(5)))).toEqual([5, 36])
    expect(await purchaseOf(db, other, 5)).toMatchObject({ openUntilDay: TODAY + 36 })
    expect(await windowOf(db, await buy(db, other, inDays(10)))).toEqual([91, 121])
    expect(await windowOf(db, await buy(db, other, inDays(10), 25))).toEqual([36, 61])
    expect(await purchaseOf(db, other, 10)).toMatchObject({ openUntilDay: TODAY + 121 })
  },
)

scenario('a pass that is bought on the day before another one begins begins behind it', async (db, buyer) => {
  const first = await buy(db, buyer, inDays(1)) // as after a change to a time zone in which it is still the day before
  expect(await ask(findFirstDay, db, buyer, 0)).toBe(TODAY + 1)
  expect(await windowOf(db, await buy(db, buyer))).toEqual([32, 62])
  expect(await ask(findFirstDay, db, buyer, 62)).toBeUndefined()
  await revoke(db, first, 0, buyer)
  expect(await ask(findFirstDay, db, buyer, 0)).toBe(TODAY + 32)
  expect(await isOpen(db, buyer, 0)).toBe(false)
})

scenario('of several passes, the one that is open for longest opens', async (db, buyer) => {
  const all = await placeOrder(
    db,
    aPass({ buyer, product: 'everything', grants: [{ scope: 'all', days: 40, calls: null }] }),
  )
  await db.settleByEvent(anEvent(all), false, NOW)
  await buy(db, buyer, inDays(1))
  expect(await purchaseOf(db, buyer, 2)).toMatchObject({ id: all.id, openUntilDay: TODAY + 41 })
  await buy(db, buyer, inDays(2))
  expect(await purchaseOf(db, buyer, 2)).toMatchObject({ product: 'pass', openUntilDay: TODAY + 62 })
})

scenario('a pass adds up when two orders are paid at once', async (db, buyer) => {
  const orders = [
    await order(db, buyer),
    await order(db, buyer, 'long-pass'),
    await order(db, buyer, 'third'),
  ]
  await Promise.all(orders.map((placed) => db.settleByEvent(anEvent(placed), false, NOW)))
  const windows = await Promise.all(orders.map((placed) => windowOf(db, placed)))
  expect(windows.sort(([one], [other]) => one - other)).toEqual([
    [0, 31],
    [31, 61],
    [61, 91],
  ])
})

scenario('a pass that is paid twice is one pass, and the merchant sees it', async (db, buyer) => {
  const pass = await order(db, buyer)
  await db.replaceIntent(pass, `second of ${pass.id}`, NOW)
  await Promise.all(
    [pass, { intent: `second of ${pass.id}` }].map((each) => db.settleByEvent(anEvent(each), false, NOW)),
  )
  expect(await windowOf(db, pass)).toEqual([0, 31])
  expect(
    await db.query(`SELECT id FROM payments WHERE paid_twice = 1 AND order_id = '${pass.id}'`),
  ).toHaveLength(1)
})

scenario(
  'a pass is no reason not to buy for good what it opens, nor is that paid twice',
  async (db, buyer) => {
    await buy(db, buyer)
    const article = await placeOrder(db, aNewOrder({ buyer, product: 'bread' }))
    await db.settleByEvent(anEvent(article), false, NOW)
    expect(
      await db.query(`SELECT id FROM payments WHERE paid_twice = 1 AND order_id = '${article.id}'`),
    ).toEqual([])
    expect(await isOpen(db, buyer, 500)).toBe(true)
    expect(await purchaseOf(db, buyer, 3)).toMatchObject({ id: article.id, openUntilDay: undefined })
  },
)

scenario(
  'a pass has the same window for whoever redeems its order, before or after the payment',
  async (db, buyer) => {
    const [code, linkCode] = [aCode(), aCode()]
    const [early, late, linked] = [await aBuyer(db), await aBuyer(db), await aBuyer(db)]
    await buy(db, buyer)
    const pass = await order(db, buyer)
    await db.confirmOrder(pass, code, true, NOW)
    await db.redeem(pass.id, code, early, NOW)
    await db.settleByEvent(anEvent(pass), false, NOW)
    await db.redeem(pass.id, code, late, NOW + DAY / 2)
    const link = { order: undefined, buyer, codeHash: linkCode, holdersAllowed: 1 }
    await issueLink(db.db, { ...link, expiresAt: inDays(20) }, act('link', buyer), inDays(9))
    await db.redeem(pass.id, linkCode, linked, inDays(10))
    expect(await windowOf(db, pass)).toEqual([31, 61])
    expect(await Promise.all([early, late, linked].map((each) => isOpen(db, each, 40)))).toEqual([
      true,
      true,
      true,
    ])
    expect(await Promise.all([early, late, linked].map((each) => isOpen(db, each, 10)))).toEqual([
      false,
      false,
      true,
    ])
    // The chain of a new holder goes on behind what they hold.
    expect(await windowOf(db, await buy(db, linked, inDays(10)))).toEqual([61, 91])
  },
)

scenario(
  'when a whole order of a pass is revoked the passes behind it begin at once, with all of their days',
  async (db, buyer) => {
    const passes = [await buy(db, buyer), await buy(db, buyer), await buy(db, buyer)] as const
    await revoke(db, passes[0], 10)
    expect(await windowOf(db, passes[1])).toEqual([10, 41])
    expect(await windowOf(db, passes[2])).toEqual([41, 71])
    expect(await isOpen(db, buyer, 10)).toBe(true)
  },
)

scenario(
  'when a whole order of a pass is revoked on the day on which both were bought, the other one is as long as if it were the only one',
  async (db) => {
    for (const revoked of [0, 1]) {
      const buyer = await aBuyer(db)
      const passes = [await buy(db, buyer), await buy(db, buyer)]
      await revoke(db, passes[revoked] as OpenOrder, 0)
      expect(await windowOf(db, passes[1 - revoked] as OpenOrder)).toEqual([0, 31])
    }
  },
)

scenario(
  'when a whole order of a pass is revoked in the middle of a chain, only those behind it move; and at its end or after it, none',
  async (db, buyer) => {
    const passes = [await buy(db, buyer), await buy(db, buyer), await buy(db, buyer)] as const
    await revoke(db, passes[1], 10)
    expect(await windowOf(db, passes[0])).toEqual([0, 31])
    expect(await windowOf(db, passes[2])).toEqual([31, 61])
    await revoke(db, passes[0], 31)
    expect(await windowOf(db, passes[2])).toEqual([31, 61])
  },
)

scenario(
  'when a whole order of a pass is revoked in the middle of a chain, on the day on which all were bought, there is no gap',
  async (db, buyer) => {
    const passes = [await buy(db, buyer), await buy(db, buyer), await buy(db, buyer)] as const
    await revoke(db, passes[1], 0)
    expect(await windowOf(db, passes[0])).toEqual([0, 31])
    expect(await windowOf(db, passes[2])).toEqual([31, 61])
  },
)

scenario(
  'when a whole order of a pass is revoked, the next one loses no day to a pass that has ended long before',
  async (db, buyer) => {
    await buy(db, buyer, inDays(-60))
    const [first, second] = [await buy(db, buyer), await buy(db, buyer)]
    await revoke(db, first, 10)
    expect(await windowOf(db, second)).toEqual([10, 41])
  },
)

scenario(
  'when a whole order of a pass is revoked, a later one that its buyer has from somebody else stays where it is',
  async (db, buyer) => {
    const code = aCode()
    const friend = await aBuyer(db)
    await buy(db, friend)
    const waiting = await order(db, friend)
    await db.confirmOrder(waiting, code, true, NOW)
    await db.settleByEvent(anEvent(waiting), false, NOW)
    await db.redeem(waiting.id, code, buyer, NOW)
    const own = await buy(db, buyer)
    expect(await windowOf(db, own)).toEqual([0, 31])
    await revoke(db, own, 10)
    expect(await windowOf(db, waiting)).toEqual([31, 61])
  },
)

scenario(
  'when a whole order of a pass is revoked on its last day, the next one begins on that day',
  async (db, buyer) => {
    const passes = [await buy(db, buyer), await buy(db, buyer)] as const
    await revoke(db, passes[0], 30)
    expect(await windowOf(db, passes[1])).toEqual([30, 61])
  },
)

scenario('when a whole order of a pass is revoked by a refund, there is no gap either', async (db, buyer) => {
  const [first, second] = [await buy(db, buyer), await buy(db, buyer)]
  const [payment] = await db.query(`SELECT id FROM payments WHERE order_id = '${first.id}'`)
  const about = aRefund(String(payment?.id), { endsAccess: 'refunded' })
  expect(await recordRefund(db.db, about, act('refund', first.id), at(inDays(4)))).toBe('recorded')
  expect(await windowOf(db, second)).toEqual([4, 35])
})

scenario(
  'when a whole order of a pass is revoked a pass stays behind those that its buyer holds besides',
  async (db, buyer) => {
    const code = aCode()
    const first = await buy(db, buyer)
    const friends = await order(db, await aBuyer(db), 'long-pass')
    await db.confirmOrder(friends, code, true, NOW)
    await db.settleByEvent(anEvent(friends), false, inDays(20))
    await db.redeem(friends.id, code, buyer, inDays(20))
    const last = await buy(db, buyer, inDays(20))
    expect(await windowOf(db, last)).toEqual([51, 81])
    await revoke(db, first, 21)
    expect(await windowOf(db, last)).toEqual([51, 81])
    await revoke(db, friends, 22)
    expect(await windowOf(db, last)).toEqual([22, 53])
  },
)

scenario('when a whole order of a pass is revoked for one holder only, nothing moves', async (db, buyer) => {
  const [first, second] = [await buy(db, buyer), await buy(db, buyer)]
  await revoke(db, first, 10, buyer)
  expect(await windowOf(db, second)).toEqual([31, 61])
  expect(await isOpen(db, buyer, 10)).toBe(false)
  await restore(db, first, 12)
  expect(await windowOf(db, first)).toEqual([0, 31])
  expect(await isOpen(db, buyer, 12)).toBe(true)
})

scenario(
  'when a whole order of a pass is revoked, the next one isn’t laid over what its buyer has bought in between',
  async (db, buyer) => {
    const [first, second] = [await buy(db, buyer), await buy(db, buyer)]
    await revoke(db, first, 5, buyer)
    const between = await buy(db, buyer, inDays(5))
    expect(await windowOf(db, between)).toEqual([5, 36])
    await revoke(db, first, 6)
    expect([await windowOf(db, between), await windowOf(db, second)]).toEqual([
      [5, 36],
      [31, 61],
    ])
  },
)

scenario(
  'a pass that is restored gets what was left of it, however long it was revoked',
  async (db, buyer) => {
    const pass = await buy(db, buyer)
    await revoke(db, pass, 10)
    expect(await isOpen(db, buyer, 11)).toBe(false)
    expect(await restore(db, pass, 100)).toBe('restored')
    expect(await windowOf(db, pass)).toEqual([100, 121])
    expect(await restore(db, pass, 105)).toBe('already')
    expect(await windowOf(db, pass)).toEqual([100, 121])
  },
)

scenario(
  'a pass that is restored on the day on which it was revoked is as if nothing had happened',
  async (db, buyer) => {
    const [first, second] = [await buy(db, buyer), await buy(db, buyer)]
    await revoke(db, second, 10)
    await restore(db, second, 10)
    expect(await windowOf(db, second)).toEqual([31, 61])
    await revoke(db, first, 10)
    await restore(db, first, 10)
    expect([await windowOf(db, second), await windowOf(db, first)]).toEqual([
      [10, 41],
      [41, 61],
    ])
  },
)

scenario(
  'a pass that is restored is laid over none that its buyer alone has lost, since others have it',
  async (db, buyer) => {
    const code = aCode()
    const other = await aBuyer(db)
    const [first, second] = [await buy(db, buyer), await buy(db, buyer)]
    const link = { order: undefined, buyer, codeHash: code, holdersAllowed: 1, expiresAt: inDays(5) }
    await issueLink(db.db, link, act('link', buyer), inDays(3))
    await db.redeem(first.id, code, other, inDays(4))
    for (const lost of [first, second]) await revoke(db, lost, 4, buyer)
    await revoke(db, first, 5)
    expect(await windowOf(db, second)).toEqual([5, 36])
    await restore(db, first, 5)
    expect(await windowOf(db, first)).toEqual([36, 61])
    expect(await isOpen(db, other, 60)).toBe(true)
  },
)

scenario('a pass that is restored goes where all of its days fit', async (db, buyer) => {
  const code = aCode()
  const friend = await aBuyer(db)
  const friends = [await buy(db, friend), await buy(db, friend), await buy(db, friend)] as const
  const link = { order: friends[2].id, buyer: undefined, codeHash: code, holdersAllowed: 1 }
  await issueLink(db.db, { ...link, expiresAt: inDays(1) }, act('link', friends[2].id), NOW)
  await db.redeem(friends[2].id, code, buyer, NOW)
  const pass = await buy(db, buyer, inDays(20))
  await revoke(db, pass, 21)
  expect(await windowOf(db, await buy(db, buyer, inDays(40), 7))).toEqual([40, 48])
  await restore(db, pass, 41)
  expect(await windowOf(db, pass)).toEqual([91, 120])
})

scenario('a pass that is restored gets nothing if nothing was left', async (db, buyer) => {
  const pass = await buy(db, buyer)
  await revoke(db, pass, 31)
  await restore(db, pass, 40)
  expect(await windowOf(db, pass)).toEqual([0, 31])
})

scenario('a pass that is restored by a new payment gets all of its days', async (db, buyer) => {
  const pass = await order(db, buyer)
  await db.replaceIntent(pass, `second of ${pass.id}`, NOW)
  await db.settleByEvent(anEvent(pass), false, NOW)
  await revoke(db, pass, 25)
  await db.settleByEvent(anEvent({ intent: `second of ${pass.id}` }), false, inDays(40))
  expect(await windowOf(db, pass)).toEqual([40, 71])
  await db.settleByEvent(anEvent({ intent: `second of ${pass.id}` }), false, inDays(60))
  expect(await windowOf(db, pass)).toEqual([40, 71])
})

scenario(
  'a pass that is restored by a new payment before its first window would have ended begins at once',
  async (db, buyer) => {
    const pass = await order(db, buyer)
    await db.replaceIntent(pass, `second of ${pass.id}`, NOW)
    await db.settleByEvent(anEvent(pass), false, NOW)
    await revoke(db, pass, 5)
    await db.settleByEvent(anEvent({ intent: `second of ${pass.id}` }), false, inDays(6))
    expect(await windowOf(db, pass)).toEqual([6, 37])
  },
)

describe('on SQLite', () => {
  test.each(scenarios)('%s', async (_name, run) => {
    const db = await aDatabase()
    await run(db, await aBuyer(db))
  })
})

// In one database, since what belongs to other buyers makes no difference.
for (const engine of [postgres, serializablePostgres])
  onPostgres((given) => {
    test('passes are what they are on SQLite', async () => {
      const db = await aDatabase(given)
      for (const [, run] of scenarios) await run(db, await aBuyer(db))
    })
  }, engine)
