import { expect, test } from '@jest/globals'
import { aDesktop, aPhone, describeInBrowser } from './support/browser.ts'
import { openOffer } from './support/offer.ts'
import { openShop } from './support/shop.ts'

const ARTICLE = '/products/article'
const CANCELLED = /^Nothing was charged\. Should a payment of yours arrive all the same, it counts/

describeInBrowser('a buyer at a desk', () => {
  test('who rejects stays on the page, is told that nothing was charged, and can pay the same order later', async () => {
    const shop = await openShop()
    const { page } = await aDesktop()
    const { button, modal, modalFrame, status } = await openOffer(page, shop.url + ARTICLE)
    await button.click()
    await modal.getByRole('button', { name: 'Reject' }).click()
    await page.getByText(CANCELLED).waitFor()
    expect(await modalFrame.count()).toBe(0)
    expect(page.url()).toBe(shop.url + ARTICLE)
    expect(await status.evaluate((element) => element.matches(':focus'))).toBe(true)

    await button.click()
    await modal.getByRole('button', { name: 'Approve' }).click()
    await page.waitForURL(`${shop.url}/success/*`)
    expect(await shop.requests()).toHaveLength(1)
  })

  test('who closes the window by Escape is told the same', async () => {
    const shop = await openShop()
    const { page } = await aDesktop()
    const { button, modal, modalFrame } = await openOffer(page, shop.url + ARTICLE)
    await button.click()
    await modal.getByRole('button', { name: 'Approve' }).waitFor()
    await page.keyboard.press('Escape')
    await page.getByText(CANCELLED).waitFor()
    expect(await modalFrame.count()).toBe(0)
  })

  test('who clicks twice makes one order', async () => {
    const shop = await openShop()
    const { page, requests } = await aDesktop()
    const { button, modal } = await openOffer(page, shop.url + ARTICLE)
    await button.evaluate((element) => {
      element.click()
      element.click()
    })
    await modal.getByRole('button', { name: 'Approve' }).waitFor()
    expect(requests.filter((url) => url.endsWith('/create-intent'))).toHaveLength(1)
    expect(await shop.requests()).toHaveLength(1)
  })

  test('with the order open in two tabs is told where it is open, and pays it there', async () => {
    const shop = await openShop()
    const { page, context } = await aDesktop()
    const first = await openOffer(page, shop.url + ARTICLE)
    const otherTab = await context.newPage()
    const second = await openOffer(otherTab, shop.url + ARTICLE)
    await first.button.click()
    await first.modal.getByRole('button', { name: 'Approve' }).waitFor()

    await second.button.click()
    await otherTab.getByText('This order is open in another tab').waitFor()
    expect(await second.modalFrame.count()).toBe(0)
    expect(await shop.requests()).toHaveLength(1)

    await first.modal.getByRole('button', { name: 'Reject' }).click()
    await page.getByText(CANCELLED).waitFor()
    await second.button.click() // the button is there again, and the order is free
    await second.modal.getByRole('button', { name: 'Approve' }).click()
    await otherTab.waitForURL(`${shop.url}/success/*`)
  })

  test('who is told twice of the success gets there once, and is charged once', async () => {
    const shop = await openShop()
    const { page } = await aDesktop()
    const { button, modal } = await openOffer(page, shop.url + ARTICLE)
    await button.click()
    await modal.getByRole('button', { name: 'Reject' }).click()
    await page.getByText(CANCELLED).waitFor()
    const [request] = await shop.requests()
    await shop.approve(request?.intent ?? '') // by a phone, say, that had scanned the code
    // What the element does whenever the tab is looked at again: it asks Code, and says so.
    await page.evaluate(
      `for (let time = 0; time < 2; time++) document.dispatchEvent(new Event('visibilitychange'))`,
    )
    await page.waitForURL(`${shop.url}/success/*`)
    await page.getByRole('heading', { name: 'Paid' }).waitFor()
    expect(await shop.requests()).toHaveLength(1)
  })

  test('hears nothing of a status that the element could not ask for', async () => {
    const shop = await openShop()
    const visitor = await aDesktop()
    const { page } = visitor
    const { button, modal } = await openOffer(page, shop.url + ARTICLE)
    await button.click()
    await modal.getByRole('button', { name: 'Reject' }).click()
    await page.getByText(CANCELLED).waitFor()
    visitor.expectComplaint(/^request answered: 503 .*\/v1\/api\/|status of 503/)
    const answered = page.waitForResponse('**/v1/api/')
    await page.route('**/v1/api/', (route) => route.fulfill({ status: 503 }))
    await page.evaluate(`document.dispatchEvent(new Event('visibilitychange'))`)
    await answered
    await page.evaluate('new Promise((done) => setTimeout(done))') // a rejection is told after the task that left it
  })

  test('who goes back and forward finds the goods, not the button', async () => {
    const shop = await openShop()
    const { page } = await aDesktop()
    await page.goto(shop.url)
    await page.getByRole('link', { name: 'An article' }).click()
    const { button, modal } = await openOffer(page, shop.url + ARTICLE)
    await button.click()
    await modal.getByRole('button', { name: 'Approve' }).click()
    await page.waitForURL(`${shop.url}/success/*`)
    await page.goBack()
    await page.getByText('PAID-PART').waitFor()
    await page.goForward()
    await page.getByRole('heading', { name: 'Paid' }).waitFor()
  })

  test('whose page comes back from the browser’s memory sees it as it is now', async () => {
    const shop = await openShop()
    const { page } = await aDesktop()
    const { button, modal } = await openOffer(page, shop.url + ARTICLE)
    await button.click()
    await modal.getByRole('button', { name: 'Reject' }).click()
    await page.getByText(CANCELLED).waitFor()
    const [request] = await shop.requests()
    await shop.approve(request?.intent ?? '')
    await page.waitForFunction(
      `fetch('/intents/${request?.intent}').then((answer) => answer.json()).then(({ state }) => state === 'paid')`,
    )
    // Told by hand: whether a browser keeps a page that must not be stored is its own affair.
    await page.evaluate(`dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))`)
    await page.getByText('PAID-PART').waitFor()
  })

  test('is told when the button does not come, and no longer when it does', async () => {
    const shop = await openShop()
    const { page } = await aDesktop()
    await page.clock.install()
    let letThrough: () => void = () => undefined
    const slow = new Promise<void>((resolve) => (letThrough = resolve))
    await page.route('**/payment-request-button/', async (route) => {
      await slow
      await route.continue()
    })
    await page.goto(shop.url + ARTICLE, { waitUntil: 'commit' })
    await page.locator('iframe[name="payment-request-button"]').waitFor()
    await page.clock.runFor(10_000)
    await page.getByText('Code’s button does not answer').waitFor()
    letThrough()
    await page.getByText('Code’s button does not answer').waitFor({ state: 'detached' })
  })

  test('without JavaScript reads why paying needs it', async () => {
    const shop = await openShop()
    const { page } = await aDesktop({ javaScriptEnabled: false })
    await page.goto(shop.url + ARTICLE)
    const words = page.locator('noscript > *') // getByText() never looks into a noscript
    await words.waitFor()
    expect(await words.textContent()).toMatch(/^Paying needs JavaScript/)
  })
})

describeInBrowser('a buyer with a phone', () => {
  test('pays in the wallet and comes back to the goods, without a code in the address', async () => {
    const shop = await openShop()
    const { page } = await aPhone()
    const { button } = await openOffer(page, shop.url + ARTICLE)
    await button.tap()
    await page.waitForURL(`${shop.sandboxUrl}/pay/*`)
    await page.getByRole('button', { name: 'Approve' }).tap()
    await page.waitForURL(/\/success\/\w+$/)
    await page.getByRole('heading', { name: 'Paid' }).waitFor()
  })

  test('rejects in the wallet and is led back to the product', async () => {
    const shop = await openShop()
    const { page } = await aPhone()
    const { button } = await openOffer(page, shop.url + ARTICLE)
    await button.tap()
    await page.waitForURL(`${shop.sandboxUrl}/pay/*`)
    await page.getByRole('button', { name: 'Reject' }).tap()
    await page.waitForURL(/\/cancel\?product=article$/)
    await page.getByRole('heading', { name: 'Nothing was charged' }).waitFor()
  })
})
