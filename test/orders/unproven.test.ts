import { cpSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { denyPayment } from '../../db/index.ts'
import { claimsOf, signed } from '../../scripts/support/tokens.ts'
import { aShopWithCoupons } from '../support/coupons.ts'
import { signIn } from '../support/desk.ts'
import { orderOf, readFields, readPage, submit } from '../support/desk-forms.ts'
import { aCatalogWithADonation } from '../support/donation.ts'
import { type Engine, onSqliteAndPostgres } from '../support/engines.ts'
import { type Act, countPolls, onCall, onCalls, refuse } from '../support/faults.ts'
import { aShop, type Browser, order, type TestShop } from '../support/shop.ts'
import { aShopWithAnOrder } from '../support/webhook-shop.ts'
import { aFolder } from '../support/workplace.ts'

const HOUR = 3_600_000
const rejectAsPaid = refuse('client submitted intent')

/** Code answers so once, and accepts the next request. */
function once(act: Act): Act {
  let calls = 0
  return async (exchange) => (calls++ === 0 ? act(exchange) : exchange.res.end(await exchange.forward()))
}

/** An order that Code calls paid, and of which it has signed something else. */
async function aShopWithAMismatch(engine: Engine) {
  const order = await aShopWithAnOrder({ engine })
  await order.deliver(signed({ ...claimsOf(order.offer), amount: 0.2 }, order.key.privateKey)).expect(200)
  await order.shop.approve(order.offer.id)
  return order
}

const orderAgain = (browser: Browser, unlessPaid: string) =>
  browser.post('/create-intent').send({ product: 'article', unlessPaid })

async function expectNoOtherOffer(shop: TestShop, browser: Browser, paid: string): Promise<void> {
  const { body, text } = await orderAgain(browser, paid).expect(409)
  const explanation = expect.stringContaining('contact the merchant')
  expect(body).toMatchObject({ type: '/problems/payment-unproven', explanation })
  expect(text).not.toContain('clientSecret')
  expect(await shop.query('SELECT id FROM intents')).toEqual([{ id: paid }])
  expect(shop.logged.filter(({ msg }) => /another request|dropped/.test(String(msg)))).toEqual([])
}

async function dismiss(merchant: Browser, digest: unknown): Promise<void> {
  const page = `/desk/events/${digest}`
  const fields = readFields(await readPage(merchant, page), `${page}/dismissal`)
  const form = { ...fields, reason: 'sent back' }
  await merchant.post(`${page}/dismissal`).type('form').send(form).expect(303)
}

onSqliteAndPostgres((engine) => {
  describe('a buyer who has paid is offered no other intent', () => {
    test('while Code rejects the request for the status', async () => {
      const { shop, browser, offer } = await aShopWithAnOrder({ engine })
      await shop.approve(offer.id)
      shop.disturb(onCall('getStatus', refuse('no'), shop.sequencerUrl))
      await expectNoOtherOffer(shop, browser, offer.id)
      shop.disturb(undefined)
      const { body } = await orderAgain(browser, offer.id).expect(409)
      expect(body.type).toBe('/problems/already-yours')
    })

    test('while the status lags behind the payment', async () => {
      const { shop, browser, offer } = await aShopWithAnOrder({ engine })
      shop.disturb(onCall('sendMessage', rejectAsPaid, shop.sequencerUrl))
      await expectNoOtherOffer(shop, browser, offer.id)
    })

    test.each([
      ['lags', {}],
      ['is refused', { getStatus: refuse('no') }],
    ])('after the offer has expired, while the status %s', async (_what, acts) => {
      const { shop, browser, offer, deliver } = await aShopWithAnOrder({ engine })
      shop.disturb(onCalls({ sendMessage: rejectAsPaid, ...acts }, shop.sequencerUrl))
      await expectNoOtherOffer(shop, browser, offer.id)
      shop.disturb(onCalls(acts, shop.sequencerUrl))
      shop.clock.advance(2 * HOUR)
      await expectNoOtherOffer(shop, browser, offer.id)
      await deliver().expect(200)
      const { body } = await orderAgain(browser, offer.id).expect(409)
      expect(body.type).toBe('/problems/already-yours')
    })

    test('at another amount', async () => {
      const shop = await aShop({ engine, catalogFolder: aCatalogWithADonation() })
      const browser = shop.browser()
      const give = (hundredths: number) => browser.post('/create-intent').send({ product: 'tea', hundredths })
      await give(500).expect(200)
      shop.disturb(onCall('sendMessage', rejectAsPaid, shop.sequencerUrl))
      await give(500).expect(409)
      shop.disturb(undefined)
      const { body } = await give(150).expect(409)
      expect(body.type).toBe('/problems/payment-unproven')
    })

    test('although a status has said so once, and does no longer', async () => {
      const { shop, browser, offer } = await aShopWithAMismatch(engine)
      await expectNoOtherOffer(shop, browser, offer.id)
      shop.clock.advance(2 * HOUR)
      shop.disturb(onCall('getStatus', refuse('no'), shop.sequencerUrl))
      await expectNoOtherOffer(shop, browser, offer.id)
    })

    test('until the merchant has honoured the order of which an event says something else', async () => {
      const { shop, browser, offer, isOpen } = await aShopWithAMismatch(engine)
      await expectNoOtherOffer(shop, browser, offer.id)
      shop.clock.advance(2 * HOUR) // the offer has expired, and another order would take its place
      await expectNoOtherOffer(shop, browser, offer.id)
      const merchant = await signIn(shop)
      await submit(merchant, `/desk/orders/${await orderOf(shop, offer.id)}/honour`, { reason: 'it came' })
      expect(await isOpen()).toBe(true)
    })

    test('until the merchant has dismissed every such event', async () => {
      const { shop, browser, offer, deliver, key } = await aShopWithAMismatch(engine)
      await deliver(signed({ ...claimsOf(offer), amount: 0.1 }, key.privateKey)).expect(200)
      await expectNoOtherOffer(shop, browser, offer.id)
      const merchant = await signIn(shop)
      const [first, second] = await shop.query('SELECT digest FROM events')
      await dismiss(merchant, first?.digest)
      await expectNoOtherOffer(shop, browser, offer.id)
      await dismiss(merchant, second?.digest)
      const { body } = await orderAgain(browser, offer.id).expect(200)
      expect(body.id).not.toBe(offer.id)
    })
  })

  test('a buyer of whom the merchant says that no money came gets another intent, and whichever is paid counts', async () => {
    const { shop, browser, offer, deliver, isOpen } = await aShopWithAnOrder({ engine })
    shop.disturb(onCall('sendMessage', rejectAsPaid, shop.sequencerUrl))
    await orderAgain(browser, offer.id).expect(409)
    shop.disturb(undefined)
    const merchant = await signIn(shop)
    const path = `/desk/orders/${await orderOf(shop, offer.id)}`
    expect(await readPage(merchant, '/desk')).toContain('Code calls 1 order paid')
    const empty = readFields(await readPage(merchant, `${path}/no-money`), `${path}/no-money`)
    await merchant.post(`${path}/no-money`).type('form').send(empty).expect(422)
    await submit(merchant, `${path}/no-money`, { reason: 'nothing in the wallet' })
    const page = await readPage(merchant, path)
    expect(page).toContain('You said that no money came')
    expect(page).toContain('nothing in the wallet')
    expect(page).not.toContain(`${path}/no-money`)
    expect(await readPage(merchant, '/desk')).not.toContain('Code calls 1 order paid')
    expect(await readPage(merchant, '/desk/audit-log')).toContain('Said that no money came for an order')
    await merchant.get(`${path}/no-money`).expect(409)

    shop.disturb(onCall('sendMessage', once(rejectAsPaid), shop.sequencerUrl))
    const { body } = await orderAgain(browser, offer.id).expect(200)
    expect(body.id).not.toBe(offer.id)
    expect(await isOpen()).toBe(false)
    await deliver().expect(200)
    expect(await isOpen()).toBe(true)
  })

  test('a payment that comes while the merchant denies it counts, and nothing is denied', async () => {
    const { shop, browser, offer, deliver, isOpen } = await aShopWithAnOrder({ engine })
    shop.disturb(onCall('sendMessage', rejectAsPaid, shop.sequencerUrl))
    await orderAgain(browser, offer.id).expect(409)
    const order = await orderOf(shop, offer.id)
    await deliver().expect(200)
    const action = {
      what: 'payment-denied',
      subject: order,
      session: 'the desk',
      after: { reason: 'nothing came' },
    }
    expect(await denyPayment(shop.db, order, action, shop.clock.now())).toBe(false)
    expect(await shop.query('SELECT denied_at FROM intents WHERE denied_at IS NOT NULL')).toEqual([])
    expect(await shop.query("SELECT id FROM actions WHERE what = 'payment-denied'")).toEqual([])
    expect(await isOpen()).toBe(true)
  })

  test('what Code says of another intent of an order counts, although the merchant has denied an earlier one', async () => {
    const { shop, browser, offer } = await aShopWithAnOrder({ engine })
    shop.disturb(onCall('sendMessage', rejectAsPaid, shop.sequencerUrl))
    await orderAgain(browser, offer.id).expect(409)
    const merchant = await signIn(shop)
    const path = `/desk/orders/${await orderOf(shop, offer.id)}`
    await submit(merchant, `${path}/no-money`, { reason: 'nothing in the wallet' })
    shop.disturb(onCall('sendMessage', once(rejectAsPaid), shop.sequencerUrl))
    const { body } = await orderAgain(browser, offer.id).expect(200)
    shop.clock.advance(1_000)
    shop.disturb(onCall('sendMessage', rejectAsPaid, shop.sequencerUrl))
    const again = await orderAgain(browser, body.id).expect(409)
    expect(again.body.type).toBe('/problems/payment-unproven')
    expect(await readPage(merchant, '/desk')).toContain('Code calls 1 order paid')
  })

  describe('a payment that the shop knows counts as such', () => {
    test('if its webhook comes while Code rejects the request', async () => {
      const { shop, browser, deliver } = await aShopWithAnOrder({ engine })
      const pay = async ({ res }: Parameters<typeof rejectAsPaid>[0]) => {
        await deliver().expect(200)
        rejectAsPaid({ res })
      }
      shop.disturb(onCalls({ sendMessage: pay, getStatus: refuse('no') }, shop.sequencerUrl))
      const { body } = await browser.post('/create-intent').send({ product: 'article' }).expect(409)
      expect(body.type).toBe('/problems/already-yours')
      expect(shop.logged.filter(({ alert }) => alert)).toEqual([])
    })

    test('whatever is unproven of another order', async () => {
      const { shop, browser, offer: paid } = await aShopWithAnOrder({ engine })
      shop.clock.advance(2 * HOUR)
      const unproven = await order(browser)
      shop.disturb(onCall('sendMessage', rejectAsPaid, shop.sequencerUrl))
      await orderAgain(browser, unproven.id).expect(409)
      shop.disturb(undefined)
      shop.clock.advance(2 * HOUR)
      await shop.approve(paid.id)
      const { body } = await browser.post('/create-intent').send({ product: 'article' }).expect(409)
      expect(body.type).toBe('/problems/already-yours')
    })
  })

  test('what costs nothing is given, although another payment for it is unproven', async () => {
    const shop = await aShopWithCoupons({ engine })
    const browser = shop.browser()
    await order(browser, 'bread')
    shop.disturb(onCall('sendMessage', rejectAsPaid, shop.sequencerUrl))
    await browser.post('/create-intent').send({ product: 'bread' }).expect(409)
    await browser.post('/orders').send({ product: 'bread', coupon: 'GIFT' }).expect(303)
    expect(shop.logged.filter(({ msg }) => /older order/.test(String(msg)))).toEqual([])
  })

  test('a buyer who waits for a payment that nothing proves reads whom to contact', async () => {
    const folder = join(aFolder(), 'catalog')
    cpSync('test/support/catalog', folder, { recursive: true })
    writeFileSync(join(folder, 'shop.yaml'), 'seller: { name: A, contact: help@example.com }\n')
    const { shop, browser, offer, deliver, key } = await aShopWithAnOrder({ engine, catalogFolder: folder })
    const help =
      /<div data-await-contact( hidden)?>\s*<p>You can get help here: <a href="mailto:help@example.com"/
    const waiting = await readPage(browser, `/success/${offer.id}`)
    expect(waiting).toContain('We’re waiting for Code to confirm your payment')
    expect(help.exec(waiting)?.[1]).toBe(' hidden')
    await deliver(signed({ ...claimsOf(offer), amount: 0.2 }, key.privateKey)).expect(200)
    await shop.approve(offer.id)
    shop.clock.advance(HOUR)
    const page = await readPage(browser, `/success/${offer.id}`)
    expect(page).toContain('Please contact the merchant')
    expect(help.exec(page)).toMatchObject({ 1: undefined })
  })

  test('the merchant gets one alert, and reads on the order’s page and on the overview what to do', async () => {
    const { shop, browser, offer } = await aShopWithAnOrder({ engine })
    shop.disturb(onCall('sendMessage', rejectAsPaid, shop.sequencerUrl))
    for (let time = 0; time < 2; time++) await orderAgain(browser, offer.id).expect(409)
    expect(shop.logged.filter(({ alert }) => alert)).toHaveLength(1)
    const merchant = await signIn(shop)
    const path = `/desk/orders/${await orderOf(shop, offer.id)}`
    const page = await readPage(merchant, path)
    expect(page).toContain('But neither its status nor a webhook shows that payment yet')
    expect(page).toContain('honour the order by hand')
    const overview = await readPage(merchant, '/desk')
    expect(overview).toContain('Code calls 1 order paid')
    expect(overview).toContain(`href="${path}"`)
    await submit(merchant, `${path}/honour`, { amount: '0.25', currency: 'usd', reason: 'it came' })
    expect(await readPage(merchant, '/desk')).not.toContain('Code calls 1 order paid')
  })

  test('the intent that the page names is polled, and not the newest of its order', async () => {
    const { shop, browser, offer } = await aShopWithAnOrder({ engine })
    const isOther = refuse('destination mismatches original request')
    shop.clock.advance(1_000)
    shop.disturb(onCall('sendMessage', once(isOther), shop.sequencerUrl))
    expect((await order(browser)).id).not.toBe(offer.id)
    await shop.approve(offer.id)
    const polls = countPolls(shop)
    await orderAgain(browser, offer.id).expect(409)
    expect(polls()).toBe(1)
  })
})
