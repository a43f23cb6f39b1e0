import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import type { Page } from 'playwright-core'
import { aCatalogWithCoupons } from '../support/coupons.ts'
import { aDesktop, describeInBrowser } from './support/browser.ts'
import { openOffer, theOffer } from './support/offer.ts'
import { openShop } from './support/shop.ts'
import { SERVER_GONE } from './support/watch.ts'

const ARTICLE = '/products/article'
const WINDOW = '**/payment-request-modal-desktop/'
const CANCELLED =
  /^You haven’t been charged\. If the payment goes through after all, you will still get your purchase/

describeInBrowser('a buyer at a desk', () => {
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

  test('with the order open in two tabs is told where it is open, and pays it there', async () => {
    const shop = await openShop()
    const { page, context } = await aDesktop()
    const first = await openOffer(page, shop.url + ARTICLE)
    const otherTab = await context.newPage()
    const second = await openOffer(otherTab, shop.url + ARTICLE)
    await first.button.click()
    await first.modal.getByText(/minute: \d+ s left/).waitFor() // its stream is open

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

  test.each(['remove()', 'style.setProperty("display", "none")'])(
    'is told of a button that something has taken from the page after it had loaded: %s',
    async (taken) => {
      const shop = await openShop()
      const { page } = await aDesktop()
      await page.clock.install()
      const { status } = await openOffer(page, shop.url + ARTICLE)
      await page.evaluate(`document.querySelector('[data-code-button] iframe').${taken}`)
      await page.clock.runFor(10_000)
      await status.getByText('The payment button didn’t load').waitFor()
    },
  )

  test('can’t press a button whose script is still on its way: the click would be lost', async () => {
    const shop = await openShop()
    const { page } = await aDesktop()
    let letThrough = () => {}
    const wanted = new Promise<void>((resolve) => (letThrough = resolve))
    await page.route('**/assets/button.js', (route) => wanted.then(() => route.continue()))
    await page.goto(shop.url + ARTICLE, { waitUntil: 'commit' })
    const button = page.frameLocator('[data-code-button] iframe').getByRole('button')
    await button.waitFor()
    expect(await button.isDisabled()).toBe(true)
    letThrough()
    const offer = await theOffer(page)
    await offer.button.click()
    await offer.modal.getByRole('button', { name: 'Approve' }).waitFor()
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
    await page.evaluate(`globalThis.rejected = new Promise((done) => addEventListener('unhandledrejection', () => done()))
      undefined`)
    await page.route('**/v1/api/', (route) => route.fulfill({ status: 503 }))
    await page.evaluate(`document.dispatchEvent(new Event('visibilitychange'))`)
    await page.evaluate('rejected') // by the element, after the page had its say
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

  test('is told when the button does not come, and no longer when it does, also where the browser translates it', async () => {
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
    await page.getByText('The payment button didn’t load').waitFor()
    const frame = page.locator('iframe[name="payment-request-button"]')
    expect(await frame.isVisible()).toBe(false) // it might show the browser's own error
    await page.evaluate(`{
      const translated = document.createElement('font')
      translated.textContent = 'Translated: The payment button didn’t load'
      document.querySelector('[data-pay-status]').replaceChildren(translated)
    }`)
    letThrough()
    await page.getByText('The payment button didn’t load').waitFor({ state: 'detached' })
    await frame.waitFor()
  })

  test.each(['**/hosts.js', '**/code-button-*.js'])(
    'is told when %s does not come, and so no button',
    async (script) => {
      const catalogFolder = aCatalogWithCoupons()
      const path = join(catalogFolder, 'bread.md')
      const tip = 'tip: { platform: x, username: "@somebody" }'
      writeFileSync(path, readFileSync(path, 'utf8').replace('kind:', `${tip}\nkind:`))
      const shop = await openShop({ catalogFolder })
      const { page, expectComplaint } = await aDesktop()
      expectComplaint(/ERR_FAILED|reading 'endpoint'/)
      await page.route(script, (route) => route.abort())
      await page.goto(`${shop.url}/products/bread`)
      const sentences = page.getByText('The payment button didn’t load')
      expect(await sentences.count()).toBe(2) // for the tip as well
      for (const [ms, isShown] of [
        [9_999, false],
        [10_000, true],
      ] as const) {
        await page.evaluate(`for (const late of document.getAnimations()) {
        late.pause()
        late.currentTime = ${ms}
      }`)
        for (const sentence of await sentences.all()) expect(await sentence.isVisible()).toBe(isShown)
      }
      await page.unroute(script)
      await openOffer(page, `${shop.url}/products/bread`)
      expect(await sentences.count()).toBe(0)
      expect((await page.locator('[data-code-button]').boundingBox())?.height).toBe(60)
    },
  )

  test.each(['en', 'de', 'es', 'ar'])(
    'is told so in the place of the button, and nothing else moves, in %s',
    async (language) => {
      const shop = await openShop()
      for (const width of [320, 412, 1_280]) {
        const { page, expectComplaint } = await aDesktop({
          locale: language,
          viewport: { width, height: 800 },
        })
        expectComplaint('ERR_FAILED')
        await page.route('**/code-button-*.js', (route) => route.abort())
        await page.goto(shop.url + ARTICLE)
        await page.evaluate('for (const late of document.getAnimations()) late.finish()')
        await page.locator('.late').waitFor()
        const { height } = (await page.locator('[data-code-button]').boundingBox()) ?? {}
        expect({ width, height }).toEqual({ width, height: 60 })
      }
    },
  )

  test.each([
    `dispatchEvent(new Event('online'))`,
    `document.dispatchEvent(new Event('visibilitychange', { bubbles: true }))`,
  ])(
    'whose connection is lost while paying keeps reading that they pay once, and gets the button back (%s)',
    async (connected) => {
      const shop = await openShop()
      const visitor = await aDesktop()
      const { page } = visitor
      await page.clock.install()
      const { button, modal, status } = await openOffer(page, shop.url + ARTICLE)
      await button.click()
      await modal.getByText(/minute: \d+ s left/).waitFor() // its stream is open
      visitor.expectComplaint(SERVER_GONE)
      await page.route('**/payment-request-button/', (route) => route.abort('connectionrefused'))
      await shop.close()
      await page.getByText('The connection to Code was lost').waitFor()
      await page.clock.runFor(10_000)
      await page.getByText('The payment button didn’t load').waitFor()
      expect(await status.textContent()).toMatch(
        /press the button again: you’ll get your purchase and won’t be charged twice\. The payment button didn’t load/,
      )
      await shop.reopen()
      await page.unroute('**/payment-request-button/')
      await page.evaluate(connected)
      await button.waitFor()
      await page.getByText('The payment button didn’t load').waitFor({ state: 'detached' })
      expect(await status.textContent()).toMatch(/^The connection to Code was lost.*charged twice\.$/)
      await button.click()
      await modal.getByRole('button', { name: 'Approve' }).click()
      await page.waitForURL(`${shop.url}/success/*`)
      expect(await shop.requests()).toHaveLength(1)
    },
  )

  test('is told when nothing of the payment window comes, and pays the same order once it does', async () => {
    const shop = await openShop()
    const { page } = await aDesktop()
    await page.clock.install()
    const { button, modal, modalFrame, status } = await openOffer(page, shop.url + ARTICLE)
    await page.route(WINDOW, () => {}) // never answered
    const ordered = page.waitForResponse('**/create-intent')
    await button.click()
    await (await ordered).finished()
    await nextFrame(page) // the page has its order
    await page.clock.runFor(9_000)
    expect(await modalFrame.count()).toBe(1)
    await page.clock.runFor(1_000)
    await page.getByText('You haven’t been charged this time. The payment window didn’t load').waitFor()
    expect(await modalFrame.count()).toBe(0)
    expect(await status.evaluate((element) => element.matches(':focus'))).toBe(true)
    await page.unroute(WINDOW)
    await button.click()
    await modal.getByRole('button', { name: 'Approve' }).click()
    await page.waitForURL(`${shop.url}/success/*`)
    expect(await shop.requests()).toHaveLength(1)
  })

  test('keeps a payment window that is only slow', async () => {
    const shop = await openShop()
    const { page } = await aDesktop()
    await page.clock.install()
    const { button, modal, status } = await openOffer(page, shop.url + ARTICLE)
    let letThrough: () => void = () => undefined
    const slow = new Promise<void>((resolve) => (letThrough = resolve))
    await page.route('**/assets/*', async (route) => {
      await slow
      await route.continue()
    })
    const arrived = Promise.all([page.waitForResponse(WINDOW), page.waitForResponse('**/create-intent')])
    await button.click()
    for (const response of await arrived) await response.finished()
    await nextFrame(page) // the page has its order
    await page.clock.runFor(30_000)
    expect(await status.textContent()).toBe('')
    letThrough()
    await modal.getByRole('button', { name: 'Approve' }).click()
    await page.waitForURL(`${shop.url}/success/*`)
  })

  test('is told when the button does not come back after an error', async () => {
    const shop = await openShop()
    const visitor = await aDesktop()
    const { page, context } = visitor
    const first = await openOffer(page, shop.url + ARTICLE)
    await first.button.click()
    await first.modal.getByText(/minute: \d+ s left/).waitFor() // its stream is open

    const otherTab = await context.newPage()
    await otherTab.clock.install()
    const second = await openOffer(otherTab, shop.url + ARTICLE)
    visitor.expectComplaint('net::ERR_CONNECTION_REFUSED')
    await otherTab.route('**/payment-request-button/', (route) => route.abort('connectionrefused'))
    await second.button.click()
    await otherTab.getByText('This order is open in another tab').waitFor()
    await otherTab.clock.runFor(10_000)
    await otherTab.getByText('The payment button didn’t load').waitFor()
  })
})

async function nextFrame(page: Page): Promise<void> {
  await page.evaluate('new Promise((resolve) => requestAnimationFrame(() => resolve()))')
}
