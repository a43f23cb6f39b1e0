import { describe, expect, test } from '@jest/globals'
import { issueDeskLink } from '../../server/desk/index.ts'
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../server/time.ts'
import { actionsOf, aLiveShop, enterToken, HTML, isIn, signIn, TOKEN, WRONG_TOKEN } from '../support/desk.ts'
import { readFields } from '../support/desk-forms.ts'
import { aShop, order } from '../support/shop.ts'

describe('a session', () => {
  test('is a cookie that no script reads and no other site sends, and a hash in the database', async () => {
    const shop = await aLiveShop()
    const { headers } = await enterToken(shop.browser(), TOKEN)
    const [cookie = '', dropped] = headers['set-cookie'] as unknown as string[]
    expect(cookie).toMatch(/^desk=[0-9a-f]{32}; Max-Age=604800; Path=\/; HttpOnly; SameSite=Strict$/)
    expect(dropped).toMatch(/^desk-visit=; Max-Age=0; /)
    const secret = cookie.slice(5, 37)
    const [session] = await shop.query('SELECT * FROM desk_sessions')
    expect(JSON.stringify(session)).not.toContain(secret)
    expect(JSON.stringify([session, shop.logged])).not.toContain(TOKEN)
  })

  test('is __Host- and secure on https', async () => {
    const shop = await aShop({ env: { PUBLIC_URL: 'https://shop.example.org', ADMIN_TOKEN: TOKEN } })
    const { text, headers } = await shop.request().get('/desk').set(HTML).expect(401)
    const [visit = ''] = headers['set-cookie'] as unknown as string[]
    const answer = await shop
      .request()
      .post('/desk/sign-in')
      .set('Cookie', visit.split(';')[0] ?? '')
      .type('form')
      .send({ ...readFields(text, '/desk/sign-in'), token: TOKEN })
      .expect(303)
    const cookie = /^__Host-desk=[0-9a-f]{32}; Max-Age=604800; Path=\/; HttpOnly; Secure; SameSite=Strict$/
    const [set = ''] = answer.headers['set-cookie'] as unknown as string[]
    expect(set).toMatch(cookie)
    const [sent = ''] = set.split(';')
    await shop.request().get('/desk/sessions').set('Cookie', sent).expect(200)
    await shop.request().get('/desk/sessions').set('Cookie', sent.replace('__Host-', '')).expect(401)
  })

  test('has a new secret, whatever the browser brought', async () => {
    const shop = await aLiveShop()
    const planted = 'a'.repeat(32)
    const { text } = await shop
      .request()
      .get('/desk')
      .set(HTML)
      .set('Cookie', `desk-visit=${planted}; desk=${planted}`)
    const { headers } = await shop
      .request()
      .post('/desk/sign-in')
      .set('Cookie', `desk-visit=${planted}; desk=${planted}`)
      .type('form')
      .send({ ...readFields(text, '/desk/sign-in'), token: TOKEN })
      .expect(303)
    expect(String(headers['set-cookie'])).not.toContain(planted)
    await shop.request().get('/desk/sessions').set('Cookie', `desk=${planted}`).expect(401)
  })

  test('ends after twelve hours unused, and after seven days in all', async () => {
    const shop = await aLiveShop()
    const [used, unused] = [shop.browser(), shop.browser()]
    for (const browser of [used, unused]) await enterToken(browser, TOKEN)
    for (let hours = 0; hours < 7 * 24 - 11; hours += 11) {
      expect(await isIn(used)).toBe(true)
      shop.clock.advance(11 * HOUR_MS)
      if (hours === 0) expect(await isIn(used)).toBe(true)
      if (hours === 11) expect(await isIn(unused)).toBe(false)
    }
    expect(await isIn(used)).toBe(true)
    shop.clock.advance(7 * DAY_MS - 15 * 11 * HOUR_MS)
    expect(await isIn(used)).toBe(false)
  })

  test('ends when the token is changed or removed, or when a shop without one gets it', async () => {
    const live = await aLiveShop()
    const merchant = live.browser()
    await enterToken(merchant, TOKEN)
    await live.restart()
    expect(await isIn(merchant)).toBe(true)
    await live.restart({ adminToken: WRONG_TOKEN })
    expect(await isIn(merchant)).toBe(false)

    const sandbox = await aShop({ config: { adminToken: TOKEN } })
    const another = await signIn(sandbox)
    await sandbox.restart({ adminToken: undefined })
    expect(await isIn(another)).toBe(false)
    const third = await signIn(sandbox)
    expect(await isIn(third)).toBe(true)
    await sandbox.restart({ adminToken: TOKEN })
    expect(await isIn(third)).toBe(false)
  })

  test('is marked if it may have been opened by an earlier token, and not if it has been used since', async () => {
    const live = await aLiveShop()
    const { clock } = live
    const [former, forgotten, another, present] = [
      live.browser(),
      live.browser(),
      live.browser(),
      live.browser(),
    ]
    const marked = async () => {
      const { text } = await present.get('/desk/sessions').set(HTML).expect(200)
      return text.split('<li>').filter((row) => row.includes('opens nothing any more')).length
    }
    await enterToken(former, TOKEN)
    clock.advance(MINUTE_MS)
    await enterToken(forgotten, TOKEN)
    clock.advance(MINUTE_MS)
    await live.restart({ adminToken: WRONG_TOKEN })
    expect(await isIn(former)).toBe(false)
    await enterToken(another, WRONG_TOKEN)
    clock.advance(HOUR_MS)
    await enterToken(present, WRONG_TOKEN)
    expect(await marked()).toBe(3)
    clock.advance(MINUTE_MS)
    expect(await isIn(another)).toBe(true)
    expect(await marked()).toBe(2)
  })

  test('is listed with its browser, and can be ended from another one', async () => {
    const shop = await aLiveShop()
    const [laptop, phone] = [shop.browser(), shop.browser()]
    const agent = 'Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0'
    laptop.set('User-Agent', agent)
    phone.set('User-Agent', '<script>alert(1)</script>')
    await enterToken(laptop, TOKEN)
    shop.clock.advance(MINUTE_MS)
    await enterToken(phone, TOKEN)
    const { text } = await laptop.get('/desk/sessions').set(HTML).expect(200)
    expect(text).toContain('Firefox 145 on Linux')
    expect(text).not.toContain('<script>alert')
    const [stolen] = await shop.query(`SELECT id FROM desk_sessions WHERE browser LIKE '<%'`)
    const row = text.slice(text.indexOf('Unknown browser'))
    await laptop.post('/desk/sign-outs').type('form').send(readFields(row, '/desk/sign-outs')).expect(303)
    expect([await isIn(laptop), await isIn(phone)]).toEqual([true, false])
    const [signOut] = await shop.query(`SELECT subject FROM actions WHERE what = 'sign-out'`)
    expect(signOut?.subject).toBe(stolen?.id)
    const after = await laptop.get('/desk/sessions').set(HTML)
    expect(after.text).not.toContain('Unknown browser')
  })

  test('is left by its own sign-out, and the same pages ask to sign in again', async () => {
    const shop = await aShop()
    const merchant = await signIn(shop)
    const { text } = await merchant.get('/desk/audit-log').set(HTML).expect(200)
    const { headers } = await merchant
      .post('/desk/sign-outs')
      .type('form')
      .send(readFields(text, '/desk/sign-outs'))
      .expect(303)
    expect(headers.location).toBe('/desk/sign-in')
    expect(String(headers['set-cookie'])).toMatch(/^desk=; Max-Age=0; /)
    const page = await merchant.get('/desk/audit-log').set(HTML).expect(401)
    expect(page.text).toContain('The merchant’s desk')
  })

  test.each([
    ['the page of the form', '/desk/orders/1-2/refund?payment=3-4', '/desk/orders/1-2/refund?payment=3-4'],
    ['no earlier success', '/desk/orders/1-2?done=refunded', '/desk/orders/1-2'],
    ['nothing outside the desk', '/products/article', '/desk'],
    ['the desk, without a referrer', undefined, '/desk'],
  ])(
    'that ended before a form was sent says that nothing was recorded, and leads to %s',
    async (_, from, to) => {
      const shop = await aLiveShop()
      const browser = shop.browser()
      const sent = browser.post('/desk/orders/1-2/refund').set(HTML).type('form').send({ amount: '0.25' })
      if (from !== undefined) sent.set('Referer', shop.url + from)
      const { text } = await sent.expect(401)
      expect(text).toContain('You were signed out before you sent the form, so nothing was recorded.')
      const form = { ...readFields(text, '/desk/sign-in'), token: TOKEN }
      const { headers } = await browser.post('/desk/sign-in').type('form').send(form).expect(303)
      expect(headers.location).toBe(to)
    },
  )

  test('is not noted as used while nothing can be written, and its pages still show', async () => {
    const shop = await aShop()
    const merchant = await signIn(shop)
    shop.clock.advance(MINUTE_MS)
    const { db } = shop
    const write = db.write
    db.write = () => Promise.reject(new Error('the disk is full'))
    await merchant.get('/desk/audit-log').set(HTML).expect(200)
    db.write = write
  })
})

describe('a page that is asked for from another site', () => {
  test('offers to go on, since the cookie stays at home, and takes nothing away', async () => {
    const shop = await aShop()
    const merchant = await signIn(shop)
    const { text, headers } = await shop
      .request()
      .get('/desk/orders/1?a=b&c="<')
      .set({ ...HTML, 'Sec-Fetch-Site': 'cross-site' })
      .expect(401)
    expect(text).toMatch(
      /<a href="\/desk\/orders\/1\?a=b&amp;c=(?:%22%3C|&quot;&lt;)">Open the page from here/,
    )
    expect(String(headers['set-cookie'])).not.toMatch(/\bdesk=/)
    expect(await isIn(merchant)).toBe(true)
  })

  test('changes nothing, whatever it sends', async () => {
    const shop = await aLiveShop()
    const merchant = shop.browser()
    await enterToken(merchant, TOKEN)
    const { text } = await merchant.get('/desk/sessions').set(HTML)
    const form = readFields(text, '/desk/sign-outs')
    for (const headers of [
      { 'Sec-Fetch-Site': 'cross-site' },
      { 'Sec-Fetch-Site': 'same-site' },
      { Origin: 'https://elsewhere.example' },
      { Origin: 'null' },
    ])
      for (const path of ['/desk/sign-outs', '/desk/sign-in', '/desk/enter'])
        await merchant.post(path).set(headers).type('form').send(form).expect(403)
    expect(await isIn(merchant)).toBe(true)
    expect(await actionsOf(shop)).toEqual(['sign-in'])
  })
})

describe('a buyer', () => {
  test('is a stranger at the desk, and the merchant is a stranger in the shop', async () => {
    const shop = await aShop()
    const buyer = shop.browser()
    await buyer.get('/products/article')
    await shop.pay((await order(buyer)).id)
    await buyer.get('/desk/sessions').expect(401)
    const [, secret = ''] =
      /buyer-kept=([0-9a-f]{32})/.exec(String((await buyer.get('/purchases')).headers['set-cookie'])) ?? []
    expect(secret).not.toBe('')
    await shop.request().get('/desk/sessions').set('Cookie', `desk=${secret}`).expect(401)
    const merchant = await signIn(shop)
    expect((await merchant.get('/products/article').set(HTML)).text).not.toContain('PAID-PART')
  })
})

describe('nothing of the desk', () => {
  test('is cached, indexed or framed', async () => {
    const shop = await aShop()
    const merchant = await signIn(shop)
    const link = new URL(await issueDeskLink(shop, 'npm start'))
    const answers = [
      await merchant.get('/desk/audit-log').set(HTML),
      await merchant.get('/desk/nothing').set(HTML),
      await merchant.get('/desk/audit-log?before=x'),
      await shop.request().get('/desk').set(HTML),
      await shop.request().get('/desk'),
      await shop
        .request()
        .get(link.pathname + link.search)
        .set(HTML),
    ]
    expect(answers.map(({ status }) => status)).toEqual([200, 404, 400, 401, 401, 200])
    for (const { headers } of answers) {
      expect(headers['cache-control']).toBe('private, no-store, no-transform')
      expect(headers['x-robots-tag']).toBe('noindex, nofollow, noarchive')
      expect(headers['x-frame-options']).toBe('DENY')
      expect(headers['content-security-policy']).toMatch(/default-src 'none';.*frame-ancestors 'none'/)
    }
  })
})
