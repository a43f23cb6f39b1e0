import { expect, test } from '@jest/globals'
import { expectAccessible } from './support/axe.ts'
import { aDesktop, describeInBrowser } from './support/browser.ts'
import { openOffer } from './support/offer.ts'
import { openShop } from './support/shop.ts'
import { SERVER_GONE } from './support/watch.ts'

describeInBrowser('the page that waits for a payment', () => {
  test('says after a minute that it still waits, and turns into the receipt without a reload when the money comes', async () => {
    const shop = await openShop()
    const { page } = await aDesktop()
    const { button, modal } = await openOffer(page, `${shop.url}/products/article`)
    await button.click()
    await modal.getByRole('button', { name: 'Reject' }).click()
    const [request] = await shop.requests()
    const intent = request?.intent ?? ''

    await page.clock.install()
    await page.goto(`${shop.url}/success/${intent}`)
    await page.getByRole('heading', { name: 'Confirming your payment' }).waitFor()
    const status = page.locator('[data-await-intent]')
    expect(await status.getAttribute('role')).toBe('status')
    expect(await status.textContent()).toMatch(/the page will update automatically/)
    await page.evaluate('globalThis.isSamePage = true')
    await page.clock.fastForward(61_000)
    await page.getByText('The payment hasn’t arrived yet').waitFor()
    expect(await status.textContent()).toMatch(/you can also close it/)
    await expectAccessible(page)

    await shop.approve(intent)
    await page.clock.fastForward(6_000)
    await page.getByRole('heading', { name: 'Paid' }).waitFor()
    expect(await page.evaluate('globalThis.isSamePage')).toBe(true)
    expect(await page.evaluate('document.activeElement.textContent')).toMatch(/^Paid/)
    expect(await page.title()).toMatch(/^Paid/)
    await page.getByRole('link', { name: 'Open it' }).click()
    await page.getByText('PAID-PART').waitFor()
  })

  test('goes on when the shop was gone in the middle', async () => {
    const shop = await openShop()
    const visitor = await aDesktop()
    const { page } = visitor
    const { button, modal } = await openOffer(page, `${shop.url}/products/article`)
    await button.click()
    await modal.getByRole('button', { name: 'Reject' }).click()
    const [request] = await shop.requests()
    await page.goto(`${shop.url}/success/${request?.intent}`)
    visitor.expectComplaint(SERVER_GONE)
    const failed = page.waitForEvent('requestfailed', (request) =>
      /REFUSED/.test(request.failure()?.errorText ?? ''),
    )
    await shop.close()
    await failed
    await shop.reopen()
    await shop.approve(request?.intent ?? '')
    await page.getByRole('heading', { name: 'Paid' }).waitFor()
  })
})
