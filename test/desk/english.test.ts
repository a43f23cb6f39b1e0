import { expect, test } from '@jest/globals'
import { HTML, signIn } from '../support/desk.ts'
import { orderOf, submit } from '../support/desk-forms.ts'
import { aShop, order } from '../support/shop.ts'

test('a German browser shows the desk’s amounts and numbers in English, like its words', async () => {
  const shop = await aShop()
  const [merchant, buyer] = [await signIn(shop), shop.browser()]
  const { id } = await order(buyer)
  await shop.pay(id)
  const path = `/desk/orders/${await orderOf(shop, id)}`
  const [payment] = await shop.query(
    'SELECT payments.id, buyer FROM payments JOIN orders ON orders.id = order_id',
  )
  await submit(merchant, `${path}/refund?payment=${payment?.id}&part=1`, { amount: '0.10' })
  await shop.query('UPDATE payments SET quarks = 44792900000, exchange_rate = 0.00000893')
  const read = async (page: string) => {
    const { text } = await merchant
      .get(page)
      .set({ ...HTML, 'Accept-Language': 'de-DE' })
      .expect(200)
    return text
  }
  const pages = ['', '/orders', '/products', '/audit-log', '/events?verdict=applied'].map(
    (page) => `/desk${page}`,
  )
  for (const page of [...pages, path, `/desk/buyers/${payment?.buyer}`]) {
    const text = await read(page)
    expect([page, text.match(/\$\d+\.\d\d/) !== null, text.match(/\d,\d\d\s*\$/)]).toEqual([page, true, null])
  }
  expect(await read(path)).toContain('447,929 kin at 0.00000893')
})
