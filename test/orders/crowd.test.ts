import { describe, expect, test } from '@jest/globals'
import { countOrder } from '../../server/orders/shares.ts'
import type { Shop } from '../../server/shop.ts'
import { aBuyer, aDatabase, aNewOrder, NOW, placeOrder, type TestDatabase } from '../support/database.ts'
import { aCatalogWithADonation } from '../support/donation.ts'
import { aShop, order, type TestShop } from '../support/shop.ts'
import { aClock } from '../support/workplace.ts'

const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const POLLED_A_SECOND = 20
const FIRST_CHECK = 30 * SECOND

type Placed = { id: string; at: number; factor: number }

/** Orders as the limits allow them: half a minute's worth a second, from each of these addresses. */
function ordersOf(addresses: string[], clock: ReturnType<typeof aClock>, forMs: number): Placed[] {
  const shop = { clock, polling: { orders: new Map() } } as unknown as Shop
  const placed: Placed[] = []
  for (let ms = 0; ms < forMs; ms += 2 * SECOND) {
    for (const address of addresses) {
      const id = `${address} ${ms}`
      placed.push({ id, at: clock.now(), factor: countOrder(shop, { buyer: id, address }) })
    }
    clock.advance(2 * SECOND)
  }
  return placed
}

/** Stores intents as they stand at `now`, each with the next of its checks. */
async function store(db: TestDatabase, intents: Placed[], now: number): Promise<void> {
  const { id: orderId } = await placeOrder(db, aNewOrder({ buyer: await aBuyer(db), intent: 'first' }))
  await db.query(`UPDATE intents SET next_check_at = NULL`)
  const rows = intents.map(({ id, at, factor }) => {
    const pause = FIRST_CHECK * factor
    const first = at + FIRST_CHECK
    const next = first >= now ? first : first + Math.ceil((now - first) / pause) * pause
    return [id, at, next, factor]
  })
  await db.query(`
    INSERT INTO intents (id, order_id, hundredths, currency, destination, client_secret, created_at, confirmed_at,
      next_check_at, poll_factor)
    SELECT value->>0, '${orderId}', 25, 'usd', 'somewhere', 'secret', value->>1, value->>1, value->>2, value->>3
    FROM json_each('${JSON.stringify(rows)}')`)
}

/** Polls in rounds of a second, and resolves with how long after its order each of the intents was polled first. */
async function pollFor(db: TestDatabase, forMs: number, from: number, waiting: Placed[]): Promise<number[]> {
  const polledAt = new Map<string, number>()
  for (let now = from; now < from + forMs; now += SECOND)
    for (const id of await db.claimDuePolls(now, POLLED_A_SECOND))
      if (!polledAt.has(id)) polledAt.set(id, now)
  return waiting.map(({ id, at }) => (polledAt.get(id) ?? Number.POSITIVE_INFINITY) - at)
}

/** The lowest first. */
async function factorsIn(shop: TestShop): Promise<unknown[]> {
  const factors = await shop.query('SELECT poll_factor FROM intents ORDER BY poll_factor')
  return factors.map(({ poll_factor }) => poll_factor)
}

test('nine thousand unpaid orders in an hour, from five addresses, do not delay the polls of other orders', async () => {
  const db = await aDatabase()
  const clock = aClock(NOW)
  const strangers = ['192.0.2.1', '192.0.2.2', '192.0.2.3', '192.0.2.4', '192.0.2.5']
  const flood = ordersOf(strangers, clock, HOUR + 3 * MINUTE)
  expect(flood.filter(({ at }) => at < NOW + HOUR)).toHaveLength(9_000)
  const now = NOW + HOUR
  const others = Array.from({ length: 60 }, (_, number) => ({
    id: `other ${number}`,
    at: now + number * SECOND,
    factor: 1,
  }))
  await store(db, [...flood, ...others], now)
  const delays = await pollFor(db, 3 * MINUTE, now, others)
  expect(Math.max(...delays)).toBeLessThanOrEqual(FIRST_CHECK + 2 * SECOND)
}, 60_000)

describe('an order that nobody pays', () => {
  test('is polled more rarely the more of them an address places', async () => {
    const shop = await aShop()
    for (let number = 0; number < 25; number++) await order(shop.browser())
    expect(await factorsIn(shop)).toEqual([...Array(10).fill(1), ...Array(10).fill(2), ...Array(5).fill(3)])
  })

  test('counts for little an hour later', async () => {
    const shop = await aShop()
    for (let number = 0; number < 20; number++) await order(shop.browser())
    shop.clock.advance(HOUR)
    await order(shop.browser())
    expect(await factorsIn(shop)).toEqual([...Array(11).fill(1), ...Array(10).fill(2)])
  })

  test('is polled more rarely the more of them a browser places, at however many addresses', async () => {
    const shop = await aShop({ catalogFolder: aCatalogWithADonation(), env: { TRUST_PROXY: 'loopback' } })
    const browser = shop.browser()
    for (let number = 0; number < 12; number++)
      await browser
        .post('/create-intent')
        .set('X-Forwarded-For', `192.0.2.${number}`)
        .send({ product: 'tea', hundredths: 100 + number })
        .expect(200)
    expect(await factorsIn(shop)).toEqual([...Array(10).fill(1), 2, 2])
  })

  test('is polled like any other once its code was scanned', async () => {
    const shop = await aShop()
    const browsers = Array.from({ length: 11 }, () => shop.browser())
    const offers = []
    for (const browser of browsers) offers.push(await order(browser))
    const last = offers.at(-1)?.id ?? ''
    const factor = async () =>
      (await shop.query(`SELECT poll_factor FROM intents WHERE id = '${last}'`))[0]?.poll_factor
    expect(await factor()).toBe(2)
    await fetch(`${shop.sequencerUrl}/pay/${last}`)
    shop.clock.advance(FIRST_CHECK)
    await shop.pollDue()
    expect(await factor()).toBe(1)
  })

  test('keeps only what honours a late payment, once its month is over, and is honoured then', async () => {
    const shop = await aShop()
    const browser = shop.browser()
    const offer = await order(browser)
    for (let day = 0; day < 31; day++) {
      shop.clock.advance(DAY + SECOND)
      await shop.pollDue()
    }
    expect(await shop.query('SELECT client_secret, webhook_url, sent_at FROM intents')).toEqual([
      { client_secret: null, webhook_url: null, sent_at: null },
    ])
    expect(await shop.query('SELECT COUNT(*) AS open FROM open_orders')).toEqual([{ open: 0 }])
    await shop.pay(offer.id)
    expect((await browser.get('/products/article').expect(200)).text).toContain('PAID-PART-OF-ARTICLE')
  })

  test('can be ordered anew after that', async () => {
    const shop = await aShop()
    const browser = shop.browser()
    const former = await order(browser)
    for (let day = 0; day < 31; day++) {
      shop.clock.advance(DAY + SECOND)
      await shop.pollDue()
    }
    expect((await order(browser)).id).not.toBe(former.id)
  })
})
