import { describe, expect, test } from '@jest/globals'
import { openSandbox } from '../../sandbox/index.ts'
import { aPatient, aProxyTo, SHOP } from '../support/doctor.ts'
import { aShop } from '../support/shop.ts'
import { later } from '../support/workplace.ts'

/** A live shop behind a proxy that may do what it shouldn't. */
async function aShopBehind(meddling: Parameters<typeof aProxyTo>[1]) {
  const shop = await aShop({ config: { mode: 'live' }, env: { PUBLIC_URL: SHOP, TRUST_PROXY: 'loopback' } })
  const patient = await aPatient()
  await patient.host(SHOP, aProxyTo(shop.url, meddling))
  return patient.examine({ localUrl: shop.config.localUrl }, { only: ['pages'] })
}

const rewriting = (rewrite: (html: string) => string) =>
  aShopBehind({
    answer: (text, headers) => ({
      text: /html/.test(headers['content-type'] ?? '') ? rewrite(text) : text,
      headers,
    }),
  })

describe('pages', () => {
  test('that arrive as the shop sends them are fine, and each visitor gets their own', async () => {
    const { of } = await aShopBehind({})
    expect(of('pages')).toMatchObject({ verdict: 'fine', meaning: expect.stringContaining('byte for byte') })
    expect(of('caching').verdict).toBe('fine')
    expect(of('sandbox').verdict).toBe('fine')
  })

  test.each([
    [
      'mail addresses were hidden',
      (html: string) => html.replace('</main>', '<a data-cfemail="5a">[email]</a></main>'),
    ],
    [
      'a script was added',
      (html: string) => html.replace('</body>', '<script src="/cdn-cgi/x.js"></script></body>'),
    ],
    ['it was minified', (html: string) => html.replace(/\n\s*/g, ' ').replace(/"([a-z]+)"/g, '$1')],
    ['it was rewritten', (html: string) => html.replace('</main>', '<p>Buy our hosting!</p></main>')],
  ])('%s: that is said', async (what, rewrite) => {
    expect((await rewriting(rewrite)).of('pages')).toMatchObject({
      verdict: 'look-at-this',
      meaning: expect.stringContaining(what),
    })
  })

  test('whose policy was changed are to be looked at', async () => {
    const { of } = await aShopBehind({
      answer: (text, headers) => ({
        text,
        headers: { ...headers, 'content-security-policy': "default-src 'self'" },
      }),
    })
    expect(of('pages').meaning).toContain('Content-Security-Policy was changed')
  })

  test('from a cache are to be looked at, and a shared cookie is broken', async () => {
    const old = await aShopBehind({
      answer: (text, headers) => ({ text, headers: { ...headers, age: '90' } }),
    })
    expect(old.of('caching')).toMatchObject({ verdict: 'look-at-this' })
    const kept = await aShopBehind({
      answer: (text, headers) => ({
        text,
        headers: {
          ...headers,
          ...(headers['set-cookie'] && { 'set-cookie': [`buyer=${'1'.repeat(32)}; Path=/`] }),
        },
      }),
    })
    expect(kept.of('caching')).toMatchObject({
      verdict: 'broken',
      meaning: expect.stringMatching(/^\/products\/[\w-]+: both were given the same cookie/),
    })
  })

  test('from a cache that does not say so, and has to store a page first, are found by their cookie', async () => {
    const stored = new Map<string, string[]>()
    const { of } = await aShopBehind({
      answer: (text, headers) => {
        const cookies = headers['set-cookie']
        if (!cookies) return { text, headers }
        const first = stored.get(text.length.toString()) ?? cookies
        // What is answered at the same time is not in the cache yet.
        setImmediate(() => stored.set(text.length.toString(), first))
        return { text, headers: { ...headers, 'set-cookie': first } }
      },
    })
    expect(of('caching').verdict).toBe('broken')
  })

  test('that something else answers are not taken for changed ones', async () => {
    const patient = await aPatient()
    const shop = await aShop({ config: { mode: 'live' }, env: { PUBLIC_URL: SHOP } })
    await patient.host(SHOP, (_req, res) => res.writeHead(403).end('<p>Are you human?</p>'))
    const { of } = await patient.examine({ localUrl: shop.config.localUrl }, { only: ['pages'] })
    expect(of('pages')).toMatchObject({
      verdict: 'look-at-this',
      meaning: expect.stringContaining('/ with 403 instead of 200'),
      todo: expect.not.stringContaining('Email'),
    })
    expect(of('caching').verdict).toBe('could-not-check')
    expect(of('sandbox').verdict).toBe('could-not-check')
  })

  test('of a proxy whose shop is stopped say nothing about the shop’s own', async () => {
    const patient = await aPatient()
    await patient.host(SHOP, (_req, res) => res.writeHead(503).end('<p>Service Unavailable</p>'))
    const { of } = await patient.examine({ localUrl: 'http://127.0.0.1:1' }, { only: ['pages'] })
    const unknown = {
      verdict: 'could-not-check',
      meaning: expect.stringContaining('What answers there is not this shop (HTTP status 503)'),
    }
    for (const check of ['pages', 'caching', 'sandbox']) expect(of(check)).toMatchObject(unknown)
  })

  test('that cannot be compared with the shop’s own are not called fine', async () => {
    const patient = await aPatient()
    const shop = await aShop()
    await patient.host(SHOP, aProxyTo(shop.url))
    const { of } = await patient.examine({ localUrl: 'http://127.0.0.1:1' }, { only: ['pages'] })
    expect(of('pages').verdict).toBe('could-not-check')
  })
})

test('a sandbox that can be reached from outside a live shop is broken', async () => {
  const sandbox = await openSandbox({
    data: ':memory:',
    baseUrl: SHOP,
    origins: [SHOP],
    allowsWebhookTo: () => false,
  })
  later(() => sandbox.close())
  const patient = await aPatient()
  await patient.host(SHOP, sandbox.handler)
  expect((await patient.examine({}, { only: ['pages'] })).of('sandbox')).toMatchObject({
    verdict: 'broken',
    meaning: expect.stringContaining(`${SHOP}/key`),
  })
})
