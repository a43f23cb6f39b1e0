import { describe, expect, test } from '@jest/globals'
import { readConfig } from '../../server/config/index.ts'
import { ownAddresses } from '../../server/config/own-addresses.ts'
import { aShop, type TestShop } from '../support/shop.ts'
import { testUnless } from '../support/skipping.ts'
import { aStartedShop } from '../support/started.ts'

const TUNNEL = 'https://some-words.trycloudflare.com'

/** What a browser sends for the storefront at this address. */
function openPage(shop: TestShop, address: string) {
  const { host, protocol } = new URL(address)
  const page = shop.request().get('/').set({ Host: host, Accept: 'text/html,*/*' })
  return protocol === 'https:' ? page.set('Sec-Fetch-Site', 'none') : page
}

function reportsOf({ logged }: TestShop): string[] {
  return logged.flatMap(({ address, msg }) => (address ? [String(msg)] : []))
}

describe('a page at an address that the shop doesn’t know', () => {
  test('is logged once, with the line to set, and every page in sandbox mode says what to do', async () => {
    const shop = await aShop()
    expect((await openPage(shop, shop.url)).text).not.toContain('For the merchant')
    for (let time = 0; time < 3; time++) {
      const { text } = await openPage(shop, TUNNEL).expect(200)
      expect(text).toContain('set PUBLIC_URL to it and restart the shop.')
    }
    expect(reportsOf(shop)).toEqual([
      `A page was opened at ${TUNNEL}, which is not an address of this shop, so payments fail there. If it leads to this shop, set PUBLIC_URL=${TUNNEL} and restart the shop.`,
    ])
    await openPage(shop, 'https://other.example')
    expect(reportsOf(shop)).toHaveLength(2)
    expect((await openPage(shop, `${shop.url}/products/article`)).text).toContain('set PUBLIC_URL to it')
  })

  test('is named on no page: a stranger would have their words on every one', async () => {
    const shop = await aShop()
    const told = { Origin: 'https://evil.example', 'Sec-Fetch-Site': 'same-origin' }
    await openPage(shop, 'https://evil.example')
    await openPage(shop, shop.url).set(told)
    const { text } = await openPage(shop, shop.url)
    expect(text).toContain('set PUBLIC_URL to it')
    expect(text).not.toContain('evil')
  })

  test('is told to use another one if it is neither https nor this machine', async () => {
    const shop = await aShop()
    await openPage(shop, 'http://my-computer.local:3030')
    expect(reportsOf(shop)).toEqual([
      expect.stringContaining(`Open the shop at ${shop.url}, or set PUBLIC_URL to an https address`),
    ])
  })

  test('is noticed by the origin of an order if the tunnel replaces the host', async () => {
    const shop = await aShop()
    const order = (headers: Record<string, string>) =>
      shop.request().post('/create-intent').set(headers).send({ product: 'article' })
    await order({ Origin: TUNNEL, 'Sec-Fetch-Site': 'same-origin' })
    await order({ Origin: 'https://elsewhere.example', 'Sec-Fetch-Site': 'cross-site' })
    await order({ Origin: 'null', 'Sec-Fetch-Site': 'same-origin' })
    expect(reportsOf(shop)).toEqual([expect.stringContaining(TUNNEL)])
  })

  test('is logged by a live shop, and its buyers read nothing of it', async () => {
    const shop = await aShop({ config: { mode: 'live' } })
    expect((await openPage(shop, TUNNEL)).text).not.toContain('PUBLIC_URL')
    expect(reportsOf(shop)).toHaveLength(1)
  })

  test('is nothing to report once a live shop has its address', async () => {
    const shop = await aShop({ config: { mode: 'live', publicUrl: () => 'https://shop.example' } })
    await openPage(shop, TUNNEL)
    expect(reportsOf(shop)).toEqual([])
  })

  test('does not fill the log, and can’t write into it', async () => {
    const shop = await aShop()
    for (const host of ['a b', 'x/y', '"><script>', 'me@shop.example', 'shop.example\\'])
      await shop.request().get('/').set({ Host: host, Accept: 'text/html' })
    expect(reportsOf(shop)).toEqual([])
    for (let index = 0; index < 50; index++) await openPage(shop, `https://${index}.example`)
    expect(reportsOf(shop)).toHaveLength(20)
  })

  test('is no matter for programs, such as the check of a load balancer', async () => {
    const shop = await aShop()
    await shop.request().get('/healthz').set('Host', '203.0.113.7')
    expect(reportsOf(shop)).toEqual([])
  })
})

describe('a shop that listens on all addresses of its machine', () => {
  const [address] = ownAddresses(['IPv4'])
  const testThere = testUnless(!address && 'no address on a network')

  testThere('sells test goods at each of them', async () => {
    const { port } = await aStartedShop({ HOST: '0.0.0.0' })
    const url = `http://${address}:${port}`
    const page = await fetch(`${url}/products/article`)
    const [cookie = ''] = String(page.headers.get('set-cookie')).split(';')
    const ordered = await fetch(`${url}/create-intent`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Origin: url, Cookie: cookie },
      body: '{"product":"article"}',
    })
    expect(ordered.status).toBe(200)
    const { id } = (await ordered.json()) as { id: string }
    expect((await fetch(`${url}/sandbox/pay/${id}`)).status).toBe(200)
    const approved = await fetch(`${url}/sandbox/wallet/requests/${id}/approve`, {
      method: 'POST',
      headers: { Origin: url },
    })
    expect(approved.status).toBe(200)
  })

  test('may have one of them as its public address, for phones', () => {
    const url = `http://${address}:3030`
    expect(readConfig({ HOST: '0.0.0.0', PUBLIC_URL: url }).url()).toBe(url)
  })

  test('sells for real money only at the address that it was given', () => {
    const { networkUrls, origins } = readConfig({
      HOST: '0.0.0.0',
      CODE_MODE: 'live',
      CODE_DESTINATION: '9joz92rMXnS8NuK9Y3PnukdVi1W7S9cs388CTQxxg6r6',
      PUBLIC_URL: 'https://shop.example',
    })
    expect(networkUrls).toEqual([])
    expect(origins().filter((origin) => !/127\.0\.0\.1|localhost|\[::1\]/.test(origin))).toEqual([
      'https://shop.example',
    ])
  })
})
