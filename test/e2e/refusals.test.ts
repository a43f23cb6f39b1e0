import { expect, test } from '@jest/globals'
import type { Page } from 'playwright-core'
import type { ErrorCode } from '../../server/errors.ts'
import { en } from '../../server/texts/index.ts'
import { problemIn } from '../../server/web/problems.ts'
import { sqlite } from '../support/engines.ts'
import { aDesktop, describeInBrowser } from './support/browser.ts'
import { openOffer, theOffer } from './support/offer.ts'
import { openShop } from './support/shop.ts'

/** Stands in for the way to the shop, once: the next order gets through. */
async function answerOnce(
  page: Page,
  answer: { status: number; headers?: Record<string, string>; body?: string },
) {
  await page.route('**/create-intent', (route) => route.fulfill(answer), { times: 1 })
}

/** What the shop itself answers, so that the buyer reads its words and no others. */
function aProblem(code: ErrorCode) {
  const { status, title, explanation } = problemIn(code, en)
  const body = JSON.stringify({
    type: `/problems/${code}`,
    status,
    title,
    detail: 'x',
    instance: '/',
    explanation,
  })
  return { status, body, headers: { 'Content-Type': 'application/problem+json', 'Retry-After': '7' } }
}

describeInBrowser('an order that is not taken', () => {
  test.each([
    ['request-foreign', 403, /only from its own pages/],
    ['product-not-found', 404, /withdrawn from sale/],
    ['amount-unpayable', 422, /outside the limits/],
    ['too-many-requests', 429, /too many requests/],
    ['unexpected', 500, /unexpected went wrong in the shop/],
    ['intent-refused', 502, /rejected the payment request/],
    ['sequencer-failed', 502, /an invalid response, or none at all/],
    ['sequencer-down', 503, /failed several times in a row/],
    ['storage-unavailable', 503, /database is busy, full or unreachable/],
    ['sequencer-silent', 504, /did not respond in time\. If your order/],
  ] as const)(
    'for the reason %s (%d) closes the window, says why, and can be tried again',
    async (code, status, words) => {
      const { explanation } = problemIn(code, en)
      expect(explanation).toMatch(words)
      const shop = await openShop()
      const visitor = await aDesktop()
      const { page } = visitor
      const offer = await openOffer(page, `${shop.url}/products/article`)
      visitor.expectComplaint(new RegExp(`status of ${status} |answered: ${status} `))
      await answerOnce(page, aProblem(code))

      await offer.button.click()
      const notice = `You haven’t been charged. ${explanation} Try again in 7 seconds.`
      await page.getByText(notice, { exact: true }).waitFor()
      expect(await offer.modalFrame.count()).toBe(0)
      expect(await page.evaluate('document.activeElement.hasAttribute("data-pay-status")')).toBe(true)

      await offer.button.click()
      await offer.modal.getByRole('button', { name: 'Approve' }).waitFor()
    },
  )

  test.each([
    ['soon', {}, ' Try again in a moment.'],
    ['in seconds', { 'Retry-After': '7' }, ' Try again in 7 seconds.'],
    ['at a time', { 'Retry-After': 'Wed, 21 Oct 2026 07:28:00 GMT' }, ' Try again in a moment.'],
  ])('by a proxy in front of the shop says so, and to try again %s', async (_when, headers, words) => {
    const shop = await openShop()
    const visitor = await aDesktop()
    const { page } = visitor
    const offer = await openOffer(page, `${shop.url}/products/article`)
    visitor.expectComplaint(/status of 502 |answered: 502 /)
    await answerOnce(page, {
      status: 502,
      body: '<h1>Bad gateway</h1>',
      headers: { 'Content-Type': 'text/html', ...headers },
    })
    await offer.button.click()
    await page
      .getByText(`You haven’t been charged. The shop couldn’t take the order (502).${words}`, { exact: true })
      .waitFor()
    expect(await offer.modalFrame.count()).toBe(0)
  })

  test.each([
    ['no JSON', 'pardon?'],
    ['an offer with a hole', '{"id":"x","clientSecret":"x","amount":25,"currency":"usd","destination":"x"}'],
    ['nothing', 'null'],
  ])('because the answer is broken (%s) can be tried again', async (_what, body) => {
    const shop = await openShop()
    const { page } = await aDesktop()
    const offer = await openOffer(page, `${shop.url}/products/article`)
    await answerOnce(page, { status: 200, body, headers: { 'Content-Type': 'application/json' } })
    await offer.button.click()
    await page.getByText(/^You haven’t been charged\. The shop’s response was incomplete/).waitFor()
    expect(await offer.modalFrame.count()).toBe(0)
    await offer.button.click()
    await offer.modal.getByRole('button', { name: 'Approve' }).waitFor()
  })

  test('because the connection is gone can be tried again when it is back', async () => {
    const shop = await openShop()
    const visitor = await aDesktop()
    const { page } = visitor
    const offer = await openOffer(page, `${shop.url}/products/article`)
    visitor.expectComplaint('net::ERR_CONNECTION_REFUSED')
    await page.route('**/create-intent', (route) => route.abort('connectionrefused'), { times: 1 })
    await offer.button.click()
    await page.getByText(/^You haven’t been charged\. The shop can’t be reached/).waitFor()
    expect(await offer.modalFrame.count()).toBe(0)
    await offer.button.click()
    await offer.modal.getByRole('button', { name: 'Approve' }).waitFor()
  })

  test('because the shop stays silent can be tried again', async () => {
    const shop = await openShop()
    const { page } = await aDesktop()
    await page.clock.install()
    const offer = await openOffer(page, `${shop.url}/products/article`)
    let asked: () => void = () => undefined
    const asking = new Promise<void>((resolve) => (asked = resolve))
    await page.route('**/create-intent', () => asked(), { times: 1 })
    await offer.button.click()
    await asking
    await page.clock.runFor(16_000)
    await page.getByText(/^You haven’t been charged\. The shop did not respond in time/).waitFor()
    expect(await offer.modalFrame.count()).toBe(0)
  })
})

describeInBrowser('an offer that changed while its page was open', () => {
  test('is shown as it is now, with the reason, before anything is paid', async () => {
    const shop = await openShop()
    const { page } = await aDesktop()
    const offer = await openOffer(page, `${shop.url}/products/article`)
    shop.changeProduct('article', (text) => text.replace('0.25 usd', '0.50 usd'))
    await offer.button.click()
    await page.getByText(/^The price or terms changed.* You haven’t been charged/).waitFor()
    await page.getByText('$0.50').waitFor()
    const changed = await theOffer(page)
    await changed.button.click()
    await changed.modal.getByText('0.50').first().waitFor()
  })
})

describeInBrowser('a product that was withdrawn while its page was open', () => {
  test('can’t be bought there any more, and the page says so', async () => {
    const shop = await openShop()
    const visitor = await aDesktop()
    const { page } = visitor
    const offer = await openOffer(page, `${shop.url}/products/article`)
    shop.changeProduct('article', (text) => text.replace('---\n', '---\nsold: false\n'))
    visitor.expectComplaint(/410/)
    await offer.button.click()
    await page.getByText('This isn’t for sale any more.').waitFor()
    expect(await page.locator('[data-code-button]').count()).toBe(0)

    await page.evaluate('history.replaceState({ ...history.state, at: history.state.at - 60_000 }, "")') // a minute later
    shop.changeProduct('article', (text) => text.replace('sold: false\n', ''))
    await page.reload()
    const again = await theOffer(page)
    expect(await again.status.textContent()).toBe('')
  })
})

describeInBrowser('a browser that was signed out while a page was open', () => {
  test('orders there as the new buyer that it is', async () => {
    const shop = await openShop()
    const visitor = await aDesktop()
    const { page } = visitor
    const offer = await openOffer(page, `${shop.url}/products/article`)
    await offer.button.click()
    await offer.modal.getByRole('button', { name: 'Reject' }).click()
    await page.getByText(/^You haven’t been charged\. If the payment/).waitFor()
    await sqlite.execute(shop.config.databaseUrl, 'DELETE FROM sessions')
    visitor.expectComplaint(/404/)
    await offer.button.click()
    await offer.modal.getByRole('button', { name: 'Approve' }).click()
    await page.getByRole('heading', { name: 'Paid' }).waitFor()
    expect(await shop.requests()).toHaveLength(2)
  })
})

describeInBrowser('what is bought already', () => {
  test('is shown when the button is pressed once more', async () => {
    const shop = await openShop()
    const visitor = await aDesktop()
    const { page, context } = visitor
    const offer = await openOffer(page, `${shop.url}/products/article`)
    const otherTab = await context.newPage()
    const other = await openOffer(otherTab, `${shop.url}/products/article`)
    await other.button.click()
    await other.modal.getByRole('button', { name: 'Approve' }).click()
    await otherTab.waitForURL(/\/success\//)
    await otherTab.getByRole('heading', { name: 'Paid' }).waitFor()

    visitor.expectComplaint(/409/)
    await page.bringToFront()
    await offer.button.click()
    await page.getByText('PAID-PART').waitFor()
  })

  test('but not known to the shop yet leads to the merchant, and not to My purchases', async () => {
    const shop = await openShop()
    const visitor = await aDesktop()
    const { page } = visitor
    const offer = await openOffer(page, `${shop.url}/products/article`)
    visitor.expectComplaint(/409/)
    await answerOnce(page, aProblem('payment-unproven'))
    await offer.button.click()
    await page.getByText(/^You haven’t been charged\. Code says that this has already been paid/).waitFor()
    expect(await offer.modalFrame.count()).toBe(0)
  })
})
