import { expect, test } from '@jest/globals'
import { aCatalogWithCoupons, aShopWithCoupons, orderWith } from '../support/coupons.ts'
import { HTML, signIn } from '../support/desk.ts'

const TWO_HOURS = 7_200_000

test('coupons are listed with their uses, and lead to their orders: those over the limit first', async () => {
  const shop = await aShopWithCoupons()
  const merchant = await signIn(shop)
  const read = async (path: string) =>
    (await merchant.get(path).set(HTML).expect(200)).text.replaceAll(/<[^>]*>\s*/g, ' ')
  expect(await read('/desk/coupons')).toMatch(
    /TWICE.*\$1\.00.*everything that has a fixed price.*always.*0 of 2/s,
  )
  expect(await read('/desk/coupons/TWICE')).toContain('No order has been paid with this coupon.')
  const late = await orderWith(shop.browser(), 'TWICE')
  shop.clock.advance(TWO_HOURS)
  for (const buyer of [shop.browser(), shop.browser()]) await shop.pay((await orderWith(buyer, 'TWICE')).id)
  await shop.pay(late.id)
  expect(await read('/desk/coupons')).toMatch(/TWICE\s+Used up.*2 of 2\s+0\s+1/s)
  expect(await read('/desk/coupons/TWICE')).toMatch(/Orders over the limit.*Bread.*\$5\.00.*\$4\.00/s)
  const [order] = await shop.query(`SELECT order_id FROM coupon_uses WHERE is_over = 1`)
  expect(await read(`/desk/orders/${order?.order_id}`)).toMatch(/Coupon\s+TWICE\s+Over its limit/)
  for (const path of ['/desk/coupons/no-such', '/desk/coupons/..%2f', '/desk/coupons/a%00b'])
    await merchant.get(path).expect(404)
  await merchant.get('/desk/coupons?sort=code').expect(400)
})

test('a coupon whose last use is reserved is not called used up', async () => {
  const shop = await aShopWithCoupons()
  await shop.pay((await orderWith(shop.browser(), 'TWICE')).id)
  await orderWith(shop.browser(), 'TWICE')
  const { text } = await (await signIn(shop)).get('/desk/coupons').set(HTML).expect(200)
  expect(text).toContain('The rest is reserved')
  expect(text).not.toContain('Used up')
})

test('a coupon that is taken out of the file is still listed, with a limit or without', async () => {
  const shop = await aShopWithCoupons()
  for (const coupon of ['FIFTH', 'TWICE']) await shop.pay((await orderWith(shop.browser(), coupon)).id)
  await shop.restart({ catalogFolder: aCatalogWithCoupons('SPRING:\n  off: 5%\n') })
  const { text } = await (await signIn(shop)).get('/desk/coupons').set(HTML).expect(200)
  for (const coupon of ['FIFTH', 'TWICE']) expect(text).toContain(`/desk/coupons/${coupon}`)
})

test('however many coupons were taken out of the file, the list leads to all of them', async () => {
  const shop = await aShopWithCoupons()
  const codes = Array.from({ length: 205 }, (_, at) => `OLD-${100 + at}`)
  await shop.query(
    `INSERT INTO coupons (code, taken) VALUES ${[...codes, 'TWICE'].map((code) => `('${code}', 1)`).join(', ')}`,
  )
  const merchant = await signIn(shop)
  const seen: string[][] = []
  for (let path: string | undefined = '/desk/coupons'; path; ) {
    const { text }: { text: string } = await merchant.get(path).set(HTML).expect(200)
    seen.push(
      [...text.matchAll(/<code>([^<]+)<\/code><\/a> <span class="badge">Not in/g)].map(
        ([, code = '']) => code,
      ),
    )
    path = /href="([^"]+)">More that aren’t in the file</.exec(text)?.[1]
    expect(text.includes('>TWICE<')).toBe(seen.length === 1)
    expect(text.includes('<a href="/desk/coupons">Coupons of the file</a>')).toBe(seen.length > 1)
  }
  expect(seen.map(({ length }) => length)).toEqual([100, 100, 5])
  expect(seen.flat()).toEqual(codes)
  await merchant.get('/desk/coupons?after=OLD-999').expect(200)
  await merchant.get('/desk/coupons?after=x').expect(400)
})

test.each(['FIFTH', 'TWICE'])(
  'an order that nobody paid leads to its coupon, also once %s is taken out of the file',
  async (coupon) => {
    const shop = await aShopWithCoupons()
    await orderWith(shop.browser(), coupon)
    const [order] = await shop.query('SELECT id FROM orders')
    await shop.restart({ catalogFolder: aCatalogWithCoupons('SPRING:\n  off: 5%\n') })
    const merchant = await signIn(shop)
    const { text } = await merchant.get(`/desk/orders/${order?.id}`).set(HTML).expect(200)
    const [, href = ''] = /href="(\/desk\/coupons\/[^"]+)"/.exec(text) ?? []
    const page = await merchant.get(href).set(HTML).expect(200)
    expect(page.text).toContain('Not in the file')
    expect(page.text).toContain('No order has been paid with this coupon.')
    expect((await merchant.get('/desk/coupons/SPRING').set(HTML).expect(200)).text).not.toContain(
      'Not in the file',
    )
  },
)
