import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { parseProduct } from '../../server/catalog/parse-product.ts'
import { readText } from '../../server/catalog/read-text.ts'
import { aFolder } from '../support/workplace.ts'

const FOLDER = 'test/support/catalog'

function parse(fields: string, body = 'Text') {
  const front = `price: 1 usd\nkind: article\nsummary: B\n${fields}`
  return parseProduct(`---\n${front}\n---\n${body}\n`, 'a.md', FOLDER, { now: Date.now() })
}

/** Renders the text of an article, without the tags of its paragraph. */
function shown(text: string, lang = 'en'): string {
  const { paid } = parse(`title: A\nlang: ${lang}`, text)
  return paid.html.replace(/^<p dir="auto">|<\/p>\n$/g, '')
}

describe('fields that YAML would change without a word are faults with their line', () => {
  test.each([
    [
      'a number sign',
      'title: Update #2 of the list',
      /only "Update" is left: put the whole text between quotation/,
    ],
    ['a number sign at the beginning', 'title: #1 of the list', /so that nothing is left/],
    ['a number sign on the next line', 'title: Update\n  #2 of the list', /only "Update" is left/],
    ['a comment behind a price', 'price: 1 usd # for now', /only "1 usd" is left/],
    ['an anchor', 'title: &amp; more', /&amp; has a meaning of its own/],
    ['a tag', 'title: !important news', /!important has a meaning of its own/],
    ['a tag of YAML', 'title: !!Attention please', /!!Attention has a meaning of its own/],
    ['an alias', 'title: *starred', /\*starred has a meaning of its own/],
  ])('%s', (_what, field, message) => {
    const others = ['title: A', 'price: 1 usd', 'kind: article', 'summary: B']
    const fields = [field, ...others.filter((other) => other.split(':')[0] !== field.split(':')[0])]
    const read = () =>
      parseProduct(`---\n${fields.join('\n')}\n---\nText\n`, 'a.md', FOLDER, { now: Date.now() })
    expect(read).toThrow(expect.objectContaining({ line: 2, message: expect.stringMatching(message) }))
  })

  test.each([
    ['title: "Update #2 of the list"', 'Update #2 of the list'],
    ["title: 'A & B' # the comment behind a quotation mark", 'A & B'],
    ['# a comment of its own\ntitle: C# in a day', 'C# in a day'],
    ['title: >\n  Part #2\n  of it', 'Part #2 of it'],
    ['title: Tom & Jerry!', 'Tom & Jerry!'],
  ])('but not %s', (field, title) => {
    expect(parse(field).product.title).toBe(title)
  })
})

describe('a file that is not plain text in UTF-8 is a fault that names the line and why', () => {
  const read = (bytes: Buffer) => {
    const path = join(aFolder(), 'a.md')
    writeFileSync(path, bytes)
    return readText(path)
  }

  test.each([
    [
      'Windows-1252',
      Buffer.from('---\r\ntitle: Café\r\n---\r\n', 'latin1'),
      2,
      /“title: Café” in it, the file is Windows-1252/,
    ],
    ['one wrong byte at the end', Buffer.from('a\nb\nc\xe9', 'latin1'), 3, /“cé”/],
    ['UTF-16 of Windows', Buffer.from('\ufeff---\n', 'utf16le'), 1, /the file is UTF-16: save it as UTF-8/],
    ['UTF-16 of others', Buffer.from('\ufeff---\n', 'utf16le').swap16(), 1, /the file is UTF-16/],
    ['UTF-16 without a mark', Buffer.from('---\n', 'utf16le'), 1, /a NUL character, so it is UTF-16/],
    ['a NUL', Buffer.from('---\ntitle: \0\n'), 2, /a NUL character/],
    ['ISO-2022-JP', Buffer.from('---\ntitle: \x1b$B%Q%s\x1b(B\n'), 2, /escape character .*it is ISO-2022-JP/],
    ['a line break of Word', Buffer.from('---\n---\na\vb'), 3, /vertical tab .*write a line break/],
    ['a form feed', Buffer.from('---\n---\n\fb'), 3, /form feed .*remove it/],
    ['bytes of Windows-1252 taken for Latin-1', Buffer.from('it\u0092s'), 1, /control character U\+0092/],
  ])('%s', (_what, bytes, line, message) => {
    expect(() => read(bytes)).toThrow(
      expect.objectContaining({ line, message: expect.stringMatching(message) }),
    )
  })

  test('any UTF-8 is fine', () => {
    for (const text of ['\ufeffCafé, ขนม, 🥐', 'a\tb\r\nc\n']) expect(read(Buffer.from(text))).toBe(text)
  })
})

describe('a text is shown as it was written', () => {
  test.each([
    '(c) (r) (tm) +-',
    'What???? Now!!!! So,, yes',
    'a -- b --- c',
    'from 1..10 in ../files, and so on....',
    'react@18.2.0, me@example.com',
    'README.md, next.config.rs, 10.0.0.1, example.com',
  ])('%s', (text) => {
    expect(shown(text)).toBe(text)
  })

  test('but for quotation marks, apostrophes and the ellipsis, as English has them', () => {
    expect(shown("\"Well,\" she said, 'it isn't...'")).toBe('“Well,” she said, ‘it isn’t…’')
    expect(shown('`"a"...` and \\"b\\"')).toBe('<code>&quot;a&quot;...</code> and &quot;b&quot;')
  })

  test('in other languages, quotation marks too: they have others', () => {
    expect(shown('„So“, "so" und \'so\'', 'de')).toBe("„So“, &quot;so&quot; und 'so'")
    expect(shown('צה"ל', 'he-IL')).toBe('צה&quot;ל')
  })

  test('whole addresses are links, with the words of the address', () => {
    expect(shown('https://example.com/a%20b?c=d')).toBe(
      '<a href="https://example.com/a%20b?c=d" dir="ltr">https://example.com/a%20b?c=d</a>',
    )
    for (const text of ['//note.this', 'see //example.com/a', 'example.com', 'README.md', 'me@example.com'])
      expect(shown(text)).toBe(text)
    expect(shown('<me@example.com>')).toBe('<a href="mailto:me@example.com" dir="ltr">me@example.com</a>')
  })

  test('what Markdown takes for the address of a link that nobody uses is a fault with its line', () => {
    const fault = '[Alice]: defines an address that no link uses, so the line isn’t shown'
    expect(() => shown('Hello\n\n[Alice]: Hello!')).toThrow(
      expect.objectContaining({ line: 10, message: expect.stringContaining(fault) }),
    )
    expect(shown('[Alice]\n\n[alice]: https://example.com\n\n[//]: # (a comment)')).toBe(
      '<a href="https://example.com">Alice</a>',
    )
  })

  test('a second address for the words of a link is a fault with its line', () => {
    const text = '[shop]\n\n[shop]: https://example.com\n\n'
    for (const second of ['[Shop]: Bonjour!', '> [Shop]: Bonjour!', '- [Shop]: https://example.org'])
      expect(() => shown(text + second)).toThrow(
        expect.objectContaining({
          line: 12,
          message: expect.stringMatching(/^\[Shop\]: has an address already, .*The first one is in line 10$/),
        }),
      )
    expect(() => shown('[//]: # (a comment)\n[//]: Bonjour!')).toThrow('[//]: has an address already')
  })

  test('comments may have the same words, an address may be repeated, and what code or a backslash shows is none', () => {
    expect(shown('Hello\n\n[//]: # (one)\n[//]: # (two)')).toBe('Hello')
    const text = '[shop]\n\n[shop]: https://example.com\n\n'
    for (const second of ['```\n[shop]: Bonjour!\n```', '\\[shop]: Bonjour!'])
      expect(shown(text + second)).toMatch(/: Bonjour!/)
    for (const again of ['[Shop]: https://example.com', '> [shop]: https://example.com'])
      expect(shown(text + again)).toContain('<a href="https://example.com">shop</a>')
  })

  test('a footnote that would become the address of a link is a fault with its line, and others are text', () => {
    const fault = '[^1]: footnotes are not available'
    for (const note of ['note', 'https://example.com'])
      expect(() => shown(`Hello[^1]\n\n[^1]: ${note}`)).toThrow(
        expect.objectContaining({ line: 10, message: expect.stringContaining(fault) }),
      )
    expect(shown('Hello[^1]')).toBe('Hello[^1]')
  })

  test('text in a row with more cells than the table has columns is a fault with its line', () => {
    for (const row of ['x | `a | b`', '| x | y | z |', '| x | y | | z'])
      for (const [before, indent] of [
        ['', ''],
        ['> ', '> '],
        ['- ', '  '],
        ['1. ', '   '],
      ] as const)
        expect(() => shown(`${before}a | b\n${indent}--|--\n${indent}1 | 2\n${indent}${row}`)).toThrow(
          expect.objectContaining({
            line: 11,
            message: expect.stringMatching(/^this row has [34] cells, but the table 2 columns/),
          }),
        )
    const rows = ['x', '| x | y |', '|x|y||', '| x | y | |', 'x | `a \\| b`', '| x | y \\|']
    expect(shown(`| a | b |\n|--|--|\n${rows.join('\n')}`)).toContain('<code>a | b</code>')
  })
})
