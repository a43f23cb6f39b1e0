import { cpSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { PaymentRequestIntent } from '@code-wallet/intents'
import { describe, expect, test } from '@jest/globals'
import { once } from '../../server/once.ts'
import { onCall } from '../support/faults.ts'
import { aShop, codeOf, order } from '../support/shop.ts'
import { until } from '../support/until.ts'
import { aFolder } from '../support/workplace.ts'

const HOUR = 3_600_000
const ERROR = 50 // pino's level

describe('where the wallet leads after a payment', () => {
  const PHONES = 'http://192.168.1.20:3030'
  const PUBLIC = 'https://shop.example'

  test.each([
    ['back to the address on the network at which a phone has found the shop', PHONES, {}, PHONES],
    ['to the local address from any other', 'http://192.168.1.99:3030', {}, undefined],
    ['to the public URL, if there is one', PHONES, { publicUrl: () => PUBLIC, url: () => PUBLIC }, PUBLIC],
  ])('%s', async (_where, opened, settings, base) => {
    const shop = await aShop({ config: { networkUrls: [PHONES], ...settings } })
    const { host } = new URL(opened)
    const { body } = await shop
      .request()
      .post('/create-intent')
      .set('Host', host)
      .send({ product: 'article' })
    expect(body.successUrl).toMatch(
      new RegExp(`^${base ?? shop.url}/success/${body.id}\\?redeem=[0-9a-f]{32}$`),
    )
  })
})

describe('the way of a payment', () => {
  test('locked page, intent, approval, webhook, unlocked page', async () => {
    const shop = await aShop()
    const browser = shop.browser()
    const locked = await browser.get('/products/article').expect(200)
    expect(locked.text).toContain('data-code-button')
    expect(locked.text).not.toContain('PAID-PART-OF-ARTICLE')

    const offer = await order(browser)
    expect(offer).toEqual({
      id: expect.any(String),
      clientSecret: expect.any(String),
      amount: 25,
      currency: 'usd',
      destination: shop.config.destination,
      successUrl: expect.stringMatching(
        new RegExp(`^${shop.url}/success/${offer.id}\\?redeem=[0-9a-f]{32}$`),
      ),
    })
    await browser
      .get(`/intents/${offer.id}`)
      .expect(200, { id: offer.id, state: 'pending', product: 'article', amount: 25, currency: 'usd' })

    await shop.pay(offer.id)
    const { body } = await browser.get(`/intents/${offer.id}`).expect(200)
    expect(body).toEqual({
      id: offer.id,
      state: 'paid',
      product: 'article',
      amount: 25,
      currency: 'usd',
      paidAt: new Date(shop.clock.now()).toISOString(),
    })
    const open = await browser.get('/products/article').expect(200)
    expect(open.text).toContain('PAID-PART-OF-ARTICLE')
    expect(open.text).not.toContain('data-code-button')
  })

  test('the browser derives the same intent from what the shop has sent', async () => {
    const shop = await aShop()
    const { id, amount, currency, destination, clientSecret } = await order(shop.browser())
    const derived = new PaymentRequestIntent({
      mode: 'payment',
      amount: amount / 100,
      currency: currency as 'usd',
      destination,
      clientSecret,
    })
    expect(derived.getIntentId()).toBe(id)
  })

  test('the success page waits, then shows the receipt; purchases list it', async () => {
    const shop = await aShop()
    const browser = shop.browser()
    await browser.get('/products/other')
    const offer = await order(browser, 'other')
    const waiting = await browser.get(`/success/${offer.id}`).expect(200)
    expect(waiting.text).toContain(`data-await-intent="${offer.id}"`)
    await shop.pay(offer.id)
    const paid = await browser.get(`/success/${offer.id}`).expect(200)
    expect(paid.text).toContain('/products/other')
    expect(paid.text).toContain('€0.10')
    const purchases = await browser.get('/purchases').expect(200)
    expect(purchases.text).toContain('Another article')
    expect((await shop.request().get('/purchases')).text).not.toContain('Another article')
  })

  test('a download arrives whole, with its name and type, and goes on where it stopped', async () => {
    const shop = await aShop()
    const browser = shop.browser()
    await shop.pay((await order(browser, 'download')).id)
    const whole = await browser.get('/products/download/file').expect(200)
    expect(whole.headers).toMatchObject({
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': 'attachment; filename=table.csv',
      'accept-ranges': 'bytes',
      'cache-control': 'private, no-store, no-transform',
    })
    const part = await browser.get('/products/download/file').set('Range', 'bytes=10-').expect(206)
    expect(part.text).toBe(whole.text.slice(10))
    await browser.get('/products/download/file').set('Range', 'bytes=9999-').expect(416)
  })

  test('a download whose buyer leaves before its first byte is no error, and not noted as one', async () => {
    const shop = await aShop()
    const browser = shop.browser()
    await shop.pay((await order(browser, 'download')).id)
    const { read } = shop.db
    let letGo = () => {}
    const held = new Promise<void>((asks) => {
      shop.db.read = async (sql, parameters) => {
        shop.db.read = read
        asks()
        await new Promise<void>((resolve) => {
          letGo = resolve
        })
        return read(sql, parameters)
      }
    })
    const download = browser.get('/products/download/file')
    download.catch(() => undefined) // aborted
    await held
    download.abort()
    await until(async () => shop.logged.some(({ msg }) => msg === 'client left before the answer'))
    letGo()
    await order(shop.browser()) // its order is written after what an earlier request has written
    expect(shop.logged.filter(({ level }) => Number(level) >= ERROR)).toEqual([])
    const noted = () => shop.query("SELECT what FROM steps WHERE what = 'first-download'")
    expect(await noted()).toEqual([])
    await browser.get('/products/download/file').expect(200)
    await until(async () => (await noted()).length === 1)
  })

  describe('a download that cannot go on', () => {
    async function aBuyersDownload(catalogFolder?: string) {
      const shop = await aShop(catalogFolder ? { catalogFolder } : {})
      const browser = shop.browser()
      await shop.pay((await order(browser, 'download')).id)
      return (headers: object) =>
        browser.get('/products/download/file').set({ Accept: 'text/html', ...headers })
    }

    /** An error page says nothing of the file for which it stands. */
    function expectPage({ headers, text }: { headers: Record<string, string>; text: string }) {
      expect(headers['content-type']).toBe('text/html; charset=utf-8')
      expect(headers['cache-control']).toBe('private, no-store, no-transform')
      expect(headers['content-security-policy']).toContain("default-src 'none'")
      const ofTheFile = ['content-disposition', 'content-encoding', 'last-modified', 'accept-ranges']
      for (const name of [...ofTheFile, 'x-accel-buffering'])
        expect([name, headers[name]]).toEqual([name, undefined])
      expect(text).toContain('</html>')
    }

    test('because the file has changed is 412, as Firefox asks before it resumes', async () => {
      const get = await aBuyersDownload()
      const { headers } = await get({}).expect(200)
      const { etag = '' } = headers
      await get({ 'If-Match': etag, Range: 'bytes=10-' }).expect(206)
      const changed = await get({ 'If-Match': '"another"', Range: 'bytes=10-' }).expect(412)
      expectPage(changed)
      expect(changed.text).toContain('The file has changed')
      const since = new Date(0).toUTCString()
      expectPage(await get({ 'If-Unmodified-Since': since }).expect(412))
      const { body } = await get({ Accept: '*/*', 'If-Match': '"another"' }).expect(412)
      expect(body).toMatchObject({ type: '/problems/file-changed', detail: 'Precondition Failed' })
    })

    test('because nothing is left of the file is 416, and says how long it is', async () => {
      const get = await aBuyersDownload()
      const past = await get({ Range: 'bytes=9999-' }).expect(416)
      expectPage(past)
      expect(past.headers['content-range']).toMatch(/^bytes \*\/\d+$/)
      const { body } = await get({ Accept: '*/*', Range: 'bytes=9999-' }).expect(416)
      expect(body.detail).toBe('Range Not Satisfiable')
    })

    test('because the file is gone is 503', async () => {
      const folder = join(aFolder(), 'catalog')
      cpSync('test/support/catalog', folder, { recursive: true })
      const get = await aBuyersDownload(folder)
      rmSync(join(folder, 'files'), { recursive: true })
      expectPage(await get({}).expect(503))
    })
  })

  test('a rejection changes nothing, and a payment that comes all the same counts', async () => {
    const shop = await aShop()
    const browser = shop.browser()
    const offer = await order(browser)
    await shop.reject(offer.id)
    expect((await browser.get('/products/article')).text).not.toContain('PAID-PART')
    await shop.pay(offer.id)
    expect((await browser.get('/products/article')).text).toContain('PAID-PART-OF-ARTICLE')
  })

  test('what is paid survives a restart', async () => {
    const shop = await aShop()
    const browser = shop.browser()
    await shop.pay((await order(browser)).id)
    await shop.restart()
    expect((await browser.get('/products/article')).text).toContain('PAID-PART-OF-ARTICLE')
  })
})

describe('who has a product already', () => {
  test('is not charged again', async () => {
    const shop = await aShop()
    const browser = shop.browser()
    await shop.pay((await order(browser)).id)
    const { body } = await browser.post('/create-intent').send({ product: 'article' }).expect(409)
    expect(body).toMatchObject({ type: '/problems/already-yours', status: 409 })
  })

  test('is not charged again while the webhook is late: the sequencer is asked first', async () => {
    const shop = await aShop()
    const browser = shop.browser()
    const offer = await order(browser)
    await shop.approve(offer.id) // and no webhook is delivered
    await browser.post('/create-intent').send({ product: 'article' }).expect(409)
    expect((await browser.get('/products/article')).text).toContain('PAID-PART-OF-ARTICLE')
  })

  test('is not charged again for an older order that was paid late', async () => {
    const shop = await aShop()
    const browser = shop.browser()
    const old = await order(browser)
    shop.clock.advance(2 * HOUR)
    await shop.approve(old.id)
    await browser.post('/create-intent').send({ product: 'article' }).expect(409)
  })

  test('is not charged again in a browser that has redeemed an order, paid by now with its webhook late', async () => {
    const shop = await aShop()
    const offer = await order(shop.browser())
    const phone = shop.browser()
    await phone
      .post('/redemptions')
      .send({ intent: offer.id, code: codeOf(offer) })
      .expect(303)
    await shop.approve(offer.id)
    await phone.post('/create-intent').send({ product: 'article' }).expect(409)
    expect((await phone.get('/products/article')).text).toContain('PAID-PART-OF-ARTICLE')
  })

  test('who pays it in another tab while it is offered again is told so', async () => {
    const shop = await aShop()
    const browser = shop.browser()
    const { id } = await order(browser)
    const paying = onCall(
      'registerWebhook',
      async ({ res, forward }) => {
        const answer = await forward()
        await shop.pay(id)
        res.end(answer)
      },
      shop.sequencerUrl,
    )
    shop.disturb(paying)
    await browser.post('/create-intent').send({ product: 'article' }).expect(409)
  })

  test('who redeems it while they order it is told so, although another order of theirs is open', async () => {
    const shop = await aShop()
    const [browser, giver] = [shop.browser(), shop.browser()]
    const given = await order(giver)
    await shop.pay(given.id)
    await order(browser)
    shop.clock.advance(2 * HOUR)
    const redeem = once(() =>
      browser
        .post('/redemptions')
        .send({ intent: given.id, code: codeOf(given) })
        .expect(303),
    )
    let asked = 0
    const redeeming = onCall(
      'getStatus',
      async ({ res, forward }) => {
        await redeem()
        if (++asked > 10)
          res.destroy() // what never ends must still fail
        else res.end(await forward())
      },
      shop.sequencerUrl,
    )
    shop.disturb(redeeming)
    await browser.post('/create-intent').send({ product: 'article' }).expect(409)
    expect(asked).toBe(1)
  })
})

describe('an open order', () => {
  test('is offered again: the same intent, with a fresh redemption code', async () => {
    const shop = await aShop()
    const browser = shop.browser()
    const [first, second] = [await order(browser), await order(browser)]
    expect(second).toMatchObject({ id: first.id, clientSecret: first.clientSecret })
    expect(codeOf(second)).not.toBe(codeOf(first))
  })

  test('is one for two tabs that order at the same time, also as the first thing they do', async () => {
    const shop = await aShop()
    const browser = shop.browser()
    await browser.get('/products/article') // the page has set the cookie for both
    const offers = await Promise.all(Array.from({ length: 5 }, () => order(browser)))
    expect(new Set(offers.map(({ id }) => id)).size).toBe(1)
  })

  test('is another one for another buyer', async () => {
    const shop = await aShop()
    const [one, other] = [await order(shop.browser()), await order(shop.browser())]
    expect(one.id).not.toBe(other.id)
  })

  test('is not one of a buyer who only redeemed it', async () => {
    const shop = await aShop()
    const offer = await order(shop.browser())
    const phone = shop.browser()
    await phone
      .post('/redemptions')
      .send({ intent: offer.id, code: codeOf(offer) })
      .expect(303)
    expect((await order(phone)).id).not.toBe(offer.id)
  })

  test('gives way to a new one after an hour without an offer', async () => {
    const shop = await aShop()
    const browser = shop.browser()
    const first = await order(browser)
    shop.clock.advance(HOUR - 1)
    const renewed = await order(browser)
    expect(renewed.id).toBe(first.id)
    shop.clock.advance(HOUR)
    const second = await order(browser)
    expect(second.id).not.toBe(first.id)
  })

  test('gives way to a new one when the destination has changed, and a payment of the old one still counts', async () => {
    const shop = await aShop()
    const browser = shop.browser()
    const old = await order(browser)
    await shop.restart({ destination: 'codeHy87wGD5oMRLG75qKqsSi1vWE3oxNyYmXo5F9YR' })
    const fresh = await order(browser)
    expect(fresh.id).not.toBe(old.id)
    await shop.pay(old.id)
    expect((await browser.get('/products/article')).text).toContain('PAID-PART-OF-ARTICLE')
  })
})
