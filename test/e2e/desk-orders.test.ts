import { expect, test } from '@jest/globals'
import type { Page } from 'playwright-core'
import { issueDeskLink } from '../../server/desk/index.ts'
import { aShop, order, type TestShop } from '../support/shop.ts'
import { until } from '../support/until.ts'
import { expectAccessible } from './support/axe.ts'
import { aDesktop, aPhone, describeInBrowser, type Visitor } from './support/browser.ts'

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
  expect(await page.evaluate('document.documentElement.scrollWidth > innerWidth')).toBe(false)
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
    await page.getByRole('status').getByText('Another article, €0.10: Offered').waitFor()
    await page.getByText('1 new since you opened this page').waitFor()
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
})
