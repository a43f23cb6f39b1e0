import { describe, expect, test } from '@jest/globals'
import { DatabaseUnavailable } from '../../db/index.ts'
import { anInstance } from '../support/database.ts'
import { answer500, countPolls, onCall } from '../support/faults.ts'
import { aMovingShop } from '../support/moving-shop.ts'
import { aShop, order } from '../support/shop.ts'
import { until } from '../support/until.ts'

const HALF_A_MINUTE = 30_000
const A_MINUTE = 60_000
const AN_HOUR = 3_600_000
const A_DAY = 24 * AN_HOUR

describe('a payment whose webhook never comes', () => {
  test('is found by asking, half a minute after the order', async () => {
    const shop = await aShop()
    const browser = shop.browser()
    const offer = await order(browser)
    await shop.approve(offer.id)
    await shop.pollDue()
    expect((await browser.get('/products/article')).text).not.toContain('PAID-PART')
    shop.clock.advance(HALF_A_MINUTE)
    await shop.pollDue()
    expect((await browser.get('/products/article')).text).toContain('PAID-PART-OF-ARTICLE')
  })

  test('is found at once when a holder looks, but the sequencer is asked at most every two seconds', async () => {
    const shop = await aShop()
    const browser = shop.browser()
    const offer = await order(browser)
    let asked = 0
    shop.disturb(
      onCall(
        'getStatus',
        async ({ res, forward }) => {
          asked++
          res.end(await forward())
        },
        shop.sequencerUrl,
      ),
    )
    for (let look = 0; look < 5; look++) await browser.get(`/intents/${offer.id}`).expect(200)
    expect(asked).toBe(1)
    await shop.approve(offer.id)
    shop.clock.advance(2_000)
    const { body } = await browser.get(`/intents/${offer.id}`).expect(200)
    expect(body.state).toBe('paid')
    expect(asked).toBe(2)
  })

  test('is found after a restart, without waiting for its turn', async () => {
    const shop = await aShop()
    const browser = shop.browser()
    const offer = await order(browser)
    await shop.approve(offer.id)
    await shop.restart()
    const polling = shop.startPolling()
    await until(async () => (await browser.get('/products/article')).text.includes('PAID-PART-OF-ARTICLE'))
    await polling.stop()
  })

  test('waits for its turn after a restart if that is more than an hour later', async () => {
    const shop = await aShop()
    await order(shop.browser())
    shop.clock.advance(8 * A_DAY)
    await shop.pollDue()
    const dueAfterRestart = async () => {
      await shop.restart()
      await shop.startPolling().stop()
      const [intent] = await shop.query('SELECT next_check_at FROM intents')
      return Number(intent?.next_check_at) - shop.clock.now()
    }
    expect(await dueAfterRestart()).toBe(A_DAY)
    shop.clock.advance(A_DAY - AN_HOUR - 1)
    expect(await dueAfterRestart()).toBe(AN_HOUR + 1)
    shop.clock.advance(1)
    expect(await dueAfterRestart()).toBe(0)
  })

  test('is found although the sequencer failed when it was first asked', async () => {
    const shop = await aShop()
    const browser = shop.browser()
    const offer = await order(browser)
    await shop.approve(offer.id)
    shop.clock.advance(HALF_A_MINUTE)
    shop.disturb(onCall('getStatus', answer500, shop.sequencerUrl))
    await shop.pollDue()
    await browser.get(`/success/${offer.id}`).expect(200)
    shop.disturb(undefined)
    shop.clock.advance(HALF_A_MINUTE)
    await shop.pollDue()
    expect((await browser.get('/products/article')).text).toContain('PAID-PART-OF-ARTICLE')
  })
})

describe('another instance whose clock is ahead', () => {
  test('puts polls off for some minutes, not for hours', async () => {
    const shop = await aShop()
    const browser = shop.browser()
    const offer = await order(browser)
    await shop.pollDue()
    const other = await anInstance(shop.databaseUrl)
    expect(await other.claimDuePolls(shop.clock.now() + 5 * AN_HOUR, 10)).toEqual([offer.id])
    await shop.approve(offer.id)
    for (let minute = 0; minute < 2; minute++) {
      shop.clock.advance(A_MINUTE)
      await shop.pollDue()
    }
    expect((await browser.get('/products/article')).text).toContain('PAID-PART-OF-ARTICLE')
  })

  test('is one line of the log, an alert, until its times have come', async () => {
    const shop = await aShop()
    const alerts = () => shop.logged.filter(({ alert }) => alert).map(({ byMs }) => byMs)
    shop.clock.advance(AN_HOUR)
    await order(shop.browser())
    shop.clock.advance(-AN_HOUR)
    for (let minute = 0; minute < 70; minute++) {
      await shop.pollDue()
      shop.clock.advance(A_MINUTE)
    }
    expect(alerts()).toEqual([AN_HOUR])
    shop.clock.advance(AN_HOUR)
    await order(shop.browser())
    shop.clock.advance(-AN_HOUR)
    await shop.pollDue()
    expect(alerts()).toHaveLength(2)
  })

  test('by half a minute is like any other', async () => {
    const shop = await aShop()
    shop.clock.advance(30_000)
    await order(shop.browser())
    shop.clock.advance(-30_000)
    await shop.pollDue()
    expect(shop.logged.filter(({ alert }) => alert)).toEqual([])
  })

  test('by half a minute has no poll repeated', async () => {
    const shop = await aShop()
    const { id } = await order(shop.browser())
    const other = await anInstance(shop.databaseUrl)
    expect(await other.claimDuePolls(shop.clock.now() + HALF_A_MINUTE, 10)).toEqual([id])
    const dueAt = () => shop.query('SELECT next_check_at FROM intents')
    const due = await dueAt()
    await shop.pollDue()
    expect(await dueAt()).toEqual(due)
  })

  test('is noticed within minutes also by a shop whose own clock was an hour ahead before', async () => {
    const shop = await aShop()
    shop.clock.advance(AN_HOUR)
    await shop.pollDue()
    shop.clock.advance(-AN_HOUR)
    await shop.pollDue()
    const browser = shop.browser()
    const offer = await order(browser)
    const other = await anInstance(shop.databaseUrl)
    expect(await other.claimDuePolls(shop.clock.now() + 5 * AN_HOUR, 10)).toEqual([offer.id])
    await shop.approve(offer.id)
    for (let minute = 0; minute < 2; minute++) {
      shop.clock.advance(A_MINUTE)
      await shop.pollDue()
    }
    expect((await browser.get('/products/article')).text).toContain('PAID-PART-OF-ARTICLE')
  })
})

describe('a poll that Code does not answer', () => {
  test.each([
    ['of which the next one would be a day later', 8],
    ['that was the last one', 31],
  ])('%s is made again within an hour', async (_which, days) => {
    const shop = await aShop()
    const browser = shop.browser()
    const offer = await order(browser)
    shop.clock.advance(days * A_DAY)
    await shop.pollDue()
    await shop.approve(offer.id)
    shop.clock.advance(A_DAY)
    shop.disturb(onCall('getStatus', answer500, shop.sequencerUrl))
    await shop.pollDue()
    shop.disturb(undefined)
    shop.clock.advance(AN_HOUR)
    await shop.pollDue()
    expect((await browser.get('/products/article')).text).toContain('PAID-PART-OF-ARTICLE')
  })

  test('since it is not even called is not used up', async () => {
    const shop = await aShop()
    await order(shop.browser())
    shop.disturb((_req, res) => res.writeHead(500).end())
    for (let failure = 0; failure < 5; failure++)
      await shop.browser().post('/create-intent').send({ product: 'article' }).expect(502)
    shop.clock.advance(HALF_A_MINUTE)
    const due = await shop.query('SELECT id, next_check_at FROM intents')
    await shop.pollDue()
    expect(await shop.query('SELECT id, next_check_at FROM intents')).toEqual(due)
  })
})

test('an order is shown to who looks at it although the database stores nothing at the moment', async () => {
  const shop = await aShop()
  const browser = shop.browser()
  const offer = await order(browser)
  await shop.approve(offer.id)
  shop.db.write = async () => {
    throw new DatabaseUnavailable('the standby is gone')
  }
  const { text } = await browser.get(`/success/${offer.id}`).expect(200)
  expect(text).toContain(`data-await-intent="${offer.id}"`)
  expect((await browser.get(`/intents/${offer.id}`).expect(200)).body.state).toBe('pending')
})

describe('a clock that jumps', () => {
  test.each([
    ['forward by an hour', AN_HOUR],
    ['back by an hour', -AN_HOUR],
    ['by a day, as on a machine that slept', 24 * AN_HOUR],
  ])('%s leaves no payment unfound', async (_how, jump) => {
    const shop = await aShop()
    const browser = shop.browser()
    const offer = await order(browser)
    await shop.pollDue()
    await shop.approve(offer.id)
    shop.clock.advance(jump)
    await shop.pollDue()
    expect((await browser.get('/products/article')).text).toContain('PAID-PART-OF-ARTICLE')
  })

  test('back by an hour between two looks leaves the second one to find a payment', async () => {
    const shop = await aShop()
    const browser = shop.browser()
    const offer = await order(browser)
    const look = async () => (await browser.get(`/intents/${offer.id}`).expect(200)).body.state
    expect(await look()).toBe('pending')
    await shop.approve(offer.id)
    shop.clock.advance(-AN_HOUR)
    expect(await look()).toBe('paid')
  })

  test.each([
    ['a day', 24 * AN_HOUR],
    ['31 days', 31 * 24 * AN_HOUR],
    ['a year', 365 * 24 * AN_HOUR],
  ])('%s ahead for a moment leaves none unfound', async (_how, jump) => {
    const shop = await aShop()
    const browser = shop.browser()
    const offer = await order(browser)
    shop.clock.advance(jump)
    await shop.pollDue()
    await shop.approve(offer.id)
    shop.clock.advance(-jump)
    await shop.pollDue()
    expect((await browser.get('/products/article')).text).toContain('PAID-PART-OF-ARTICLE')
  })

  test.each([
    ['a day', 24 * AN_HOUR],
    ['31 days', 31 * 24 * AN_HOUR],
  ])('%s ahead until the shop is restarted leaves none unfound', async (_how, jump) => {
    const shop = await aShop()
    const browser = shop.browser()
    const offer = await order(browser)
    shop.clock.advance(jump)
    await shop.pollDue()
    await shop.approve(offer.id)
    shop.clock.advance(-jump)
    await shop.restart()
    const polling = shop.startPolling()
    await until(async () => (await browser.get('/products/article')).text.includes('PAID-PART-OF-ARTICLE'))
    await polling.stop()
  })

  test('back while the shop is down leaves none unfound either', async () => {
    const shop = await aShop()
    const browser = shop.browser()
    const offer = await order(browser)
    await shop.approve(offer.id)
    shop.clock.advance(-AN_HOUR)
    await shop.restart()
    const polling = shop.startPolling()
    await until(async () => (await browser.get('/products/article')).text.includes('PAID-PART-OF-ARTICLE'))
    await polling.stop()
  })
})

describe('an order whose webhook would go to an earlier address of the shop', () => {
  async function aShopAtAnAddress() {
    const shop = await aMovingShop()
    shop.move('https://first.example')
    await order(shop.browser())
    const polls = countPolls(shop)
    await shop.pollDue()
    expect(polls()).toBe(0)
    return { shop, polls }
  }

  test('is polled at once when the shop has another', async () => {
    const { shop, polls } = await aShopAtAnAddress()
    shop.move('https://second.example')
    for (let round = 0; round < 2; round++) await shop.pollDue()
    expect(polls()).toBe(1)
  })

  test('keeps to its schedule while the shop has none', async () => {
    const { shop, polls } = await aShopAtAnAddress()
    shop.move(undefined)
    await shop.pollDue()
    expect(polls()).toBe(0)
  })
})

describe('an order that the sequencer does not know', () => {
  test('is never closed for that alone', async () => {
    const shop = await aShop()
    const browser = shop.browser()
    shop.disturb(onCall('sendMessage', answer500, shop.sequencerUrl))
    await browser.post('/create-intent').send({ product: 'article' }).expect(502)
    shop.disturb(undefined)
    shop.clock.advance(HALF_A_MINUTE)
    await shop.pollDue() // exists: false
    const offer = await order(browser)
    await shop.pay(offer.id)
    expect((await browser.get('/products/article')).text).toContain('PAID-PART-OF-ARTICLE')
  })
})

test('a shop without an address for webhooks works by asking alone', async () => {
  const shop = await aShop({ config: { webhookUrl: () => undefined } })
  const browser = shop.browser()
  const offer = await order(browser)
  await shop.pay(offer.id)
  expect((await browser.get('/products/article')).text).not.toContain('PAID-PART')
  const { body } = await browser.get(`/intents/${offer.id}`)
  expect(body.state).toBe('paid')
  expect(await shop.query('SELECT webhook_url, registration FROM intents')).toEqual([
    { webhook_url: null, registration: null },
  ])
  expect(shop.logged.filter(({ level }) => Number(level) >= 40)).toEqual([])
})

test('a database that is gone for a while fills the log with a line a minute, not one a second', async () => {
  const shop = await aShop()
  await shop.query('ALTER TABLE leases RENAME TO gone')
  for (let second = 0; second < 150; second++) await shop.pollRound()
  await shop.query('ALTER TABLE gone RENAME TO leases')
  for (let second = 0; second < 61; second++) await shop.pollRound()
  const lines = shop.logged.filter(({ msg }) => /poll/.test(String(msg)))
  expect(lines.map(({ level, rounds, msg }) => [level, rounds, msg])).toEqual([
    [50, 1, 'a polling round failed; the next one tries again'],
    [50, 61, 'a polling round failed; the next one tries again'],
    [50, 121, 'a polling round failed; the next one tries again'],
    [30, 150, 'polling works again'],
  ])
})

test('a disk that is full at every second round is one outage, which ends after a minute without failures', async () => {
  const shop = await aShop()
  for (let round = 0; round < 60; round++) {
    await shop.query('ALTER TABLE leases RENAME TO gone')
    await shop.pollRound()
    await shop.query('ALTER TABLE gone RENAME TO leases')
    await shop.pollRound()
  }
  const levels = () => shop.logged.filter(({ msg }) => /poll/.test(String(msg))).map(({ level }) => level)
  expect(levels()).toEqual([50])
  for (let second = 1; second < 60; second++) await shop.pollRound()
  expect(levels()).toEqual([50, 30])
})
