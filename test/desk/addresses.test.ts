import { expect, test } from '@jest/globals'
import { HTML, signIn, TOKEN } from '../support/desk.ts'
import { readFields } from '../support/desk-forms.ts'
import { aCatalogWithADonation } from '../support/donation.ts'
import { type Engine, onSqliteAndPostgres } from '../support/engines.ts'
import { aMovingShop } from '../support/moving-shop.ts'
import { type Browser, order, type TestShop } from '../support/shop.ts'

// Without https, so that the test's browsers send their cookies
const [OLD, NEW] = ['http://first-words.trycloudflare.com', 'http://other-words.trycloudflare.com']
const HOUR = 3_600_000

type Wanted = { product: string; hundredths?: number }

/** Orders as a browser does that knows the shop by a public URL. */
async function orderAt(
  shop: TestShop,
  url: string,
  wanted: Wanted = { product: 'article' },
): Promise<string> {
  const page = await shop.request().get(`/products/${wanted.product}`)
  const [cookie = ''] = page.headers['set-cookie'] ?? []
  const { body } = await shop
    .request()
    .post('/create-intent')
    .set({ Cookie: cookie, Origin: url })
    .send(wanted)
    .expect(200)
  return body.id
}

/** A shop with an order that was paid at the old address, one that is still open there, and one at the new address. */
async function aShopThatMoved(engine?: Engine) {
  const shop = await aMovingShop({ config: { mode: 'live', adminToken: TOKEN }, ...(engine && { engine }) })
  shop.move(OLD)
  const paid = await orderAt(shop, OLD)
  await shop.approve(paid)
  shop.clock.advance(30_000)
  await shop.pollDue() // Code's webhook doesn't reach this address
  const open = await orderAt(shop, OLD)
  shop.move(NEW)
  const latest = await orderAt(shop, NEW)
  const orders = await shop.query('SELECT id, order_id FROM intents')
  const orderOf = (intent: string) => String(orders.find(({ id }) => id === intent)?.order_id)
  return { shop, paid: orderOf(paid), open: orderOf(open), latest: orderOf(latest), openIntent: open }
}

const pageOf = async (merchant: Browser, path: string) =>
  (await merchant.get(path).set(HTML).expect(200)).text

onSqliteAndPostgres((engine) => {
  test('orders of an earlier address are listed, those that were paid with a link for the buyer', async () => {
    const { shop, paid, open, latest } = await aShopThatMoved(engine)
    const merchant = await signIn(shop)
    const html = await pageOf(merchant, '/desk/addresses')
    const [, ofPaid = '', ofOpen = ''] = html.split('<h2 ')
    expect(ofPaid).toContain(`href="/desk/orders/${paid}/link"`)
    expect(ofPaid).toContain('<code>first-words.trycloudflare.com</code>')
    expect(ofOpen).toContain(`href="/desk/orders/${open}"`)
    expect(html).not.toContain(latest)
    expect(ofPaid).not.toContain(open)

    const form = readFields(await pageOf(merchant, `/desk/orders/${paid}/link`), `/desk/orders/${paid}/link`)
    const issued = await merchant
      .post(`/desk/orders/${paid}/link`)
      .type('form')
      .send({ ...form, lost: '' })
      .expect(200)
    expect(issued.text).toContain(`${NEW}/success/${paid}?redeem=`)
    expect(await pageOf(merchant, '/desk/addresses')).toContain('Issue another link')
  })

  test('a link to everything of a buyer is one for each order that they had paid by then', async () => {
    const { shop, paid } = await aShopThatMoved(engine)
    const merchant = await signIn(shop)
    const [{ buyer } = {}] = await shop.query(`SELECT buyer FROM orders WHERE id = '${paid}'`)
    const [page, links] = [`/desk/buyers/${buyer}`, `/desk/buyers/${buyer}/links`]
    const fields = readFields(await pageOf(merchant, page), links)
    await merchant.post(links).type('form').send(fields).expect(200)
    expect(await pageOf(merchant, '/desk/addresses')).toContain('Issue another link')
    expect(await pageOf(merchant, '/desk')).not.toContain('Buyers have paid at an address')
    await shop.query('UPDATE redemptions SET created_at = created_at - 31000 WHERE buyer IS NOT NULL')
    expect(await pageOf(merchant, '/desk/addresses')).not.toContain('Issue another link')
  })

  test('an order that is offered again at another address stays one of the first, where Code sends its webhook', async () => {
    const shop = await aMovingShop({ engine, config: { mode: 'live' } })
    const browser = shop.browser()
    const [first, other] = ['http://127.0.0.1:4401', 'http://127.0.0.1:4402'] // the sandbox registers no others
    shop.move(first)
    const { id } = await order(browser, 'article')
    shop.move(other)
    expect(await order(browser, 'article')).toMatchObject({ id })
    expect(await shop.query('SELECT webhook_url, registration FROM intents')).toEqual([
      { webhook_url: `${first}/webhook`, registration: 'already_registered' },
    ])
  })

  test('orders of an earlier address are polled at once when it changes, and then on their schedule', async () => {
    const { shop, openIntent } = await aShopThatMoved(engine)
    const nextPoll = async () =>
      Number(
        (await shop.query(`SELECT next_check_at FROM intents WHERE id = '${openIntent}'`))[0]?.next_check_at,
      )
    expect(await nextPoll()).toBeGreaterThan(shop.clock.now())
    await shop.approve(openIntent)
    shop.clock.advance(2_000)
    await shop.pollDue()
    expect(await shop.query(`SELECT proof FROM payments WHERE intent = '${openIntent}'`)).toEqual([
      { proof: 'status' },
    ])
    expect(shop.logged).toContainEqual(expect.objectContaining({ moved: 1, webhookUrl: `${NEW}/webhook` }))
    shop.clock.advance(HOUR)
    await shop.pollDue()
    expect(shop.logged.filter(({ moved }) => moved !== undefined)).toHaveLength(1)
  })
})

test('the overview says that a temporary address is for trying, and who was left behind', async () => {
  const { shop } = await aShopThatMoved()
  const merchant = await signIn(shop)
  const html = await pageOf(merchant, '/desk')
  expect(html).toContain('The shop is at a temporary address, which is for trying and not for selling')
  expect(html).toContain('Buyers have paid at an address that the shop doesn’t have any more')
  shop.move(OLD)
  expect(await pageOf(merchant, '/desk')).not.toContain('Buyers have paid at an address')
  shop.move('http://shop.example.org')
  expect(await pageOf(merchant, '/desk')).not.toContain('temporary address')
})

test('a donation at an earlier address is listed, but nobody waits for what it opens', async () => {
  const catalogFolder = aCatalogWithADonation()
  const shop = await aMovingShop({ catalogFolder, config: { mode: 'live', adminToken: TOKEN } })
  shop.move(OLD)
  await shop.approve(await orderAt(shop, OLD, { product: 'tea', hundredths: 500 }))
  shop.clock.advance(30_000)
  await shop.pollDue()
  shop.move(NEW)
  const merchant = await signIn(shop)
  expect(await pageOf(merchant, '/desk/addresses')).toContain('Issue a link')
  expect(await pageOf(merchant, '/desk')).not.toContain('Buyers have paid at an address')
})

test('a shop with the sandbox in it says that it can’t tell addresses apart, before and after a move', async () => {
  const shop = await aMovingShop({
    config: { embeddedSandbox: true, adminToken: TOKEN, webhookUrl: () => 'http://127.0.0.1:3030/webhook' },
  })
  const merchant = await signIn(shop)
  for (const url of [OLD, NEW]) {
    shop.move(url)
    const html = await pageOf(merchant, '/desk/addresses')
    expect(html).toContain('In sandbox mode, the shop can’t tell at which address an order was placed')
    expect(html).not.toMatch(/Nobody has paid|No open order|strangers here/)
  }
})

test('without orders of another address, the list says so', async () => {
  const shop = await aMovingShop({ config: { mode: 'live', adminToken: TOKEN } })
  const html = await pageOf(await signIn(shop), '/desk/addresses')
  expect(html).toContain('Nobody has paid at another address')
  expect(html).toContain('No open order belongs to another address')
})
