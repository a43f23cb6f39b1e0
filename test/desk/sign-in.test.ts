import { describe, expect, test } from '@jest/globals'
import { issueDeskLink } from '../../server/desk/index.ts'
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../server/time.ts'
import { readForm, signIn } from '../support/desk.ts'
import { onSqliteAndPostgres } from '../support/engines.ts'
import { aShop, type Browser, order, type TestShop } from '../support/shop.ts'

const HTML = { Accept: 'text/html' }
const TOKEN = 'correct-horse-battery-staple-and-more'
const WRONG = 'wrong-horse-battery-staple-and-more-'

const aLiveShop = () => aShop({ config: { mode: 'live', adminToken: TOKEN } })

/** What the sign-in page sends with this token. */
async function enterToken(browser: Browser, token: string, page = '/desk') {
  const { text } = await browser.get(page).set(HTML)
  return browser
    .post('/desk/sign-in')
    .set(HTML)
    .type('form')
    .send({ ...readForm(text, '/desk/sign-in'), token })
}

/** Opens a link, and returns its form. */
async function openLink(browser: Browser, link: string): Promise<Record<string, string>> {
  const { pathname, search } = new URL(link)
  const { text } = await browser
    .get(pathname + search)
    .set(HTML)
    .expect(200)
  return readForm(text, '/desk/enter')
}

const isIn = async (browser: Browser) => (await browser.get('/desk/sessions')).status === 200

async function actionsOf(shop: TestShop) {
  const rows = await shop.query('SELECT what FROM actions ORDER BY acted_at, what')
  return rows.map(({ what }) => what)
}

onSqliteAndPostgres((engine) => {
  test('a one-time link signs one browser in, also when two use it at once', async () => {
    const shop = await aShop({ engine })
    const link = await issueDeskLink(shop, 'npm start')
    const browsers = [shop.browser(), shop.browser(), shop.browser()]
    const forms = await Promise.all(browsers.map((browser) => openLink(browser, link)))
    const answers = await Promise.all(
      browsers.map((browser, index) => browser.post('/desk/enter').type('form').send(forms[index])),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([303, 410, 410])
    expect((await Promise.all(browsers.map(isIn))).filter(Boolean)).toHaveLength(1)
    expect(await actionsOf(shop)).toEqual(['desk-link', 'sign-in'])
  })

  test('a form is good once, also when it is sent twice at once', async () => {
    const shop = await aShop({ engine })
    const [one, other] = [await signIn(shop), await signIn(shop)]
    const { text } = await one.get('/desk/sessions').set(HTML)
    const form = readForm(text, '/desk/sign-outs')
    const answers = await Promise.all([1, 2].map(() => one.post('/desk/sign-outs').type('form').send(form)))
    expect(answers.filter(({ status }) => status === 303)).toHaveLength(1)
    expect((await actionsOf(shop)).filter((what) => what === 'sign-out')).toHaveLength(1)
    expect([await isIn(one), await isIn(other)].filter(Boolean)).toHaveLength(1)
  })
})

describe('a one-time link', () => {
  test('is not used up by those who only look at it', async () => {
    const shop = await aShop()
    const link = await issueDeskLink(shop, 'npm start')
    for (const _ of [1, 2, 3]) await openLink(shop.browser(), link)
    const merchant = shop.browser()
    const form = await openLink(merchant, link)
    await merchant.post('/desk/enter').type('form').send(form).expect(303).expect('Location', '/desk')
    expect(await isIn(merchant)).toBe(true)
  })

  test('expires after ten minutes, also with its page open', async () => {
    const shop = await aShop()
    const link = await issueDeskLink(shop, 'npm start')
    const [early, late] = [shop.browser(), shop.browser()]
    const form = await openLink(late, link)
    shop.clock.advance(10 * MINUTE_MS - 1)
    await openLink(early, link)
    shop.clock.advance(1)
    await late.post('/desk/enter').type('form').send(form).expect(410)
    const { pathname, search } = new URL(link)
    const { text } = await late
      .get(pathname + search)
      .set(HTML)
      .expect(410)
    expect(text).toContain('This link no longer works')
    await issueDeskLink(shop, 'npm start')
    expect(await shop.query('SELECT session FROM desk_links')).toHaveLength(1) // the old one is forgotten
  })

  test('of another ADMIN_TOKEN is worth nothing', async () => {
    const shop = await aLiveShop()
    const { pathname, search } = new URL(await issueDeskLink(shop, 'npm run desk'))
    await shop
      .browser()
      .get(pathname + search)
      .expect(200)
    await shop.restart({ adminToken: WRONG })
    await shop
      .browser()
      .get(pathname + search)
      .expect(410)
  })

  test.each(['', '0', 'f'.repeat(32), 'F'.repeat(32), 'f'.repeat(10_000), '%00', "' OR 1=1 --"])(
    'with the code %j is worth nothing',
    async (code) => {
      const shop = await aShop()
      const { status, text } = await shop.browser().get('/desk/enter').query({ code }).set(HTML)
      expect(status).toBe(410)
      if (code.length > 3) expect(text).not.toContain(code)
    },
  )
})

describe('the token', () => {
  test('lets in, to the page that was asked for', async () => {
    const shop = await aLiveShop()
    const browser = shop.browser()
    const answer = await enterToken(browser, TOKEN, '/desk/audit-log?before=019b7787d400-1-2-3-4-5')
    expect([answer.status, answer.headers.location]).toEqual([
      303,
      '/desk/audit-log?before=019b7787d400-1-2-3-4-5',
    ])
    expect(await isIn(browser)).toBe(true)
    expect(await actionsOf(shop)).toEqual(['sign-in'])
  })

  test.each([
    'https://elsewhere.example/desk',
    '//elsewhere.example',
    '/\\elsewhere.example',
    '/desk/../../elsewhere',
    '/desk\\@elsewhere.example',
    '/desktop',
    'javascript:alert(1)',
    '/desk\r\nSet-Cookie: a=b',
  ])('never leads to another site: %j', async (to) => {
    const shop = await aLiveShop()
    const browser = shop.browser()
    const { text } = await browser.get('/desk').set(HTML)
    const form = { ...readForm(text, '/desk/sign-in'), token: TOKEN, to }
    const { status, headers } = await browser.post('/desk/sign-in').type('form').send(form)
    expect(status).toBe(303)
    expect(new URL(headers.location ?? '', shop.url).origin).toBe(shop.url)
    expect(headers['set-cookie']).not.toContain('a=b')
  })

  test('that is wrong is logged without itself, once a minute, and stores nothing', async () => {
    const shop = await aLiveShop()
    const browser = shop.browser()
    for (const _ of [1, 2, 3]) {
      const { status, text } = await enterToken(browser, WRONG)
      expect([status, text.includes('That isn’t the shop’s token')]).toEqual([401, true])
      expect(text).not.toContain(WRONG)
    }
    const program = await shop.request().post('/desk/sign-in').send({ form: '', to: '', token: WRONG })
    expect([program.status, program.body.type]).toEqual([401, '/problems/token-wrong'])
    const lines = shop.logged.filter(({ msg }) => msg === 'wrong token at the desk')
    expect(lines).toEqual([expect.objectContaining({ level: 40, address: '127.0.0.1', count: 1 })])
    expect(JSON.stringify([shop.logged, program.body])).not.toContain(WRONG)
    for (const table of ['desk_sessions', 'desk_forms', 'actions'])
      expect(await shop.query(`SELECT * FROM ${table}`)).toEqual([])
  })

  test('that is right is let in at once while wrong ones wait', async () => {
    const shop = await aLiveShop()
    const done: string[] = []
    const wrong = Array.from({ length: 8 }, async () => {
      await enterToken(shop.browser(), WRONG)
      done.push('wrong')
    })
    await wrong[0] // by now, all of them have been seen, and the last waits for seconds
    const right = shop.browser()
    expect((await enterToken(right, TOKEN)).status).toBe(303)
    done.push('right')
    await Promise.all(wrong)
    expect(done.indexOf('right')).toBeLessThan(done.length - 1)
  })

  test.each(['', TOKEN.slice(1), `${TOKEN} `, TOKEN.toUpperCase(), `${TOKEN}\0`])(
    'is not %j',
    async (token) => {
      const shop = await aLiveShop()
      const browser = shop.browser()
      expect((await enterToken(browser, token)).status).toBe(401)
      expect(await isIn(browser)).toBe(false)
    },
  )

  test('is never taken where there is none', async () => {
    const shop = await aShop()
    for (const token of ['', 'undefined', 'null'])
      await shop.request().post('/desk/sign-in').send({ form: '', to: '', token }).expect(401)
  })

  test('is not taken as a bearer token, nor are those of programs on other pages', async () => {
    const shop = await aShop({ config: { adminToken: TOKEN, exportToken: WRONG } })
    for (const token of [TOKEN, WRONG])
      await shop.request().get('/desk/sessions').set('Authorization', `Bearer ${token}`).expect(401)
  })
})

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
      .send({ ...readForm(text, '/desk/sign-in'), token: TOKEN })
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
      .send({ ...readForm(text, '/desk/sign-in'), token: TOKEN })
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
    await live.restart({ adminToken: WRONG })
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
    const row = text.slice(text.indexOf('<td>', text.indexOf('Unknown browser')))
    await laptop.post('/desk/sign-outs').type('form').send(readForm(row, '/desk/sign-outs')).expect(303)
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
      .send(readForm(text, '/desk/sign-outs'))
      .expect(303)
    expect(headers.location).toBe('/desk/sign-in')
    expect(String(headers['set-cookie'])).toMatch(/^desk=; Max-Age=0; /)
    const page = await merchant.get('/desk/audit-log').set(HTML).expect(401)
    expect(page.text).toContain('The merchant’s desk')
  })

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
    const form = readForm(text, '/desk/sign-outs')
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
