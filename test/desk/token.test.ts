import type { AddressInfo } from 'node:net'
import { describe, expect, test } from '@jest/globals'
import { createBoundedServer } from '../../server/listener/index.ts'
import { actionsOf, aLiveShop, enterToken, HTML, isIn, TOKEN, WRONG_TOKEN } from '../support/desk.ts'
import { isInvalid, readFields } from '../support/desk-forms.ts'
import { aShop, type TestShop } from '../support/shop.ts'
import { aWire } from '../support/wire.ts'
import { later } from '../support/workplace.ts'

const MOST_CONNECTIONS = 25

describe('wrong tokens and links', () => {
  test('wait on 20 connections at most, so that they keep nobody out', async () => {
    const shop = await aLiveShop()
    const port = await aServerOf(shop)
    Object.assign(shop.shop.wrongTokens, { count: 6, lastAt: performance.now() }) // the next ones wait for 3 s
    const busy = Array.from({ length: MOST_CONNECTIONS }, () => aWire(port))
    for (const wire of busy) wire.send('GET /desk/enter?code=wrong HTTP/1.1\r\nHost: shop\r\n\r\n')
    expect(await Promise.race(busy.map((wire) => wire.answers(1)))).toEqual([429])
    const newcomer = aWire(port)
    newcomer.send('GET /healthz HTTP/1.1\r\nHost: shop\r\n\r\n')
    expect(await newcomer.answers(1)).toEqual([200])
    const { body, headers } = await shop.request().get('/desk/enter?code=wrong').expect(429)
    expect([body.type, headers['retry-after']]).toEqual(['/problems/too-many-requests', '3'])
    expect((await enterToken(shop.browser(), WRONG_TOKEN)).status).toBe(429)
    expect((await enterToken(shop.browser(), TOKEN)).status).toBe(303)
  })
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

  test('isn’t needed any more in a tab whose browser has signed in from another one', async () => {
    const shop = await aLiveShop()
    const browser = shop.browser()
    const { text } = await browser.get('/desk/audit-log').set(HTML)
    await enterToken(browser, TOKEN)
    const form = { ...readFields(text, '/desk/sign-in'), token: TOKEN }
    const { headers } = await browser.post('/desk/sign-in').type('form').send(form).expect(303)
    expect([headers.location, await actionsOf(shop)]).toEqual(['/desk/audit-log', ['sign-in']])
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
    const form = { ...readFields(text, '/desk/sign-in'), token: TOKEN, to }
    const { status, headers } = await browser.post('/desk/sign-in').type('form').send(form)
    expect(status).toBe(303)
    expect(new URL(headers.location ?? '', shop.url).origin).toBe(shop.url)
    expect(headers['set-cookie']).not.toContain('a=b')
  })

  test('that is wrong is asked for again, in its field and in the title, unlike the first time', async () => {
    const shop = await aLiveShop()
    const browser = shop.browser()
    expect(isInvalid((await enterToken(browser, WRONG_TOKEN)).text, 'token')).toBe(true)
    expect((await browser.get('/desk').set(HTML).expect(401)).text).not.toContain('<title>Error')
  })

  test('that is wrong is logged without itself, once a minute, and stores nothing', async () => {
    const shop = await aLiveShop()
    const browser = shop.browser()
    for (const _ of [1, 2, 3]) {
      const { status, text } = await enterToken(browser, WRONG_TOKEN)
      expect([status, text.includes('That isn’t the shop’s token')]).toEqual([401, true])
      expect(text).not.toContain(WRONG_TOKEN)
    }
    const program = await shop.request().post('/desk/sign-in').send({ form: '', to: '', token: WRONG_TOKEN })
    expect([program.status, program.body.type]).toEqual([401, '/problems/token-wrong'])
    const lines = shop.logged.filter(({ msg }) => msg === 'wrong token at the desk')
    expect(lines).toEqual([expect.objectContaining({ level: 40, address: '127.0.0.1', count: 1 })])
    expect(JSON.stringify([shop.logged, program.body])).not.toContain(WRONG_TOKEN)
    for (const table of ['desk_sessions', 'desk_forms', 'actions'])
      expect(await shop.query(`SELECT * FROM ${table}`)).toEqual([])
  })

  test('that is right is let in at once while wrong ones wait', async () => {
    const shop = await aLiveShop()
    const done: string[] = []
    const wrong = Array.from({ length: 8 }, async () => {
      await enterToken(shop.browser(), WRONG_TOKEN)
      done.push('wrong')
    })
    await Promise.race(wrong) // by now, all of them have been seen, and the last waits for seconds
    const right = shop.browser()
    expect((await enterToken(right, TOKEN)).status).toBe(303)
    done.push('right')
    await Promise.all(wrong)
    expect(done.indexOf('right')).toBeLessThan(done.length - 1)
  })

  test.each(['', TOKEN.slice(1), TOKEN.replace('-', ' '), TOKEN.toUpperCase(), `${TOKEN}\0`])(
    'is not %j',
    async (token) => {
      const shop = await aLiveShop()
      const browser = shop.browser()
      expect((await enterToken(browser, token)).status).toBe(401)
      expect(await isIn(browser)).toBe(false)
    },
  )

  test('may have been pasted with spaces around it', async () => {
    const shop = await aLiveShop()
    expect((await enterToken(shop.browser(), ` ${TOKEN} \n`)).status).toBe(303)
  })

  test('needs the cookie of its page, without which nobody could stay', async () => {
    const shop = await aLiveShop()
    const { text } = await shop.request().get('/desk').set(HTML)
    const form = { ...readFields(text, '/desk/sign-in'), token: TOKEN }
    const { body } = await shop.request().post('/desk/sign-in').type('form').send(form).expect(400)
    expect(body.detail).toMatch(/^The browser didn’t send the cookie/)
  })

  test('is never taken where there is none', async () => {
    const shop = await aShop()
    for (const token of ['', 'undefined', 'null'])
      await shop.request().post('/desk/sign-in').send({ form: '', to: '', token }).expect(401)
  })

  test('is not taken as a bearer token, nor are those of programs on other pages', async () => {
    const shop = await aShop({ config: { adminToken: TOKEN, exportToken: WRONG_TOKEN } })
    for (const token of [TOKEN, WRONG_TOKEN])
      await shop.request().get('/desk/sessions').set('Authorization', `Bearer ${token}`).expect(401)
  })
})

/** The shop behind a listener that has more connections than may wait, but not many more. */
async function aServerOf(shop: TestShop): Promise<number> {
  const server = createBoundedServer(shop.handle, {}, { maxConnections: MOST_CONNECTIONS })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  later(() => {
    server.closeAllConnections()
    return new Promise((done) => server.close(done))
  })
  return (server.address() as AddressInfo).port
}
