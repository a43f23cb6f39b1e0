import { spawnSync } from 'node:child_process'
import { utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { imageSize } from 'image-size'
import { parseProduct } from '../../server/catalog/parse-product.ts'
import { drawTitlePicture } from '../../server/pages/discovery/draw-title-picture.ts'
import { pictureOfShop, type TitlePicture } from '../../server/pages/discovery/title-picture.ts'
import { describeFault } from '../support/describe-fault.ts'
import { aPng } from '../support/png.ts'
import { aShop, type Browser, type TestShop } from '../support/shop.ts'
import { testUnless } from '../support/skipping.ts'
import { aFolder, later } from '../support/workplace.ts'

const BASE = 'https://shop.example.org'
const SAVED = new Date('2026-03-04T05:06:07Z')
const BREAD = `---
title: 'Bread & "butter" <b>'
price: 0.25 eur
kind: article
summary: A loaf, & what's in it.
lang: de
date: 2026-02-28
image: bread.png
imageAlt: A loaf
---

Seen by all. [Elsewhere](tea), [below](#more), [far](https://example.com/), [farther](//example.org/).

![Crust](crust.png)

## More

<!-- more -->

PAID-PART
`
const TEA = `---
title: Tea
price: { from: 1 usd, suggest: [3 usd] }
kind: donation
summary: For tea.
---

Thirsty.
`

async function aFoundShop(env: Record<string, string> = { PUBLIC_URL: BASE }) {
  const catalogFolder = aFolder()
  writeFileSync(join(catalogFolder, 'bread.md'), BREAD)
  writeFileSync(join(catalogFolder, 'tea.md'), TEA)
  writeFileSync(join(catalogFolder, 'bread.png'), aPng(1200, 630))
  writeFileSync(join(catalogFolder, 'crust.png'), aPng(90, 60))
  utimesSync(join(catalogFolder, 'tea.md'), SAVED, SAVED)
  return { catalogFolder, ...(await aShop({ catalogFolder, env })) }
}

/** The element's content, or the attribute's value, of everything that the pattern finds. */
const all = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map(([, found]) => found)

function withXmllint(name: string, check: () => Promise<void>): void {
  const isMissing = spawnSync('xmllint', ['--version']).status !== 0
  testUnless(isMissing && process.env.REQUIRE_ALL !== '1' && 'no xmllint')(name, check)
}

function lint(xml: string, ...args: string[]): string {
  const { status, stderr } = spawnSync('xmllint', ['--nonet', '--noout', ...args, '-'], {
    input: xml,
    encoding: 'utf8',
  })
  return status === 0 ? '' : stderr
}

describe('the feed', () => {
  test('has each product with its date, the preview, and whole addresses', async () => {
    const shop = await aFoundShop()
    const { text, headers } = await shop.request().get('/feed.atom').expect(200).buffer(true)
    expect(headers['content-type']).toBe('application/atom+xml; charset=utf-8')
    expect(text).toContain('<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">')
    const german = shop.request().get('/feed.atom').set('Accept-Language', 'de').buffer(true)
    expect((await german).text).toMatch(/xml:lang="de">\s*<title>.*<\/title>\s*<subtitle>Zahle nur/)
    expect(all(text, /<updated>(.*?)<\/updated>/g)).toEqual([
      '2026-03-04T05:06:07.000Z',
      '2026-03-04T05:06:07.000Z',
      '2026-02-28T00:00:00.000Z',
    ])
    expect(all(text, /<entry xml:lang="(.*?)"/g)).toEqual(['en', 'de'])
    expect(text).toContain('<title>Bread &amp; &quot;butter&quot; &lt;b&gt;</title>')
    for (const address of [
      `${BASE}/products/tea`,
      `${BASE}/products/bread#more`,
      'https://example.com/',
      'https://example.org/',
    ])
      expect(text).toContain(`href=&quot;${address}&quot;`)
    expect(text).toMatch(/src=&quot;https:\/\/shop\.example\.org\/pictures\/[\w.-]+\.png&quot;/)
    expect(text).not.toContain('PAID-PART')
  })

  test('has only the summary of a product without a preview', async () => {
    const { catalogFolder, ...shop } = await aFoundShop()
    writeFileSync(
      join(catalogFolder, 'tea.md'),
      TEA.replace(/price.*\nkind.*/, 'price: 1 usd\nkind: article'),
    )
    const { text } = await shop.request().get('/feed.atom').expect(200).buffer(true)
    const entry = /<entry xml:lang="en">[\s\S]*?<\/entry>/.exec(text)?.[0]
    expect(entry).toContain('<summary>For tea.</summary>')
    expect(entry).not.toContain('<content')
    expect(text).toContain('<content type="html">')
  })

  withXmllint('is what Atom asks for, and well-formed whatever a product is called', async () => {
    const shop = await aFoundShop()
    const { text } = await shop.request().get('/feed.atom').buffer(true)
    expect(lint(text, '--relaxng', 'test/support/atom.rng')).toBe('')
    expect(lint(text.replace('<updated>', '<changed>').replace('</updated>', '</changed>'))).toBe('')
    const broken = text.replaceAll('T00:00:00.000Z', '')
    expect(lint(broken, '--relaxng', 'test/support/atom.rng')).toContain('updated')
    const { text: sitemap } = await shop.request().get('/sitemap.xml').buffer(true)
    expect(lint(sitemap)).toBe('')
  })
})

test('a product’s date begins with the day in the shop’s time zone, so that feed readers there show that day', async () => {
  const shop = await aFoundShop({ PUBLIC_URL: BASE, TIME_ZONE: 'America/New_York' })
  for (const path of ['/feed.atom', '/sitemap.xml', '/products/bread'])
    expect((await shop.request().get(path).buffer(true)).text).toContain('2026-02-28T05:00:00.000Z')
})

test('a product’s date moves with the time zone of shop.yaml', async () => {
  const shop = await aFoundShop()
  for (const [timeZone, begins] of [
    ['Europe/Berlin', '2026-02-27T23:00:00.000Z'],
    ['America/New_York', '2026-02-28T05:00:00.000Z'],
  ]) {
    writeFileSync(join(shop.catalogFolder, 'shop.yaml'), `timeZone: ${timeZone}\n`)
    await shop.request().get('/')
    for (const path of ['/feed.atom', '/sitemap.xml'])
      expect((await shop.request().get(path).buffer(true)).text).toContain(begins)
  }
})

test('the sitemap has every page that is the same for everybody', async () => {
  const shop = await aFoundShop()
  const { text } = await shop.request().get('/sitemap.xml').expect(200).buffer(true)
  expect(all(text, /<loc>(.*?)<\/loc>/g)).toEqual([
    `${BASE}/`,
    `${BASE}/products/bread`,
    `${BASE}/products/tea`,
  ])
  const robots = await shop.request().get('/robots.txt').expect(200)
  expect(robots.text).toContain(`Sitemap: ${BASE}/sitemap.xml`)
  expect(robots.text).toContain('Disallow: /desk')
  expect(robots.text).toContain('Disallow: /api')
  for (const path of ['/robots.txt', '/sitemap.xml', '/products.json'])
    await shop.request().get(path).expect('Cache-Control', 'public, no-cache')
})

describe('the page of a product', () => {
  test('says to others what it is, without what is paid for', async () => {
    const shop = await aFoundShop()
    const { text } = await shop.request().get('/products/bread').expect(200)
    expect(text).toContain(`<link rel="canonical" href="${BASE}/products/bread">`)
    const social = Object.fromEntries(
      [...text.matchAll(/<meta property="(.*?)" content="(.*?)">/g)].map(([, name, value]) => [name, value]),
    )
    expect(social).toMatchObject({
      'og:title': 'Bread &amp; &quot;butter&quot; &lt;b&gt;',
      'og:url': `${BASE}/products/bread`,
      'og:image': expect.stringMatching(/^https:\/\/shop\.example\.org\/pictures\/bread[\w.-]+\.png$/),
      'og:image:width': '1200',
      'og:image:alt': 'A loaf',
      'twitter:card': 'summary_large_image',
    })
    const picture = new URL(social['og:image'] ?? '').pathname
    await shop.request().get(picture).expect(200)
    expect(text).not.toContain('PAID-PART')
  })

  test('tells search engines that a part is locked, by the class that encloses it', async () => {
    const shop = await aFoundShop({}) // cookies of an https address don’t come back on http
    const browser = shop.browser()
    const { text } = await browser.get('/products/bread').expect(200)
    const [block = ''] = all(text, /<script type="application\/ld\+json">(.*?)<\/script>/g)
    const [goods, article] = JSON.parse(block)['@graph']
    expect(goods).toMatchObject({
      '@type': 'Product',
      name: 'Bread & "butter" <b>',
      offers: { price: '0.25', priceCurrency: 'EUR', availability: 'https://schema.org/InStock' },
    })
    expect(article).toMatchObject({
      '@type': 'Article',
      isAccessibleForFree: false,
      dateModified: '2026-02-28T00:00:00.000Z',
      hasPart: { isAccessibleForFree: false, cssSelector: '.paid' },
    })
    const { body } = await browser.post('/create-intent').send({ product: 'bread' }).expect(200)
    await shop.pay(body.id)
    const opened = await browser.get('/products/bread').expect(200)
    const [locked = ''] = all(opened.text, /<div class="paid">([\s\S]*?)<\/div>/g)
    expect(locked).toContain('PAID-PART')
    expect(locked).not.toContain('Seen by all')
    expect(opened.text).not.toMatch(/property="og:|ld\+json/)
  })

  test('of a donation is an offer with a range, and no article', async () => {
    const shop = await aFoundShop()
    const { text } = await shop.request().get('/products/tea').expect(200)
    const [block = ''] = all(text, /<script type="application\/ld\+json">(.*?)<\/script>/g)
    const graph = JSON.parse(block)['@graph']
    expect(graph).toHaveLength(1)
    expect(graph[0].offers).toMatchObject({
      '@type': 'AggregateOffer',
      lowPrice: '1.00',
      priceCurrency: 'USD',
    })
  })
})

describe('a picture', () => {
  async function policiesOf(browser: Browser, paths: readonly string[]) {
    const answers = await Promise.all(paths.map((path) => browser.get(path)))
    return answers.map(({ headers }, index) => [paths[index], headers['cross-origin-resource-policy']])
  }

  test('that everybody may see can be shown on any other site, and nothing else can', async () => {
    const { catalogFolder, ...shop } = await aFoundShop({})
    writeFileSync(join(catalogFolder, 'bread.md'), `${BREAD}\n![Crumb](crumb.png)\n`)
    writeFileSync(join(catalogFolder, 'crumb.png'), aPng(80, 60))
    const browser = shop.browser()
    const page = (await browser.get('/products/bread').expect(200)).text
    const shown = [
      ...all((await browser.get('/feed.atom').buffer(true)).text, /src=&quot;http:\/\/[^/]+(.*?)&quot;/g),
      ...all(page, /<img [^>]*src="(.*?)"/g),
      ...all(page, /href="(\/identity\/.*?)"/g),
      `/social/${pictureOfShop(shop.shop)?.name}`,
      '/favicon.ico',
    ].map(String)
    expect(shown.length).toBeGreaterThan(5)
    for (const path of shown) await browser.get(path).expect(200)
    expect(await policiesOf(browser, shown)).toEqual(shown.map((path) => [path, 'cross-origin']))

    const { body } = await browser.post('/create-intent').send({ product: 'bread' }).expect(200)
    await shop.pay(body.id)
    const opened = (await browser.get('/products/bread').expect(200)).text
    const [paid = ''] = all(opened, /src="(\/products\/bread\/pictures\/.*?)"/g)
    await browser.get(paid).expect(200)
    const kept = [paid, '/', '/products/bread', '/feed.atom', '/products.json', '/pictures/none.png']
    expect(await policiesOf(browser, kept)).toEqual(kept.map((path) => [path, 'same-origin']))
  })
})

describe('a link to a page without a picture', () => {
  async function socialOn(shop: Pick<TestShop, 'request'>, path: string) {
    const { text } = await shop.request().get(path).expect(200)
    return Object.fromEntries(
      [...text.matchAll(/<meta property="(.*?)" content="(.*?)">/g)].map(([, name, value]) => [name, value]),
    )
  }

  const addressOf = (social: Record<string, string | undefined>) => new URL(social['og:image'] ?? '').pathname

  test('shows its title in the shop’s colours, drawn once', async () => {
    const { catalogFolder, ...shop } = await aFoundShop()
    writeFileSync(
      join(catalogFolder, 'shop.yaml'),
      'name: Corner\naccent: { light: "#7a2e8e", dark: "#d9a3e6" }\n',
    )
    const social = await socialOn(shop, '/products/tea')
    expect(social).toMatchObject({
      'og:image': expect.stringMatching(
        /^https:\/\/shop\.example\.org\/social\/product-tea-[0-9a-f]{12}\.png$/,
      ),
      'og:image:width': '1200',
      'og:image:height': '630',
      'og:image:alt': 'Tea. Corner',
      'twitter:card': 'summary_large_image',
    })
    const { body, headers } = await shop.request().get(addressOf(social)).expect(200)
    expect(headers).toMatchObject({
      'content-type': 'image/png',
      'cache-control': expect.stringContaining('immutable'),
    })
    expect(imageSize(body)).toMatchObject({ type: 'png', width: 1200, height: 630 })
    expect((await shop.request().get(addressOf(social))).body).toEqual(body)
    expect(addressOf(await socialOn(shop, '/'))).toMatch(/^\/social\/shop-/)
    await shop
      .request()
      .get(addressOf(await socialOn(shop, '/')))
      .expect(200)

    writeFileSync(join(catalogFolder, 'shop.yaml'), 'name: Corner\nsocialPicture: bread.png\n')
    expect(addressOf(await socialOn(shop, '/'))).toMatch(/^\/pictures\//)
    expect(addressOf(await socialOn(shop, '/products/tea'))).toMatch(/^\/social\/product-tea-/)
  })

  test('is another one for another title, and never for another paid part', async () => {
    const { catalogFolder, ...shop } = await aFoundShop()
    const write = (text: string) =>
      writeFileSync(join(catalogFolder, 'bread.md'), text.replace(/image.*\n/g, ''))
    write(BREAD)
    const first = addressOf(await socialOn(shop, '/products/bread'))
    write(BREAD.replace('PAID-PART', 'Something else that is paid for'))
    expect(addressOf(await socialOn(shop, '/products/bread'))).toBe(first)
    write(BREAD.replace('butter', 'jam'))
    expect(addressOf(await socialOn(shop, '/products/bread'))).not.toBe(first)
    await shop.request().get(first).expect(404)
  })

  test('shows no boxes: where the fonts lack a character, the picture is the shop’s', async () => {
    const { catalogFolder, ...shop } = await aFoundShop()
    const titles: [string, string][] = [
      ['سبعة مبادئ للدفع (2026)', '/social/product-tea-'],
      ['Größe, Ελλάδα и Привет', '/social/product-tea-'],
      ['支払いの七つの規則', '/social/shop-'],
      ['Bread 🍞', '/social/shop-'],
    ]
    for (const [title, path] of titles) {
      writeFileSync(join(catalogFolder, 'tea.md'), TEA.replace('title: Tea', `title: '${title}'`))
      const social = await socialOn(shop, '/products/tea')
      expect([title, addressOf(social)]).toEqual([title, expect.stringContaining(path)])
      await shop.request().get(addressOf(social)).expect(200)
    }
  })

  const aPicture = (title: string): TitlePicture => ({
    ...{ name: title, title, below: '', direction: 'ltr' },
    ...{ accent: '#7a2e8e', paper: '#ffffff', ink: '#000000' },
  })

  test('breaks a word that is longer than a line, rather than cutting it off', async () => {
    const [word, longer] = ['m'.repeat(30), 'm'.repeat(34)]
    const [shown, other] = [await drawTitlePicture(aPicture(word)), await drawTitlePicture(aPicture(longer))]
    expect(shown.equals(other)).toBe(false) // behind the edge, no letter would make a difference
  })

  test('shows one that is asked for again and again, whatever else is asked for', async () => {
    const wanted = await drawTitlePicture(aPicture('Wanted'))
    for (let number = 0; number < 310; number++) {
      await drawTitlePicture(aPicture(`Other ${number}`))
      expect(await drawTitlePicture(aPicture('Wanted'))).toBe(wanted)
    }
  })

  test('shows none for a while when too many wait for theirs', async () => {
    const { catalogFolder, ...shop } = await aFoundShop()
    writeFileSync(join(catalogFolder, 'tea.md'), TEA.replace('title: Tea', 'title: Late'))
    const address = addressOf(await socialOn(shop, '/products/tea'))
    let [isCrowded, asked] = [true, 0]
    later(() => (isCrowded = false))
    const strangers = Array.from({ length: 20 }, async () => {
      while (isCrowded) await drawTitlePicture(aPicture(`Crowd ${asked++}`))
    })
    const { body, headers } = await shop.request().get(address).expect(503)
    isCrowded = false
    await Promise.all(strangers)
    expect(headers['retry-after']).toBe('5')
    expect(body).toMatchObject({ type: '/problems/shop-busy' })
    await shop.request().get(address).expect(200)
    expect(shop.logged.filter(({ alert }) => alert)).toEqual([])
  })

  test('is drawn for nothing else', async () => {
    const shop = await aFoundShop()
    for (const name of [
      'product-tea-000000000000.png',
      'product-none-000000000000.png',
      'tea.png',
      '..%2ftea.md',
    ])
      await shop.request().get(`/social/${name}`).expect(404)
    await shop.request().post('/social/product-tea-000000000000.png').expect(405)
  })
})

test('without PUBLIC_URL, pages lead nobody to an address of this machine', async () => {
  const shop = await aFoundShop({})
  const { text } = await shop.request().get('/products/bread').expect(200)
  expect(text).not.toMatch(/canonical|og:/)
})

test.each(['2026', '2026-2-28', '2026-02-30', '0026-02-28', 'yesterday', '2026-02-28T10:00:00Z'])(
  'the date %s is a fault with its line',
  (date) => {
    const text = TEA.replace('summary', `date: ${date}\nsummary`)
    expect(describeFault(() => parseProduct(text, 'tea.md', 'catalog', { now: Date.now() }))).toMatch(
      new RegExp(`^5: date:? must be a day, like 2026-02-28, not "${date}"$`),
    )
  },
)

describe('a date in the future', () => {
  const NOW = Date.parse('2026-06-01T12:00:00Z')
  const read = (fields: string, now = NOW, savedAt = 0) =>
    describeFault(() =>
      parseProduct(TEA.replace('summary', `${fields}\nsummary`), 'tea.md', 'catalog', { now, savedAt }),
    )

  test('is a fault that says what to do, since the product would be for sale at once', () => {
    expect(read('date: 2026-06-03')).toBe(
      '5: date: 2026-06-03 is in the future, but the product would be for sale now: add draft: true until then, or write the day on which it was last changed',
    )
    expect(read('date: 2027-05-01\ndraft: true')).toBe('none')
  })

  test('is a fault of a withdrawn product as well, which isn’t for sale, and whose page a draft wouldn’t have', () => {
    expect(read('date: 2027-05-01\nsold: false')).toBe(
      '5: date: 2027-05-01 is in the future: write the day on which it was last changed',
    )
  })

  test('is none on a machine whose clock is behind, if its file was saved that day', () => {
    const saved = Date.parse('2026-06-03T09:00:00Z')
    expect(read('date: 2026-06-03', 0, saved)).toBe('none')
    expect(read('date: 2026-06-05', 0, saved)).toContain('is in the future')
    expect(read('date: 2026-06-05', Date.parse('2026-06-05T09:00:00Z'), saved)).toBe('none')
  })

  test('is none as soon as that day has begun anywhere', () => {
    expect(read('date: 2026-06-02', Date.parse('2026-06-01T10:00:00Z'))).toBe('none')
    expect(read('date: 2026-06-02', Date.parse('2026-06-01T09:59:59Z'))).toContain('is in the future')
  })
})
