import { expect, test } from '@jest/globals'
import { HTML, signIn } from '../support/desk.ts'
import {
  ADMIN,
  allRoutes,
  aShopWithASale,
  ask,
  EXPORT,
  FOR_PROGRAMS,
  FOR_STRANGERS,
  METRICS,
  pathsOf,
} from '../support/desk-routes.ts'

test('every route of the desk shows a stranger and a buyer nothing but the way in', async () => {
  const { shop, buyer, ids, secrets } = await aShopWithASale()
  const merchant = await signIn(shop)
  const routes = allRoutes(shop)
  expect(routes.length).toBeGreaterThan(FOR_STRANGERS.length + 2)
  expect(routes).toEqual(expect.arrayContaining([...FOR_STRANGERS, 'GET /desk/audit-log']))
  const before = await shop.query('SELECT * FROM actions')

  const cookie = String((await buyer.get('/purchases')).headers['set-cookie'])
  const secret = /buyer-kept=([0-9a-f]{32})/.exec(cookie)?.[1]
  expect(secret).toBeDefined()
  const askers: [string, Record<string, string>][] = [
    ['a stranger', {}],
    ['a buyer’s secret as the desk’s', { Cookie: `desk=${secret}` }],
    ['a secret that is none', { Cookie: 'desk=undefined' }],
    ['another token', { Authorization: `Bearer ${METRICS}` }],
    ['the merchant’s token', { Authorization: `Bearer ${ADMIN}` }],
    ['no token at all', { Authorization: 'Bearer ' }],
    ['a password', { Authorization: `Basic ${Buffer.from(`admin:${EXPORT}`).toString('base64')}` }],
  ]
  for (const route of routes.filter((route) => !FOR_STRANGERS.includes(route))) {
    for (const path of pathsOf(route, ids)) {
      for (const [asker, headers] of askers) {
        const answer = await ask(shop.request(), path).set(HTML).set(headers)
        expect([path, asker, answer.status]).toEqual([path, asker, 401])
        const shown = answer.text.replaceAll(path.split(' ')[1] ?? '', '')
        expect([path, asker, secrets.filter((secret) => shown.includes(secret))]).toEqual([path, asker, []])
      }
      expect([path, 'a buyer', (await ask(buyer as never, path)).status]).toEqual([path, 'a buyer', 401])
      const program = await ask(shop.request(), path).set('Accept', 'text/event-stream, text/csv, */*')
      expect([path, program.status, program.body.type]).toEqual([path, 401, '/problems/sign-in-required'])
    }
  }
  expect(await shop.query('SELECT * FROM actions')).toEqual(before)
  await merchant.get('/desk/audit-log').expect(200)
}, 120_000)

test('EXPORT_TOKEN reads exports, and opens nothing else', async () => {
  const { shop, ids } = await aShopWithASale()
  for (const route of allRoutes(shop).filter((route) => !FOR_STRANGERS.includes(route)))
    for (const path of pathsOf(route, ids)) {
      const { status } = await ask(shop.request(), path).set('Authorization', `Bearer ${EXPORT}`)
      expect([path, status]).toEqual([path, FOR_PROGRAMS.test(path) ? 200 : 401])
    }
}, 120_000)

test('where there is no desk, none of its routes exists', async () => {
  const { shop, ids } = await aShopWithASale({ adminToken: undefined })
  for (const route of allRoutes(shop))
    for (const path of pathsOf(route, ids)) {
      const { status, body, headers } = await ask(shop.request(), path).set(
        'Authorization',
        `Bearer ${EXPORT}`,
      )
      expect([path, status, body.type]).toEqual([path, 404, '/problems/page-not-found'])
      expect(headers['x-robots-tag']).toBeUndefined()
    }
}, 120_000)
