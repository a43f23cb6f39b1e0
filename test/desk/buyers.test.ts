import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { CALLS_FILE } from '../support/call-story.ts'
import { signIn } from '../support/desk.ts'
import { isInvalid, readFields } from '../support/desk-forms.ts'
import { aCatalogWithPasses } from '../support/passes.ts'
import { aShop, type Browser, codeOf, order } from '../support/shop.ts'
import { aFolder } from '../support/workplace.ts'

async function read(browser: Browser, path: string, status = 200): Promise<string> {
  const { text } = await browser.get(path).set('Accept', 'text/html').expect(status)
  return text
}

/** A shop with a merchant at its desk, and a buyer who has paid for the article, in two browsers. */
async function aDesk() {
  const shop = await aShop()
  const [browser, other] = [shop.browser(), shop.browser()]
  const offer = await order(browser)
  await shop.pay(offer.id)
  await other
    .post('/redemptions')
    .send({ intent: offer.id, code: codeOf(offer) })
    .expect(303)
  const [found] = await shop.query('SELECT buyer FROM orders')
  const path = `/desk/buyers/${found?.buyer}`
  return { shop, merchant: await signIn(shop), browser, other, offer, path }
}

type Desk = Pick<Awaited<ReturnType<typeof aDesk>>, 'merchant' | 'path'>

/** The address of the page that signs out the buyer's first browser. */
async function signOutPage({ merchant, path }: Desk): Promise<string> {
  const [, href = ''] = /href="([^"]*sign-out\?browser=[^"]*)"/.exec(await read(merchant, path)) ?? []
  return href
}

async function signOutForm(desk: Desk): Promise<Record<string, string>> {
  return readFields(await read(desk.merchant, await signOutPage(desk)), `${desk.path}/sign-out`)
}

const isOpen = async (browser: Browser) =>
  (await browser.get('/products/article')).text.includes('PAID-PART-OF-ARTICLE')

describe('the buyers', () => {
  test('are found by the beginning of an id, however it was typed', async () => {
    const { merchant, path } = await aDesk()
    const id = path.split('/').at(-1) ?? ''
    expect(await read(merchant, '/desk/buyers')).toContain(path)
    const typed = encodeURIComponent(` ${id.slice(0, 20).toUpperCase()} `)
    expect(await read(merchant, `/desk/buyers?id=${typed}`)).toContain(path)
    expect(await read(merchant, '/desk/buyers?id=ffff')).toContain('No buyer’s id begins with ffff')
  })

  test('don’t exist before the first order, and the page says so', async () => {
    const shop = await aShop()
    expect(await read(await signIn(shop), '/desk/buyers')).toContain('class="empty"')
  })

  test('are listed in parts', async () => {
    const shop = await aShop()
    const merchant = await signIn(shop)
    for (let number = 10; number <= 60; number++)
      await shop.query(`INSERT INTO buyers VALUES ('0000000000${number}-a', ${number})`)
    const [, older = ''] = /href="([^"]*before[^"]*)"/.exec(await read(merchant, '/desk/buyers?id=00')) ?? []
    const rest = await read(merchant, older.replaceAll('&amp;', '&'))
    expect(rest.match(/000000000010-a/g)?.length).toBeGreaterThan(0)
    expect(rest).not.toContain('000000000011-a')
  })

  test('are asked for again, with what was typed, if that is no part of an id', async () => {
    const { merchant } = await aDesk()
    const page = await read(merchant, '/desk/buyers?id=zz%3Czz', 400)
    expect(isInvalid(page, 'id')).toBe(true)
    expect(page).toContain('value="zz&lt;zz"')
    expect(page).toContain('A buyer’s id has hexadecimal digits and hyphens only.')
    const { body } = await merchant.get('/desk/buyers?id=zzzz').set('Accept', 'application/json').expect(400)
    expect(body.type).toBe('/problems/request-invalid')
  })

  test('are told apart by the titles of their pages', async () => {
    const desk = await aDesk()
    const { merchant, path } = desk
    const id = path.split('/').at(-1) ?? ''
    expect(await read(merchant, path)).toContain(`<title>Buyer ${id.slice(0, 21)} · Desk</title>`)
    expect(await read(merchant, await signOutPage(desk))).toMatch(
      /<title>Sign out browser [0-9a-f]{8} · Desk</,
    )
  })

  test('aren’t searched for by what is no part of an id', async () => {
    const { merchant } = await aDesk()
    for (const query of ['id=%25', "id='", `id=${'a'.repeat(81)}`, 'id=a&id=b', 'before=~', 'name=x'])
      await merchant.get(`/desk/buyers?${query}`).expect(400)
    for (const id of ['0'.repeat(49), 'x', '%00', 'a'.repeat(9_000)])
      await merchant.get(`/desk/buyers/${id}`).expect(404)
  })
})

describe('one buyer', () => {
  test('is shown with orders, browsers and rights', async () => {
    const { shop, merchant, path } = await aDesk()
    const [found] = await shop.query('SELECT id FROM orders')
    const html = await read(merchant, path)
    expect(html).toContain(`/desk/orders/${found?.id}`)
    expect(html).toContain('$0.25')
    expect(html).toContain('Product article')
    expect(html).toContain('no end')
    expect(html).toMatch(/sign-out\?browser=[0-9a-f]{64}/)
  })

  test('is shown with passes that have ended, or are yet to begin, as such', async () => {
    const shop = await aShop({ catalogFolder: aCatalogWithPasses() })
    const browser = shop.browser()
    for (const product of ['bread-week', 'bread-pass']) {
      await shop.pay((await order(browser, product)).id)
      shop.clock.advance(1_000) // ids, by which rights are ordered, begin with the time
    }
    const [{ buyer } = {}] = await shop.query('SELECT buyer FROM orders')
    const badges = async () => {
      const html = await read(await signIn(shop), `/desk/buyers/${buyer}`)
      return [...html.matchAll(/Everything with #bread(?: <span class="badge">([^<]*))?/g)].map(
        ([, badge]) => badge,
      )
    }
    expect(await badges()).toEqual([undefined, 'not begun'])
    shop.clock.advance(8 * 86_400_000)
    expect(await badges()).toEqual(['ended', undefined])
  })

  test('gets a link for everything, unless there is nothing to open', async () => {
    const { shop, merchant, path } = await aDesk()
    const page = await read(merchant, path)
    const answer = await merchant
      .post(`${path}/links`)
      .type('form')
      .set('Accept', 'text/html')
      .send(readFields(page, `${path}/links`))
      .expect(200)
    const [, link = ''] = /(http[^<]*\?redeem=[0-9a-f]{32})/.exec(answer.text) ?? []
    const { pathname, searchParams } = new URL(link)
    const browser = shop.browser()
    const redemption = { intent: pathname.split('/').at(-1), code: searchParams.get('redeem') }
    await browser.post('/redemptions').send(redemption).expect(303)
    expect(await isOpen(browser)).toBe(true)
    expect(await read(merchant, path)).toContain('A link was issued')
    await shop.query('DELETE FROM entitlements')
    await shop.query('DELETE FROM payments')
    expect(await read(merchant, path)).not.toContain('Issue a link')
  })

  test('who redeemed holds what another has ordered', async () => {
    const { shop, merchant } = await aDesk()
    const [found] = await shop.query(`SELECT buyer FROM holders WHERE acquired_by = 'redeemed'`)
    expect(await read(merchant, `/desk/buyers/${found?.buyer}`)).toContain('redeeming a wallet’s link')
  })
})

describe('signing a browser out', () => {
  test('says what is lost, then makes that browser a stranger and no other', async () => {
    const desk = await aDesk()
    const { merchant, browser, other, path } = desk
    const page = await read(merchant, await signOutPage(desk))
    expect(page).toContain('the only browser of this buyer')
    const fields = { ...readFields(page, `${path}/sign-out`), reason: 'Sold with the phone' }
    const answer = await merchant.post(`${path}/sign-out`).type('form').send(fields).expect(303)
    expect(await isOpen(browser)).toBe(false)
    expect(await isOpen(other)).toBe(true)
    const html = await read(merchant, String(answer.headers.location))
    expect(html).toContain('The browser is signed out')
    expect(html).toContain('Sold with the phone')
    expect(html).toContain('No browser is this buyer any more')
    expect(await read(merchant, '/desk/audit-log')).toContain('Signed out a buyer’s browser')
  })

  test('ends its API key, which the buyer’s page shows, and the link that its history has', async () => {
    const catalogFolder = aFolder()
    writeFileSync(join(catalogFolder, 'calls.md'), CALLS_FILE)
    const shop = await aShop({ catalogFolder })
    const [browser, thief] = [shop.browser(), shop.browser()]
    const offer = await order(browser, 'calls')
    await shop.pay(offer.id)
    const { body } = await browser.post('/api-keys').send({ endpoint: 'search' }).expect(201)
    const call = () => shop.request().get('/api/search?q=bread').set('Authorization', `Bearer ${body.key}`)
    await call().expect(200)
    const [found] = await shop.query('SELECT buyer FROM orders')
    const desk = { merchant: await signIn(shop), path: `/desk/buyers/${found?.buyer}` }
    expect(await read(desk.merchant, desk.path)).toContain('API keys of this buyer: /api/search.')
    await desk.merchant
      .post(`${desk.path}/sign-out`)
      .type('form')
      .send({ ...(await signOutForm(desk)), reason: 'Stolen' })
      .expect(303)
    expect(await read(desk.merchant, desk.path)).not.toContain('with a key')
    await call().expect(401)
    const { text } = await thief
      .post('/redemptions')
      .send({ intent: offer.id, code: codeOf(offer) })
      .expect(410)
    expect(text).toContain('was ended by the merchant')
  })

  test('in two tabs at once: one wins, and the other is told', async () => {
    const desk = await aDesk()
    const send = async (form: Record<string, string>) =>
      desk.merchant
        .post(`${desk.path}/sign-out`)
        .type('form')
        .send({ ...form, reason: 'x' })
    const forms = [await signOutForm(desk), await signOutForm(desk)]
    const answers = await Promise.all(forms.map(send))
    expect(answers.map(({ status }) => status).sort()).toEqual([303, 404])
    expect(await desk.shop.query(`SELECT id FROM actions WHERE what = 'browser-signed-out'`)).toHaveLength(1)
  })

  test('is refused by the page of another buyer, with another form, or twice', async () => {
    const desk = await aDesk()
    const { shop, merchant, path, browser } = desk
    const [found] = await shop.query(`SELECT buyer FROM holders WHERE acquired_by = 'redeemed'`)
    const fields = { ...(await signOutForm(desk)), reason: 'x' }
    const send = (to: string, changed: object = {}) =>
      merchant
        .post(`${to}/sign-out`)
        .type('form')
        .send({ ...fields, ...changed })
    await send(`/desk/buyers/${found?.buyer}`).expect(400)
    await send(path, { browser: 'a'.repeat(64) }).expect(400)
    await send(path, { browser: 'x' }).expect(400)
    const { text } = await send(path, { reason: ' ' }).expect(422)
    expect(isInvalid(text, 'reason')).toBe(true)
    await send(path, { reason: 'x'.repeat(1_001) }).expect(400)
    expect(await isOpen(browser)).toBe(true)
    await send(path).expect(303)
    await send(path).expect(409)
  })

  test('is not for buyers or strangers, nor from another site', async () => {
    const desk = await aDesk()
    const { shop, merchant, path, browser } = desk
    const fields = { ...(await signOutForm(desk)), reason: 'x' }
    for (const one of [browser, shop.browser()]) {
      await one.get(path).expect(401)
      await one.post(`${path}/sign-out`).type('form').send(fields).expect(401)
    }
    await merchant
      .post(`${path}/sign-out`)
      .set('Sec-Fetch-Site', 'cross-site')
      .type('form')
      .send(fields)
      .expect(403)
    expect(await isOpen(browser)).toBe(true)
  })
})
