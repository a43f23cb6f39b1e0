import fs from 'node:fs'
import { join } from 'node:path'
import { expect, jest, test } from '@jest/globals'
import { asUnprivileged } from '../support/as-unprivileged.ts'
import { aFolder } from '../support/workplace.ts'

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
const { checkFolder, findProduct, lookForChanges, openCatalog } = await import(
  '../../server/catalog/index.ts'
)

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
  const open = () => openCatalog({ folder, reload: true, log: log as never })
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
  const { faults } = await asUnprivileged(() => checkFolder({ folder }))
  expect(faults).toEqual([expect.stringMatching(/shop\.yaml:2: logo: the file cannot be read: EACCES/)])
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
