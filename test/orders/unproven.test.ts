import { describe, expect, test } from '@jest/globals'
import { claimsOf, signed } from '../../scripts/support/tokens.ts'
import { signIn } from '../support/desk.ts'
import { orderOf, readFields, readPage, submit } from '../support/desk-forms.ts'
import { onCall, refuse } from '../support/faults.ts'
import type { Browser, TestShop } from '../support/shop.ts'
import { aShopWithAnOrder } from '../support/webhook-shop.ts'

const HOUR = 3_600_000

/** An order that Code calls paid, and of which it has signed something else. */
async function aShopWithAMismatch() {
  const order = await aShopWithAnOrder()
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

describe('a buyer who has paid is offered no other intent', () => {
  test('while Code rejects the request for the status', async () => {
    const { shop, browser, offer } = await aShopWithAnOrder()
    await shop.approve(offer.id)
    shop.disturb(onCall('getStatus', refuse('no'), shop.sequencerUrl))
    await expectNoOtherOffer(shop, browser, offer.id)
    shop.disturb(undefined)
    const { body } = await orderAgain(browser, offer.id).expect(409)
    expect(body.type).toBe('/problems/already-yours')
  })

  test('while the status lags behind the payment', async () => {
    const { shop, browser, offer } = await aShopWithAnOrder()
    shop.disturb(onCall('sendMessage', refuse('client submitted intent'), shop.sequencerUrl))
    await expectNoOtherOffer(shop, browser, offer.id)
  })

  test('until the merchant has honoured the order of which an event says something else', async () => {
    const { shop, browser, offer, isOpen } = await aShopWithAMismatch()
    await expectNoOtherOffer(shop, browser, offer.id)
    shop.clock.advance(2 * HOUR) // the offer has expired, and another order would take its place
    await expectNoOtherOffer(shop, browser, offer.id)
    const merchant = await signIn(shop)
    await submit(merchant, `/desk/orders/${await orderOf(shop, offer.id)}/honour`, { reason: 'it came' })
    expect(await isOpen()).toBe(true)
  })

  test('until the merchant has dismissed that event', async () => {
    const { shop, browser, offer } = await aShopWithAMismatch()
    await expectNoOtherOffer(shop, browser, offer.id)
    const merchant = await signIn(shop)
    const [event] = await shop.query('SELECT digest FROM events')
    const page = `/desk/events/${event?.digest}`
    const fields = readFields(await readPage(merchant, page), `${page}/dismissal`)
    await merchant
      .post(`${page}/dismissal`)
      .type('form')
      .send({ ...fields, reason: 'sent back' })
      .expect(303)
    const { body } = await orderAgain(browser, offer.id).expect(200)
    expect(body.id).not.toBe(offer.id)
  })
})
