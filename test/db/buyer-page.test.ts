import { describe, expect, test } from '@jest/globals'
import {
  findBrowsersOf,
  findBuyersByPrefix,
  findDeskBuyer,
  findHeldByBuyer,
  findKeyScopesOf,
  findRightsOf,
  newId,
  replaceApiKey,
  revokeAccess,
  signOutBrowser,
} from '../../db/index.ts'
import { aBuyer, aDatabase, aNewOrder, anEvent, at, hashOf, NOW, placeOrder } from '../support/database.ts'
import { onEveryEngine } from '../support/engines.ts'

const LIMITS = { limit: 10, lookedAt: 100 }
const session = 'a session'

onEveryEngine((engine) => {
  async function aPaidOrder() {
    const db = await aDatabase(engine)
    const buyer = await db.ensureBuyer(hashOf('one'), NOW)
    const order = await placeOrder(db, aNewOrder({ buyer }))
    await db.settle(anEvent(order), NOW + 1)
    return { db, buyer, order }
  }

  test('buyers are found by the beginning of their ids, newest first, in parts', async () => {
    const { db } = await aDatabase(engine)
    const ids = [NOW, NOW + 1, NOW + 1, NOW + 2 ** 40].map(newId)
    for (const id of ids)
      await db.write(['INSERT INTO buyers (id, created_at) VALUES (@id, @now)'], { id, now: NOW })
    const newestFirst = ids.toSorted().toReversed()
    const find = async (prefix: string, limit: number, before?: string) =>
      (await findBuyersByPrefix(db, prefix, limit, before)).map(({ id }) => id)
    expect(await find('', 10)).toEqual(newestFirst)
    expect(await find('', 2)).toEqual(newestFirst.slice(0, 2))
    expect(await find('', 10, newestFirst[1])).toEqual(newestFirst.slice(2))
    const together = newestFirst.filter((id) => id.startsWith((NOW + 1).toString(16).padStart(12, '0')))
    expect(await find((together[0] ?? '').slice(0, 13), 10)).toEqual(together)
    expect(await find(together[1] ?? '', 10)).toEqual([together[1]])
    expect(await find('ffff', 10)).toEqual([])
  })

  test('a buyer’s orders are those that they hold, by whatever way, the latest first and in parts', async () => {
    const { db, buyer, order } = await aPaidOrder()
    const friend = await aBuyer(db)
    const theirs = await placeOrder(db, aNewOrder({ buyer: friend }))
    await db.confirmOrder(theirs, hashOf('code'), true, NOW)
    await db.settle(anEvent(theirs), NOW)
    await db.redeem(theirs.id, hashOf('code'), buyer, NOW + 2)
    const held = await findHeldByBuyer(db.db, buyer, LIMITS)
    expect(held).toMatchObject([
      { id: theirs.id, acquiredBy: 'redeemed', heldSince: NOW + 2, state: 'paid' },
      { id: order.id, acquiredBy: 'ordered', heldSince: NOW, state: 'paid', hundredths: 25, currency: 'usd' },
    ])
    const first = await findHeldByBuyer(db.db, buyer, { ...LIMITS, limit: 1 })
    const place = { at: Number(first[0]?.heldSince), id: String(first[0]?.id) }
    expect([...first, ...(await findHeldByBuyer(db.db, buyer, LIMITS, place))]).toEqual(held)
    expect(await findHeldByBuyer(db.db, friend, LIMITS)).toHaveLength(1)
  })

  test('a buyer’s rights show their ends, and whether they were revoked', async () => {
    const { db, buyer, order } = await aPaidOrder()
    const right = { scope: 'product:article', order: order.id, createdAt: NOW + 1 }
    expect(await findRightsOf(db.db, buyer, 10)).toEqual([
      { ...right, fromDay: undefined, untilDay: undefined, isRevoked: false },
    ])
    await db.query(`UPDATE entitlements SET from_day = ${at(NOW).today}, until_day = ${at(NOW).today + 3}`)
    await revokeAccess(
      db.db,
      { order: order.id, buyer: undefined, reason: 'a test' },
      { what: 'access-revoked', session },
      at(NOW + 2),
    )
    expect(await findRightsOf(db.db, buyer, 10)).toEqual([
      { ...right, fromDay: at(NOW).today, untilDay: at(NOW).today + 3, isRevoked: true },
    ])
  })

  describe('signing a browser out', () => {
    const signOut = (db: Awaited<ReturnType<typeof aDatabase>>, buyer: string, secret: string) =>
      signOutBrowser(db.db, { buyer, secretHash: hashOf(secret) }, { session }, NOW + 3)

    test('makes it a stranger, once, and leaves the buyer what they have', async () => {
      const { db, buyer } = await aPaidOrder()
      await db.query(`INSERT INTO sessions VALUES ('${hashOf('other')}', '${buyer}', ${NOW + 2})`)
      const browsers = () => findBrowsersOf(db.db, buyer, 10)
      expect((await browsers()).map(({ secretHash }) => secretHash)).toEqual([hashOf('other'), hashOf('one')])
      const outcomes = await Promise.all([signOut(db, buyer, 'one'), signOut(db, buyer, 'one')])
      expect(outcomes.filter(Boolean)).toHaveLength(1)
      expect(await browsers()).toEqual([{ secretHash: hashOf('other'), createdAt: NOW + 2 }])
      expect(await db.findBuyer(hashOf('one'))).toBeUndefined()
      expect(await db.holdsEntitlement(buyer, 'article', NOW)).toBe(true)
      expect(await db.query('SELECT what, subject FROM actions')).toEqual([
        { what: 'browser-signed-out', subject: buyer },
      ])
      expect(await db.ensureBuyer(hashOf('one'), NOW + 4)).not.toBe(buyer)
    })

    test('ends what it can have kept: the buyer’s keys, and the codes that the wallet had before', async () => {
      const { db, buyer, order } = await aPaidOrder()
      const friend = await aBuyer(db)
      const scope = 'product:article'
      await replaceApiKey(db.db, { keyHash: hashOf('key'), buyer, scope }, at(NOW + 2))
      await db.confirmOrder(order, hashOf('code'), true, NOW + 2)
      await db.redeem(order.id, hashOf('code'), friend, NOW + 2)
      await replaceApiKey(db.db, { keyHash: hashOf('another key'), buyer: friend, scope }, at(NOW + 2))
      expect(await signOut(db, buyer, 'one')).toBe(true)
      expect(await findKeyScopesOf(db.db, buyer)).toEqual([])
      expect(await findKeyScopesOf(db.db, friend)).toEqual([scope])
      expect(await db.findRedemption(order.id, hashOf('code'), NOW + 4)).toBe('spent')
      expect(await db.redeem(order.id, hashOf('code'), await aBuyer(db), NOW + 4)).toBe('spent')
      expect(await db.holdsEntitlement(friend, 'article', NOW + 4)).toBe(true)
    })

    test('of a buyer who redeemed an order ends its codes as well, but no later one', async () => {
      const { db, order } = await aPaidOrder()
      const friend = await db.ensureBuyer(hashOf('phone'), NOW)
      await db.confirmOrder(order, hashOf('code'), true, NOW + 2)
      await db.redeem(order.id, hashOf('code'), friend, NOW + 2)
      await signOut(db, friend, 'phone')
      expect(await db.redeem(order.id, hashOf('code'), await aBuyer(db), NOW + 4)).toBe('spent')
      await db.confirmOrder(order, hashOf('later code'), true, NOW + 4)
      expect(await db.redeem(order.id, hashOf('later code'), await aBuyer(db), NOW + 4)).toBe('redeemed')
    })

    test('is not possible by another buyer’s page', async () => {
      const { db, buyer } = await aPaidOrder()
      await replaceApiKey(db.db, { keyHash: hashOf('key'), buyer, scope: 'product:article' }, at(NOW + 2))
      expect(await signOut(db, await aBuyer(db), 'one')).toBe(false)
      expect(await db.findBuyer(hashOf('one'))).toBeDefined()
      expect(await findKeyScopesOf(db.db, buyer)).toEqual(['product:article'])
      expect(await db.query('SELECT id FROM actions')).toEqual([])
    })
  })

  test('nobody is a buyer by an id that the shop doesn’t have', async () => {
    const { db } = await aDatabase(engine)
    expect(await findDeskBuyer(db, newId(NOW))).toBeUndefined()
  })
})
