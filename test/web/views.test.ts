import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { openViews } from '../../server/web/index.ts'
import { aFolder } from '../support/workplace.ts'

// The merchant’s pages, feeds, and the sandbox’s pages for developers
const FOR_OTHERS = /^(?:desk|discovery)\/|^(?:home|trace|faults)\.eta$/

/** These templates, by their paths without `.eta`. */
function someViews(templates: Record<string, string>, reload: boolean) {
  const folder = aFolder()
  const pathOf = (name: string) => join(folder, `${name}.eta`)
  mkdirSync(join(folder, 'parts'))
  mkdirSync(join(folder, 'pages'))
  const write = (name: string, text: string) => writeFileSync(pathOf(name), text)
  for (const [name, text] of Object.entries(templates)) write(name, text)
  const shared = { shop: 'Nickel' }
  const views = openViews({ folder, reload, shared: () => shared })
  const page = () => views.render('pages/page', { title: '<One>' })
  return { views, page, write, remove: (name: string) => rmSync(pathOf(name)) }
}

const PAGE = {
  'pages/page': `<%= it.title %> <%~ include('../parts/part', { own: 'two' }) -%> <%= typeof it.own %>`,
  'parts/part': `(<%= it.shop %>, <%= it.title %>, <%= it.own %>, <%= it.missing ?? '' %>)`,
}

test('an included template sees the page’s values and its own, and passes none back', () => {
  for (const reload of [true, false])
    expect(someViews(PAGE, reload).page()).toBe('&lt;One&gt; (Nickel, &lt;One&gt;, two, ) undefined')
})

test('a layout surrounds the page, and sees what the page passes to it', () => {
  const views = someViews(
    {
      'pages/page': `<% layout('/parts/frame', { heading: it.title + '!' }) -%>\n<p>page</p>\n`,
      'parts/frame': `<h1><%= it.heading %></h1>\n<%~ it.body -%>\n<p><%= it.shop %></p>\n`,
    },
    false,
  )
  expect(views.page()).toBe('<h1>&lt;One&gt;!</h1>\n<p>page</p>\n<p>Nickel</p>\n')
})

test('a compiled template merges values without spreads, which are slow on Node 20', () => {
  for (const reload of [true, false]) {
    const code = someViews({ 'pages/page': '<%~ arguments.callee %>' }, reload).page()
    expect(code.match(/Object\.assign\(\{\}, it, /g)).toHaveLength(3)
    expect(code).not.toContain('...')
  }
})

describe('what a template prints', () => {
  test('is escaped in HTML and in its attributes', () => {
    const views = someViews({ 'pages/page': `<p title="<%= \`&<>"'\` %>"><%= 5 %></p>` }, false)
    expect(views.page()).toBe('<p title="&amp;&lt;&gt;&quot;&#39;">5</p>')
  })

  test.each(['views', 'sandbox/views'])(
    'comes from the texts, where another language can take its place: %s',
    (folder) => {
      const names = ['Nickel', 'JSON', 'ms']
      for (const view of viewFiles(folder)) {
        const markup = readFileSync(join(folder, view), 'utf8')
          .replace(/<!--.*?-->/gs, '')
          .replace(/<%.*?%>/gs, '')
        const attributes = [...markup.matchAll(/ (?:aria-label|alt|title|placeholder)="([^"]*)"/g)].map(
          ([, text]) => text,
        )
        const texts = [...markup.split(/<[^>]*>/), ...attributes].flatMap((text = '') => text.split(/\s+/))
        expect([
          view,
          texts.filter((word) => /^[a-z’]{2,}[,.:;…]?$/i.test(word) && !names.includes(word)),
        ]).toEqual([view, []])
      }
    },
  )

  test.each(['views', 'sandbox/views'])(
    'leaves a buyer’s punctuation to the texts, such as 。 or ؟: %s',
    (folder) => {
      for (const view of viewFiles(folder).filter((name) => !FOR_OTHERS.test(name))) {
        const template = readFileSync(join(folder, view), 'utf8').replace(/<!--.*?-->/gs, '')
        const markup = template.replace(/<%.*?%>/gs, '').replace(/<[^>]*>|getcode\.com/gs, '')
        const printed = [...template.matchAll(/<%=.*?%>/gs)].flatMap(([code]) => code.match(/'[^']*'/g) ?? [])
        expect([view, markup.match(/[.,:;!?()/–]/g)]).toEqual([view, null])
        expect([view, printed.filter((text) => /^'\s*[.,:;!?()/–]+\s*'$/.test(text))]).toEqual([view, []])
      }
    },
  )

  test('is never unescaped in the shop’s own views, except includes and rendered Markdown', () => {
    const raw = /^<%~ (include\('[/.\w-]+'(, (\{[^}]*\}|it))?\)|it\.(body|own)|it\.(\w+\.)?\w+Html) -?%>$/
    expect(viewFiles('views')).toContain('layout.eta')
    for (const view of viewFiles('views')) {
      const tags = readFileSync(join('views', view), 'utf8').match(/<%[-_]?\s*~.*?%>/gs) ?? []
      expect([view, tags.filter((tag) => !raw.test(tag))]).toEqual([view, []])
    }
  })

  test('must have been passed to it: a page never says "undefined"', () => {
    for (const tag of ['=', '~'])
      for (const reload of [true, false])
        expect(() => someViews({ 'pages/page': `<%${tag} it.titel %>` }, reload).page()).toThrow(
          'A template prints a value that it was not given',
        )
  })

  test('keeps its line breaks', () => {
    expect(someViews({ 'pages/page': '<%= 1 %>\n<%= 2 %>\n' }, false).page()).toBe('1\n2\n')
  })
})

describe('a page of which only one part differs', () => {
  const PAGE = { 'pages/page': '<h1><%= it.title %></h1>\n<%~ it.own %>\n<p><%= it.shop %></p>\n' }
  const key = {}

  test('has that part in its place, and the rest as it was first rendered', () => {
    const { views } = someViews(PAGE, false)
    const page = (own: string, key: object, title: string) =>
      views.renderAround(own, { key, variant: '' }, 'pages/page', () => ({ title })).toString()
    expect(page('<b>Ä</b>', key, '<’>')).toBe('<h1>&lt;’&gt;</h1>\n<b>Ä</b>\n<p>Nickel</p>\n')
    expect(page('', key, 'changed')).toBe('<h1>&lt;’&gt;</h1>\n\n<p>Nickel</p>\n')
    expect(page('', {}, 'changed')).toBe('<h1>changed</h1>\n\n<p>Nickel</p>\n')
  })

  test('is rendered each time during development', () => {
    const { views, write } = someViews(PAGE, true)
    const page = (title: string) =>
      views.renderAround('own', { key, variant: '' }, 'pages/page', () => ({ title })).toString()
    expect(page('One')).toContain('<h1>One</h1>')
    expect(page('Two')).toContain('<h1>Two</h1>')
    write('pages/page', '<%= it.title %> <%~ it.own %>')
    expect(page('Three')).toBe('Three own')
  })

  test.each(['nowhere', '<%~ it.own %> twice <%~ it.own %>', '<%= it.own %> escaped'])(
    'must show it once, not %s',
    (template) => {
      const { views } = someViews({ 'pages/page': template }, false)
      expect(() => views.renderAround('own', { key, variant: '' }, 'pages/page', () => ({}))).toThrow(
        'pages/page must print it.own exactly once',
      )
    },
  )
})

test('an error in production names file and line, too', () => {
  const { page } = someViews({ 'pages/page': 'one\n<%= nobodyKnows %>' }, false)
  expect(page).toThrow(/pages\/page\.eta:2.*nobodyKnows is not defined/s)
})

test('templates are read only once', () => {
  const { page, write, remove } = someViews(PAGE, false)
  const before = page()
  write('pages/page', 'changed')
  remove('parts/part')
  expect(page()).toBe(before)
})

test('templates are read each time during development, and an error names file and line', () => {
  const { page, write } = someViews(PAGE, true)
  page()
  write('parts/part', 'changed')
  expect(page()).toBe('&lt;One&gt; changed undefined')
  write('parts/part', 'one\n<%= nobodyKnows %>')
  expect(page).toThrow(/parts\/part\.eta:2.*nobodyKnows is not defined/s)
})

function viewFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.eta'))
}

test('what surrounds a reader’s own part is rendered once, and again when there is something else for the merchant to fix, or the shop has another name', () => {
  const folder = aFolder()
  writeFileSync(join(folder, 'page.eta'), '<% for (const n of it.notices) { %><%= n %>: <% } %><%~ it.own %>')
  const notices = new Map<'address' | 'catalogue', string>()
  let shared = {}
  const views = openViews({ folder, reload: false, shared: () => shared, notices })
  const key = {}
  let rendered = 0
  const values = () => ({ rendered: rendered++ })
  const page = (own: string) => String(views.renderAround(own, { key, variant: '' }, 'page', values))
  expect([page('one'), page('two'), rendered]).toEqual(['one', 'two', 1])
  notices.set('catalogue', 'a file')
  expect([page('one'), page('two'), rendered]).toEqual(['a file: one', 'a file: two', 2])
  notices.clear()
  expect([page('one'), rendered]).toEqual(['one', 3])
  shared = {}
  expect([page('one'), page('two'), rendered]).toEqual(['one', 'two', 4])
})
