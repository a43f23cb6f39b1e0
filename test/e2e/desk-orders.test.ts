import { expect, test } from '@jest/globals'
import type { Page } from 'playwright-core'
import { issueDeskLink } from '../../server/desk/index.ts'
import { aShop, order, type TestShop } from '../support/shop.ts'
import { expectAccessible } from './support/axe.ts'
import { aDesktop, aPhone, describeInBrowser, isTooWide, until, type Visitor } from './support/browser.ts'

const SILENCE_MS = 30_000
const TABLES_TOO_WIDE =
  '[...document.querySelectorAll(".table")].filter((table) => table.scrollWidth > table.clientWidth).length'

async function openOrders(shop: TestShop, { page }: Visitor): Promise<Page> {
  await page.goto(await issueDeskLink(shop, 'a test'))
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('link', { name: 'Orders' }).click()
  await page.getByRole('heading', { name: 'Orders', exact: true }).waitFor()
  return page
}

async function expectToFit(page: Page): Promise<void> {
  expect(await isTooWide(page)).toBe(false)
}

async function expectGood(page: Page): Promise<void> {
  await expectToFit(page)
  await expectAccessible(page)
}

/** As if the merchant looked at another tab. */
function setHidden(page: Page, isHidden: boolean): Promise<unknown> {
  return page.evaluate(`Object.defineProperty(document, 'hidden', { value: ${isHidden}, configurable: true })
    document.dispatchEvent(new Event('visibilitychange'))`)
}

/** The answers for the list are as old as their requests, and arrive once they are released. */
async function holdLists(page: Page) {
  let release = () => {}
  const released = new Promise<void>((resolve) => (release = resolve))
  const lists = { asked: 0, held: 0, release }
  await page.route('**/desk/orders', async (route) => {
    lists.asked++
    const response = await route.fetch()
    lists.held++
    await released
    await route.fulfill({ response })
  })
  return lists
}

/** A list of one order that has been looked away from, and is being loaded again: its answer is held. */
async function aListBeingLoaded() {
  const shop = await aShop()
  await order(shop.browser())
  const page = await openOrders(shop, await aDesktop())
  await page.getByText('New orders appear here by themselves.').waitFor()
  const lists = await holdLists(page)
  await lookAway(page, shop)
  await until(() => lists.held === 1)
  return { shop, page, lists }
}

/** Resolves when the list is another one than it was when this was called. */
async function aNewList(page: Page, change: () => void): Promise<void> {
  await page.evaluate(`document.querySelector('[data-orders]').id = 'old'`)
  change()
  await page.locator('#old').waitFor({ state: 'detached' })
}

/** As if the merchant looked at another tab for a while; resolves when the shop's stream is open again. */
async function lookAway(page: Page, shop: TestShop, meanwhile?: () => Promise<unknown>): Promise<void> {
  await setHidden(page, true)
  await until(async () => shop.shop.live.streams.size === 0)
  await meanwhile?.()
  await page.evaluate(`document.querySelector('[data-live-on]').hidden = true`)
  await setHidden(page, false)
  await page.getByText('New orders appear here by themselves.').waitFor()
}

/** Counts the news that the shop sends to a page. */
async function countNews({ context, page }: Visitor): Promise<() => Promise<number>> {
  await context.addInitScript(`globalThis.news = 0
    globalThis.EventSource = class extends EventSource {
      constructor(url) {
        super(url)
        this.addEventListener('orders', () => news++)
      }
    }`)
  return () => page.evaluate('news')
}

/** Has every page of this visitor count its streams. */
async function countStreams({ context, page }: Visitor): Promise<() => Promise<number>> {
  await context.addInitScript(`globalThis.streams = 0
    globalThis.EventSource = class extends EventSource {
      constructor(url) {
        super(url)
        streams++
      }
    }`)
  return () => page.evaluate('streams')
}

const firstRow = (page: Page) => page.locator('tbody tr').first()

describeInBrowser('the list of orders', () => {
  test('shows orders at the top as they come, says so, and follows what becomes of them', async () => {
    const shop = await aShop()
    const page = await openOrders(shop, await aDesktop())
    await page.getByText('New orders appear here by themselves.').waitFor()
    await page.getByRole('heading', { name: 'No orders yet' }).waitFor()
    await expectGood(page)

    await order(shop.browser())
    await page.getByRole('cell', { name: '$0.25' }).waitFor()
    await page.getByText('New orders appear here by themselves.').waitFor()
    shop.clock.advance(1_000)
    const { id } = await order(shop.browser(), 'other')
    await firstRow(page).getByRole('link', { name: 'Another article' }).waitFor()
    await page.getByRole('status').getByText('Another article, €0.10: Unpaid').waitFor()
    await page.getByText('1 new since this list was loaded').waitFor()
    expect(await page.locator('tbody tr').count()).toBe(2)
    await expectGood(page)

    await shop.pay(id)
    await firstRow(page).getByText('Paid', { exact: true }).waitFor()
    await page.getByRole('status').getByText('Another article, €0.10: Paid').waitFor()
    await setHidden(page, true)
    await until(async () => shop.shop.live.streams.size === 0)
    shop.clock.advance(1_000)
    await order(shop.browser())
    await setHidden(page, false)
    await firstRow(page).getByRole('link', { name: 'An article' }).waitFor()
    const seen = await firstRow(page).textContent()
    await page.reload()
    expect(await firstRow(page).textContent()).toBe(seen)
  })

  test('shows every column beside a title of one long word, also on a phone', async () => {
    const shop = await aShop()
    const { id } = await order(shop.browser())
    await shop.pay(id)
    await shop.query(`UPDATE orders SET title = '${'Donaudampfschifffahrt'.repeat(4)}'`)
    const [found] = await shop.query('SELECT buyer FROM orders')
    const page = await openOrders(shop, await aDesktop())
    for (const width of [1280, 390])
      for (const path of ['/desk/orders', '/desk/buyers', `/desk/buyers/${found?.buyer}`, '/desk/products']) {
        await page.setViewportSize({ width, height: 800 })
        await page.goto(shop.url + path)
        expect([path, width, await page.evaluate(TABLES_TOO_WIDE)]).toEqual([path, width, 0])
      }
  })

  test('is filtered by keyboard, without JavaScript', async () => {
    const shop = await aShop()
    await order(shop.browser(), 'other')
    const { id } = await order(shop.browser())
    const visitor = await aPhone({ javaScriptEnabled: false })
    const page = await openOrders(shop, visitor)
    await page.setViewportSize({ width: 390, height: 800 })
    await expectToFit(page)
    await page.getByLabel('Search').focus()
    await page.keyboard.type(id.slice(0, 10))
    await page.keyboard.press('Enter')
    await page.getByText('1 order', { exact: true }).waitFor()
    await page.getByLabel('Search').fill('')
    await page.getByLabel('State').focus()
    await page.keyboard.type('Refunded')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'No order matches' }).waitFor()
    expect(await page.getByLabel('State').inputValue()).toBe('refunded')
    await expectToFit(page)
    await page.getByRole('link', { name: 'Clear the filter' }).press('Enter')
    await page.getByText('2 orders').waitFor()
    await page.getByText('Currency, days and amount').press('Enter')
    await page.getByLabel('Currency').fill('eur')
    await page.getByLabel('Currency').press('Enter')
    await page.getByText('1 order', { exact: true }).waitFor()
    await expectToFit(page)
    await firstRow(page).getByRole('link', { name: 'Another article' }).press('Enter')
    await page.waitForURL('**/desk/orders/*')
  })

  test('is loaded again if nothing is heard from the shop, and stays where the reader is', async () => {
    const shop = await aShop()
    await order(shop.browser())
    const visitor = await aPhone({ colorScheme: 'dark', viewport: { width: 390, height: 800 } })
    await visitor.page.clock.install()
    await visitor.page.route('**/orders/live', () => undefined) // never answered
    const page = await openOrders(shop, visitor)
    await firstRow(page).getByRole('link', { name: 'An article' }).focus()
    shop.clock.advance(1_000)
    await order(shop.browser(), 'other')
    await page.clock.runFor(SILENCE_MS)
    await firstRow(page).getByRole('link', { name: 'Another article' }).waitFor()
    await page.getByText('The connection to the shop is interrupted.').waitFor()
    expect(await page.evaluate('document.activeElement.textContent')).toBe('An article')
    await expectGood(page)
  })

  test('says that it is behind if loading it failed, and loads it again, whatever is heard meanwhile', async () => {
    const shop = await aShop()
    await order(shop.browser())
    const visitor = await aDesktop()
    await visitor.page.clock.install()
    const page = await openOrders(shop, visitor)
    await page.getByText('New orders appear here by themselves.').waitFor()
    await setHidden(page, true)
    await until(async () => shop.shop.live.streams.size === 0)
    shop.clock.advance(1_000)
    await order(shop.browser(), 'other')
    shop.clock.advance(60_000) // a new stream begins with the orders of the last seconds
    visitor.expectComplaint(/503/)
    await page.route('**/desk/orders', (route) => route.fulfill({ status: 503 }), { times: 1 })
    await setHidden(page, false)
    await page.getByText('The connection to the shop is interrupted.').waitFor()
    const { id } = await order(shop.browser())
    await page.getByRole('status').getByText('An article, $0.25: Unpaid').waitFor()
    await page.getByText('The connection to the shop is interrupted.').waitFor()

    await page.clock.runFor(SILENCE_MS)
    await page.getByRole('link', { name: 'Another article' }).waitFor()
    await shop.pay(id)
    await page.getByText('New orders appear here by themselves.').waitFor()
  })

  test('gives way to the sign-in, once its browser was signed out', async () => {
    const shop = await aShop()
    await order(shop.browser())
    const visitor = await aDesktop()
    await visitor.page.clock.install()
    const page = await openOrders(shop, visitor)
    await page.getByText('New orders appear here by themselves.').waitFor()
    await setHidden(page, true)
    await until(async () => shop.shop.live.streams.size === 0)
    await shop.query('DELETE FROM desk_sessions')
    visitor.expectComplaint(/401/)
    await setHidden(page, false)
    await page.clock.runFor(SILENCE_MS)
    await page.getByRole('heading', { name: 'The merchant’s desk' }).waitFor()
  })

  test('keeps what comes while it is loaded again', async () => {
    const { shop, page, lists } = await aListBeingLoaded()
    shop.clock.advance(1_000)
    await order(shop.browser(), 'other')
    await firstRow(page).getByRole('link', { name: 'Another article' }).waitFor()
    await aNewList(page, lists.release)
    expect(await firstRow(page).textContent()).toContain('Another article')
    await page.getByText('1 new since this list was loaded').waitFor()
  })

  test('is loaded once at a time, so that an older list never replaces a newer one', async () => {
    const { shop, page, lists } = await aListBeingLoaded()
    await lookAway(page, shop, async () => {
      shop.clock.advance(1_000)
      await order(shop.browser(), 'other')
      shop.clock.advance(60_000) // a new stream begins with the orders of the last seconds
    })
    expect(lists.asked).toBe(1)
    lists.release()
    await firstRow(page).getByRole('link', { name: 'Another article' }).waitFor()
    expect(lists.asked).toBe(2)
  })

  test('is neither streamed nor loaded any more if the tab is hidden while it is loaded', async () => {
    const shop = await aShop()
    await order(shop.browser())
    const visitor = await aDesktop()
    await visitor.page.clock.install()
    await visitor.page.route('**/orders/live', () => undefined) // never answered
    const streams = await countStreams(visitor)
    const page = await openOrders(shop, visitor)
    const lists = await holdLists(page)
    await page.clock.runFor(SILENCE_MS)
    await until(() => lists.held === 1)
    await setHidden(page, true)
    await aNewList(page, lists.release)
    expect(await streams()).toBe(1)
    await page.clock.runFor(SILENCE_MS)
    expect(lists.asked).toBe(1)
  })

  test('is loaded again only for orders that its filter finds, or once its last row has left it', async () => {
    const shop = await aShop()
    const first = await order(shop.browser())
    const visitor = await aDesktop()
    const news = await countNews(visitor)
    const page = await openOrders(shop, visitor)
    await page.goto(`${shop.url}/desk/orders?state=paid`)
    await until(async () => (await news()) === 1) // a new stream begins with the orders of the last seconds
    const loads: string[] = []
    page.on('request', (request) => {
      if (request.url().includes('/desk/orders?')) loads.push(request.url())
    })
    for (const heard of [2, 3]) {
      await order(shop.browser())
      await until(async () => (await news()) === heard)
    }
    expect(loads).toEqual([])
    await shop.pay(first.id)
    await firstRow(page).getByText('Paid', { exact: true }).waitFor()
    expect(loads).toHaveLength(1)

    const { id } = await order(shop.browser(), 'other')
    await page.goto(`${shop.url}/desk/orders?state=offered&product=other`)
    await until(async () => (await news()) === 1)
    shop.clock.advance(1_000)
    const another = await order(shop.browser(), 'other')
    await page.getByText('1 new since this list was loaded').waitFor()
    await shop.pay(another.id)
    await page.getByText('1 new since this list was loaded').waitFor({ state: 'detached' })
    expect(await page.locator('tbody tr').count()).toBe(1)
    await shop.pay(id)
    await page.getByRole('heading', { name: 'No order matches' }).waitFor()
    expect(loads).toHaveLength(3) // the visit, and the list without the row
  })

  test('says which order has left it, counts it, and keeps the place of a reader who was there', async () => {
    const shop = await aShop()
    await order(shop.browser(), 'other')
    shop.clock.advance(1_000)
    const { id } = await order(shop.browser())
    const page = await openOrders(shop, await aDesktop())
    await page.goto(`${shop.url}/desk/orders?state=offered`)
    await page.getByRole('status').getByText('New orders appear here by themselves.').waitFor()
    await page.getByRole('link', { name: 'An article' }).focus()
    await shop.pay(id)
    await page.getByRole('status').getByText('An article, $0.25: Paid, no longer listed').waitFor()
    expect(await page.locator('.summary').textContent()).toBe('2 orders 1 no longer listed')
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Another article')
    await expectAccessible(page)

    shop.clock.advance(1_000)
    await order(shop.browser())
    await page.getByText('1 new since this list was loaded, 1 no longer listed').waitFor()
  })

  test('says nothing of orders that it has shown already, whenever its stream begins', async () => {
    const shop = await aShop()
    await order(shop.browser())
    const visitor = await aDesktop()
    const news = await countNews(visitor)
    const page = await openOrders(shop, visitor)
    await until(async () => (await news()) === 1) // a new stream begins with the orders of the last seconds
    expect(await page.locator('[data-live-news]').textContent()).toBe('')
    await order(shop.browser(), 'other')
    await page.getByRole('status').getByText('Another article, €0.10: Unpaid', { exact: true }).waitFor()
  })

  test('is followed from when a tab that was opened in the background is looked at', async () => {
    const shop = await aShop()
    await order(shop.browser())
    const visitor = await aDesktop()
    const streams = await countStreams(visitor)
    await visitor.context.addInitScript(
      `Object.defineProperty(document, 'hidden', { value: true, configurable: true })`,
    )
    const page = await openOrders(shop, visitor)
    await page.waitForLoadState()
    expect(await streams()).toBe(0)
    shop.clock.advance(1_000)
    await order(shop.browser(), 'other')
    shop.clock.advance(60_000) // a new stream begins with the orders of the last seconds
    await setHidden(page, false)
    await firstRow(page).getByRole('link', { name: 'Another article' }).waitFor()
    expect(await streams()).toBe(1)
  })
})
