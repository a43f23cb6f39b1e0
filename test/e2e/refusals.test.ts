import { expect, test } from '@jest/globals'
import type { Page } from 'playwright-core'
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

const problem = { body: '{}', headers: { 'Content-Type': 'application/problem+json' } }

describeInBrowser('an order that is not taken', () => {
  test.each([
    [403, /only from its own pages.* Nothing was charged/],
    [404, /no longer for sale\. Nothing was charged/],
    [422, /does not take this price.* Nothing was charged/],
    [429, /Too many orders.* Nothing was charged\. Try again in 7 seconds/],
    [500, /could not take the order \(500\)\. Nothing was charged/],
    [502, /did not take the payment request\. Nothing was charged/],
    [503, /not possible right now\. Nothing was charged\. Try again in 7 seconds/],
    [504, /did not answer in time\. Nothing was charged\. Try again/],
  ])('with %d closes the window, says why, and can be tried again', async (status, words) => {
    const shop = await openShop()
    const visitor = await aDesktop()
    const { page } = visitor
    const offer = await openOffer(page, `${shop.url}/products/article`)
    visitor.expectComplaint(new RegExp(`status of ${status} |answered: ${status} `))
    await answerOnce(page, { status, ...problem, headers: { ...problem.headers, 'Retry-After': '7' } })

    await offer.button.click()
    await page.getByText(words).waitFor()
    expect(await offer.modalFrame.count()).toBe(0)
    expect(await page.evaluate('document.activeElement.hasAttribute("data-pay-status")')).toBe(true)

    await offer.button.click()
    await offer.modal.getByRole('button', { name: 'Approve' }).waitFor()
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
    await page.getByText(/arrived broken\. Nothing was charged/).waitFor()
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
    await page.getByText(/cannot be reached\. Nothing was charged/).waitFor()
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
    await page.getByText(/did not answer in time\. Nothing was charged/).waitFor()
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
    await page.getByText(/The offer had changed.* Nothing was charged/).waitFor()
    await page.getByText('$0.50').waitFor()
    const changed = await theOffer(page)
    await changed.button.click()
    await changed.modal.getByText('0.50').first().waitFor()
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
})
