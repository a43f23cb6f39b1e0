import { expect, test } from '@jest/globals'
import { createApp } from '../../server/app.ts'
import { mountSandbox, openEmbeddedSandbox } from '../../server/embedded-sandbox.ts'
import { statusUnder } from '../sandbox/a-sandbox.ts'
import { aMovingShop } from '../support/moving-shop.ts'
import { aStartedShop } from '../support/started.ts'
import { later, listen } from '../support/workplace.ts'

const [FIRST, SECOND] = ['https://first-words.trycloudflare.com', 'https://other-words.trycloudflare.com']

test('a shop that gets another public URL uses it from the next request on', async () => {
  const shop = await aMovingShop()
  const look = () => shop.request().get('/products/article')
  const { headers } = await look()
  expect(String(headers['set-cookie'])).toMatch(/^buyer=/)
  expect(headers['strict-transport-security']).toBeUndefined()
  for (const url of [FIRST, SECOND]) {
    shop.move(url)
    const page = await look()
    expect(String(page.headers['set-cookie'])).toMatch(/^__Host-buyer=.*Secure/)
    expect(page.headers['strict-transport-security']).toBe('max-age=31536000')
    expect(page.text).toContain(`<link rel="canonical" href="${url}/products/article"`)
    const [cookie = ''] = page.headers['set-cookie'] ?? []
    const { body } = await shop
      .request()
      .post('/create-intent')
      .set('Cookie', cookie)
      .set('Origin', url)
      .send({ product: 'article' })
      .expect(200)
    expect(body.successUrl).toContain(`${url}/success/`)
    expect(await shop.query(`SELECT webhook_url FROM intents WHERE id = '${body.id}'`)).toEqual([
      { webhook_url: `${url}/webhook` },
    ])
  }
  await shop.request().post('/create-intent').set('Origin', FIRST).send({ product: 'article' }).expect(403)
})

test('the embedded sandbox is open at the public URL of the moment, and at no earlier one', async () => {
  let current: string | undefined
  const shop = await aStartedShop({}, { publicUrl: () => current })
  const statusAt = (url: string) => statusUnder(new URL(url).host, `${shop.url}/sandbox/key`)
  expect(await statusAt(FIRST)).toBe(421)
  current = FIRST
  expect(await statusAt(FIRST)).toBe(200)
  current = SECOND
  expect([await statusAt(FIRST), await statusAt(SECOND)]).toEqual([421, 200])
})

test('the embedded sandbox is open at a public URL that came while the shop was starting', async () => {
  const { move, config, shop } = await aMovingShop()
  const sandbox = await openEmbeddedSandbox({ ...config, sandboxFolder: ':memory:' }, shop.log)
  later(() => sandbox.close())
  move(FIRST)
  const { url } = await listen(mountSandbox(createApp(shop), sandbox, shop).handler)
  expect(await statusUnder(new URL(FIRST).host, `${url}/sandbox/key`)).toBe(200)
})
