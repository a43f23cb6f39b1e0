import { randomBytes } from 'node:crypto'
import { describe, expect, test } from '@jest/globals'
import bs58 from 'bs58'
import { storeOrder } from '../../db/index.ts'
import { DAY_MS } from '../../server/time.ts'
import { aNewOrder, at } from '../support/database.ts'
import { aCatalogWithADonation } from '../support/donation.ts'
import { onPostgres, sqlite } from '../support/engines.ts'
import { onCall } from '../support/faults.ts'
import { aShop, type Offer, order, type TestShop } from '../support/shop.ts'

const THANKS = 'THANKS-FOR-THE-TEA'
const TWO_HOURS = 7_200_000

type Browser = ReturnType<TestShop['browser']>

function aShopForDonations(engine = sqlite): Promise<TestShop> {
  return aShop({ catalogFolder: aCatalogWithADonation(), engine })
}

async function donate(browser: Browser, hundredths: number): Promise<Offer> {
  const { body } = await browser.post('/create-intent').send({ product: 'tea', hundredths }).expect(200)
  return body
}

async function giveTwice(shop: TestShop): Promise<void> {
  const browser = shop.browser()
  for (const hundredths of [500, 150]) await shop.pay((await donate(browser, hundredths)).id)
  const { text } = await browser.get('/purchases').expect(200)
  expect([text.includes('$5.00'), text.includes('$1.50')]).toEqual([true, true])
  const payments = await shop.query('SELECT hundredths FROM payments ORDER BY hundredths')
  expect(payments.map(({ hundredths }) => Number(hundredths))).toEqual([150, 500])
}

describe('a donation', () => {
  test('has the time in the name of its receipt’s link, which tells it from another one', async () => {
    const shop = await aShopForDonations()
    const browser = shop.browser()
    for (const hundredths of [500, 150]) {
      await shop.pay((await donate(browser, hundredths)).id)
      shop.clock.advance(DAY_MS)
    }
    const { text } = await browser.get('/purchases').expect(200)
    const names = [...text.matchAll(/aria-label="(Receipt for Tea for the author \([^"]+\))"/g)]
    expect(new Set(names.map(([, name]) => name)).size).toBe(2)
  })

  test('that finds an earlier one paid is not made, and says so: there is nothing to own', async () => {
    const shop = await aShopForDonations()
    const browser = shop.browser()
    await shop.approve((await donate(browser, 500)).id)
    const again = { product: 'tea', hundredths: 150 }
    const { body } = await browser.post('/create-intent').send(again).expect(409)
    expect(body).toMatchObject({
      type: '/problems/already-yours',
      detail: expect.stringContaining('An earlier payment of yours for Tea for the author has arrived'),
    })
    await browser.post('/create-intent').send(again).expect(200)
  })

  test('is not made by a page whose own intent is paid and its webhook late, however many were offered since', async () => {
    const shop = await aShopForDonations()
    const browser = shop.browser()
    const { id: unlessPaid } = await donate(browser, 100)
    for (const hundredths of [150, 200, 250, 300, 350, 400, 500]) await donate(browser, hundredths)
    await shop.approve(unlessPaid)
    const again = { product: 'tea', hundredths: 500, unlessPaid }
    await browser.post('/create-intent').send(again).expect(409)
    expect(await shop.query('SELECT intent FROM payments')).toEqual([{ intent: unlessPaid }])
  })

  test('that is open isn’t offered again once an article is sold in its place: it would open nothing', async () => {
    const catalogFolder = aCatalogWithADonation()
    const shop = await aShop({ catalogFolder })
    const browser = shop.browser()
    const donation = await donate(browser, 300)
    aCatalogWithADonation(
      (text) => text.replace(/^price: .*$/m, 'price: 3 usd').replace('donation', 'article'),
      catalogFolder,
    )
    const article = await order(browser, 'tea')
    expect(article).toMatchObject({ amount: 300 })
    expect(article.id).not.toBe(donation.id)
    await shop.pay(article.id)
    expect((await browser.get('/products/tea').expect(200)).text).toContain(THANKS)
  })

  test('may be given again at once, and each amount is a payment of its own', async () => {
    const shop = await aShopForDonations()
    await giveTwice(shop)
    expect(await shop.query('SELECT * FROM grants')).toEqual([])
    expect(await shop.query('SELECT * FROM entitlements')).toEqual([])
    expect(shop.logged.filter(({ alert }) => alert)).toEqual([])
  })

  test('locks nothing: its page is the same before and after, for everybody', async () => {
    const shop = await aShopForDonations()
    const browser = shop.browser()
    const before = await browser.get('/products/tea').expect(200)
    expect(before.text).toContain('Everything here was written over tea.')
    expect(before.text).not.toContain(THANKS)
    await shop.pay((await donate(browser, 300)).id)
    expect((await browser.get('/products/tea').expect(200)).text).toBe(before.text)
    await browser.get('/products/tea/file').expect(404)
  })

  test('is thanked for on the page of the paid order, and nowhere else', async () => {
    const shop = await aShopForDonations()
    const [browser, stranger] = [shop.browser(), shop.browser()]
    const offer = await donate(browser, 300)
    expect((await browser.get(`/success/${offer.id}`).expect(200)).text).not.toContain(THANKS)
    await shop.pay(offer.id)
    const { text } = await browser.get(`/success/${offer.id}`).expect(200)
    expect(text).toContain(THANKS)
    expect(text).toContain(
      'Your donation has arrived: <strong lang="en" dir="auto">Tea for the author</strong>.',
    )
    expect(text).toContain('$3.00')
    await stranger.get(`/success/${offer.id}`).expect(404)
  })

  test('is thanked for in the browser that the wallet opens, too', async () => {
    const shop = await aShopForDonations()
    const wallet = shop.browser()
    const offer = await donate(shop.browser(), 300)
    await shop.pay(offer.id)
    const code = new URL(offer.successUrl).searchParams.get('redeem')
    await wallet.post('/redemptions').send({ intent: offer.id, code }).expect(303)
    expect((await wallet.get(`/success/${offer.id}`).expect(200)).text).toContain(THANKS)
  })

  test('is listed for programs with the amounts that its buyers may choose', async () => {
    const shop = await aShopForDonations()
    await shop
      .request()
      .get('/products.json')
      .expect(200, [
        {
          slug: 'tea',
          title: 'Tea for the author',
          kind: 'donation',
          amount: 100,
          currency: 'usd',
          choice: { from: 100, to: 25_000, suggested: [300, 500] },
          opens: false,
        },
      ])
  })

  test('costs “from” the least amount on the storefront', async () => {
    const shop = await aShopForDonations()
    const { text } = await shop.request().get('/').set('Accept-Language', 'de').expect(200)
    expect(text).toContain('ab 1,00\u00a0$')
  })
})

describe('an amount that the buyer chooses', () => {
  test.each([
    ['is missing', undefined],
    ['is below the least', 99],
    ['is above Code’s maximum', 25_001],
    ['is no whole number of hundredths', 150.5],
    ['is nothing', 0],
    ['is negative', -300],
    ['is text', '300'],
    ['is beyond all bounds', 2 ** 53],
  ])('is refused if it %s, and no order is made', async (_what, hundredths) => {
    const shop = await aShopForDonations()
    const { body } = await shop
      .browser()
      .post('/create-intent')
      .send({ product: 'tea', hundredths })
      .expect(400)
    expect(body).toMatchObject({ type: '/problems/request-invalid', status: 400 })
    expect(await shop.query('SELECT * FROM orders')).toEqual([])
  })

  test.each([100, 25_000])('may be each limit itself: %d', async (hundredths) => {
    const shop = await aShopForDonations()
    expect(await donate(shop.browser(), hundredths)).toMatchObject({ amount: hundredths, currency: 'usd' })
  })

  test('makes an order of its own; the same amount reuses the open order', async () => {
    const shop = await aShopForDonations()
    const browser = shop.browser()
    const three = await donate(browser, 300)
    expect((await donate(browser, 300)).id).toBe(three.id)
    const five = await donate(browser, 500)
    expect(five).toMatchObject({ amount: 500 })
    expect(five.id).not.toBe(three.id)
    expect((await donate(browser, 500)).id).toBe(five.id)
    await shop.pay(three.id) // what was offered stays payable
    await browser
      .get(`/intents/${three.id}`)
      .expect(200)
      .expect(/"amount":300/)
  })

  test('is each tab’s own, when two order at the same time', async () => {
    const shop = await aShopForDonations()
    const browser = shop.browser()
    await browser.get('/products/tea') // the page has set the cookie for both
    const amounts = [300, 500, 300, 700, 500]
    const offers = await Promise.all(amounts.map((hundredths) => donate(browser, hundredths)))
    expect(offers.map(({ amount }) => amount)).toEqual(amounts)
  })

  test('gives up after a few attempts when other tabs order another amount each time', async () => {
    const shop = await aShopForDonations()
    const browser = shop.browser()
    const { id } = await donate(browser, 300)
    shop.clock.advance(TWO_HOURS)
    const [{ buyer } = { buyer: '' }] = await shop.query('SELECT buyer FROM orders')
    let [open, asked] = [id, 0]
    const interfere = onCall(
      'getStatus',
      async ({ res, forward }) => {
        const other = { buyer: String(buyer), product: 'tea', grants: [], onlyOnce: null }
        const changes = { hundredths: 1_000 + ++asked, intent: bs58.encode(randomBytes(32)) }
        const moment = { ...at(shop.clock.now()), nextPollAt: shop.clock.now() + TWO_HOURS }
        const before = open
        const stored = await storeOrder(shop.db, aNewOrder({ ...other, ...changes }), before, moment)
        open = stored?.intent ?? open
        res.end(await forward())
      },
      shop.sequencerUrl,
    )
    shop.disturb(interfere)
    await browser.post('/create-intent').send({ product: 'tea', hundredths: 500 }).expect(429)
    expect(asked).toBeLessThan(5 * 5)
    shop.disturb(undefined)
    expect(await donate(browser, 500)).toMatchObject({ amount: 500 })
  })

  test('that is paid already, with its webhook late, is not asked for again', async () => {
    const shop = await aShopForDonations()
    const browser = shop.browser()
    const { id } = await donate(browser, 300)
    await shop.approve(id) // and no webhook is delivered
    await browser.post('/create-intent').send({ product: 'tea', hundredths: 300 }).expect(409)
    expect((await browser.get('/purchases')).text).toContain('$3.00')
    expect((await donate(browser, 300)).id).not.toBe(id)
  })

  test('counts as it was chosen, even if the merchant changes the limits before it is paid', async () => {
    const catalogFolder = aCatalogWithADonation()
    const shop = await aShop({ catalogFolder })
    const browser = shop.browser()
    const { id } = await donate(browser, 300)
    aCatalogWithADonation((text) => text.replaceAll('usd', 'eur'), catalogFolder)
    shop.clock.advance(TWO_HOURS)
    await shop.pay(id)
    expect((await browser.get(`/success/${id}`).expect(200)).text).toContain('$3.00')
    expect(await donate(browser, 300)).toMatchObject({ amount: 300, currency: 'eur' })
  })
})

onPostgres((engine) => {
  test('a donation may be given again at once', async () => {
    await giveTwice(await aShopForDonations(engine))
  })
})
