import { expect, test } from '@jest/globals'
import type { Page } from 'playwright-core'
import { expectAccessible } from './support/axe.ts'
import { aDesktop, aPhone, describeInBrowser, isTooWide } from './support/browser.ts'
import { aDeskLink, enterDesk } from './support/desk.ts'
import { openShop } from './support/shop.ts'

const TOKEN = 'correct-horse-battery-staple-and-more'

async function expectGood(page: Page): Promise<void> {
  expect([page.url(), await isTooWide(page)]).toEqual([page.url(), false])
  await expectAccessible(page)
}

describeInBrowser('signing in to the desk', () => {
  test.each([
    ['desktop', 'light', aDesktop],
    ['phone', 'dark', aPhone],
  ] as const)('by a link, and out again: %s, %s', async (_device, colorScheme, aVisitor) => {
    const shop = await openShop()
    const visitor = await aVisitor({ colorScheme })
    const { page } = visitor
    visitor.expectComplaint(/401/)
    await page.goto(`${shop.url}/desk/audit-log`)
    await page.getByText('The link works once').or(page.getByText('A link works once')).waitFor()
    await expectGood(page)

    const link = await aDeskLink(shop)
    await page.goto(link)
    await expectGood(page)
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.getByRole('navigation', { name: 'Desk' }).waitFor()
    expect(new URL(page.url()).pathname).toMatch(/^\/desk/)
    for (const path of ['/desk/audit-log', '/desk/sessions']) {
      await page.goto(shop.url + path)
      await expectGood(page)
    }
    visitor.expectComplaint(/404/)
    await page.goto(`${shop.url}/desk/nowhere`)
    await page.getByRole('link', { name: 'Back to the desk' }).waitFor()
    await expectGood(page)

    visitor.expectComplaint(/410/)
    await page.goto(link)
    await page.getByRole('heading', { name: 'This link no longer works' }).waitFor()
    await page.goto(`${shop.url}/desk/audit-log`)
    await page.getByRole('contentinfo').getByRole('button', { name: 'Sign out' }).click()
    await page.waitForURL('**/desk/sign-in')
    await page.goBack()
    await page.getByText('A link works once').waitFor() // nothing of the page was kept
  })

  test('by the token, by keyboard and without JavaScript, after a wrong one', async () => {
    const shop = await openShop({ env: { ADMIN_TOKEN: TOKEN } })
    const visitor = await aDesktop({ javaScriptEnabled: false })
    const { page } = visitor
    visitor.expectComplaint(/401/)
    await page.goto(`${shop.url}/desk/sessions`)
    await page.getByLabel('Token').focus()
    await page.keyboard.type(`${TOKEN}x`)
    await page.keyboard.press('Enter')
    await page.getByRole('alert').getByText('That isn’t the shop’s token').waitFor()
    await page.getByLabel('Token').focus()
    await page.keyboard.type(TOKEN)
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Signed-in browsers' }).waitFor()
    await page.getByText('This browser').waitFor()
  })

  test('in two browsers, one of which signs the other out', async () => {
    const shop = await openShop({ env: { ADMIN_TOKEN: TOKEN } })
    const [desktop, phone] = [await aDesktop(), await aPhone()]
    await enterDesk(shop, desktop)
    await enterDesk(shop, phone)
    await desktop.page.goto(`${shop.url}/desk/sessions`)
    await desktop.page.getByRole('button', { name: /Sign out .* on Android/ }).click()
    await desktop.page.getByRole('row', { name: /Android/ }).waitFor({ state: 'detached' })
    phone.expectComplaint(/401/)
    await phone.page.goto(`${shop.url}/desk/sessions`)
    await phone.page.getByLabel('Token').waitFor()
    await expectGood(phone.page)
  })
})
