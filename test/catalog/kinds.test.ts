import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { findProduct, kindOf, openCatalog } from '../../server/catalog/index.ts'
import { kinds } from '../../server/catalog/kinds/index.ts'
import { parseProduct } from '../../server/catalog/parse-product.ts'
import { fieldsOfAll } from '../../server/catalog/read-fields.ts'
import { systemClock } from '../../server/time.ts'
import { aFolder, later } from '../support/workplace.ts'

const catalog = openCatalog({
  clock: systemClock,
  folder: 'test/support/catalog',
  reload: false,
  log: undefined as never,
})

function productNamed(slug: string) {
  const product = findProduct(catalog, slug)
  if (!product) throw new Error(`No product is called ${slug}`)
  return product
}

describe('what a product’s kind decides', () => {
  test.each(['article', 'download'])('an order of an %s opens that product, without an end', (slug) => {
    const product = productNamed(slug)
    expect(kindOf(product).grants(product)).toEqual([{ scope: `product:${slug}`, days: null, calls: null }])
    expect(kindOf(product).canBuyAgain).toBe(false)
  })

  test('a product of a kind that this shop does not have is a mistake in the program', () => {
    expect(() => kindOf({ ...productNamed('article'), kind: 'song' })).toThrow(
      new TypeError('article is of an unknown kind: song'),
    )
  })
})

test.each(['paid content', 'a file'])(
  'a product whose kind can be bought again, and has %s that no page would show, isn’t for sale',
  (what) => {
    const [kind] = kinds.filter(({ canBuyAgain }) => canBuyAgain)
    if (!kind) throw new Error('no kind can be bought again')
    const { readGoods } = kind
    later(() => Object.assign(kind, { readGoods }))
    kind.readGoods = (_fields, { before, after = [] }) =>
      what === 'a file'
        ? { preview: before, paid: [], file: { path: 'package.json', name: 'a' } }
        : { preview: before, paid: after }
    const source = `---
title: A
price: { from: 1 usd, suggest: [1 usd] }
kind: ${kind.name}
summary: B
---
C

<!-- more -->

D
`
    expect(() => parseProduct(source, 'a.md', 'catalog', { now: Date.now() })).toThrow(
      `${kind.noun} can be bought again, so no page would show its paid content`,
    )
  },
)

test('docs/selling.md has an example of each kind, and each is a product', () => {
  const blocks = readFileSync('docs/selling.md', 'utf8').matchAll(/^```markdown\n([\s\S]*?)^```$/gm)
  const folder = aFolder()
  mkdirSync(join(folder, 'files'))
  writeFileSync(join(folder, 'files/webhook-test-cases.csv'), 'id\n')
  const examples = [...blocks].map(
    ([, text = '']) => parseProduct(text, 'example.md', folder, { now: Date.now() }).product.kind,
  )
  expect(new Set(examples)).toEqual(new Set(kinds.map(({ name }) => name)))
})

test('the examples in docs/products.md are products', () => {
  const blocks = readFileSync('docs/products.md', 'utf8').matchAll(/^```markdown\n([\s\S]*?)^```$/gm)
  const examples = [...blocks].map(
    ([, text = '']) => parseProduct(text, 'example.md', 'catalog', { now: Date.now() }).product.kind,
  )
  expect(examples).toEqual(['article', 'article', 'article', 'donation', 'pass'])
})

test('docs/products.md lists every field of a product, and no other', () => {
  const [, rows = ''] =
    /^\| field \| what it is \|\n((?:\|.*\n)+)/m.exec(readFileSync('docs/products.md', 'utf8')) ?? []
  const firstCells = rows.split('\n').map((row) => row.split(' | ')[0] ?? '')
  const listed = firstCells.flatMap((cell) => [...cell.matchAll(/`(\w+)`/g)].map(([, name]) => name))
  const fields = [fieldsOfAll.shape, ...kinds.map((kind) => kind.fields)].flatMap((each) => Object.keys(each))
  expect(listed.toSorted()).toEqual([...new Set(fields)].toSorted())
})

test('no kind is named outside of server/catalog/kinds/', () => {
  const files = ['server', 'db', 'views', 'public', 'scripts'].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)),
  )
  const source = files.filter(
    (path) => /\.(ts|js|sql|eta)$/.test(path) && !/catalog\/kinds\/|\/built\//.test(path),
  )
  const literal = new RegExp(`(['"\`])(${kinds.map(({ name }) => name).join('|')})\\1`)
  expect(source.length).toBeGreaterThan(50)
  expect(source.filter((path) => literal.test(readFileSync(path, 'utf8')))).toEqual([])
})
