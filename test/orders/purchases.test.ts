import { expect, test } from '@jest/globals'
import { ensureBuyer, settleByEvent } from '../../db/index.ts'
import { aNewOrder, anEvent, asShopAsks, at, hashOf, NOW, placeOrder } from '../support/database.ts'
import { aShop } from '../support/shop.ts'

const SHOWN = 200

test('a list of purchases that is too long says so, and leads to the rest and back', async () => {
  const shop = await aShop()
  const browser = shop.browser()
  const { headers } = await browser.get('/products/article')
  const [, secret = ''] = /buyer=(\w+)/.exec(String(headers['set-cookie'])) ?? []
  const buyer = await ensureBuyer(shop.db, hashOf(secret), NOW)
  const db = asShopAsks(shop.db)
  const buy = async (index: number) => {
    const order = await placeOrder(db, aNewOrder({ buyer, product: `tea-${index}`, title: `Tea ${index}.` }))
    const event = anEvent(order)
    const limits = { ourDestination: event.destination ?? '', kept: 1, forgotten: 1 }
    await settleByEvent(shop.db, event, { ...at(NOW + index), ...limits })
  }
  const page = async (path: string) => {
    const { text } = await browser.get(path).expect(200)
    const [, older] = /href="([^"]+)">Older purchases/.exec(text) ?? []
    const titles = [...text.matchAll(/Tea (\d+)\.<\/bdi>/g)].map(([, index]) => Number(index))
    return { titles, older, text }
  }

  for (let index = 1; index <= SHOWN; index++) await buy(index)
  const whole = await page('/purchases')
  expect([whole.titles.length, whole.older]).toEqual([SHOWN, undefined])
  expect(whole.text).toContain('Everything bought in this browser')

  await buy(SHOWN + 1)
  const first = await page('/purchases')
  expect(first.titles.at(-1)).toBe(2)
  expect(first.text).toContain('Not all of them fit on one page.')
  const rest = await page(String(first.older))
  expect([rest.titles, rest.older]).toEqual([[1], undefined])
  expect(rest.text).toContain('href="/purchases">Newest purchases')

  for (const place of ['x', '1', '1.', '1.a b', '9'.repeat(20)])
    await browser.get(`/purchases?after=${encodeURIComponent(place)}`).expect(400)
})
