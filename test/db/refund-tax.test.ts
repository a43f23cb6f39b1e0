import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { recordRefund } from '../../db/index.ts'
import { taxIn } from '../../money/index.ts'
import {
  aBuyer,
  aDatabase,
  aNewOrder,
  anEvent,
  at,
  NOW,
  placeOrder,
  type TestDatabase,
} from '../support/database.ts'
import { onEveryEngine } from '../support/engines.ts'
import { fuzzing } from '../support/fuzz.ts'
import { aRefund } from '../support/refunds.ts'

// A payment of any amount and rate of tax goes back in any parts, half of which are a few hundredths. No part has more tax than
// money, and together they have the tax of what they come to: all of the payment's, when all of it is back.

const { SEED, RUNS, run, TIMEOUT_MS } = fuzzing({ runs: 40 })
const MOST_PARTS = 20

const part = fc.oneof(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 2_000 }))
const sale = fc.record({
  hundredths: fc.oneof(fc.integer({ min: 5, max: 50 }), fc.integer({ min: 5, max: 10_000 })),
  taxRate: fc.oneof(fc.constantFrom(0, 700, 1900, 2500), fc.integer({ min: 0, max: 10_000 })),
  parts: fc.array(part, { maxLength: MOST_PARTS }),
})

onEveryEngine((engine) => {
  const act = { what: 'refund', subject: 'an order', session: 'a session of the desk' }

  async function aTaxedPayment(db: TestDatabase, hundredths: number, taxRate: number): Promise<string> {
    const taxed = { hundredths, taxRate, taxHundredths: taxIn(hundredths, taxRate), taxLabel: 'VAT' }
    const order = await placeOrder(db, aNewOrder({ buyer: await aBuyer(db), ...taxed }))
    await db.settle(anEvent(order, { hundredths }), NOW)
    const [payment] = await db.db.read('SELECT id FROM payments WHERE order_id = @order', { order: order.id })
    return String(payment?.id)
  }

  async function refund(db: TestDatabase, payment: string, hundredths: number, refundedBefore: number) {
    const about = aRefund(payment, { hundredths, refundedBefore })
    expect(await recordRefund(db.db, about, act, at(NOW))).toBe('recorded')
  }

  async function taxReturned(db: TestDatabase, payment: string): Promise<number> {
    const sum = 'SELECT SUM(tax_hundredths) AS tax FROM refunds WHERE payment = @payment'
    return Number((await db.db.read(sum, { payment }))[0]?.tax)
  }

  /** Those of the parts that the amount suffices for, and what is left of it. */
  function partsOf(hundredths: number, wanted: readonly number[]): number[] {
    const parts: number[] = []
    let left = hundredths
    for (const one of wanted) {
      if (one >= left) break
      parts.push(one)
      left -= one
    }
    return [...parts, left]
  }

  test(
    `the parts of a refund return the tax in them, however it is divided (SEED=${SEED} RUNS=${RUNS})`,
    async () => {
      const db = await aDatabase(engine)
      await fc.assert(
        fc.asyncProperty(sale, async ({ hundredths, taxRate, parts }) => {
          const payment = await aTaxedPayment(db, hundredths, taxRate)
          let [refunded, returned] = [0, 0]
          for (const one of partsOf(hundredths, parts)) {
            await refund(db, payment, one, refunded)
            refunded += one
            const tax = (await taxReturned(db, payment)) - returned
            returned += tax
            expect([tax < 0, tax > one, returned]).toEqual([false, false, taxIn(refunded, taxRate)])
          }
          expect(returned).toBe(taxIn(hundredths, taxRate))
        }),
        run,
      )
    },
    TIMEOUT_MS,
  )

  test.each([
    ['more tax than is in what went back', { hundredths: 12, tax: 4, next: 1 }, 0],
    ['less tax than is in what went back', { hundredths: 12, tax: 0, next: 1 }, 1],
  ])(
    'after a part that returned %s, the next has between none and all of itself',
    async (_case, earlier, tax) => {
      const db = await aDatabase(engine)
      const payment = await aTaxedPayment(db, 25, 1900)
      await refund(db, payment, earlier.hundredths, 0)
      await db.query(`UPDATE refunds SET tax_hundredths = ${earlier.tax}`)
      await refund(db, payment, earlier.next, earlier.hundredths)
      expect(await taxReturned(db, payment)).toBe(earlier.tax + tax)
    },
  )
})
