import { cpSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { aFolder } from '../support/workplace.ts'
import { aDesktop, describeInBrowser, type Visitor } from './support/browser.ts'
import { openShop } from './support/shop.ts'

const WITHOUT_BUTTON = 30_000 // bytes, everything that a first visit loads, headers included
const WITH_BUTTON = 120_000

interface Weighed {
  bytes: number
  hosts: string[]
  parts: Record<string, number>
}

/** What the browser got over the wire for a page and all that it loads, frames included, with nothing kept from before. */
async function weigh({ context, page }: Visitor, url: string, seen?: () => Promise<void>): Promise<Weighed> {
  const wire = await context.newCDPSession(page)
  const urls = new Map<string, string>()
  const parts: Record<string, number> = {}
  wire.on('Network.requestWillBeSent', ({ requestId, request }) => urls.set(requestId, request.url))
  wire.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    const loaded = urls.get(requestId)
    if (loaded && !loaded.startsWith('data:')) parts[loaded] = (parts[loaded] ?? 0) + encodedDataLength
  })
  await wire.send('Network.enable')
  await page.goto(url, { waitUntil: 'networkidle' })
  await seen?.()
  const hosts = [...new Set(Object.keys(parts).map((loaded) => new URL(loaded).host))]
  return { bytes: Object.values(parts).reduce((sum, bytes) => sum + bytes, 0), hosts, parts }
}

describeInBrowser('over the wire', () => {
  function aFullShop() {
    const catalogFolder = join(aFolder(), 'catalog')
    cpSync('test/support/full-catalog', catalogFolder, { recursive: true })
    return openShop({ catalogFolder })
  }

  test.each(['/', '/purchases', '/cancel', '/problems/payment-required'])(
    '%s weighs at most 30 kB, all included, and loads from the shop alone',
    async (path) => {
      const shop = await aFullShop()
      const visitor = await aDesktop()
      const { bytes, hosts, parts } = await weigh(visitor, shop.url + path)
      expect(Object.keys(parts).some((url) => url.includes('/styles/'))).toBe(true)
      expect([bytes <= WITHOUT_BUTTON, parts]).toEqual([true, parts])
      expect(hosts).toEqual([new URL(shop.url).host])
    },
  )

  test('a product’s page with the button weighs at most 120 kB, all included', async () => {
    const shop = await aFullShop()
    const visitor = await aDesktop()
    const { bytes, hosts, parts } = await weigh(visitor, `${shop.url}/products/long-read`, () =>
      visitor.page.frameLocator('[data-code-button] iframe').getByRole('button').waitFor(),
    )
    expect(Object.keys(parts).some((url) => url.includes('/code-button-'))).toBe(true)
    expect([bytes <= WITH_BUTTON, parts]).toEqual([true, parts])
    expect(hosts).toEqual([new URL(shop.url).host])
  })
})
