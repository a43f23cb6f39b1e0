import {
  chmodSync,
  copyFileSync,
  cpSync,
  mkdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { describe, expect, jest, test } from '@jest/globals'
import {
  findProduct,
  lookAtGoods,
  lookForChanges,
  openCatalog,
  type Product,
  readPaidContent,
} from '../../server/catalog/index.ts'
import { systemClock } from '../../server/time.ts'
import { POINTER } from '../support/lfs-pointer.ts'
import { aShop, order } from '../support/shop.ts'
import { NOT_ROOT, testUnless } from '../support/skipping.ts'
import { aFolder, later } from '../support/workplace.ts'

const PICTURE = 'test/support/full-catalog/pictures/lines.webp'
const OTHER_PICTURE = 'test/support/full-catalog/pictures/rings.webp'

async function aShopWithFiles({ production = true } = {}) {
  const catalogFolder = join(aFolder(), 'catalog')
  cpSync('test/support/catalog', catalogFolder, { recursive: true })
  copyFileSync(PICTURE, join(catalogFolder, 'files/picture.webp'))
  const fields = 'title: P\nprice: 1 usd\nkind: article\nsummary: S\nimage: files/picture.webp'
  writeFileSync(join(catalogFolder, 'pictured.md'), `---\n${fields}\n---\nText\n`)
  const shop = await aShop({ catalogFolder, config: { production } })
  const available = async () => {
    const { body } = await shop.request().get('/products.json').expect(200)
    return body.find(({ slug }: { slug: string }) => slug === 'download').available ?? true
  }
  const alerts = () => shop.logged.filter(({ alert }) => alert).map(({ msg, file }) => `${file}: ${msg}`)
  const aSecondLater = () => {
    const monotonic = performance.now.bind(performance)
    const clock = jest.spyOn(performance, 'now').mockImplementation(() => monotonic() + 1_000)
    later(() => clock.mockRestore())
  }
  return {
    shop,
    available,
    alerts,
    aSecondLater,
    file: join(catalogFolder, 'files/table.csv'),
    catalogFolder,
  }
}

describe.each([true, false])(
  'a file for sale that is moved away under the running shop (production: %s)',
  (production) => {
    test('is not sold, is still its buyers’, and raises one alert', async () => {
      const { shop, available, alerts, file } = await aShopWithFiles({ production })
      const buyer = shop.browser()
      await shop.pay((await order(buyer, 'download')).id)
      await order(shop.browser(), 'download')
      expect(await available()).toBe(true)
      expect(alerts()).toEqual([])

      renameSync(file, `${file}.away`)
      const stranger = shop.browser()
      const page = await stranger.get('/products/download').expect(200)
      expect(page.text).toContain('This isn’t for sale at the moment, because its file is missing.')
      expect(page.text).not.toContain('data-code-button')
      const refused = await stranger.post('/create-intent').send({ product: 'download' }).expect(503)
      expect(refused.body).toMatchObject({ type: '/problems/product-unavailable', status: 503 })
      expect(refused.headers['retry-after']).toBe('60')
      expect(await shop.query('SELECT * FROM orders')).toHaveLength(2)
      const missed = await buyer.get('/products/download/file').expect(503)
      expect(missed.headers['retry-after']).toBe('60')
      expect(missed.body.explanation).toMatch(/If you have paid for it, it’s yours/)
      await stranger.get('/products/download/file').expect(402)
      expect(await available()).toBe(false)
      const { text } = await buyer.get('/products/download').expect(200)
      expect(text).toContain('The file is missing at the moment')
      expect(text).not.toContain('/products/download/file')
      expect(alerts()).toEqual([
        `${file}: a file of a product is missing, empty or can’t be read: put it back`,
      ])
      await order(stranger, 'article')

      renameSync(`${file}.away`, file)
      await buyer.get('/products/download/file').expect(200)
      expect((await buyer.get('/products/download')).text).toContain('/products/download/file')
      expect(await available()).toBe(true)
      await order(stranger, 'download')
      expect(shop.logged).toContainEqual(
        expect.objectContaining({ file, msg: 'a file of a product that was missing is back' }),
      )
    })
  },
)

describe('a file for sale', () => {
  test.each([
    ['a folder', (file: string) => mkdirSync(file)],
    ['empty', (file: string) => writeFileSync(file, '')],
    ['a pointer of Git LFS', (file: string) => writeFileSync(file, POINTER)],
    ['a link to nothing', (file: string) => symlinkSync('nowhere', file)],
    ['a link that leads out of the catalogue', (file: string) => symlinkSync('/etc/passwd', file)],
  ])('that has become %s is missing', async (_what, replace) => {
    const { shop, available, aSecondLater, file } = await aShopWithFiles()
    const buyer = shop.browser()
    await shop.pay((await order(buyer, 'download')).id)
    rmSync(file)
    replace(file)
    aSecondLater()
    expect(await available()).toBe(false)
    const { text } = await buyer.get('/products/download/file').expect(503)
    expect(text).not.toContain('root:')
  })

  test('is looked at once a second for lists, and each time for what sells it', async () => {
    const { shop, available, aSecondLater, file } = await aShopWithFiles()
    const stranger = shop.browser()
    expect(await available()).toBe(true)
    rmSync(file)
    expect(await available()).toBe(true)
    await stranger.get('/products/article').expect(200)
    await stranger.post('/create-intent').send({ product: 'download' }).expect(503)
    expect(await available()).toBe(false)
    writeFileSync(file, 'again')
    expect(await available()).toBe(false)
    aSecondLater()
    expect(await available()).toBe(true)
  })

  testUnless(!NOT_ROOT && 'root may read everything')(
    'that the shop may not read any more is missing',
    async () => {
      const { shop, available, file } = await aShopWithFiles()
      chmodSync(file, 0o000)
      expect(await available()).toBe(false)
      await shop.request().post('/create-intent').send({ product: 'download' }).expect(503)
    },
  )

  test('that was replaced by a larger one has its new size on every page', async () => {
    const { shop, file } = await aShopWithFiles()
    const buyer = shop.browser()
    await shop.pay((await order(buyer, 'download')).id)
    const look = (browser = shop.browser()) => browser.get('/products/download').expect(200)
    for (const page of [await look(), await look(buyer)]) expect(page.text).not.toContain('9.9 MB')
    writeFileSync(file, Buffer.alloc(9_900_000))
    for (const page of [await look(), await look(buyer)]) expect(page.text).toContain('9.9 MB')
    expect((await shop.request().get('/')).text).toContain('9.9 MB')
  })
})

test('a look at a file leaves new contents that are taken over meanwhile as they are', async () => {
  const folder = aFolder()
  const file = join(folder, 'a.txt')
  const save = (goods: string, text: string) => {
    const fields = 'title: D\nkind: download\nprice: 1 usd\nsummary: S\nfile: a.txt'
    writeFileSync(file, goods)
    writeFileSync(join(folder, 'd.md'), `---\n${fields}\n---\nBefore\n\n<!-- more -->\n\n${text}\n`)
  }
  save('one', 'Old')
  const log = { info: () => undefined, error: () => undefined }
  const catalog = openCatalog({ clock: systemClock, folder, reload: true, log })
  const product = findProduct(catalog, 'd') as Product
  save('one, two', 'All new')
  await Promise.all([lookAtGoods(catalog, product), lookForChanges(catalog)])
  expect(readPaidContent(catalog, 'd')?.html).toContain('All new')
})

describe('a picture', () => {
  async function aPicture() {
    const shop = await aShopWithFiles()
    const { text } = await shop.shop.request().get('/products/pictured')
    const [, src = ''] = /src="(\/pictures\/[^"]+)"/.exec(text) ?? []
    return { ...shop, src, path: join(shop.catalogFolder, 'files/picture.webp') }
  }

  test('that is moved away is the shop’s fault, with one alert, and its product is sold', async () => {
    const { shop, alerts, src, path } = await aPicture()
    rmSync(path)
    for (let look = 0; look < 2; look++) {
      const { headers } = await shop.request().get(src).expect(503)
      expect(headers['cache-control']).toMatch(/^private, no-store/)
    }
    expect(alerts()).toEqual([`${path}: a file of a product is missing, empty or can’t be read: put it back`])
    await order(shop.browser(), 'pictured')
  })

  test('that was replaced is shown, but not kept under the name of the other one', async () => {
    const { shop, src, path } = await aPicture()
    copyFileSync(OTHER_PICTURE, path)
    await shop.request().get(src).expect(200).expect('Cache-Control', 'no-cache')
    writeFileSync(path, 'no picture')
    await shop.request().get(src).expect(503)
    copyFileSync(PICTURE, path)
    await shop
      .request()
      .get(src)
      .expect(200)
      .expect('Cache-Control', /immutable/)
  })
})
