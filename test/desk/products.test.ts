import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, jest, test } from '@jest/globals'
import { newId } from '../../db/index.ts'
import { openForMerchant } from '../../server/access/index.ts'
import { findProduct, type Product } from '../../server/catalog/index.ts'
import { reportGone } from '../../server/desk/index.ts'
import { MINUTE_MS } from '../../server/time.ts'
import { signIn } from '../support/desk.ts'
import { orderOf, readFields, submit } from '../support/desk-forms.ts'
import { aPng } from '../support/png.ts'
import { aShop, type Browser, order } from '../support/shop.ts'
import { until } from '../support/until.ts'
import { aFolder } from '../support/workplace.ts'

async function read(browser: Browser, path: string, status = 200): Promise<string> {
  const { text } = await browser.get(path).set('Accept', 'text/html').expect(status)
  return text
}

/** A shop with a merchant at its desk, and a catalogue that a test may change. */
async function aDesk(files: Record<string, string | Buffer> = {}) {
  const catalogFolder = aFolder()
  cpSync('test/support/catalog', catalogFolder, { recursive: true })
  for (const [name, content] of Object.entries(files)) writeFileSync(join(catalogFolder, name), content)
  const shop = await aShop({ catalogFolder })
  return { shop, merchant: await signIn(shop), catalogFolder }
}

const openings = (shop: Awaited<ReturnType<typeof aShop>>) =>
  shop.query(`SELECT subject FROM actions WHERE what = 'goods-opened' ORDER BY id`)

describe('the products', () => {
  test('are listed with price and kind, and with links to what a stranger and a buyer see', async () => {
    const euros =
      '---\ntitle: E\nprice: [0.25 usd, { from: 2 eur, suggest: [4 eur] }]\nkind: article\nsummary: S.\n---\nText\n'
    const { merchant } = await aDesk({ 'euros.md': euros })
    const html = await read(merchant, '/desk/products')
    expect(html).toContain('An article')
    const each = (price: string) => `<span class="each"><bdi>${price}</bdi></span>`
    expect(html).toContain(each('$0.25') + each('from €2.00'))
    for (const path of ['/products/article', '/desk/products/article/goods', '/desk/orders?product=article'])
      expect(html).toContain(`href="${path}"`)
    expect(html).not.toContain('Files with errors')
    await merchant.get('/desk/products?sort=price').expect(400)
  })

  test('have what was sold and what it brought, less what went back, also if they are gone', async () => {
    const { shop, merchant, catalogFolder } = await aDesk()
    const brought = async (slug: string) => {
      const rows = (await read(merchant, '/desk/products')).split('<tr>')
      return rows.find((row) => row.includes(`product=${slug}"`))?.replaceAll(/<[^>]*>\s*/g, ' ')
    }
    expect(await brought('article')).toMatch(/ 0 .*none/s)
    for (const product of ['article', 'article', 'other'])
      await shop.pay((await order(shop.browser(), product)).id)
    expect(await brought('article')).toMatch(/ 2 .*\$0\.50/s)
    const [payment] = await shop.query(`SELECT id FROM payments WHERE product = 'article'`)
    await shop.query(`INSERT INTO refunds (id, payment, hundredths, refunded_at, refunded_by)
      VALUES ('${newId(shop.clock.now())}', '${payment?.id}', 10, ${shop.clock.now()}, 'a test')`)
    expect(await brought('article')).toMatch(/ 2 .*\$0\.40/s)
    rmSync(join(catalogFolder, 'other.md'))
    expect(await read(merchant, '/desk/products')).toContain('not in the catalogue now')
    expect(await brought('other')).toMatch(/ 1 .*€0\.10/s)
  })

  test('that are gone have the number of those who can open them, as the merchant changes that, also in production', async () => {
    const { shop, catalogFolder } = await aDesk()
    const orders = []
    for (const browser of [shop.browser(), shop.browser(), shop.browser(), shop.browser()]) {
      const { id } = await order(browser, 'other')
      if (orders.length < 3) await shop.pay(id)
      orders.push(`/desk/orders/${await orderOf(shop, id)}`)
    }
    const [revoked, lost, , unpaid] = orders
    rmSync(join(catalogFolder, 'other.md'))
    await shop.restart({ production: true })
    await reportGone(shop.shop)
    const merchant = await signIn(shop)
    const held = async () => /held by (\d+ buyers?)/.exec(await read(merchant, '/desk/products'))?.[1]
    expect(await held()).toBe('3 buyers')
    await submit(merchant, `${revoked}/revoke`, { reason: 'asked for it' })
    await until(async () => (await held()) === '2 buyers')
    const [holder] = await shop.query(`SELECT buyer FROM orders WHERE id = '${lost?.split('/').at(-1)}'`)
    await submit(merchant, `${lost}/link`, { lost: String(holder?.buyer) })
    await until(async () => (await held()) === '1 buyer')
    await submit(merchant, `${unpaid}/honour`, { amount: '1.00', currency: 'eur', reason: 'paid in cash' })
    await until(async () => (await held()) === '2 buyers')
    const alerts = shop.logged.filter(({ alert, product }) => alert && product === 'other')
    expect(alerts.map(({ holders }) => holders)).toEqual([3, 2]) // fewer are no news
  })

  test('that are gone are looked for again a minute after that has failed, and not with each request', async () => {
    const { shop, catalogFolder } = await aDesk()
    await shop.pay((await order(shop.browser(), 'other')).id)
    rmSync(join(catalogFolder, 'other.md'))
    const { db, gone } = shop.shop
    const timers = jest.spyOn(globalThis, 'setTimeout')
    const count = jest.spyOn(db, 'streamText').mockImplementation(() => {
      throw new Error('too slow')
    })
    await until(async () => {
      await shop.request().get('/').expect(200)
      return count.mock.calls.length > 0
    })
    await gone.looking
    for (let request = 0; request < 3; request++) await shop.request().get('/').expect(200)
    await gone.looking
    expect(count).toHaveBeenCalledTimes(1)
    count.mockRestore()
    const retries = timers.mock.calls.filter(([, ms]) => ms === MINUTE_MS)
    expect(retries).toEqual([[reportGone, MINUTE_MS, shop.shop]])
    await reportGone(shop.shop)
    expect(gone.holders.get('other')).toBe(1)
  })

  test('whose files have errors are named with file and line', async () => {
    const { merchant, catalogFolder } = await aDesk()
    writeFileSync(join(catalogFolder, 'broken.md'), '---\ntitle: <b>Broken</b>\nprise: 1\n---\nText\n')
    const html = await read(merchant, '/desk/products')
    expect(html).toContain('Files with errors')
    expect(html).toMatch(/broken\.md:\d+<\/code> /)
    expect(html).not.toContain('<b>Broken')
  })

  test('with errors say whether they are still for sale, as does the overview', async () => {
    const { shop, merchant, catalogFolder } = await aDesk()
    const path = join(catalogFolder, 'other.md')
    writeFileSync(path, readFileSync(path, 'utf8').replace('price:', 'prise:'))
    expect(await read(merchant, '/desk/products')).not.toContain('<span class="badge">not for sale')
    expect(await read(merchant, '/desk')).toMatch(
      /Until (it is|they are) fixed, products stay as they were\./,
    )
    await shop.restart()
    const again = await signIn(shop)
    expect(await read(again, '/desk/products')).toMatch(/other\.md:.*<span class="badge">not for sale/)
    expect(await read(again, '/desk')).toMatch(/Until (it is|they are) fixed, 1 product isn’t for sale\./)
  })

  test('share their list with errors that would stop the next start, and the overview names all of these', async () => {
    const { merchant, catalogFolder } = await aDesk()
    writeFileSync(join(catalogFolder, 'shop.yaml'), 'nam: Corner\n')
    writeFileSync(join(catalogFolder, 'coupons.yaml'), 'SPRING:\n  of: 20%\n')
    expect(await read(merchant, '/desk/products')).toMatch(
      /shop\.yaml:1<\/code> .*<span class="badge">the next start would fail/,
    )
    const overview = await read(merchant, '/desk')
    expect(overview).toContain('1 error is in shop.yaml or your own pages.')
    expect(overview).toMatch(/errors? (is|are) in coupons\.yaml\. .* the next start would fail\./)
  })

  test('that were sold, and whose files have had errors since the start, are not called gone', async () => {
    const { shop, catalogFolder } = await aDesk()
    await shop.pay((await order(shop.browser(), 'other')).id)
    writeFileSync(join(catalogFolder, 'other.md'), '---\ntitle: Other\nprise: 1\n---\nText\n')
    await shop.restart()
    const merchant = await signIn(shop)
    const faulty = /product=other"><code>other<\/code><\/a> <span class="badge">Its file has an error</
    expect(await read(merchant, '/desk/products')).toMatch(faulty)
    const [sold] = await shop.query('SELECT id FROM orders')
    const page = await read(merchant, `/desk/orders/${sold?.id}`)
    expect(page).toContain('Its file has an error')
    expect(page).not.toContain('Not in the catalogue any more')
  })

  test('whose files are missing say so', async () => {
    const { merchant, catalogFolder } = await aDesk()
    await read(merchant, '/desk/products')
    rmSync(join(catalogFolder, 'files'), { recursive: true })
    await until(async () => (await read(merchant, '/desk/products')).includes('Missing files'))
  })

  test('list what is missing for as long as they name it, pictures apart', async () => {
    const fields = 'title: P\nprice: 0.25 usd\nkind: article\nsummary: Look.\nimage: shown.png'
    const { shop, merchant, catalogFolder } = await aDesk({
      'shown.png': aPng(5, 4),
      'pictured.md': `---\n${fields}\n---\nText\n`,
    })
    const missing = async () => {
      const html = await read(merchant, '/desk/products')
      const sections = [...html.matchAll(/<h2 id="products\.\w+">(Missing \w+)<[\s\S]*?<\/section>/g)]
      const pathsIn = (section: string) =>
        [...section.matchAll(/<li><code>([^<]*)</g)].map(([, path]) => path)
      return Object.fromEntries(sections.map(([section, heading]) => [heading, pathsIn(section)]))
    }
    const path = (name: string) => join(catalogFolder, name)
    const page = await read(shop.browser(), '/products/pictured')
    const [, src = ''] = /src="(\/pictures\/[^"]+)"/.exec(page) ?? []
    rmSync(path('shown.png'))
    rmSync(path('files/table.csv'))
    await shop.request().get(src).expect(503)
    await read(shop.browser(), '/products/download')
    expect(await missing()).toEqual({
      'Missing files': [path('files/table.csv')],
      'Missing pictures': [path('shown.png')],
    })
    writeFileSync(path('shown.png'), aPng(5, 4))
    expect(await missing()).toEqual({ 'Missing files': [path('files/table.csv')] })
    const text = readFileSync(path('download.md'), 'utf8')
    writeFileSync(path('files/new.csv'), 'new')
    writeFileSync(path('download.md'), text.replace('files/table.csv', 'files/new.csv'))
    expect(await missing()).toEqual({})
  })

  test('show a stranger’s view in this browser, unless it has bought something', async () => {
    const { merchant } = await aDesk()
    expect(await read(merchant, '/desk/products')).not.toContain('private window')
    await order(merchant)
    expect(await read(merchant, '/desk/products')).toContain('private window')
  })
})

describe('what a buyer sees', () => {
  test('is shown to the merchant, who is no buyer for that, and the audit log says so', async () => {
    const { shop, merchant } = await aDesk()
    const html = await read(merchant, '/desk/products/article/goods')
    expect(html).toContain('PAID-PART-OF-ARTICLE')
    expect(html).toContain('the audit log says so')
    expect(html).toContain('but in English')
    expect(html).not.toContain('action="/languages"') // the desk is English
    expect(await read(merchant, '/products/article')).not.toContain('PAID-PART-OF-ARTICLE')
    expect(await openings(shop)).toEqual([{ subject: 'product:article' }])
    expect(await read(merchant, '/desk/audit-log')).toContain('Looked at what buyers of a product see')
  })

  test('is noted once for a page and its file, and again later', async () => {
    const { shop, merchant } = await aDesk()
    await read(merchant, '/desk/products/download/goods')
    const { headers, text, body } = await merchant.get('/desk/products/download/goods/file').expect(200)
    expect(headers['content-disposition']).toContain('attachment')
    expect(headers['cache-control']).toContain('no-store')
    expect(String(text ?? body).length).toBeGreaterThan(0)
    expect(await openings(shop)).toHaveLength(1)
    shop.clock.advance(11 * 60_000)
    await read(merchant, '/desk/products/download/goods')
    expect(await openings(shop)).toHaveLength(2)
  })

  test('leads to the desk’s own addresses for file and pictures', async () => {
    const { merchant } = await aDesk()
    const html = await read(merchant, '/desk/products/download/goods')
    expect(html).toContain('href="/desk/products/download/goods/file"')
    expect(html).not.toContain('href="/products/download/file"')
  })

  test('has its pictures', async () => {
    const { merchant, catalogFolder } = await aDesk({
      'paid.png': aPng(5, 4),
      'pictured.md': `---\ntitle: Pictured\nprice: 0.25 usd\nkind: article\nsummary: Look.\n---\nText\n\n<!-- more -->\n\n![Paid](paid.png)\n`,
    })
    const html = await read(merchant, '/desk/products/pictured/goods')
    const [, src = ''] = /<img src="([^"]+)" alt="Paid"/.exec(html) ?? []
    expect(src).toMatch(/^\/desk\/products\/pictured\/goods\/pictures\//)
    expect((await merchant.get(src).expect(200)).headers['content-type']).toBe('image/png')
    rmSync(join(catalogFolder, 'paid.png'))
    await merchant.get(src).expect(404)
  })

  test('has the thanks, if it gives any', async () => {
    const { merchant } = await aDesk({
      'gift.md': `---\ntitle: Gift\nprice: { from: 1 usd, suggest: [2 usd] }\nkind: donation\nsummary: Give.\n---\nText\n\n<!-- more -->\n\nThank *you*.\n`,
    })
    expect(await read(merchant, '/desk/products/gift/goods')).toContain(
      '<p dir="auto">Thank <em>you</em>.</p>',
    )
    expect(await read(merchant, '/desk/products/article/goods')).not.toContain('After the payment')
  })

  test('is nothing for buyers, strangers, programs, or after signing out', async () => {
    const { shop, merchant } = await aDesk()
    const buyer = shop.browser()
    await order(buyer)
    for (const browser of [buyer, shop.browser()])
      for (const path of ['goods', 'goods/file', 'goods/pictures/x.png']) {
        const { text } = await browser.get(`/desk/products/download/${path}`).expect(401)
        expect(text).not.toContain('PAID')
      }
    const signOut = readFields(await read(merchant, '/desk/products'), '/desk/sign-outs')
    await merchant.post('/desk/sign-outs').type('form').send(signOut).expect(303)
    await merchant.get('/desk/products/article/goods').expect(401)
    expect(await openings(shop)).toEqual([])
  })

  test('are closed by a session that ends while they are opened', async () => {
    const { shop, merchant } = await aDesk()
    const [{ id = '' } = {}] = await shop.query('SELECT id FROM desk_sessions')
    const product = findProduct(shop.shop.catalog, 'article') as Product
    const open = () => openForMerchant(shop.shop, { session: String(id) }, product)
    expect(await open()).toBeDefined()
    const signOut = readFields(await read(merchant, '/desk/products'), '/desk/sign-outs')
    await merchant.post('/desk/sign-outs').type('form').send(signOut).expect(303)
    expect(await open()).toBeUndefined()
  })

  test('of what isn’t there is 404', async () => {
    const { merchant } = await aDesk()
    for (const path of [
      'nothing/goods',
      'article/goods/file',
      'article/goods/pictures/x.png',
      '%2e%2e/goods',
    ])
      await merchant.get(`/desk/products/${path}`).expect(404)
  })
})
