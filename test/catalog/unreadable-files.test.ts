import fs from 'node:fs'
import { join } from 'node:path'
import { expect, jest, test } from '@jest/globals'
import { systemClock } from '../../server/time.ts'
import { asUnprivileged } from '../support/as-unprivileged.ts'
import { aFolder, later } from '../support/workplace.ts'

// What these calls look at can vanish between any two of them: right before one of them, it really does.
const CALLS = ['readFileSync', 'realpathSync', 'statSync'] as const
let vanishing = ''
let callsLeft = Number.POSITIVE_INFINITY

const afterVanishing =
  (name: (typeof CALLS)[number]) =>
  (path: string, ...rest: unknown[]) => {
    if (path === vanishing && --callsLeft < 0) fs.rmSync(path, { force: true })
    return (fs[name] as (...args: unknown[]) => unknown)(path, ...rest)
  }

jest.unstable_mockModule('node:fs', () => {
  const changed = Object.fromEntries(CALLS.map((name) => [name, afterVanishing(name)]))
  return { ...fs, ...changed, default: { ...fs, ...changed } }
})
const { checkFolder, couponsOf, findProduct, identityOf, listProducts, lookForChanges, openCatalog } =
  await import('../../server/catalog/index.ts')

const PICTURE = 'test/support/full-catalog/pictures/lines.webp'

const product = (fields: string) => `---\ntitle: T\nprice: 1 usd\nsummary: S\n${fields}\n---\nText\n`

/** A catalogue with a good product, and one each for a picture and a download. */
function aCatalogue() {
  const folder = aFolder()
  fs.chmodSync(folder, 0o755)
  fs.copyFileSync(PICTURE, join(folder, 'lines.webp'))
  fs.writeFileSync(join(folder, 'table.csv'), '1,2\n')
  fs.writeFileSync(join(folder, 'good.md'), product('kind: article'))
  fs.writeFileSync(join(folder, 'pictured.md'), product('kind: article\nimage: lines.webp'))
  fs.writeFileSync(join(folder, 'sold.md'), product('kind: download\nfile: table.csv'))
  const logged: string[] = []
  const log = { info: () => undefined, error: (_facts: object, message: string) => logged.push(message) }
  const open = () => openCatalog({ clock: systemClock, folder, reload: true, log: log as never })
  return { folder, logged, open, picture: join(folder, 'lines.webp') }
}

test('a picture that can’t be read keeps only its product from being sold', async () => {
  const { logged, open, picture } = aCatalogue()
  fs.chmodSync(picture, 0o000)
  const catalog = await asUnprivileged(open)
  expect(catalog.contents.products.map(({ slug }) => slug)).toEqual(['good', 'sold'])
  expect(logged).toEqual([
    expect.stringMatching(
      /^this product is not for sale .*pictured\.md:6: the file cannot be read: EACCES.*lines\.webp'\. Check that/,
    ),
  ])
})

test('a picture that can’t be read any more leaves its product as it was', async () => {
  const { logged, open, picture } = aCatalogue()
  const catalog = await asUnprivileged(open)
  fs.chmodSync(picture, 0o000)
  fs.utimesSync(picture, new Date(), new Date(0))
  catalog.nextLookAt = 0
  await asUnprivileged(() => lookForChanges(catalog))
  expect(findProduct(catalog, 'pictured')?.picture).toBeDefined()
  expect(logged).toEqual([expect.stringMatching(/stays for sale.*pictured\.md:6: the file cannot be read/)])
})

test('a logo that can’t be read is a fault of shop.yaml, with its line', async () => {
  const { folder, picture } = aCatalogue()
  fs.rmSync(join(folder, 'pictured.md'))
  fs.writeFileSync(join(folder, 'shop.yaml'), 'name: A shop\nlogo: lines.webp\n')
  fs.chmodSync(picture, 0o000)
  const { faults } = await asUnprivileged(() => checkFolder({ clock: systemClock, folder }))
  expect(faults).toEqual([expect.stringMatching(/shop\.yaml:2: logo: the file cannot be read: EACCES/)])
})

const SHOP = 'name: A shop\ntax: { rate: 19, label: VAT }\n'
const COUPONS = 'HELLO:\n  off: 50%\n'

/** A catalogue with pages, coupons and a tax, looked at again after `breakIt`. */
async function afterBreaking(breakIt: (folder: string) => void) {
  const { folder, logged, open } = aCatalogue()
  fs.writeFileSync(join(folder, 'shop.yaml'), SHOP)
  fs.writeFileSync(join(folder, 'coupons.yaml'), COUPONS)
  fs.mkdirSync(join(folder, 'pages'))
  fs.writeFileSync(join(folder, 'pages', 'imprint.md'), '---\ntitle: Imprint\n---\nText\n')
  const catalog = open()
  later(() => restore(folder))
  breakIt(folder)
  catalog.nextLookAt = 0
  await asUnprivileged(() => lookForChanges(catalog))
  const { name, tax, pages } = identityOf(catalog)
  const found = { name, rate: tax?.rate, pages: pages.length, coupons: couponsOf(catalog).length }
  return { found, products: listProducts(catalog).length, logged }
}

function restore(folder: string): void {
  if (fs.existsSync(`${folder}-away`)) fs.renameSync(`${folder}-away`, folder)
  for (const path of [folder, join(folder, 'pages')]) fs.chmodSync(path, 0o755)
}

test.each<[string, (folder: string) => void, RegExp]>([
  [
    'the folder is away',
    (folder) => fs.renameSync(folder, `${folder}-away`),
    /the folder cannot be read: ENOENT.*\. Check that/,
  ],
  [
    'the folder can’t be listed',
    (folder) => fs.chmodSync(folder, 0o000),
    /the folder cannot be read: EACCES.*\. Check that/,
  ],
  [
    'the folder’s files can’t be opened',
    (folder) => fs.chmodSync(folder, 0o744),
    /shop\.yaml:1: the file cannot be read: EACCES/,
  ],
  [
    'the pages can’t be listed',
    (folder) => fs.chmodSync(join(folder, 'pages'), 0o000),
    /pages: the folder cannot be read: EACCES.*\. Check that/,
  ],
  [
    'the pages are a file',
    (folder) => {
      fs.rmSync(join(folder, 'pages'), { recursive: true })
      fs.writeFileSync(join(folder, 'pages'), '')
    },
    /pages: the folder cannot be read: ENOTDIR.*\. Check that/,
  ],
  [
    'shop.yaml is a link that leads nowhere',
    (folder) => {
      fs.rmSync(join(folder, 'shop.yaml'))
      fs.symlinkSync('nowhere.yaml', join(folder, 'shop.yaml'))
    },
    /shop\.yaml:1: the file cannot be read: ENOENT/,
  ],
])('name, tax, pages and coupons stay as they were while %s', async (_what, breakIt, reason) => {
  const { found, products, logged } = await afterBreaking(breakIt)
  expect(found).toEqual({ name: 'A shop', rate: 1900, pages: 1, coupons: 1 })
  expect(products).toBe(3)
  expect(logged.join('\n')).toMatch(reason)
})

test('a folder of pages that can’t be read is listed among all errors, and stops the start with its reason', async () => {
  const { folder, open } = aCatalogue()
  fs.mkdirSync(join(folder, 'pages'), { mode: 0o000 })
  later(() => restore(folder))
  const reason = /^[^\n]*pages: the folder cannot be read: EACCES[^\n]*$/
  const { faults } = await asUnprivileged(() => checkFolder({ clock: systemClock, folder }))
  expect(faults).toEqual([expect.stringMatching(reason)])
  await expect(asUnprivileged(async () => open())).rejects.toMatchObject({
    name: 'CatalogError',
    message: expect.stringMatching(reason),
  })
})

test.each([
  ['lines.webp', 'pictured'],
  ['table.csv', 'sold'],
  ['pictured.md', 'pictured'],
])('%s keeps only its product from being sold, whenever it vanishes', (file, slug) => {
  for (let calls = 0; ; calls++) {
    const { folder, logged, open } = aCatalogue()
    vanishing = join(folder, file)
    callsLeft = calls
    const slugs = open().contents.products.map((each) => each.slug)
    const missing = ['good', 'pictured', 'sold'].filter((each) => !slugs.includes(each))
    // Once everything is read, the product is for sale until the next look.
    expect({ calls, missing }).toEqual({ calls, missing: logged.length > 0 ? [slug] : [] })
    if (callsLeft >= 0) return expect(calls).toBeGreaterThan(2)
  }
})
