import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, jest, test } from '@jest/globals'
import { DatabaseUnavailable, NoUseLeft } from '../../db/index.ts'
import { localDayOf } from '../../server/local-days.ts'
import { storeWithUse } from '../../server/orders/coupons.ts'
import {
  aCatalogWithCoupons,
  aShopWithCoupons,
  COUPONS,
  enter,
  enterInVain,
  orderWith,
} from '../support/coupons.ts'
import { hashOf } from '../support/database.ts'
import { onSqliteAndPostgres } from '../support/engines.ts'
import { answer500, onCall, refuse } from '../support/faults.ts'
import { aCatalogWithPasses } from '../support/passes.ts'
import { aShop, order, type TestShop } from '../support/shop.ts'
import { until } from '../support/until.ts'
import { aClock, later } from '../support/workplace.ts'

const HOUR = 3_600_000

/** Whether a product’s page shows a lower price to a browser that sends this code as its kept coupon. */
async function isLowered(shop: TestShop, code: string, { product = 'bread', address = '192.0.2.1' } = {}) {
  const headers = { Cookie: `coupon=${code}`, 'X-Forwarded-For': address }
  const { text } = await shop.request().get(`/products/${product}`).set(headers).expect(200)
  expect(text.includes('data-amount="500"')).toBe(!text.includes('data-coupon'))
  return text.includes('data-coupon')
}

const REFUSED = 'This code can’t be used here.' // as the page says it
const UNUSABLE = { type: '/problems/coupon-unusable', status: 422 }

describe('a coupon', () => {
  test('is entered on the product’s page, which then shows the lower price and offers it', async () => {
    const shop = await aShopWithCoupons()
    const browser = shop.browser()
    const before = await browser.get('/products/bread').expect(200)
    expect(before.text).toContain('Have a coupon?')
    expect(before.text).toContain('data-amount="500"')
    const entered = await enter(browser, ' fifth ')
      .expect(303)
      .expect('Location', '/products/bread#page.price')
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
    const refused = await enterInVain(browser, 'WRONG', 'rye')
    expect(refused).toContain('page.coupon-fault')
    expect(refused).toContain('data-amount="25"')
    await enter(browser, 'FIFTH', 'rye').expect(303).expect('Location', '/products/rye?offer#page.price')
    expect((await browser.get('/products/rye?offer')).text).toContain('data-amount="20"')
    await enter(browser, '', 'rye').expect(303).expect('Location', '/products/rye?offer#page.price')
    await enter(browser, 'FIFTH', 'bread-pass')
      .expect(303)
      .expect('Location', '/products/bread-pass#page.price')
    await shop.pay((await orderWith(browser, 'FIFTH', 'rye')).id)
    expect(await enterInVain(browser, 'WRONG', 'rye')).toContain('PAID-PART-OF-RYE')
    await enter(browser, 'FIFTH', 'rye').expect(303).expect('Location', '/products/rye#page.price')
  })

  test('shows the list price in each currency that it lowers, and says which it doesn’t', async () => {
    const catalogFolder = aCatalogWithCoupons()
    const bread = join(catalogFolder, 'bread.md')
    writeFileSync(bread, readFileSync(bread, 'utf8').replace('5 usd', '[5 usd, 95 mxn, 4.50 eur]'))
    const browser = (await aShopWithCoupons({ catalogFolder })).browser()
    await enter(browser, 'FIFTH')
    const share = (await browser.get('/products/bread').expect(200)).text
    expect(share).toContain(
      'Instead of <bdi>$5.00</bdi> / <bdi>MX$95.00</bdi> / <bdi>€4.50</bdi>, with the coupon <bdi>FIFTH</bdi>.',
    )
    expect(share).not.toContain('It doesn’t lower')
    await enter(browser, 'TWICE')
    const amount = (await browser.get('/products/bread').expect(200)).text
    expect(amount).toContain('Instead of <bdi>$5.00</bdi>, with the coupon <bdi>TWICE</bdi>.')
    expect(amount).toContain('It doesn’t lower the price in MXN, EUR.')
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

  test('is reserved for three browsers at one address, of which only the hash is kept, for so long', async () => {
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
    shop.clock.advance(HOUR)
    await shop.pollDue()
    expect(await shop.query('SELECT address FROM coupon_uses')).toEqual([])
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

  test('stays reserved for an hour after an order that Code could not be told of', async () => {
    const shop = await aShopWithCoupons({}, 'ONCE:\n  off: 20%\n  uses: 1\n')
    const [browser, other] = [shop.browser(), shop.browser()]
    const withCoupon = { product: 'bread', coupon: 'ONCE' }
    shop.disturb(onCall('sendMessage', answer500, shop.sequencerUrl))
    await browser.post('/create-intent').send(withCoupon).expect(502)
    shop.disturb(undefined)
    shop.clock.advance(HOUR - 1)
    await other.post('/create-intent').send(withCoupon).expect(422)
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
    expect(without.id).not.toBe(first.id)
    const other = await orderWith(browser, 'FIFTH')
    expect(other.amount).toBe(400) // the same as with TWICE, and yet another order
    expect(other.id).not.toBe(first.id)
    expect(await shop.query('SELECT coupon FROM coupon_uses')).toEqual([{ coupon: 'TWICE' }]) // one reservation
  })

  test('lowers one order in each currency, however often its buyer goes back and forth between them', async () => {
    const coupons = 'ONCE:\n  off: 20%\n  uses: 1\n'
    const catalogFolder = aCatalogWithCoupons(coupons)
    const bread = join(catalogFolder, 'bread.md')
    writeFileSync(bread, readFileSync(bread, 'utf8').replace('5 usd', '[5 usd, 4.50 eur]'))
    const shop = await aShopWithCoupons({ catalogFolder })
    const browser = shop.browser()
    const tried = [
      { currency: 'usd', coupon: 'ONCE' },
      { currency: 'usd' },
      { currency: 'eur', coupon: 'ONCE' },
      { currency: 'usd', coupon: 'ONCE' },
    ]
    const ids = []
    for (const terms of [...tried, ...tried]) {
      const { body } = await browser
        .post('/create-intent')
        .send({ product: 'bread', ...terms })
        .expect(200)
      ids.push(body.id)
    }
    const [inDollars, without, inEuros] = ids
    expect(ids).toEqual([...Array(2)].flatMap(() => [inDollars, without, inEuros, inDollars]))
    expect(new Set(ids).size).toBe(3)
    await shop.pay(inDollars)
    expect(await shop.query('SELECT is_over FROM coupon_uses')).toEqual([{ is_over: 0 }])
    const { text } = await browser.get('/products/bread').expect(200)
    expect(text).toContain('BREAD-FOR-BUYERS')
  })

  test('lowers another order once the hour of the first one is over', async () => {
    const shop = await aShopWithCoupons()
    const browser = shop.browser()
    const first = await orderWith(browser, 'TWICE')
    await browser.post('/create-intent').send({ product: 'bread' }).expect(200)
    shop.clock.advance(HOUR - 1)
    expect((await orderWith(browser, 'TWICE')).id).toBe(first.id)
    await browser.post('/create-intent').send({ product: 'bread' }).expect(200)
    shop.clock.advance(1)
    expect((await orderWith(browser, 'TWICE')).id).not.toBe(first.id)
  })

  test('is for the days that it names, in the shop’s time zone', async () => {
    const day = (at: number) => localDayOf(at, 'Pacific/Kiritimati') // fourteen hours before UTC
    const at = aClock().now() + 12 * HOUR // noon in UTC, and the next day there
    const coupons = `TODAY:
  off: 20%
  from: ${day(at)}
  until: ${day(at)}
LATER:
  off: 20%
  from: ${day(at + 24 * HOUR)}
`
    const shop = await aShopWithCoupons({ env: { TIME_ZONE: 'Pacific/Kiritimati' } }, coupons)
    shop.clock.advance(12 * HOUR)
    const browser = shop.browser()
    await enter(browser, 'TODAY').expect(303)
    expect(await enterInVain(browser, 'LATER')).toContain(REFUSED)
    shop.clock.advance(24 * HOUR)
    expect(await enterInVain(browser, 'TODAY')).toContain(REFUSED)
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
      const refused = await enterInVain(browser, code, product)
      expect(refused).toContain(product === 'bread' ? REFUSED : 'Choose an amount')
      const hundredths = product === 'tea' ? 300 : undefined
      const { body } = await browser
        .post('/create-intent')
        .send({ product, coupon: code, hundredths })
        .expect(422)
      expect(body).toMatchObject(UNUSABLE)
      await browser.post('/coupons').set('Accept', 'application/json').send({ product, code }).expect(422)
      await browser.post('/orders').send({ product, coupon: code }).expect(422)
    }
    for (const table of ['orders', 'intents', 'coupon_uses', 'coupons', 'buyers', 'sessions'])
      expect(await shop.query(`SELECT * FROM ${table}`)).toEqual([])
  })

  test('that the buyer’s own unpaid order reserves is refused with that reason, too', async () => {
    const shop = await aShopWithCoupons()
    const browser = shop.browser()
    await browser.get('/products/bread')
    await orderWith(browser, 'TWICE')
    const reason = 'by another order of yours that isn’t paid yet'
    expect(await enterInVain(browser, 'TWICE', 'cake')).toContain(reason)
    const { body } = await browser
      .post('/create-intent')
      .send({ product: 'cake', coupon: 'TWICE' })
      .expect(422)
    expect(body).toMatchObject(UNUSABLE)
    expect(body.explanation).toContain(reason)
    expect(body.detail).toContain('by an unpaid order of this buyer')
  })

  test('that is refused stays in its field, to be corrected, on one page of that product', async () => {
    const shop = await aShopWithCoupons()
    const browser = shop.browser()
    const refused = await enter(browser, 'FIFHT "><b>').expect(303)
    expect(String(refused.headers['set-cookie'])).toMatch(
      /^coupon-refused=bread%20FIFHT%20%22%3E%3Cb%3E; Max-Age=60; Path=\/; HttpOnly; SameSite=Lax$/,
    )
    expect((await browser.get('/products/cake')).text).not.toContain(REFUSED)
    const { text } = await browser.get('/products/bread')
    expect(text).toMatch(/<input id="page.coupon" [^>]* value="FIFHT &quot;&gt;&lt;b&gt;" /)
    expect(text).toContain(REFUSED)
    const again = await browser.get('/products/bread')
    expect(again.text).not.toContain('FIFHT')
    expect(again.text).not.toContain(REFUSED)
  })

  test('is still shown, and can be removed, while the page says that another code is refused', async () => {
    const shop = await aShopWithCoupons()
    const browser = shop.browser()
    await enter(browser, 'FIFTH').expect(303)
    const text = await enterInVain(browser, 'WRONG', 'bread') // in a tab that was open before
    expect(text).toContain('data-amount="400"')
    expect(text).toContain('with the coupon <bdi>FIFTH</bdi>.')
    expect(text).toContain('Remove the coupon')
    expect(text).toContain(REFUSED)
  })

  test('that has half a character, in JSON from a page, is refused as well', async () => {
    const shop = await aShopWithCoupons()
    const browser = shop.browser()
    const json = '{"product":"bread","code":"A\\ud800"}'
    await browser.post('/coupons').set('Accept', 'text/html').type('json').send(json).expect(303)
    expect((await browser.get('/products/bread')).text).toContain(REFUSED)
  })

  test('is refused with the reason to a browser that keeps no cookies', async () => {
    const shop = await aShopWithCoupons()
    const refused = await enter(shop.browser(), 'FIFTH').set('Sec-Fetch-Site', 'same-origin').expect(403)
    expect(refused.text).toContain('This browser doesn’t keep cookies')
    expect(refused.text).toContain('<a class="button" href="/products/bread">')
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
      const { status, headers } = await enter(browser, code)
      const { text } = await browser.get('/products/bread')
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
    for (const code of ['A-1', 'A-2', 'A-3']) await enter(browser, code).expect(303)
    await enter(browser, 'FIFTH').expect(429)
  })

  test('is not found by trying cookies: an address sees the list price after so many wrong codes', async () => {
    const shop = await aShopWithCoupons({ env: { CREATE_INTENT_PER_MINUTE: '3', TRUST_PROXY: 'loopback' } })
    for (const code of ['A-1', 'A-2']) expect(await isLowered(shop, code)).toBe(false)
    expect(await isLowered(shop, 'FIFTH')).toBe(true)
    const headers = { Cookie: 'coupon=A-3', 'X-Forwarded-For': '192.0.2.1' }
    await shop.request().head('/products/bread').set(headers).expect(200)
    expect(await isLowered(shop, 'FIFTH')).toBe(false)
    expect(await isLowered(shop, 'FIFTH', { address: '192.0.2.2' })).toBe(true)
    const monotonic = performance.now.bind(performance)
    const aMinuteLater = jest.spyOn(performance, 'now').mockImplementation(() => monotonic() + 60_000)
    later(() => aMinuteLater.mockRestore())
    expect(await isLowered(shop, 'FIFTH')).toBe(true)
  })

  test('is not found by trying cookies at once', async () => {
    const shop = await aShopWithCoupons({ env: { CREATE_INTENT_PER_MINUTE: '3', TRUST_PROXY: 'loopback' } })
    const { read } = shop.db
    const lookups: (() => void)[] = []
    shop.db.read = async (sql, parameters) => {
      if (sql.includes('coupon_uses')) await new Promise<void>((go) => lookups.push(go))
      return read(sql, parameters)
    }
    let answered = 0
    const tries = ['A-1', 'A-2', 'A-3', 'A-4', 'A-5'].map(async (code) => {
      await isLowered(shop, code)
      answered++
    })
    await until(() => answered === 2)
    expect(await isLowered(shop, 'FIFTH')).toBe(false)
    expect(lookups).toHaveLength(3)
    for (const go of lookups) go()
    await Promise.all(tries)
  })

  test('is kept by any number of honest browsers at one address, and one that can’t be used there counts once', async () => {
    const shop = await aShopWithCoupons({ env: { CREATE_INTENT_PER_MINUTE: '3', TRUST_PROXY: 'loopback' } })
    for (let page = 0; page < 5; page++) {
      expect(await isLowered(shop, 'FIFTH')).toBe(true)
      expect(await isLowered(shop, 'CAKE-ONLY')).toBe(false)
      expect(await isLowered(shop, 'MARCH')).toBe(false) // expired
    }
    expect(await isLowered(shop, 'CAKE-ONLY', { product: 'cake' })).toBe(true)
  })

  test('is tried at so many codes a minute in all, wherever an address tries them', async () => {
    const shop = await aShopWithCoupons({ env: { CREATE_INTENT_PER_MINUTE: '4', TRUST_PROXY: 'loopback' } })
    const send = (path: string, body: object) =>
      shop.request().post(path).set('X-Forwarded-For', '192.0.2.1').send(body)
    const tries = [
      (code: string) => send('/coupons', { product: 'bread', code }),
      (code: string) => send('/create-intent', { product: 'bread', coupon: code }),
      (code: string) => send('/orders', { product: 'bread', coupon: code }),
    ]
    for (const [index, attempt] of tries.entries()) await attempt(`A-${index}`).expect(422)
    expect(await isLowered(shop, 'FIFTH')).toBe(true)
    expect(await isLowered(shop, 'A-3')).toBe(false)
    expect(await isLowered(shop, 'FIFTH')).toBe(false)
    for (const attempt of tries) {
      const { body, headers } = await attempt('GIFT').expect(429)
      expect(body).toMatchObject({ type: '/problems/too-many-requests' })
      expect(body.detail).toMatch(/at most 4 coupon codes that can’t be used/)
      expect(Number(headers['retry-after'])).toBeGreaterThan(0)
    }
    await send('/create-intent', { product: 'bread' }).expect(200) // at the list price
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

  test.each([
    ['uses: 2', 'a restart', 2],
    ['', 'a restart', null],
    ['uses: 2', 'a change of the file', 2],
    ['', 'a change of the file', null],
  ])(
    'whose limit is then “%s” after %s is used so often by late payments, too',
    async (limit, when, uses) => {
      const catalogFolder = aCatalogWithCoupons('ONCE:\n  off: 20%\n  uses: 1\n')
      const shop = await aShopWithCoupons({ catalogFolder })
      const late = await orderWith(shop.browser(), 'ONCE')
      shop.clock.advance(HOUR)
      await shop.pay((await orderWith(shop.browser(), 'ONCE')).id)
      aCatalogWithCoupons(`ONCE:\n  off: 20%\n  ${limit}\n`, catalogFolder)
      if (when === 'a restart') await shop.restart()
      else await shop.browser().get('/').expect(200)
      await shop.pollDue()
      await shop.pay(late.id)
      expect(await shop.query('SELECT is_over FROM coupon_uses')).toEqual([{ is_over: 0 }, { is_over: 0 }])
      expect(await shop.query('SELECT uses, taken FROM coupons')).toEqual([{ uses, taken: 2 }])
      const next = { product: 'bread', coupon: 'ONCE' }
      await shop
        .browser()
        .post('/create-intent')
        .send(next)
        .expect(uses === null ? 200 : 422)
    },
  )

  test('whose limit could not be stored at first has it once the database works again', async () => {
    const catalogFolder = aCatalogWithCoupons('ONCE:\n  off: 20%\n  uses: 1\n')
    const shop = await aShopWithCoupons({ catalogFolder })
    const browser = shop.browser()
    await orderWith(browser, 'ONCE')
    aCatalogWithCoupons('ONCE:\n  off: 20%\n  uses: 2\n', catalogFolder)
    await browser.get('/products/bread').expect(200) // the shop has read the file now
    await shop.query('ALTER TABLE coupons RENAME TO gone')
    await shop.pollRound()
    await shop.query('ALTER TABLE gone RENAME TO coupons')
    expect(await shop.query('SELECT uses FROM coupons')).toEqual([{ uses: 1 }])
    await shop.pollRound()
    expect(await shop.query('SELECT uses FROM coupons')).toEqual([{ uses: 2 }])
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

  test('is ordered with the same body that the payment was asked for with, in its currency', async () => {
    const catalogFolder = aCatalogWithCoupons(
      'GIFT:\n  off: 5 usd\n  uses: 9\nALL:\n  off: 100%\n  uses: 9\n',
    )
    const bread = join(catalogFolder, 'bread.md')
    writeFileSync(bread, readFileSync(bread, 'utf8').replace('5 usd', '[5 usd, 4 eur]'))
    const shop = await aShop({ catalogFolder })
    const post = (path: string, body: object) => shop.browser().post(path).send(body)
    const inEuros = { product: 'bread', currency: 'eur', coupon: 'ALL' }
    const { body } = await post('/create-intent', inEuros).expect(422)
    expect(body).toMatchObject({
      type: '/problems/nothing-to-pay',
      order: { method: 'POST', path: '/orders', body: inEuros },
    })
    await post(body.order.path, body.order.body).expect(303)
    const orders = 'SELECT currency, list_hundredths, hundredths FROM orders'
    expect(await shop.query(orders)).toEqual([{ currency: 'eur', list_hundredths: 400, hundredths: 0 }])
    const notLowered = await post('/create-intent', { ...inEuros, coupon: 'GIFT' }).expect(422)
    expect(notLowered.body).toMatchObject({ type: '/problems/coupon-unusable' })
    expect(await shop.query('SELECT * FROM intents')).toEqual([])
    const notFree = await post('/orders', { ...inEuros, coupon: 'GIFT' }).expect(422)
    expect(notFree.body).toMatchObject({ type: '/problems/no-longer-free' })
    await post('/orders', { product: 'bread', coupon: 'GIFT' }).expect(303)
    await post('/orders', { product: 'bread', currency: 'usd', coupon: 'GIFT' }).expect(303)
    for (const currency of ['jpy', 'USD', '', 1, null, ['eur']])
      await post('/orders', { ...inEuros, currency }).expect(400)
  })

  test('is offered and ordered in the currency of the reader, if the coupon makes that free', async () => {
    const catalogFolder = aCatalogWithCoupons(
      'ALL:\n  off: 100%\n  uses: 9\nDOLLARS:\n  off: 5 usd\n  uses: 9\n',
    )
    const bread = join(catalogFolder, 'bread.md')
    writeFileSync(bread, readFileSync(bread, 'utf8').replace('5 usd', '[5 usd, 4 eur]'))
    const shop = await aShop({ catalogFolder })
    for (const [coupon, locale, currency, listed] of [
      ['ALL', 'de-DE', 'eur', '4,00\u00a0€'],
      ['ALL', 'en-US', 'usd', '$5.00'],
      ['ALL', 'en-GB', 'usd', 'US$5.00'],
      ['DOLLARS', 'de-DE', 'usd', '5,00\u00a0$'],
    ] as const) {
      const browser = shop.browser().set('Accept-Language', locale)
      await enter(browser, coupon).expect(303)
      const { text } = await browser.get('/products/bread').expect(200)
      expect(text).toContain(`<bdi>${listed}</bdi>`)
      const [, shown] = /<form method="post" action="\/orders">(.*?)<\/form>/s.exec(text) ?? []
      const fields = [...String(shown).matchAll(/name="(\w+)" value="(.*?)"/g)].map(([, ...field]) => field)
      const form = Object.fromEntries(fields)
      expect(form).toEqual({ product: 'bread', currency, coupon })
      const { headers } = await browser.post('/orders').type('form').send(form).expect(303)
      expect((await browser.get(String(headers.location))).text).toContain(`<bdi>${listed}</bdi>`)
    }
  })

  test('is nothing that costs something, and asked for without an amount', async () => {
    const shop = await aShopWithCoupons()
    for (const [form, status] of [
      [{ product: 'bread', coupon: 'FIFTH' }, 422],
      [{ product: 'bread', coupon: 'TWICE' }, 422],
      [{ product: 'bread', coupon: 'TWICE', currency: 'usd' }, 422], // has uses left, as one that makes it free
      [{ product: 'bread', coupon: 'NO-SUCH' }, 422],
      [{ product: 'bread', coupon: '' }, 422],
      [{ product: 'tea', coupon: 'GIFT' }, 422],
      [{ product: 'tea', coupon: 'GIFT', currency: 'usd' }, 422],
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

  test('is had although Code calls an older order paid, which nothing proves', async () => {
    const shop = await aShopWithCoupons()
    const browser = shop.browser()
    const offer = () => browser.post('/create-intent').send({ product: 'bread' })
    await offer().expect(200)
    shop.disturb(onCall('sendMessage', refuse('client submitted intent'), shop.sequencerUrl))
    expect((await offer().expect(409)).body.type).toBe('/problems/payment-unproven')
    await browser.post('/orders').send({ product: 'bread', coupon: 'GIFT' }).expect(303)
  })

  test('is not given while the database cannot store that an older order is paid', async () => {
    const shop = await aShopWithCoupons()
    const browser = shop.browser()
    const { body } = await browser.post('/create-intent').send({ product: 'bread' }).expect(200)
    await shop.approve(body.id)
    jest.spyOn(shop.db, 'write').mockRejectedValueOnce(new DatabaseUnavailable('locked'))
    await browser.post('/orders').send({ product: 'bread', coupon: 'GIFT' }).expect(503)
    expect(await shop.query('SELECT * FROM coupon_uses')).toEqual([])
  })

  test('is had while Code does not answer, also by who has an unpaid order of it', async () => {
    const shop = await aShopWithCoupons()
    const browser = shop.browser()
    await browser.post('/create-intent').send({ product: 'bread' }).expect(200)
    shop.disturb((_req, res) => res.writeHead(500).end())
    await browser.post('/orders').send({ product: 'bread', coupon: 'GIFT' }).expect(303)
    shop.clock.advance(120_000)
    await browser.post('/orders').send({ product: 'bread', coupon: 'GIFT' }).expect(409)
  })
})

test('a coupon that is used up while an order is stored is the error of one that was used up before', async () => {
  await expect(storeWithUse(Promise.reject(new NoUseLeft()))).rejects.toMatchObject({
    name: 'ShopError',
    code: 'coupon-unusable',
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

  test.each([3, 1])('a double click on what is free is one order, with %i uses left', async (uses) => {
    const shop = await aShopWithCoupons({ engine }, `GIFT:\n  off: 100%\n  uses: ${uses}\n`)
    const browser = shop.browser()
    await browser.get('/products/bread')
    const clicks = await Promise.all(
      [1, 2].map(() => browser.post('/orders').send({ product: 'bread', coupon: 'GIFT' }).expect(303)),
    )
    expect(new Set(clicks.map(({ headers }) => headers.location)).size).toBe(1)
    expect(await shop.query('SELECT taken FROM coupons')).toEqual([{ taken: 1 }])
  })

  test('a double click on what is free, and may be bought again, is one order', async () => {
    const catalogFolder = aCatalogWithCoupons('GIFT:\n  off: 100%\n  uses: 3\n', aCatalogWithPasses())
    const shop = await aShop({ engine, catalogFolder })
    const browser = shop.browser()
    await browser.get('/products/bread-pass')
    const click = () => browser.post('/orders').send({ product: 'bread-pass', coupon: 'GIFT' }).expect(303)
    const clicks = [...(await Promise.all([click(), click()])), await click()]
    expect(new Set(clicks.map(({ headers }) => headers.location)).size).toBe(1)
    expect(await shop.query('SELECT taken FROM coupons')).toEqual([{ taken: 1 }])
    shop.clock.advance(60_000)
    expect((await click()).headers.location).not.toBe(clicks[0]?.headers.location)
  })

  test('a buyer who has taken the last use is led to their order for a minute, then told that it is theirs', async () => {
    const shop = await aShopWithCoupons({ engine }, 'ONCE:\n  off: 100%\n  uses: 1\n')
    const [browser, other] = [shop.browser(), shop.browser()]
    const form = { product: 'bread', coupon: 'once' }
    const { headers } = await browser.post('/orders').send(form).expect(303)
    await browser.post('/orders').send(form).expect(303).expect('Location', String(headers.location))
    const { body } = await other.post('/orders').send(form).expect(422)
    expect(body).toMatchObject({ type: '/problems/no-longer-free' })
    shop.clock.advance(60_000)
    const again = await browser.post('/orders').send(form).expect(409)
    expect(again.body).toMatchObject({ type: '/problems/already-yours' })
  })

  test('a buyer who has paid with the last use is told that it is theirs', async () => {
    const shop = await aShopWithCoupons({ engine }, 'ONCE:\n  off: 20%\n  uses: 1\n')
    const [browser, other] = [shop.browser(), shop.browser()]
    await shop.pay((await orderWith(browser, 'ONCE')).id)
    const form = { product: 'bread', coupon: 'ONCE' }
    const { body } = await browser.post('/create-intent').send(form).expect(409)
    expect(body).toMatchObject({ type: '/problems/already-yours' })
    await other.post('/create-intent').send(form).expect(422)
    await browser
      .post('/create-intent')
      .send({ ...form, product: 'cake' })
      .expect(422)
  })
})
