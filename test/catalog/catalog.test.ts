import { mkdirSync, renameSync, symlinkSync, unlinkSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import {
  type Catalog,
  CatalogError,
  findProduct,
  listProducts,
  lookForChanges,
  openCatalog,
  readPaidContent,
} from '../../server/catalog/index.ts'
import { systemClock } from '../../server/time.ts'
import { openFaultless } from '../support/catalogue.ts'
import { POINTER } from '../support/lfs-pointer.ts'
import { aFolder } from '../support/workplace.ts'

const FIELDS = { title: 'A good read', price: '0.25 usd', kind: 'article', summary: 'Worth a quarter.' }

function aProduct(
  changes: Record<string, string | undefined> = {},
  body = 'Before\n\n<!-- more -->\n\nAfter',
) {
  const fields = Object.entries({ ...FIELDS, ...changes }).filter(([, value]) => value !== undefined)
  return `---\n${fields.map(([name, value]) => `${name}: ${value}`).join('\n')}\n---\n${body}\n`
}

function aCatalog(files: Record<string, string>, reload = false) {
  const folder = aFolder()
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(folder, name, '..'), { recursive: true })
    writeFileSync(join(folder, name), text)
  }
  const logged: string[] = []
  const log = { info: () => undefined, error: (_facts: object, message: string) => logged.push(message) }
  return { folder, logged, open: () => openFaultless({ folder, reload, log: log as never }) }
}

/** Looks at the folder, however short ago it was looked at. */
function refresh(catalog: Catalog): Promise<void> {
  catalog.nextLookAt = 0
  return lookForChanges(catalog)
}

describe('a product’s file', () => {
  test('is a product, cut at the marker', () => {
    const catalog = aCatalog({ 'good-read.md': aProduct() }).open()
    expect(listProducts(catalog)).toEqual([
      {
        slug: 'good-read',
        title: 'A good read',
        lang: 'en',
        kind: 'article',
        summary: 'Worth a quarter.',
        status: 'sold',
        order: undefined,
        date: undefined,
        tags: [],
        updatedAt: expect.any(Number),
        price: { hundredths: 25, currency: 'usd' },
        choice: undefined,
        prices: [{ price: { hundredths: 25, currency: 'usd' } }],
        destination: undefined,
        fees: [],
        tax: undefined,
        tip: undefined,
        picture: undefined,
        previewHtml: '<p dir="auto">Before</p>\n',
        previewText: '\nBefore\n',
        thanksHtml: '',
        words: { preview: 1, paid: 1 },
        pictures: { paid: 0 },
        file: undefined,
      },
    ])
    expect(readPaidContent(catalog, 'good-read')).toEqual({
      html: '<p dir="auto">After</p>\n',
      pictures: new Map(),
      file: undefined,
    })
    expect(readPaidContent(catalog, 'bad-read')).toBeUndefined()
  })

  test('without a marker, an article is paid for as a whole, and of a download only the file', () => {
    const catalog = aCatalog({
      'article.md': aProduct({}, 'All of it'),
      'download.md': aProduct({ kind: 'download', file: 'files/a.txt' }, 'All of it'),
      'files/a.txt': 'x',
    }).open()
    expect(findProduct(catalog, 'article')?.previewHtml).toBe('')
    expect(findProduct(catalog, 'download')?.previewHtml).toBe('<p dir="auto">All of it</p>\n')
    expect(readPaidContent(catalog, 'download')).toMatchObject({ html: '', file: { name: 'a.txt' } })
  })

  test('says how much there is, and of a download its name and size', () => {
    const body = 'Two words: **here**, 2026.\n\n<!-- more -->\n\n[And](https://example.com) more – or less'
    const catalog = aCatalog({
      'article.md': aProduct({}, body),
      'download.md': aProduct({ kind: 'download', file: 'files/a.txt' }, ''),
      'files/a.txt': 'twelve bytes',
    }).open()
    expect(findProduct(catalog, 'article')?.words).toEqual({ preview: 4, paid: 4 })
    expect(findProduct(catalog, 'download')?.file).toEqual({ name: 'a.txt', bytes: 12, isMissing: false })
  })

  test('may come from Windows', () => {
    const catalog = aCatalog({ 'good-read.md': aProduct().replaceAll('\n', '\r\n') }).open()
    expect(findProduct(catalog, 'good-read')?.previewHtml).toBe('<p dir="auto">Before</p>\n')
  })

  test('runs nothing: neither HTML nor scripts nor code in its fields', () => {
    const body =
      '<script>alert(1)</script>\n\n[a](javascript:alert(1))\n\n<!-- more -->\n\n<img src=x onerror=alert(1)>'
    const catalog = aCatalog({ 'a.md': aProduct({ title: '"<b>A</b> <%= 7*7 %>"' }, body) }).open()
    const html = `${findProduct(catalog, 'a')?.previewHtml}${readPaidContent(catalog, 'a')?.html}`
    expect(html).not.toMatch(/<script|<img|href="javascript/)
    expect(findProduct(catalog, 'a')?.title).toBe('<b>A</b> <%= 7*7 %>')
    expect(() => aCatalog({ 'a.md': '---js\n({ title: process.exit(1) })\n---\n' }).open()).toThrow(
      CatalogError,
    )
    expect(aCatalog({ 'a.md': aProduct({ title: '!!js/function "function () {}"' }) }).open).toThrow(
      /a\.md:2: !!js\/function has a meaning of its own/,
    )
  })
})

describe('a faulty file is named, with line and what is wrong', () => {
  test.each([
    ['no fields', 'Just text', /a\.md:1: a product file starts with a line of ---/],
    ['fields that are a list', '---\n- a\n---\n', /a\.md:2: the fields must be names with values/],
    [
      'broken YAML',
      '---\ntitle: "open\nprice: x\n---\n',
      /a\.md:2: a text that begins with a quotation mark must end with one/,
    ],
    ['an alias bomb', '---\ntitle: &a [x]\nprice: *a\n---\n', /a\.md:/],
    ['a missing title', aProduct({ title: undefined }), /a\.md:1: title is missing/],
    ['an empty title', aProduct({ title: '""' }), /a\.md:2: title must not be empty/],
    [
      'a title that is no text',
      aProduct({ title: '[1]' }),
      /a\.md:2: title must be text, not a list: write one without/,
    ],
    [
      'a pass for a list of tags',
      aProduct({ kind: 'pass', opens: '[a]', days: '3' }),
      /a\.md:6: opens must be text, not a list: write one without brackets/,
    ],
    ...['[#bread]', '[bread, #cake]', '[ #bread ]'].map(
      (tags) =>
        [
          `tags with number signs, ${tags}`,
          aProduct({ tags }),
          /a\.md:6: # begins a comment, so the rest of the line is missing: leave the # out[^\n]*$/,
        ] as const,
    ),
    [
      'a field twice',
      aProduct({ title: 'a\ntitle: b' }),
      /a\.md:3: title appears twice: keep one of the two/,
    ],
    ['an unknown field', aProduct({ prise: '1 usd' }), /a\.md:6: "prise" is not a field/],
    ['a price that is none', aProduct({ price: '25 cents' }), /a\.md:3: price: "25 cents" is not an amount/],
    [
      'a price without a currency',
      aProduct({ price: '0.25' }),
      /a\.md:3: price needs a currency, like 0\.25 usd/,
    ],
    [
      'a title that is a number',
      aProduct({ title: '1984' }),
      /a\.md:2: title must be text: .* like title: "1984"/,
    ],
    [
      'a title that is true',
      aProduct({ title: 'true' }),
      /a\.md:2: title must be text: .* like title: "true"/,
    ],
    ['nothing behind a name', aProduct({ summary: '' }), /a\.md:5: summary must not be empty/],
    [
      'a colon in a text',
      aProduct({ title: 'Bread: the short way' }),
      /a\.md:2: put quotation marks around a text that contains ": ", like title: "Bread: the short way"/,
    ],
    ['an indented field', aProduct({ title: 'a\n  price: b' }), /a\.md:3: the line is indented, as if it/],
    [
      'a field twice, behind an empty one',
      aProduct({ title: 'a\nlang:\ntitle: b' }),
      /a\.md:4: title appears twice/,
    ],
    [
      'a handle between brackets',
      aProduct({ title: 'a\ntip: { platform: x, username: @home }' }),
      /a\.md:3: put quotation marks around a text that begins with @/,
    ],
    [
      'a missing comma between brackets',
      aProduct({ price: '{ from: 1 usd suggest: [3 usd] }' }),
      /a\.md:3: write a comma between two values/,
    ],
    [
      'a missing bracket',
      aProduct({ title: 'a\ntags: [\n  b,\n  c ]', price: '{ from: 1 usd, suggest: [3 usd }' }),
      /a\.md:6: the closing \] is missing$/,
    ],
    [
      'text behind a bracket',
      aProduct({ price: '{ from: 1 usd, suggest: [3 usd] } or more' }),
      /a\.md:3: there is more text after the closing bracket: remove it/,
    ],
    ['a text that begins with brackets', aProduct({ title: '[new] a' }), /a\.md:2: put quotation marks/],
    ['a brace too many', aProduct({ price: '{ from: 1 usd }}' }), /a\.md:3: there is a \} too many/],
    [
      'indentation of all fields but the last',
      '---\n title: a\n price: 1 usd\nkind: article\n---\n',
      /a\.md:4: the fields above are indented, and this one is not/,
    ],
    ['a tab', aProduct({ title: 'a\n\tslug: b' }), /a\.md:3: the line begins with a tab/],
    [
      'a handle',
      aProduct({ title: '@home' }),
      /a\.md:2: put quotation marks around a text that begins with @/,
    ],
    ['a dash', aProduct({ title: '- a' }), /a\.md:2: put quotation marks around a text that begins with -/],
    [
      'a bracket',
      aProduct({ title: '[a' }),
      /a\.md:2: the closing \] is missing; or put quotation marks around a text that begins with \[/,
    ],
    ['text behind quotes', aProduct({ title: '"a" b' }), /a\.md:2: there is more text after the closing/],
    [
      'a field without a colon',
      aProduct({ title: 'a\nslug' }),
      /a\.md:3: a field has a name, a colon and a space/,
    ],
    [
      'a field without a space',
      aProduct({ title: 'a\nslug:b' }),
      /a\.md:3: a field has a name, a colon and a space/,
    ],
    ['a backslash', aProduct({ title: '"C:\\q"' }), /a\.md:2: a backslash has a meaning of its own/],
    ['a field that is misspelled', aProduct({ sumary: 'x' }), /a\.md:6: "sumary" .*: did you mean summary\?/],
    [
      'a kind that is misspelled',
      aProduct({ kind: 'Articel' }),
      /a\.md:4: kind must be .*: did you mean article\?/,
    ],
    [
      'a picture of another site',
      aProduct({ image: 'https://example.com/bread.webp' }),
      /a\.md:6: pages show and sell files of this shop only: save https:\/\/example\.com\/bread\.webp inside/,
    ],
    [
      'a README',
      '# Our products',
      /a\.md:1: .* A file that isn’t a product, such as README\.md, belongs elsewhere/,
    ],
    [
      'a price below Code’s minimum',
      aProduct({ price: '0.04 usd' }),
      /a\.md:3: price: 0\.04 usd is below Code's minimum of 0\.05 usd/,
    ],
    [
      'a price above Code’s maximum',
      aProduct({ price: '250.01 usd' }),
      /a\.md:3: price: 250\.01 usd is above/,
    ],
    ['an unknown currency', aProduct({ price: '1 xyz' }), /a\.md:3: price: Code does not take xyz/],
    [
      'an unknown kind',
      aProduct({ kind: 'song' }),
      /a\.md:4: kind must be article, download, donation, pass, or api$/,
    ],
    ['an article with a file', aProduct({ file: 'a.txt' }), /a\.md:6: an article has no file/],
    ['a download without one', aProduct({ kind: 'download' }), /a\.md:4: a download needs a file/],
    [
      'a download that is missing',
      aProduct({ kind: 'download', file: 'files/b.zip' }),
      /a\.md:6: the file .*files\/b\.zip is missing/,
    ],
    [
      'a download that is a folder',
      aProduct({ kind: 'download', file: '.' }),
      /a\.md:6: .* is a folder, not a file$/,
    ],
    [
      'a download from elsewhere',
      aProduct({ kind: 'download', file: '../../../../../../../etc/passwd' }),
      /a\.md:6: the file .* is outside/,
    ],
    ['a slug that is no address', aProduct({ slug: 'A b' }), /a\.md:6: "A b" cannot be part of an address/],
    [
      'a slug that is too long',
      aProduct({ slug: 'a'.repeat(201) }),
      /a\.md:6: .*at most 200 characters, not 201/,
    ],
  ])('%s', (_what, text, message) => {
    expect(aCatalog({ 'a.md': text }).open).toThrow(message)
  })

  test('a file name that is no address', () => {
    expect(aCatalog({ 'A b.md': aProduct() }).open).toThrow(
      /A b\.md:1: "A b" cannot be part of an address: .*, like slug: bread/,
    )
  })

  test.each([
    [
      'an article without text',
      '',
      /a\.md:4: an article needs text for its buyers, but there is none below the fields/,
    ],
    ['an article without text below the marker', 'a\n\n<!-- more -->\n\n \u200b', /none below <!-- more -->/],
    ['an article of nothing but a comment', '[//]: # (to do)', /needs text/],
  ])('%s', (_what, body, message) => {
    expect(aCatalog({ 'a.md': aProduct({}, body) }).open).toThrow(message)
  })

  test('a download of an empty file', () => {
    const files = { 'a.md': aProduct({ kind: 'download', file: 'b.txt' }), 'b.txt': '' }
    expect(aCatalog(files).open).toThrow(/a\.md:6: the file b\.txt is empty: its buyers would get nothing/)
  })

  test('a file that Git LFS has not fetched', () => {
    const goods = { 'a.md': aProduct({ kind: 'download', file: 'b.zip' }), 'b.zip': POINTER }
    expect(aCatalog(goods).open).toThrow(
      /a\.md:6: the file b\.zip is only a pointer of Git LFS.* git lfs pull/,
    )
    const pictures = { 'a.md': aProduct({ image: 'b.png' }, '![](b.png)'), 'b.png': POINTER }
    expect(aCatalog(pictures).open).toThrow(/a\.md:6: .* of Git LFS.*\n.*a\.md:8: .* of Git LFS/)
  })

  test('a slug that another file has', () => {
    expect(aCatalog({ 'a.md': aProduct(), 'b.md': aProduct({ slug: 'a' }) }).open).toThrow(
      /b\.md:6: a\.md already has the slug a/,
    )
    expect(aCatalog({ 'a.md': aProduct({ slug: 'b' }), 'b.md': aProduct() }).open).toThrow(
      /a\.md:6: b\.md already has the slug b/,
    )
    const stated = { 'a.md': aProduct({ slug: 'c' }), 'b.md': aProduct({ slug: 'c' }) }
    expect(aCatalog(stated).open).toThrow(/b\.md:6: a\.md already has the slug c/)
  })

  test.each(['パン (conflicted copy 2026-11-30).md', 'パン copy.md', 'パン (1).md', 'Copy of パン.md'])(
    'a slug of which there is a copy: %s',
    (copy) => {
      const files = { [copy]: aProduct({ slug: 'bread' }), 'パン.md': aProduct({ slug: 'bread' }) }
      expect(aCatalog(files).open).toThrow(`${copy}:6: パン.md already has the slug bread`)
    },
  )

  test('a folder that is called like a product, and links that lead nowhere', () => {
    const { folder, open } = aCatalog({})
    mkdirSync(join(folder, 'a.md'))
    symlinkSync('/nowhere', join(folder, 'b.md'))
    symlinkSync('c.md', join(folder, 'c.md'))
    expect(open).toThrow(/a\.md:1: this is a folder, not a file\n.*b\.md:1: .* read: .*\n.*c\.md:1: .* read/)
  })

  test('a link that leads out of the folder', () => {
    const { folder, open } = aCatalog({ 'a.md': aProduct({ kind: 'download', file: 'link' }) })
    symlinkSync('/etc/passwd', join(folder, 'link'))
    expect(open).toThrow(/is outside/)
  })

  test('everything in it at once, in the order of its lines', () => {
    const text =
      '---\nsummary: 1984\ntitel: Bread\nkind: articel\nlang: ""\nimage: 5\n---\nBefore [a](#nowhere) and ![b](c.webp)\n\n<!-- more -->\n\n[d](e f.md)\n\n<!-- more -->\n'
    const faults = openCatalog({
      clock: systemClock,
      folder: aCatalog({ 'a.md': text }).folder,
      reload: false,
      log: { info: () => undefined, error: () => undefined } as never,
    }).faults.map((fault) => fault.slice(fault.indexOf('a.md:')))
    expect(faults).toEqual([
      'a.md:1: title is missing',
      'a.md:1: price is missing',
      'a.md:2: summary must be text: put quotation marks around it, like summary: "1984"',
      'a.md:3: "titel" is not a field of a product: did you mean title?',
      'a.md:4: kind must be article, download, donation, pass, or api: did you mean article?',
      'a.md:5: lang must not be empty',
      'a.md:6: image must be text: put quotation marks around it, like image: "5"',
      expect.stringMatching(/^a\.md:14: /),
    ])
  })

  test('fields that no product has, also where the kind isn’t known', () => {
    const text =
      '---\nTitle: Bread\nprecio: 1 usd\nKind: article\nFile: a.zip\nfile: 5\nsumary: x\n---\nText\n'
    const { faults } = openCatalog({
      clock: systemClock,
      folder: aCatalog({ 'a.md': text }).folder,
      reload: false,
      log: { info: () => undefined, error: () => undefined } as never,
    })
    expect(faults.map((fault) => fault.slice(fault.indexOf('a.md:')))).toEqual([
      'a.md:1: kind is missing',
      'a.md:1: title is missing',
      'a.md:1: summary is missing',
      'a.md:1: price is missing',
      'a.md:2: "Title" is not a field of a product: did you mean title?',
      'a.md:3: "precio" is not a field of a product',
      'a.md:4: "Kind" is not a field of a product: did you mean kind?',
      'a.md:5: "File" is not a field of a product: did you mean file?',
      'a.md:7: "sumary" is not a field of a product: did you mean summary?',
    ])
  })

  test.each([
    ['[2024]', 'an entry of tags must be text: put quotation marks around it, like "2024"'],
    ['[~]', 'an entry of tags must not be empty'],
    [`[${'a'.repeat(61)}]`, 'an entry of tags must have at most 60 characters'],
    ['[a b]', 'tags: a tag has lowercase letters from a to z, digits and single hyphens, like bread-series'],
  ])('an entry of a list: %s', (tags, message) => {
    const { open } = aCatalog({ 'a.md': aProduct({ tags }) })
    expect(open).toThrow(`a.md:6: ${message}`)
  })

  test('a title with more characters than fit, whichever they are', () => {
    const titled = (characters: number) =>
      aCatalog({ 'a.md': aProduct({ title: '🍞'.repeat(characters) }) }).open
    expect(titled(120)).not.toThrow()
    expect(titled(121)).toThrow('a.md:2: title must have at most 120 characters')
  })

  test('every link and picture that leads nowhere', () => {
    const body =
      '[a](#nowhere)\n\n![b](c.webp)\n\n<!-- more -->\n\n[d](e.md)\n\n![f](https://g.example/h.png)'
    expect(aCatalog({ 'a.md': aProduct({}, body) }).open).toThrow(
      /a\.md:7: no heading .*\n.*a\.md:9: the file .* missing\n.*a\.md:13: the link to e\.md .*\n.*a\.md:15: the picture/,
    )
  })

  test('all files at once', () => {
    expect(aCatalog({ 'a.md': 'x', 'b.md': aProduct(), 'c.md': 'y' }).open).toThrow(
      /a\.md:1: .*\n.*c\.md:1: /,
    )
  })

  test('a folder that is missing', () => {
    expect(() =>
      openCatalog({ clock: systemClock, folder: '/nowhere/catalog', reload: false, log: undefined as never }),
    ).toThrow(CatalogError)
  })
})

describe('in development', () => {
  test('a file that is dropped in, changed or taken away is seen at once', async () => {
    const { folder, open } = aCatalog({ 'a.md': aProduct() }, true)
    const catalog = open()
    writeFileSync(join(folder, 'b.md'), aProduct({ title: 'B' }))
    await refresh(catalog)
    expect(findProduct(catalog, 'b')?.title).toBe('B')
    writeFileSync(join(folder, 'b.md'), aProduct({ title: 'C' }))
    utimesSync(join(folder, 'b.md'), 1, 1)
    await refresh(catalog)
    expect(findProduct(catalog, 'b')?.title).toBe('C')
    unlinkSync(join(folder, 'b.md'))
    await refresh(catalog)
    expect(listProducts(catalog)).toHaveLength(1)
  })

  test('a file with a fault keeps its last good version, says so once, and holds up no other file', async () => {
    const { folder, open, logged } = aCatalog({ 'a.md': aProduct(), 'c.md': aProduct() }, true)
    const catalog = open()
    writeFileSync(join(folder, 'a.md'), 'broken')
    writeFileSync(join(folder, 'b.md'), 'broken, and new')
    writeFileSync(join(folder, 'c.md'), aProduct({ price: '0.30 usd' }))
    writeFileSync(join(folder, 'd.md'), aProduct())
    await refresh(catalog)
    await refresh(catalog)
    expect(listProducts(catalog).map(({ slug, price }) => [slug, price.hundredths])).toEqual([
      ['a', 25],
      ['c', 30],
      ['d', 25],
    ])
    expect(logged).toEqual([expect.stringMatching(/a\.md:1: /), expect.stringMatching(/b\.md:1: /)])
    writeFileSync(join(folder, 'a.md'), aProduct({ title: 'Fixed' }))
    await refresh(catalog)
    expect(findProduct(catalog, 'a')?.title).toBe('Fixed')
  })

  test('a fault that is in another file is gone when that file is there', async () => {
    const { folder, open } = aCatalog({ 'a.md': aProduct() }, true)
    const catalog = open()
    writeFileSync(join(folder, 'b.md'), aProduct({ kind: 'download', file: 'b.txt' }))
    await refresh(catalog)
    expect(findProduct(catalog, 'b')).toBeUndefined()
    writeFileSync(join(folder, 'b.txt'), 'x')
    await refresh(catalog)
    expect(findProduct(catalog, 'b')?.file).toEqual({ name: 'b.txt', bytes: 1, isMissing: false })
    writeFileSync(join(folder, 'b.txt'), 'more')
    await refresh(catalog)
    expect(findProduct(catalog, 'b')?.file).toEqual({ name: 'b.txt', bytes: 4, isMissing: false })
  })

  test('a slug belongs to the product that had it first, until that gives it up', async () => {
    const { folder, open, logged } = aCatalog({ 'b.md': aProduct({ title: 'B' }) }, true)
    const catalog = open()
    writeFileSync(join(folder, 'a.md'), aProduct({ title: 'A', slug: 'b' }))
    await refresh(catalog)
    expect(listProducts(catalog).map(({ title }) => title)).toEqual(['B'])
    const message = /a\.md:6: b\.md already has the slug b: a slug must be unique$/
    expect(logged).toEqual([expect.stringMatching(message)])
    const restarted = openCatalog({
      clock: systemClock,
      folder,
      reload: false,
      log: { info: () => undefined, error: () => undefined },
    })
    expect(restarted.faults).toEqual([expect.stringMatching(message)])
    expect(listProducts(restarted).map(({ title }) => title)).toEqual(['B'])
    unlinkSync(join(folder, 'b.md'))
    await refresh(catalog)
    expect(listProducts(catalog).map(({ title }) => title)).toEqual(['A'])
  })

  test('two products that exchange their slugs at once both get them', async () => {
    const { folder, open } = aCatalog({ 'a.md': aProduct(), 'b.md': aProduct() }, true)
    const catalog = open()
    writeFileSync(join(folder, 'a.md'), aProduct({ title: 'A', slug: 'b' }))
    writeFileSync(join(folder, 'b.md'), aProduct({ title: 'B', slug: 'a' }))
    await refresh(catalog)
    expect([findProduct(catalog, 'a')?.title, findProduct(catalog, 'b')?.title]).toEqual(['B', 'A'])
  })

  test('parts of a series stand in the order of the numbers in their names', async () => {
    const { folder, open } = aCatalog({ 'part-10.md': aProduct(), 'part-1.md': aProduct() }, true)
    const catalog = open()
    writeFileSync(join(folder, 'part-2.md'), aProduct())
    await refresh(catalog)
    expect(listProducts(catalog).map(({ slug }) => slug)).toEqual(['part-1', 'part-2', 'part-10'])
  })

  test('a file that only an editor or a file system needs is no product', async () => {
    const { folder, open, logged } = aCatalog({ 'bread.md': aProduct(), '._bread.md': '\0\x05\x16' }, true)
    symlinkSync('me@machine.4711:1', join(folder, '.#bread.md'))
    const catalog = open()
    writeFileSync(join(folder, '.bread.md'), 'x')
    await refresh(catalog)
    expect(listProducts(catalog)).toHaveLength(1)
    expect(logged).toEqual([])
  })

  test('a file whose name ends in capitals is a product like any other', async () => {
    const { folder, open } = aCatalog({ 'bread.MD': aProduct() }, true)
    const catalog = open()
    expect(listProducts(catalog).map(({ slug }) => slug)).toEqual(['bread'])
    writeFileSync(join(folder, 'cake.Md'), aProduct())
    await refresh(catalog)
    expect(listProducts(catalog)).toHaveLength(2)
  })

  test('a folder that goes away leaves the catalogue as it was until it comes back', async () => {
    const { folder, open, logged } = aCatalog({ 'a.md': aProduct() }, true)
    const catalog = open()
    renameSync(folder, `${folder}-away`)
    await refresh(catalog)
    expect(listProducts(catalog)).toHaveLength(1)
    expect(logged).toEqual([expect.stringContaining('cannot be read')])
    renameSync(`${folder}-away`, folder)
    await refresh(catalog)
    expect(listProducts(catalog)).toHaveLength(1)
  })

  test('only what has changed is read, in slices between which others are served', async () => {
    const files = Array.from({ length: 400 }, (_, at) => [`p${at}.md`, aProduct({}, 'Text. '.repeat(2_000))])
    const { folder, open } = aCatalog(Object.fromEntries(files), true)
    const catalog = open()
    const before = listProducts(catalog)
    writeFileSync(join(folder, 'p7.md'), aProduct({ title: 'Changed' }))
    await refresh(catalog)
    const changed = listProducts(catalog).filter((product) => !before.includes(product))
    expect(changed.map(({ title }) => title)).toEqual(['Changed'])

    for (const [name = ''] of files) utimesSync(join(folder, name), 1, 1)
    let turns = 0
    const turn = () => {
      turns += 1
      timer = setImmediate(turn)
    }
    let timer = setImmediate(turn)
    await refresh(catalog)
    clearImmediate(timer)
    expect(turns).toBeGreaterThan(5)
  })

  test('hundreds of files with faults are not read at every request', async () => {
    const missing = aProduct({ image: 'missing.png' })
    const files = Array.from({ length: 220 }, (_, at) => [`p${at}.md`, missing])
    const { folder, logged } = aCatalog(Object.fromEntries(files))
    const log = { info: () => undefined, error: (_facts: object, message: string) => logged.push(message) }
    const catalog = openCatalog({ folder, reload: true, log: log as never, clock: systemClock })
    await refresh(catalog)
    expect(catalog.nextLookAt - performance.now()).toBeGreaterThan(500)
  })
})

test('in production, the catalogue is read once', async () => {
  const { folder, open } = aCatalog({ 'a.md': aProduct() })
  const catalog = open()
  writeFileSync(join(folder, 'b.md'), aProduct())
  await refresh(catalog)
  expect(findProduct(catalog, 'b')).toBeUndefined()
})
