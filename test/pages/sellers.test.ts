import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { noteSeller } from '../../server/pages/index.ts'
import { aCatalogWithPasses } from '../support/passes.ts'
import { aShop, order } from '../support/shop.ts'

const A_YEAR = 365 * 86_400_000

async function aShopOf(seller: string) {
  const catalogFolder = aCatalogWithPasses()
  const file = join(catalogFolder, 'shop.yaml')
  const name = (seller: string) => writeFileSync(file, `seller: { name: ${seller} }\n`)
  name(seller)
  const shop = await aShop({ catalogFolder })
  const browser = shop.browser()
  return {
    shop,
    name,
    nameNobody: () => rmSync(file),
    async buy(product: string): Promise<string> {
      await browser.get('/')
      const { id } = await order(browser, product)
      await shop.pay(id)
      return `/success/${id}`
    },
    /** Whom a page names: on its receipt, and below it. */
    async sellersOn(path: string): Promise<(string | undefined)[]> {
      const [main = '', footer = ''] = (await browser.get(path).expect(200)).text.split('</main>')
      return [main, footer].map((part) => /<address><span dir="auto">(.*?)</.exec(part)?.[1])
    },
  }
}

test('a receipt names who sold when it was paid, also after the seller has changed and the shop has restarted', async () => {
  const { shop, name, nameNobody, buy, sellersOn } = await aShopOf('Sole Trader')
  const first = await buy('rye')
  name('Company Ltd')
  shop.clock.advance(1_000)
  const second = await buy('soup')
  shop.clock.advance(1_000)
  nameNobody()
  const third = await buy('table')
  await shop.restart({ production: true })
  await noteSeller(shop.shop)
  expect(await sellersOn(first)).toEqual(['Sole Trader', undefined])
  expect(await sellersOn('/products/rye')).toEqual(['Sole Trader', undefined])
  expect(await sellersOn(second)).toEqual(['Company Ltd', undefined])
  expect(await sellersOn(third)).toEqual([undefined, undefined])
})

test('what was paid before a seller was named has the first one on its receipt', async () => {
  const { shop, name, nameNobody, buy, sellersOn } = await aShopOf('Nobody Yet')
  nameNobody()
  const receipt = await buy('rye')
  shop.clock.advance(1_000)
  name('Company Ltd')
  expect(await sellersOn(receipt)).toEqual(['Company Ltd', 'Company Ltd'])
})

test('a receipt names who sells now, although a clock that was ahead has named another for later', async () => {
  const { shop, name, buy, sellersOn } = await aShopOf('Sole Trader')
  const first = await buy('rye')
  shop.clock.advance(A_YEAR)
  name('Passing Ltd')
  await sellersOn('/')
  shop.clock.advance(5 - A_YEAR)
  name('Company Ltd')
  const second = await buy('soup')
  expect(await sellersOn(second)).toEqual(['Company Ltd', 'Company Ltd'])
  expect(await sellersOn(first)).toEqual(['Sole Trader', 'Company Ltd'])
})

test('while the database can’t take it, a receipt names the present seller, and the shop goes on', async () => {
  const { shop, buy, sellersOn } = await aShopOf('Company Ltd')
  const receipt = await buy('rye')
  const { db } = shop
  await shop.restart()
  await noteSeller({ ...shop.shop, db }) // which is closed
  clearTimeout(shop.shop.sellers.timer)
  expect(await sellersOn(receipt)).toEqual(['Company Ltd', 'Company Ltd'])
  expect(shop.logged).toContainEqual(
    expect.objectContaining({ msg: expect.stringContaining('who sells could not be stored') }),
  )
})
