import { describe, expect, test } from '@jest/globals'
import { newId } from '../../db/index.ts'
import { foldRound, newFolding } from '../../server/summaries/index.ts'
import { signIn } from '../support/desk.ts'
import { orderOf, submit } from '../support/desk-forms.ts'
import { onSqliteAndPostgres } from '../support/engines.ts'
import { answer500, loseAnswer, onCall, refuse } from '../support/faults.ts'
import { add, newLedger } from '../support/ledger.ts'
import { aShop, order, type TestShop } from '../support/shop.ts'

const HTML = { Accept: 'text/html' }
const HOUR = 3_600_000
const DAY = 24 * HOUR

/** The page as a signed-in merchant sees it. */
async function overviewOf(shop: TestShop) {
  const merchant = await signIn(shop)
  const { text } = await merchant.get('/desk').set(HTML).expect(200)
  return text
}

/** Each line of the table of figures by its name. */
function figuresOn(html: string): Record<string, string[]> {
  const tables = [...html.matchAll(/<table class="figures"[\s\S]*?<\/table>/g)].join('')
  const lines = [...tables.matchAll(/<th scope="row">([^<]*)<\/th>([\s\S]*?)<\/tr>/g)]
  return Object.fromEntries(
    lines.map(([, name = '', cells = '']) => [
      name,
      [...cells.matchAll(/<td[^>]*>([^<]*)<\/td>/g)].map(([, value = '']) => value),
    ]),
  )
}

/** What needs attention: each with its address. */
function mattersOn(html: string): [string, string][] {
  const list = /<section class="attention"[\s\S]*?<\/section>/.exec(html)?.[0] ?? ''
  return [...list.matchAll(/<li>([^<]*) <a href="([^"]*)">/g)].map(([, text = '', href = '']) => [text, href])
}

/** Two rounds: PostgreSQL waits for the second. */
async function fold(shop: TestShop): Promise<void> {
  const folding = newFolding()
  for (let round = 0; round < 2; round++) expect(await foldRound(shop, folding)).toBe(true)
}

onSqliteAndPostgres((engine) => {
  test('the overview shows revenue less refunds for each currency, folded or not', async () => {
    const shop = await aShop({ engine })
    const ledger = newLedger(shop.db)
    const pay = (which: number, proof: 'webhook' | 'status' | 'merchant' | 'free') =>
      add(ledger, { act: 'pay', which, proof, waited: 20_000 }, shop.clock.now())
    await pay(0, 'webhook') // 0.01 usd
    await pay(1, 'webhook') // 0.02 kin
    await add(ledger, { act: 'refund', which: 1 }, shop.clock.now()) // 0.01 kin
    shop.clock.advance(3 * DAY + HOUR)
    await fold(shop)
    expect(await shop.query('SELECT quarter FROM summaries')).not.toEqual([])
    await pay(0, 'status') // 0.04 usd
    await pay(0, 'merchant') // 0.05 usd
    await pay(0, 'free')
    const html = await overviewOf(shop)
    expect(figuresOn(html)).toEqual({
      KIN: ['KIN 0.00', 'KIN 0.01', 'KIN 0.01'].map((text) => text.replace(' ', '\u00a0')),
      'KIN refunded': ['KIN 0.00', 'KIN 0.01', 'KIN 0.01'].map((text) => text.replace(' ', '\u00a0')),
      USD: ['$0.09', '$0.10', '$0.10'],
      Payments: ['2', '4', '4'],
      'Free orders': ['1', '1', '1'],
      'Orders with a price': ['2', '4', '4'],
      'Payments per order with a price': ['1', '1', '1'],
      'Half are faster than': ['20 s', '20 s', '20 s'],
      '95% are faster than': ['20 s', '20 s', '20 s'],
      'Code’s webhook': ['0%', '50%', '50%'],
      'Code, when asked': ['50%', '25%', '25%'],
      'You, by hand': ['50%', '25%', '25%'],
    })
    expect(html).toContain('Test money')
    expect(html.match(/<svg viewBox="0 0 297 100"/g)).toHaveLength(2)
    expect(html.match(/<rect /g)).toHaveLength(3) // a day of kin, and two of dollars
  })

  test('the overview lists what needs attention, and where to look', async () => {
    const shop = await aShop({ engine })
    const browser = shop.browser()
    const { id } = await order(browser)
    await shop.query(
      `INSERT INTO events (digest, type, intent, jws, verdict, first_seen_at, last_seen_at, times_seen)
       VALUES ('${'a'.repeat(64)}', 'payment', '${id}', 'j', 'mismatched', 1, 1, 1),
         ('${'b'.repeat(64)}', 'payment', 'x', 'j', 'orphaned', 1, 1, 1),
         ('${'c'.repeat(64)}', 'payment', 'y', 'j', 'orphaned', 1, 1, 1)`,
    )
    await shop.query(`UPDATE events SET dismissed_at = 2 WHERE digest LIKE 'c%'`)
    await shop.query(
      `INSERT INTO steps (order_id, at, what)
       SELECT order_id, ${shop.clock.now()}, 'refused' FROM intents`,
    )
    await shop.query('UPDATE intents SET registration = NULL')
    await add(newLedger(shop.db), { act: 'pay', which: 0, proof: 'status', waited: 1_000 }, shop.clock.now())
    await shop.approve(id)
    shop.clock.advance(16 * 60_000)
    await shop.pollDue()
    await fold(shop)
    expect(mattersOn(await overviewOf(shop))).toEqual([
      [
        '1 payment that Code reported doesn’t match what the shop has recorded, so it changed nothing.',
        '/desk/events?verdict=mismatched',
      ],
      ['1 payment reached you without an order that the shop knows.', '/desk/events?verdict=orphaned'],
      [
        'Code calls 1 order paid, but nothing proves what was paid, so nothing was handed out for it.',
        `/desk/orders/${await orderOf(shop, id)}`,
      ],
      ['Code rejected the payment request of 1 order in the last 24 hours.', '/desk/orders?state=offered'],
      [
        'Code didn’t take the webhook of 1 order in the last 24 hours. The shop polls Code for its status instead.',
        '/desk/orders',
      ],
      [
        '1 payment of the last 24 hours came without a webhook, and the shop found it by polling Code. Check that Code can reach the shop’s webhook.',
        '/desk/orders?state=paid',
      ],
    ])
  })
})

onSqliteAndPostgres((engine) => {
  test('an order that Code calls paid needs attention until something has paid it', async () => {
    const shop = await aShop({ engine })
    shop.disturb(onCall('sendMessage', loseAnswer, shop.sequencerUrl))
    await shop.browser().post('/create-intent').send({ product: 'article' })
    shop.disturb(undefined)
    const [intent] = await shop.query('SELECT id, order_id FROM intents')
    shop.clock.advance(2 * DAY) // the shop was down when the money arrived
    await shop.approve(String(intent?.id))
    await shop.pollDue()
    shop.clock.advance(2 * DAY)
    await shop.pollDue()
    const matter = 'Code calls 1 order paid'
    expect(await overviewOf(shop)).toContain(matter)
    const merchant = await signIn(shop)
    const entered = { amount: '0.25', currency: 'usd', reason: 'seen in the wallet' }
    await submit(merchant, `/desk/orders/${intent?.order_id}/honour`, entered)
    expect(await overviewOf(shop)).not.toContain(matter)
  })
})

onSqliteAndPostgres((engine) => {
  test('an order that was paid twice needs attention for a week, or until one payment was refunded', async () => {
    const shop = await aShop({ engine })
    const matter = '1 order was paid twice in the last 7 days. Refund one payment, or keep both.'
    for (const _buyer of ['refunded', 'kept']) await shop.pay((await order(shop.browser())).id)
    expect(await overviewOf(shop)).not.toContain('paid twice')
    const paid = await shop.query('SELECT order_id FROM payments ORDER BY id')
    for (const { order_id } of paid)
      await shop.query(`INSERT INTO payments
        (id, order_id, proof, hundredths, currency, product, paid_at, honoured_by, paid_twice)
        VALUES ('${newId(shop.clock.now())}', '${order_id}', 'merchant', 25, 'usd', 'article', ${shop.clock.now()}, 'x', 1)`)
    expect(await overviewOf(shop)).toContain('2 orders were paid twice in the last 7 days.')
    await shop.query(`INSERT INTO refunds (id, payment, hundredths, refunded_at, refunded_by)
      SELECT id, id, hundredths, 0, 'x' FROM payments WHERE order_id = '${paid[0]?.order_id}' AND paid_twice = 1`)
    expect(await overviewOf(shop)).toContain(matter)
    shop.clock.advance(7 * DAY)
    expect(await overviewOf(shop)).toContain(matter)
    shop.clock.advance(1)
    expect(await overviewOf(shop)).not.toContain('paid twice')
  })
})

test('an order whose webhook Code rejects needs attention, however often it is offered', async () => {
  const shop = await aShop({ config: { webhookUrl: () => 'ftp://127.0.0.1/webhook' } })
  const browser = shop.browser()
  const matter = 'Code didn’t take the webhook of 1 order in the last 24 hours.'
  for (let press = 0; press < 2; press++) {
    await order(browser)
    expect(await overviewOf(shop)).toContain(matter)
  }
  await shop.restart({ webhookUrl: () => `${shop.url}/webhook` })
  await order(browser)
  expect(await overviewOf(shop)).not.toContain(matter)
})

test('an order whose payment request never reached Code is called an order, and unpaid, but not an offer', async () => {
  const shop = await aShop()
  shop.disturb(onCall('sendMessage', refuse('anything'), shop.sequencerUrl))
  await shop.browser().post('/create-intent').send({ product: 'article' }).expect(502)
  expect(await shop.query('SELECT sent_at FROM intents')).toEqual([{ sent_at: null }])
  expect(figuresOn(await overviewOf(shop))).toMatchObject({
    'Orders with a price': ['1', '1', '1'],
    'Payments per order with a price': ['0', '0', '0'],
  })
  const list = await (await signIn(shop)).get('/desk/orders').set('Accept', 'text/html').expect(200)
  expect(list.text).toMatch(/data-state="offered">(<[^>]*>)*Unpaid</)
})

describe('the refusal of a payment request', () => {
  const matter = 'Code rejected the payment request of 1 order'
  const refuseOnce = (shop: TestShop, reason: string) => {
    const refused = onCall('sendMessage', refuse(reason), shop.sequencerUrl)
    shop.disturb((...call) => {
      shop.disturb(undefined)
      refused(...call)
    })
  }

  test('needs attention, also once Code has accepted the request', async () => {
    const shop = await aShop()
    const browser = shop.browser()
    refuseOnce(shop, 'domain is invalid')
    await browser.post('/create-intent').send({ product: 'article' }).expect(502)
    await order(browser)
    expect(await overviewOf(shop)).toContain(matter)
  })

  test('that says that the order is paid is none', async () => {
    const shop = await aShop()
    const browser = shop.browser()
    const { id } = await order(browser)
    await shop.approve(id)
    await browser.post('/create-intent').send({ product: 'article' }).expect(409)
    expect(await overviewOf(shop)).not.toContain(matter)
    const merchant = await signIn(shop)
    const { text } = await merchant.get(`/desk/orders/${id}`).set(HTML).expect(200)
    expect(text).not.toContain('Rejected by Code')
  })

  test('that made the shop drop an intent for another is told on the order’s page only', async () => {
    const shop = await aShop()
    refuseOnce(shop, 'destination mismatches original request')
    const { id } = await order(shop.browser())
    expect(await overviewOf(shop)).not.toContain(matter)
    const merchant = await signIn(shop)
    const { text } = await merchant.get(`/desk/orders/${id}`).set(HTML).expect(200)
    expect(text).toContain('destination mismatches original request')
  })
})

test('an order from before orders had ids needs no attention for what happened to its webhook', async () => {
  const shop = await aShop()
  const { id } = await order(shop.browser())
  await shop.query(`
    INSERT INTO orders (id, buyer, product, title, list_hundredths, hundredths, currency, created_at)
    SELECT '${id}', buyer, product, title, list_hundredths, hundredths, currency, created_at FROM orders`)
  await shop.query(`UPDATE intents SET order_id = '${id}', registration = NULL`)
  expect(await overviewOf(shop)).not.toContain('Code didn’t take')
})

test('payments per order count what came and what was ordered in the same days, also where payments are of earlier orders', async () => {
  const shop = await aShop()
  const ledger = newLedger(shop.db)
  for (const which of [0, 3]) {
    await add(ledger, { act: 'pay', which, proof: 'webhook', waited: DAY }, shop.clock.now())
    await add(ledger, { act: 'offer', product: 0, currency: 0 }, shop.clock.now() - which * DAY)
  }
  expect(figuresOn(await overviewOf(shop))).toMatchObject({
    Payments: ['2', '2', '2'],
    'Orders with a price': ['1', '4', '4'],
    'Payments per order with a price': ['2', '0.5', '0.5'],
  })
})

test('an empty shop’s overview says what it will show', async () => {
  const html = await overviewOf(await aShop())
  expect(html).toContain('Nothing was paid in the last 30 days.')
  expect(html).toContain('Nothing needs your attention now.')
  expect(figuresOn(html)).toEqual({
    Payments: ['0', '0', '0'],
    'Orders with a price': ['0', '0', '0'],
    'Payments per order with a price': ['–', '–', '–'],
  })
})

test('the overview says that Code isn’t answering', async () => {
  const shop = await aShop()
  shop.disturb(onCall('sendMessage', answer500, shop.sequencerUrl))
  for (let call = 0; call < 5; call++)
    await shop.browser().post('/create-intent').send({ product: 'article' })
  expect(mattersOn(await overviewOf(shop))[0]?.[0]).toMatch(/^Code isn’t answering/)
})

test('the overview names a catalogue with errors, and a shop that Code can’t reach', async () => {
  const shop = await aShop({ config: { webhookUrl: () => undefined } })
  const texts = mattersOn(await overviewOf(shop)).map(([text]) => text)
  expect(texts).toEqual([expect.stringMatching(/^Code can’t report payments to the shop/)])
})

test('nobody but the merchant gets the overview', async () => {
  const shop = await aShop()
  await shop.request().get('/desk').expect(401)
  const buyer = shop.browser()
  await order(buyer)
  await buyer.get('/desk').expect(401)
})
