import { describe, expect, test } from '@jest/globals'
import { loadTexts } from '../../server/texts/index.ts'
import { signIn } from '../support/desk.ts'
import { orderOf, readFields, readPage, send, submit } from '../support/desk-forms.ts'
import { aShop, type Browser, codeOf, order } from '../support/shop.ts'

/** A laptop has bought `article`, then `other`; each link is the path that somebody opens. */
async function aLaptopWithTwo() {
  const shop = await aShop()
  const [laptop, merchant] = [shop.browser(), await signIn(shop)]
  const older = await order(laptop)
  shop.clock.advance(1_000) // ids begin with their time
  const newer = await order(laptop, 'other')
  for (const { id } of [older, newer]) await shop.pay(id)
  const [{ buyer } = {}] = await shop.query('SELECT buyer FROM orders LIMIT 1')
  const path = `/desk/buyers/${buyer}`
  return {
    shop,
    laptop,
    newer,
    /** Ends the access to the newer order, of everyone or of the buyer alone. */
    async endNewer(whose: 'everyone' | 'buyer') {
      const page = `/desk/orders/${await orderOf(shop, newer.id)}/revoke`
      const query = whose === 'buyer' ? `?buyer=${buyer}` : ''
      await submit(merchant, page + query, { reason: 'x' }).then(({ status }) => expect(status).toBe(303))
    },
    async linkForEverything() {
      const form = readFields(await readPage(merchant, path), `${path}/links`)
      return linkIn((await send(merchant, `${path}/links`, form)).text)
    },
    async linkForNewer() {
      const page = `/desk/orders/${await orderOf(shop, newer.id)}/link`
      return linkIn((await submit(merchant, page, { lost: '' })).text)
    },
  }
}

function linkIn(html: string): string {
  const [, link = ''] = /(http[^<]*\?redeem=[0-9a-f]{32})/.exec(html) ?? []
  const { pathname, search } = new URL(link)
  return pathname + search
}

/** Presses the button of the page that a link has opened. */
async function press(browser: Browser, html: string) {
  return browser.post('/redemptions').type('form').send(readFields(html, '/redemptions')).expect(303)
}

const isOpen = async (browser: Browser) =>
  (await browser.get('/products/article')).text.includes('PAID-PART-OF-ARTICLE')

describe('the merchant’s link for everything', () => {
  test('opens the rest to a browser that already has the newest order', async () => {
    const { shop, newer, linkForEverything } = await aLaptopWithTwo()
    const phone = shop.browser()
    await phone
      .post('/redemptions')
      .send({ intent: newer.id, code: codeOf(newer) })
      .expect(303)
    const link = await linkForEverything()
    const { headers } = await press(phone, (await phone.get(link).expect(200)).text)
    expect(headers.location).toBe('/purchases')
    expect(await isOpen(phone)).toBe(true)
    await phone.get(link).expect(303) // nothing is left to open
  })

  test.each(['everyone', 'buyer'] as const)(
    'still opens the rest after the access to the order in its address has ended for %s',
    async (whose) => {
      const { shop, endNewer, linkForEverything } = await aLaptopWithTwo()
      const link = await linkForEverything()
      await endNewer(whose)
      const phone = shop.browser()
      const { headers } = await press(phone, (await phone.get(link).expect(200)).text)
      expect(headers.location).toBe('/purchases')
      const { headers: again } = await phone.get(link).expect(303)
      expect(again.location).toBe(whose === 'buyer' ? '/purchases' : link.replace(/\?.*/, ''))
      expect(await isOpen(phone)).toBe(true)
      expect((await phone.get('/products/other')).text).not.toContain('PAID-PART')
      await shop.browser().get(link).expect(410)
    },
  )

  test('leads those who would get nothing more from it to what they have', async () => {
    const { shop, laptop, newer, linkForEverything } = await aLaptopWithTwo()
    const phone = shop.browser()
    await phone.post('/redemptions').send({ intent: newer.id, code: codeOf(newer) })
    const link = await linkForEverything()
    await laptop.get(link).expect(303).expect('Location', link.replace(/\?.*/, ''))
    shop.clock.advance(86_400_000)
    await phone.get(link).expect(303) // the link has ended
    await phone.get(link.replace(/=.*/, '=none')).expect(303)
  })
})

test('a link to what the merchant has ended says so, and not that it has expired', async () => {
  const { shop, newer, endNewer, linkForNewer } = await aLaptopWithTwo()
  const links = [newer.successUrl.slice(shop.url.length), await linkForNewer()]
  await endNewer('everyone')
  for (const link of links) {
    const { text } = await shop.browser().get(link).set('Accept', 'text/html').expect(410)
    expect(text).toContain('The merchant has ended this access')
    expect(text).toContain('The merchant has ended the access that this link would give.')
    expect(text).not.toMatch(/has expired|ask the merchant for a new link/)
    const [intent, code] = link.replace('/success/', '').split('?redeem=')
    const { body } = await shop.browser().post('/redemptions').send({ intent, code }).expect(410)
    expect(body.type).toBe('/problems/access-ended')
  }
})

describe.each(['en', 'de', 'es', 'ar'] as const)('in the language %s, the page of', (code) => {
  const read = async (browser: Browser, link: string) =>
    (await browser.get(link).set('Accept-Language', code).expect(200)).text
  const escaped = (text: string) => text.replaceAll("'", '&#39;')

  test('a link says who made it, what it opens, and for how long', async () => {
    const { shop, newer, linkForNewer, linkForEverything } = await aLaptopWithTwo()
    const { redeem } = await loadTexts(code)
    for (const [link, words] of [
      [newer.successUrl.slice(shop.url.length), redeem.wallet],
      [await linkForNewer(), redeem.order],
      [await linkForEverything(), redeem.everything],
    ] as const) {
      const page = await read(shop.browser(), link)
      for (const text of Object.values(words)) expect(page).toContain(escaped(text))
    }
    expect(redeem.order).not.toEqual(redeem.wallet)
    expect(redeem.everything.why).not.toBe(redeem.order.why)
  })
})
