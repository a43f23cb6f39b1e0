import { hash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, jest, test } from '@jest/globals'
import { DatabaseUnavailable, recordRefund, revokeAccess } from '../../db/index.ts'
import { findEndpoint } from '../../server/api/endpoints.ts'
import { giveBackOwed } from '../../server/api/index.ts'
import { rightNow } from '../../server/local-days.ts'
import { en } from '../../server/texts/index.ts'
import { breakSearch } from '../support/break-search.ts'
import { signIn } from '../support/desk.ts'
import { orderOf } from '../support/desk-forms.ts'
import { aRefund } from '../support/refunds.ts'
import { aShop, type Browser, order, type ShopOptions, type TestShop } from '../support/shop.ts'
import { aFolder, later } from '../support/workplace.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR

function aCatalogue(calls = 3, price = '0.25 usd'): string {
  const folder = aFolder()
  const write = (slug: string, fields: string, body: string) =>
    writeFileSync(join(folder, `${slug}.md`), `---\n${fields}\n---\n${body}\n`)
  write(
    'calls',
    `title: Three searches\nprice: ${price}\nkind: api\nendpoint: search\ncalls: ${calls}\nsummary: Search.`,
    'How to search.\n\n<!-- more -->\n\nTHANKS-FOR-THE-CALLS',
  )
  write(
    'bread',
    'title: Bread\nprice: 0.25 usd\nkind: article\nsummary: Flour and water.',
    'Before <b>you</b> bake at AT&T: the baker\'s "crust" is **half**baked.\n\n<!-- more -->\n\nSECRET-OVEN',
  )
  return folder
}

async function aCaller(options: ShopOptions = {}) {
  const shop = await aShop({ catalogFolder: aCatalogue(), ...options })
  const browser = shop.browser()
  const { id } = await order(browser, 'calls')
  await shop.pay(id)
  const { body } = await browser.post('/api-keys').send({ endpoint: 'search' }).expect(201)
  return { shop, browser, id, ...(body as { key: string; callsLeft: number }) }
}

function call(
  shop: TestShop,
  key: string | undefined,
  query = 'q=bread',
  headers: Record<string, string> = {},
) {
  const request = shop.request().get(`/api/search?${query}`).set('Accept', 'application/json').set(headers)
  return key === undefined ? request : request.set('Authorization', `Bearer ${key}`)
}

/** Sends back what this intent has paid. */
async function refund(shop: TestShop, intent: string, endsAccess: string | undefined): Promise<void> {
  const [row] = await shop.query(`SELECT id FROM payments WHERE intent = '${intent}'`)
  const payment = String(row?.id)
  const sent = aRefund(payment, { endsAccess })
  const action = { what: 'refund', subject: payment, session: 'the desk' }
  expect(await recordRefund(shop.db, sent, action, rightNow(shop.shop))).toBe('recorded')
}

async function revoke(shop: TestShop, intent: string): Promise<void> {
  const order = await orderOf(shop, intent)
  const action = { what: 'revoke', subject: order, session: 'the desk' }
  const ended = { order, buyer: undefined, reason: 'a reason' }
  expect(await revokeAccess(shop.db, ended, action, rightNow(shop.shop))).toBe('revoked')
}

describe('a call', () => {
  test('without money is answered with an offer that a program can act on by itself', async () => {
    const shop = await aShop({ catalogFolder: aCatalogue() })
    const { body, headers } = await call(shop, undefined).expect(402)
    expect(headers['content-type']).toMatch('application/problem+json')
    expect(body).toMatchObject({
      type: '/problems/calls-needed',
      status: 402,
      offers: [{ product: 'calls', calls: 3, amount: 25, currency: 'usd' }],
    })
    const [{ order: how, state, key: where }] = body.offers
    const program = shop.browser()
    const { body: offer } = await program.post(how.path).send(how.body).expect(200)
    await shop.approve(offer.id) // and the webhook is late
    await program.post(where.path).send(where.body).expect(402)
    const { body: paid } = await program.get(state.path.replace('{id}', offer.id)).expect(200)
    expect(paid.state).toBe('paid')
    const { body: made } = await program.post(where.path).send(where.body).expect(201)
    expect(made).toEqual({
      endpoint: 'search',
      key: expect.stringMatching(/^nk_[0-9a-f]{32}$/),
      callsLeft: 3,
    })
    await call(shop, made.key).expect(200)
  })

  test('whose price the buyer chooses is offered at the one that its page begins with', async () => {
    const shop = await aShop({ catalogFolder: aCatalogue(3, '{ from: 0.25 usd, suggest: [0.50 usd] }') })
    const { body } = await call(shop, undefined).expect(402)
    const [{ amount, order: how }] = body.offers
    expect(how.body).toEqual({ product: 'calls', hundredths: amount })
    const { body: offer } = await shop.browser().post(how.path).send(how.body).expect(200)
    expect(offer).toMatchObject({ amount, currency: 'usd' })
  })

  test('is announced in /products.json, with how many of them are sold', async () => {
    const shop = await aShop({ catalogFolder: aCatalogue() })
    const { body } = await shop.request().get('/products.json').expect(200)
    expect(body).toContainEqual(
      expect.objectContaining({ slug: 'calls', endpoint: 'search', calls: 3, opens: false }),
    )
    expect(body).toContainEqual(expect.not.objectContaining({ calls: expect.anything() }))
  })

  test('without money leads people to a product that gives calls', async () => {
    const shop = await aShop({ catalogFolder: aCatalogue() })
    const look = (request: ReturnType<typeof call>) => request.set('Accept', 'text/html').expect(402)
    const link = '<a class="button" href="/products/calls">Buy calls</a>'
    const key = shop.request().post('/api-keys').type('form').send({ endpoint: 'search' })
    for (const { text } of [await look(call(shop, undefined)), await look(key)]) expect(text).toContain(link)
  })

  test('without a key is 404 where no calls are sold, and bought ones can still be used', async () => {
    const catalogFolder = aCatalogue()
    const { shop, browser, key } = await aCaller({ catalogFolder })
    const file = join(catalogFolder, 'calls.md')
    writeFileSync(file, readFileSync(file, 'utf8').replace('kind: api', 'kind: api\nsold: false'))
    const { body } = await call(shop, undefined).expect(404)
    expect(body).toMatchObject({ type: '/problems/page-not-found' })
    expect(body).not.toHaveProperty('offers')
    await call(shop, key).expect(200)
    const page = async (visitor: Browser) => (await visitor.get('/products/calls').expect(200)).text
    expect(await page(shop.browser())).toContain('This isn’t for sale any more. If you bought it')
    expect(await page(browser)).toContain('This isn’t for sale any more.<')
  })

  test('that fails for another reason is offered nothing to buy', async () => {
    const { shop, key } = await aCaller()
    const offersOf = ({ body, headers }: { body: object; headers: object }) => [
      Object.keys(body).includes('offers'),
      Object.keys(headers).includes('www-authenticate'),
    ]
    const malformed = await call(shop, key, 'q=bread', { 'Idempotency-Key': 'a b' }).expect(400)
    expect(malformed.body.errors).toEqual([{ header: 'Idempotency-Key', reason: 'invalid' }])
    const { write } = shop.db
    shop.db.write = async () => {
      throw new DatabaseUnavailable('locked')
    }
    const locked = await call(shop, key).expect(503)
    shop.db.write = write
    expect([malformed, locked].map(offersOf)).toEqual([
      [false, false],
      [false, false],
    ])
    expect(offersOf(await call(shop, undefined).expect(402))).toEqual([true, true])
  })

  test('is counted, and says how many are left; after the last one it is 402 again', async () => {
    const { shop, key } = await aCaller()
    const { body, headers } = await call(shop, key).expect(200)
    expect(headers['calls-left']).toBe('2')
    expect(headers['cache-control']).toContain('no-store') // a kept answer would be one that nobody counts
    expect(body).toMatchObject({ query: 'bread', found: 1, results: [{ slug: 'bread', amount: 25 }] })
    for (const left of ['1', '0'])
      expect((await call(shop, key).expect(200)).headers['calls-left']).toBe(left)
    const refused = await call(shop, key).expect(402)
    expect(refused.body.offers).toHaveLength(1)
    expect(refused.headers['calls-left']).toBe('0')
    expect((await call(shop, undefined).expect(402)).headers).not.toHaveProperty('calls-left')
  })

  test('searches what people read, however it is marked up, and whichever way quotes are typed', async () => {
    const { shop, key } = await aCaller({ catalogFolder: aCatalogue(100) })
    const found = async (q: string) =>
      (await call(shop, key, `q=${encodeURIComponent(q)}`).expect(200)).body.found as number
    for (const word of ['AT&T', 'at&t:', "baker's", 'baker’s', 'baker‘s', '"crust"', '“crust”', 'halfbaked'])
      expect([word, await found(word)]).toEqual([word, 1])
    for (const word of ['amp', 'quot', 'lt', 'strong', 'dir="auto"'])
      expect([word, await found(word)]).toEqual([word, 0])
  })

  test('above the limit for each minute is answered with 429 and not counted', async () => {
    const { shop, key } = await aCaller({
      catalogFolder: aCatalogue(100),
      env: { CREATE_INTENT_PER_MINUTE: '1' },
    })
    for (let left = 99; left >= 60; left--)
      expect((await call(shop, key).expect(200)).headers['calls-left']).toBe(String(left))
    const { body, headers } = await call(shop, key).expect(429)
    expect(body).toMatchObject({ type: '/problems/too-many-requests' })
    expect(Number(headers['retry-after'])).toBeGreaterThan(0)
    const monotonic = performance.now.bind(performance)
    const aMinuteLater = jest.spyOn(performance, 'now').mockImplementation(() => monotonic() + 60_000)
    later(() => aMinuteLater.mockRestore())
    expect((await call(shop, key).expect(200)).headers['calls-left']).toBe('59')
  })

  test('that is repeated with its idempotency key is counted once; with another request it is refused', async () => {
    const { shop, key } = await aCaller()
    const once = { 'Idempotency-Key': 'one' }
    expect((await call(shop, key, 'q=bread', once).expect(200)).headers['calls-left']).toBe('2')
    expect((await call(shop, key, 'q=bread', once).expect(200)).headers['calls-left']).toBe('2')
    const { body } = await call(shop, key, 'q=water', once).expect(422)
    expect(body).toMatchObject({ type: '/problems/call-differs' })
    expect((await call(shop, key, 'q=water', { 'Idempotency-Key': 'two' })).headers['calls-left']).toBe('1')
  })

  test('can be repeated for a day, after which it is counted anew', async () => {
    const { shop, key } = await aCaller()
    const leftAfter = async (query: string) =>
      (await call(shop, key, query, { 'Idempotency-Key': 'one' }).expect(200)).headers['calls-left']
    expect(await leftAfter('q=bread')).toBe('2')
    shop.clock.advance(DAY)
    expect(await leftAfter('q=bread')).toBe('2')
    shop.clock.advance(1)
    expect(await leftAfter('q=bread')).toBe('1')
    shop.clock.advance(3 * DAY)
    expect(await leftAfter('q=water')).toBe('0') // no other call came meanwhile, with which old ones are forgotten
    expect(await leftAfter('q=water')).toBe('0')
  })

  test('that is old is forgotten by a later one, also if that has failed a minute before', async () => {
    const { shop, key } = await aCaller()
    await call(shop, key, 'q=bread', { 'Idempotency-Key': 'old' }).expect(200)
    shop.clock.advance(DAY + 1)
    const { write } = shop.db
    shop.db.write = (statements, parameters) =>
      statements.some((sql) => sql.includes('DELETE FROM api_calls'))
        ? Promise.reject(new DatabaseUnavailable('locked'))
        : write(statements, parameters)
    await call(shop, key).expect(200)
    shop.db.write = write
    expect(shop.logged.map(({ msg }) => msg)).toContainEqual(
      expect.stringMatching(/^old calls .* again in a minute$/),
    )
    const kept = () => shop.query('SELECT idempotency_key FROM api_calls')
    shop.clock.advance(59_999)
    await call(shop, key).expect(200)
    expect(await kept()).toHaveLength(1)
    shop.clock.advance(1)
    await call(shop, key).expect(402)
    await call(shop, key).expect(402) // which is written after the first one has forgotten
    expect(await kept()).toEqual([])
  })

  test('that the shop itself can’t answer is given back', async () => {
    const { shop, key } = await aCaller()
    const idempotent = { 'Idempotency-Key': 'one' }
    const repair = breakSearch(shop)
    for (const headers of [idempotent, {}])
      expect((await call(shop, key, 'q=bread', headers).expect(500)).headers['calls-left']).toBe('3')
    repair()
    expect((await call(shop, key, 'q=bread', idempotent).expect(200)).headers['calls-left']).toBe('2')
  })

  test('that is repeated is not given back when the shop can’t answer it: it was answered before', async () => {
    const { shop, key } = await aCaller()
    const idempotent = { 'Idempotency-Key': 'one' }
    await call(shop, key, 'q=bread', idempotent).expect(200)
    const repair = breakSearch(shop)
    expect((await call(shop, key, 'q=bread', idempotent).expect(500)).headers['calls-left']).toBe('2')
    repair()
    expect((await call(shop, key).expect(200)).headers['calls-left']).toBe('1')
  })

  test.each([
    ['is given back as soon as that works again', {}, '2'],
    ['with its idempotency key stays counted, and can be repeated', { 'Idempotency-Key': 'one' }, '1'],
  ])('that is to be given back while the database is locked %s', async (_what, headers, left) => {
    const { shop, key } = await aCaller()
    const repair = breakSearch(shop, () => {
      shop.db.write = async () => {
        throw new DatabaseUnavailable('locked')
      }
    })
    const { write } = shop.db
    const failed = await call(shop, key, 'q=bread', headers).expect(500)
    expect(failed.headers['calls-left']).toBe('2')
    await giveBackOwed(shop.shop)
    shop.db.write = write
    repair()
    for (const _again of [1, 2]) await giveBackOwed(shop.shop)
    shop.db.write = () => Promise.reject(new Error('Nothing is owed any more'))
    await giveBackOwed(shop.shop)
    shop.db.write = write
    expect((await call(shop, key)).headers['calls-left']).toBe(left)
    if (left === '1')
      expect((await call(shop, key, 'q=bread', headers).expect(200)).headers['calls-left']).toBe(left)
  })

  test('is answered whole, even to a program that says it knows the answer', async () => {
    const { shop, key } = await aCaller()
    const { headers } = await call(shop, key).expect(200)
    expect(headers).not.toHaveProperty('etag')
    const again = await call(shop, key, 'q=bread', { 'If-None-Match': '*' }).expect(200)
    expect(again.body.found).toBeGreaterThan(0)
  })

  test('whose question is invalid isn’t counted, and can be corrected with the same idempotency key', async () => {
    const { shop, key } = await aCaller()
    const idempotent = { 'Idempotency-Key': 'one' }
    const refused = await call(shop, key, 'q=', idempotent).expect(400)
    expect(refused.headers).not.toHaveProperty('calls-left')
    expect(refused.body.errors).toEqual([{ field: 'q', reason: 'invalid' }])
    expect((await call(shop, key, 'q=bread', idempotent).expect(200)).headers['calls-left']).toBe('2')
  })

  test('without a key is offered calls, whatever it asks', async () => {
    const shop = await aShop({ catalogFolder: aCatalogue() })
    await call(shop, undefined, 'q=').expect(402)
  })

  test('with the longest question that is allowed is answered, whatever its characters', async () => {
    const { shop, key } = await aCaller()
    await call(shop, key, `q=${encodeURIComponent('🍞'.repeat(100))}`).expect(200)
    await call(shop, key, `q=${encodeURIComponent('🍞'.repeat(101))}`).expect(400)
  })

  test.each([
    ['another key', 'nk_00000000000000000000000000000000', {}, 401],
    ['no key at all', 'secret', {}, 401],
    ['a very long key', `nk_${'0'.repeat(5_000)}`, {}, 401],
    ['an empty idempotency key', undefined, { 'Idempotency-Key': '' }, 400],
    ['a long idempotency key', undefined, { 'Idempotency-Key': 'x'.repeat(201) }, 400],
    ['an idempotency key with spaces', undefined, { 'Idempotency-Key': 'a b' }, 400],
  ])('with %s is refused and not counted', async (_what, given, headers, status) => {
    const { shop, key } = await aCaller()
    const refused = await call(shop, given ?? key, 'q=bread', headers as Record<string, string>)
    expect(refused.status).toBe(status)
    if (status === 401)
      expect(refused.headers['www-authenticate']).toBe('Bearer realm="calls", error="invalid_token"')
    const passed = await call(shop, key)
    expect(passed.headers['calls-left']).toBe('2')
    expect(passed.headers['www-authenticate']).toBeUndefined()
  })

  test('never passes more often than was paid, with fifty at once', async () => {
    const { shop, key } = await aCaller()
    const answers = await Promise.all(Array.from({ length: 50 }, () => call(shop, key)))
    const statuses = answers.map(({ status }) => status)
    expect([200, 402].map((status) => statuses.filter((each) => each === status).length)).toEqual([3, 47])
  })

  test('finds what everybody may read, and nothing that is paid for', async () => {
    const { shop, key } = await aCaller()
    const found = async (query: string) => (await call(shop, key, query)).body.found
    expect([await found('q=FLOUR+you'), await found('q=SECRET-OVEN'), await found('q=strong%3E')]).toEqual([
      1, 0, 0,
    ])
  })

  test('of something that isn’t there is 404, by another method 405, also by HEAD, and isn’t counted', async () => {
    const { shop, key } = await aCaller()
    await shop.request().get('/api/constructor').set('Authorization', `Bearer ${key}`).expect(404)
    for (const method of ['post', 'head'] as const) {
      const refused = await shop
        .request()
        [method]('/api/search?q=bread')
        .set('Authorization', `Bearer ${key}`)
        .expect(405)
      expect(refused.headers.allow).toBe('GET')
    }
    expect((await call(shop, key)).headers['calls-left']).toBe('2')
  })
})

describe('a key', () => {
  test('is shown once on a page, replaced and ended there, and is in no address and no log', async () => {
    const { shop, browser, key } = await aCaller()
    const page = (await browser.get('/api-keys').set('Accept', 'text/html')).text
    expect(page).toContain('Calls left: 3 of 3')
    expect(page).not.toContain(key)
    expect(page).toContain('action="/languages"')
    const post = (action: string) =>
      browser.post('/api-keys').set('Accept', 'text/html').type('form').send({ endpoint: 'search', action })
    const replaced = (await post('replace').expect(200)).text
    const [next = ''] = /nk_[0-9a-f]{32}/.exec(replaced) ?? []
    expect(next).not.toBe(key)
    expect(replaced).not.toContain('action="/languages"') // in another language, the key would be gone
    await call(shop, key).expect(401)
    await call(shop, next).expect(200)
    await post('revoke').expect(303)
    await call(shop, next).expect(401)
    expect(JSON.stringify(shop.logged)).not.toMatch(/nk_[0-9a-f]{32}/)
    expect(JSON.stringify(await shop.query('SELECT * FROM api_keys'))).not.toContain('nk_')
  })

  test('isn’t replaced by a form that is sent again, as when the page is reloaded', async () => {
    const { shop, browser } = await aCaller()
    await browser.post('/api-keys').send({ endpoint: 'search', action: 'revoke' }).expect(204)
    const send = (form: object) =>
      browser.post('/api-keys').set('Accept', 'text/html').type('form').send(form).expect(200)
    const formOn = (page: string) => ({
      endpoint: 'search',
      action: 'replace',
      replaces: /name="replaces" value="(\w*)"/.exec(page)?.[1],
    })
    const keyOn = (page: string) => /nk_[0-9a-f]{32}/.exec(page)?.[0]
    let page = (await browser.get('/api-keys').set('Accept', 'text/html')).text
    for (const button of ['Make a key', 'Replace the key']) {
      expect(page).toContain(button)
      const form = formOn(page)
      page = (await send(form)).text
      const key = keyOn(page)
      const repeated = (await send(form)).text
      expect(keyOn(repeated)).toBeUndefined()
      expect(repeated).toContain('You have a key already')
      await call(shop, key).expect(200)
    }
  })

  test('isn’t made for a program in place of another than the one it names', async () => {
    const { shop, browser, key } = await aCaller()
    const { body } = await browser.post('/api-keys').send({ endpoint: 'search', replaces: '' }).expect(409)
    expect(body).toMatchObject({ type: '/problems/key-differs' })
    await call(shop, key).expect(200)
    const replaces = hash('sha256', key)
    await browser.post('/api-keys').send({ endpoint: 'search', replaces: replaces.toUpperCase() }).expect(201)
    await call(shop, key).expect(401)
  })

  test('isn’t made in place of one that has ended meanwhile', async () => {
    const { browser, key } = await aCaller()
    const replaces = hash('sha256', key)
    await browser.post('/api-keys').send({ endpoint: 'search', action: 'revoke' }).expect(204)
    const { body } = await browser.post('/api-keys').send({ endpoint: 'search', replaces }).expect(409)
    expect(body).toMatchObject({ type: '/problems/key-differs' })
    const form = browser.post('/api-keys').set('Accept', 'text/html').type('form')
    const { text } = await form.send({ endpoint: 'search', replaces }).expect(200)
    expect(text).not.toMatch(/nk_|You have a key already/)
    await browser.post('/api-keys').send({ endpoint: 'search', replaces: '' }).expect(201)
  })

  test('isn’t ended by a page or a program that names an older one', async () => {
    const { shop, browser, key } = await aCaller()
    const { body } = await browser.post('/api-keys').send({ endpoint: 'search' }).expect(201)
    const end = (named: string) => ({ endpoint: 'search', action: 'revoke', replaces: named })
    for (const named of [hash('sha256', key), '']) {
      const refused = await browser.post('/api-keys').send(end(named)).expect(409)
      expect(refused.body).toMatchObject({ type: '/problems/key-differs' })
      await browser.post('/api-keys').set('Accept', 'text/html').type('form').send(end(named)).expect(303)
    }
    await call(shop, body.key).expect(200)
    for (const _again of [1, 2])
      await browser
        .post('/api-keys')
        .send(end(hash('sha256', body.key)))
        .expect(204)
    await call(shop, body.key).expect(401)
  })

  test('is not made for JSON that is sent as a form, and the answer says why', async () => {
    const { browser } = await aCaller()
    const { body } = await browser.post('/api-keys').type('form').send('{"endpoint":"search"}').expect(415)
    expect(body.detail).toContain('accepts application/json')
  })

  test('is named by its SHA-256, not by itself', async () => {
    const { shop, browser, key } = await aCaller()
    const { body } = await browser.post('/api-keys').send({ endpoint: 'search', replaces: key }).expect(400)
    expect(body).toMatchObject({ type: '/problems/request-invalid' })
    await call(shop, key).expect(200)
  })

  test('is only for a browser that has bought calls', async () => {
    const { shop } = await aCaller()
    const { offers } = (await call(shop, undefined).expect(402)).body
    expect(offers).toHaveLength(1)
    const other = shop.browser()
    await shop.pay((await order(other, 'bread')).id)
    for (const browser of [shop.browser(), other]) {
      const { body } = await browser.post('/api-keys').send({ endpoint: 'search' }).expect(402)
      expect(body).toMatchObject({ type: '/problems/calls-needed', offers })
    }
    expect((await other.get('/api-keys').set('Accept', 'text/html')).text).toContain(
      'Nothing that you have in this browser',
    )
  })

  test.each([
    [{ endpoint: 'other' }],
    [{ endpoint: 1 }],
    [{}],
    [{ endpoint: 'search', action: 'steal' }],
    [{ endpoint: 'search', more: 1 }],
  ])('isn’t made by %j', async (body) => {
    const { browser } = await aCaller()
    const refused = await browser.post('/api-keys').send(body).expect(400)
    expect(refused.body.detail).toBe(en.errors.keyForm(['search']))
  })

  test('is explained with the endpoints that the shop has', () => {
    expect(en.errors.keyForm(['search', 'weather'])).toMatch(
      '{ "endpoint": "search" } or { "endpoint": "weather" }',
    )
  })

  test('is shown with an example that its endpoint states', async () => {
    const { browser } = await aCaller()
    const endpoint = findEndpoint('search')
    if (!endpoint) throw new Error('there is no search')
    const example = jest.replaceProperty(endpoint, 'exampleQuery', '?city=bern')
    const form = { endpoint: 'search' }
    const { text } = await browser.post('/api-keys').set('Accept', 'text/html').type('form').send(form)
    example.restore()
    expect(text).toContain('/api/search?city=bern&quot;')
  })

  test('isn’t made by another site', async () => {
    const { browser, shop, key } = await aCaller()
    await browser
      .post('/api-keys')
      .set('Sec-Fetch-Site', 'cross-site')
      .send({ endpoint: 'search' })
      .expect(403)
    await call(shop, key).expect(200)
  })
})

test('an open order of fewer calls than the page promises by now isn’t offered again', async () => {
  const catalogFolder = aCatalogue()
  const shop = await aShop({ catalogFolder })
  const browser = shop.browser()
  const old = await order(browser, 'calls')
  expect((await order(browser, 'calls')).id).toBe(old.id)
  const file = join(catalogFolder, 'calls.md')
  writeFileSync(file, readFileSync(file, 'utf8').replace('calls: 3', 'calls: 30'))
  const fresh = await order(browser, 'calls')
  expect(fresh.id).not.toBe(old.id)
  await shop.pay(fresh.id)
  expect((await browser.get('/api-keys').set('Accept', 'text/html')).text).toContain('Calls left: 30 of 30')
})

test('calls can be bought again while some are left, and add up', async () => {
  const { shop, browser, key } = await aCaller()
  await shop.pay((await order(browser, 'calls')).id)
  expect((await call(shop, key)).headers['calls-left']).toBe('5')
  expect((await browser.get('/purchases')).text.match(/Three searches/g)?.length).toBeGreaterThanOrEqual(2)
})

test('a refund leaves the calls of its order, unless it ends the access', async () => {
  const { shop, browser, id, key } = await aCaller()
  shop.clock.advance(1) // the calls of the older order are used first
  const second = await order(browser, 'calls')
  await shop.pay(second.id)
  const once = { 'Idempotency-Key': 'one' }
  expect((await call(shop, key, 'q=bread', once)).headers['calls-left']).toBe('5')
  await refund(shop, id, undefined)
  expect((await call(shop, key)).headers['calls-left']).toBe('4')
  await refund(shop, second.id, 'refunded')
  expect((await call(shop, key)).headers['calls-left']).toBe('0')
  await call(shop, key).expect(402)
  await call(shop, key, 'q=bread', once).expect(200)
  await revoke(shop, id)
  await call(shop, key, 'q=bread', once).expect(410)
})

test('a program whose access has ended learns that from every answer, and can buy calls again', async () => {
  const { shop, browser, id, key } = await aCaller()
  const state = async () => (await browser.get(`/intents/${id}`).expect(200)).body
  expect(await state()).not.toHaveProperty('accessEnded')
  await call(shop, key).expect(200)
  await refund(shop, id, 'refunded')
  expect(await state()).toMatchObject({ state: 'paid', accessEnded: true })
  const ended = [
    await call(shop, key),
    await browser.post('/api-keys').send({ endpoint: 'search' }),
    await browser.post('/create-intent').send({ product: 'calls', unlessPaid: id }),
  ]
  for (const { body } of ended) expect(body).toMatchObject({ type: '/problems/access-ended', status: 410 })
  const again = await order(browser, 'calls')
  await shop.pay(again.id)
  await browser.post('/api-keys').send({ endpoint: 'search' }).expect(201)
})

test('the pages of the order and of the product lead to the key, and the desk shows how many are left', async () => {
  const { shop, browser, id, key } = await aCaller()
  expect((await browser.get('/products/calls')).text).toContain('href="/api-keys"')
  expect((await shop.browser().get('/products/calls')).text).not.toContain('href="/api-keys"')
  await call(shop, key)
  const merchant = await signIn(shop)
  const atDesk = (await merchant.get(`/desk/orders/${id}`)).text
  expect(atDesk).toContain('Calls left: 2 of 3')
  const [path = ''] = /\/desk\/buyers\/[\w-]+/.exec(atDesk) ?? []
  expect((await merchant.get(path)).text).toContain('Calls left: 2 of 3')
  const { text } = await browser.get(`/success/${id}`)
  expect(text).toContain('href="/api-keys"')
  expect(text).toContain('THANKS-FOR-THE-CALLS')
})

test.each([
  ['endpoint: weather\ncalls: 3', /endpoint must be search/],
  ['calls: 3', /endpoint is missing/],
  ['endpoint: search', /calls is missing/],
  ['endpoint: search\ncalls: 0', /calls must be at least 1/],
  ['endpoint: search\ncalls: 1.5', /calls must be a whole number/],
])('an API product with %j is a fault', async (fields, message) => {
  const folder = aFolder()
  writeFileSync(
    join(folder, 'a.md'),
    `---\ntitle: A\nprice: 1 usd\nkind: api\nsummary: B\n${fields}\n---\nText\n`,
  )
  expect((await (await aShop({ catalogFolder: folder })).request().get('/')).text).toMatch(message)
})
