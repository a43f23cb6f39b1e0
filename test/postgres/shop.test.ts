import { expect, jest, test } from '@jest/globals'
import { startPostgres } from '../../scripts/support/postgres-server.js'
import { aSequencerKey, claimsOf, signed } from '../../scripts/support/tokens.ts'
import { onPostgres, withClient } from '../support/engines.ts'
import { aShop, codeOf, order } from '../support/shop.ts'
import { aShopWithAnOrder } from '../support/webhook-shop.ts'
import { later } from '../support/workplace.ts'

const HALF_A_MINUTE = 30_000
const PAID = 'PAID-PART-OF-ARTICLE'

onPostgres((engine) => {
  test('the way of a payment: locked page, intent, approval, webhook, unlocked page; and a restart keeps it', async () => {
    const shop = await aShop({ engine })
    const browser = shop.browser()
    expect((await browser.get('/products/article').expect(200)).text).not.toContain(PAID)
    const offer = await order(browser)
    expect(await order(browser)).toMatchObject({ id: offer.id })
    await shop.pay(offer.id)
    await shop.restart()
    expect((await browser.get('/products/article').expect(200)).text).toContain(PAID)
    expect((await browser.get('/purchases').expect(200)).text).toContain('/products/article')
    await browser.post('/create-intent').send({ product: 'article' }).expect(409)
    await shop.request().get('/readyz').expect(200)
  })

  test('an event delivered a hundred times at once is one payment, and 200 each time', async () => {
    const { shop, deliver, isOpen } = await aShopWithAnOrder({ engine })
    const answers = await Promise.all(Array.from({ length: 100 }, () => deliver()))
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]))
    expect(await isOpen()).toBe(true)
    expect(await shop.query('SELECT verdict, times_seen FROM events')).toEqual([
      { verdict: 'applied', times_seen: 100 },
    ])
    expect(await shop.query('SELECT proof FROM payments')).toEqual([{ proof: 'webhook' }])
  })

  test('an event that must wait, replayed a hundred times at once, keeps no page and no other event waiting', async () => {
    const key = aSequencerKey()
    const shop = await aShop({ engine, config: { publicKeys: [key.publicKey] } })
    const deliver = (token: string) =>
      shop.request().post('/webhook').set('Content-Type', 'application/jwt').send(token)
    const replayed = signed({ intent: 'a stranger’s', state: 'SUBMITTED' }, key.privateKey)
    await deliver(replayed).expect(200)
    const browsers = Array.from({ length: 8 }, () => shop.browser())
    const offers = await Promise.all(browsers.map((browser) => order(browser)))
    await withClient(shop.databaseUrl, async (client) => {
      await client.query('BEGIN')
      await client.query('UPDATE events SET last_seen_at = last_seen_at')
      const replays = Promise.all(Array.from({ length: 100 }, () => deliver(replayed)))
      const theirs = offers.map((offer) => deliver(signed(claimsOf(offer), key.privateKey)))
      const paid = await Promise.all(theirs)
      const pages = await Promise.all(browsers.map((browser) => browser.get('/products/article')))
      await client.query('ROLLBACK')
      await replays
      expect(paid.map(({ status }) => status)).toEqual(paid.map(() => 200))
      expect(pages.map(({ text }) => text.includes(PAID))).toEqual(pages.map(() => true))
    })
  })

  test('the wallet’s browsers redeem, three of them, also when four come at once', async () => {
    const { shop, offer, deliver } = await aShopWithAnOrder({ engine })
    await deliver().expect(200)
    const phones = Array.from({ length: 4 }, () => shop.browser())
    const answers = await Promise.all(
      phones.map((phone) => phone.post('/redemptions').send({ intent: offer.id, code: codeOf(offer) })),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([303, 303, 303, 410])
    const pages = await Promise.all(phones.map((phone) => phone.get('/products/article')))
    expect(pages.filter(({ text }) => text.includes(PAID))).toHaveLength(3)
  })

  test('a payment whose webhook never comes is found by asking', async () => {
    const shop = await aShop({ engine })
    const browser = shop.browser()
    const offer = await order(browser)
    await shop.approve(offer.id)
    shop.clock.advance(HALF_A_MINUTE)
    await shop.pollDue()
    expect((await browser.get('/products/article')).text).toContain(PAID)
  })

  test('while the server is stopped, the answer is 503 with its reason; when it is back, the event is taken', async () => {
    const server = await startPostgres()
    if (!server) return
    later(server.remove)
    const { shop, deliver, isOpen } = await aShopWithAnOrder({ engine, config: { databaseUrl: server.url } })
    await server.stop()
    await deliver().expect(503).expect('Retry-After', '2')
    const { body } = await shop.request().get('/readyz').expect(503)
    expect(body.detail).toBe('The database is unavailable: it cannot be reached')
    await shop.request().get('/healthz').expect(200)
    await server.start()
    await deliver().expect(200)
    expect(await isOpen()).toBe(true)
  })

  test('while a full disk refuses orders, but has space for a short row, the shop is not ready, and says why', async () => {
    const shop = await aShop({ engine })
    const orderOnce = () => shop.browser().post('/create-intent').send({ product: 'article' })
    const ready = () => shop.request().get('/readyz')
    await engine.execute(
      shop.databaseUrl,
      `
      CREATE FUNCTION fill() RETURNS trigger AS $$
        BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = '53100'; END
      $$ LANGUAGE plpgsql;
      CREATE TRIGGER full_disk BEFORE INSERT ON orders EXECUTE FUNCTION fill()`,
    )
    await orderOnce().expect(503)
    expect((await ready().expect(503)).body.detail).toBe('The database is unavailable: the disk is full')
    await engine.execute(shop.databaseUrl, 'DROP TRIGGER full_disk ON orders')
    await orderOnce().expect(200)
    const monotonic = performance.now.bind(performance)
    const tenSecondsLater = jest.spyOn(performance, 'now').mockImplementation(() => monotonic() + 10_000)
    await ready().expect(200)
    tenSecondsLater.mockRestore()
  })

  test.each(['orders', 'intents', 'payments', 'events'])(
    'while another session locks the table %s, the shop is not ready, and says why',
    async (table) => {
      const shop = await aShop({ engine })
      await withClient(shop.databaseUrl, async (client) => {
        await client.query(`BEGIN; LOCK TABLE ${table}`)
        const { body } = await shop.request().get('/readyz').expect(503)
        await client.query('ROLLBACK')
        expect(body.detail).toBe('The database is unavailable: a lock or statement timeout was exceeded')
      })
    },
  )

  test('text that PostgreSQL cannot keep pays nothing, and is answered 200 like every signed event', async () => {
    const key = aSequencerKey()
    const shop = await aShop({ engine, config: { publicKeys: [key.publicKey] } })
    const offer = await order(shop.browser())
    for (const user of ['zero \u0000', 'half a pair \ud800']) {
      const token = signed({ ...claimsOf(offer), currency: 'EUR', user }, key.privateKey)
      await shop.request().post('/webhook').set('Content-Type', 'application/jwt').send(token).expect(200)
    }
    expect(await shop.query('SELECT verdict FROM events')).toEqual([
      { verdict: 'mismatched' },
      { verdict: 'mismatched' },
    ])
  })
})
