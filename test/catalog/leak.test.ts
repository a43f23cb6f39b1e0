import { expect, test } from '@jest/globals'
import { aShop, codeOf, order, type TestShop } from '../support/shop.ts'

const SECRET = /PAID-[A-Z-]+/g
const FORMATS = ['text/html', 'application/json', '*/*', 'text/plain', 'application/problem+json']

/** Every address that the shop has, with every product and with the buyer's own intent. */
function addresses(intent: string, code: string): string[] {
  const products = [
    'article',
    'other',
    'download',
    'files/table.csv',
    '../test/support/catalog/article.md',
    'article.md',
    '%2e%2e/article',
  ]
  return [
    '/',
    '/products.json',
    '/feed.atom',
    '/sitemap.xml',
    '/robots.txt',
    ...products.flatMap((slug) =>
      ['', '/file', '.json', '?format=json', '?paid=1', '/file?range=0'].map(
        (tail) => `/products/${slug}${tail}`,
      ),
    ),
    `/intents/${intent}`,
    `/success/${intent}`,
    `/success/${intent}?redeem=${code}`,
    `/success/${intent}?redeem=00`,
    '/cancel',
    '/cancel?product=article',
    '/purchases',
    '/problems/payment-required',
    '/healthz',
    '/readyz',
    '/catalog/article.md',
    '/files/table.csv',
    '/catalog/files/table.csv',
    '/../catalog/article.md',
    '/pictures/article.md',
    '/pictures/table.csv',
    '/pictures/files%2ftable.csv',
    '/pages/article',
    '/pages/..%2farticle',
    '/identity/article.md',
    '/identity/..%2fcatalog%2farticle.md',
    '/site.webmanifest',
    '/social/product-article-000000000000.png',
    '/social/..%2farticle.md',
    '/catalog/shop.yaml',
    '/webhook',
  ]
}

async function secretsSeenBy(
  browser: ReturnType<TestShop['browser']>,
  intent: string,
  code: string,
): Promise<string[]> {
  const seen = new Set<string>()
  for (const address of addresses(intent, code)) {
    for (const format of FORMATS) {
      for (const method of ['get', 'head', 'options'] as const) {
        const { text, headers, body } = await browser[method](address)
          .set('Accept', format)
          .redirects(0)
          .ok(() => true)
          .buffer(true)
        for (const [secret] of `${text ?? ''}${JSON.stringify(headers)}${JSON.stringify(body)}`.matchAll(
          SECRET,
        ))
          seen.add(secret)
      }
    }
  }
  const { text } = await browser
    .post('/create-intent')
    .send({ product: 'article' })
    .ok(() => true)
  for (const [secret] of text.matchAll(SECRET)) seen.add(secret)
  return [...seen].sort()
}

test('nobody gets a byte of what is paid for but its buyer', async () => {
  const shop = await aShop()
  const [buyer, other, pending, stranger] = [shop.browser(), shop.browser(), shop.browser(), shop.browser()]
  const offer = await order(buyer)
  await shop.pay(offer.id)
  await shop.pay((await order(buyer, 'download')).id)
  await shop.pay((await order(other, 'other')).id)
  await order(pending)

  expect(await secretsSeenBy(stranger, offer.id, codeOf(offer))).toEqual([])
  expect(await secretsSeenBy(pending, offer.id, codeOf(offer))).toEqual([])
  expect(await secretsSeenBy(other, offer.id, codeOf(offer))).toEqual(['PAID-PART-OF-OTHER'])
  expect(await secretsSeenBy(buyer, offer.id, codeOf(offer))).toEqual([
    'PAID-FILE-OF-DOWNLOAD',
    'PAID-PART-OF-ARTICLE',
    'PAID-PART-OF-DOWNLOAD-PAGE',
  ])
}, 120_000)

test('pages that depend on the buyer are never kept by anything in between, locked or not', async () => {
  const shop = await aShop()
  const browser = shop.browser()
  const offer = await order(browser)
  for (const address of [
    '/products/article',
    '/products/download/file',
    `/intents/${offer.id}`,
    `/success/${offer.id}`,
    '/purchases',
    '/products/nothing',
  ]) {
    expect((await browser.get(address)).headers['cache-control']).toBe('private, no-store, no-transform')
  }
  await shop.pay(offer.id)
  expect((await browser.get('/products/article')).headers['cache-control']).toBe(
    'private, no-store, no-transform',
  )
})
