import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { reportGone } from '../../server/desk/index.ts'
import { loadTexts } from '../../server/texts/index.ts'
import { DAY_MS } from '../../server/time.ts'
import { aCatalogWithPasses } from '../support/passes.ts'
import { aShop, order } from '../support/shop.ts'
import { aFolder } from '../support/workplace.ts'

/** A shop with a buyer who has ordered tea, and paid, before the file of tea is taken away, or gets a fault. */
async function aBuyerOfTea({ spoil = (file: string) => rmSync(file), isPaid = true } = {}) {
  const catalogFolder = aFolder()
  const file = join(catalogFolder, 'tea.md')
  writeFileSync(
    file,
    '---\ntitle: Fine tea\nprice: 1 usd\nkind: article\nsummary: S.\n---\nA.\n\n<!-- more -->\n\nFOR-BUYERS\n',
  )
  const shop = await aShop({ catalogFolder })
  const buyer = shop.browser()
  const { id } = await order(buyer, 'tea')
  if (isPaid) await shop.pay(id)
  spoil(file)
  await shop.restart() // a running shop goes on with what it has read of a file that gets a fault
  return { shop, buyer, receipt: `/success/${id}` }
}

describe.each(['en', 'de', 'es', 'ar'] as const)(
  'in the language %s, a purchase that the shop doesn’t have any more',
  (code) => {
    test.each([
      ['is gone', (file: string) => rmSync(file)],
      ['has a fault', (file: string) => writeFileSync(file, '---\nprice: 0\n---\n')],
    ])('as its file %s, says what to do and leads nowhere', async (_what, spoil) => {
      const { buyer, receipt } = await aBuyerOfTea({ spoil })
      const { success, purchases } = await loadTexts(code)
      const read = async (path: string) =>
        (await buyer.get(path).set('Accept-Language', code).expect(200)).text
      const paid = await read(receipt)
      const { before, after } = success.missing
      expect(paid).toContain(`${before}<strong lang="" dir="auto">Fine tea</strong>${after}`)
      const list = await read('/purchases')
      expect(list).toContain(purchases.missing)
      expect(list).toContain('Fine tea')
      for (const page of [paid, list]) expect(page).not.toContain('href="/products/tea"')
    })
  },
)

describe('the address of a product whose file is gone', () => {
  test('tells its buyers that it is theirs, and everybody else that there is none', async () => {
    const { shop, buyer } = await aBuyerOfTea()
    const [stranger, other] = [shop.browser(), shop.browser()]
    await other.post('/create-intent').send({ product: 'tea' }).expect(404)
    for (const path of ['/products/tea', '/products/tea/file']) {
      const { body } = await buyer.get(path).expect(503)
      expect(body.explanation).toMatch(/If you have paid for it, it’s yours/)
      for (const browser of [stranger, other]) await browser.get(path).expect(404)
    }
    for (const slug of ['tea%00', 'Tea', 'a'.repeat(5_000)]) await buyer.get(`/products/${slug}`).expect(404)
  })

  test('says the same to everybody if the file is there, but has an error', async () => {
    const { shop, buyer } = await aBuyerOfTea({
      spoil: (file) => writeFileSync(file, '---\nprice: 0\n---\n'),
    })
    for (const browser of [buyer, shop.browser()])
      for (const path of ['/products/tea', '/products/tea/file', '/products/tea/pictures/a.webp']) {
        const { body } = await browser.get(path).expect(503)
        expect(body.detail).toBe('The file of tea has an error')
      }
  })

  test('isn’t linked to before the payment has come', async () => {
    const { shop, buyer } = await aBuyerOfTea({ isPaid: false })
    const [{ id } = {}] = await shop.query('SELECT id FROM orders')
    const { text } = await buyer.get(`/success/${id}`).expect(200)
    expect(text).toContain('Confirming your payment')
    expect(text).not.toContain('href="/products/tea"')
  })
})

test('what a pass has opened stays open after the pass’s own file is gone', async () => {
  const catalogFolder = aCatalogWithPasses()
  const shop = await aShop({ catalogFolder })
  const buyer = shop.browser()
  await shop.pay((await order(buyer, 'bread-pass')).id)
  const open = (await buyer.get('/products/rye').expect(200)).text
  expect(open).toContain('href="/products/bread-pass"')
  rmSync(join(catalogFolder, 'bread-pass.md'))
  const { text } = await buyer.get('/products/rye').expect(200)
  expect(text).not.toContain('href="/products/bread-pass"')
  expect(text).toContain('PAID-PART-OF-RYE')
  expect(text).toContain('Bread for a month')
})

test('a pass or calls whose own file is gone are still their buyers’, and the merchant is alerted', async () => {
  const catalogFolder = aCatalogWithPasses()
  writeFileSync(
    join(catalogFolder, 'calls.md'),
    '---\ntitle: Calls\nprice: 1 usd\nkind: api\nendpoint: search\ncalls: 3\nsummary: S.\n---\nText.\n',
  )
  const shop = await aShop({ catalogFolder })
  const [buyer, stranger] = [shop.browser(), shop.browser()]
  const gone = ['bread-pass', 'calls']
  for (const slug of gone) await shop.pay((await order(buyer, slug)).id)
  for (const slug of gone) rmSync(join(catalogFolder, `${slug}.md`))
  for (const slug of gone) {
    const { body } = await buyer.get(`/products/${slug}`).expect(503)
    expect(body.explanation).toMatch(/If you have paid for it, it’s yours/)
    await stranger.get(`/products/${slug}`).expect(404)
  }
  const { text } = await buyer.get('/purchases').expect(200)
  expect(text.match(/Its page isn’t available at the moment\. Your purchase still counts/g)).toHaveLength(2)
  await shop.shop.gone.looking
  expect(shop.shop.gone.holders).toEqual(new Map(gone.map((slug) => [slug, 1])))
  for (const slug of gone)
    expect(shop.logged).toContainEqual(
      expect.objectContaining({ alert: true, msg: expect.stringContaining(`${slug} is no longer in`) }),
    )
  shop.clock.advance(400 * DAY_MS) // the pass ends
  await reportGone(shop.shop)
  expect(shop.shop.gone.holders).toEqual(
    new Map([
      ['bread-pass', 0],
      ['calls', 1],
    ]),
  )
})
