import { once } from 'node:events'
import { get, type IncomingMessage } from 'node:http'
import { describe, expect, test } from '@jest/globals'
import { findOrdersToExport } from '../../db/index.ts'
import { signIn } from '../support/desk.ts'
import { onSqliteAndPostgres } from '../support/engines.ts'
import { describeWith, type Program, printedBy } from '../support/programs.ts'
import { aShop, order, type ShopOptions, type TestShop } from '../support/shop.ts'
import { until } from '../support/until.ts'
import { parse } from './exports/spreadsheet.ts'

const EXPORT_TOKEN = 'exports-exports-exports-exports-1'
const BEARER = { Authorization: `Bearer ${EXPORT_TOKEN}` }
const DAY_MS = 86_400_000
const TYPES = {
  'orders.csv': 'text/csv; charset=utf-8; header=present',
  'orders.jsonl': 'application/jsonl; charset=utf-8',
  'orders.journal': 'text/plain; charset=utf-8',
  'transactions.csv': 'text/csv; charset=utf-8; header=present',
}

const aShopWithExports = (options: ShopOptions = {}) => aShop({ env: { EXPORT_TOKEN }, ...options })

/** One order of each fate: offered, paid, refunded in part, paid in euros. Returns their intents. */
async function aDayOfSales(shop: TestShop) {
  const [offered, paid, refunded, inEuros] = await Promise.all(
    Array.from({ length: 4 }, async () => (await order(shop.browser())).id),
  )
  for (const intent of [paid, refunded, inEuros]) await shop.pay(intent as string)
  await shop.query(`
    INSERT INTO refunds (id, payment, hundredths, refunded_at, refunded_by)
    SELECT 'refund-1', id, 10, paid_at, 'a test' FROM payments WHERE intent = '${refunded}'`)
  await shop.query(`UPDATE payments SET currency = 'eur' WHERE intent = '${inEuros}'`)
  return { offered, paid, refunded, inEuros }
}

async function download(shop: TestShop, path: string): Promise<string> {
  const { text, body } = await shop.request().get(path).set(BEARER).buffer(true).expect(200)
  return text ?? body.toString()
}

/** The orders of a file for programs. */
async function readLines(shop: TestShop, query = ''): Promise<Record<string, unknown>[]> {
  const text = await download(shop, `/desk/orders.jsonl${query}`)
  return text
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line))
}

/** A client that receives as much as it wants, and no more. */
async function aSlowClient(shop: TestShop): Promise<IncomingMessage> {
  const request = get(`${shop.url}/desk/orders.csv`, { headers: BEARER })
  const [response] = (await once(request, 'response')) as [IncomingMessage]
  return response
}

const SEVERAL_PAGES = 350
const MANY = 30_000 // several megabytes: more than sockets hold

async function aShopWith(orders: number) {
  const shop = await aShopWithExports()
  await order(shop.browser())
  await shop.query(`
    INSERT INTO orders (id, buyer, product, kind, title, list_hundredths, hundredths, currency, created_at)
    WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < ${orders - 1})
    SELECT 'order-' || n, buyer, product, kind, title, list_hundredths, hundredths, currency, created_at - n
    FROM numbers, (SELECT * FROM orders LIMIT 1)`)
  return shop
}

onSqliteAndPostgres((engine) => {
  test('a signed-in browser and a program get the same file', async () => {
    const shop = await aShopWithExports({ engine })
    await aDayOfSales(shop)
    const browser = await signIn(shop)
    const { text } = await browser.get('/desk/orders.csv').buffer(true).expect(200)
    expect(text).toBe(await download(shop, '/desk/orders.csv'))
    expect(text.split('\r\n')).toHaveLength(6)
    for (const [file, type] of Object.entries(TYPES)) {
      const { headers } = await browser.head(`/desk/${file}`).expect(200)
      expect(headers).toMatchObject({
        'content-type': type,
        'content-disposition': `attachment; filename="${file.replace('.', '-2026-01-01.')}"`,
        'cache-control': 'private, no-store, no-transform',
        'x-content-type-options': 'nosniff',
      })
    }
  })

  test('a file has what the filter finds, with every payment and refund', async () => {
    const shop = await aShopWithExports({ engine })
    const { refunded } = await aDayOfSales(shop)
    const all = await readLines(shop)
    expect(all.map(({ state }) => state).sort()).toEqual(['offered', 'paid', 'paid', 'partly-refunded'])
    expect(await readLines(shop, '?state=partly-refunded')).toEqual([
      expect.objectContaining({
        state: 'partly-refunded',
        money: 'test',
        product: 'article',
        hundredths: 25,
        currency: 'usd',
        payments: [
          expect.objectContaining({
            intent: refunded,
            proof: 'webhook',
            hundredths: 25,
            refunds: [expect.objectContaining({ refund: 'refund-1', hundredths: 10 })],
          }),
        ],
      }),
    ])
    expect(await readLines(shop, `?search=${refunded?.slice(0, 12)}`)).toHaveLength(1)
    expect(await readLines(shop, '?product=other')).toEqual([])
  })

  test('a payment has the destination and the fees that Code knows, one honoured by hand those of its event', async () => {
    const shop = await aShopWithExports({ engine })
    const { paid, refunded, inEuros } = await aDayOfSales(shop)
    await shop.query(`UPDATE intents SET destination = 'author', fees = 'editor 250,other 100'`)
    await shop.query(
      `UPDATE payments SET proof = 'merchant', honoured_by = 'a test', honoured_reason = 'Known' WHERE intent <> '${paid}'`,
    )
    await shop.query(`UPDATE events SET verdict = 'mismatched', destination = 'another', fees = 'editor 100'`)
    await shop.query(`UPDATE payments SET honoured_event = event, event = NULL WHERE intent = '${refunded}'`)
    const payments = (await readLines(shop)).flatMap((line) => line.payments as Record<string, unknown>[])
    const payees = payments.map(({ intent, destination, fees, reason }) => [
      intent,
      { destination, fees, reason },
    ])
    expect(Object.fromEntries(payees)).toEqual({
      [paid as string]: {
        destination: 'author',
        fees: [
          { destination: 'editor', basisPoints: 250 },
          { destination: 'other', basisPoints: 100 },
        ],
      },
      [refunded as string]: {
        destination: 'another',
        fees: [{ destination: 'editor', basisPoints: 100 }],
        reason: 'Known',
      },
      [inEuros as string]: { destination: null, fees: null, reason: 'Known' },
    })
  })

  test('what happens after an export began is not in it', async () => {
    const { db, clock, ...shop } = await aShopWithExports({ engine })
    await order(shop.browser())
    const until = clock.now() + 1
    clock.advance(DAY_MS)
    const later = await order(shop.browser())
    await shop.pay(later.id)
    await shop.query(
      `UPDATE orders SET created_at = created_at - ${2 * DAY_MS} WHERE id = (SELECT MAX(id) FROM orders)`,
    )
    const { orders } = await findOrdersToExport(db, { before: until }, undefined, { read: 10, until })
    expect(orders).toHaveLength(2)
    expect(orders.flatMap(({ payments }) => payments)).toEqual([])
  })

  test('what an instance stored while its clock was ahead is in it', async () => {
    const shop = await aShopWithExports({ engine })
    shop.clock.advance(DAY_MS)
    const { id } = await order(shop.browser())
    shop.clock.advance(1_000)
    await shop.pay(id)
    await shop.query(`
      INSERT INTO refunds (id, payment, hundredths, refunded_at, refunded_by)
      SELECT id, id, 10, paid_at + 1000, 'a test' FROM payments`)
    shop.clock.advance(-2 * DAY_MS)
    const refunds = [expect.objectContaining({ hundredths: 10 })]
    expect(await readLines(shop)).toEqual([
      expect.objectContaining({ payments: [expect.objectContaining({ refunds })] }),
    ])
  })

  test('payments and refunds are those of the chosen days, whenever they were ordered', async () => {
    const shop = await aShopWithExports({ engine })
    const { paid } = await aDayOfSales(shop)
    await shop.query(`UPDATE refunds SET refunded_at = refunded_at + ${40 * DAY_MS}`)
    shop.clock.advance(60 * DAY_MS)
    const read = async (query = '') => parse(await download(shop, `/desk/transactions.csv${query}`))
    expect((await read()).map(({ amount }) => amount).sort()).toEqual(['-0.10', '0.25', '0.25', '0.25'])
    const february = '?from=2026-02-01&to=2026-02-28'
    expect(await read(february)).toEqual([
      expect.objectContaining({ transaction: 'refund', id: 'refund-1', amount: '-0.10' }),
    ])
    expect(await read('?to=2026-01-31&currency=usd')).toHaveLength(3)
    expect(await read(`?search=${paid}`)).toHaveLength(1)
    expect(await read(`${february}&state=paid`)).toEqual([])
  })

  test('a payment is in the file of its month also if its order is of the next one, since the clock was set back', async () => {
    const shop = await aShopWithExports({ engine })
    shop.clock.advance(Date.UTC(2026, 1, 1, 0, 0, 20) - shop.clock.now())
    const { id } = await order(shop.browser())
    shop.clock.advance(-60_000)
    await shop.pay(id)
    const read = async (query: string) => parse(await download(shop, `/desk/transactions.csv${query}`))
    expect(await read('?from=2026-01-01&to=2026-01-31')).toMatchObject([{ at: '2026-01-31 23:59:20' }])
    expect(await read('?from=2026-02-01&to=2026-02-28')).toEqual([])
  })

  describe.each(['hledger', 'ledger'] as Program[])('the balance', (program) => {
    describeWith(program, () => {
      test('of the journal is that of the database and of the payments and refunds, in each currency', async () => {
        const shop = await aShopWithExports({ engine })
        await aDayOfSales(shop)
        const text = await download(shop, '/desk/orders.journal')
        const lines = parse(await download(shop, '/desk/transactions.csv'))
        const sumOf = (wanted: string) =>
          lines.reduce((sum, { currency, amount }) => sum + (currency === wanted ? Number(amount) : 0), 0)
        const rows = await shop.query(`
          SELECT currency, SUM(came - went) AS hundredths
          FROM (
            SELECT payments.currency, payments.hundredths AS came,
              COALESCE((SELECT SUM(refunds.hundredths) FROM refunds WHERE refunds.payment = payments.id), 0) AS went
            FROM payments) AS moved
          GROUP BY currency
          ORDER BY currency`)
        expect(rows.map(({ currency, hundredths }) => [currency, Number(hundredths)])).toEqual([
          ['eur', 25],
          ['usd', 40],
        ])
        const report = printedBy(program, ['-f', '-', 'balance', 'assets:code'], text)
        const balance = [...report.matchAll(/(-?[\d.]+) (TEST[A-Z]+)/g)].map(([amount]) => amount)
        expect([...new Set(balance)].sort()).toEqual(['0.25 TESTEUR', '0.40 TESTUSD'])
        expect([sumOf('eur'), sumOf('usd')].map((sum) => sum.toFixed(2))).toEqual(['0.25', '0.40'])
      })
    })
  })
})

describe('an export', () => {
  test('of more orders than are read at once has each of them once, newest first', async () => {
    const shop = await aShopWith(SEVERAL_PAGES)
    const times = (await readLines(shop)).map(({ orderedAt }) => orderedAt as string)
    expect(times).toHaveLength(SEVERAL_PAGES)
    expect(times).toEqual([...new Set(times)].sort().reverse())
  })

  test('that begins with a place in the list continues from there', async () => {
    const shop = await aShopWith(10)
    const lines = await readLines(shop, `?after=${shop.clock.now() - 7}.order-7`)
    expect(lines.map(({ order: id }) => id)).toEqual(['order-8', 'order-9'])
  })

  test('is refused to strangers, to buyers, and to programs with another token', async () => {
    const shop = await aShopWithExports()
    const buyer = shop.browser()
    await shop.pay((await order(buyer)).id)
    for (const file of Object.keys(TYPES)) {
      const path = `/desk/${file}`
      const answers = await Promise.all([
        shop.request().get(path),
        shop.request().post(path),
        buyer.get(path),
        shop.request().get(path).set('Authorization', `Bearer ${EXPORT_TOKEN}x`),
        shop.request().get(path).set('Authorization', `Basic ${EXPORT_TOKEN}`),
        shop.request().get(`${path}?token=${EXPORT_TOKEN}`),
      ])
      expect(answers.map(({ status }) => status)).toEqual(Array(6).fill(401))
      for (const { text } of answers) expect(text).not.toContain('An article')
    }
  })

  test('of a buyer whose whole id is searched for has all that they hold, however much', async () => {
    const shop = await aShopWith(1_700)
    await shop.query(`INSERT INTO holders (order_id, buyer, held_since, acquired_by)
      SELECT id, buyer, created_at, 'ordered' FROM orders WHERE id LIKE 'order-%'`)
    const [{ buyer = '' } = {}] = await shop.query('SELECT buyer FROM orders')
    expect(await readLines(shop, `?search=${buyer}`)).toHaveLength(1_700)
    const beginning = String(buyer).slice(0, -1)
    await shop.request().get(`/desk/orders.jsonl?search=${beginning}`).set(BEARER).expect(400)
  })

  test('with a filter that is wrong is a 400, and nothing is recorded', async () => {
    const shop = await aShopWithExports()
    const wrong = [
      'state=nonsense',
      'state=paid&state=free',
      'min=-1',
      'from=2026-02-30',
      'after=1',
      'search=%3C',
      'x=1',
    ]
    for (const query of wrong) {
      const { body } = await shop.request().get(`/desk/orders.csv?${query}`).set(BEARER).expect(400)
      expect(body).toMatchObject({ type: '/problems/request-invalid' })
      expect(body.detail).not.toContain('<')
    }
    expect(await shop.query(`SELECT what FROM actions`)).toEqual([])
  })

  test('for a state that there is not names those that there are', async () => {
    const shop = await aShopWithExports()
    const { body } = await shop.request().get('/desk/orders.jsonl?state=zap').set(BEARER).expect(400)
    expect(body.detail).toMatch(/^"state" is one of offered, expired, paid, .*, paid-twice$/)
  })

  test('can only be read', async () => {
    const shop = await aShopWithExports()
    const { headers } = await shop.request().post('/desk/orders.csv').set(BEARER).expect(405)
    expect(headers.allow).toBe('GET, HEAD')
    const head = await shop.request().head('/desk/orders.csv').set(BEARER).expect(200)
    expect(head.headers['content-type']).toContain('text/csv')
    expect(await shop.query(`SELECT what FROM actions`)).toEqual([])
  })

  test('is in the audit log, with its filter and with who asked', async () => {
    const shop = await aShopWithExports()
    const browser = await signIn(shop)
    await browser.get('/desk/orders.csv?state=paid&min=0.10').expect(200)
    await download(shop, '/desk/orders.journal')
    const rows = await shop.query(
      `SELECT session, after FROM actions WHERE what = 'orders-exported' ORDER BY id`,
    )
    expect(rows).toHaveLength(2)
    const actions = rows.map(({ session, after }) => [session === null, JSON.parse(after as string)])
    expect(actions).toContainEqual([false, { file: 'orders.csv', state: 'paid', min: '0.10' }])
    expect(actions).toContainEqual([true, { file: 'orders.journal' }])
    const { text } = await browser.get('/desk/audit-log').set('Accept', 'text/html').expect(200)
    expect(text).toContain('Exported orders')
    expect(text).not.toContain(EXPORT_TOKEN)
  })

  test('waits for a slow client, ends when it leaves, and only two run at once', async () => {
    const shop = await aShopWith(MANY)
    const clients = [await aSlowClient(shop), await aSlowClient(shop)]
    const { body } = await shop.request().get('/desk/orders.csv').set(BEARER).expect(429)
    expect(body.detail).toBe('At most 2 exports can run at the same time. Wait until another one is done')
    for (const client of clients) client.destroy()
    await until(
      async () => (await shop.request().get('/desk/orders.csv?search=order-299').set(BEARER)).status === 200,
    )
    expect(shop.logged.filter(({ level }) => Number(level) >= 40)).toEqual([])
  }, 60_000)

  test('whose database can be read no more is cut off, so that nobody takes it for complete', async () => {
    const shop = await aShopWith(MANY)
    const client = await aSlowClient(shop)
    const closed = new Promise((done) => client.on('error', done).once('close', done))
    await shop.restart() // ends the readers of the database that was open
    client.resume()
    await closed
    expect(client.complete).toBe(false)
    await until(async () => shop.logged.some(({ msg }) => msg === 'an export was cut short'))
  }, 60_000)
})

test('before anything was sold, there is nothing but the head', async () => {
  const shop = await aShopWithExports()
  for (const file of ['orders', 'transactions'])
    expect((await download(shop, `/desk/${file}.csv`)).split('\r\n')).toHaveLength(2)
  expect(await download(shop, '/desk/orders.jsonl')).toBe('')
  expect(await download(shop, '/desk/orders.journal')).toMatch(/^;.*\n;.*\ndecimal-mark \.\n$/)
})

const exportsIn = (page: string) => [...page.matchAll(/href="(\/desk\/\w+\.[^"]*)"/g)].map(([, href]) => href)

test('the list links to the payments and refunds of a day without orders', async () => {
  const shop = await aShopWithExports()
  await aDayOfSales(shop)
  const browser = await signIn(shop)
  const { text } = await browser.get('/desk/orders?from=2026-01-02').set('Accept', 'text/html').expect(200)
  expect(exportsIn(text)).toContain('/desk/transactions.csv?from=2026-01-02')
})

test('the list links to the exports of what it shows', async () => {
  const shop = await aShopWithExports()
  await aDayOfSales(shop)
  const browser = await signIn(shop)
  const { text } = await browser.get('/desk/orders?state=paid').set('Accept', 'text/html').expect(200)
  expect(exportsIn(text)).toEqual(Object.keys(TYPES).map((file) => `/desk/${file}?state=paid`))
  const lines = await readLines(shop, '?state=paid')
  expect(lines).toHaveLength(2)
})
