import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { startOf } from '../../server/local-days.ts'
import { signIn } from '../support/desk.ts'
import { orderOf, submit } from '../support/desk-forms.ts'
import { aCatalogWithPasses, PASSES } from '../support/passes.ts'
import { aShop, type Browser, codeOf, order, type TestShop } from '../support/shop.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const PREVIEW = 'The preview.'
const RYE = 'PAID-PART-OF-RYE'

const aShopWithPasses = (env: Record<string, string> = {}) =>
  aShop({ catalogFolder: aCatalogWithPasses(), env })

async function buy(shop: TestShop, browser: Browser, product: string) {
  const offer = await order(browser, product)
  await shop.pay(offer.id)
  return offer
}

async function textOf(browser: Browser, path: string): Promise<string> {
  const { text, headers } = await browser.get(path).expect(200)
  expect(headers['cache-control']).toBe('private, no-store, no-transform')
  expect(headers.etag).toBeUndefined()
  return text
}

/** A buyer with two passes, one after the other, of which only the later one is on their phone. */
async function aPhoneWithALaterPass() {
  const shop = await aShopWithPasses()
  const [browser, phone] = [shop.browser(), shop.browser()]
  await buy(shop, browser, 'bread-pass')
  const next = await buy(shop, browser, 'bread-week')
  await phone
    .post('/redemptions')
    .send({ intent: next.id, code: codeOf(next) })
    .expect(303)
  return { shop, browser, phone, next }
}

/** The slugs of what this browser can open. */
async function openTo(browser: Browser): Promise<string[]> {
  const open: string[] = []
  for (const slug of ['rye', 'soup', 'table'])
    if ((await textOf(browser, `/products/${slug}`)).includes('PAID-PART')) open.push(slug)
  return open
}

describe('a pass', () => {
  test('opens the articles and downloads of its tag, and no pass', async () => {
    const shop = await aShopWithPasses()
    const [browser, stranger] = [shop.browser(), shop.browser()]
    expect(await openTo(browser)).toEqual([])
    await buy(shop, browser, 'bread-pass')
    expect(await openTo(browser)).toEqual(['rye', 'table'])
    await browser.get('/products/table/file').expect(200, 'flour,water\n1,2\n')
    expect(await openTo(stranger)).toEqual([])
    for (const pass of ['bread-pass', 'bread-week', 'everything'])
      expect(await textOf(browser, `/products/${pass}`)).toContain('data-code-button')
    expect(shop.logged.filter(({ alert }) => alert)).toEqual([])
  })

  test('for everything opens every article and download', async () => {
    const shop = await aShopWithPasses()
    const [browser, stranger] = [shop.browser(), shop.browser()]
    await buy(shop, browser, 'everything')
    expect(await openTo(browser)).toEqual(['rye', 'soup', 'table'])
    for (const path of ['/products/bread-pass', '/tags/bread']) {
      const page = await textOf(browser, path)
      expect(page).toMatch(
        /All of it is open to you already, through <a href="\/products\/everything"[^>]*>Everything<\/a> until the end of <time[^>]*><bdi>January 2, 2026/,
      )
      expect(page).not.toMatch(/Open until|Buying it adds/)
      expect((await stranger.get(path).expect(200)).text).not.toContain('open to you already')
    }
    const page = await textOf(browser, '/products/bread-pass')
    expect(page).toContain('Buying this as well doesn’t add to that')
    expect(page).toContain('data-code-button')
    expect((await textOf(browser, '/')).match(/· Open to you</g)).toHaveLength(6)
    await buy(shop, browser, 'bread-week') // which lasts longer
    expect(await textOf(browser, '/products/bread-pass')).toContain('Buying it adds 30 days')
    expect(await textOf(browser, '/products/everything')).toContain('Buying it adds 1 day to')
  })

  test('for everything that lasts longer than a pass for a tag is the one that the page names', async () => {
    const shop = await aShopWithPasses()
    const browser = shop.browser()
    await buy(shop, browser, 'bread-week')
    for (let days = 1; days <= 8; days++) await buy(shop, browser, 'everything')
    const page = await textOf(browser, '/products/bread-week')
    expect(page).toContain('All of it is open to you already')
    expect(page).not.toMatch(/Open until|Buying (it|this)/)
    expect(await textOf(browser, '/tags/bread')).toContain('open to you already')
  })

  test('is not offered to a page whose own intent has been paid meanwhile', async () => {
    const shop = await aShopWithPasses()
    const browser = shop.browser()
    const { id: unlessPaid } = await order(browser, 'bread-pass')
    const again = { product: 'bread-pass', unlessPaid }
    const { body } = await browser.post('/create-intent').send(again).expect(200)
    expect(body.id).toBe(unlessPaid)
    await shop.pay(unlessPaid)
    const refused = await browser.post('/create-intent').send(again).expect(409)
    expect(refused.body.detail).toContain('An earlier payment of yours')
    await browser
      .post('/create-intent')
      .send({ ...again, product: 'bread-week' })
      .expect(200) // which isn’t paid
    const { body: toStranger } = await shop.browser().post('/create-intent').send(again).expect(404)
    const { id: unpaid } = await order(shop.browser(), 'bread-pass')
    const { body: toAnother } = await shop
      .browser()
      .post('/create-intent')
      .send({ ...again, unlessPaid: unpaid })
      .expect(404)
    expect(toStranger).toEqual(toAnother) // what others have paid isn't told
    expect(toStranger.type).toBe('/problems/order-not-found')
    await browser.post('/create-intent').send({ product: 'bread-pass', unlessPaid: 'x' }).expect(400)
    await order(browser, 'bread-pass')
  })

  test('is not offered to a page whose own intent is known to be paid, whether or not Code can be reached', async () => {
    const shop = await aShopWithPasses()
    const browser = shop.browser()
    const { id: unlessPaid } = await buy(shop, browser, 'bread-pass')
    shop.disturb((_req, res) => res.writeHead(500).end())
    const { body } = await browser
      .post('/create-intent')
      .send({ product: 'bread-pass', unlessPaid })
      .expect(409)
    expect(body.type).toBe('/problems/already-yours')
  })

  test('of fewer days than its page promises by now isn’t offered again', async () => {
    const catalogFolder = aCatalogWithPasses()
    const shop = await aShop({ catalogFolder })
    const browser = shop.browser()
    const old = await order(browser, 'bread-week')
    expect((await order(browser, 'bread-week')).id).toBe(old.id)
    const file = join(catalogFolder, 'bread-week.md')
    writeFileSync(file, readFileSync(file, 'utf8').replace('days: 7', 'days: 8'))
    const fresh = await order(browser, 'bread-week')
    expect(fresh.id).not.toBe(old.id)
    await shop.pay(fresh.id)
    expect(await shop.query('SELECT days FROM grants JOIN payments USING (order_id)')).toEqual([{ days: 8 }])
  })

  test('ends with the first instant of a local day, to the millisecond', async () => {
    const shop = await aShopWithPasses({ TIME_ZONE: 'America/New_York' })
    const browser = shop.browser()
    await buy(shop, browser, 'bread-week') // on the last evening of 2025
    const end = startOf(Date.UTC(2026, 0, 8) / DAY, 'America/New_York')
    shop.clock.advance(end - 1 - shop.clock.now())
    expect(await openTo(browser)).toEqual(['rye', 'table'])
    shop.clock.advance(1)
    expect(await openTo(browser)).toEqual([])
    const { headers } = await browser.get('/products/table/file').set('If-None-Match', '*').expect(402)
    expect(headers['cache-control']).toBe('private, no-store, no-transform')
    await browser.get('/products/table/file').set('Range', 'bytes=5-').expect(402)
    const { text } = await browser.get('/products/table/file').set('Accept', 'text/html').expect(402)
    expect(text).toContain('<a class="button" href="/products/table">')
  })

  test('says on every page until when it is open, and reminds in its last three days', async () => {
    const shop = await aShopWithPasses({ TIME_ZONE: 'Europe/Berlin' })
    const browser = shop.browser()
    const { id } = await buy(shop, browser, 'bread-pass')
    const pages = ['/products/bread-pass', '/purchases', `/success/${id}`, '/products/rye']
    for (const page of pages) {
      const text = await textOf(browser, page)
      expect(text).toContain('January 31, 2026')
      expect(text).toContain('Europe/Berlin')
      expect(text).toContain('2026-01-31T23:00:00.000Z')
      expect(text).not.toContain('ends soon')
    }
    expect(await textOf(browser, '/products/bread-pass')).toContain(
      'Buying it adds 30 days to what you have.',
    )
    shop.clock.advance(27 * DAY + 23 * HOUR - 1)
    expect(await textOf(browser, '/products/rye')).not.toContain('ends soon')
    shop.clock.advance(1)
    for (const page of pages)
      expect(await textOf(browser, page)).toContain('It ends soon: 3 days are left, including today.')
    shop.clock.advance(2 * DAY)
    expect(await textOf(browser, '/products/bread-pass')).toContain('Today is its last day.')
    shop.clock.advance(DAY)
    expect(await textOf(browser, '/purchases')).toContain('It ended with')
    expect(await textOf(browser, '/products/bread-pass')).not.toContain('Open until')
  })

  test('that has ended says so on the page of its order, also if the shop doesn’t have it any more', async () => {
    const catalogFolder = aCatalogWithPasses()
    const shop = await aShop({ catalogFolder })
    const browser = shop.browser()
    const { id } = await buy(shop, browser, 'bread-week')
    expect(await textOf(browser, `/success/${id}`)).toContain('Paid. Thank you.')
    shop.clock.advance(8 * DAY)
    const assertEnded = async (page: string) => {
      expect(page).toContain('This purchase has expired')
      expect(page).toContain('It ended with')
      expect(page).not.toMatch(/Thank you|is yours|open in this browser|Thanks\./)
      expect(await textOf(browser, '/purchases')).not.toContain('come back later')
    }
    const ended = await textOf(browser, `/success/${id}`)
    await assertEnded(ended)
    expect(ended).toContain('href="/products/bread-week"')
    rmSync(join(catalogFolder, 'bread-week.md'))
    const gone = await textOf(browser, `/success/${id}`)
    await assertEnded(gone)
    expect(gone).not.toContain('href="/products/')
  })

  test('that was refunded or has ended says so on the page of its order, and that another one runs', async () => {
    const catalogFolder = aCatalogWithPasses()
    const shop = await aShop({ catalogFolder })
    const [merchant, browser] = [await signIn(shop), shop.browser()]
    const offers = []
    for (let bought = 0; bought < 3; bought++) offers.push(await buy(shop, browser, 'bread-week'))
    const [refunded, ended] = offers
    const [payment] = await shop.query(`SELECT id FROM payments WHERE intent = '${refunded?.id}'`)
    const path = `/desk/orders/${await orderOf(shop, refunded?.id ?? '')}`
    await submit(merchant, `${path}/refund?payment=${payment?.id}`)
    shop.clock.advance(8 * DAY)
    const assertKept = async () => {
      expect(await textOf(browser, `/success/${refunded?.id}`)).toContain('This purchase was refunded')
      expect(await textOf(browser, `/success/${ended?.id}`)).toContain('This purchase has ended')
      for (const { id } of [refunded, ended].filter((offer) => offer !== undefined))
        expect(await textOf(browser, `/success/${id}`)).toContain('through another purchase')
    }
    await assertKept()
    rmSync(join(catalogFolder, 'bread-week.md'))
    await assertKept()
  })

  test('that begins later says so on the page of its order, wherever that is opened', async () => {
    const { shop, browser, phone, next } = await aPhoneWithALaterPass()
    expect(await openTo(phone)).toEqual([])
    for (const holder of [browser, phone]) {
      const page = await textOf(holder, `/success/${next.id}`)
      expect(page).toContain('Thank you')
      expect(page).toMatch(/is yours, and hasn’t begun yet\. Open from <time datetime="2026-02-01">/)
      expect(page).not.toContain('open in this browser')
    }
    shop.clock.advance(31 * DAY)
    expect(await textOf(phone, `/success/${next.id}`)).toContain('is open in this browser')
  })

  test('that begins tomorrow is named wherever another one is for sale, and that one adds its days', async () => {
    const catalogFolder = aCatalogWithPasses()
    const moveTo = (timeZone: string) =>
      writeFileSync(join(catalogFolder, 'shop.yaml'), `timeZone: ${timeZone}\n`)
    moveTo('Europe/Berlin')
    const shop = await aShop({ catalogFolder })
    const [browser, stranger] = [shop.browser(), shop.browser()]
    await buy(shop, browser, 'bread-pass') // on the first morning of 2026
    moveTo('America/New_York')
    const pages = ['/products/bread-pass', '/tags/bread', '/products/rye']
    for (const page of pages) {
      expect(await textOf(browser, page)).toMatch(
        /Your pass begins on <time datetime="2026-01-01">.*\(<bdi>America\/New_York<\/bdi>\)\./,
      )
      expect((await stranger.get(page).expect(200)).text).not.toContain('Your pass begins')
    }
    expect(await textOf(browser, '/products/bread-week')).toContain('Buying it adds 7 days to what you have.')
    expect(await textOf(browser, '/products/soup')).not.toContain('Your pass begins')
    const { id } = await buy(shop, browser, 'bread-week')
    expect(await textOf(browser, `/success/${id}`)).toContain('Open from <time datetime="2026-02-01">')
    shop.clock.advance(5 * HOUR)
    for (const page of pages) expect((await browser.get(page)).text).not.toContain('Your pass begins')
    expect(await openTo(browser)).toEqual(['rye', 'table'])
  })

  test('that begins later doesn’t promise to add days to another, which begins at once', async () => {
    const { phone } = await aPhoneWithALaterPass()
    const page = await textOf(phone, '/products/bread-week')
    expect(page).toContain('Your pass begins on <time datetime="2026-02-01">')
    expect(page).not.toContain('Buying it adds')
  })

  test.each([
    ['th', '2026', '2569'],
    ['fa', '۲۰۲۶', '۱۴۰۴'],
  ])('has its days in the calendar of its payment, also in %s', async (locale, year, other) => {
    const shop = await aShopWithPasses()
    const browser = shop.browser()
    await buy(shop, browser, 'bread-pass')
    const { text } = await browser.get('/purchases').set('Accept-Language', locale).expect(200)
    const times = [...text.matchAll(/<time [^>]*>(.*?)<\/time>/g)].map(([, shown]) => shown)
    expect(times).toEqual([expect.stringContaining(year), expect.stringContaining(year)])
    expect(times.join()).not.toContain(other)
  })

  test('that is bought again adds its days, and the end that is shown is the last one', async () => {
    const shop = await aShopWithPasses()
    const browser = shop.browser()
    const first = await buy(shop, browser, 'bread-pass')
    shop.clock.advance(29 * DAY)
    expect(await textOf(browser, '/products/rye')).toContain('ends soon')
    expect(await textOf(browser, '/purchases')).toContain('ends soon')
    const { id } = await buy(shop, browser, 'bread-week')
    for (const path of ['/purchases', `/success/${first.id}`]) {
      const page = await textOf(browser, path)
      expect(page).toContain('January 31, 2026')
      expect(page).not.toContain('ends soon') // the next one follows
    }
    const rye = await textOf(browser, '/products/rye')
    expect(rye).toContain('February 7, 2026')
    expect(rye).not.toContain('ends soon')
    const receipt = await textOf(browser, `/success/${id}`)
    expect(receipt).toContain('Open from ')
    expect(receipt).toContain('February 1, 2026')
    await submit(await signIn(shop), `/desk/orders/${await orderOf(shop, id)}/revoke`, { reason: 'a reason' })
    expect(await textOf(browser, '/purchases')).toContain('ends soon')
  })

  test.each([
    ['sold: false', 'still opens it', 200, true],
    ['draft: true', 'opens it no more', 404, false],
  ] as const)('for a product that has %s now %s', async (field, _what, status, isOpen) => {
    const catalogFolder = aCatalogWithPasses()
    const shop = await aShop({ catalogFolder })
    const browser = shop.browser()
    await buy(shop, browser, 'bread-pass')
    const file = join(catalogFolder, 'rye.md')
    writeFileSync(file, readFileSync(file, 'utf8').replace('---\n', `---\n${field}\n`))
    const { text } = await browser.get('/products/rye').expect(status)
    expect(text.includes('PAID-PART')).toBe(isOpen)
  })

  test.each(['sold: false', 'draft: true'])(
    'that has %s now still runs, and isn’t offered again',
    async (field) => {
      const catalogFolder = aCatalogWithPasses()
      const shop = await aShop({ catalogFolder })
      const browser = shop.browser()
      await buy(shop, browser, 'bread-pass')
      const file = join(catalogFolder, 'bread-pass.md')
      writeFileSync(file, readFileSync(file, 'utf8').replace('---\n', `---\n${field}\n`))
      const page = await textOf(browser, '/products/bread-pass')
      expect(page).toContain('Open until')
      expect(page).toContain('This isn’t for sale any more.')
      expect(page).not.toContain('If you bought it')
      expect(page).toContain('href="/tags/bread"')
      expect(page).not.toMatch(/Buying it adds|data-code-button|file is missing/)
      expect(await openTo(browser)).toEqual(['rye', 'table'])
    },
  )

  test('thanks, and what it opens can still be bought for good', async () => {
    const shop = await aShopWithPasses()
    const browser = shop.browser()
    const { id } = await buy(shop, browser, 'bread-pass')
    expect(await textOf(browser, `/success/${id}`)).toContain('THANKS-FOR-THE-PASS')
    const page = await textOf(browser, '/products/rye')
    expect(page).toContain(RYE)
    expect(page).not.toContain('data-code-button')
    expect(page).toContain('href="/products/rye?offer"')
    const offer = await textOf(browser, '/products/rye?offer')
    expect(offer).toContain(PREVIEW)
    expect(offer).toContain('data-code-button')
    await buy(shop, browser, 'rye')
    shop.clock.advance(400 * DAY)
    expect(await openTo(browser)).toEqual(['rye'])
    expect(await textOf(browser, '/products/rye?offer')).toContain(RYE)
    expect(shop.logged.filter(({ alert }) => alert)).toEqual([])
    await browser.post('/create-intent').send({ product: 'rye' }).expect(409)
  })

  test('is not bought twice by a double click or two tabs, nor by a second click before the webhook comes', async () => {
    const shop = await aShopWithPasses()
    const browser = shop.browser()
    await browser.get('/products/bread-pass')
    const [one, other] = await Promise.all([order(browser, 'bread-pass'), order(browser, 'bread-pass')])
    expect(other.id).toBe(one.id)
    await shop.approve(one.id)
    await browser.post('/create-intent').send({ product: 'bread-pass' }).expect(409)
    await shop.sandbox.deliverDue()
    const windows = await shop.query('SELECT from_day, until_day FROM entitlements')
    expect(windows).toHaveLength(1)
    expect((await order(browser, 'bread-pass')).id).not.toBe(one.id) // now it adds days
  })

  test('marks what it opens on the storefront, for its buyer only and until its end', async () => {
    const shop = await aShopWithPasses()
    const [browser, stranger] = [shop.browser(), shop.browser()]
    await buy(shop, browser, 'bread-week')
    const marked = await textOf(browser, '/')
    expect(marked.match(/· Open to you</g)).toHaveLength(4) // two products, and both passes for them
    expect(marked).not.toContain('Yours') // the pass for a month was never bought
    expect((await textOf(browser, '/tags/bread')).match(/· Open to you</g)).toHaveLength(4)
    await stranger.get('/products/rye').expect(200)
    const { text, headers } = await stranger.get('/').expect(200)
    expect([text.includes('Open to you'), headers['cache-control']]).toEqual([false, 'public, no-cache'])
    shop.clock.advance(8 * DAY)
    const after = await browser.get('/').expect(200)
    expect([after.text.includes('Open to you'), after.headers['cache-control']]).toEqual([
      false,
      'public, no-cache',
    ])
  })

  test('that the shop doesn’t have any more is marked and named all the same', async () => {
    const catalogFolder = aCatalogWithPasses()
    const shop = await aShop({ catalogFolder })
    const browser = shop.browser()
    await buy(shop, browser, 'bread-pass')
    for (const pass of PASSES) {
      rmSync(join(catalogFolder, `${pass}.md`))
      await browser.get('/')
      await shop.shop.gone.looking
      expect((await textOf(browser, '/')).match(/· Open to you</g)?.length).toBeGreaterThanOrEqual(2)
      expect(await textOf(browser, '/tags/bread')).toContain('All of it is open to you already')
    }
  })

  test('that is redeemed on a phone has the same end there', async () => {
    const shop = await aShopWithPasses()
    const [browser, phone] = [shop.browser(), shop.browser()]
    const offer = await order(browser, 'bread-pass')
    await shop.pay(offer.id)
    shop.clock.advance(20 * HOUR)
    await phone
      .post('/redemptions')
      .send({ intent: offer.id, code: codeOf(offer) })
      .expect(303)
    expect(await openTo(phone)).toEqual(['rye', 'table'])
    expect(await textOf(phone, '/purchases')).toContain('January 31, 2026')
  })
})
