import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { onCall } from '../support/faults.ts'
import { aShop, order } from '../support/shop.ts'
import { aFolder } from '../support/workplace.ts'

async function aShopWithItsOwnCatalog() {
  const catalogFolder = aFolder()
  cpSync('test/support/catalog', catalogFolder, { recursive: true })
  const setFields = (fields: string) => {
    const file = join(catalogFolder, 'article.md')
    writeFileSync(file, readFileSync(file, 'utf8').replace(/^price: .*$/m, fields))
  }
  const setPrice = (price: string) => setFields(`price: ${price}`)
  return { shop: await aShop({ catalogFolder }), setPrice, setFields }
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

test('a buyer who goes back to another currency is not charged again for an order that was paid late', async () => {
  const { shop, setFields } = await aShopWithItsOwnCatalog()
  const browser = shop.browser()
  setFields('price: [0.25 usd, 0.20 eur]')
  const orderIn = (currency: string) => browser.post('/create-intent').send({ product: 'article', currency })
  const { body: dollars } = await orderIn('usd').expect(200)
  const { body: euros } = await orderIn('eur').expect(200)
  expect((await orderIn('eur').expect(200)).body.id).toBe(euros.id)
  await shop.approve(dollars.id) // and no webhook is delivered
  await orderIn('eur').expect(409)
  expect((await browser.get('/products/article')).text).toContain('PAID-PART-OF-ARTICLE')
})

test('a buyer who goes back to another currency while another tab orders in a third one gets the currency they chose', async () => {
  const { shop, setFields } = await aShopWithItsOwnCatalog()
  const browser = shop.browser()
  setFields('price: [0.25 usd, 0.20 eur, 0.22 cad]')
  const orderIn = (currency: string) => browser.post('/create-intent').send({ product: 'article', currency })
  const { body: dollars } = await orderIn('usd').expect(200)
  await orderIn('eur').expect(200)
  let otherTab: Promise<unknown> | undefined
  const fault = onCall(
    'getStatus',
    async ({ res, forward }) => {
      shop.disturb(undefined)
      otherTab = orderIn('cad').expect(200)
      await otherTab
      res.end(await forward())
    },
    shop.sequencerUrl,
  )
  shop.disturb(fault)
  const { body: again } = await orderIn('usd').expect(200)
  expect(otherTab).toBeDefined()
  expect(again).toMatchObject({ currency: 'usd', amount: 25 })
  expect(again.id).toBe(dollars.id)
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

describe('an open order is used again only while this is the same:', () => {
  const AUTHOR = 'GMVfxQfZWmeKU41xGkt7tBd9ExfNvrBLJN6zQQuZvHnt'
  const PARTNER = 'So11111111111111111111111111111111111111112'
  test.each([
    ['the destination', `price: 0.25 usd\ndestination: ${AUTHOR}`, { destination: AUTHOR }],
    [
      'what partners get',
      `price: 0.25 usd\nfees: [{ destination: ${PARTNER}, basisPoints: 100 }]`,
      { fees: [{ destination: PARTNER, basisPoints: 100 }] },
    ],
  ])('%s', async (_what, fields, offered) => {
    const { shop, setFields } = await aShopWithItsOwnCatalog()
    const browser = shop.browser()
    const old = await order(browser)
    setFields(fields)
    const fresh = await order(browser)
    expect(fresh).toMatchObject(offered)
    expect(fresh.id).not.toBe(old.id)
    expect((await order(browser)).id).toBe(fresh.id)
    await shop.approve(old.id) // what was offered is honoured
    expect((await browser.get(`/intents/${old.id}`)).body).toMatchObject({ state: 'paid', amount: 25 })
  })

  test('the currency, which the shop compares with the product’s', async () => {
    const { shop, setFields } = await aShopWithItsOwnCatalog()
    const browser = shop.browser()
    setFields('price: [0.25 usd, 0.20 eur]')
    const post = (currency?: unknown) => browser.post('/create-intent').send({ product: 'article', currency })
    const chosen = async (language: string) =>
      (await browser.get('/products/article').set('Accept-Language', language)).text.match(
        /name="currency" value="\w+"/g,
      )
    expect(await chosen('de-AT')).toEqual(['name="currency" value="eur"', 'name="currency" value="usd"'])
    expect(await chosen('en-US')).toEqual(['name="currency" value="usd"', 'name="currency" value="eur"'])
    const { text } = await browser.get('/products/article').set('Accept-Language', 'es-MX')
    expect([text.includes('>USD\u00a00.25</bdi>'), text.includes('USD <bdi>')]).toEqual([true, false])
    expect(text).toMatch(/EUR <bdi>|<bdi>EUR\s0.20/)
    const { body: dollars } = await post('usd').expect(200)
    const { body: euros } = await post('eur').expect(200)
    expect([dollars, euros]).toMatchObject([
      { amount: 25, currency: 'usd' },
      { amount: 20, currency: 'eur' },
    ])
    expect(euros.id).not.toBe(dollars.id)
    for (const bad of ['jpy', 'USD', '', 1, null, ['eur']]) await post(bad).expect(400)
    expect((await browser.get('/products.json')).body.find(isArticle)).toMatchObject({
      amount: 25,
      currency: 'usd',
      prices: [
        { amount: 25, currency: 'usd' },
        { amount: 20, currency: 'eur' },
      ],
    })
  })

  const isArticle = ({ slug }: { slug: string }) => slug === 'article'
})
