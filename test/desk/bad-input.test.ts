import { expect, test } from '@jest/globals'
import { signIn } from '../support/desk.ts'
import {
  allRoutes,
  aShopWithASale,
  FOR_PROGRAMS,
  FOR_STRANGERS,
  pathOf,
  pathsOf,
} from '../support/desk-routes.ts'
import type { Browser, TestShop } from '../support/shop.ts'

// Every route of the desk, as the merchant's own browser could ask it by mistake, or be led to ask it.

const NASTY = [
  '%00',
  '-1',
  '0',
  '99999999999999999999',
  '1e308',
  'NaN',
  '..%2f..%2fetc',
  '%3Cscript%3E',
  "'%20OR%201=1--",
  'x'.repeat(3_000),
  '%F0%9F%98%80',
  '%ff',
  '__proto__',
]
const FIELDS = [
  'state',
  'product',
  'currency',
  'from',
  'to',
  'least',
  'most',
  'id',
  'after',
  'before',
  'verdict',
  'reason',
  'payment',
  'page',
]

/** Everything in the database, but for what only says that a session is in use. */
async function everythingIn(shop: TestShop): Promise<Record<string, unknown>> {
  const tables = await shop.query(`SELECT name FROM sqlite_master WHERE type = 'table'`)
  const rows = await Promise.all(
    tables.map(async ({ name }) => [String(name), await shop.query(`SELECT * FROM ${name}`)] as const),
  )
  return Object.fromEntries(rows)
}

const isForm = (route: string) => route.startsWith('POST ') && !FOR_STRANGERS.includes(route)
const isPage = (route: string) =>
  route.startsWith('GET ') && !FOR_PROGRAMS.test(route) && !route.includes('/live')

async function aMerchant() {
  const { shop, ids, secrets } = await aShopWithASale()
  return { shop, ids, secrets, merchant: await signIn(shop), routes: allRoutes(shop) }
}

function post(
  merchant: Browser,
  path: string,
  fields: object | string,
  headers: Record<string, string> = {},
) {
  return merchant.post(path.replace('POST ', '')).set(headers).type('form').send(fields)
}

test('no form of the desk does anything without its own token, or from another site', async () => {
  const { shop, merchant, ids, routes } = await aMerchant()
  const own = await merchant.get('/desk/sessions').set('Accept', 'text/html')
  const [token = ''] = /[0-9a-z]+\.[0-9a-f]{32}\.[0-9a-f]{64}/.exec(own.text) ?? []
  expect(token).not.toBe('')
  const before = await everythingIn(shop)
  const forms = routes.filter(isForm)
  expect(forms.length).toBeGreaterThan(5)
  const likely = {
    reason: 'because',
    buyer: ids.buyer,
    session: ids.buyer,
    payment: ids.order,
    amount: '0.25',
    hundredths: '25',
    currency: 'usd',
    intent: ids.intent,
    product: 'article',
    revocation: ids.order,
    endsAccess: 'on',
  }
  for (const path of forms.map((route) => pathOf(route, ids))) {
    const answers = [
      ['nothing', await post(merchant, path, {})],
      ['no token', await post(merchant, path, likely)],
      ['a token of another form', await post(merchant, path, { form: token })],
      ['a token of another form, with all fields', await post(merchant, path, { ...likely, form: token })],
      ['a token twice', await post(merchant, path, `form=${token}&form=${token}`)],
      ['another site', await post(merchant, path, { form: token }, { 'Sec-Fetch-Site': 'cross-site' })],
      [
        'another origin',
        await post(merchant, path, { form: token }, { Origin: 'https://elsewhere.example' }),
      ],
      ['too much', await post(merchant, path, { form: token, reason: 'x'.repeat(100_000) })],
      ['another type', await merchant.post(path.replace('POST ', '')).type('text').send('form')],
    ] as const
    for (const [what, { status, body }] of answers) {
      expect([path, what, status >= 400 && status < 500]).toEqual([path, what, true])
      expect([path, what, body.type]).toEqual([path, what, expect.stringMatching(/^\/problems\//)])
    }
    expect([path, await everythingIn(shop)]).toEqual([path, before])
  }
}, 240_000)

test('a look at a page of the desk changes nothing, and none fails, whatever its address says', async () => {
  const { shop, merchant, ids, routes } = await aMerchant()
  const before = await everythingIn(shop)
  const shown: string[] = []
  for (const route of routes.filter((route) => isPage(route) && !/goods|sign-in/.test(route))) {
    const path = pathOf(route, ids)
    const nasty = Object.fromEntries(NASTY.map((value, index) => [String(index), value]))
    const addresses = [
      ...pathsOf(route, ids),
      ...(route.includes(':') ? pathsOf(route, nasty) : []),
      ...NASTY.map((value) => `${path}?${FIELDS.map((field) => `${field}=${value}`).join('&')}`),
      `${path}?${FIELDS.map((field) => `${field}=a&${field}=b&${field}[]=c`).join('&')}`,
    ]
    for (const address of addresses) {
      const { status } = await merchant.get(address.replace('GET ', '')).set('Accept', 'text/html')
      if (address === path && status === 200) shown.push(path)
      expect([address, status < 500]).toEqual([address, true])
    }
  }
  expect(shown.length).toBeGreaterThan(10)
  expect(await everythingIn(shop)).toEqual(before)
}, 240_000)
