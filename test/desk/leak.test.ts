import { expect, test } from '@jest/globals'
import type { Router } from 'express'
import { deskRoutes } from '../../server/desk/index.ts'
import { HTML, signIn } from '../support/desk.ts'
import { aShop, order, type TestShop } from '../support/shop.ts'

// Every route of the desk, found in the router itself, so that a new one is asked as well.

const [ADMIN, EXPORT, METRICS] = ['admin', 'export', 'metrics'].map((name) => `${name}-token`.padEnd(32, '.'))
/** What strangers may see: the ways in, which show nothing of the shop. */
const FOR_STRANGERS = ['GET /desk/sign-in', 'POST /desk/sign-in', 'GET /desk/enter', 'POST /desk/enter']
/** What programs may read with EXPORT_TOKEN. */
const FOR_PROGRAMS = /^GET \/desk\/orders\.(?:csv|jsonl|journal)$/

interface Layer {
  route?: { path: string | string[]; methods: Record<string, boolean> }
  handle: { stack?: Layer[] }
  slash: boolean
}

/** The routes of a router and of those in it, such as `GET /desk/orders/:id`. */
function routesOf(stack: Layer[]): string[] {
  return stack.flatMap(({ route, handle, slash }) => {
    if (!route) {
      expect([handle.stack !== undefined, slash]).not.toEqual([true, false]) // a router with a path of its own
      return routesOf(handle.stack ?? [])
    }
    const methods = Object.keys(route.methods).filter((method) => !method.startsWith('_'))
    return [route.path]
      .flat()
      .flatMap((path) => methods.map((method) => `${method.toUpperCase()} /desk${path}`))
  })
}

function allRoutes({ shop }: TestShop): string[] {
  return [...new Set(routesOf((deskRoutes(shop) as Router).stack as unknown as Layer[]))]
}

/** A shop with an order that is paid, and what nobody else may learn of it. */
async function aShopWithASale(changes = {}) {
  const shop = await aShop({
    config: { mode: 'live', adminToken: ADMIN, exportToken: EXPORT, metricsToken: METRICS, ...changes },
  })
  const buyer = shop.browser()
  await buyer.get('/products/article')
  const { id } = await order(buyer)
  await shop.pay(id)
  const [row] = await shop.query('SELECT id, buyer, title, product FROM orders')
  const [event] = await shop.query('SELECT digest FROM events')
  const ids = { intent: id, order: String(row?.id), buyer: String(row?.buyer), digest: String(event?.digest) }
  return { shop, buyer, ids, secrets: [...Object.values(ids), String(row?.title)] }
}

/** Each route with what its parameters could be. */
function pathsOf(route: string, ids: Record<string, string>): string[] {
  const values = [...Object.values(ids), 'article', '1']
  return /[:*]/.test(route) ? values.map((value) => route.replace(/[:*]\w+/g, value)) : [route]
}

function ask(browser: ReturnType<TestShop['request']>, route: string) {
  const [method = '', path = ''] = route.split(' ')
  const request = method === 'GET' ? browser.get(path) : browser.post(path)
  return method === 'GET' ? request : request.type('form').send({ form: 'x' })
}

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
