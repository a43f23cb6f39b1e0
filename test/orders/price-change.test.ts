import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { aShop, order } from '../support/shop.ts'
import { aFolder } from '../support/workplace.ts'

async function aShopWithItsOwnCatalog() {
  const catalogFolder = aFolder()
  cpSync('test/support/catalog', catalogFolder, { recursive: true })
  const setPrice = (price: string) => {
    const file = join(catalogFolder, 'article.md')
    writeFileSync(file, readFileSync(file, 'utf8').replace(/^price: .*$/m, `price: ${price}`))
  }
  return { shop: await aShop({ catalogFolder }), setPrice }
}

test('a price that changes while an order is open makes a new order at the new price', async () => {
  const { shop, setPrice } = await aShopWithItsOwnCatalog()
  const browser = shop.browser()
  const old = await order(browser)
  setPrice('0.30 usd')
  const fresh = await order(browser)
  expect(fresh).toMatchObject({ amount: 30 })
  expect(fresh.id).not.toBe(old.id)
})

test('the old order paid at the old price is honoured, and polled before a new one is made', async () => {
  const { shop, setPrice } = await aShopWithItsOwnCatalog()
  const browser = shop.browser()
  const old = await order(browser)
  await shop.approve(old.id)
  setPrice('0.30 usd')
  await browser.post('/create-intent').send({ product: 'article' }).expect(409)
  const { body } = await browser.get(`/intents/${old.id}`)
  expect(body).toMatchObject({ state: 'paid', amount: 25 })
})
