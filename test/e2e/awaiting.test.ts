import { expect, test } from '@jest/globals'
import type { Page } from 'playwright-core'
import { sqlite } from '../support/engines.ts'
import { expectAccessible } from './support/axe.ts'
import { aDesktop, describeInBrowser } from './support/browser.ts'
import { openOffer } from './support/offer.ts'
import { type OpenShop, openShop } from './support/shop.ts'
import { SERVER_GONE } from './support/watch.ts'

describeInBrowser('the page that waits for a payment', () => {
  test('says after a minute that it still waits, and turns into the receipt without a reload when the money comes', async () => {
    const shop = await openShop()
    const { page } = await aDesktop()
    const intent = await awaitPayment(shop, page)
    await page.getByRole('heading', { name: 'Confirming your payment' }).waitFor()
    const status = page.locator('[data-await-intent]')
    expect(await status.getAttribute('role')).toBe('status')
    expect(await status.textContent()).toMatch(/the page will update automatically/)
    await page.evaluate('globalThis.isSamePage = true')
    await page.clock.fastForward(61_000)
    await page.getByText('The payment hasn’t arrived yet').waitFor()
    expect(await status.textContent()).toMatch(/you can also close it.* contact the merchant/)
    expect(await page.locator('[data-await-contact]').getAttribute('hidden')).toBe(null)
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

  test('says at once whom to contact about a payment that nothing proves, and doesn’t say something else after a minute', async () => {
    const shop = await openShop()
    const { page } = await aDesktop()
    await awaitPayment(shop, page)
    const contact = page.locator('[data-await-contact]')
    expect(await contact.getAttribute('hidden')).toBe('')
    await sqlite.query(
      shop.config.databaseUrl,
      `INSERT INTO steps (order_id, at, what, detail) SELECT order_id, created_at, 'only-submitted', id FROM intents`,
    )
    await page.reload()
    await page.getByText('Please contact the merchant').waitFor()
    for (const ms of [61_000, 6_000]) {
      const polled = page.waitForResponse(/\/intents\//)
      await page.clock.fastForward(ms)
      await polled
    }
    expect(await page.locator('[data-await-intent]').textContent()).toMatch(/Please contact the merchant/)
    expect(await contact.getAttribute('hidden')).toBe(null)
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

  test.each(['unpaid', 'paid meanwhile'])(
    'stops promising the purchase to a browser that has lost its cookies (%s)',
    async (state) => {
      const shop = await openShop()
      const visitor = await aDesktop()
      const { page, context, requests } = visitor
      const intent = await awaitPayment(shop, page)
      visitor.expectComplaint(/404/)
      await context.clearCookies()
      if (state === 'paid meanwhile') await shop.approve(intent)
      await page.getByText('No such order in this browser').waitFor()
      expect(await page.evaluate('document.activeElement.tagName')).toBe('H1')
      expect(await page.locator('[data-await-intent]').count()).toBe(0)
      const polled = requests.filter((url) => url.includes('/intents/')).length
      await page.clock.fastForward(61_000)
      expect(requests.filter((url) => url.includes('/intents/'))).toHaveLength(polled)
    },
  )

  test('goes on waiting when it has asked too often', async () => {
    const shop = await openShop()
    const visitor = await aDesktop()
    const { page } = visitor
    visitor.expectComplaint(/429/)
    const intent = await awaitPayment(shop, page)
    const refusal = { status: 429, contentType: 'text/html', body: '<main><h1>Too many requests</h1></main>' }
    await page.route(/\/(intents|success)\//, (route) => route.fulfill(refusal))
    for (const _poll of [1, 2]) {
      const refused = page.waitForResponse('**/intents/*')
      await page.clock.fastForward(2_000)
      await refused
    }
    await page.unroute(/\/(intents|success)\//)
    await shop.approve(intent)
    await page.clock.fastForward(2_000)
    await page.getByRole('heading', { name: 'Paid' }).waitFor()
  })

  test('goes on waiting when the payment has come, but the shop can’t show its page', async () => {
    const shop = await openShop()
    const visitor = await aDesktop()
    const { page } = visitor
    visitor.expectComplaint(/503/)
    const intent = await awaitPayment(shop, page)
    const failure = { status: 503, contentType: 'text/html', body: '<main><h1>Not available</h1></main>' }
    await page.route('**/success/*', (route) => route.fulfill(failure))
    await shop.approve(intent)
    for (const _load of [1, 2]) {
      const failed = page.waitForResponse('**/success/*')
      await page.clock.fastForward(2_000)
      await failed
    }
    await page.unroute('**/success/*')
    await page.clock.fastForward(2_000)
    await page.getByRole('heading', { name: 'Paid' }).waitFor()
  })

  test('announces once that the payment is late, also where the browser translates it', async () => {
    const shop = await openShop()
    const { page } = await aDesktop()
    await awaitPayment(shop, page)
    await page.clock.fastForward(61_000)
    await page.getByText('The payment hasn’t arrived yet').waitFor()
    await page.evaluate(`{
      const translated = document.createElement('font')
      translated.textContent = 'Translated'
      document.querySelector('[data-await-intent]').replaceChildren(translated)
    }`)
    const polled = page.waitForResponse('**/intents/*')
    await page.clock.fastForward(6_000)
    await polled
    const again = page.waitForResponse('**/intents/*')
    await page.clock.fastForward(6_000)
    await again
    expect(await page.locator('[data-await-intent]').textContent()).toBe('Translated')
  })
})

/** Opens the page on which a visitor waits for a payment that they have rejected, with a clock that the test can move. */
async function awaitPayment(shop: OpenShop, page: Page): Promise<string> {
  const { button, modal } = await openOffer(page, `${shop.url}/products/article`)
  await button.click()
  await modal.getByRole('button', { name: 'Reject' }).click()
  const [request] = await shop.requests()
  const intent = request?.intent ?? ''
  await page.clock.install()
  await page.goto(`${shop.url}/success/${intent}`)
  await page.locator('[data-await-intent]').waitFor()
  return intent
}
