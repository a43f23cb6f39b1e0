import { Common, GetStatusResponse } from '@code-wallet/rpc'
import { expect, test } from '@jest/globals'
import { aSequencerKey, claimsOf, signed } from '../../scripts/support/tokens.ts'
import { isPaid } from '../support/database.ts'
import { onSqliteAndPostgres } from '../support/engines.ts'
import { onCall } from '../support/faults.ts'
import {
  anOldDatabase,
  buyerNamed,
  nameOf,
  type OldOrder,
  type OldPages,
  old,
  orderNamed,
} from '../support/schema-4.ts'
import { aShop, codeOf, type TestShop } from '../support/shop.ts'

const HALF_A_MINUTE = 30_000
const key = aSequencerKey()
const unpaid = Object.entries(old.orders).filter(([, order]) => !order.isPaid)

onSqliteAndPostgres((engine) => {
  /** A shop of today, started on the old database at the instant at which the old one was stopped. */
  async function anUpgradedShop(): Promise<TestShop> {
    const shop = await aShop({ config: { databaseUrl: await anOldDatabase(engine) }, engine })
    await shop.restart({ publicKeys: [shop.sandbox.publicKey, old.publicKey, key.publicKey] })
    expect(shop.clock.now()).toBe(old.stoppedAt)
    return shop
  }

  test('addresses and receipts from before the upgrade go on working, for their buyers alone', async () => {
    const shop = await anUpgradedShop()
    for (const [name, pages] of Object.entries(old.shown))
      expect({ [name]: await shownTo(shop, name) }).toEqual({ [name]: pages })
    for (const { intent } of Object.values(old.orders))
      await visit(shop, 'kim', `/success/${intent}`).expect(
        intent === orderNamed('hours-old').intent ? 200 : 404,
      )
  })

  test('an order from before is paid by a webhook that comes after the upgrade', async () => {
    const shop = await anUpgradedShop()
    for (const [name, order] of unpaid) {
      await deliver(shop, signed(claims(order), key.privateKey))
      const { body } = await visit(shop, order.buyer, `/intents/${order.intent}`).expect(200)
      expect({ [name]: body.state }).toEqual({ [name]: 'paid' })
      await visit(shop, order.buyer, `/success/${order.intent}`).expect(200)
    }
    expect((await visit(shop, 'eve', '/products/article')).text).toContain('PAID-PART-OF-ARTICLE')
    await visit(shop, 'lea', '/products/download/file').expect(200) // redeemed before the upgrade
  })

  test('an order from before is found paid by asking, where nothing spoke against that', async () => {
    const shop = await anUpgradedShop()
    shop.disturb(onCall('getStatus', saySubmitted, shop.sequencerUrl))
    shop.clock.advance(2 * 3_600_000)
    await shop.pollDue()
    expect(await paidOf(shop)).toEqual([
      'unpaid-poster',
      'redeemed-unpaid',
      'hours-old',
      'fresh',
      'fresh-download',
    ])
    await visit(shop, 'ada', `/success/${orderNamed('forgotten').intent}`).expect(200) // which asks
    expect(await paidOf(shop)).toContain('forgotten')
    expect((await visit(shop, 'ada', '/products/article')).text).toContain('PAID-PART-OF-ARTICLE')
  })

  test('an offer of the last hour is made again, and paid once', async () => {
    const shop = await anUpgradedShop()
    const { intent, hundredths } = orderNamed('stored-only')
    const { body: offer } = await shop
      .request()
      .post('/create-intent')
      .set('Cookie', cookieOf('mo'))
      .send({ product: 'article' })
      .expect(200)
    expect(offer).toMatchObject({ id: intent, amount: hundredths })
    await shop.approve(intent)
    shop.clock.advance(HALF_A_MINUTE)
    await shop.pollDue()
    expect((await visit(shop, 'mo', '/products/article')).text).toContain('PAID-PART-OF-ARTICLE')
    await shop.sandbox.deliverDue()
    expect(await paidOf(shop)).toEqual(['stored-only'])

    const phone = shop.browser()
    await phone
      .post('/redemptions')
      .send({ intent, code: codeOf(offer) })
      .expect(303)
    expect((await phone.get('/products/article')).text).toContain('PAID-PART-OF-ARTICLE')
  })

  test('a wallet’s link from before opens the order in another browser', async () => {
    const shop = await anUpgradedShop()
    const { intent, codes } = orderNamed('yesterday')
    const [code = ''] = Object.keys(codes)
    const phone = shop.browser()
    expect((await phone.get(`/success/${intent}?redeem=${code}`).expect(200)).text).toContain(code)
    await phone.post('/redemptions').type('form').send({ intent, code }).expect(303)
    await phone.get(`/intents/${intent}`).expect(200)
    await phone.get('/products/download/file').expect(200)
    await visit(shop, 'lea', `/success/${orderNamed('spent').intent}?redeem=${code}`).expect(404)
  })

  test('an event from before that is delivered again changes nothing', async () => {
    const shop = await anUpgradedShop()
    const kept = await shop.query('SELECT jws FROM events ORDER BY digest')
    const rights = await shop.query('SELECT COUNT(*) AS rights FROM entitlements')
    for (const { jws } of kept) await deliver(shop, String(jws))
    expect(await paidOf(shop)).toEqual([])
    expect(await shop.query('SELECT COUNT(*) AS rights FROM entitlements')).toEqual(rights)
    expect(await shop.query('SELECT jws FROM events ORDER BY digest')).toEqual(kept)
  })
})

const cookieOf = (name: string) => `buyer=${buyerNamed(name).cookie}`

function visit(shop: TestShop, name: string, path: string) {
  return shop.request().get(path).set('Cookie', cookieOf(name))
}

async function deliver(shop: TestShop, token: string): Promise<void> {
  await shop.request().post('/webhook').type('application/jwt').send(token).expect(200)
}

function claims({ intent, hundredths, currency }: OldOrder): object {
  return claimsOf({ id: intent, amount: hundredths, currency, destination: old.destination })
}

/** Code says of every intent that it was paid. */
function saySubmitted({ res }: { res: { end(answer: Buffer): unknown } }): void {
  const body = new GetStatusResponse({ exists: true, intentSubmitted: true }).toBinary()
  res.end(Buffer.from(new Common.Response({ result: Common.Response_Result.OK, body }).toBinary()))
}

/** Which of the orders that were unpaid before are paid now. */
async function paidOf(shop: TestShop): Promise<string[]> {
  const names: string[] = []
  for (const [name, { intent }] of unpaid) if (await isPaid(shop.db, intent)) names.push(name)
  return names
}

/** What a buyer of before is shown now, in the form in which it was kept then. */
async function shownTo(shop: TestShop, name: string): Promise<OldPages> {
  const pages: OldPages = { intents: {}, successPages: {}, productPages: {}, purchases: [] }
  for (const [order, { intent, product }] of Object.entries(old.orders)) {
    const { status, body } = await visit(shop, name, `/intents/${intent}`)
    if (status === 404) continue
    const { text } = await visit(shop, name, `/success/${intent}`).expect(200)
    const showsGoods = text.includes('PAID-PART') || text.includes(`/products/${product}/file`)
    pages.intents[order] = body
    pages.successPages[order] = { receipt: receiptOn(text), showsGoods }
  }
  for (const product of ['article', 'download', 'other']) {
    const { text } = await visit(shop, name, `/products/${product}`).expect(200)
    const { status: file } = await visit(shop, name, `/products/${product}/file`)
    pages.productPages[product] = { receipt: receiptOn(text), showsGoods: text.includes('PAID-PART'), file }
  }
  const { text } = await visit(shop, name, '/purchases').expect(200)
  pages.purchases = [...text.matchAll(/\/success\/(\w+)/g)].map(([, id]) => nameOf(id) ?? '')
  return pages
}

/** The order whose intent a page's receipt names. */
function receiptOn(html: string): string | null {
  const [receipt = ''] = /<section class="receipt"[\s\S]*?<\/section>/.exec(html) ?? []
  return Object.keys(old.orders).find((name) => receipt.includes(orderNamed(name).intent)) ?? null
}
