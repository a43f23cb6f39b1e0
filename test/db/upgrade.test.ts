import { describe, expect, test } from '@jest/globals'
import { anEvent, anInstance, DESTINATION, hashOf } from '../support/database.ts'
import { onSqliteAndPostgres } from '../support/engines.ts'
import {
  anOldDatabase,
  answersAbout,
  asOldOrder,
  buyerNamed,
  FACTS,
  nameOf,
  type OldOrder,
  old,
  orderNamed,
} from '../support/schema-4.ts'

onSqliteAndPostgres((engine) => {
  async function anUpgradedDatabase() {
    const url = await anOldDatabase(engine)
    return { db: await anInstance(url), url }
  }

  describe('a database of schema 4, opened by this shop', () => {
    test('has every order, payment, right, redemption and event', async () => {
      const url = await anOldDatabase(engine)
      const before: Record<string, unknown[]> = {}
      for (const [fact, queries] of Object.entries(FACTS)) {
        before[fact] = await engine.query(url, queries.before)
        expect(before[fact]).not.toEqual([])
      }
      await anInstance(url)
      await anInstance(url) // and again, as at every later start
      for (const [fact, queries] of Object.entries(FACTS))
        expect({ [fact]: await engine.query(url, queries.after) }).toEqual({ [fact]: before[fact] })
    })

    test('opens for each buyer what was theirs before, and nothing else', async () => {
      const { db } = await anUpgradedDatabase()
      for (const [name, buyer] of Object.entries(old.buyers))
        expect({ [name]: await answersAbout(db, buyer) }).toEqual({ [name]: buyer })
    })

    test('shows each order to its buyer with what was offered and paid then', async () => {
      const { db } = await anUpgradedDatabase()
      for (const [name, { buyer, isPaid, codes, clientSecret, ...order }] of Object.entries(old.orders)) {
        const held = await db.findHeldOrder(order.intent, buyerNamed(buyer).id)
        expect({ [name]: asOldOrder(held) }).toEqual({ [name]: order })
        expect(await db.isPaid(order.intent)).toBe(isPaid)
      }
    })

    test('takes each redemption code for as long as before', async () => {
      const { db } = await anUpgradedDatabase()
      for (const [name, { intent, codes }] of Object.entries(old.orders))
        for (const [code, answers] of Object.entries(codes)) {
          const asked = old.redemptionTimes.map((at) => db.findRedemption(intent, hashOf(code), at))
          expect({ [name]: await Promise.all(asked) }).toEqual({ [name]: answers })
        }
    })

    test('takes no code for another order', async () => {
      const { db } = await anUpgradedDatabase()
      const [code = ''] = Object.keys(orderNamed('yesterday').codes)
      expect(await db.findRedemption(orderNamed('fresh').intent, hashOf(code), old.stoppedAt)).toBe('unknown')
    })

    test('polls Code for the same orders, each when it is due', async () => {
      const { db } = await anUpgradedDatabase()
      for (const { at, limit, asked } of old.checks) {
        const intents = await db.claimDuePolls(at, limit)
        expect({ at, asked: intents.map(nameOf).sort() }).toEqual({ at, asked })
      }
    })
  })

  describe('an unpaid order from before', () => {
    const unpaid = Object.entries(old.orders).filter(([, order]) => !order.isPaid)
    const eventFor = ({ intent, hundredths, currency }: OldOrder) =>
      anEvent({ intent }, { hundredths, currency, destination: DESTINATION })

    test('is paid by a webhook that comes after the upgrade, for all its holders, once', async () => {
      const { db } = await anUpgradedDatabase()
      let now = old.stoppedAt
      for (const [name, order] of unpaid) {
        const { id } = buyerNamed(order.buyer)
        now += 1_000
        expect({ [name]: await db.settleByEvent(eventFor(order), false, now) }).toEqual({ [name]: 'applied' })
        expect(await db.settleByEvent(eventFor(order), false, now + 1)).toBe('duplicate')
        expect(nameOf((await db.findPurchase(id, order.product, now))?.intent)).toBe(name)
      }
      const lea = buyerNamed('lea')
      expect(nameOf((await db.findPurchase(lea.id, 'download', now))?.intent)).toBe('fresh-download')
    })

    test('is paid by a status only where that was enough before', async () => {
      const { db } = await anUpgradedDatabase()
      let now = old.stoppedAt
      const byStatus: string[] = []
      for (const [name, { intent }] of unpaid) {
        now += 1_000
        if (await db.settleByStatus(intent, now)) byStatus.push(name)
      }
      // Code had not confirmed `unconfirmed`, `dropped` and `stored-only`; another event speaks against `mismatched`.
      expect(byStatus).toEqual([
        'forgotten',
        'unpaid-poster',
        'redeemed-unpaid',
        'hours-old',
        'fresh',
        'fresh-download',
      ])
      const hal = buyerNamed('hal')
      expect(nameOf((await db.findPurchase(hal.id, 'other', now))?.intent)).toBe('fresh')
    })

    test('is redeemed and paid as if nothing had happened', async () => {
      const { db } = await anUpgradedDatabase()
      const { intent, codes, product } = orderNamed('fresh-download')
      const [code = ''] = Object.keys(codes)
      const phone = await db.ensureBuyer(hashOf('a phone'), old.stoppedAt)
      expect(await db.redeem(intent, hashOf(code), phone, old.stoppedAt)).toBe('redeemed')
      expect(await db.findPurchase(phone, product, old.stoppedAt)).toBeUndefined()
      await db.settleByEvent(eventFor(orderNamed('fresh-download')), false, old.stoppedAt + 1)
      expect(await db.findPurchase(phone, product, old.stoppedAt + 1)).toMatchObject({ intent })
    })
  })

  describe('a paid order from before', () => {
    test('is redeemed by as many browsers as were left, and opens for them', async () => {
      const { db } = await anUpgradedDatabase()
      const { intent, codes, product } = orderNamed('yesterday') // redeemed once before
      const [code = ''] = Object.keys(codes)
      const answers: string[] = []
      for (const name of ['phone', 'tablet', 'one too many']) {
        const buyer = await db.ensureBuyer(hashOf(name), old.stoppedAt)
        answers.push(await db.redeem(intent, hashOf(code), buyer, old.stoppedAt))
        const opened = await db.findPurchase(buyer, product, old.stoppedAt)
        expect(opened?.intent === intent).toBe(answers.at(-1) === 'redeemed')
      }
      expect(answers).toEqual(['redeemed', 'redeemed', 'spent'])
    })

    test('that a status has paid gets its figures from a webhook that comes after the upgrade', async () => {
      const { db, url } = await anUpgradedDatabase()
      const order = orderNamed('yesterday')
      const { hundredths, currency, intent } = order
      const event = anEvent({ intent }, { hundredths, currency, user: 'somebody' })
      expect(await db.settleByEvent(event, false, old.stoppedAt)).toBe('duplicate')
      expect(
        await engine.query(url, `SELECT quarks, code_user FROM payments WHERE intent = '${intent}'`),
      ).toEqual([{ quarks: event.quarks, code_user: 'somebody' }])
    })
  })

  test('an event that was kept before is known when it is delivered again', async () => {
    const { db, url } = await anUpgradedDatabase()
    const kept = await engine.query(
      url,
      `SELECT digest, intent, jws, verdict AS outcome, times_seen FROM events ORDER BY digest`,
    )
    for (const { digest, intent, jws, outcome } of kept) {
      const destination = outcome === 'unmatched' ? 'a stranger’s' : DESTINATION
      const claims = { currency: 'usd', hundredths: 1, destination, state: 'SUBMITTED' }
      const event = { ...claims, type: 'payment' as const, quarks: 1, exchangeRate: 1, fees: '', user: null }
      const again = await db.settleByEvent(
        { ...event, digest: String(digest), intent: intent as string | null, jws: String(jws) },
        outcome === 'test',
        old.stoppedAt,
      )
      expect(again).toBe(outcome === 'applied' ? 'duplicate' : outcome)
    }
    const seen = await engine.query(url, `SELECT digest, times_seen FROM events ORDER BY digest`)
    expect(seen).toEqual(
      kept.map(({ digest, times_seen }) => ({ digest, times_seen: Number(times_seen) + 1 })),
    )
  })
})
