import { describe, expect, test } from '@jest/globals'
import type { Offer } from '../../money/index.ts'
import { aCatalogWithADonation } from '../support/donation.ts'
import { countPolls } from '../support/faults.ts'
import { aShop, type Browser, type TestShop } from '../support/shop.ts'

const PER_SECOND = 20
const BY_LOOKS = 15
const SHARE = 3
const SECOND = 1_000
const ORDERS = 25

/** A shop that counts what it asks Code, and visitors with an order each: so many at one address. */
async function aCrowd(atOneAddress: number, count = ORDERS) {
  const shop = await aShop({ env: { TRUST_PROXY: 'loopback' } })
  const visitors: Awaited<ReturnType<typeof aVisitor>>[] = []
  for (let number = 0; number < count; number++)
    visitors.push(await aVisitor(shop, `192.0.2.${Math.floor(number / atOneAddress)}`))
  shop.clock.advance(SECOND)
  const asked = countPolls(shop)
  const look = () => Promise.all(visitors.map(({ look }) => look()))
  return { shop, visitors, look, asked }
}

async function aVisitor(shop: TestShop, address: string) {
  const browser = shop.browser().set('X-Forwarded-For', address)
  const { body } = await browser.post('/create-intent').send({ product: 'article' }).expect(200)
  const offer: Offer = body
  const look = async () => (await browser.get(`/intents/${offer.id}`).expect(200)).body.state
  return { offer, look }
}

describe('Code is asked at most twenty times a second', () => {
  test('by looks at orders, however many there are, and the schedule has its part', async () => {
    const { shop, look, asked } = await aCrowd(1)
    await look()
    expect(asked()).toBe(BY_LOOKS)
    await shop.pollDue()
    expect(asked()).toBeGreaterThan(BY_LOOKS)
    expect(asked()).toBeLessThanOrEqual(PER_SECOND)
  })

  test('by looks and the schedule together', async () => {
    const { shop, visitors, asked } = await aCrowd(1)
    shop.clock.advance(60 * SECOND)
    for (const { look } of visitors.slice(0, 5)) await look()
    await shop.pollDue()
    expect(asked()).toBe(PER_SECOND)
  })

  test('and an order that nobody looks at is polled when it is due, however many look at others', async () => {
    const shop = await aShop({ env: { TRUST_PROXY: 'loopback' } })
    const { offer } = await aVisitor(shop, '198.51.100.1')
    await shop.approve(offer.id)
    shop.clock.advance(30 * SECOND)
    const visitors = await Promise.all(
      Array.from({ length: PER_SECOND }, (_, number) => aVisitor(shop, `192.0.2.${number}`)),
    )
    await Promise.all(visitors.map(({ look }) => look()))
    await shop.pollDue()
    const paid = [{ intent: offer.id }]
    expect(await shop.query('SELECT intent FROM payments')).toEqual(paid)
  })

  test('and an order that could not be polled when it was looked at is among the first of the next second', async () => {
    const { shop, visitors, look, asked } = await aCrowd(1, BY_LOOKS + 9) // and so many are due before it
    shop.clock.advance(60 * SECOND)
    const waiting = await aVisitor(shop, '198.51.100.1')
    await look()
    expect(asked()).toBe(BY_LOOKS)
    await shop.approve(waiting.offer.id)
    expect(await waiting.look()).toBe('pending')
    expect(visitors.length).toBeGreaterThan(PER_SECOND)
    shop.clock.advance(SECOND)
    await shop.pollDue()
    expect(await waiting.look()).toBe('paid')
  })
})

test('however much else Code is asked in a second, the schedule has its part, and no more', async () => {
  const shop = await aShop({ catalogFolder: aCatalogWithADonation(), env: { TRUST_PROXY: 'loopback' } })
  const donate = async (browser: Browser, hundredths: number) =>
    (await browser.post('/create-intent').send({ product: 'tea', hundredths }).expect(200)).body
  for (let number = 0; number < 10; number++)
    await donate(shop.browser().set('X-Forwarded-For', `192.0.2.${number}`), 100)
  shop.clock.advance(30 * SECOND)
  const asked = countPolls(shop)
  const browser = shop.browser()
  for (let number = 0; number < 8; number++) await donate(browser, 100 + number) // which polls those before, up to five
  const byOrders = asked()
  expect(byOrders).toBe(0 + 1 + 2 + 3 + 4 + 5 + 5 + 5)
  await shop.pollDue()
  expect(asked() - byOrders).toBe(PER_SECOND - BY_LOOKS)
})

test('a clock that is set back begins another second', async () => {
  const { shop, look, asked } = await aCrowd(1)
  await look()
  shop.clock.advance(-3_600 * SECOND)
  await look()
  expect(asked()).toBe(2 * BY_LOOKS)
})

test('one address that looks at many orders leaves the looks of others alone', async () => {
  const { shop, look, asked } = await aCrowd(ORDERS)
  const other = await aVisitor(shop, '198.51.100.1')
  await shop.approve(other.offer.id)
  await look()
  expect(asked()).toBe(SHARE)
  expect(await other.look()).toBe('paid')
})

test('one browser that looks at many orders gets its share, at however many addresses', async () => {
  const shop = await aShop({ catalogFolder: aCatalogWithADonation(), env: { TRUST_PROXY: 'loopback' } })
  const browser = shop.browser()
  const offers: Offer[] = []
  for (let number = 0; number <= SHARE; number++) {
    const chosen = { product: 'tea', hundredths: 100 + number }
    offers.push((await browser.post('/create-intent').send(chosen).expect(200)).body)
  }
  shop.clock.advance(SECOND)
  const asked = countPolls(shop)
  const look = async () => {
    for (const [number, { id }] of offers.entries())
      await browser.get(`/intents/${id}`).set('X-Forwarded-For', `192.0.2.${number}`).expect(200)
  }
  await look()
  expect(asked()).toBe(SHARE)
  shop.clock.advance(2 * SECOND)
  await look()
  expect(asked()).toBe(2 * SHARE)
})
