import { renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { signIn } from '../support/desk.ts'
import { orderOf, submit } from '../support/desk-forms.ts'
import { aCatalogWithADonation } from '../support/donation.ts'
import { aShop, order } from '../support/shop.ts'
import { until } from '../support/until.ts'
import { aFolder } from '../support/workplace.ts'

function aCatalogue() {
  const folder = aFolder()
  const write = (slug: string, fields = '') =>
    writeFileSync(
      join(folder, `${slug}.md`),
      `---\ntitle: Title of ${slug}\nprice: 0.25 usd\nkind: article\nsummary: A text.\n${fields}\n---\nBefore.\n\n<!-- more -->\n\nPAID-PART-OF-${slug}\n`,
    )
  return { catalogFolder: folder, write }
}

const slugsOn = (html: string) => [...html.matchAll(/href="\/products\/([\w-]+)"/g)].map(([, slug]) => slug)

/** Everywhere that strangers look for products. */
async function findsEverywhere(
  browser: ReturnType<Awaited<ReturnType<typeof aShop>>['browser']>,
  slug: string,
) {
  const texts = await Promise.all(
    ['/', '/products.json', '/sitemap.xml', '/feed.atom'].map(async (path) => (await browser.get(path)).text),
  )
  return texts.map((text) => text.includes(slug))
}

describe('a product that was withdrawn', () => {
  test('is still there for who bought it, and offered to nobody', async () => {
    const { catalogFolder, write } = aCatalogue()
    write('tea')
    const shop = await aShop({ catalogFolder })
    const [buyer, stranger] = [shop.browser(), shop.browser()]
    await shop.pay((await order(buyer, 'tea')).id)
    const open = await order(stranger, 'tea')
    write('tea', 'sold: false')
    expect((await buyer.get('/products/tea').expect(200)).text).toContain('PAID-PART-OF-tea')
    const { text } = await stranger.get('/products/tea').expect(200)
    expect(text).toContain('This isn’t for sale any more. If you bought it')
    expect(text).not.toContain('data-code-button')
    expect(text).toContain('Discontinued')
    expect(text).toContain('<meta name="robots" content="noindex">')
    expect(text).not.toMatch(/Pay with Code in three steps|Opens right here|One payment|class="price"/)
    expect(await findsEverywhere(stranger, 'tea')).toEqual([false, false, false, false])
    const refused = await stranger.post('/create-intent').send({ product: 'tea' }).expect(410)
    expect(refused.body).toMatchObject({ type: '/problems/product-withdrawn' })
    const picture = await stranger.get('/products/tea/pictures/any.webp').expect(410)
    expect(picture.body).toMatchObject({ type: '/problems/product-withdrawn' })
    await shop.pay(open.id) // what was offered before is honoured
    expect((await stranger.get('/products/tea')).text).toContain('PAID-PART-OF-tea')
  })
})

test('a donation that was withdrawn sends nobody to another browser, since it opens nothing', async () => {
  const catalogFolder = aCatalogWithADonation((text) => text.replace('---\n', '---\nsold: false\n'))
  const { text } = await (await aShop({ catalogFolder })).browser().get('/products/tea').expect(200)
  expect(text).toContain('This isn’t for sale any more.<')
})

test('the file of a download that was withdrawn is not offered either', async () => {
  const catalogFolder = aFolder()
  writeFileSync(join(catalogFolder, 'tea.txt'), 'PAID')
  writeFileSync(
    join(catalogFolder, 'tea.md'),
    '---\ntitle: Tea\nprice: 0.25 usd\nkind: download\nfile: tea.txt\nsummary: A file.\nsold: false\n---\nText.\n',
  )
  const stranger = (await aShop({ catalogFolder })).browser()
  const { body } = await stranger.get('/products/tea/file').expect(410)
  expect(body).toMatchObject({ type: '/problems/product-withdrawn' })
})

describe('a draft', () => {
  test('is nowhere, except for those who bought it before', async () => {
    const { catalogFolder, write } = aCatalogue()
    write('tea')
    const shop = await aShop({ catalogFolder })
    const [buyer, stranger] = [shop.browser(), shop.browser()]
    await shop.pay((await order(buyer, 'tea')).id)
    write('tea', 'draft: true')
    expect((await buyer.get('/products/tea').expect(200)).text).toContain('PAID-PART-OF-tea')
    const { text } = await stranger.get('/products/tea').expect(404)
    expect(text).not.toContain('Title of tea')
    expect(await findsEverywhere(stranger, 'tea')).toEqual([false, false, false, false])
    await stranger.post('/create-intent').send({ product: 'tea' }).expect(404)
  })

  test.each([
    ['get', '/products/tea/file', {}],
    ['get', '/products/tea/pictures/any.webp', {}],
    ['get', '/cancel?product=tea', {}],
    ['post', '/create-intent', { product: 'tea', currency: 'eur' }],
    ['post', '/create-intent', { product: 'tea', hundredths: 1 }],
    ['post', '/coupons', { product: 'tea', code: 'ANY' }],
    ['post', '/orders', { product: 'tea', coupon: 'ANY' }],
  ] as const)('doesn’t show its title, nor that it is there, at %s %s %j', async (method, path, body) => {
    const { catalogFolder, write } = aCatalogue()
    write('tea', 'draft: true')
    const stranger = (await aShop({ catalogFolder })).browser()
    const { status, text } = await stranger[method](path).send(body)
    expect([status, text.includes('Title of')]).toEqual([path.startsWith('/cancel') ? 200 : 404, false])
    const page = await stranger[method](path).set('Accept', 'text/html').send(body)
    expect(slugsOn(page.text)).toEqual([])
  })
})

describe('the storefront', () => {
  test('has the products’ own order: a number, then the newest day, then the name', async () => {
    const { catalogFolder, write } = aCatalogue()
    write('a')
    write('b', 'date: 2026-01-01')
    write('c', 'date: 2026-03-01')
    write('d', 'order: 2')
    write('e', 'order: -1\ndate: 2020-01-01')
    write('f', 'order: 2\ndate: 2026-01-02')
    const shop = await aShop({ catalogFolder })
    const browser = shop.browser()
    expect(slugsOn((await browser.get('/')).text)).toEqual(['e', 'f', 'd', 'c', 'b', 'a'])
    writeFileSync(join(catalogFolder, 'shop.yaml'), 'order: [b]\n')
    expect(slugsOn((await browser.get('/')).text)).toEqual(['b', 'a', 'c', 'd', 'e', 'f'])
  })

  test('has pages of sixty', async () => {
    const { catalogFolder, write } = aCatalogue()
    for (let number = 100; number < 221; number++) write(`p${number}`)
    const shop = await aShop({ catalogFolder })
    const browser = shop.browser()
    const first = (await browser.get('/')).text
    const [second, third] = [(await browser.get('/?page=2')).text, (await browser.get('/?page=3')).text]
    expect([first, second, third].map((text) => slugsOn(text).length)).toEqual([60, 60, 1])
    expect(new Set([...slugsOn(first), ...slugsOn(second), ...slugsOn(third)]).size).toBe(121)
    expect(first).toContain('<a href="/?page=2" rel="next">')
    expect(second).toMatch(
      /<a href="\/" rel="prev">[\s\S]*Page 2 of 3[\s\S]*<a href="\/\?page=3" rel="next">/,
    )
    const titleIn = (text: string) => /<title>(.*?)<\/title>/.exec(text)?.[1]
    expect(titleIn(first)).not.toContain('Page')
    expect(titleIn(second)).toContain(' · Page 2 of 3 · ')
    for (const bad of ['0', '4', '-1', '1.5', '1e9', 'two', '', '2&page=3'])
      await browser.get(`/?page=${bad}`).expect(404)
    expect((await browser.get('/products.json')).body).toHaveLength(121)
  })

  test('has no pages where one is enough', async () => {
    const { catalogFolder, write } = aCatalogue()
    for (let number = 100; number < 160; number++) write(`p${number}`)
    const { text } = await (await aShop({ catalogFolder })).browser().get('/')
    expect(text).not.toContain('page=2')
  })
})

test('a product whose file is taken away is reported with the number of its buyers, once', async () => {
  const { catalogFolder, write } = aCatalogue()
  write('tea')
  write('cake')
  const shop = await aShop({ catalogFolder })
  for (const browser of [shop.browser(), shop.browser()]) await shop.pay((await order(browser, 'tea')).id)
  const file = join(catalogFolder, 'tea.md')
  renameSync(file, `${file}.away`)
  const gone = 'the product tea is no longer in'
  const reported = () => shop.logged.filter(({ msg }) => String(msg).includes(gone))
  await until(async () => {
    await shop.request().get('/')
    return reported().length > 0
  })
  expect(reported()).toMatchObject([{ alert: true, product: 'tea', holders: 2 }])
  write('cake', 'order: 1')
  await until(async () => (await shop.request().get('/')).text.includes(`${gone}`))
  expect((await shop.request().get('/')).text).toContain('2 buyers hold it and can’t open its page')
  expect(reported()[0]?.msg).toContain('or, if you have renamed it, write "slug: tea" into the file')
  renameSync(`${file}.away`, file)
  await until(async () => !(await shop.request().get('/')).text.includes(gone))
  expect(reported()).toHaveLength(1)
})

test('a product whose file is taken away is not reported with buyers whose access the merchant has ended', async () => {
  const { catalogFolder, write } = aCatalogue()
  write('tea')
  write('cake')
  const shop = await aShop({ catalogFolder })
  const merchant = await signIn(shop)
  const orders: string[] = []
  for (const browser of [shop.browser(), shop.browser()]) {
    const { id } = await order(browser, 'tea')
    await shop.pay(id)
    orders.push(`/desk/orders/${await orderOf(shop, id)}`)
  }
  await submit(merchant, `${orders[0]}/revoke`, { reason: 'refunded' })
  const [{ id: revocation } = {}] = await shop.query('SELECT id FROM revocations')
  renameSync(join(catalogFolder, 'tea.md'), join(catalogFolder, 'tea.md.away'))
  const notice = async () => (await shop.request().get('/')).text
  await until(async () => (await notice()).includes('1 buyer holds it and can’t open its page'))
  await submit(merchant, `${orders[1]}/revoke`, { reason: 'refunded' })
  await until(async () => !(await notice()).includes('can’t open its page'))
  await submit(merchant, `${orders[0]}/restore?revocation=${revocation}`, { reason: 'paid again' })
  await until(async () => (await notice()).includes('1 buyer holds it and can’t open its page'))
})

test.each([
  ['sold: 0', /sold must be true or false/],
  ['draft: maybe', /draft must be true or false/],
  ['order: first', /order must be a whole number, like 1/],
  ['order: 1.5', /order must be a whole number, like 1/],
])('a product with %s is a fault', async (fields, message) => {
  const { catalogFolder, write } = aCatalogue()
  write('tea', fields)
  const shop = await aShop({ catalogFolder })
  expect((await shop.request().get('/')).text).toMatch(message)
})
