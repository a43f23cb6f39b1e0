import { describe, expect, test } from '@jest/globals'
import { aFreePort } from '../../scripts/support/free-port.js'
import { issueDeskLink } from '../../server/desk/index.ts'
import { startShop } from '../../server/start.ts'
import { HTML, signIn } from '../support/desk.ts'
import { aShop, type ShopOptions } from '../support/shop.ts'
import { aFolder } from '../support/workplace.ts'

const TOKEN = 'f'.repeat(64)

/** What tells a desk from a shop that has none: the status, and what only the desk's answers have. */
async function lookAt(shop: Awaited<ReturnType<typeof aShop>>, headers: Record<string, string> = {}) {
  const desk = await shop.request().get('/desk').set(HTML).set(headers)
  const nowhere = await shop.request().get('/desc').set(HTML).set(headers)
  const isHidden = desk.status === 404 && desk.text === nowhere.text.replaceAll('/desc', '/desk')
  const names = (answer: typeof desk) => Object.keys(answer.headers).sort()
  expect(desk.status === 404 && names(desk)).toEqual(desk.status === 404 && names(nowhere))
  return isHidden ? 'no desk' : desk.status
}

describe('a live shop', () => {
  test('has no desk without ADMIN_TOKEN, not even for a session from before', async () => {
    const shop = await aShop({ config: { mode: 'live', adminToken: TOKEN } })
    const merchant = await signIn(shop)
    await merchant.get('/desk/audit-log').expect(200)
    await shop.restart({ adminToken: undefined })
    expect(await lookAt(shop)).toBe('no desk')
    await merchant.get('/desk/audit-log').expect(404)
    await merchant.post('/desk/sign-in').type('form').send({ token: '' }).expect(404)
  })

  test('has one with ADMIN_TOKEN, at every address', async () => {
    const shop = await aShop({ config: { mode: 'live', adminToken: TOKEN } })
    expect(await lookAt(shop)).toBe(401)
    expect(await lookAt(shop, { Host: 'shop.example.org', 'X-Forwarded-For': '1.2.3.4' })).toBe(401)
  })
})

describe('a sandbox without ADMIN_TOKEN', () => {
  test('has a desk for this machine', async () => {
    const shop = await aShop()
    for (const Host of ['localhost', 'LOCALHOST:3030', '127.0.0.1', '127.9.9.9:80', '[::1]:3030'])
      expect([Host, await lookAt(shop, { Host })]).toEqual([Host, 401])
    const { text } = await shop.request().get('/desk').set(HTML)
    expect(text).toContain('Restart the shop to get a new one')
    expect(text).not.toContain('ADMIN_TOKEN')
  })

  test.each([
    ['another name that leads here', { Host: 'rebound.example' }],
    ['a name that only begins like this machine', { Host: 'localhost.example:3030' }],
    ['an address that only begins like it', { Host: '127.0.0.1.example' }],
    ['this machine’s own network address', { Host: '192.168.1.20:3030' }],
    ['a proxy', { 'X-Forwarded-For': '127.0.0.1' }],
    ['a proxy that names only the host', { 'X-Forwarded-Host': 'localhost' }],
    ['a proxy by the standard', { Forwarded: 'for=127.0.0.1' }],
    ['a proxy that names itself', { Via: '1.1 cache' }],
    ['nginx', { 'X-Real-IP': '127.0.0.1' }],
    ['a tunnel', { 'CF-Connecting-IP': '127.0.0.1' }],
    ['another tunnel', { 'Tailscale-User-Login': 'me' }],
    ['a network in front', { 'Fastly-Client-IP': '127.0.0.1' }],
  ])('has none for %s', async (_, headers) => {
    const shop = await aShop()
    const merchant = await signIn(shop)
    expect(await lookAt(shop, headers as Record<string, string>)).toBe('no desk')
    await merchant.get('/desk/audit-log').expect(200)
    await merchant.get('/desk/audit-log').set(headers).expect(404)
  })

  test.each<[string, ShopOptions]>([
    ['with a public address', { env: { PUBLIC_URL: 'https://shop.example.org' } }],
    ['with an address of this machine as the public one', { env: { PUBLIC_URL: 'http://localhost:3030' } }],
    ['that listens on all addresses', { config: { host: '0.0.0.0' } }],
    ['that listens on the network', { config: { host: '192.168.1.20' } }],
  ])('has none %s', async (_, options) => {
    expect(await lookAt(await aShop(options))).toBe('no desk')
  })
})

test('a sandbox with ADMIN_TOKEN has a desk like a live shop', async () => {
  const shop = await aShop({ env: { PUBLIC_URL: 'https://shop.example.org', ADMIN_TOKEN: TOKEN } })
  expect(await lookAt(shop, { Host: 'shop.example.org', 'X-Forwarded-For': '1.2.3.4' })).toBe(401)
})

describe('the link that is made at the start', () => {
  const start = async (isTerminal: boolean, changes: Record<string, string> = {}) => {
    const folder = aFolder()
    const { readConfig } = await import('../../server/config/index.ts')
    const config = readConfig({
      PORT: String(await aFreePort()),
      DATABASE_URL: `sqlite:${folder}/shop.db`,
      ...changes,
    })
    const lines: string[] = []
    const output = { isTerminal, write: (text: string) => lines.push(text) }
    const shop = await startShop(
      { ...config, catalogFolder: 'test/support/catalog', sandboxFolder: `${folder}/sequencer` },
      output,
    )
    await shop.stop()
    return { link: shop.deskLink, log: lines.join(''), url: config.url() }
  }

  test('is shown on a terminal, and not in its log', async () => {
    const { link, log, url } = await start(true)
    expect(link).toMatch(new RegExp(`^${url}/desk/enter\\?code=[0-9a-f]{32}$`))
    expect(log).not.toContain(new URL(link ?? '').searchParams.get('code'))
  })

  test('is not made where a file keeps what is shown', async () => {
    expect((await start(false)).link).toBeUndefined()
  })

  test('is not made where ADMIN_TOKEN lets in, or others reach the shop', async () => {
    expect((await start(true, { ADMIN_TOKEN: TOKEN })).link).toBeUndefined()
    expect((await start(true, { HOST: '0.0.0.0' })).link).toBeUndefined()
    expect((await start(true, { PUBLIC_URL: 'https://shop.example.org' })).link).toBeUndefined()
  })
})

test('a link leads to the public address', async () => {
  const shop = await aShop({ env: { PUBLIC_URL: 'https://shop.example.org', ADMIN_TOKEN: TOKEN } })
  expect(await issueDeskLink(shop, 'npm run desk')).toMatch(/^https:\/\/shop\.example\.org\/desk\/enter\?/)
})
