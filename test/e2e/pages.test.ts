import { cpSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import type { Page } from 'playwright-core'
import { en } from '../../server/texts/index.ts'
import { aFolder, listen } from '../support/workplace.ts'
import { expectAccessible } from './support/axe.ts'
import { aDesktop, aPhone, describeInBrowser, isTooWide, type Visitor } from './support/browser.ts'
import { openShop } from './support/shop.ts'

const ARTICLE = '/products/long-read'
const TITLE = 'A long read, with everything that Markdown has'
const DOWNLOAD = '/products/table'
const NARROW = { viewport: { width: 320, height: 640 } }

/** A shop whose products have pictures, and everything else that a page can show. */
function aFullShop() {
  const catalogFolder = join(aFolder(), 'catalog')
  cpSync('test/support/full-catalog', catalogFolder, { recursive: true })
  return openShop({ catalogFolder })
}

type Shop = Awaited<ReturnType<typeof aFullShop>>

async function order({ url }: Shop, { context }: Visitor, product: string) {
  const response = await context.request.post(`${url}/create-intent`, { data: { product } })
  expect(response.status()).toBe(200)
  return (await response.json()) as { id: string; successUrl: string }
}

async function approve({ sandboxUrl }: Shop, { context }: Visitor, { id }: { id: string }): Promise<void> {
  const response = await context.request.post(`${sandboxUrl}/wallet/requests/${id}/approve`, { data: {} })
  expect(response.status()).toBe(200)
}

/** Pays, and waits until the shop knows. */
async function buy(shop: Shop, visitor: Visitor, product: string) {
  const offer = await order(shop, visitor, product)
  await approve(shop, visitor, offer)
  await visitor.page.goto(`${shop.url}/success/${offer.id}`)
  await visitor.page.getByRole('heading', { name: 'Paid' }).waitFor()
  return offer
}

/** Every page of the shop that a visitor can come to, with who comes to it: the addresses by their names. */
async function allPages(shop: Shop, { buyer, stranger, waiting }: Record<string, Visitor>) {
  if (!buyer || !stranger || !waiting) throw new TypeError('Three visitors are needed')
  const bought = await buy(shop, buyer, 'long-read')
  const file = await buy(shop, buyer, 'table')
  const open = await order(shop, waiting, 'short-read')
  return [
    { visitor: stranger, paths: ['/', ARTICLE, DOWNLOAD, '/purchases', '/cancel'] },
    {
      visitor: stranger,
      paths: ['/cancel?product=long-read', file.successUrl.slice(shop.url.length)],
    },
    { visitor: stranger, paths: ['/problems/payment-required'] },
    { visitor: buyer, paths: [ARTICLE, DOWNLOAD, '/purchases', `/success/${bought.id}`] },
    { visitor: waiting, paths: [`/success/${open.id}`] },
  ]
}

describeInBrowser('the pages of the shop', () => {
  test.each([
    ['desktop', 'light', aDesktop],
    ['desktop', 'dark', aDesktop],
    ['phone', 'light', aPhone],
    ['phone', 'dark', aPhone],
  ] as const)(
    'have nothing that axe objects to, and never scroll sideways: %s, %s',
    async (_device, colorScheme, aVisitor) => {
      const shop = await aFullShop()
      const make = () => aVisitor({ colorScheme })
      const visitors = { buyer: await make(), stranger: await make(), waiting: await make() }
      for (const { visitor, paths } of await allPages(shop, visitors)) {
        for (const path of paths) {
          await visitor.page.goto(shop.url + path)
          expect([path, await isTooWide(visitor.page)]).toEqual([path, false])
          await expectAccessible(visitor.page)
        }
      }
    },
  )

  test('explain each error, and show it where it happens, without any that axe objects to', async () => {
    const shop = await aFullShop()
    const visitor = await aDesktop()
    for (const code of Object.keys(en.problems)) {
      await visitor.page.goto(`${shop.url}/problems/${code}`)
      await expectAccessible(visitor.page)
    }
    visitor.expectComplaint(/404/)
    visitor.expectComplaint(/402/)
    visitor.expectComplaint(/405/)
    const missing = ['/nowhere', '/products/nothing', `/success/${'1'.repeat(32)}`]
    for (const path of [...missing, '/create-intent', `${DOWNLOAD}/file`]) {
      await visitor.page.goto(shop.url + path)
      await visitor.page.getByRole('link', { name: 'Go to the storefront' }).waitFor()
      await expectAccessible(visitor.page)
    }
  })

  test('fit into 320 pixels', async () => {
    const shop = await aFullShop()
    const visitors = {
      buyer: await aDesktop(NARROW),
      stranger: await aDesktop(NARROW),
      waiting: await aDesktop(NARROW),
    }
    for (const { visitor, paths } of await allPages(shop, visitors)) {
      for (const path of paths) {
        await visitor.page.goto(shop.url + path)
        expect([path, await isTooWide(visitor.page)]).toEqual([path, false])
      }
    }
  })
})

describeInBrowser('a page of another site', () => {
  test('can show the pictures that everybody may see', async () => {
    const shop = await aFullShop()
    const { page } = await aDesktop()
    await page.goto(shop.url)
    const picture = await page.locator('img.picture').first().getAttribute('src')
    const elsewhere = await listen((_req, res) => res.end(`<!doctype html><img src="${shop.url}${picture}">`))
    await page.goto(elsewhere.url)
    expect(await page.evaluate(`document.querySelector('img').naturalWidth`)).toBeGreaterThan(0)
  })
})

describeInBrowser('a page with the button', () => {
  test.each([
    ['desktop', aDesktop],
    ['phone', aPhone],
  ] as const)('moves nothing while it loads: %s', async (_device, aVisitor) => {
    const shop = await aFullShop()
    const { page } = await aVisitor()
    await page.setViewportSize({ width: page.viewportSize()?.width ?? 0, height: 3_200 }) // what is out of sight may shift
    await page.addInitScript({
      content: `globalThis.shifts = []
        const describe = ({ node, previousRect, currentRect }) =>
          [node?.outerHTML ?? node?.data, previousRect, currentRect].map((each) => JSON.stringify(each)).join(' ')
        const record = ({ value, sources }) => shifts.push([value, ...sources.map(describe)])
        new PerformanceObserver((list) => list.getEntries().forEach(record))
          .observe({ type: 'layout-shift', buffered: true })`,
    })
    await page.goto(`${shop.url}${ARTICLE}`)
    const place = page.locator('[data-code-button]')
    await place.scrollIntoViewIfNeeded()
    await page.frameLocator('[data-code-button] iframe').getByRole('button').waitFor()
    expect(await place.boundingBox()).toMatchObject({ width: 222, height: 60 })
    expect(await page.evaluate('shifts')).toEqual([])
  })

  test('without JavaScript reads well, and says why paying needs it', async () => {
    const shop = await aFullShop()
    const { page } = await aDesktop({ javaScriptEnabled: false })
    await page.goto(`${shop.url}${ARTICLE}`)
    await page.getByText('This is the preview, which everyone can read').waitFor()
    const why = page.locator('noscript p')
    expect(await why.isVisible()).toBe(true)
    expect(await why.textContent()).toContain('Paying requires JavaScript')
  })
})

describeInBrowser('by keyboard', () => {
  const focused = (page: Page) =>
    page.evaluate('document.activeElement.id || document.activeElement.textContent.trim()')

  test('a visitor skips to the content, and walks through the storefront', async () => {
    const shop = await aFullShop()
    const { page } = await aDesktop()
    await page.goto(shop.url)
    await page.keyboard.press('Tab')
    expect(await focused(page)).toBe('Skip to content')
    expect(await page.getByRole('link', { name: 'Skip to content' }).boundingBox()).toMatchObject({
      y: 8,
    })
    await page.keyboard.press('Enter')
    expect(await focused(page)).toBe('page.content')
    await page.keyboard.press('Tab')
    expect(await focused(page)).toBe(TITLE)
    await page.keyboard.press('Enter')
    await page.waitForURL(`**${ARTICLE}`)
  })

  test('the success page takes the focus to what has happened, and announces what is going on', async () => {
    const shop = await aFullShop()
    const visitor = await aDesktop()
    const { page } = visitor
    const offer = await order(shop, visitor, 'long-read')
    await page.goto(`${shop.url}/success/${offer.id}`)
    await page.getByRole('status').getByText('waiting for Code').waitFor()
    await approve(shop, visitor, offer)
    await page.getByRole('heading', { name: 'Paid' }).waitFor()
    expect(await focused(page)).toBe('Paid. Thank you.')
    await page.getByText('This is the preview, which everyone can read').waitFor() // the goods
    await page.getByText(`Code, intent ${offer.id}`).waitFor() // and the receipt
    const seen = await page.locator('main').innerHTML()
    await page.reload()
    expect(await page.locator('main').innerHTML()).toBe(seen)
  })
})

describeInBrowser('for those who want it otherwise', () => {
  test('nothing moves when motion is to be reduced', async () => {
    const shop = await aFullShop()
    const visitor = await aDesktop({ reducedMotion: 'reduce' })
    const { id } = await order(shop, visitor, 'long-read')
    await visitor.page.goto(`${shop.url}/success/${id}`)
    await visitor.page.getByRole('status').waitFor()
    expect(await visitor.page.evaluate('document.getAnimations().length')).toBe(0)
  })

  test('with few colours the preview is not faded', async () => {
    const shop = await aFullShop()
    const { page } = await aDesktop({ forcedColors: 'active' })
    await page.goto(`${shop.url}${ARTICLE}`)
    expect(await page.evaluate('getComputedStyle(document.querySelector(".fades")).maskImage')).toBe('none')
  })

  test('a receipt is printed alone, at a press of its button', async () => {
    const shop = await aFullShop()
    const visitor = await aDesktop()
    const { page } = visitor
    await buy(shop, visitor, 'long-read')
    await page.addInitScript({ content: 'globalThis.print = () => { globalThis.printed = true }' })
    await page.goto(`${shop.url}${ARTICLE}`)
    await page.getByRole('button', { name: 'Print' }).click()
    expect(await page.evaluate('printed')).toBe(true)
    await page.emulateMedia({ media: 'print' })
    expect(await page.getByText('Code, intent').isVisible()).toBe(true)
    expect(await page.getByRole('heading', { name: TITLE }).isVisible()).toBe(false)
    await page.evaluate('dispatchEvent(new Event("afterprint"))')
    expect(await page.getByRole('heading', { name: TITLE }).isVisible()).toBe(true)
  })
})
