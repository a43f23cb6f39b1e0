import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from '@jest/globals'
import { gatherFaults } from '../../server/catalog/fault.ts'
import { kindOf } from '../../server/catalog/index.ts'
import { parseProduct } from '../../server/catalog/parse-product.ts'
import { en, loadTexts } from '../../server/texts/index.ts'
import { describeFault } from '../support/describe-fault.ts'
import { aPng } from '../support/png.ts'
import { aFolder } from '../support/workplace.ts'

beforeAll(() => loadTexts('en')) // its plurals are loaded with the first page

const FRONT = ['---', 'title: A', 'price: 1 usd', 'kind: article', 'summary: B', '---'] // the text begins in line 7

function aFolderWithPictures(): string {
  const folder = aFolder()
  mkdirSync(join(folder, 'pictures'))
  for (const name of ['loaf.png', 'two words.png', '50% off.png', 'ขนมปัง.png'])
    writeFileSync(join(folder, 'pictures', name), aPng(30, 20))
  return folder
}

function parse(body: string, { folder = aFolderWithPictures(), front = FRONT } = {}) {
  const { product, paid } = parseProduct(`${front.join('\n')}\n${body}`, 'bread.md', folder, {
    now: Date.now(),
  })
  return { product, preview: product.previewHtml, paid: paid.html, pictures: paid.pictures }
}

const faultOf = (body: string) => describeFault(() => parse(body))

describe('a picture or a link whose address has spaces', () => {
  test.each([
    ['![o](pictures/two words.png)', '![o](<pictures/two words.png>) or ![o](pictures/two%20words.png)'],
    [
      '![o](two words.png "Title")',
      'write ![o](<two words.png> "Title") or ![o](two%20words.png "Title"), or',
    ],
    ["![o](a b.png 'It')", "write ![o](<a b.png> 'It') or ![o](a%20b.png 'It'), or"],
    ['![o](a\tb.png)', 'write ![o](<a b.png>) or ![o](a%20b.png), or'],
    ['![o](50% off.png)', 'write ![o](<50% off.png>) or ![o](50%25%20off.png), or'],
    ['![o](a%20b c.png)', 'or ![o](a%20b%20c.png), or'],
    ['![ö](ขนม ปัง.png)', 'or ![ö](ขนม%20ปัง.png), or'],
    [
      '[x](tel:+49 30 123)',
      'has spaces, so it isn’t one: write [x](tel:+4930123), or \\[ to show it as text',
    ],
    ['[x](tel:+49 30 "Call")', 'write [x](tel:+4930 "Call"), or'],
    ['[x](https://example.com/a b)', 'or %20 in place of each space of any other address, or \\['],
    ['[l](aviso de privacidad)', 'the address of a link has spaces, so it isn’t one: write the slug'],
    ['See [l](a) and ![o](pictures/a (1).png).', '![o](<pictures/a (1).png>) or ![o](pictures/a%20(1).png)'],
    [
      '![o](a.webp =300x)',
      'can’t be given a size, so it isn’t one: save it as large as it is to be shown, and',
    ],
    ['![o](a.webp =300x200)', 'and write ![o](a.webp), or \\['],
    ['| a |\n|---|\n| ![o](a b.png) |', '![o](<a b.png>)'],
    ['![r] (pictures/loaf.png)', 'space between ] and (, so it isn’t one: write ![r](pictures/loaf.png)'],
  ])('would be shown with its brackets: %j', (text, right) => {
    expect(faultOf(`First.\n\n${text}`)).toContain(right)
  })

  test('is named by its line, as often as it occurs', () => {
    const faults = gatherFaults()
    faults.attempt(() => parse('First.\n\nOne\n[l](a b)\n\n> ![r] (loaf.png)'))
    expect(faults.throwFound).toThrow(
      expect.objectContaining({ line: 10, others: [expect.objectContaining({ line: 12 })] }),
    )
  })

  test.each([
    'See [1] (page 3), and [2] (loaf.png).',
    'Code: `![o](a b.png)` and `[l](c d)`',
    '```\n![o](a b.png)\n```',
    '    [l](c d)',
    '\\[l](c d) and !\\[o] (loaf.png)',
    '[l](/a "b c")',
    'Wow! [Well] (it is in a.png)',
    'f(a b) [c] d(e f)',
  ])('and ordinary text isn’t one: %j', (text) => {
    expect(faultOf(text)).toBe('none')
  })

  test.each([
    '![o](<pictures/two words.png>)',
    '![o](pictures/two%20words.png)',
    '![o](<pictures/two words.png> "Title")',
    '![o](pictures/two%20words.png "Title")',
    '![o](<pictures/50% off.png>)',
    '![o](pictures/50%25%20off.png)',
  ])('is found as %j', (text) => {
    expect(parse(text).pictures.size).toBe(1)
  })
})

function hrefOf(markdown: string): string | undefined {
  return /href="([^"]*)"/.exec(parse(markdown).paid)?.[1]
}

describe('a link leads to the same place wherever its text is shown', () => {
  test.each([
    ['another product', '[next](other-product)', '/products/other-product'],
    [
      'another product, with a part of it',
      '[next](./other-product#the-end)',
      '/products/other-product#the-end',
    ],
    ['the storefront', '[all](..)', '/'],
    ['a path of the shop', '[mine](/purchases)', '/purchases'],
    ['another site', '[there](https://example.com/x.md)', 'https://example.com/x.md'],
    ['another site, without its scheme', '[there](//example.com/x.md)', 'https://example.com/x.md'],
    ['what another program answers here', '[blog](/blog?of=x.md)', '/blog?of=x.md'],
    ['an address for mail', '[me](mailto:me@example.com)', 'mailto:me@example.com'],
    ['a heading', '# The *end*!\n\n[end](#the-end)', '#the-end'],
    ['a heading in another script', '# סוף דבר\n\n[end](#סוף-דבר)', '#%D7%A1%D7%95%D7%A3-%D7%93%D7%91%D7%A8'],
  ])('%s', (_what, markdown, href) => {
    expect(hrefOf(markdown)).toBe(href)
  })

  test('an address that one part defines can be used in the other, and so can a heading', () => {
    const body =
      '[a] and [the end](#end)\n\n[b]: /products/b\n\n<!-- more -->\n\n[b]\n\n# End\n\n[a]: /products/a'
    const { preview, paid } = parse(body)
    expect(preview).toBe('<p dir="auto"><a href="/products/a">a</a> and <a href="#end">the end</a></p>\n')
    expect(paid).toBe('<p dir="auto"><a href="/products/b">b</a></p>\n<h2 id="end" dir="auto">End</h2>\n')
  })

  test.each([
    ['a donation', 'kind: donation', '{ from: 1 usd, suggest: [3 usd] }'],
    ['a pass', 'kind: pass\nopens: all\ndays: 30', '1 usd'],
    ['an API product', 'kind: api\nendpoint: search\ncalls: 100', '1 usd'],
  ])(
    'a heading on another page is a fault: the thanks of %s are not shown with its text',
    (_what, kind, price) => {
      const front = ['---', 'title: A', `price: ${price}`, kind, 'summary: B', '---']
      const line = front.join('\n').split('\n').length + 1
      const faultIn = (before: string, after: string) =>
        describeFault(() => parse(`${before}\n\n# One\n\n<!-- more -->\n\n${after}\n\n# Two`, { front }))
      expect(faultIn('[own](#one)', '[own](#two)')).toBe('none')
      expect(faultIn('[other](#two)', 'Thanks')).toBe(
        `${line}: no heading on the same page has the address #two`,
      )
      expect(faultIn('Text', '[other](#one)')).toBe(
        `${line + 6}: no heading on the same page has the address #one`,
      )
    },
  )

  test.each([
    [
      'a product’s file',
      'Text\n[next](other.md)',
      '8: the link to other.md leads to a file: name the other page by its slug',
    ],
    [
      'a file for download',
      '[table](files/table.csv)',
      '7: the link to files/table.csv leads nowhere: write a whole address',
    ],
    ['a site without https', '[there](example.com)', '7: the link to example.com leads nowhere'],
    ['a slug with capitals', '[next](Other-Product)', '7: the link to Other-Product leads nowhere'],
    [
      'a product’s file, from the root',
      '[next](/other.md#end)',
      '7: the link to /other.md#end leads to a file',
    ],
    ['https without a host', '[there](https://)', '7: the link to https:// leads nowhere'],
    [
      'slashes without a host',
      '[there](///example.com)',
      '7: the link to https:///example.com leads nowhere',
    ],
    ['a tag without a slash', '[series](tags/one)', '7: the link to tags/one leads nowhere: write /tags/one'],
    ['https without slashes', '[there](HTTPS:example.com)', '7: the link to HTTPS:example.com leads nowhere'],
    ['nothing', 'a\n\n[b]()', '9: a link has no address'],
    [
      'a heading that isn’t there',
      '# End\n\n- a\n- [end](#ende)',
      '10: no heading on the same page has the address #ende',
    ],
    ['a link in a table', '| a |\n|---|\n| b |\n| [c](d.md) |', '10: the link to d.md leads to a file'],
  ])('a fault with its line: %s', (_what, markdown, fault) => {
    expect(faultOf(markdown)).toContain(fault)
  })
})

describe('headings have the ids that GitHub gives them', () => {
  test.each([
    ['Two loaves, `npm start` & more!', 'two-loaves-npm-start--more'],
    ['A [link](https://example.com) and *stress*', 'a-link-and-stress'],
    ['Don’t "quote"…', 'dont-quote'],
    ['ขนมปัง 2', 'ขนมปัง-2'],
  ])('%s', (heading, id) => {
    expect(parse(`## ${heading}`).paid).toContain(`<h2 id="${id}" dir="auto">`)
  })

  test('each once, in both parts together, and none that a page needs itself', () => {
    const { preview, paid } = parse('# Receipt\n\n<!-- more -->\n\n# Receipt\n\n# ?!')
    expect(`${preview}${paid}`.match(/ id="[^"]*"/g)).toEqual([' id="receipt"', ' id="receipt-1"'])
  })
})

describe('a page has one h1, its title', () => {
  test.each([
    ['# A\n\n## B\n\n<!-- more -->\n\n### C\n\n# D', ['h2', 'h3', 'h4', 'h2']],
    ['A\n=\n\n> # B\n\n###### C', ['h2', 'h2', 'h6']],
    ['## A\n\n### B', ['h2', 'h3']],
  ])('%j', (body, levels) => {
    const { preview, paid } = parse(body)
    const closed = `${preview}${paid}`.matchAll(/<(h\d) [^>]*>[^<]*<\/\1>/g)
    expect([...closed].map(([, level]) => level)).toEqual(levels)
  })
})

describe('pictures in a text', () => {
  test('everybody’s are served to everybody, and those that are paid for through the gate', () => {
    const { preview, paid, product, pictures } = parse(
      '![A loaf](pictures/loaf.png)\n\n<!-- more -->\n\n![Another "one"][x] ![](pictures/ขนมปัง.png)\n\n[x]: <pictures/two words.png> "A title"',
    )
    const size = 'width="30" height="20" loading="lazy" decoding="async"'
    expect(preview).toMatch(/<img src="\/pictures\/bread-[0-9a-f]{12}\.png" alt="A loaf" width/)
    expect(preview).toContain(size)
    expect(paid).toMatch(
      /<img src="\/products\/bread\/pictures\/bread-[0-9a-f]{12}\.png" alt="Another &quot;one&quot;" title="A title"/,
    )
    expect([...pictures.values()]).toEqual([expect.objectContaining({ type: 'image/png', width: 30 })])
    expect(product.pictures).toEqual({ paid: 2 })
  })

  test('are a part of what is offered', () => {
    const { product } = parse('Text\n\n<!-- more -->\n\n![](pictures/loaf.png)')
    expect(kindOf(product).gets(product, en)).toEqual(['1 picture'])
  })

  test('of donations are everybody’s, those in the thanks too', () => {
    const front = FRONT.with(2, 'price: { from: 1 usd, suggest: [3 usd] }').with(3, 'kind: donation')
    const { product } = parse('Text\n\n<!-- more -->\n\n![](pictures/loaf.png)', { front })
    expect(product.thanksHtml).toContain('src="/pictures/bread-')
  })

  test.each([
    [
      'from the folder above, where the path of a page in its own folder would lead',
      '![](../pictures/loaf.png)',
      /^7: paths begin at .*: write pictures\/loaf.png, not \.\.\/pictures\/loaf.png$/,
    ],
    ['that is missing', 'a\n![](pictures/none.png)', /^8: the file .*none\.png is missing$/],
    ['from elsewhere in the machine', '![](../../../../../../etc/passwd)', /^7: .* is outside/],
    [
      'from another site',
      '![](https://example.com/a.png)',
      /^7: the picture https:\/\/example.com\/a.png cannot be shown/,
    ],
    ['in the text itself', '![](data:image/png;base64,AAAA)', /^7: the picture data:/],
    [
      'from the root',
      '![](/pictures/loaf.png)',
      /^7: the picture \/pictures\/loaf.png begins with a slash: write its path .* without one/,
    ],
    ['without an address', 'a\n\n- b\n- ![]()', /^10: a picture has no address/],
    ['that is a folder', '![](pictures)', /^7: .*pictures is a folder, not a file$/],
  ])('a fault with its line: a picture %s', (_what, markdown, fault) => {
    expect(faultOf(markdown)).toMatch(fault)
  })
})

describe('text in any script', () => {
  test('each block has the direction of its text', () => {
    const text = '# שלום\n\nשלום.\n\n- שלום\n\n> שלום\n\n| שלום |\n|---|\n\n```\nשלום\n```\n'
    expect([...parse(text).paid.matchAll(/<([a-z0-9]+)[^>]* dir="auto"/g)].map(([, name]) => name)).toEqual([
      'h2',
      'p',
      'ul',
      'blockquote',
      'div',
      'pre',
    ])
  })

  test.each([
    ['Chinese', '**价格：**五元', '<strong>价格：</strong>五元'],
    ['Japanese', '**「パン」**を焼く', '<strong>「パン」</strong>を焼く'],
    ['Korean', '**빵(호밀)**을 굽는다', '<strong>빵(호밀)</strong>을 굽는다'],
    ['English', '2 ** 3 is not bold** either', '2 ** 3 is not bold** either'],
  ])('bold ends where its author ends it: %s', (_script, text, html) => {
    expect(parse(text).paid).toBe(`<p dir="auto">${html}</p>\n`)
  })

  test.each([
    ['Thai', 'ประเทศไทยเป็นประเทศที่ตั้งอยู่ในภูมิภาคเอเชียตะวันออกเฉียงใต้', 9, 14],
    ['Lao', 'ປະເທດລາວເປັນປະເທດທີ່ຕັ້ງຢູ່ໃນອາຊີຕາເວັນອອກສຽງໃຕ້', 8, 14],
    ['Khmer', 'ប្រទេសកម្ពុជាជាប្រទេសនៅអាស៊ីអាគ្នេយ៍', 4, 9],
    ['Burmese', 'မြန်မာနိုင်ငံသည်အရှေ့တောင်အာရှတွင်ရှိသည်', 5, 12],
    ['Japanese', '私は毎朝パンを焼きます。', 6, 9],
    ['Chinese', '我每天早上都烤面包。', 5, 7],
    ['Korean', '나는 매일 아침 빵을 굽는다.', 5, 5],
    ['Hebrew', 'צה"ל אפה לחם, ו-30 עוגות', 5, 5],
    ['Hindi', 'मैं हर सुबह रोटी बनाता हूँ।', 6, 6],
    ['English', 'I don’t bake 2.5 e-loaves: [none](https://example.com/a/b) at all', 8, 8],
  ])('words are counted as its readers count them: %s', (_script, text, least, most) => {
    const { paid } = parse(text).product.words
    expect(paid).toBeGreaterThanOrEqual(least)
    expect(paid).toBeLessThanOrEqual(most)
  })

  test('a long text is counted in a moment', () => {
    const startedAt = performance.now()
    const words = parse(`${'ขนมปังในสี่ชั่วโมง'.repeat(5_000)}\n\n${'bread and 面包 '.repeat(20_000)}`).product
      .words
    expect(words.paid).toBeGreaterThan(75_000)
    expect(performance.now() - startedAt).toBeLessThan(20_000)
  })
})

test('cells are aligned by classes, since the policy of the pages forbids styles inline', () => {
  const { paid } = parse('| a | b | c | d |\n|:--|:-:|--:|---|\n| 1 | 2 | 3 | 4 |')
  expect(paid).toContain('<div class="table" dir="auto" tabindex="0"')
  expect(paid).toContain(
    '<td class="align-left">1</td>\n<td class="align-center">2</td>\n<td class="align-right">3</td>\n<td>4</td>',
  )
  expect(paid).not.toContain('style')
})
