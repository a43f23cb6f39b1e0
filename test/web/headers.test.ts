import vm from 'node:vm'
import { describe, expect, test } from '@jest/globals'
import { readConfig } from '../../server/config/index.ts'
import { aShop } from '../support/shop.ts'

const LIVE = { CODE_MODE: 'live', CODE_DESTINATION: '9joz92rMXnS8NuK9Y3PnukdVi1W7S9cs388CTQxxg6r6' }

/** Which hosts a shop with this environment gives to browsers. */
function browserSide(env: Record<string, string>) {
  const { elementsUrl, browserEndpoint } = readConfig(env)
  return { elementsUrl, browserEndpoint }
}

async function policyOf(env: Record<string, string>): Promise<Record<string, string>> {
  const shop = await aShop({ config: browserSide(env) })
  const { headers } = await shop.request().get('/').expect(200)
  const directives = String(headers['content-security-policy']).split(';')
  return Object.fromEntries(directives.map((directive) => directive.split(/ (.*)/s).slice(0, 2)))
}

/** What /hosts.js defines in a page of this origin. */
async function hostsAt(origin: string, env: Record<string, string>): Promise<unknown> {
  const shop = await aShop({ config: browserSide(env) })
  const { text, headers } = await shop.request().get('/hosts.js').expect(200)
  expect(headers['content-type']).toBe('text/javascript; charset=utf-8')
  expect(headers['cache-control']).toBe('no-cache')
  const page: { codeHosts?: object; [name: string]: unknown } = { URL, location: { origin } }
  vm.runInNewContext(text, page)
  return { ...page.codeHosts }
}

describe('the policy of every page', () => {
  test('lists everything that is allowed, and allows nothing inline', async () => {
    expect(await policyOf({})).toEqual({
      'default-src': "'none'",
      'script-src': "'self'",
      'style-src': "'self'",
      'img-src': "'self'",
      'manifest-src': "'self'",
      'connect-src': "'self'",
      'frame-src': "'self'",
      'form-action': "'self'",
      'base-uri': "'none'",
      'frame-ancestors': "'none'",
      'require-trusted-types-for': "'script'",
      'trusted-types': 'vue',
    })
  })

  test('lets the pages of a live shop connect to Code, and to nobody else', async () => {
    expect(await policyOf(LIVE)).toMatchObject({
      'connect-src': "'self' https://cash.getcode.com",
      'frame-src': 'https://sdk.getcode.com',
    })
  })

  test('follows the configured addresses', async () => {
    const beside = { CODE_ENDPOINT: 'http://127.0.0.1:3031/v1' }
    expect(await policyOf(beside)).toMatchObject({
      'connect-src': "'self' http://127.0.0.1:3031",
      'frame-src': 'http://127.0.0.1:3031',
    })
    expect(await policyOf({ ...beside, CODE_ELEMENTS_URL: 'https://frames.example/v1' })).toMatchObject({
      'connect-src': "'self' http://127.0.0.1:3031",
      'frame-src': 'https://frames.example',
    })
  })

  test('comes with headers that reveal nothing, and request no permissions', async () => {
    const shop = await aShop()
    for (const path of ['/', '/products/article', '/nowhere', '/hosts.js', '/products.json']) {
      const { headers } = await shop.request().get(path)
      expect(headers).toMatchObject({
        'referrer-policy': 'same-origin',
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
        'permissions-policy':
          'camera=(), display-capture=(), geolocation=(), microphone=(), midi=(), payment=(), usb=()',
      })
    }
  })
})

describe('the script that tells the button where Code is', () => {
  test.each(['http://127.0.0.1:3030', 'http://localhost:3030', 'https://shop.example.org'])(
    'points to the embedded sandbox at whatever origin the page has: %s',
    async (origin) => {
      expect(await hostsAt(origin, { PUBLIC_URL: 'https://shop.example.org' })).toEqual({
        elements: `${origin}/sandbox/v1/elements`,
        endpoint: `${origin}/sandbox/v1`,
      })
    },
  )

  test('points to Code for a live shop, and otherwise to the configured hosts', async () => {
    expect(await hostsAt('https://shop.example.org', LIVE)).toEqual({
      elements: 'https://sdk.getcode.com/v1/elements',
      endpoint: 'https://cash.getcode.com/v1',
    })
    expect(await hostsAt('http://127.0.0.1:3030', { CODE_ENDPOINT: 'http://127.0.0.1:3031/v1' })).toEqual({
      elements: 'http://127.0.0.1:3031/v1/elements',
      endpoint: 'http://127.0.0.1:3031/v1',
    })
  })
})

test('only a page with a button loads Code’s element', async () => {
  const shop = await aShop()
  const browser = shop.browser()
  const loads = async (path: string) => (await browser.get(path)).text.includes('/assets/code-button-')
  expect(await loads('/products/article')).toBe(true)
  const { body } = await browser.post('/create-intent').send({ product: 'article' }).expect(200)
  await shop.pay(body.id)
  const without = ['/', '/products/article', `/success/${body.id}`, '/cancel', '/purchases', '/nowhere']
  for (const path of without) expect([path, await loads(path)]).toEqual([path, false])
})

test.each(['/healthz', '/readyz'])(
  '%s is never cached: a cache in front would repeat it for minutes',
  async (path) => {
    const shop = await aShop()
    const { headers } = await shop.request().get(path).expect(200)
    expect(headers['cache-control']).toBe('no-store')
  },
)
