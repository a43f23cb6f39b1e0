import { cpSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { aShop, order, type TestShop } from '../support/shop.ts'
import { aFolder } from '../support/workplace.ts'

const CHEAP =
  '---\ntitle: An <article>\nprice: 0.01 usd\nkind: article\nsummary: x\n---\nFree.\n\n<!-- more -->\n\nPaid.\n'

function aCatalog(): string {
  const folder = join(aFolder(), 'catalog')
  cpSync('test/support/catalog', folder, { recursive: true })
  return folder
}

/** Saves the file, and waits until the folder may be looked at again. */
function save(folder: string, text: string): void {
  writeFileSync(join(folder, 'article.md'), text)
}

const storefront = (shop: TestShop) => shop.request().get('/').set('Accept', 'text/html').expect(200)
const errors = ({ logged }: TestShop) =>
  logged.filter(({ level }) => level === 50).map(({ msg }) => String(msg))
const alerts = ({ logged }: TestShop) => logged.filter(({ alert }) => alert).map(({ msg }) => String(msg))

describe('a product whose file has a fault', () => {
  test('is shown as it was before, and every page in sandbox mode says what is wrong, until it is fixed', async () => {
    const folder = aCatalog()
    const shop = await aShop({ catalogFolder: folder })
    const pages = ['/', '/products/other', '/purchases', '/nowhere']
    const seen = async (path: string) => (await shop.request().get(path).set('Accept', 'text/html')).text

    save(folder, CHEAP)
    await shop.request().get('/')
    for (const path of pages)
      expect(await seen(path)).toContain('article.md:3: price: 0.01 usd is below Code&#39;s minimum')
    expect((await storefront(shop)).text).toContain('An article')
    expect(errors(shop)).toEqual([
      expect.stringMatching(/^the last good version of this product stays for sale: .*article\.md:3: price/),
    ])

    save(folder, CHEAP.replace('0.01', '0.10'))
    for (const path of pages) expect(await seen(path)).not.toContain('article.md')
    expect((await storefront(shop)).text).toContain('An &lt;article&gt;')
  })

  test('is one of many, of which every page shows the first ones', async () => {
    const folder = aCatalog()
    for (let number = 1; number <= 24; number++) writeFileSync(join(folder, `cheap-${number}.md`), CHEAP)
    const shop = await aShop({ catalogFolder: folder })
    const { text } = await storefront(shop)
    expect(text.match(/cheap-\d+\.md:3/g)).toHaveLength(20)
    expect(text).toContain('… and 4 more')
    expect(errors(shop)).toHaveLength(24)
  })

  test('is not for sale after a start in production, and its buyers read that it is theirs', async () => {
    const folder = aCatalog()
    const shop = await aShop({ catalogFolder: folder, config: { production: true } })
    const browser = shop.browser()
    await shop.pay((await order(browser)).id)
    save(folder, `---\nslug: article\n${CHEAP.slice(4)}`)
    await shop.restart()

    expect(alerts(shop)).toEqual([
      expect.stringMatching(/^this product is not for sale .*: .*article\.md:4: price/),
    ])
    const { text } = await browser.get('/products/article').set('Accept', 'text/html').expect(503)
    expect(text).toContain('If you have paid for it, it’s yours')
    await browser.post('/create-intent').send({ product: 'article' }).expect(503)
    await browser.get('/products/nothing').expect(404)
    await order(shop.browser(), 'other')

    save(folder, CHEAP.replace('0.01', '0.25'))
    await shop.restart()
    await browser.get('/products/article').expect(200)
  })

  test('is reported to the merchant, not to the buyers of a live shop', async () => {
    const folder = aCatalog()
    save(folder, CHEAP)
    const shop = await aShop({ catalogFolder: folder, config: { mode: 'live' } })
    expect((await storefront(shop)).text).not.toContain('article.md')
    expect(alerts(shop)).toHaveLength(1)
  })
})
