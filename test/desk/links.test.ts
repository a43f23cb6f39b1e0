import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { issueDeskLink } from '../../server/desk/index.ts'
import { MINUTE_MS } from '../../server/time.ts'
import { actionsOf, aLiveShop, HTML, isIn, openLink, TOKEN, WRONG_TOKEN } from '../support/desk.ts'
import { onSqliteAndPostgres } from '../support/engines.ts'
import { run } from '../support/process.ts'
import { aShop, type TestShop } from '../support/shop.ts'
import { aFolder } from '../support/workplace.ts'

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
})

/** What is in the database of who has signed in, and how. */
const everythingKept = (shop: TestShop) =>
  Promise.all(
    ['desk_links', 'desk_sessions', 'desk_forms', 'actions'].map((table) =>
      shop.query(`SELECT * FROM ${table}`),
    ),
  )

describe('a one-time link', () => {
  test('is not used up by those who only look at it', async () => {
    const shop = await aShop()
    const link = await issueDeskLink(shop, 'npm start')
    for (const _ of [1, 2, 3]) await openLink(shop.browser(), link)
    const merchant = shop.browser()
    const form = await openLink(merchant, link)
    const answer = await merchant.post('/desk/enter').type('form').send(form).expect(303)
    expect(answer.headers.location).toBe('/desk')
    const [, secret = ''] = /desk=([0-9a-f]{32})/.exec(String(answer.headers['set-cookie'])) ?? []
    const kept = JSON.stringify([shop.logged, ...(await everythingKept(shop))])
    expect([secret, form.code, form.form].filter((each = '') => each === '' || kept.includes(each))).toEqual(
      [],
    )
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
    await shop.restart({ adminToken: WRONG_TOKEN })
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

describe('npm run desk', () => {
  test('makes a link by way of the database, which the running shop knows', async () => {
    const shop = await aLiveShop()
    const env = {
      CODE_MODE: 'live',
      CODE_DESTINATION: '9joz92rMXnS8NuK9Y3PnukdVi1W7S9cs388CTQxxg6r6',
      DATABASE_URL: shop.databaseUrl,
      ADMIN_TOKEN: TOKEN,
    }
    const command = run('server/commands/desk.ts', '.', env)
    expect(await command.ended).toBe(0)
    const [link = ''] = /^http:.*$/m.exec(command.output()) ?? []
    await openLink(shop.browser(), link)
    expect(await shop.query('SELECT what, after FROM actions')).toEqual([
      { what: 'desk-link', after: '{"issuedBy":"npm run desk"}' },
    ])
    const [code = ''] = link.split('=').slice(-1)
    expect(JSON.stringify(await shop.query('SELECT * FROM desk_links'))).not.toContain(code)
  }, 60_000)

  test.each([
    [
      'a sandbox of this machine',
      {},
      / Restart the shop in a terminal, where it prints a link, or set ADMIN_TOKEN/,
    ],
    [
      'a sandbox that others can reach, as in a container',
      { HOST: '0.0.0.0' },
      / Set ADMIN_TOKEN and restart/,
    ],
    ['a sandbox behind a tunnel', { PUBLIC_URL: 'https://shop.example.org' }, / Set ADMIN_TOKEN and restart/],
  ])(
    'says what to do where there is no ADMIN_TOKEN, and makes nothing: %s',
    async (_what, env, todo) => {
      const shop = await aShop()
      const command = run('server/commands/desk.ts', '.', { DATABASE_URL: shop.databaseUrl, ...env })
      expect(await command.ended).toBe(1)
      expect(command.output()).toMatch(/^This shop has no desk .* ADMIN_TOKEN is not set\./)
      expect(command.output()).toMatch(todo)
      expect(await shop.query('SELECT * FROM desk_links')).toEqual([])
    },
    60_000,
  )

  test('makes no database where there is none', async () => {
    const path = join(aFolder(), 'misspelled', 'shop.db')
    const command = run('server/commands/desk.ts', '.', {
      DATABASE_URL: `sqlite:${path}`,
      ADMIN_TOKEN: TOKEN,
    })
    expect(await command.ended).toBe(1)
    expect(command.output()).toBe(
      `There is no database at ${path}. Start the shop, which creates it, or correct DATABASE_URL.\n`,
    )
    expect(existsSync(join(path, '..'))).toBe(false)
  }, 60_000)
})
