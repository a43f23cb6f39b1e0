import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { localDayOf } from '../../server/local-days.ts'
import { aCatalogWithCoupons, aShopWithCoupons, COUPONS, enter, orderWith } from '../support/coupons.ts'
import { hashOf } from '../support/database.ts'
import { onSqliteAndPostgres } from '../support/engines.ts'
import { aCatalogWithPasses } from '../support/passes.ts'
import { aShop, order } from '../support/shop.ts'
import { aClock } from '../support/workplace.ts'

const HOUR = 3_600_000

const UNUSABLE = { type: '/problems/coupon-unusable', status: 422 }

describe('a coupon', () => {
  test('is entered on the product’s page, which then shows the lower price and offers it', async () => {
    const shop = await aShopWithCoupons()
    const browser = shop.browser()
    const before = await browser.get('/products/bread').expect(200)
    expect(before.text).toContain('Have a coupon?')
    expect(before.text).toContain('data-amount="500"')
    const entered = await enter(browser, ' fifth ').expect(303).expect('Location', '/products/bread')
    const cookies = String(entered.headers['set-cookie'])
    expect(cookies).toMatch(/coupon=FIFTH; Max-Age=2592000; Path=\/; HttpOnly; SameSite=Lax/)
    const { text } = await browser.get('/products/bread').expect(200)
    expect(text).toContain('data-amount="400"')
    expect(text).toContain('data-coupon="FIFTH"')
    expect(text).toContain('Instead of <bdi>$5.00</bdi>, with the coupon <bdi>FIFTH</bdi>.')
    expect((await browser.get('/')).text).toContain('$5.00') // the storefront has no coupons
    expect(await orderWith(browser, 'FIFTH')).toMatchObject({ amount: 400, currency: 'usd' })
  })

  test('is entered by a buyer with a pass where they are offered to buy for good, and shown there', async () => {
    const catalogFolder = aCatalogWithPasses()
    writeFileSync(join(catalogFolder, 'coupons.yaml'), COUPONS.replace('[cake]', '[rye]'))
    const shop = await aShop({ catalogFolder })
    const browser = shop.browser()
    await shop.pay((await order(browser, 'bread-pass')).id)
    const refused = await enter(browser, 'WRONG', 'rye').expect(422)
    expect(refused.text).toContain('page.coupon-fault')
    expect(refused.text).toContain('data-amount="25"')
    await enter(browser, 'FIFTH', 'rye').expect(303).expect('Location', '/products/rye?offer')
    expect((await browser.get('/products/rye?offer')).text).toContain('data-amount="20"')
    await enter(browser, '', 'rye').expect(303).expect('Location', '/products/rye?offer')
    await enter(browser, 'FIFTH', 'bread-pass').expect(303).expect('Location', '/products/bread-pass')
    await shop.pay((await orderWith(browser, 'FIFTH', 'rye')).id)
    await enter(browser, 'WRONG', 'rye').expect(422, /already|coupon/i)
    await enter(browser, 'FIFTH', 'rye').expect(303).expect('Location', '/products/rye')
  })

  test('is forgotten by its button', async () => {
    const shop = await aShopWithCoupons()
    const browser = shop.browser()
    await enter(browser, 'FIFTH')
    await enter(browser, '').expect(303)
    expect((await browser.get('/products/bread')).text).toContain('data-amount="500"')
  })

  test('lowers what is charged, which the receipt shows beside the list price', async () => {
    const shop = await aShopWithCoupons()
    const browser = shop.browser()
    const { id } = await orderWith(browser, 'fifth')
    await shop.pay(id)
    const { text } = await browser.get(`/success/${id}`).expect(200)
    expect(text).toContain('BREAD-FOR-BUYERS')
    expect(text).toContain('<dt>List price</dt><dd><bdi>$5.00</bdi></dd>')
    expect(text).toContain('<dt>Coupon</dt><dd><bdi>FIFTH</bdi></dd>')
    expect(text).toContain('<dt>Paid</dt><dd><bdi>$4.00</bdi> (test money)</dd>')
    expect(await shop.query('SELECT list_hundredths, hundredths, coupon FROM orders')).toEqual([
      { list_hundredths: 500, hundredths: 400, coupon: 'FIFTH' },
    ])
    expect(await shop.query('SELECT hundredths, coupon FROM payments')).toEqual([
      { hundredths: 400, coupon: 'FIFTH' },
    ])
  })

  test('is reserved for three browsers at one address, of which only the hash is kept', async () => {
    const shop = await aShopWithCoupons(
      { env: { TRUST_PROXY: 'loopback' } },
      'MANY:\n  off: 20%\n  uses: 9\n',
    )
    const statusAt = async (address: string) => {
      const buyer = shop.browser().set('X-Forwarded-For', address)
      return (await buyer.post('/create-intent').send({ product: 'bread', coupon: 'MANY' })).status
    }
    const crowded = []
    for (let browser = 0; browser < 4; browser++) crowded.push(await statusAt('192.0.2.1'))
    expect(crowded).toEqual([200, 200, 200, 422])
    expect(await statusAt('192.0.2.2')).toBe(200)
    const kept = await shop.query('SELECT address FROM coupon_uses')
    expect(new Set(kept.map(({ address }) => address))).toEqual(
      new Set([hashOf('192.0.2.1'), hashOf('192.0.2.2')]),
    )
  })

  test('stays reserved for an hour after its order was offered last', async () => {
    const shop = await aShopWithCoupons({}, 'ONCE:\n  off: 20%\n  uses: 1\n')
    const [browser, other] = [shop.browser(), shop.browser()]
    const { id } = await orderWith(browser, 'ONCE')
    shop.clock.advance(HOUR - 1)
    expect((await orderWith(browser, 'ONCE')).id).toBe(id)
    shop.clock.advance(HOUR - 1)
    await other.post('/create-intent').send({ product: 'bread', coupon: 'ONCE' }).expect(422)
    shop.clock.advance(1)
    await orderWith(other, 'ONCE')
  })

  test('is a part of what makes an open order reusable', async () => {
    const shop = await aShopWithCoupons()
    const browser = shop.browser()
    const first = await orderWith(browser, 'TWICE')
    expect((await orderWith(browser, 'TWICE')).id).toBe(first.id)
    const { body: without } = await browser.post('/create-intent').send({ product: 'bread' }).expect(200)
    expect(without).toMatchObject({ amount: 500 })
    const again = await orderWith(browser, 'TWICE')
    expect(again.id).not.toBe(first.id)
    expect(await shop.query('SELECT coupon FROM coupon_uses')).toEqual([{ coupon: 'TWICE' }]) // one reservation
    const other = await orderWith(browser, 'FIFTH')
    expect(other.amount).toBe(400) // the same as with TWICE, and yet another order
    expect(other.id).not.toBe(again.id)
  })

  test('is for the days that it names, in the shop’s time zone', async () => {
    const day = (at: number) => localDayOf(at, 'Pacific/Kiritimati') // fourteen hours before UTC
    const at = aClock().now()
    const coupons = `TODAY:
  off: 20%
  from: ${day(at)}
  until: ${day(at)}
LATER:
  off: 20%
  from: ${day(at + 24 * HOUR)}
`
    const shop = await aShopWithCoupons({ env: { TIME_ZONE: 'Pacific/Kiritimati' } }, coupons)
    const browser = shop.browser()
    await enter(browser, 'TODAY').expect(303)
    await enter(browser, 'LATER').expect(422)
    shop.clock.advance(24 * HOUR)
    await enter(browser, 'TODAY').expect(422)
    await enter(browser, 'LATER').expect(303)
  })

  test('is refused if it can’t be used for this product, and nothing is stored', async () => {
    const shop = await aShopWithCoupons()
    const browser = shop.browser()
    await browser.get('/products/bread')
    for (const [code, product] of [
      ['NO-SUCH-CODE', 'bread'],
      ['MARCH', 'bread'], // expired
      ['CAKE-ONLY', 'bread'],
      ['FIFTH', 'tea'], // its buyers choose the amount
      ['A\0B', 'bread'],
      ['__proto__', 'bread'],
      ['A'.repeat(200), 'bread'],
      ['ＦＩＦＴＨ', 'bread'],
    ] as const) {
      const refused = await enter(browser, code, product).expect(422)
      expect(refused.text).toContain(
        product === 'bread' ? 'This code can’t be used here.' : 'Choose an amount',
      )
      expect(String(refused.headers['set-cookie'])).not.toContain('coupon=')
      const hundredths = product === 'tea' ? 300 : undefined
      const { body } = await browser
        .post('/create-intent')
        .send({ product, coupon: code, hundredths })
        .expect(422)
      expect(body).toMatchObject(UNUSABLE)
      await browser.post('/coupons').set('Accept', 'application/json').send({ product, code }).expect(422)
    }
    for (const table of ['orders', 'intents', 'coupon_uses', 'coupons'])
      expect(await shop.query(`SELECT * FROM ${table}`)).toEqual([])
  })

  test('that is refused stays in its field, to be corrected', async () => {
    const shop = await aShopWithCoupons()
    const { text } = await enter(shop.browser(), 'FIFHT "><b>').expect(422)
    expect(text).toMatch(/<input id="page.coupon" [^>]* value="FIFHT &quot;&gt;&lt;b&gt;" /)
  })

  test('that is unknown, expired or used up gets the same answer, after the same reads', async () => {
    const shop = await aShopWithCoupons()
    for (const buyer of [shop.browser(), shop.browser()]) await shop.pay((await orderWith(buyer, 'TWICE')).id)
    const browser = shop.browser()
    await browser.get('/products/bread')
    const answers = []
    for (const code of ['UNKNOWN', 'MARCH', 'TWICE']) {
      const reads: string[] = []
      const { read } = shop.db
      shop.db.read = (sql, parameters) => {
        reads.push(sql)
        return read(sql, parameters)
      }
      const { status, text, headers } = await enter(browser, code)
      shop.db.read = read
      const names = Object.keys(headers).filter((name) => !/^(date|ratelimit)/.test(name))
      answers.push({ status, text: text.replace(`value="${code}"`, 'value'), names, reads })
    }
    expect(answers[0]?.reads.length).toBeGreaterThan(0)
    expect(answers[1]).toEqual(answers[0])
    expect(answers[2]).toEqual(answers[0])
  })

  test('is read from a small form or JSON with two texts, and nothing else', async () => {
    const shop = await aShopWithCoupons()
    for (const [type, body, status] of [
      ['text/plain', 'FIFTH', 415],
      ['application/json', {}, 400],
      ['application/json', { product: 'bread', code: 5 }, 400],
      ['application/json', { product: 'bread', code: ['FIFTH'] }, 400],
      ['application/json', { product: 'bread', code: 'FIFTH', price: 1 }, 400],
      ['application/json', { product: 'bread', code: 'A'.repeat(201) }, 400],
      ['application/json', { product: 'bread', code: 'A'.repeat(2_000) }, 413],
      ['application/json', { product: 'pie', code: 'FIFTH' }, 404],
      ['application/x-www-form-urlencoded', 'product=bread&code=FIFTH&code=GIFT', 400],
    ] as const) {
      const text = typeof body === 'string' ? body : JSON.stringify(body)
      await shop.request().post('/coupons').type(type).send(text).expect(status)
    }
  })

  test('is refused from other sites, never taken from an address, and asked for at a limited rate', async () => {
    const shop = await aShopWithCoupons({ env: { CREATE_INTENT_PER_MINUTE: '3' } })
    const browser = shop.browser()
    await enter(browser, 'FIFTH').set('Sec-Fetch-Site', 'cross-site').expect(403)
    await browser.get('/coupons?product=bread&code=FIFTH').expect(405)
    expect((await browser.get('/products/bread?coupon=FIFTH&code=FIFTH')).text).toContain('data-amount="500"')
    for (const code of ['A-1', 'A-2', 'A-3']) await enter(browser, code).expect(422)
    await enter(browser, 'FIFTH').expect(429)
  })

  test('that was used up meanwhile costs the buyer nothing: the page shows the price without it', async () => {
    const shop = await aShopWithCoupons()
    const browser = shop.browser()
    await browser.get('/products/bread')
    await enter(browser, 'TWICE').expect(303)
    for (const other of [shop.browser(), shop.browser()]) await shop.pay((await orderWith(other, 'TWICE')).id)
    const { body } = await browser
      .post('/create-intent')
      .send({ product: 'bread', coupon: 'TWICE' })
      .expect(422)
    expect(body).toMatchObject(UNUSABLE)
    expect((await browser.get('/products/bread')).text).toContain('data-amount="500"')
  })

  test('that the merchant has taken out, or changed, is as the file says now', async () => {
    const catalogFolder = aCatalogWithCoupons()
    const shop = await aShopWithCoupons({ catalogFolder })
    const browser = shop.browser()
    await browser.get('/products/bread')
    await enter(browser, 'TWICE').expect(303)
    const { id } = await orderWith(browser, 'TWICE')
    aCatalogWithCoupons(COUPONS.replace('off: 1 usd', 'off: 2 usd'), catalogFolder)
    expect((await browser.get('/products/bread')).text).toContain('data-amount="300"')
    const changed = await orderWith(browser, 'TWICE')
    expect(changed).toMatchObject({ amount: 300 })
    expect(changed.id).not.toBe(id)
    aCatalogWithCoupons('# none\n', catalogFolder)
    expect((await browser.get('/products/bread')).text).toContain('data-amount="500"')
    await shop.pay(id) // what was offered is honoured
    expect((await browser.get(`/success/${id}`)).text).toContain('$4.00')
  })
})

describe('what costs nothing', () => {
  test('is got without a payment, and is like everything that was paid for', async () => {
    const catalogFolder = aCatalogWithCoupons()
    writeFileSync(join(catalogFolder, 'shop.yaml'), 'tax: { rate: 19, label: VAT }\n')
    const shop = await aShop({ catalogFolder })
    const browser = shop.browser()
    await browser.get('/products/bread')
    await enter(browser, 'GIFT').expect(303)
    const page = await browser.get('/products/bread').expect(200)
    expect(page.text).toContain('<bdi>Free</bdi>')
    expect(page.text).not.toContain('data-code-button')
    const form = { product: 'bread', coupon: 'GIFT' }
    const { headers } = await browser.post('/orders').type('form').send(form).expect(303)
    expect(headers.location).toMatch(/^\/success\/[0-9a-f-]+$/)
    const { text } = await browser.get(String(headers.location)).expect(200)
    expect(text).toContain('It’s yours.')
    expect(text).toContain('BREAD-FOR-BUYERS')
    expect(text).toContain('<dt>List price</dt><dd><bdi>$5.00</bdi></dd>')
    expect(text).toContain('<dt>Paid</dt><dd><bdi>$0.00</bdi>')
    expect(text).not.toContain('Code, intent')
    expect(text).not.toContain('VAT')
    expect((await browser.get('/products/bread')).text).toContain('BREAD-FOR-BUYERS')
    expect((await browser.get('/purchases')).text).toContain('Bread')
    expect(await shop.query('SELECT proof, hundredths, intent, coupon FROM payments')).toEqual([
      { proof: 'free', hundredths: 0, intent: null, coupon: 'GIFT' },
    ])
    expect(await shop.query('SELECT * FROM intents')).toEqual([])
    await browser
      .post('/orders')
      .type('form')
      .send(form)
      .expect(303)
      .expect('Location', String(headers.location))
    shop.clock.advance(HOUR)
    await browser.post('/orders').type('form').send(form).expect(409)
    const id = String(headers.location).replace('/success/', '')
    expect((await browser.get(`/intents/${id}`).expect(200)).body).toMatchObject({ state: 'paid', amount: 0 })
  })

  test('is not paid for: Code never hears of it', async () => {
    const shop = await aShopWithCoupons()
    const order = { product: 'bread', coupon: 'GIFT' }
    const { body } = await shop.browser().post('/create-intent').send(order).expect(422)
    expect(body).toMatchObject({ type: '/problems/nothing-to-pay' })
    expect(await shop.query('SELECT * FROM orders')).toEqual([])
  })

  test('is nothing that costs something, and asked for with the product and the coupon alone', async () => {
    const shop = await aShopWithCoupons()
    for (const [form, status] of [
      [{ product: 'bread', coupon: 'FIFTH' }, 422],
      [{ product: 'bread', coupon: 'NO-SUCH' }, 422],
      [{ product: 'bread', coupon: '' }, 422],
      [{ product: 'tea', coupon: 'GIFT' }, 422],
      [{ product: 'bread' }, 400],
      [{ product: 'bread', coupon: 'GIFT', hundredths: 0 }, 400],
      [{ product: 'pie', coupon: 'GIFT' }, 404],
    ] as const)
      await shop.browser().post('/orders').send(form).expect(status)
    await shop.browser().post('/orders').type('text/plain').send('GIFT').expect(415)
    expect(await shop.query('SELECT * FROM orders')).toEqual([])
  })

  test('is refused from other sites, and where the browser keeps no cookies', async () => {
    const shop = await aShopWithCoupons()
    const order = { product: 'bread', coupon: 'GIFT' }
    await shop.browser().post('/orders').set('Origin', 'https://evil.example').send(order).expect(403)
    await shop.browser().post('/orders').set('Sec-Fetch-Site', 'same-origin').send(order).expect(403)
    await shop.request().get('/orders').expect(405)
  })

  test('is had once by who has paid already, even if the webhook is late', async () => {
    const shop = await aShopWithCoupons()
    const browser = shop.browser()
    const { body } = await browser.post('/create-intent').send({ product: 'bread' }).expect(200)
    await shop.approve(body.id)
    await browser.post('/orders').send({ product: 'bread', coupon: 'GIFT' }).expect(409)
    expect(await shop.query('SELECT * FROM coupon_uses')).toEqual([])
  })
})

onSqliteAndPostgres((engine) => {
  test('a coupon of three uses, asked for by many at once, gives three', async () => {
    const shop = await aShopWithCoupons({ engine })
    const browsers = Array.from({ length: 12 }, () => shop.browser())
    const statuses = await Promise.all(
      browsers.map(async (browser) => {
        const order = { product: 'bread', coupon: 'GIFT' }
        return (
          await browser
            .post('/orders')
            .send(order)
            .ok(() => true)
        ).status
      }),
    )
    expect(statuses.toSorted()).toEqual([303, 303, 303, ...Array(9).fill(422)])
    expect(await shop.query('SELECT code, uses, taken FROM coupons')).toEqual([
      { code: 'GIFT', uses: 3, taken: 3 },
    ])
  })

  test('a double click on what is free is one order', async () => {
    const shop = await aShopWithCoupons({ engine })
    const browser = shop.browser()
    await browser.get('/products/bread')
    const clicks = await Promise.all(
      [1, 2].map(() => browser.post('/orders').send({ product: 'bread', coupon: 'GIFT' }).expect(303)),
    )
    expect(new Set(clicks.map(({ headers }) => headers.location)).size).toBe(1)
    expect(await shop.query('SELECT taken FROM coupons')).toEqual([{ taken: 1 }])
  })
})
