import { copyFileSync, mkdirSync, readFileSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, jest, test } from '@jest/globals'
import { findPicture, findProduct, lookForChanges } from '../../server/catalog/index.ts'
import { assertPlaceless } from '../../server/catalog/taken-where.ts'
import { openFaultless } from '../support/catalogue.ts'
import { aPng } from '../support/png.ts'
import { aShop, order } from '../support/shop.ts'
import { aFolder } from '../support/workplace.ts'

const FIELDS = 'title: A picture\nprice: 0.25 usd\nkind: article\nsummary: Worth a look.'
const WEBP = 'test/support/full-catalog/pictures/lines.webp'

/** The beginning of a JPEG from a camera that was held upright: 4 by 3 pixels, to be turned by a quarter. */
function aJpegOnItsSide(): Buffer {
  const exif = `45786966000049492a0008000000010012010300010000000600000000000000`
  return Buffer.from(
    `ffd8ffe1${(exif.length / 2 + 2).toString(16).padStart(4, '0')}${exif}ffc0000b080003000401011100ffd9`,
    'hex',
  )
}

/** EXIF with the place, or with another tag than that of the latitude, or with a latitude of so many degrees, which is written at `at`. */
function anExif(isLittle: boolean, { tag = 2, degrees = 19, at = 44 } = {}): Buffer {
  const number = (value: number, bytes: number) => {
    const written = Buffer.alloc(bytes)
    if (isLittle) written.writeUIntLE(value, 0, bytes)
    else written.writeUIntBE(value, 0, bytes)
    return written
  }
  const directory = (entry: number, type: number, count: number, value: number) => [
    number(1, 2),
    number(entry, 2),
    number(type, 2),
    number(count, 4),
    number(value, 4),
    number(0, 4),
  ]
  return Buffer.concat([
    Buffer.from(isLittle ? 'II*\0' : 'MM\0*'),
    number(8, 4),
    ...directory(0x88_25, 4, 1, 26),
    ...directory(tag, 5, 3, at),
    ...[degrees, 1, 0, 1, 0, 1].map((each) => number(each, 4)),
  ])
}

const PLACED = {
  'a JPEG': (exif = anExif(true)) => {
    const size = Buffer.alloc(2)
    size.writeUInt16BE(exif.length + 8)
    const [start, end] = [aJpegOnItsSide().subarray(0, 2), aJpegOnItsSide().subarray(-15)]
    return Buffer.concat([start, Buffer.from('ffe1', 'hex'), size, Buffer.from('Exif\0\0'), exif, end])
  },
  'a WebP': (exif = anExif(false)) => Buffer.concat([readFileSync(WEBP), Buffer.from('EXIF\0\0\0\0'), exif]),
  'a PNG': (exif = anExif(false)) => Buffer.concat([aPng(30, 20), Buffer.from('\0\0\0\0eXIf'), exif]),
  'an AVIF': (exif = anExif(true)) => Buffer.concat([anAvif(0), exif]),
  'a PNG with XMP': () => aPngWith('<x exif:GPSLatitude="19,25N"/>'),
  'a PNG with an element of XMP': () => aPngWith('<exif:GPSLatitude>0,25.5N</exif:GPSLatitude>'),
}

function aPngWith(text: string): Buffer {
  return Buffer.concat([aPng(30, 20), Buffer.from(text)])
}

/** The end of a picture in which each of many heads leads to one directory of many entries that aren't the place. */
function anExifOfHeads(heads: number, entries: number): Buffer {
  const written = Array.from({ length: heads }, (_, i) => {
    const head = Buffer.from('MM\0*\0\0\0\0')
    head.writeUInt32BE((heads - i) * head.length, 4)
    return head
  })
  const directory = Buffer.alloc(2 + entries * 12, 1)
  directory.writeUInt16BE(entries)
  return Buffer.concat([...written, directory])
}

function aBox(type: string, ...content: Buffer[]): Buffer {
  const size = Buffer.alloc(4)
  size.writeUInt32BE(8 + Buffer.concat(content).length)
  return Buffer.concat([size, Buffer.from(type), ...content])
}

/** The beginning of an AVIF of 4 by 3 pixels, to be turned by this many quarters. */
function anAvif(quarters: number): Buffer {
  const size = aBox('ispe', Buffer.from([0, 0, 0, 0, 0, 0, 0, 4, 0, 0, 0, 3]))
  const properties = aBox('iprp', aBox('ipco', size, aBox('irot', Buffer.from([quarters]))))
  return Buffer.concat([
    aBox('ftyp', Buffer.from('avif\0\0\0\0mif1avif')),
    aBox('meta', Buffer.alloc(4), properties),
  ])
}

function aCatalog(fields: string, files: Record<string, string | Buffer> = {}, reload = false) {
  const folder = join(aFolder(), 'catalog')
  mkdirSync(join(folder, 'pictures'), { recursive: true })
  copyFileSync(WEBP, join(folder, 'pictures/rules.webp'))
  writeFileSync(join(folder, 'a.md'), `---\n${FIELDS}\n${fields}\n---\nBefore\n\n<!-- more -->\n\nAfter\n`)
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content)
  const logged: string[] = []
  const log = { info: () => undefined, error: (_facts: object, message: string) => logged.push(message) }
  return { folder, logged, open: () => openFaultless({ folder, reload, log: log as never }) }
}

describe('a picture that says where it was taken', () => {
  test.each(Object.entries(PLACED))('is rejected: %s', (_what, place) => {
    const { open } = aCatalog('image: b', { b: place() })
    expect(open).toThrow(/a\.md:6: the picture contains the place where it was taken/)
  })

  test.each([
    ['no latitude', anExif(true, { tag: 29 })],
    ['a latitude of zeros, since the camera didn’t know it', anExif(true, { degrees: 0 })],
    ['a latitude behind the end', anExif(true, { at: 99_999 })],
    ['a directory behind the end', anExif(true).subarray(0, 20)],
    ['no directory', anExif(false).subarray(0, 6)],
  ])('isn’t one with %s', (_what, exif) => {
    for (const name of ['a WebP', 'a PNG', 'a JPEG'] as const)
      expect(aCatalog('image: b', { b: PLACED[name](exif) }).open).not.toThrow()
  })

  test.each([
    '<exif:GPSLatitude></exif:GPSLatitude>',
    '<exif:GPSLatitude> </exif:GPSLatitude><x y="1"/>',
    '<x exif:GPSLatitude="" y="1"/>',
    "<x exif:GPSLatitude = '0,0.000N'/>",
  ])('isn’t one with XMP that names no place: %s', (xmp) => {
    expect(aCatalog('image: b', { b: aPngWith(xmp) }).open).not.toThrow()
  })

  test('is looked for in a bounded number of entries, also in a file that is all beginnings of EXIF', () => {
    const reads = jest.spyOn(Buffer.prototype, 'readUIntBE')
    assertPlaceless(anExifOfHeads(100, 1_000), Error)
    expect(reads.mock.calls.length).toBeLessThan(10_000)
    reads.mockRestore()
  })
})

describe('the file that a name means', () => {
  const DECOMPOSED = 'pictures/guaca\u0301mole.webp' // as Macs write it
  const COMPOSED = DECOMPOSED.normalize()

  test.each([
    [DECOMPOSED, COMPOSED],
    [COMPOSED, DECOMPOSED],
    ['pictures/sa\u0301lsa/x.webp', 'pictures/s\u00e1lsa/x.webp'],
  ])('has the same accents, however they are written: %j for %j', (there, named) => {
    const { open, folder } = aCatalog(`image: ${named}`)
    mkdirSync(dirname(join(folder, there)), { recursive: true })
    copyFileSync(WEBP, join(folder, there))
    expect(findProduct(open(), 'a')?.picture?.path).toBe(join(folder, there))
  })

  test.each([
    [
      'Pictures/RULES.webp',
      'is missing, but there is FOLDER/pictures/rules.webp: write the same capital letters',
    ],
    [
      '/pictures/rules.webp',
      'a.md:6: paths begin at FOLDER/, without a slash, and have / between their parts: write pictures/rules.webp, not /pictures/rules.webp',
    ],
    ['../Pictures/rules.webp', ': write pictures/rules.webp, not ../Pictures/rules.webp'],
    ['pictures\\rules.webp', ': write pictures/rules.webp, not pictures\\rules.webp'],
    ['catalog/pictures/rules.webp', ': write pictures/rules.webp, not catalog/pictures/rules.webp'],
    ['pictures/other.webp', 'the file FOLDER/pictures/other.webp is missing'],
    ['../Pictures/other.webp', 'is missing'],
    ['pictures/rules.webp/x', 'is missing'],
  ])('is named in an error if it is another than %s', (named, message) => {
    const { open, folder } = aCatalog(`image: ${named}`)
    expect(open).toThrow(message.replace('FOLDER', folder))
  })
})

describe('a product’s picture', () => {
  test('is known by its content, with its size and what it shows', () => {
    const catalog = aCatalog('image: pictures/rules.webp\nimageAlt: Seven lines').open()
    const picture = findProduct(catalog, 'a')?.picture
    expect(picture).toMatchObject({ type: 'image/webp', width: 960, height: 640, alt: 'Seven lines' })
    expect(picture?.name).toMatch(/^a-[0-9a-f]{12}\.webp$/)
    expect(findPicture(catalog, picture?.name ?? '')).toBe(picture)
    expect(findPicture(catalog, 'a.webp')).toBeUndefined()
  })

  test('may do without words where it only decorates', () => {
    expect(findProduct(aCatalog('image: pictures/rules.webp').open(), 'a')?.picture?.alt).toBe('')
  })

  test('has the type of its content, whatever it is called', () => {
    const catalog = aCatalog('image: a.jpg', { 'a.jpg': aPng(30, 20) }).open()
    expect(findProduct(catalog, 'a')?.picture).toMatchObject({ type: 'image/png', width: 30, height: 20 })
  })

  test('from a camera that was turned has the width and height that people see', () => {
    const catalog = aCatalog('image: a.jpg', { 'a.jpg': aJpegOnItsSide() }).open()
    expect(findProduct(catalog, 'a')?.picture).toMatchObject({ type: 'image/jpeg', width: 3, height: 4 })
  })

  test.each([
    ['4d4d002a000000080001011200030000000100060000', 20, 30],
    ['49492a0008000000010012010300010000000800000000', 20, 30],
    ['4d4d002a000000080001011200030000000100030000', 30, 20],
  ])('that is turned in a PNG has the width and height that people see: %s', (exif, width, height) => {
    const catalog = aCatalog('image: a.png', { 'a.png': aPng(30, 20, Buffer.from(exif, 'hex')) }).open()
    expect(findProduct(catalog, 'a')?.picture).toMatchObject({ width, height })
  })

  test.each([
    [0, 4, 3],
    [1, 3, 4],
    [2, 4, 3],
    [3, 3, 4],
  ])(
    'that is turned by %s quarters in an AVIF has the width and height that people see',
    (quarters, width, height) => {
      const catalog = aCatalog('image: a.avif', { 'a.avif': anAvif(quarters) }).open()
      expect(findProduct(catalog, 'a')?.picture).toMatchObject({ type: 'image/avif', width, height })
    },
  )

  test.each([
    ['that is missing', 'image: b.png', {}, /a\.md:6: the file .*b\.png is missing/],
    ['from elsewhere', 'image: ../../../../../../etc/passwd', {}, /a\.md:6: .* is outside/],
    [
      'that is none',
      'image: a.png',
      { 'a.png': 'text' },
      /a\.md:6: the picture must be PNG, JPEG, WebP or AVIF/,
    ],
    ['that is empty', 'image: a.png', { 'a.png': '' }, /a\.md:6: the picture must be PNG/],
    [
      'that can carry scripts',
      'image: a.png',
      { 'a.png': '<svg xmlns="http://www.w3.org/2000/svg" width="3" height="2"/>' },
      /a\.md:6: the picture must be PNG/,
    ],
    [
      'that is heavy',
      'image: a.png',
      { 'a.png': Buffer.concat([aPng(3, 2), Buffer.alloc(300_000)]) },
      /a\.md:6: the picture is larger than 300 kB/,
    ],
    [
      'that is none, and as large as a book',
      'image: a.png',
      { 'a.png': Buffer.concat([Buffer.from('PK\x03\x04'), Buffer.alloc(300_000)]) },
      /a\.md:6: the picture must be PNG, JPEG, WebP or AVIF$/,
    ],
    ...Object.entries({
      jpg: aJpegOnItsSide(),
      avif: anAvif(0),
      webp: readFileSync(WEBP),
    }).map(
      ([name, picture]) =>
        [
          `that is heavy, of another type: ${name}`,
          'image: a.png',
          { 'a.png': Buffer.concat([picture, Buffer.alloc(300_000)]) },
          /a\.md:6: the picture is larger than 300 kB/,
        ] as const,
    ),
    [
      'that is huge when unpacked',
      'image: a.png',
      { 'a.png': aPng(4_001, 2) },
      /a\.md:6: the picture has 4001 × 2 pixels; the limit is 4000 per side/,
    ],
    ['of which only the words are there', 'imageAlt: A', {}, /a\.md:6: imageAlt needs an image/],
  ])('%s stops the start', (_what, fields, files, message) => {
    expect(aCatalog(fields, files as Record<string, string>).open).toThrow(message)
  })

  test('that a link leads to outside of the folder stops the start', () => {
    const { folder, open } = aCatalog('image: link.webp')
    const outside = join(aFolder(), 'rules.webp')
    copyFileSync(WEBP, outside)
    symlinkSync(outside, join(folder, 'link.webp'))
    expect(open).toThrow(/is outside/)
  })

  test('is not what another product sells, by whatever name', () => {
    const { folder, open } = aCatalog('image: link.webp', {
      'b.md': `---\n${FIELDS.replace('article', 'download')}\nfile: pictures/rules.webp\n---\n`,
    })
    symlinkSync(join(folder, 'pictures/rules.webp'), join(folder, 'link.webp'))
    expect(open).toThrow(/b\.md:6: a\.md shows this file as a picture, so everybody can see it/)
  })

  test('cannot be a file that a product sells, not even its own', () => {
    const fields = FIELDS.replace('article', 'download')
    const text = `---\n${fields}\nfile: pictures/rules.webp\nimage: pictures/rules.webp\n---\n`
    expect(aCatalog('', { '0.md': text, '1.md': text.replace('image', 'slug: b\nimage') }).open).toThrow(
      /0\.md:7: everybody can see this picture, but this product sells it as its file\n.*1\.md:8: /,
    )
  })

  test('is seen at once in development when it is saved anew', async () => {
    const { folder, open } = aCatalog('image: a.png', { 'a.png': aPng(3, 2) }, true)
    const catalog = open()
    expect(findProduct(catalog, 'a')?.picture?.width).toBe(3)
    writeFileSync(join(folder, 'a.png'), aPng(5, 4))
    utimesSync(join(folder, 'a.png'), 1, 1)
    catalog.nextLookAt = 0
    await lookForChanges(catalog)
    expect(findProduct(catalog, 'a')?.picture?.width).toBe(5)
  })
})

describe('GET /pictures/…', () => {
  async function aShopWithPicture() {
    const { folder } = aCatalog('image: pictures/rules.webp\nimageAlt: Seven "lines"')
    const shop = await aShop({ catalogFolder: folder })
    const page = await shop.request().get('/products/a').expect(200)
    const [, src = ''] = /<img class="picture" src="([^"]+)"/.exec(page.text) ?? []
    return { shop, page, src }
  }

  test('the pages keep the place of a picture, and say what it shows', async () => {
    const { shop, page, src } = await aShopWithPicture()
    expect(page.text).toContain('alt="Seven &quot;lines&quot;" width="960" height="640"')
    expect((await shop.request().get('/')).text).toContain(`src="${src}" alt="" width="960" height="640"`)
  })

  test('is kept for ever under a name that goes with the content', async () => {
    const { shop, src } = await aShopWithPicture()
    const { headers, body } = await shop.request().get(src).expect(200)
    expect(headers).toMatchObject({
      'content-type': 'image/webp',
      'cache-control': 'public, max-age=31536000, immutable',
      'x-content-type-options': 'nosniff',
    })
    expect(headers['set-cookie']).toBeUndefined()
    expect(body.length).toBeGreaterThan(500)
    await shop.request().get(src).set('If-None-Match', String(headers.etag)).expect(304)
  })

  test.each(['/pictures/', '/pictures/a.webp', '/pictures/..%2fa.md', '/pictures/rules.webp'])(
    'nothing else is there: %s',
    async (path) => {
      const { shop } = await aShopWithPicture()
      await shop.request().get(path).expect(404)
    },
  )

  test('is for looking only', async () => {
    const { shop, src } = await aShopWithPicture()
    await shop.request().post(src).expect(405).expect('Allow', 'GET, HEAD')
  })
})

describe('pictures in a text', () => {
  async function aShopWithPictures() {
    const files = {
      'seen.png': aPng(3, 2),
      'paid.png': aPng(5, 4),
      'b.md': `---\n${FIELDS}\n---\n![Seen](seen.png)\n\n<!-- more -->\n\n![Paid](paid.png)\n`,
    }
    const shop = await aShop({ catalogFolder: aCatalog('', files).folder })
    const [buyer, other] = [shop.browser(), shop.browser()]
    await shop.pay((await order(buyer, 'b')).id)
    await shop.pay((await order(other, 'a')).id)
    const { text } = await buyer.get('/products/b').expect(200)
    const [seen = '', paid = ''] = [...text.matchAll(/<img src="([^"]+)"/g)].map(([, src]) => src)
    return { shop, buyer, other, seen, paid }
  }

  test('those of the preview are for everybody, and those that are paid for only for their buyers', async () => {
    const { shop, buyer, other, seen, paid } = await aShopWithPictures()
    await shop.request().get(seen).expect(200).expect('Content-Type', 'image/png')
    expect((await shop.request().get('/products/b')).text).not.toContain(paid)

    const { headers, body } = await buyer.get(paid).expect(200)
    expect(body).toEqual(aPng(5, 4))
    expect(headers).toMatchObject({
      'content-type': 'image/png',
      'cache-control': 'private, no-store, no-transform',
    })
    const inside = paid.replace('/products/b', '')
    await buyer.get(inside).expect(404)
    await buyer.get(`/products/b${inside}x`).expect(404)
    await buyer.get(`/products/a${inside}`).expect(402)
    for (const stranger of [shop.request(), other])
      expect((await stranger.get(paid).expect(402)).headers['cache-control']).toBe(
        'private, no-store, no-transform',
      )
    await other.get(`/products/a${inside}`).expect(404)
    const { text } = await other.get(paid).set('Accept', 'text/html').expect(402)
    expect(text).toContain('<a class="button" href="/products/b">')
  })

  test('are at the same address wherever the text is shown', async () => {
    const { shop, seen, paid } = await aShopWithPictures()
    const buyer = shop.browser()
    const { id } = await order(buyer, 'b')
    await shop.pay(id)
    const { text } = await buyer.get(`/success/${id}`).expect(200)
    expect([...text.matchAll(/<img src="([^"]+)"/g)].map(([, src]) => src)).toEqual([seen, paid])
  })

  test('may be larger than those of the storefront, but not what a product sells', () => {
    const files = {
      'large.png': Buffer.concat([aPng(3, 2), Buffer.alloc(300_000)]),
      'b.md': `---\n${FIELDS}\n---\n![](large.png)\n`,
    }
    expect(aCatalog('', files).open).not.toThrow()
    const sold = {
      ...files,
      'b.md': `---\n${FIELDS}\n---\nText\n\n![](large.png)\n\n<!-- more -->\n\nText\n`,
      'c.md': `---\n${FIELDS.replace('article', 'download')}\nfile: large.png\n---\n`,
    }
    expect(aCatalog('', sold).open).toThrow(/c\.md:6: b\.md shows this file as a picture/)
    expect(aCatalog('', { ...sold, '0.md': sold['c.md'] }).open).toThrow(
      /b\.md:9: everybody can see this picture, but 0\.md sells it/,
    )
  })
})

test('pictures below the fold are loaded when they come near', async () => {
  const { folder } = aCatalog('image: pictures/rules.webp')
  for (const name of ['b', 'c', 'd']) copyFileSync(join(folder, 'a.md'), join(folder, `${name}.md`))
  const shop = await aShop({ catalogFolder: folder })
  const { text } = await shop.request().get('/')
  expect([...text.matchAll(/loading="(\w+)"/g)].map(([, loading]) => loading)).toEqual([
    'eager',
    'eager',
    'eager',
    'lazy',
  ])
})
