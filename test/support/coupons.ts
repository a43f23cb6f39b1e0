import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from '@jest/globals'
import { sqlite } from './engines.ts'
import { aShop, type Browser, type Offer, type ShopOptions } from './shop.ts'
import { aFolder } from './workplace.ts'

export const COUPONS = `FIFTH:
  off: 20%
TWICE:
  off: 1 usd
  uses: 2
GIFT:
  off: 100%
  uses: 3
MARCH:
  off: 20%
  uses: 100
  from: 2020-03-01
  until: 2020-03-31
CAKE-ONLY:
  off: 20%
  products: [cake]
`

const article = (title: string, price: string) =>
  `---\ntitle: ${title}\nprice: ${price}\nkind: article\nsummary: To read.\n---\nFree.\n\n<!-- more -->\n\n${title.toUpperCase()}-FOR-BUYERS\n`

/** A catalogue with bread and cake for $5.00 each, tea for whatever people give, and coupons. */
export function aCatalogWithCoupons(coupons = COUPONS, folder = aFolder()): string {
  writeFileSync(join(folder, 'bread.md'), article('Bread', '5 usd'))
  writeFileSync(join(folder, 'cake.md'), article('Cake', '5 usd'))
  writeFileSync(
    join(folder, 'tea.md'),
    '---\ntitle: Tea\nprice: { from: 1 usd, suggest: [3 usd] }\nkind: donation\nsummary: Give.\n---\nText.\n',
  )
  writeFileSync(join(folder, 'coupons.yaml'), coupons)
  return folder
}

export function aShopWithCoupons(options: ShopOptions = {}, coupons = COUPONS) {
  return aShop({ engine: sqlite, catalogFolder: aCatalogWithCoupons(coupons), ...options })
}

/** Enters a code on the page of a product. */
export function enter(browser: Browser, code: string, product = 'bread') {
  return browser.post('/coupons').set('Accept', 'text/html').type('form').send({ product, code })
}

/** Enters a code that can't be used. Returns the page to which that leads. */
export async function enterInVain(browser: Browser, code: string, product = 'bread'): Promise<string> {
  const refused = await enter(browser, code, product).expect(303)
  expect(String(refused.headers['set-cookie'])).not.toContain('coupon=')
  return (await browser.get(String(refused.headers.location)).expect(200)).text
}

/** Presses the button of a page with this coupon. */
export async function orderWith(browser: Browser, coupon: string, product = 'bread'): Promise<Offer> {
  const { body } = await browser.post('/create-intent').send({ product, coupon }).expect(200)
  return body
}
