import { describe, expect, test } from '@jest/globals'
import { parseProduct } from '../../server/catalog/parse-product.ts'
import { describeFault } from '../support/describe-fault.ts'

const FOLDER = 'test/support/catalog'
const FRONT = ['---', 'title: A', 'price: 1 usd', 'kind: article', 'summary: B', '---'] // the text begins in line 7

function parse(body: string, front = FRONT.join('\n')) {
  const { product, paid } = parseProduct(`${front}\n${body}`, 'a.md', FOLDER, { now: Date.now() })
  return { preview: product.previewHtml, paid: paid.html }
}

const faultOf = (body: string) => describeFault(() => parse(body))

describe('the line <!-- more --> divides a text', () => {
  test.each([
    ['with its spaces', 'Before\n\n<!-- more -->\n\nAfter'],
    ['without spaces', 'Before\n\n<!--more-->\n\nAfter'],
    ['with more spaces, and a few before it', 'Before\n\n   <!--  more\t--> \n\nAfter'],
    ['right below a paragraph and right above one', 'Before\n<!-- more -->\nAfter'],
    ['with the line ends of Windows', 'Before\r\n\r\n<!-- more -->\r\n\r\nAfter\r\n'],
  ])('%s', (_what, body) => {
    expect(parse(body)).toEqual({ preview: '<p dir="auto">Before</p>\n', paid: '<p dir="auto">After</p>\n' })
  })

  test('and ends a list, a quotation, a table and a link’s address before it', () => {
    for (const before of ['- a', '> a', 'a | b\n--|--\nc | d', '[x]\n\n[x]: /y']) {
      const { preview, paid } = parse(`${before}\n<!-- more -->\nAfter`)
      expect(paid).toBe('<p dir="auto">After</p>\n')
      expect(preview).not.toContain('more')
    }
  })

  test('as its first or its last line', () => {
    expect(parse('<!-- more -->\nAfter')).toEqual({ preview: '', paid: '<p dir="auto">After</p>\n' })
    const download = FRONT.with(3, 'kind: download\nfile: files/table.csv').join('\n')
    expect(parse('Before\n<!-- more -->', download)).toEqual({
      preview: '<p dir="auto">Before</p>\n',
      paid: '',
    })
  })

  test('but not where it is shown: in a fence, in a span of code, after a backslash', () => {
    const shown = ['```html', '<!-- more -->', '```'].join('\n')
    const all = `${shown}\n\n~~~\n<!-- More -->\n~~~\n\nwrite \`<!-- more -->\`, or \\<!-- more -->\n\n> ~~~\n> <!-- more -->\n> ~~~\n`
    const { preview, paid } = parse(all)
    expect(preview).toBe('')
    expect(paid.match(/&lt;!/g)).toHaveLength(5)
    expect(parse(`${shown}\n\n<!-- more -->\n\n${shown}`)).toEqual({
      preview:
        '<pre dir="auto" tabindex="0"><code class="language-html">&lt;!-- more --&gt;\n</code></pre>\n',
      paid: '<pre dir="auto" tabindex="0"><code class="language-html">&lt;!-- more --&gt;\n</code></pre>\n',
    })
  })
})

describe('what only looks like it is a fault with its line, since it would show everybody what is paid for', () => {
  test.each([
    ['a capital', '<!-- More -->'],
    ['a no-break space', '<!--\u00a0more -->'],
    ['a zero-width space', '<!--\u200bmore-->'],
    ['text behind it', '<!-- more --> and more'],
    ['text before it', 'and <!-- more -->'],
    ['a list', '- <!-- more -->'],
    ['a list’s second line', '- a\n  <!-- more -->'],
    ['a quotation', '> <!-- more -->'],
    ['a heading', '## <!-- more -->'],
    ['a table', 'a | b\n--|--\n<!-- more --> | x'],
    ['an indentation that makes it code', '    <!-- more -->'],
    ['a tab', '\t<!-- more -->'],
    ['emphasis', '**<!-- more -->**'],
    ['a link', '[<!-- more -->](/x)'],
    ['a picture', '![<!-- more -->](/x)'],
    ['another program’s marker', '<!--members-only-->'],
    ['another program’s words', '<!--more Read on-->'],
    ['a comment', '<!-- to do: a better title -->'],
    ['a comment of several lines', '<!--\nmore\n-->'],
    ['an editor’s dashes', '<!— more —>'],
    ['a missing dash', '<!- more ->'],
    ['a missing exclamation mark', '<-- more -->'],
    ['a space too many', '<! -- more -->'],
    ['an input method’s characters', '＜！-- more --＞'],
    ['a rich-text editor’s entities', '&lt;!-- more --&gt;'],
    ['entities by number', '&#60;!-- more --&#x3e;'],
    ['a tag', '<more>'],
    ['a short code', '[more]'],
    ['another short code', '{{ read-more }}'],
    ['a comment of Markdown', '[//]: # (more)'],
    ['another comment of Markdown', '[comment]: # "Read more"'],
    ['a comment of Markdown in two lines', '[//]: #\n  (more)'],
    ['a comment of notes', '%% more %%'],
    ['a comment of notes without spaces', '%%more%%'],
    ['lines around it', '---more---'],
    ['double lines around it', '=== more ==='],
    ['stars around it', '*** more ***'],
    ['dashes around it', '— Read more —'],
    ['parentheses around it', '(more)'],
  ])('%s', (_what, lookalike) => {
    const above = lookalike.split('\n').findIndex((text) => /<!|more -->/.test(text))
    const line = 9 + Math.max(0, above)
    expect(faultOf(`Before\n\n${lookalike}\n\nAfter`)).toMatch(
      new RegExp(`^${line}: this looks like the marker <!-- more -->, but isn’t`),
    )
  })

  test.each([
    ['(more)', '\\(more)'],
    ['/more/', '\\/more/'],
    ['---more---', '\\---more---'],
    ['=== more ===', '\\=== more ==='],
    ['*** more ***', '\\*** more ***'],
    ['%%more%%', '\\%%more%%'],
    ['[more]', '\\[more]'],
    ['[[more]]', '\\[\\[more]]'],
    ['{{ read-more }}', '\\{\\{ read-more }}'],
    ['[//]: # (more)', '\\[//]: # (more)'],
    ['<more>', '\\<more>'],
    ['<!-- x -->', '\\<!-- x -->'],
    ['— Read more —', '`— Read more —`'],
  ])('the error says how to show %s: %s', (lookalike, shown) => {
    expect(faultOf(lookalike)).toContain(
      'put a backslash before its first character, as in \\<!-- (before both of {{ or [[), or put it in a span of code',
    )
    expect(
      parse(shown)
        .paid.replace(/<[^>]*>/g, '')
        .replace('&lt;', '<')
        .replace('&gt;', '>'),
    ).toBe(`${lookalike}\n`)
  })

  test('a fence that is never closed swallows it', () => {
    expect(faultOf('Before\n\n```\ncode\n\n<!-- more -->\n\nAfter')).toMatch(/^12: this looks like/)
    expect(faultOf('Before\n\n````\ncode\n```\n<!-- more -->')).toMatch(/^12: this looks like/)
  })

  test('a second one', () => {
    expect(faultOf('a\n\n<!-- more -->\n\nb\n\n<!-- more -->\n\nc')).toBe(
      '13: there is a second <!-- more -->, after the one in line 9: only one can divide the text',
    )
  })
})

test('a text that mentions more, or compares, is not a marker', () => {
  const body =
    '## More\n\nmore\n\n[More](/products/b)\n\n**more**\n\na < b! - or -- more\n\n`<!-- x -->`\n\n…more…\n\n- more -\n\n“more”\n\n\\---more---\n\n[//]: # (one more)\n\n[//]: # (more to do)\n\n```\nnever closed'
  expect(parse(body).paid).toContain('never closed')
})
