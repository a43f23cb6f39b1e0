import { once } from 'node:events'
import { get } from 'node:http'
import { describe, expect, jest, test } from '@jest/globals'
import supertest from 'supertest'
import { aSequencerKey, claimsOf, signed } from '../../scripts/support/tokens.ts'
import { endStreams } from '../../server/desk/index.ts'
import { foldRound, newFolding } from '../../server/summaries/index.ts'
import { aDeskLink } from '../e2e/support/desk.ts'
import { openShop } from '../e2e/support/shop.ts'
import { openLink, signIn } from '../support/desk.ts'
import { readFields } from '../support/desk-forms.ts'
import { aShop, type Browser, order, type TestShop } from '../support/shop.ts'
import { later, leaveMeanwhile, listen } from '../support/workplace.ts'
import { openEventStream } from './support/event-stream.ts'

const HTML = { Accept: 'text/html' }

async function aDesk(options: Parameters<typeof aShop>[0] = {}) {
  const shop = await aShop(options)
  const merchant = await signIn(shop)
  const look = async (path = '/desk/orders', status = 200) =>
    (await merchant.get(path).set(HTML).expect(status)).text
  return { shop, merchant, look }
}

/** The titles, amounts and states of the orders on a page. */
function rowsOf(html: string): string[] {
  const rows = html.match(/<tr data-order[\s\S]*?<\/tr>/g) ?? []
  return rows.map((row) => {
    const cells = [/data-cell="title">(.*?)</, /data-cell="amount">(.*?)</, /data-state="(.*?)"/]
    return cells.map((cell) => cell.exec(row)?.[1]).join(', ')
  })
}

/** Orders of one buyer, a minute apart, straight into the database. */
async function addOrders(shop: TestShop, count: number): Promise<void> {
  await shop.query(`INSERT INTO buyers (id, created_at) VALUES ('somebody', 0)`)
  await shop.query(`
    INSERT INTO orders (id, buyer, product, kind, title, list_hundredths, hundredths, currency, created_at)
    WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < ${count})
    SELECT printf('%012x-%d', n * 60000, n), 'somebody', CASE WHEN n = 1 THEN 'rare' ELSE 'article' END, 'article',
      'Order ' || n, 25, 25, 'usd', n * 60000
    FROM numbers`)
  await shop.query(`INSERT INTO holders (order_id, buyer, held_since, acquired_by)
    SELECT id, buyer, created_at, 'ordered' FROM orders WHERE buyer = 'somebody'`)
}

const nextOf = (html: string) => /href="([^"]*)" rel="next"/.exec(html)?.[1]?.replaceAll('&amp;', '&')
const summaryOf = (html: string) => /<p class="summary">(.*?) <span/.exec(html)?.[1]

describe('the list of orders', () => {
  test('teaches as long as there is nothing to show', async () => {
    const { look } = await aDesk()
    const page = await look()
    expect(page).toContain('No orders yet')
    expect(page).toContain('you can be your own first buyer')
    expect(page).not.toContain('role="search"')
  })

  test('shows each order with what became of it, the newest first', async () => {
    const { shop, look } = await aDesk()
    const [first, second] = [shop.browser(), shop.browser()]
    const paid = await order(first)
    shop.clock.advance(1)
    await order(second, 'other')
    await shop.pay(paid.id)
    const page = await look()
    expect(rowsOf(page)).toEqual(['Another article, €0.10, offered', 'An article, $0.25, paid'])
    expect(summaryOf(page)).toBe('2 orders')
    expect(page).not.toContain('rel="next"')
  })

  test('adds up what came and what went back of an order that was paid twice, by currency', async () => {
    const { shop, look } = await aDesk()
    const { id } = await order(shop.browser())
    await shop.pay(id)
    for (const [n, hundredths, currency] of [
      [1, 75, 'usd'],
      [2, 30_000, 'jpy'],
    ])
      await shop.query(`INSERT INTO payments (id, order_id, proof, hundredths, currency, product, paid_at, honoured_by)
        SELECT 'z${n}', id, 'merchant', ${hundredths}, '${currency}', product, 0, 'x' FROM orders`)
    expect(rowsOf(await look())).toEqual(['An article, $1.00 + ¥300, paid-twice'])
    await shop.query(`INSERT INTO refunds (id, payment, hundredths, refunded_at, refunded_by)
      SELECT 'r' || id, id, hundredths, 0, 'x' FROM payments WHERE id LIKE 'z%'`)
    const page = await look()
    expect(rowsOf(page)).toEqual(['An article, $1.00 + ¥300, partly-refunded'])
    expect(page).toContain('$0.75 + ¥300 refunded')
    const [buyer] = await shop.query('SELECT buyer FROM orders')
    expect(await look(`/desk/buyers/${buyer?.buyer}`)).toContain('<bdi>$1.00 + ¥300</bdi>')
  })

  test('shows what is left of a payment', async () => {
    const { shop, look } = await aDesk()
    const { id } = await order(shop.browser())
    await shop.pay(id)
    await shop.query(
      `INSERT INTO refunds (id, payment, hundredths, refunded_at, refunded_by) SELECT 'r', id, 10, 0, 'x' FROM payments`,
    )
    const page = await look()
    expect(rowsOf(page)).toEqual(['An article, $0.25, partly-refunded'])
    expect(page).toContain('$0.10 refunded')
  })

  test('has the times of the shop’s zone, with UTC at hand', async () => {
    const { shop, look } = await aDesk({ env: { TIME_ZONE: 'Asia/Tokyo' } })
    await order(shop.browser())
    expect(await look()).toMatch(
      /<time datetime="2026-01-01T00:00:00.000Z" title="1 Jan 2026, 00:00:00 UTC">1 Jan 2026, 09:00:00</,
    )
    expect(rowsOf(await look('/desk/orders?from=2026-01-01&to=2026-01-01'))).toHaveLength(1)
    expect(rowsOf(await look('/desk/orders?to=2025-12-31'))).toHaveLength(0)
  })

  test('goes from page to page', async () => {
    const { shop, look } = await aDesk()
    await addOrders(shop, 120)
    const seen: string[] = []
    let path: string | undefined = '/desk/orders?product=article'
    while (path) {
      const page = await look(path)
      seen.push(...rowsOf(page))
      path = nextOf(page)
      if (path) expect(path).toContain('product=article&after=')
    }
    expect(seen).toEqual(Array.from({ length: 119 }, (_, index) => `Order ${120 - index}, $0.25, expired`))
  })

  test('counts exactly up to 5,000 orders', async () => {
    const { shop, look } = await aDesk()
    await addOrders(shop, 5_000)
    expect(summaryOf(await look())).toBe('5,000 orders')
    await order(shop.browser())
    expect(summaryOf(await look())).toBe('More than 5,000 orders')
  })

  test('reads 5,000 orders for a rare filter, says what it found, and searches further back', async () => {
    const { shop, look } = await aDesk()
    await addOrders(shop, 5_001)
    const first = await look('/desk/orders?product=rare')
    expect(summaryOf(first)).toBe('0 orders found among the newest 5,000')
    expect(first).toContain('None of the orders that were searched matches')
    expect(first).toContain('Search further back')
    const further = await look(nextOf(first))
    expect(rowsOf(further)).toEqual(['Order 1, $0.25, expired'])
    expect(nextOf(further)).toBeUndefined()
  })

  test('counts the orders of a product exactly, however many others there are, once they are summed up', async () => {
    const { shop, look } = await aDesk()
    await addOrders(shop, 5_001)
    await foldRound(shop, newFolding())
    expect(summaryOf(await look('/desk/orders?product=rare'))).toBe('1 order')
    expect(summaryOf(await look('/desk/orders?product=rare&currency=usd'))).toBe('1 order')
    expect(summaryOf(await look('/desk/orders?product=rare&currency=eur'))).toBe('0 orders')
    expect(summaryOf(await look('/desk/orders?product=article'))).toBe('5,000 orders')
    expect(summaryOf(await look('/desk/orders?currency=usd'))).toBe('More than 5,000 orders')
    expect(summaryOf(await look('/desk/orders?product=rare&min=0.01'))).toBe(
      '0 orders found among the newest 5,000',
    )
  })

  test('finds what is offered, free, refunded or revoked at once, however many others there are', async () => {
    const { shop, look } = await aDesk()
    await addOrders(shop, 5_005)
    const pay = (n: number, intent: string, hundredths: number) =>
      shop.query(`INSERT INTO payments (id, order_id, intent, proof, hundredths, currency, product, paid_at)
        SELECT 'p${n}', id, ${intent}, '${intent === 'NULL' ? 'free' : 'webhook'}', ${hundredths}, 'usd', product, 0
        FROM orders WHERE title = 'Order ${n}'`)
    for (const n of [1, 2, 3, 4])
      await shop.query(`INSERT INTO intents (id, order_id, hundredths, currency, destination, created_at, next_check_at)
        SELECT 'i${n}', id, 25, 'usd', 'd', 0, ${n === 1 ? 1 : 'NULL'} FROM orders WHERE title = 'Order ${n}'`)
    for (const n of [2, 3, 4]) await pay(n, `'i${n}'`, 25)
    await pay(5, 'NULL', 0)
    for (const [n, hundredths] of [
      [2, 25],
      [3, 5],
    ])
      await shop.query(`INSERT INTO refunds (id, payment, hundredths, refunded_at, refunded_by)
        VALUES ('r${n}', 'p${n}', ${hundredths}, 0, 'x')`)
    await shop.query(`INSERT INTO revocations (id, order_id, reason, revoked_at, revoked_by)
      SELECT 'v', id, 'x', 0, 'x' FROM orders WHERE title = 'Order 4'`)
    const states = ['offered', 'refunded', 'partly-refunded', 'revoked', 'free']
    for (const [index, state] of states.entries()) {
      const page = await look(`/desk/orders?state=${state}`)
      expect([state, summaryOf(page)]).toEqual([state, '1 order'])
      expect(rowsOf(page)).toEqual([`Order ${index + 1}, ${state === 'free' ? '$0.00' : '$0.25'}, ${state}`])
      expect(nextOf(page)).toBeUndefined()
    }
    expect(summaryOf(await look('/desk/orders?state=free&product=rare'))).toBe('0 orders')
    expect(summaryOf(await look('/desk/orders?state=by-hand'))).toBe('0 orders found among the newest 5,000')
  })

  test('asks for more of an id that many begin with', async () => {
    const { shop, look } = await aDesk()
    await addOrders(shop, 1_700)
    const page = await look(`/desk/orders?search=0&from=1971-01-01`)
    expect(summaryOf(page)).toBe('Too many ids begin like this to look at all of them. Type more of the id.')
  })

  test('counts all orders of a buyer whose whole id is searched for, however many', async () => {
    const { shop, look } = await aDesk()
    await addOrders(shop, 5_001)
    expect(summaryOf(await look('/desk/orders?search=somebody'))).toBe('More than 5,000 orders')
    expect(summaryOf(await look('/desk/orders?search=somebody&from=1970-01-02'))).toBe('3,562 orders')
    expect(summaryOf(await look('/desk/orders?search=somebody&product=rare'))).toBe(
      '0 orders found among the newest 5,000',
    )
  })

  test('finds an order by the beginning of its intent, and says so if nothing is found', async () => {
    const { shop, look } = await aDesk()
    const { id } = await order(shop.browser())
    expect(rowsOf(await look(`/desk/orders?search=${id.slice(0, 8)}`))).toHaveLength(1)
    const page = await look('/desk/orders?search=nothing-like-this')
    expect(page).toContain('No order matches')
    expect(page).toContain('value="nothing-like-this"')
    expect(page).toContain('href="/desk/orders">Clear the filter')
  })

  test('leads to the event of an intent that no order has', async () => {
    const { publicKey, privateKey } = aSequencerKey()
    const { shop, look } = await aDesk({ config: { publicKeys: [publicKey] } })
    const offer = await order(shop.browser())
    const intent = aSequencerKey().publicKey // as long as an id
    const jws = signed({ ...claimsOf(offer), intent }, privateKey)
    await shop.request().post('/webhook').set('Content-Type', 'application/jwt').send(jws).expect(200)
    const [event] = await shop.query('SELECT digest FROM events')
    const page = await look(`/desk/orders?search=${intent}`)
    expect(page).toContain('The shop has no order with this intent, but Code has signed an event about it.')
    expect(page).toContain(`href="/desk/events/${event?.digest}"`)
    expect(await look(`/desk/orders?search=${offer.id}`)).not.toContain('/desk/events/')
  })

  test('keeps in its form what was filtered by', async () => {
    const { shop, look } = await aDesk()
    await order(shop.browser())
    const page = await look('/desk/orders?state=offered&currency=usd&min=0.05&from=2026-01-01')
    expect(rowsOf(page)).toHaveLength(1)
    expect(page).toContain('<option value="offered" selected>')
    expect(page).toContain('<details open>')
    expect(page).toMatch(/name="min"[^>]* value="0.05"/)
    expect(page).toMatch(/name="from"[^>]* value="2026-01-01"/)
  })

  test('rejects what it cannot understand, with the reason', async () => {
    const { shop, merchant, look } = await aDesk()
    const { body } = await merchant.get('/desk/orders?from=2026-02-30').expect(400)
    expect(body).toMatchObject({
      type: '/problems/request-invalid',
      detail: '"from" is a day, like 2026-02-28',
    })
    const paths = [
      'state=x',
      'state=paid&state=free',
      'after=%27',
      'search=%00',
      'min=-1',
      'max=1e9',
      'limit=5',
    ]
    for (const path of paths) {
      await merchant.get(`/desk/orders?${path}`).expect(400)
      await merchant.get(`/desk/orders/live?${path}`).expect(400)
    }
    expect(await look('/desk/orders?search=%3Cscript%3E', 400)).not.toContain('<script>')
    await merchant.post('/desk/orders').expect(405)
    await shop.request().get('/desk/orders').expect(401)
  })

  test.each([
    ['to', 'from=2026-02-02&to=2026-02-01&product=article', 'is before the first'],
    ['max', 'min=2&max=1&product=article', 'is below the smallest'],
    ['currency', 'currency=us&product=article', 'A currency has three letters'],
    ['search', 'search=a+b&product=article', 'An id has letters'],
  ])('shows the form again, with what was entered, if %s is wrong', async (field, query, fault) => {
    const { look } = await aDesk()
    const page = await look(`/desk/orders?${query}`, 400)
    expect(page).toMatch(new RegExp(`id="filter.fault" role="alert">[^<]*${fault}`))
    expect(page).toMatch(
      new RegExp(`id="filter.${field}"[^>]* aria-invalid="true" aria-describedby="filter.fault" autofocus`),
    )
    expect(page).toContain('<title>Error: Orders · Desk</title>')
    for (const [name, value] of new URLSearchParams(query))
      expect(page).toMatch(new RegExp(`id="filter.${name}"[^>]* value="${value}"`))
  })

  test('names the filter in its title', async () => {
    const { look } = await aDesk()
    expect(await look('/desk/orders')).toContain('<title>Orders · Desk</title>')
    expect(await look('/desk/orders?state=offered&from=2026-02-02')).toContain(
      '<title>Orders (State: Unpaid, Ordered from: 2026-02-02) · Desk</title>',
    )
  })

  test('takes an id that was pasted with spaces around it', async () => {
    const { shop, look } = await aDesk()
    const { id } = await order(shop.browser())
    const page = await look(`/desk/orders?search=+${id}+`)
    expect(rowsOf(page)).toHaveLength(1)
    expect(page).not.toContain('pattern=') // a browser would refuse the spaces, and a folded field without a word
  })

  test('never lets a title become markup', async () => {
    const { shop, look } = await aDesk()
    await addOrders(shop, 1)
    await shop.query(`UPDATE orders SET title = '</th><script>alert(1)</script>', product = '"><img src=x>'`)
    const page = await look()
    expect(page).toContain('&lt;/th&gt;&lt;script&gt;alert(1)&lt;/script&gt;')
    expect(page).not.toMatch(/<script>|<img/)
  })
})

describe('the stream of new orders', () => {
  const PLACE = { domain: '127.0.0.1', path: '/', secure: false, script: false }
  const cookieOf = (merchant: Browser) => merchant.jar.getCookies(PLACE).toValueString()

  async function aStream(query = '') {
    const desk = await aDesk()
    const open = () => openEventStream(`${desk.shop.url}/desk/orders/live${query}`, cookieOf(desk.merchant))
    return { ...desk, open }
  }

  const linesOf = (event: { data: string } | undefined) => JSON.parse(event?.data ?? '{}')

  test('sends an order when it is placed, and again when it is paid', async () => {
    const { shop, open } = await aStream()
    const stream = await open()
    expect(stream.headers).toMatchObject({
      'content-type': 'text/event-stream; charset=utf-8',
      'x-accel-buffering': 'no',
      'cache-control': 'private, no-store, no-transform',
    })
    await stream.next('beat')
    const { id } = await order(shop.browser())
    const placed = linesOf(await stream.next('orders'))
    expect(placed).toMatchObject({
      lines: [
        {
          title: 'An article',
          amount: '$0.25',
          state: 'offered',
          stateLabel: 'Unpaid',
          news: 'An article, $0.25: Unpaid',
        },
      ],
    })
    await shop.pay(id)
    const paid = linesOf(await stream.next('orders'))
    expect(paid.lines).toMatchObject([{ id: placed.lines[0].id, state: 'paid' }])
  })

  test('sends only what its filter finds, and what it no longer finds', async () => {
    const { shop, open } = await aStream('?state=offered&product=article')
    const stream = await open()
    await order(shop.browser(), 'other')
    const { id } = await order(shop.browser())
    const { lines } = linesOf(await stream.next('orders'))
    expect(lines).toMatchObject([{ product: 'article' }])
    await shop.pay(id)
    expect(linesOf(await stream.next('orders'))).toMatchObject({
      lines: [],
      gone: [{ id: lines[0].id, news: 'An article, $0.25: Paid' }],
    })
  })

  test('ends when the browser is signed out', async () => {
    const { shop, merchant, look, open } = await aStream()
    const stream = await open()
    const form = readFields(await look('/desk/sessions'), '/desk/sign-outs')
    await merchant.post('/desk/sign-outs').type('form').send(form).expect(303)
    await order(shop.browser())
    expect(await stream.next('orders')).toBeUndefined()
    expect(shop.shop.live.streams.size).toBe(0)
    expect((await open()).status).toBe(401)
  })

  test('is open for 20 pages, and for another one when one of them is closed', async () => {
    const { shop, open } = await aStream()
    const streams = await Promise.all(Array.from({ length: 20 }, open))
    expect(streams.map(({ status }) => status)).toEqual(Array(20).fill(200))
    expect((await open()).status).toBe(429)
    streams[0]?.close()
    let status: number | undefined
    do ({ status } = await open())
    while (status === 429)
    expect(status).toBe(200)
    expect(shop.shop.live.streams.size).toBe(20)
  })

  test('isn’t open for a browser that has left before it begins', async () => {
    const { shop, merchant, open } = await aStream()
    const { url } = await listen(leaveMeanwhile(shop.handle))
    await expect(openEventStream(`${url}/desk/orders/live`, cookieOf(merchant))).rejects.toThrow(
      'socket hang up',
    )
    await open()
    expect(shop.shop.live.streams.size).toBe(1)
  })

  test('doesn’t hold up the shop when it stops', async () => {
    const shop = await openShop()
    const browser = supertest.agent(shop.url)
    const form = await openLink(browser, await aDeskLink(shop))
    await browser.post('/desk/enter').type('form').send(form).expect(303)
    const stream = await openEventStream(`${shop.url}/desk/orders/live`, cookieOf(browser))
    const began = performance.now()
    await shop.close()
    expect(performance.now() - began).toBeLessThan(6_000) // what is still open after 8 s is cut off
    expect(await stream.next('orders')).toBeUndefined()
  })

  test('ends if the shop can’t read what is new, and the page loads the list again', async () => {
    const { shop, open } = await aStream()
    const stream = await open()
    await stream.next('beat')
    await shop.db.close()
    expect(await stream.next('orders')).toBeUndefined()
    expect(shop.shop.live.streams.size).toBe(0)
    const said = shop.logged.filter(({ msg }) => String(msg).startsWith('cannot read the newest orders'))
    expect(said).toHaveLength(1)
  })

  test('ends at once when it is told to', async () => {
    const { shop, open } = await aStream()
    const stream = await open()
    endStreams(shop.shop)
    expect(await stream.next('orders')).toBeUndefined()
    expect((await open()).status).toBe(429)
  })

  test('gets nothing more once it has ended, also where its browser doesn’t read', async () => {
    const { shop, merchant } = await aStream()
    const request = get(`${shop.url}/desk/orders/live`, { headers: { Cookie: cookieOf(merchant) } })
    later(() => request.destroy())
    await once(request, 'response') // nobody reads it
    const { live, db } = shop.shop
    const [stream] = live.streams
    if (!stream) throw new Error('The stream is not open')
    while (stream.res.writableLength === 0) {
      stream.res.write(`:${'x'.repeat(65_536)}\n\n`)
      await new Promise(setImmediate)
    }
    const errors: unknown[] = []
    stream.res.on('error', (error) => errors.push(error))
    const read = db.read.bind(db)
    jest.spyOn(db, 'read').mockImplementation((sql, parameters) => {
      if (sql.includes('desk_sessions')) endStreams(shop.shop)
      return read(sql, parameters)
    })
    stream.sentAt = Number.NEGATIVE_INFINITY // so a beat is due
    while (live.timer) await new Promise(setImmediate)
    expect([live.isStopped, stream.res.writableEnded, stream.res.writableFinished]).toEqual([
      true,
      true,
      false,
    ])
    expect(errors).toEqual([])
  })

  test('doesn’t read the database while nobody looks', async () => {
    const { shop, open } = await aStream()
    const stream = await open()
    expect(shop.shop.live.timer).toBeDefined()
    await order(shop.browser())
    await stream.next('orders')
    stream.close()
    const live = shop.shop.live
    while (live.timer) await new Promise(setImmediate)
    expect(live.recent.size).toBe(0)
  })

  test('is a stranger’s as little as the list', async () => {
    const { shop, merchant } = await aStream()
    await shop.request().get('/desk/orders/live').expect(401)
    await shop.request().head('/desk/orders/live').expect(401)
    await merchant.head('/desk/orders/live').expect(200) // and ends
  })
})
