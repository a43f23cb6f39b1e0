import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { ensureBuyer, settleByEvent } from '../../db/index.ts'
import { aNewOrder, anEvent, asShopAsks, at, hashOf, NOW, placeOrder } from '../support/database.ts'
import { signIn } from '../support/desk.ts'
import { orderOf, submit } from '../support/desk-forms.ts'
import { aCatalogWithADonation } from '../support/donation.ts'
import { aCatalogWithPasses } from '../support/passes.ts'
import { aShop, order } from '../support/shop.ts'

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
    const first = { times: 1, former: null, ourDestination: event.destination ?? '', kept: 1, forgotten: 1 }
    await settleByEvent(shop.db, event, { ...at(NOW + index), ...first })
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
  expect(whole.text).toContain('Everything that you have in this browser')

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

describe('a product that has become a draft', () => {
  /** Buys what the files of a folder sell, and then makes drafts of them. */
  async function aShopOfDrafts(catalogFolder: string) {
    const shop = await aShop({ catalogFolder })
    const browser = shop.browser()
    return {
      shop,
      browser,
      async buy(product: string, chosen = {}) {
        const { body } = await browser
          .post('/create-intent')
          .send({ product, ...chosen })
          .expect(200)
        await shop.pay(body.id)
        return String(body.id)
      },
      withdraw(product: string) {
        const file = join(catalogFolder, `${product}.md`)
        writeFileSync(file, readFileSync(file, 'utf8').replace('---\n', '---\ndraft: true\n'))
      },
      /** Opens all products to which the pages of a purchase lead, and returns the pages. */
      async follow(id: string) {
        const texts = []
        for (const path of ['/purchases', `/success/${id}`]) {
          const { text } = await browser.get(path).expect(200)
          texts.push(text)
          for (const [, href = ''] of text.matchAll(/href="(\/products\/[^"]+)"/g))
            await browser.get(href).expect(200)
        }
        return texts.join()
      },
    }
  }

  test('is linked by the purchases of those who can still open it', async () => {
    const { shop, buy, withdraw, follow } = await aShopOfDrafts(aCatalogWithPasses())
    const [rye, pass] = [await buy('rye'), await buy('bread-week')]
    withdraw('rye')
    withdraw('bread-week')
    expect(await follow(rye)).toContain('href="/products/rye"')
    expect(await follow(pass)).toContain('href="/products/bread-week"')
    shop.clock.advance(8 * 86_400_000)
    expect(await follow(pass)).not.toContain('href="/products/bread-week"')
  })

  test('isn’t linked by a donation, which gives no access', async () => {
    const { buy, withdraw, follow } = await aShopOfDrafts(aCatalogWithADonation())
    const id = await buy('tea', { hundredths: 300 })
    expect(await follow(id)).toContain('href="/products/tea"')
    withdraw('tea')
    const pages = await follow(id)
    expect(pages).not.toContain('href="/products/')
    expect(pages).toContain('Your donation has arrived')
    expect(pages).not.toContain('come back later')
  })

  test('isn’t linked by an order that is unpaid or was revoked', async () => {
    const { shop, browser, buy, withdraw, follow } = await aShopOfDrafts(aCatalogWithPasses())
    const { id: unpaid } = await order(browser, 'soup')
    const revoked = await buy('rye')
    await submit(await signIn(shop), `/desk/orders/${await orderOf(shop, revoked)}/revoke`, { reason: 'x' })
    expect(await follow(unpaid)).toContain('href="/products/soup"')
    expect(await follow(revoked)).toContain('href="/products/rye"')
    withdraw('soup')
    withdraw('rye')
    for (const id of [unpaid, revoked]) expect(await follow(id)).not.toContain('href="/products/')
  })
})
