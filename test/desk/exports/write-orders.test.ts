import { expect, test } from '@jest/globals'
import { readConfig } from '../../../server/config/index.ts'
import countHolders from '../../../server/desk/count-holders.ts'
import writeOrders from '../../../server/desk/exports/write-orders.ts'
import { aBuyer, aDatabase, aNewOrder, anEvent, NOW, placeOrder } from '../../support/database.ts'

// The modules of threads, in this one.

async function aShopWithSales(count: number) {
  const db = await aDatabase()
  for (let number = 0; number < count; number++) {
    const order = await placeOrder(db, aNewOrder({ buyer: await aBuyer(db) }), undefined, NOW + number)
    await db.settle(anEvent(order), NOW + number)
  }
  return db.db
}

async function collect(pages: AsyncIterable<string>): Promise<string[]> {
  const all: string[] = []
  for await (const page of pages) all.push(page)
  return all
}

test.each([
  ['orders.csv', 61],
  ['orders.jsonl', 60],
  ['transactions.csv', 61],
] as const)('%s is written page by page, each order once', async (file, lines) => {
  const db = await aShopWithSales(60)
  const { mode, timeZone, journalAccounts } = readConfig({})
  const setting = { mode, timeZone, journalAccounts }
  const argument = { file, setting, filter: {}, after: undefined, until: NOW + 1_000_000, read: 5_000 }
  const pages = await collect(writeOrders(db, argument))
  expect(pages.length).toBeGreaterThan(1)
  expect(pages.join('').trim().split('\n')).toHaveLength(lines)
})

test('the holders of a product are counted once each', async () => {
  const db = await aShopWithSales(3)
  expect(await collect(countHolders(db, { product: 'article', today: 0 }))).toEqual(['3'])
  expect(await collect(countHolders(db, { product: 'other', today: 0 }))).toEqual(['0'])
})
