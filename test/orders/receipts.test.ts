import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { DAY_MS, HOUR_MS } from '../../server/time.ts'
import { aShopWithCoupons, orderWith } from '../support/coupons.ts'
import { signIn } from '../support/desk.ts'
import { orderOf, submit } from '../support/desk-forms.ts'
import { aShop, order } from '../support/shop.ts'
import { aFolder } from '../support/workplace.ts'

/** What stands on the receipt of a page, by its names; of those that it has twice, the last. */
function receiptOn(html: string): Record<string, string> {
  return Object.fromEntries(linesOn(html))
}

/** What stands on the receipt of a page, with the name of each line. */
function linesOn(html: string): string[][] {
  const [receipt = ''] = /<section class="receipt"[\s\S]*?<\/section>/.exec(html) ?? []
  const lines = receipt.matchAll(/<dt>(.*?)<\/dt><dd[^>]*>(.*?)<\/dd>/g)
  return [...lines].map(([, name = '', value = '']) => [name, value.replace(/<[^>]*>/g, '')])
}

function aCatalog(): string {
  const folder = join(aFolder(), 'catalog')
  cpSync('test/support/catalog', folder, { recursive: true })
  return folder
}

describe('a receipt', () => {
  test('is the same on the product’s page and on the success page, and names the intent', async () => {
    const shop = await aShop()
    const browser = shop.browser()
    const { id } = await order(browser)
    await shop.pay(id)
    const expected = {
      For: 'An article',
      Paid: '$0.25 (test money)',
      On: expect.stringMatching(/^\w+ \d{1,2}, \d{4} at \d{1,2}:\d\d [AP]M UTC$/),
      With: `Code, intent ${id}`,
    }
    expect(receiptOn((await browser.get(`/success/${id}`)).text)).toEqual(expected)
    expect(receiptOn((await browser.get('/products/article')).text)).toEqual(expected)
    expect((await browser.get(`/success/${id}`)).text).toContain('PAID-PART-OF-ARTICLE') // the goods beside it
    expect((await browser.get('/purchases')).text).toContain(`href="/success/${id}"`)
  })

  test('says which tax the price included, as it was when it was ordered', async () => {
    const catalogFolder = aCatalog()
    const shop = await aShop({ catalogFolder })
    const browser = shop.browser()
    const file = join(catalogFolder, 'shop.yaml')
    writeFileSync(file, 'tax: { rate: 19, label: VAT }\n')
    expect((await browser.get('/products/article')).text).toContain('Includes 19% VAT')
    const { id } = await order(browser)
    writeFileSync(file, 'tax: { rate: 7.25, label: Sales tax }\n')
    expect((await browser.get('/products/article')).text).toContain('Includes 7.25% Sales tax')
    expect((await order(browser)).id).not.toBe(id) // at another tax, an open order is another one
    await shop.pay(id)
    const receipt = receiptOn((await browser.get(`/success/${id}`)).text)
    expect(receipt).toMatchObject({ Paid: '$0.25 (test money)', 'Includes 19% VAT': '$0.04' })
  })

  test('says nothing about a tax where the product has none, although the shop has one', async () => {
    const catalogFolder = aCatalog()
    writeFileSync(join(catalogFolder, 'shop.yaml'), 'tax: { rate: 19, label: VAT }\n')
    const file = join(catalogFolder, 'article.md')
    writeFileSync(file, readFileSync(file, 'utf8').replace('---\n', '---\ntax: { rate: 0 }\n'))
    const shop = await aShop({ catalogFolder })
    const browser = shop.browser()
    expect((await browser.get('/products/article')).text).not.toContain('Includes')
    const { id } = await order(browser)
    await shop.pay(id)
    expect(Object.keys(receiptOn((await browser.get(`/success/${id}`)).text))).toEqual([
      'For',
      'Paid',
      'On',
      'With',
    ])
  })

  test('names the time in the shop’s time zone as its reader writes it, and in UTC', async () => {
    const shop = await aShop({ env: { TIME_ZONE: 'America/New_York' } })
    const browser = shop.browser()
    const { id } = await order(browser)
    await shop.pay(id)
    const paidOn = async (language: string) => {
      const { text } = await browser.get('/products/article').set('Accept-Language', language)
      return Object.values(receiptOn(text)).filter((value) => value.includes('UTC'))
    }
    expect(await paidOn('de-DE')).toEqual(['31. Dezember 2025 um 19:00 GMT-5 1. Januar 2026 um 00:00 UTC'])
    // Node 20.19 has a comma for the words.
    const inSpanish =
      /^31 de diciembre de 2025(?:,| a las) 19:00 GMT-5 1 de enero de 2026(?:,| a las) 0:00 UTC$/
    expect(await paidOn('es')).toEqual([expect.stringMatching(inSpanish)])
    expect(await paidOn('fa')).toEqual([expect.stringContaining('۲۰۲۵')]) // in the calendar of accounts
    const { text } = await browser.get('/purchases').set('Accept-Language', 'es')
    expect(text).toMatch(
      /<time dir="auto" datetime="2026-01-01T00:00:00.000Z" title="1 de enero de 2026(?:,| a las) 0:00 UTC">31 de diciembre/,
    )
  })

  test('says what was paid then, whatever the catalogue says today', async () => {
    const catalogFolder = aCatalog()
    const shop = await aShop({ catalogFolder })
    const browser = shop.browser()
    await shop.pay((await order(browser)).id)
    const file = join(catalogFolder, 'article.md')
    writeFileSync(
      file,
      readFileSync(file, 'utf8').replace('0.25 usd', '9.99 usd').replace('An article', 'New'),
    )
    await shop.restart()
    const { text } = await browser.get('/products/article')
    expect(text).toContain('dir="auto">New</h1>')
    expect(receiptOn(text)).toMatchObject({ For: 'An article', Paid: '$0.25 (test money)' })
  })

  test('says what came and what went back of it, even if the merchant has honoured another amount', async () => {
    const shop = await aShopWithCoupons()
    const [merchant, browser] = [await signIn(shop), shop.browser()]
    const { id } = await orderWith(browser, 'FIFTH')
    const path = `/desk/orders/${await orderOf(shop, id)}`
    await submit(merchant, `${path}/honour`, { amount: '500', currency: 'jpy', reason: 'it came' })
    const [payment] = await shop.query('SELECT id FROM payments')
    await submit(merchant, `${path}/refund?payment=${payment?.id}&part=1`, { amount: '100' })
    const expected = { 'List price': '$5.00', Paid: '¥500 (test money)', Refunded: '¥100' }
    for (const page of [`/success/${id}`, '/products/bread'])
      expect(receiptOn((await browser.get(page)).text)).toMatchObject(expected)
    expect((await browser.get('/purchases')).text).toContain('<bdi>¥500</bdi>')
    const [buyer] = await shop.query('SELECT buyer FROM orders')
    expect((await merchant.get(`/desk/buyers/${buyer?.buyer}`)).text).toContain('<bdi>¥500</bdi>')
    const { body } = await browser.get(`/intents/${id}`)
    expect(body).toMatchObject({ state: 'paid', amount: 50_000, currency: 'jpy' })
  })

  test('of an order whose access was ended is said to show a refund only where there was one', async () => {
    const shop = await aShop()
    const [merchant, browser] = [await signIn(shop), shop.browser()]
    const { id } = await order(browser)
    await shop.pay(id)
    const path = `/desk/orders/${await orderOf(shop, id)}`
    await submit(merchant, `${path}/revoke`, { reason: 'x' })
    const { text } = await browser.get(`/success/${id}`)
    expect(text).toContain('</strong>. The receipt shows what you paid.</p>')
    const [payment] = await shop.query('SELECT id FROM payments')
    await submit(merchant, `${path}/refund?payment=${payment?.id}&part=1`, { amount: '0.10' })
    const { text: refunded } = await browser.get(`/success/${id}`)
    expect(refunded).toContain('</strong>. The receipt shows what you paid, and what was refunded.</p>')
  })

  test('of a refunded order doesn’t say that access has ended while another order gives it', async () => {
    const shop = await aShop()
    const [merchant, browser] = [await signIn(shop), shop.browser()]
    const first = await order(browser)
    shop.clock.advance(2 * HOUR_MS) // so that the offer is another one
    const second = await order(browser)
    for (const { id } of [first, second]) await shop.pay(id)
    const path = `/desk/orders/${await orderOf(shop, first.id)}`
    const [payment] = await shop.query(`SELECT id FROM payments WHERE intent = '${first.id}'`)
    await submit(merchant, `${path}/refund?payment=${payment?.id}`)
    const { text } = await browser.get(`/success/${first.id}`)
    expect(text).toContain('This purchase was refunded')
    expect(text).toMatch(/You still have <strong[^>]*>An article<\/strong> through another purchase\./)
    await submit(merchant, `/desk/orders/${await orderOf(shop, second.id)}/revoke`, { reason: 'x' })
    expect((await browser.get(`/success/${first.id}`)).text).toContain('Your access has ended')
  })

  test('says what tax went back with a refund, and when', async () => {
    const catalogFolder = aCatalog()
    writeFileSync(join(catalogFolder, 'shop.yaml'), 'tax: { rate: 19, label: VAT }\n')
    const shop = await aShop({ catalogFolder })
    const browser = shop.browser()
    const { id } = await order(browser)
    await shop.pay(id)
    const path = `/desk/orders/${await orderOf(shop, id)}`
    const [payment] = await shop.query('SELECT id FROM payments')
    for (const amount of ['0.10', '0.15']) {
      shop.clock.advance(DAY_MS)
      await submit(await signIn(shop), `${path}/refund?payment=${payment?.id}&part=1`, { amount })
    }
    expect(receiptOn((await browser.get(`/success/${id}`)).text)).toMatchObject({
      'Includes 19% VAT': '$0.04',
      Refunded: '$0.25',
      'Tax refunded': '$0.04',
      'Last refund': expect.stringMatching(/^January 3, 2026 at/),
    })
    expect((await browser.get('/purchases')).text).toContain('Refunded <bdi>$0.25</bdi>')
  })

  test('lists each payment of an order that was paid twice, with what went back of it', async () => {
    const catalogFolder = aCatalog()
    writeFileSync(join(catalogFolder, 'shop.yaml'), 'tax: { rate: 19, label: VAT }\n')
    const shop = await aShop({ catalogFolder })
    const [merchant, browser] = [await signIn(shop), shop.browser()]
    const { id } = await order(browser)
    await shop.pay(id)
    await shop.query(`INSERT INTO payments
      (id, order_id, proof, hundredths, currency, tax_hundredths, product, paid_at, honoured_by)
      SELECT 'z', order_id, 'merchant', 119, 'eur', 19, product, paid_at, 'x' FROM payments`)
    const path = `/desk/orders/${await orderOf(shop, id)}`
    const first = [
      ['Paid', '$0.25 (test money)'],
      ['Includes 19% VAT', '$0.04'],
    ]
    const second = [
      ['Paid', '€1.19 (test money)'],
      ['Includes 19% VAT', '€0.19'],
    ]
    const moneyOn = async (page: string) =>
      linesOn((await browser.get(page)).text).filter(([name = '']) => /Paid|VAT|Refunded|Tax/.test(name))
    for (const page of [`/success/${id}`, '/products/article'])
      expect(await moneyOn(page)).toEqual([...first, ...second])
    await submit(merchant, `${path}/refund?payment=z&part=1`, { amount: '1' })
    const refunded = [
      ['Refunded', '€1.00'],
      ['Tax refunded', '€0.16'],
    ]
    for (const page of [`/success/${id}`, '/products/article'])
      expect(await moneyOn(page)).toEqual([...first, ...second, ...refunded])
    const { text } = await browser.get('/purchases')
    expect(text).toContain('<bdi>$0.25 + €1.19</bdi>')
    expect(text).toContain('Refunded <bdi>€1.00</bdi>')
  })

  test('is on no page of somebody who has not paid', async () => {
    const shop = await aShop()
    const browser = shop.browser()
    const { id } = await order(browser)
    expect(receiptOn((await browser.get('/products/article')).text)).toEqual({})
    await shop.pay(id)
    expect(receiptOn((await shop.browser().get('/products/article')).text)).toEqual({})
  })
})

describe('prices are in the format that the browser asks for', () => {
  test.each([
    ['de-DE,de;q=0.9,en;q=0.8', '0,25 $', 'de'],
    ['en;q=0.5, fr-CH', '0.25 $US'],
    ['xx-nonsense, de', '0,25 $', 'de'],
    ['ar-EG', '\u200f0.25 US$\u200e', 'ar'], // in the digits of the words
    ['fa', '\u200e$۰٫۲۵'], // which the shop doesn’t speak
    ['*', '$0.25'],
    ['', '$0.25'],
    ['x'.repeat(5_000), '$0.25'],
    ['en-u-nu-arab', '$0.25'],
    ['en-en-en, ../../etc/passwd, <script>', '$0.25'],
    [Array.from({ length: 400 }, (_, i) => `q${i}`).join(), '$0.25'],
  ])('Accept-Language: %.40s', async (languages, price, code = 'en') => {
    const shop = await aShop()
    for (const path of ['/', '/products/article']) {
      const { text } = await shop.request().get(path).set('Accept-Language', languages).expect(200)
      expect(text.replace(/[\u00a0\u202f]/g, ' ')).toContain(`<bdi>${price}</bdi>`)
      expect(text).toContain(`<html lang="${code}"`) // the words are English where the shop speaks none of these
    }
  })

  test('and caches of the storefront are told so', async () => {
    const shop = await aShop()
    const { headers } = await shop.request().get('/')
    expect(headers.vary).toContain('Accept-Language')
    expect(headers['cache-control']).toBe('public, no-cache')
    expect(headers['set-cookie']).toBeUndefined()
  })
})
