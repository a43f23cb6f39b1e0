import { expect } from '@jest/globals'
import { deskPages } from '../../server/desk/pages.ts'
import { aShop, order, type TestShop } from './shop.ts'

export const [ADMIN, EXPORT, METRICS] = ['admin', 'export', 'metrics'].map((name) =>
  `${name}-token`.padEnd(32, '.'),
)
/** What strangers may see: the ways in, which show nothing of the shop. */
export const FOR_STRANGERS = [
  'GET /desk/sign-in',
  'POST /desk/sign-in',
  'GET /desk/enter',
  'POST /desk/enter',
]
/** What programs may read with EXPORT_TOKEN. */
export const FOR_PROGRAMS = /^GET \/desk\/(?:orders\.(?:csv|jsonl|journal)|transactions\.csv)$/

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

/** Every route of the desk, found in the router itself, so that a new one is among them. */
export function allRoutes({ shop }: TestShop): string[] {
  return [...new Set(routesOf(deskPages(shop).stack as unknown as Layer[]))]
}

/** A shop with an order that is paid, and what nobody else may learn of it. */
export async function aShopWithASale(changes = {}) {
  const shop = await aShop({
    config: { mode: 'live', adminToken: ADMIN, exportToken: EXPORT, metricsToken: METRICS, ...changes },
  })
  const buyer = shop.browser()
  await buyer.get('/products/article')
  const { id } = await order(buyer)
  await shop.pay(id)
  const [row] = await shop.query('SELECT id, buyer, title, product FROM orders')
  const [event] = await shop.query('SELECT digest FROM events')
  const ids = { intent: id, order: String(row?.id), buyer: String(row?.buyer), event: String(event?.digest) }
  return { shop, buyer, ids, secrets: [...Object.values(ids), String(row?.title)] }
}

/** A route with the id that belongs there. */
export function pathOf(route: string, ids: Record<string, string>): string {
  const kinds: Record<string, string | undefined> = { ...ids, product: 'article' }
  return route
    .replace(/\b(order|buyer|event|product)s\/:\w+/, (_, kind) => `${kind}s/${kinds[kind]}`)
    .replace(/:\w+/, 'none')
}

/** A route with each id that its parameters could be. */
export function pathsOf(route: string, ids: Record<string, string>): string[] {
  const values = [...Object.values(ids), 'article', '1']
  return /[:*]/.test(route) ? values.map((value) => route.replace(/[:*]\w+/g, value)) : [route]
}

export function ask(browser: ReturnType<TestShop['request']>, route: string) {
  const [method = '', path = ''] = route.split(' ')
  const request = method === 'GET' ? browser.get(path) : browser.post(path)
  return method === 'GET' ? request : request.type('form').send({ form: 'x' })
}
