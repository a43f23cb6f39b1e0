import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { CatalogError, identityOf, openCatalog } from '../../server/catalog/index.ts'
import { systemClock } from '../../server/time.ts'
import { HTML, signIn } from '../support/desk.ts'
import { aShop, order, type ShopOptions } from '../support/shop.ts'
import { aFolder } from '../support/workplace.ts'

const SHOP = `name: Corner Library
tagline: Short reads from the corner
description: Essays and maps of our part of town.
lang: pt-br
timeZone: Europe/Berlin
`

/** A catalogue's folder with these files in it. */
function aCatalogue(files: Record<string, string>) {
  const folder = join(aFolder(), 'catalog')
  mkdirSync(folder)
  const write = (name: string, text: string) => writeFileSync(join(folder, name), text)
  for (const [name, text] of Object.entries(files)) write(name, text)
  return { folder, write, remove: (name: string) => rmSync(join(folder, name)) }
}

const silent = { info: () => undefined, error: () => undefined }

function faultsOf(shop: string, timeZone?: string): string {
  const { folder } = aCatalogue({ 'shop.yaml': shop })
  try {
    openCatalog({ clock: systemClock, folder, reload: false, log: silent, timeZone })
  } catch (error) {
    expect(error).toBeInstanceOf(CatalogError)
    return (error as Error).message.replaceAll(`${folder}/`, '')
  }
  return ''
}

async function aShopOf(files: Record<string, string>, options: ShopOptions = {}) {
  const catalogue = aCatalogue(files)
  return { ...catalogue, shop: await aShop({ ...options, catalogFolder: catalogue.folder }) }
}

describe('shop.yaml', () => {
  test('says whose shop it is', () => {
    const { folder } = aCatalogue({ 'shop.yaml': SHOP })
    expect(identityOf(openCatalog({ clock: systemClock, folder, reload: false, log: silent }))).toMatchObject(
      {
        name: 'Corner Library',
        tagline: 'Short reads from the corner',
        description: 'Essays and maps of our part of town.',
        lang: 'pt-BR',
        timeZone: 'Europe/Berlin',
      },
    )
  })

  test.each([undefined, '', '# name: Corner Library\n\n'])('may be missing or empty: %j', (text) => {
    const { folder } = aCatalogue(text === undefined ? {} : { 'shop.yaml': text })
    expect(identityOf(openCatalog({ clock: systemClock, folder, reload: false, log: silent }))).toMatchObject(
      {
        name: 'Nickel',
        pages: [],
        order: [],
      },
    )
  })

  test.each([
    ['nmae: Corner', 'shop.yaml:1: "nmae" is not a field of shop.yaml: did you mean name?'],
    [
      '# A comment\n\nname: 42',
      'shop.yaml:3: name must be text: put quotation marks around it, like name: "42"',
    ],
    ['name: 007', 'shop.yaml:1: name must be text: put quotation marks around it, like name: "007"'],
    [
      'seller:\n  name: Corner\n  contact: +493012345678\n  taxNumber: 01234567890123456789',
      'shop.yaml:3: seller.contact must be text: put quotation marks around it, like contact: "+493012345678"\nshop.yaml:4: seller.taxNumber must be text: put quotation marks around it, like taxNumber: "01234567890123456789"',
    ],
    [
      'order: [0x10]',
      'shop.yaml:1: an entry of order must be text: put quotation marks around it, like "0x10"',
    ],
    ['lang: 12', 'shop.yaml:1: lang must be the tag of a language, like ar, th or pt-BR, not "12"'],
    ['timeZone: 2', 'shop.yaml:1: timeZone must be the name of an IANA time zone, like Europe/Berlin'],
    [
      'accent: { light: 123456, dark: "#86d3b4" }',
      'shop.yaml:1: accent.light must be a colour between quotation marks, like "#1f5f4a", not 123456',
    ],
    ['name: One\nname: Two', 'shop.yaml:2: name appears twice: keep one of the two'],
    ['name: One\nseller:\nname: Two', 'shop.yaml:3: name appears twice: keep one of the two'],
    ['name:One', 'shop.yaml:1: the fields must be names with values, like name: Corner Library'],
    ['name: One\ntagline:Two', /^shop.yaml:2: a field has a name, .* like name: Corner Library$/],
    [
      'seller:\n\tname: One\nname: Two',
      'shop.yaml:2: the line begins with a tab: indent it with spaces instead',
    ],
    ['seller:\n  name: One\n   address: Two', /^shop.yaml:3: .*: indent it as far as the line above$/],
    ['seller:\n  name: One\n address: Two', /^shop.yaml:3: .*: indent it as far as the line above$/],
    ['---\nname: One\n---', 'shop.yaml:3: the line of --- would begin other fields: remove it'],
    ['name:', 'shop.yaml:1: name must not be empty'],
    ['name: Corner\ntagline: Reads # short', /^shop.yaml:2: everything from # on is a comment/],
    ['just a text', /^shop.yaml:1: the fields must be names with values/],
    [
      'lang: klingon',
      'shop.yaml:1: lang: must be the tag of a language, like ar, th or pt-BR, not "klingon"',
    ],
    ['tax: { rate: 19 }', 'shop.yaml:1: tax.label is missing'],
    ['timeZone: Berlin', 'shop.yaml:1: timeZone: must be the name of an IANA time zone, like Europe/Berlin'],
  ])('stops the start with a fault that says where and what is right: %j', (text, fault) => {
    expect(faultsOf(text)).toMatch(fault)
  })

  test('names all of its faults at once', () => {
    expect(faultsOf('lang: klingon\nname:\nfoo: bar').split('\n')).toHaveLength(3)
  })

  test('is not overlooked under another name', () => {
    const { folder } = aCatalogue({ 'shop.yml': SHOP })
    expect(() => openCatalog({ clock: systemClock, folder, reload: false, log: silent })).toThrow(
      'rename that to shop.yaml',
    )
  })
})

describe('the language', () => {
  const ARTICLE = '---\ntitle: Brot\nkind: article\nprice: 1 usd\nsummary: Zum Backen.\n---\nText\n'
  const FILES = {
    'shop.yaml': 'lang: de',
    'brot.md': ARTICLE,
    'bread.md': ARTICLE.replace('title: Brot', 'title: Bread\nlang: en'),
  }
  const titlesOn = (html: string) =>
    Object.fromEntries(
      [...html.matchAll(/<h2 lang="(.*?)"><a[^>]*><bdi>(.*?)</g)].map(([, lang, title]) => [title, lang]),
    )

  test('is that of the products which name no other', async () => {
    const { shop } = await aShopOf(FILES)
    const { text } = await shop.request().get('/').expect(200)
    expect(titlesOn(text)).toEqual({ Brot: 'de', Bread: 'en' })
  })

  test('changes for products while the shop runs, and stays as it was while shop.yaml is faulty', async () => {
    const { shop, write, remove } = await aShopOf(FILES)
    const home = async () => titlesOn((await shop.request().get('/').expect(200)).text)
    write('shop.yaml', 'lang: klingon')
    expect(await home()).toEqual({ Brot: 'de', Bread: 'en' })
    write('shop.yaml', 'lang: es')
    expect(await home()).toEqual({ Brot: 'es', Bread: 'en' })
    remove('shop.yaml')
    expect(await home()).toEqual({ Brot: 'en', Bread: 'en' })
  })

  test('of a title is named wherever its buyer reads it, and is unknown once the product is gone', async () => {
    const pass = ARTICLE.replace('Brot', 'Abo').replace('article', 'pass\nopens: all\ndays: 1')
    const { shop, remove } = await aShopOf({ ...FILES, 'abo.md': pass })
    const buyer = shop.browser()
    const languagesOf = async (title: string, path: string) => {
      const { text } = await buyer.get(path).expect(200)
      const [, main = ''] = text.split(/<main[^>]*>/)
      const tags = [...main.matchAll(/<([^<>]*)>([^<>]+)(?=<)/g)].filter(([, , content]) => content === title)
      return tags.map(([, tag = '']) => / lang="(.*?)"/.exec(tag)?.[1])
    }
    const { id } = await order(buyer, 'brot')
    expect(await languagesOf('Brot', '/cancel?product=brot')).toEqual(['de'])
    expect(await languagesOf('Brot', `/success/${id}`)).toEqual(['de'])
    await shop.pay(id)
    expect(await languagesOf('Brot', `/success/${id}`)).toEqual(['de', 'de', 'de']) // with the goods, and the receipt
    expect(await languagesOf('Brot', '/products/brot')).toEqual(['de', 'de'])
    expect(await languagesOf('Brot', '/purchases')).toEqual(['de'])
    await shop.pay((await order(buyer, 'abo')).id)
    expect(await languagesOf('Abo', '/products/bread')).toEqual(['de'])
    remove('brot.md')
    expect(await languagesOf('Brot', `/success/${id}`)).toEqual(['', ''])
    expect(await languagesOf('Brot', '/purchases')).toEqual([''])
  })

  test('of a title is named at the merchant’s desk too, in lists, at its order, and above the forms', async () => {
    const { shop, remove } = await aShopOf(FILES)
    const merchant = await signIn(shop)
    const buyer = shop.browser()
    const { id } = await order(buyer, 'brot')
    await shop.pay(id)
    const [found] = await shop.query('SELECT id, buyer FROM orders')
    const path = `/desk/orders/${found?.id}`
    const pages = ['/desk/orders', path, `/desk/buyers/${found?.buyer}`, `${path}/revoke`, `${path}/link`]
    const tagsOn = async (page: string) => (await merchant.get(page).set(HTML).expect(200)).text
    for (const page of pages) expect(await tagsOn(page)).toMatch(/ lang="de"[^>]*>Brot</)
    remove('brot.md')
    for (const page of pages) expect(await tagsOn(page)).toMatch(/ lang=""[^>]*>Brot</)
  })
})

describe('the time zone', () => {
  test('may come from shop.yaml or TIME_ZONE, but not be two different ones', () => {
    expect(faultsOf(SHOP, 'Asia/Tokyo')).toBe(
      'shop.yaml:5: timeZone is Europe/Berlin, but the setting TIME_ZONE is Asia/Tokyo: remove one of the two',
    )
    expect(faultsOf(SHOP, 'Europe/Berlin')).toBe('')
    expect(faultsOf('timeZone: Asia/Calcutta', 'Asia/Kolkata')).toBe('')
  })

  test('is that of shop.yaml, and otherwise that of TIME_ZONE', async () => {
    const own = await aShopOf({ 'shop.yaml': SHOP })
    expect(own.shop.shop.config.timeZone).toBe('Europe/Berlin')
    const set = await aShop({ env: { TIME_ZONE: 'Asia/Tokyo' } })
    expect(set.shop.config.timeZone).toBe('Asia/Tokyo')
    const neither = await aShop()
    expect(neither.shop.config.timeZone).toBe('UTC')
  })

  test('changes with the file while the shop runs', async () => {
    const { shop, write } = await aShopOf({ 'shop.yaml': SHOP })
    write('shop.yaml', 'timeZone: Asia/Tokyo')
    await shop.request().get('/').expect(200)
    expect(shop.shop.config.timeZone).toBe('Asia/Tokyo')
  })
})

describe('a running shop', () => {
  test('has its new name at the next request', async () => {
    const { shop, write } = await aShopOf({ 'shop.yaml': SHOP })
    expect((await shop.request().get('/')).text).toContain(
      '<title>Short reads from the corner · Corner Library</title>',
    )
    write('shop.yaml', 'name: Harbour Library')
    expect((await shop.request().get('/')).text).toContain('Harbour Library</title>')
  })

  test('keeps its last good name while the file has a fault, and alerts the merchant', async () => {
    const { shop, write } = await aShopOf({ 'shop.yaml': SHOP })
    await shop.request().get('/')
    write('shop.yaml', 'name: Harbour Library\nfoo: bar')
    for (const _twice of [1, 2]) {
      const { text } = await shop.request().get('/')
      expect(text).toContain('Corner Library</title>')
      expect(text).toContain('shop.yaml:2: &quot;foo&quot; is not a field of shop.yaml')
    }
    const alerts = shop.logged.filter(({ alert }) => alert)
    expect(alerts).toHaveLength(1)
    expect(alerts[0]?.msg).toContain('shop.yaml:2:')
    write('shop.yaml', 'name: Harbour Library')
    const { text } = await shop.request().get('/')
    expect(text).toContain('Harbour Library</title>')
    expect(text).not.toContain('shop.yaml:')
  })
})
