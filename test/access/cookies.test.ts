import { describe, expect, test } from '@jest/globals'
import { aShop, codeOf, order } from '../support/shop.ts'

const FROM_PAGE = [
  { 'Sec-Fetch-Site': 'same-origin' },
  { 'Sec-Fetch-Site': 'none' },
  { Origin: 'the shop’s' },
]

/** The pairs that a browser keeps of an answer. */
function kept({ headers }: { headers: Record<string, unknown> }): string[] {
  return [headers['set-cookie'] ?? []].flat().map((cookie) => String(cookie).split(';')[0] ?? '')
}

describe('a browser that doesn’t keep cookies', () => {
  test.each(FROM_PAGE)('cannot order, since it could not keep what it buys (%j)', async (headers) => {
    const shop = await aShop()
    const sent = 'Origin' in headers ? { Origin: shop.url } : headers
    const { body, headers: answered } = await shop
      .request()
      .post('/create-intent')
      .set(sent)
      .send({ product: 'article' })
      .expect(403)
    expect(body).toMatchObject({ type: '/problems/cookies-blocked', status: 403 })
    expect(body.explanation).toMatch(/^This browser doesn’t keep cookies, so it would lose what you buy\./)
    expect(answered['set-cookie']).toBeUndefined()
    for (const table of ['buyers', 'orders', 'intents'])
      expect(await shop.query(`SELECT * FROM ${table}`)).toEqual([])
  })

  test('uses up no redemption: the link goes on working elsewhere', async () => {
    const shop = await aShop()
    const offer = await order(shop.browser())
    await shop.pay(offer.id)
    const redemption = { intent: offer.id, code: codeOf(offer) }
    for (let press = 0; press < 5; press++) {
      const { text } = await shop
        .request()
        .post('/redemptions')
        .set({ 'Sec-Fetch-Site': 'same-origin', Accept: 'text/html' })
        .type('form')
        .send(redemption)
        .expect(403)
      expect(text).toContain('a link from your wallet still works')
    }
    expect(await shop.query(`SELECT * FROM holders WHERE acquired_by = 'redeemed'`)).toEqual([])

    const phone = shop.browser()
    await phone.get(offer.successUrl.slice(shop.url.length))
    const press = phone.post('/redemptions').set('Sec-Fetch-Site', 'same-origin').type('form')
    await press.send(redemption).expect(303)
    expect((await phone.get('/products/article')).text).toContain('PAID-PART-OF-ARTICLE')
  })

  test('is no program: one without these headers gets its cookie with the answer', async () => {
    const shop = await aShop()
    const program = shop.browser()
    const offer = await order(program)
    await program.get(`/intents/${offer.id}`).expect(200)
  })
})

test.each(['x', 'A'.repeat(32), '0'.repeat(31), '0'.repeat(33)])(
  'a cookie that the shop can’t have made is replaced, so that nobody is a buyer by a guess (%s)',
  async (guessed) => {
    const shop = await aShop()
    const ordered = await shop
      .request()
      .post('/create-intent')
      .set('Cookie', `buyer-kept=${guessed}; buyer=${guessed}`)
      .send({ product: 'article' })
      .expect(200)
    expect(kept(ordered)).toEqual([
      expect.stringMatching(/^buyer=[0-9a-f]{32}$/),
      expect.stringMatching(/^buyer-kept=[0-9a-f]{32}$/),
    ])
    expect(kept(ordered).join()).not.toContain(guessed)
  },
)

describe('two pages that are opened at once, on a first visit', () => {
  test('leave one buyer, although the answer of the second comes last', async () => {
    const shop = await aShop()
    const page = await shop.request().get('/products/article')
    const late = await shop.request().get('/products/other')
    const jar = kept(page)
    const post = (product: string, cookies: string[]) =>
      shop
        .request()
        .post('/create-intent')
        .set({ 'Sec-Fetch-Site': 'same-origin', Cookie: cookies.join('; ') })
        .send({ product })
        .expect(200)
    const ordered = await post('article', jar)
    await shop.pay(ordered.body.id)

    // As a browser does: one cookie of each name, the last that came.
    const cookies = new Map(
      [...jar, ...kept(ordered), ...kept(late)].map((pair) => [pair.split('=')[0], pair]),
    )
    const now = [...cookies.values()]
    expect(now).toContain(kept(late)[0]) // it has replaced the cookie of the first page
    await shop.request().get(`/intents/${ordered.body.id}`).set('Cookie', now.join('; ')).expect(200)
    const opened = await shop.request().get('/products/article').set('Cookie', now.join('; '))
    expect(opened.text).toContain('PAID-PART-OF-ARTICLE')
    expect(kept(opened)).toEqual([now.find((pair) => pair.startsWith('buyer-kept='))])
    await post('other', now)
    expect(await shop.query('SELECT * FROM buyers')).toHaveLength(1)
  })

  test('and a browser that has only a page’s cookie, from before, is still known', async () => {
    const shop = await aShop()
    const ordered = await shop.request().post('/create-intent').send({ product: 'article' })
    const [given, known] = kept(ordered)
    expect([given, known]).toEqual([
      expect.stringMatching(/^buyer=[0-9a-f]{32}$/),
      `buyer-kept=${given?.slice('buyer='.length)}`,
    ])
    for (const cookie of [given, known])
      await shop
        .request()
        .get(`/intents/${ordered.body.id}`)
        .set('Cookie', cookie ?? '')
        .expect(200)
  })
})
