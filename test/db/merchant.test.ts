import { describe, expect, test } from '@jest/globals'
import {
  findDeskOrder,
  findOpenToBuyer,
  findRedemption,
  honourOrder,
  honourOrphan,
  issueLink,
  newId,
  type Refund,
  recordRefund,
  restoreAccess,
  revokeAccess,
  signOutBrowser,
} from '../../db/index.ts'
import { taxIn } from '../../money/index.ts'
import {
  aBuyer,
  aDatabase,
  aNewOrder,
  anEvent,
  at,
  hashOf,
  NOW,
  OUR_DESTINATION,
  placeOrder,
  type TestDatabase,
} from '../support/database.ts'
import { onEveryEngine } from '../support/engines.ts'
import { aRefund } from '../support/refunds.ts'

const DAY = 86_400_000
const SESSION = 'a session of the desk'
const act = (what: string, subject: string) => ({ what, subject, session: SESSION })

onEveryEngine((engine) => {
  async function anOrder() {
    const db = await aDatabase(engine)
    const buyer = await aBuyer(db)
    const order = await placeOrder(db, aNewOrder({ buyer }))
    return { db, buyer, order }
  }

  async function aPaidOrder() {
    const { db, buyer, order } = await anOrder()
    await db.settleByEvent(anEvent(order), false, NOW)
    return { db, buyer, order, payment: await paymentOf(db, order.intent) }
  }

  async function paymentOf({ db }: TestDatabase, intent: string): Promise<string> {
    const [row] = await db.read('SELECT id FROM payments WHERE intent = @intent', { intent })
    return String(row?.id)
  }

  const refund = ({ db }: TestDatabase, refunded: Refund) =>
    recordRefund(db, refunded, act('refund', refunded.payment), at(NOW))
  const revoke = ({ db }: TestDatabase, order: string, buyer?: string) =>
    revokeAccess(db, { order, buyer, reason: 'a reason' }, act('revoke', order), at(NOW))
  const restore = ({ db }: TestDatabase, order: string, revocation: string) =>
    restoreAccess(db, { order, revocation, reason: 'a reason' }, act('restore', order), at(NOW))
  const link = ({ db }: TestDatabase, about: { order?: string; buyer?: string }, code: string, now = NOW) =>
    issueLink(
      db,
      {
        order: about.order,
        buyer: about.buyer,
        codeHash: hashOf(code),
        holdersAllowed: 1,
        expiresAt: now + DAY,
      },
      act('link', about.order ?? about.buyer ?? ''),
      now,
    )

  const countOf = async ({ query }: TestDatabase, table: string) =>
    Number((await query(`SELECT COUNT(*) AS rows FROM ${table}`))[0]?.rows)
  const revocationsOf = async ({ query }: TestDatabase) =>
    (await query('SELECT id FROM revocations ORDER BY id')).map(({ id }) => String(id))
  const actionsOf = async ({ query }: TestDatabase) =>
    (await query('SELECT what, subject, session FROM actions ORDER BY id')).map((row) => ({ ...row }))

  describe('a refund', () => {
    test('may be made in parts, up to what came', async () => {
      const { db, payment } = await aPaidOrder()
      expect(await refund(db, aRefund(payment, { hundredths: 15 }))).toBe('recorded')
      expect(await refund(db, aRefund(payment, { hundredths: 11, refundedBefore: 15 }))).toBe('too-much')
      expect(await refund(db, aRefund(payment, { hundredths: 10, refundedBefore: 15 }))).toBe('recorded')
      expect(await refund(db, aRefund(payment, { hundredths: 1, refundedBefore: 25 }))).toBe('too-much')
      expect(await countOf(db, 'refunds')).toBe(2)
      expect(await actionsOf(db)).toEqual([act('refund', payment), act('refund', payment)])
    })

    test.each([
      [119, 1900, [40, 40, 39], [6, 7, 6]],
      [119, 1900, [119], [19]],
      [100, 700, [1, 1, 98], [0, 0, 7]],
      [25, 1900, [...Array(8).fill(3), 1], [0, 1, 0, 1, 0, 1, 0, 1, 0]], // rounded one by one, 4 would be left for the last
    ])(
      'of %d with tax returns the tax with it: each part takes what the tax has grown by',
      async (hundredths, taxRate, parts, taxes) => {
        const db = await aDatabase(engine)
        const taxHundredths = taxIn(hundredths, taxRate)
        const taxed = { hundredths, taxRate, taxHundredths, taxLabel: 'VAT' }
        const order = await placeOrder(db, aNewOrder({ buyer: await aBuyer(db), ...taxed }))
        await db.settle(anEvent(order, { hundredths }), NOW)
        const [paid] = await db.query('SELECT id FROM payments')
        const total = async () =>
          Number((await db.query('SELECT SUM(tax_hundredths) AS total FROM refunds'))[0]?.total)
        const returned: number[] = []
        let refundedBefore = 0
        for (const part of parts) {
          const before = await total()
          const one = aRefund(String(paid?.id), { hundredths: part, refundedBefore })
          expect(await refund(db, one)).toBe('recorded')
          refundedBefore += part
          returned.push((await total()) - before)
        }
        expect(returned).toEqual(taxes)
        expect(taxes.reduce((sum, tax) => sum + tax, 0)).toBe(taxHundredths)
      },
    )

    test.each([25, 10])('of %i of 25 in two tabs at once is one', async (hundredths) => {
      const { db, payment } = await aPaidOrder()
      const both = await Promise.all([1, 2].map(() => refund(db, aRefund(payment, { hundredths }))))
      expect(both.sort()).toEqual(['changed', 'recorded'])
      expect([await countOf(db, 'refunds'), await countOf(db, 'actions')]).toEqual([1, 1])
    })

    test('of nothing that exists records nothing', async () => {
      const { db } = await aPaidOrder()
      expect(await refund(db, aRefund('none'))).toBe('unknown')
      expect([await countOf(db, 'refunds'), await countOf(db, 'actions')]).toEqual([0, 0])
    })

    test('ends the access only if that is wanted', async () => {
      const { db, buyer, payment, order } = await aPaidOrder()
      await refund(db, aRefund(payment, { hundredths: 5 }))
      expect(await db.holdsEntitlement(buyer, 'article', NOW)).toBe(true)
      await refund(db, aRefund(payment, { hundredths: 20, refundedBefore: 5, endsAccess: 'refunded' }))
      expect(await db.holdsEntitlement(buyer, 'article', NOW)).toBe(false)
      expect(await db.findPurchase(buyer, 'article', NOW)).toBeUndefined()
      expect(await db.findHeldOrder(order.id, buyer)).toMatchObject({
        refund: { hundredths: 25 },
        isRevoked: true,
      })
    })

    test('that is too much doesn’t end the access', async () => {
      const { db, buyer, payment } = await aPaidOrder()
      await refund(db, aRefund(payment, { hundredths: 26, endsAccess: 'refunded' }))
      expect(await db.holdsEntitlement(buyer, 'article', NOW)).toBe(true)
    })

    test('lets the buyer order again, and what they pay then is not paid twice', async () => {
      const { db, buyer, payment } = await aPaidOrder()
      await refund(db, aRefund(payment, { endsAccess: 'refunded' }))
      const again = await placeOrder(db, aNewOrder({ buyer }))
      expect(await db.settle(anEvent(again), NOW)).toMatchObject({ verdict: 'applied', paidTwice: false })
      expect(await db.holdsEntitlement(buyer, 'article', NOW)).toBe(true)
    })

    test.each([
      ['of everything', 25, false],
      ['of a part', 24, true],
    ])('%s decides whether the order’s other intent pays it twice', async (_what, hundredths, paidTwice) => {
      const { db, order } = await anOrder()
      await db.replaceIntent(order, 'second', NOW)
      await db.settle(anEvent(order), NOW)
      await refund(db, aRefund(await paymentOf(db, order.intent), { hundredths }))
      expect(await db.settle(anEvent({ intent: 'second' }), NOW)).toEqual({
        verdict: 'applied',
        paidTwice,
        orderedAt: NOW,
      })
    })
  })

  describe('of two orders for the same', () => {
    async function twoPaidOrders() {
      const { db, buyer, order: first } = await anOrder()
      const second = await placeOrder(db, aNewOrder({ buyer }), first.intent)
      for (const order of [first, second]) await db.settle(anEvent(order), NOW)
      const stateOf = async ({ id }: { id: string }) => (await findDeskOrder(db.db, id))?.state
      return { db, first, second, states: async () => [await stateOf(first), await stateOf(second)] }
    }

    test('the second is paid twice, for as long as nothing less than all of the first was sent back', async () => {
      const { db, first, states } = await twoPaidOrders()
      expect(await states()).toEqual(['paid', 'paid-twice'])
      const payment = await paymentOf(db, first.intent)
      await refund(db, aRefund(payment, { hundredths: 24 }))
      expect(await states()).toEqual(['partly-refunded', 'paid-twice'])
      await refund(db, aRefund(payment, { hundredths: 1, refundedBefore: 24 }))
      expect(await states()).toEqual(['refunded', 'paid'])
    })

    test('the second is not paid twice while the access by the first is ended', async () => {
      const { db, first, states } = await twoPaidOrders()
      await revoke(db, first.id)
      expect(await states()).toEqual(['revoked', 'paid'])
      const [revocation] = await db.db.read('SELECT id FROM revocations', {})
      await restore(db, first.id, String(revocation?.id))
      expect(await states()).toEqual(['paid', 'paid-twice'])
    })

    test('the first is not paid twice once one of its own two payments was sent back: only the second is', async () => {
      const { db, buyer, order: first } = await anOrder()
      await db.replaceIntent(first, 'its other intent', NOW)
      const second = await placeOrder(db, aNewOrder({ buyer }), 'its other intent')
      for (const intent of [first.intent, 'its other intent']) await db.settle(anEvent({ intent }), NOW)
      await refund(db, aRefund(await paymentOf(db, first.intent)))
      await db.settle(anEvent(second), NOW)
      expect((await findDeskOrder(db.db, first.id))?.state).toBe('partly-refunded')
      expect((await findDeskOrder(db.db, second.id))?.state).toBe('paid-twice')
    })
  })

  describe('a revocation', () => {
    test('of an order ends the access of all its holders, once', async () => {
      const { db, buyer, order } = await aPaidOrder()
      const phone = await aBuyer(db)
      await db.confirmOrder(order, hashOf('code'), true, NOW)
      await db.redeem(order.id, hashOf('code'), phone, NOW)
      expect(await revoke(db, order.id)).toBe('revoked')
      expect(await revoke(db, order.id)).toBe('already')
      for (const holder of [buyer, phone])
        expect(await db.holdsEntitlement(holder, 'article', NOW)).toBe(false)
      expect(await actionsOf(db)).toEqual([act('revoke', order.id)])
    })

    test('of one browser ends that of no other', async () => {
      const { db, buyer, order } = await aPaidOrder()
      const phone = await aBuyer(db)
      await db.confirmOrder(order, hashOf('code'), true, NOW)
      await db.redeem(order.id, hashOf('code'), phone, NOW)
      expect(await revoke(db, order.id, phone)).toBe('revoked')
      expect(await db.holdsEntitlement(phone, 'article', NOW)).toBe(false)
      expect(await db.holdsEntitlement(buyer, 'article', NOW)).toBe(true)
      expect(await revoke(db, order.id)).toBe('revoked') // of everybody
      expect(await db.holdsEntitlement(buyer, 'article', NOW)).toBe(false)
    })

    test('of somebody who doesn’t hold the order, or of no order, revokes nothing', async () => {
      const { db, order } = await aPaidOrder()
      expect(await revoke(db, order.id, await aBuyer(db))).toBe('unknown')
      expect(await revoke(db, 'none')).toBe('unknown')
      expect(await countOf(db, 'revocations')).toBe(0)
    })

    test('closes the way of redemption, until it is restored', async () => {
      const { db, order } = await aPaidOrder()
      await db.confirmOrder(order, hashOf('code'), true, NOW)
      await revoke(db, order.id)
      const phone = await aBuyer(db)
      expect(await db.findRedemption(order.id, hashOf('code'), NOW)).toBe('ended')
      expect(await db.redeem(order.id, hashOf('code'), phone, NOW)).toBe('ended')
      const [revocation = ''] = await revocationsOf(db)
      expect(await restore(db, order.id, revocation)).toBe('restored')
      expect(await restore(db, order.id, revocation)).toBe('already')
      expect(await db.redeem(order.id, hashOf('code'), phone, NOW)).toBe('redeemed')
      expect(await db.holdsEntitlement(phone, 'article', NOW)).toBe(true)
    })

    test('of another order is not restored by this one', async () => {
      const { db, order } = await aPaidOrder()
      await revoke(db, order.id)
      const [revocation = ''] = await revocationsOf(db)
      expect(await restore(db, 'another', revocation)).toBe('unknown')
      expect(await countOf(db, 'restorations')).toBe(0)
    })

    test('before the payment keeps a holder out, and the payment lets everybody in', async () => {
      const { db, buyer, order } = await anOrder()
      await revoke(db, order.id)
      await db.settleByEvent(anEvent(order), false, NOW)
      expect(await db.holdsEntitlement(buyer, 'article', NOW)).toBe(true)
    })

    test('before a payment that only polling finds is restored by that as well', async () => {
      const { db, buyer, order } = await anOrder()
      await db.confirmOrder(order, hashOf('code'), true, NOW)
      await revoke(db, order.id)
      await db.settleByStatus(order.intent, NOW)
      expect(await db.holdsEntitlement(buyer, 'article', NOW)).toBe(true)
    })

    test('is restored by a new payment, not by a later proof of the old one', async () => {
      const { db, buyer, order } = await anOrder()
      await db.confirmOrder(order, hashOf('code'), true, NOW)
      await db.settleByStatus(order.intent, NOW)
      await revoke(db, order.id)
      expect(await db.settleByEvent(anEvent(order), false, NOW)).toBe('duplicate')
      expect(await db.holdsEntitlement(buyer, 'article', NOW)).toBe(false)
      await db.query(`INSERT INTO intents (id, order_id, hundredths, currency, destination, created_at)
        SELECT 'second', order_id, hundredths, currency, destination, created_at FROM intents`)
      expect(await db.settleByEvent(anEvent({ intent: 'second' }), false, NOW)).toBe('applied')
      expect(await db.holdsEntitlement(buyer, 'article', NOW)).toBe(true)
    })

    test('that was restored before doesn’t keep a new payment from being settled', async () => {
      const { db, buyer, order } = await anOrder()
      await db.replaceIntent(order, 'second', NOW)
      await db.settleByEvent(anEvent(order), false, NOW)
      await revoke(db, order.id)
      const [first = ''] = await revocationsOf(db)
      expect(await restore(db, order.id, first)).toBe('restored')
      await revoke(db, order.id)
      expect(await db.settleByEvent(anEvent({ intent: 'second' }), false, NOW)).toBe('applied')
      expect(await db.holdsEntitlement(buyer, 'article', NOW)).toBe(true)
      expect(await countOf(db, 'restorations')).toBe(2)
    })

    test('of one browser is not restored by a new payment', async () => {
      const { db, buyer, order } = await anOrder()
      await revoke(db, order.id, buyer)
      await db.settleByEvent(anEvent(order), false, NOW)
      expect(await db.holdsEntitlement(buyer, 'article', NOW)).toBe(false)
    })
  })

  describe('a merchant’s link', () => {
    test('opens a paid order in one browser, besides the buyer’s own three', async () => {
      const { db, order } = await aPaidOrder()
      await db.confirmOrder(order, hashOf('code'), true, NOW)
      for (let phone = 0; phone < 3; phone++) await db.redeem(order.id, hashOf('code'), await aBuyer(db), NOW)
      expect(await link(db, { order: order.id }, 'link')).toBe('issued')
      const [first, second] = [await aBuyer(db), await aBuyer(db)]
      expect(await db.redeem(order.id, hashOf('link'), first, NOW)).toBe('redeemed')
      expect(await db.redeem(order.id, hashOf('link'), first, NOW)).toBe('redeemed')
      expect(await db.redeem(order.id, hashOf('link'), second, NOW)).toBe('spent')
      expect(await db.holdsEntitlement(first, 'article', NOW)).toBe(true)
      expect(await db.holdsEntitlement(second, 'article', NOW)).toBe(false)
    })

    test('lasts for a day, and ends when the next is issued', async () => {
      const { db, order } = await aPaidOrder()
      await link(db, { order: order.id }, 'first')
      expect(await db.findRedemption(order.id, hashOf('first'), NOW + DAY - 1)).toBe('redeemed')
      expect(await db.findRedemption(order.id, hashOf('first'), NOW + DAY)).toBe('spent')
      await link(db, { order: order.id }, 'second', NOW + 1)
      expect(await db.findRedemption(order.id, hashOf('first'), NOW + 1)).toBe('spent')
      expect(await db.findRedemption(order.id, hashOf('second'), NOW + 1)).toBe('redeemed')
    })

    test('is not issued where it could open nothing', async () => {
      const { db, order } = await anOrder()
      expect(await link(db, { order: order.id }, 'link')).toBe('unpaid')
      expect(await link(db, { order: 'none' }, 'link')).toBe('unknown')
      await db.settleByEvent(anEvent(order), false, NOW)
      await revoke(db, order.id)
      expect(await link(db, { order: order.id }, 'link')).toBe('revoked')
      expect(await countOf(db, 'redemptions')).toBe(0)
    })

    test('that isn’t issued leaves the last one as it is', async () => {
      const { db, order } = await aPaidOrder()
      await link(db, { order: order.id }, 'first')
      await revoke(db, order.id)
      expect(await link(db, { order: order.id }, 'second')).toBe('revoked')
      const [revocation = ''] = await revocationsOf(db)
      await restore(db, order.id, revocation)
      expect(await db.redeem(order.id, hashOf('first'), await aBuyer(db), NOW)).toBe('redeemed')
    })

    test('for a buyer opens all that they hold, in one browser, even if that holds a part of it', async () => {
      const { db, buyer, order } = await aPaidOrder()
      const other = await placeOrder(db, aNewOrder({ buyer, product: 'other' }))
      await db.settleByEvent(anEvent(other), false, NOW)
      const phone = await aBuyer(db)
      await db.confirmOrder(order, hashOf('code'), true, NOW)
      await db.redeem(order.id, hashOf('code'), phone, NOW)
      expect(await link(db, { buyer }, 'link')).toBe('issued')
      expect(await db.redeem(order.id, hashOf('link'), phone, NOW)).toBe('redeemed')
      for (const product of ['article', 'other'])
        expect(await db.holdsEntitlement(phone, product, NOW)).toBe(true)
      expect(await db.redeem(order.id, hashOf('link'), await aBuyer(db), NOW)).toBe('spent')
    })

    test('for a buyer ends when the next for them is issued', async () => {
      const { db, buyer, order } = await aPaidOrder()
      for (const code of ['first', 'second']) expect(await link(db, { buyer }, code)).toBe('issued')
      expect(await db.findRedemption(order.id, hashOf('first'), NOW)).toBe('spent')
      expect(await db.findRedemption(order.id, hashOf('second'), NOW)).toBe('redeemed')
    })

    test('for a buyer leaves out an order from which the merchant has ended their access', async () => {
      const { db, buyer, order } = await aPaidOrder()
      const ended = await placeOrder(db, aNewOrder({ buyer, product: 'other' }))
      await db.settleByEvent(anEvent(ended), false, NOW)
      await link(db, { buyer }, 'link')
      await revoke(db, ended.id, buyer)
      expect(await findOpenToBuyer(db.db, buyer)).toBe(order.id)
      const phone = await aBuyer(db)
      expect(await db.findRedemption(ended.id, hashOf('link'), NOW)).toBe('redeemed')
      expect(await db.redeem(ended.id, hashOf('link'), phone, NOW)).toBe('redeemed')
      expect(await db.redeem(order.id, hashOf('link'), phone, NOW)).toBe('redeemed')
      expect(await db.holdsEntitlement(phone, 'article', NOW)).toBe(true)
      expect(await db.holdsEntitlement(phone, 'other', NOW)).toBe(false)
      const looked = { id: order.id, codeHash: hashOf('link'), now: NOW, walletLifeMs: DAY }
      // Of a code for two browsers, the second would still get what the buyer has.
      await db.query('UPDATE redemptions SET holders_allowed = 2')
      expect(await findRedemption(db.db, { ...looked, buyer: phone })).toMatchObject({ opensMore: false })
    })

    test.each([
      ['for everyone', () => undefined],
      ['for the buyer', (buyer: string) => buyer],
    ])('for a buyer ends when nothing of it is open any more %s', async (_whose, whose) => {
      const { db, buyer, order } = await aPaidOrder()
      const other = await placeOrder(db, aNewOrder({ buyer, product: 'other' }))
      await db.settleByEvent(anEvent(other), false, NOW)
      await placeOrder(db, aNewOrder({ buyer, product: 'unpaid' }))
      await link(db, { buyer }, 'link')
      await revoke(db, order.id, whose(buyer))
      for (const { id } of [order, other])
        expect(await db.findRedemption(id, hashOf('link'), NOW)).toBe('redeemed')
      await revoke(db, other.id, whose(buyer))
      const phone = await aBuyer(db)
      for (const { id } of [order, other]) {
        expect(await db.findRedemption(id, hashOf('link'), NOW)).toBe('ended')
        expect(await db.redeem(id, hashOf('link'), phone, NOW)).toBe('ended')
      }
      expect(await db.findPurchases(phone, 10)).toEqual([])
    })

    test('for a buyer opens what the merchant has restored to them', async () => {
      const { db, buyer, order } = await aPaidOrder()
      await revoke(db, order.id, buyer)
      expect(await link(db, { buyer }, 'link')).toBe('revoked')
      expect(await findOpenToBuyer(db.db, buyer)).toBeUndefined()
      const [revocation = ''] = await revocationsOf(db)
      await restore(db, order.id, revocation)
      expect(await link(db, { buyer }, 'link')).toBe('issued')
      const phone = await aBuyer(db)
      expect(await db.redeem(order.id, hashOf('link'), phone, NOW)).toBe('redeemed')
      expect(await db.holdsEntitlement(phone, 'article', NOW)).toBe(true)
    })

    test('to an order opens it although the access of the lost browser has ended', async () => {
      const { db, buyer, order } = await aPaidOrder()
      await revoke(db, order.id, buyer)
      expect(await link(db, { order: order.id }, 'link')).toBe('issued')
      const phone = await aBuyer(db)
      expect(await db.redeem(order.id, hashOf('link'), phone, NOW)).toBe('redeemed')
      expect(await db.holdsEntitlement(phone, 'article', NOW)).toBe(true)
    })

    test('for a buyer opens nothing of another', async () => {
      const { db, buyer } = await aPaidOrder()
      const stranger = await aBuyer(db)
      const theirs = await placeOrder(db, aNewOrder({ buyer: stranger }))
      await db.settleByEvent(anEvent(theirs), false, NOW)
      await link(db, { buyer }, 'link')
      expect(await db.redeem(theirs.id, hashOf('link'), await aBuyer(db), NOW)).toBe('unknown')
    })
  })

  describe('signing out a browser', () => {
    const signOut = ({ db }: TestDatabase, buyer: string, secretHash: string) =>
      signOutBrowser(db, { buyer, secretHash }, { session: SESSION }, NOW)

    test('that is another buyer’s ends nothing of either', async () => {
      const { db, order, buyer } = await aPaidOrder()
      const stranger = await db.ensureBuyer(hashOf('a stranger’s browser'), NOW)
      await db.query(`INSERT INTO api_keys VALUES ('${hashOf('key')}', '${buyer}', 'api:search', ${NOW})`)
      await db.confirmOrder(order, hashOf('code'), true, NOW)
      expect(await signOut(db, buyer, hashOf('a stranger’s browser'))).toBe(false)
      expect(await db.findBuyer(hashOf('a stranger’s browser'))).toBe(stranger)
      expect(await countOf(db, 'api_keys')).toBe(1)
      expect(await db.findRedemption(order.id, hashOf('code'), NOW)).toBe('redeemed')
      expect(await actionsOf(db)).toEqual([])
    })

    test('ends the links of wallets, and not those that the merchant has issued', async () => {
      const { db, order } = await anOrder()
      const buyer = await db.ensureBuyer(hashOf('the lost browser'), NOW)
      await db.confirmOrder(order, hashOf('code'), true, NOW)
      await db.settleByEvent(anEvent(order), false, NOW)
      await db.redeem(order.id, hashOf('code'), buyer, NOW)
      await link(db, { order: order.id }, 'link')
      expect(await signOut(db, buyer, hashOf('the lost browser'))).toBe(true)
      expect(await db.findRedemption(order.id, hashOf('code'), NOW)).toBe('spent')
      expect(await db.findRedemption(order.id, hashOf('link'), NOW)).toBe('redeemed')
    })
  })

  describe('an order honoured by hand', () => {
    const honour = (db: TestDatabase, about: { order: string; intent: string; event?: string }) =>
      honourOrder(
        db.db,
        { hundredths: 20, currency: 'eur', reason: 'a reason', event: undefined, ...about },
        act('honour', about.order),
        at(NOW),
      )

    test('is paid with the amount that came, and ends the offer', async () => {
      const { db, buyer, order } = await anOrder()
      expect(await honour(db, { order: order.id, intent: order.intent })).toBe('honoured')
      expect(await db.holdsEntitlement(buyer, 'article', NOW)).toBe(true)
      expect(await db.findOpenOrder(buyer, 'article')).toBeUndefined()
      expect(await db.claimDuePolls(NOW + DAY, 10)).toEqual([])
      expect(await db.query('SELECT proof, hundredths, currency, honoured_by FROM payments')).toMatchObject([
        { proof: 'merchant', hundredths: 20, currency: 'eur', honoured_by: SESSION },
      ])
      expect(await actionsOf(db)).toEqual([act('honour', order.id)])
    })

    test('is honoured once, and not with an intent of another order', async () => {
      const { db, order } = await anOrder()
      const both = [1, 2].map(() => honour(db, { order: order.id, intent: order.intent }))
      expect((await Promise.all(both)).sort()).toEqual(['honoured', 'paid'])
      expect(await honour(db, { order: 'another', intent: order.intent })).toBe('unknown')
      expect(await countOf(db, 'payments')).toBe(1)
    })

    test('gets its webhook later as the proof of the same payment, with the amount that Code says', async () => {
      const { db, order } = await anOrder()
      await honour(db, { order: order.id, intent: order.intent })
      const event = anEvent(order)
      expect(await db.settleByEvent(event, false, NOW)).toBe('duplicate')
      expect(await db.query('SELECT proof, hundredths, currency, event FROM payments')).toMatchObject([
        { proof: 'webhook', hundredths: event.hundredths, currency: event.currency, event: event.digest },
      ])
    })

    test('takes a mismatched event of its own intent for one payment only', async () => {
      const { db, buyer, order } = await anOrder()
      const event = anEvent(order, { hundredths: 20 })
      expect(await db.settleByEvent(event, false, NOW)).toBe('mismatched')
      const other = await placeOrder(db, aNewOrder({ buyer, product: 'other' }))
      const about = { event: event.digest }
      expect(await honour(db, { ...about, order: other.id, intent: other.intent })).toBe('event-used')
      expect(await honour(db, { ...about, order: order.id, intent: order.intent })).toBe('honoured')
      expect(await countOf(db, 'payments')).toBe(1)
    })
  })

  test('what is honoured by hand has the tax in what really came, and a later webhook that of the order', async () => {
    const taxed = { hundredths: 119, taxRate: 1900, taxHundredths: 19, taxLabel: 'VAT' }
    const db = await aDatabase(engine)
    const order = await placeOrder(db, aNewOrder({ buyer: await aBuyer(db), ...taxed }))
    const tax = async () => Number((await db.query('SELECT tax_hundredths FROM payments'))[0]?.tax_hundredths)
    const honour = {
      order: order.id,
      intent: order.intent,
      hundredths: 60,
      currency: 'usd',
      reason: 'a part',
    }
    await honourOrder(db.db, { ...honour, event: undefined }, act('honour', order.id), at(NOW))
    expect(await tax()).toBe(taxIn(60, 1900))
    await db.settle(anEvent(order, { hundredths: 119 }), NOW)
    expect(await tax()).toBe(19)
  })

  describe('an orphaned event', () => {
    const orphan = (intent: string) => anEvent({ intent }, { destination: OUR_DESTINATION })
    const honour = (db: TestDatabase, event: string, buyer = newId(NOW)) =>
      honourOrphan(
        db.db,
        {
          id: newId(NOW),
          buyer,
          product: 'article',
          kind: 'article',
          title: 'An article',
          listHundredths: 25,
          taxRate: 1900,
          taxLabel: 'VAT',
          grants: [{ scope: 'product:article', days: null, calls: null }],
          event,
          reason: 'a restored backup',
        },
        act('honour', event),
        at(NOW),
      )

    test('becomes a paid order of a new buyer, for whom a link can be issued', async () => {
      const { db } = await anOrder()
      const event = orphan('of a lost order')
      expect(await db.settleByEvent(event, false, NOW)).toBe('orphaned')
      const buyer = newId(NOW)
      expect(await honour(db, event.digest, buyer)).toBe(true)
      expect(await db.holdsEntitlement(buyer, 'article', NOW)).toBe(true)
      expect(await link(db, { buyer }, 'link')).toBe('issued')
      expect(await db.settleByEvent(event, false, NOW)).toBe('duplicate')
    })

    test('serves one payment only, also in two tabs at once', async () => {
      const { db } = await anOrder()
      const event = orphan('of a lost order')
      await db.settleByEvent(event, false, NOW)
      const both = await Promise.all([honour(db, event.digest), honour(db, event.digest)])
      expect(both.sort()).toEqual([false, true])
      expect(await countOf(db, 'payments')).toBe(1)
      expect(await countOf(db, 'orders')).toBe(2)
    })

    test('that is no orphan honours nothing', async () => {
      const { db, order } = await anOrder()
      const event = anEvent(order, { hundredths: 20 })
      await db.settleByEvent(event, false, NOW)
      expect(await honour(db, event.digest)).toBe(false)
      expect(await honour(db, hashOf('none'))).toBe(false)
      expect([await countOf(db, 'payments'), await countOf(db, 'actions')]).toEqual([0, 0])
    })
  })
})
