import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { shopFields } from '../../server/catalog/identity/fields.ts'
import { CatalogError, openCatalog } from '../../server/catalog/index.ts'
import { systemClock } from '../../server/time.ts'
import { signIn } from '../support/desk.ts'
import { aCatalogueOfOnesOwn } from '../support/own-shop.ts'
import { aPng } from '../support/png.ts'
import { aShop, order, type ShopOptions } from '../support/shop.ts'
import { aFolder } from '../support/workplace.ts'

async function anOwnShop(options: ShopOptions = {}) {
  const catalogue = aCatalogueOfOnesOwn()
  const shop = await aShop({ ...options, catalogFolder: catalogue.folder })
  const page = async (path: string) => (await shop.request().get(path).set('Accept', 'text/html')).text
  return { ...catalogue, shop, page }
}

function faultsIn({ folder }: { folder: string }): string {
  try {
    openCatalog({
      clock: systemClock,
      folder,
      reload: false,
      log: { info: () => undefined, error: () => undefined },
    })
  } catch (error) {
    expect(error).toBeInstanceOf(CatalogError)
    return (error as Error).message.replaceAll(`${folder}/`, '')
  }
  return ''
}

const PNG = Buffer.from('89504e470d0a1a0a', 'hex')

describe('a shop with a name of its own', () => {
  test('never says Nickel to a buyer', async () => {
    const { shop, page } = await anOwnShop()
    const buyer = shop.browser()
    const { id } = await order(buyer)
    await buyer.get(`/success/${id}`).expect(({ text }) => expect(text).not.toMatch(/nickel/i))
    await shop.pay(id)
    const paths = ['/', '/products/article', '/products/other', '/purchases', `/success/${id}`, '/cancel']
    const more = ['/pages/imprint', '/problems/payment-required', '/nowhere', '/site.webmanifest']
    for (const path of [...paths, ...more]) {
      const { text } = await buyer.get(path).set('Accept', 'text/html')
      expect(text).toContain('Corner Library')
      expect([path, text.match(/.*nickel.*/i)]).toEqual([path, null])
    }
    const [, icon = ''] = /<link rel="icon" href="([^"]+)"/.exec(await page('/')) ?? []
    expect((await shop.request().get(icon).buffer(true)).body.toString()).not.toMatch(/nickel/i)
  })

  test('neither does one without a logo', async () => {
    const { write, page, shop } = await anOwnShop()
    write('shop.yaml', 'name: Corner Library\n')
    const [, icon = ''] = /<link rel="icon" href="([^"]+)"/.exec(await page('/')) ?? []
    const { body, headers } = await shop.request().get(icon).buffer(true).expect(200)
    expect([headers['content-type'], /nickel/i.test(String(body))]).toEqual(['image/svg+xml', false])
    expect(await page('/')).not.toMatch(/nickel/i)
  })

  test('says who sells in the footer of every page, on receipts and where something went wrong', async () => {
    const { shop, page } = await anOwnShop()
    const seller =
      /<address>.*Corner Library Ltd.*1 Corner Street\nSpringfield.*mailto:hello@corner.example.*VAT ID <bdi>DE123456789<.*Tax number <bdi>12\/345\/67890</s
    expect(await page('/')).toMatch(seller)
    expect(await page('/nowhere')).toMatch(seller)
    expect(await page('/nowhere')).toContain('You can get help here: <a href="mailto:hello@corner.example"')
    const buyer = shop.browser()
    const { id } = await order(buyer)
    await shop.pay(id)
    const { text } = await buyer.get(`/success/${id}`)
    const [, receipt] = /<section class="receipt"(.*?)<\/section>/s.exec(text) ?? []
    expect(receipt).toMatch(seller)
    const opened = await buyer.get('/products/article')
    expect(/<section class="receipt"(.*?)<\/section>/s.exec(opened.text)?.[1]).toMatch(seller)
  })

  test('a page that was opened before shows the new seller at once, around a receipt that names who sold it', async () => {
    const { shop, write } = await anOwnShop()
    const buyer = shop.browser()
    const { id } = await order(buyer)
    await shop.pay(id)
    await buyer.get('/products/article').expect(({ text }) => expect(text).toContain('Corner Library Ltd'))
    shop.clock.advance(1_000)
    write('shop.yaml', 'name: Harbour Library\nseller: { name: Harbour Ltd }\n')
    const { text } = await buyer.get('/products/article')
    const [receipt = ''] = /<section class="receipt".*?<\/section>/s.exec(text) ?? []
    const around = text.replace(receipt, '')
    expect(around).toContain('Harbour Ltd')
    expect(around).not.toContain('Corner')
    expect(receipt).toContain('Corner Library Ltd') // who sold it
    expect(receipt).not.toContain('Harbour')
  })

  test('shows the products of its order first', async () => {
    const { page, write } = await anOwnShop()
    const slugs = (html: string) =>
      [...html.matchAll(/<h2[^>]*><a href="\/products\/([^"]+)/g)].map(([, slug]) => slug)
    expect(slugs(await page('/'))).toEqual(['other', 'article', 'download'])
    write('shop.yaml', 'order: [download]')
    expect(slugs(await page('/'))).toEqual(['download', 'article', 'other'])
  })
})

describe('pages of one’s own', () => {
  test('are linked from the footer, and written in Markdown as products are', async () => {
    const { page } = await anOwnShop()
    const home = await page('/')
    expect(home).toContain('<a href="/pages/imprint" lang="en" dir="auto">Imprint</a>')
    expect(home).toContain('<a href="/pages/terms" lang="de" dir="auto">Geschäftsbedingungen</a>')
    const imprint = await page('/pages/imprint')
    expect(imprint).toContain('<title>Imprint · Corner Library</title>')
    expect(imprint).toContain('<h2 id="who-we-are"')
    expect(imprint).toContain('href="/pages/terms"')
    expect(imprint).toContain('href="/products/article"')
  })

  test('link to products by their slugs, and to one another where no product has the slug', async () => {
    const { page, write, remove } = await anOwnShop()
    const written = [
      'article',
      './other?a#b',
      'terms',
      './terms#c',
      '../products/later',
      '../pages/article',
      'later',
    ]
    write(
      'pages/about.md',
      `---\ntitle: About\n---\n${written.map((href) => `[there](${href})`).join('\n')}\n[here](?d)\n`,
    )
    const leadsTo = async () =>
      [...(await page('/pages/about')).matchAll(/<a href="([^"]+)">(?:there|here)/g)].map(([, href]) => href)
    const found = [
      '/products/article',
      '/products/other?a#b',
      '/pages/terms',
      '/pages/terms#c',
      '/products/later',
      '/pages/article',
    ]
    expect(await leadsTo()).toEqual([...found, '/pages/later', '/pages/about?d'])
    write('later.md', '---\ntitle: Later\nprice: 1 usd\nkind: article\nsummary: To read.\n---\nText.\n')
    await page('/')
    expect(await leadsTo()).toEqual([...found, '/products/later', '/pages/about?d'])
    remove('later.md')
    await page('/')
    expect(await leadsTo()).toEqual([...found, '/pages/later', '/pages/about?d'])
  })

  test('are there for nobody under another name', async () => {
    const { shop } = await anOwnShop()
    for (const path of ['/pages/nothing', '/pages/imprint.md', '/pages/', '/pages/..%2farticle'])
      await shop.request().get(path).expect(404)
    await shop.request().post('/pages/imprint').expect(405)
  })

  test('stop the start when something is wrong with them, even in production', () => {
    const catalogue = aCatalogueOfOnesOwn()
    catalogue.write('pages/about.md', '---\ntitle: About\n---\n\nSee [the rest](rest.md)\n')
    catalogue.write('pages/privacy.md', '---\ntitel: Privacy\n---\nNothing is kept.\n')
    catalogue.write('pages/Two Words.md', '---\ntitle: Two\n---\nOne\n\n<!-- more -->\n\nTwo')
    catalogue.write('pages/stated.md', '---\ntitle: Twin\nslug: twin\n---\nTwin')
    catalogue.write('pages/twin.md', '---\ntitle: Twin\n---\nTwin')
    for (const name of ['関于 copy', '関于'])
      catalogue.write(`pages/${name}.md`, '---\ntitle: Copied\nslug: copied\n---\nOne')
    const faults = faultsIn(catalogue)
    expect(faults).toContain('pages/関于 copy.md:3: pages/関于.md already has the slug copied')
    expect(faults).toContain('pages/about.md:5: the link to rest.md leads to a file')
    expect(faults).toContain('pages/privacy.md:1: title is missing')
    expect(faults).toContain('pages/privacy.md:2: "titel" is not a field of a page: did you mean title?')
    expect(faults).toContain('pages/Two Words.md:1: "Two Words" cannot be part of an address')
    expect(faults).toContain(
      'pages/Two Words.md:4: nothing on this page is for sale: remove the line <!-- more -->',
    )
    expect(faults).toContain('pages/stated.md:3: pages/twin.md already has the slug twin')
    return expect(aShop({ catalogFolder: catalogue.folder, config: { production: true } })).rejects.toThrow(
      CatalogError,
    )
  })

  test('never show what a product sells', () => {
    const catalogue = aCatalogueOfOnesOwn()
    catalogue.write('map.png', aPng(20, 20))
    catalogue.write(
      'map.md',
      '---\ntitle: Map\nprice: 1 usd\nkind: download\nfile: map.png\nsummary: A map\n---\nMap',
    )
    catalogue.write('pages/about.md', '---\ntitle: About\n---\n![A map](map.png)\n')
    expect(faultsIn(catalogue)).toBe(
      'pages/about.md:4: everybody can see this picture, but map.md sells it as its file',
    )
  })

  test('keep a product that begins to sell their picture from doing so', async () => {
    const { write, shop } = await anOwnShop()
    write('map.png', aPng(20, 20))
    write('pages/about.md', '---\ntitle: About\n---\n![A map](map.png)\n')
    const { text } = await shop.request().get('/pages/about').expect(200)
    const [, src = ''] = /<img src="([^"]+)"/.exec(text.slice(text.indexOf('<main'))) ?? []
    await shop.request().get(src).expect(200).expect('Content-Type', 'image/png')
    write('map.md', '---\ntitle: Map\nprice: 1 usd\nkind: download\nfile: map.png\nsummary: A map\n---\nMap')
    await shop.request().get('/pages/about').expect(200)
    await shop.request().get('/products/map').expect(503)
    expect(JSON.stringify(shop.logged)).toContain('shop.yaml or a page shows this file')
  })
})

describe('the colours of shop.yaml', () => {
  test('come in a small style sheet of their own, named by its content', async () => {
    const { shop, page, write } = await anOwnShop()
    const sheet = async () =>
      /href="(\/identity\/colours-[0-9a-f]{12}\.css)"/.exec(await page('/'))?.[1] ?? ''
    const first = await sheet()
    const { text, headers } = await shop.request().get(first).expect(200)
    expect(headers['cache-control']).toBe('public, max-age=31536000, immutable')
    expect(headers['content-type']).toMatch('text/css')
    expect(text).toMatch(/--coin: #7a2e8e;.*prefers-color-scheme: dark.*--coin: #d9a3e6;/s)
    expect(text.length).toBeLessThan(400)
    write('shop.yaml', 'accent: { light: "#00f", dark: "#aaf" }')
    expect(await sheet()).not.toBe(first)
    await shop.request().get(first).expect(404)
  })

  test.each([
    [
      'accent: { light: "#e0a030", dark: "#86d3b4" }',
      /^shop.yaml:1: accent.light: #e0a030 on light pages has a contrast of 2\.\d:1, but text needs 4.5:1; the nearest that has it is "(#[0-9a-f]{6})"$/,
    ],
    [
      'accent:\n  light: "#1f5f4a"\n  dark: "#1f5f4a"',
      /^shop.yaml:3: accent.dark: #1f5f4a on dark pages has a contrast of 2\.\d:1, .* "(#[0-9a-f]{6})"$/,
    ],
    [
      'accent:\n  light: "#1f5f4a"',
      /^shop.yaml:1: accent.dark: is missing; the nearest to #1f5f4a that can be read on dark pages is "(#[0-9a-f]{6})"$/,
    ],
    ['accent: red', /^shop.yaml:1: accent must have light and dark, like/],
    [
      'accent: { light: red, dark: "#fff" }',
      /^shop.yaml:1: accent.light: must be a colour between quotation marks/,
    ],
    ['accent:\n  light: #1f5f4a', /^shop.yaml:2: everything from # on is a comment/],
  ])('must be readable, and what is near is suggested: %s', (text, message) => {
    const catalogue = aCatalogueOfOnesOwn()
    catalogue.write('shop.yaml', text)
    const fault = faultsIn(catalogue)
    expect(fault).toMatch(message)
    const [, suggested] = message.exec(fault) ?? []
    if (!suggested) return
    const scheme = fault.includes('accent.light') ? 'light' : 'dark'
    const pair = { light: '"#1f5f4a"', dark: '"#86d3b4"', [scheme]: `"${suggested}"` }
    catalogue.write('shop.yaml', `accent: { light: ${pair.light}, dark: ${pair.dark} }`)
    expect(faultsIn(catalogue)).toBe('')
  })
})

describe('logo and icons', () => {
  test('are made from one picture, in the sizes that browsers and phones ask for', async () => {
    const { shop, page } = await anOwnShop()
    const home = await page('/')
    const [, logo = ''] =
      /<img src="(\/identity\/logo-[0-9a-f]{12}\.svg)" alt="" width="28" height="28">/.exec(home) ?? []
    const shown = await shop.request().get(logo).buffer(true).expect(200)
    expect(shown.headers['content-security-policy']).toBe(
      "default-src 'none'; style-src 'unsafe-inline'; sandbox",
    )
    const [, touch = ''] = /<link rel="apple-touch-icon" href="([^"]+)"/.exec(home) ?? []
    const { body: manifest } = await shop
      .request()
      .get('/site.webmanifest')
      .parse((res, done) => {
        let text = ''
        res.on('data', (part: Buffer) => {
          text += part
        })
        res.on('end', () => done(null, JSON.parse(text)))
      })
    expect(manifest).toMatchObject({ name: 'Corner Library', lang: 'en', start_url: '/' })
    const icons = [
      [touch, 180],
      ...manifest.icons.map((each: { src: string; sizes: string }) => [
        each.src,
        Number.parseInt(each.sizes, 10),
      ]),
    ]
    expect(icons).toHaveLength(4)
    for (const [src, side] of icons) {
      const { body, headers } = await shop.request().get(src).buffer(true).expect(200)
      expect(headers['content-type']).toBe('image/png')
      expect([body.subarray(0, 8), body.readUInt32BE(16), body.readUInt32BE(20)]).toEqual([PNG, side, side])
    }
    const favicon = await shop.request().get('/favicon.ico').buffer(true).expect(200)
    expect(favicon.headers['content-type']).toBe('image/x-icon')
    expect(favicon.body.subarray(22, 30)).toEqual(PNG)
    expect(favicon.body.readUInt32LE(14)).toBe(favicon.body.length - 22)
    await shop.request().get(touch.replace('-180', '-181')).expect(404)
    await shop.request().get('/identity/icon-000000000000-180.png').expect(404)
  })

  test('may be a PNG, too', async () => {
    const { shop, page, write } = await anOwnShop()
    write('logo.png', aPng(200, 80))
    write('shop.yaml', 'name: Corner Library\nlogo: logo.png')
    const home = await page('/')
    expect(home).toMatch(
      /<img src="\/identity\/logo-[0-9a-f]{12}\.png" alt="Corner Library" width="70" height="28">/,
    )
    const [, icon = ''] = /<link rel="icon" href="([^"]+)" type="image\/png"/.exec(home) ?? []
    const { body } = await shop.request().get(icon).buffer(true).expect(200)
    expect(body.readUInt32BE(16)).toBe(32)
  })

  test.each([
    [
      '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><script>1</script></svg>',
      'contains a script',
    ],
    [
      '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><text>N</text></svg>',
      'convert the text to paths',
    ],
    [
      '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><image href="https://elsewhere.example/a.png"/></svg>',
      'loads another file',
    ],
    ...['var(--brand, #0f0)', 'rgb(0 255 0 / 50%)', 'hsl(-30deg, 100%, 50%)', 'oklch(80% 0.3 140)'].map(
      (colour) => [
        `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path fill="${colour}" d="M0 0h9v9z"/></svg>`,
        'would be black',
      ],
    ),
    ['<svg xmlns="http://www.w3.org/2000/svg" viewBox="0,0,9,9"/>', 'viewBox="0 0 300 200".* without commas'],
    ['<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0h9v9z"/></svg>', 'says no width and height'],
    ['no picture', 'the picture must be SVG, PNG or JPEG'],
  ])('must be drawable without anything else: %s', (svg, message) => {
    const catalogue = aCatalogueOfOnesOwn()
    catalogue.write('logo.svg', svg)
    expect(faultsIn(catalogue)).toMatch(new RegExp(`^shop.yaml:6: logo: .*${message}`))
  })

  test.each(['#1f7a4d80', 'hsl(120, 100%, 50%)', 'rgba(0, 255, 0, 0.5)', 'url(#var)', 'currentColor'])(
    'may have the colour %s',
    (colour) => {
      const catalogue = aCatalogueOfOnesOwn()
      const path = `<path fill="${colour}" d="M0 0h9v9z"/>`
      catalogue.write('logo.svg', `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">${path}</svg>`)
      expect(faultsIn(catalogue)).toBe('')
    },
  )

  test.each([
    ['no picture', 'the picture must be SVG, PNG or JPEG'],
    [
      '<!-- A logo --><svg xmlns="http://www.w3.org/2000/svg"/>',
      'larger than 100 kB; save a smaller version',
    ],
  ])('must be small pictures: not a large file of %s', (beginning, message) => {
    const catalogue = aCatalogueOfOnesOwn()
    catalogue.write('logo.svg', beginning.padEnd(100_001))
    expect(faultsIn(catalogue)).toMatch(new RegExp(`^shop.yaml:6: logo: .*${message}$`))
  })

  test('that can’t be drawn are an alert, and no error of the shop’s', async () => {
    const { shop, page, write } = await anOwnShop()
    write('logo.svg', '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z"</svg>')
    const [, touch = ''] = /<link rel="apple-touch-icon" href="([^"]+)"/.exec(await page('/')) ?? []
    await shop.request().get(touch).expect(404)
    await shop.request().get(touch).expect(404)
    expect(shop.logged.filter(({ alert }) => alert)).toHaveLength(1)
    const merchant = await signIn(shop)
    expect((await merchant.get('/desk/products').expect(200)).text).not.toContain('Missing')
  })
})

describe('other faults of shop.yaml', () => {
  test.each([
    ['order: [artikle]', 'shop.yaml:1: no product has the slug artikle: did you mean article?'],
    ['order:\n  - other\n  - other', 'shop.yaml:3: other appears twice: keep one of the two'],
    ['order: other', 'shop.yaml:1: order must be a list of slugs, like [bread, cake]'],
    [
      'logo: /logo.svg',
      /^shop.yaml:1: logo: paths begin at .*, without a slash, .*: write logo.svg, not \/logo.svg$/,
    ],
    ['logo: missing.svg', /^shop.yaml:1: logo: the file .*missing.svg is missing$/],
    ['logo: ../../etc/passwd', /^shop.yaml:1: logo: the file/],
    [
      'seller:\n  adress: Corner',
      /^shop.yaml:1: seller.name is missing\nshop.yaml:2: "adress" is not a part of seller$/,
    ],
    [
      'seller: { name: A, contact: "http://corner.example" }',
      /^shop.yaml:1: seller.contact: must be .* begins with https:\/\/$/,
    ],
    ['seller: { name: A, contact: me }', /^shop.yaml:1: seller.contact: must be an email address/],
    [
      'seller: { name: A, contact: "javascript:alert(1)" }',
      /^shop.yaml:1: seller.contact: must be an email address/,
    ],
    [
      'seller: Me',
      'shop.yaml:1: seller must have a name, and may have address, contact, vatId and taxNumber',
    ],
  ])('%s', (text, fault) => {
    const catalogue = aCatalogueOfOnesOwn()
    catalogue.write('shop.yaml', text)
    expect(faultsIn(catalogue)).toMatch(fault)
  })
})

describe('the order of shop.yaml knows a product by its slug', () => {
  const FIELDS = 'title: Tea\nprice: 1 usd\nkind: article\nsummary: To read.'
  const FAULTY = FIELDS.replace('1 usd', '0.01 usd')

  test.each([
    ['which its text doesn’t change', 'tea', `---\n${FIELDS}\n---\nWrite:\n\n---\nslug: my-post\n---\n`],
    ['which may be written as YAML allows', 'green-tea', `---\n${FIELDS}\n"slug" : green-tea\n---\nText.\n`],
    ['although the file has a fault', 'tea', `---\n${FAULTY}\n---\nWrite:\n\nslug: my-post\n`],
    ['that a file with a fault states', 'green-tea', `---\r\n${FAULTY}\r\n'slug': 'green-tea'\r\n---\r\n`],
    ['that fields without an end state', 'green-tea', `---\n${FIELDS}\nslug: green-tea\nText.\n`],
    ['that fields without a beginning state', 'green-tea', `${FIELDS}\nslug: green-tea\n---\nText.\n`],
    ['although the field has no value', 'tea', `---\nslug:\n${FIELDS}\n---\nText.\n`],
  ])('%s', (_what, slug, text) => {
    const catalogue = aCatalogueOfOnesOwn()
    catalogue.write('tea.md', text)
    catalogue.write('shop.yaml', `order: [${slug}]`)
    expect(faultsIn(catalogue)).toBe('')
  })
})

describe('a first visit to an empty shop', () => {
  const anEmptyShop = async (config: ShopOptions['config'] = {}) => {
    const catalogFolder = join(aFolder(), 'catalog')
    mkdirSync(catalogFolder)
    const shop = await aShop({ catalogFolder, config })
    return (await shop.request().get('/')).text
  }

  test('tells the merchant in sandbox mode what to do next', async () => {
    const text = await anEmptyShop()
    expect(text).toContain('catalog/first-steps.md')
    expect(text).toContain('catalog/shop.yaml')
  })

  test('doesn’t tell it to name a shop whose shop.yaml is there: saving the example would replace that', async () => {
    const { folder, write, remove } = aCatalogueOfOnesOwn()
    for (const name of ['article.md', 'download.md', 'other.md']) remove(name)
    write('shop.yaml', 'lang: de')
    const shop = await aShop({ catalogFolder: folder })
    const { text } = await shop.request().get('/').set('Accept-Language', 'en')
    expect(text).toContain('catalog/first-steps.md')
    expect(text).toContain('docs/products.md')
    expect(text).not.toContain('catalog/shop.yaml')
  })

  test('tells a stranger in live mode that there is nothing yet, and nothing about files', async () => {
    const text = await anEmptyShop({ mode: 'live' })
    expect(text).toContain('Nothing here yet. Please come back later.')
    expect(text).not.toContain('catalog/')
  })

  test('shows a product that can be saved as it is', async () => {
    const [, example = ''] =
      /first-steps\.md.*?<pre[^>]*><code>(.*?)<\/code>/s.exec(await anEmptyShop()) ?? []
    const catalogue = aCatalogueOfOnesOwn()
    catalogue.write('first-steps.md', example.replaceAll('&lt;', '<').replaceAll('&gt;', '>'))
    const { faults } = openCatalog({
      clock: systemClock,
      folder: catalogue.folder,
      reload: false,
      log: { info: () => undefined, error: () => undefined },
    })
    expect(faults).toEqual([])
  })
})

test('contrast is measured against the backgrounds of tokens.css', async () => {
  const { BACKGROUNDS } = await import('../../server/catalog/identity/colours.ts')
  const [light = '', dark = ''] = readFileSync('public/styles/tokens.css', 'utf8').split(
    'prefers-color-scheme: dark',
  )
  const value = (css: string, name: string) => new RegExp(`--${name}: (#[0-9a-f]{6})`).exec(css)?.[1]
  expect(BACKGROUNDS).toEqual({
    light: { paper: value(light, 'paper'), card: value(light, 'card') },
    dark: { paper: value(dark, 'paper'), card: value(dark, 'card') },
  })
})

test('docs/your-shop.md shows files that can be saved as they are, and names every field', () => {
  const page = readFileSync('docs/your-shop.md', 'utf8')
  const block = (language: string) =>
    new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\`$`, 'ms').exec(page)?.[1] ?? ''
  const catalogue = aCatalogueOfOnesOwn()
  mkdirSync(join(catalogue.folder, 'pictures'))
  catalogue.write('pictures/logo.svg', readFileSync(join(catalogue.folder, 'logo.svg')))
  catalogue.write('pictures/social.png', aPng(1200, 630))
  for (const slug of ['bread', 'cake'])
    catalogue.write(`${slug}.md`, readFileSync(join(catalogue.folder, 'article.md')))
  catalogue.write('shop.yaml', block('yaml'))
  catalogue.write('pages/imprint.md', block('markdown'))
  expect(faultsIn(catalogue)).toBe('')
  const fields = Object.keys(shopFields.shape)
  expect(fields.filter((field) => !page.includes(`| \`${field}\` |`))).toEqual([])
})
