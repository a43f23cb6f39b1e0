import { describe, expect, test } from '@jest/globals'
import { aShop, codeOf, order } from '../support/shop.ts'

const DAY = 86_400_000

async function aPaidOrder() {
  const shop = await aShop()
  const offer = await order(shop.browser())
  await shop.pay(offer.id)
  return { shop, offer, link: offer.successUrl.slice(shop.url.length) }
}

describe('the wallet’s other browser', () => {
  test('is offered the redemption, and after it the code leaves the address', async () => {
    const { shop, offer, link } = await aPaidOrder()
    const phone = shop.browser()
    const page = await phone.get(link).expect(200)
    expect(page.text).toContain('<form method="post" action="/redemptions">')
    expect(page.text).toContain(`value="${codeOf(offer)}"`)
    const redeemed = await phone
      .post('/redemptions')
      .type('form')
      .send({ intent: offer.id, code: codeOf(offer) })
      .expect(303)
    expect(redeemed.headers.location).toBe(`/success/${offer.id}`)
    await phone.get(link).expect(303).expect('Location', `/success/${offer.id}`)
    expect((await phone.get('/products/article')).text).toContain('PAID-PART-OF-ARTICLE')
  })

  test('may also send JSON', async () => {
    const { shop, offer } = await aPaidOrder()
    await shop
      .browser()
      .post('/redemptions')
      .send({ intent: offer.id, code: codeOf(offer) })
      .expect(303)
  })

  test('becomes a holder of this order only', async () => {
    const shop = await aShop()
    const desk = shop.browser()
    const offer = await order(desk)
    const other = await order(desk, 'other')
    await shop.pay(offer.id)
    await shop.pay(other.id)
    const phone = shop.browser()
    await phone
      .post('/redemptions')
      .send({ intent: offer.id, code: codeOf(offer) })
      .expect(303)
    await phone.get(`/intents/${other.id}`).expect(404)
    expect((await phone.get('/products/other')).text).not.toContain('PAID-PART')
  })

  test('sees the payment come, having redeemed before it', async () => {
    const shop = await aShop()
    const offer = await order(shop.browser())
    const phone = shop.browser()
    await phone
      .post('/redemptions')
      .send({ intent: offer.id, code: codeOf(offer) })
      .expect(303)
    await phone.get(`/intents/${offer.id}`).expect(200)
    await shop.pay(offer.id)
    expect((await phone.get('/products/article')).text).toContain('PAID-PART-OF-ARTICLE')
  })

  test('four at once are three', async () => {
    const { shop, offer } = await aPaidOrder()
    const redeem = () =>
      shop
        .browser()
        .post('/redemptions')
        .send({ intent: offer.id, code: codeOf(offer) })
    const answers = await Promise.all(Array.from({ length: 4 }, redeem))
    expect(answers.map(({ status }) => status).sort()).toEqual([303, 303, 303, 410])
  })
})

describe('opening the link', () => {
  test('changes nothing: a preview of the link is no redemption', async () => {
    const { shop, link } = await aPaidOrder()
    for (let look = 0; look < 5; look++) await shop.request().get(link).expect(200)
    const phone = shop.browser()
    await phone.get(link).expect(200)
    expect((await phone.get('/products/article')).text).not.toContain('PAID-PART')
  })

  test('in the browser that ordered leads to the clean page', async () => {
    const shop = await aShop()
    const browser = shop.browser()
    const offer = await order(browser)
    await browser
      .get(offer.successUrl.slice(shop.url.length))
      .expect(303)
      .expect('Location', `/success/${offer.id}`)
  })

  test('after its day says that it has run out', async () => {
    const { shop, offer, link } = await aPaidOrder()
    shop.clock.advance(DAY)
    await shop.browser().get(link).expect(410)
    await shop
      .browser()
      .post('/redemptions')
      .send({ intent: offer.id, code: codeOf(offer) })
      .expect(410)
  })

  test.each([
    ['in capitals', (code: string) => code.toUpperCase()],
    ['with the dot of its sentence', (code: string) => `${code}.`],
    ['with a bracket and a comma', (code: string) => `${code}),`],
  ])('copied %s opens it', async (_how, copied) => {
    const { shop, offer } = await aPaidOrder()
    const phone = shop.browser()
    const code = copied(codeOf(offer))
    const { text } = await phone.get(`/success/${offer.id}?redeem=${code}`).expect(200)
    expect(text).toContain(`name="code" value="${code}"`)
    await phone.post('/redemptions').send({ intent: offer.id, code }).expect(303)
    await phone
      .get(`/success/${offer.id}?redeem=${code}`)
      .expect(303)
      .expect('Location', `/success/${offer.id}`)
  })

  test('with a letter or a digit more is another code', async () => {
    const { shop, offer } = await aPaidOrder()
    for (const more of ['0', 'f', 'x', 'é'])
      await shop
        .browser()
        .get(`/success/${offer.id}?redeem=${codeOf(offer)}${encodeURIComponent(more)}`)
        .expect(404)
  })

  test('with a code that does not fit says so, and leaves no trace of it', async () => {
    const { shop, offer } = await aPaidOrder()
    const wrong = 'f'.repeat(32)
    const { text } = await shop
      .browser()
      .get(`/success/${offer.id}?redeem=${wrong}`)
      .set('Accept', 'text/html')
      .expect(404)
    expect(text).not.toContain(wrong)
    await shop.browser().post('/redemptions').send({ intent: offer.id, code: wrong }).expect(404)
  })

  test('without a code opens nothing: an intent’s id is no secret', async () => {
    const { shop, offer } = await aPaidOrder()
    await shop.browser().get(`/success/${offer.id}`).expect(404)
    await shop.browser().get(`/intents/${offer.id}`).expect(404)
  })
})

test('codes, cookies and client secrets stand in no log and not in the database', async () => {
  const { shop, offer, link } = await aPaidOrder()
  const phone = shop.browser()
  const { headers } = await phone.get(link)
  const cookie = /buyer=([0-9a-f]{32})/.exec(String(headers['set-cookie']))?.[1] ?? ''
  await phone.post('/redemptions').send({ intent: offer.id, code: codeOf(offer) })
  await phone.get(`/success/nonsense?redeem=${codeOf(offer)}`)
  await shop.db.close()
  const { readFileSync } = await import('node:fs')
  const stored = readFileSync(shop.databaseFile, 'latin1')
  for (const secret of [codeOf(offer), cookie, offer.clientSecret]) {
    expect(secret).not.toBe('')
    expect(JSON.stringify(shop.logged)).not.toContain(secret)
    expect(stored).not.toContain(secret)
  }
})
