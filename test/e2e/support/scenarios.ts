import { readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import type { Page } from 'playwright-core'
import { expectAccessible } from './axe.ts'
import { describeInBrowser, until } from './browser.ts'
import type { Device, Wallet } from './devices.ts'
import { openOffer, theOffer } from './offer.ts'
import { type OpenShop, openShop } from './shop.ts'
import { SERVER_GONE } from './watch.ts'

const ARTICLE = '/products/article'
const GOODS = 'PAID-PART-OF-ARTICLE'
const DAY_AND_HOUR_MS = 25 * 60 * 60 * 1_000
const DAY_OVER =
  'The link has been used in as many browsers as it was made for, is more than a day old, or was ended'

/**
 * Everything that happens to a purchase, with one device. With the sandbox `inside` the shop, as `npm start` has it, or
 * `beside` it on a port of its own, so that frames and API have another origin, as they do in production.
 */
export function describePurchases(device: Device, sandbox: 'inside' | 'beside'): void {
  describeInBrowser(`a buyer ${device.name}`, () => {
    describe(`with the sandbox ${sandbox} the shop`, () => {
      describePurchasesOf(device, () => openShop({ sandbox }))
    })
    if (sandbox === 'inside') describeDownload(device)
  })
}

function describePurchasesOf(device: Device, open: () => Promise<OpenShop>): void {
  const { aVisitor, press, isPhone } = device

  test('buys an article, on pages that are for everybody, and of the two hosts only', async () => {
    const shop = await open()
    const { page, requests } = await aVisitor()
    await openOffer(page, shop.url + ARTICLE)
    expect(await page.content()).not.toContain(GOODS)
    await expectAccessible(page)
    const wallet = await ask(device, page)
    await expectAccessible(page)
    await approve(device, wallet)
    await seePaid(page)
    await expectAccessible(page)
    await press(page.getByRole('link', { name: 'Open it' }))
    await page.waitForURL(shop.url + ARTICLE)
    await page.getByText(GOODS).waitFor()
    const known = [shop.url, new URL(shop.sandboxUrl).origin]
    expect(requests.filter((url) => !known.includes(new URL(url).origin))).toEqual([])
  })

  test('rejects, is told that nothing was charged, and pays the same order later', async () => {
    const shop = await open()
    const before = await shop.funds()
    const { page } = await aVisitor()
    const { modalFrame, status } = await openOffer(page, shop.url + ARTICLE)
    await press((await ask(device, page)).getByRole('button', { name: 'Reject' }))
    if (isPhone) {
      await page.waitForURL(/\/cancel\?product=article$/)
      await page.getByRole('heading', { name: 'You haven’t been charged' }).waitFor()
      await expectAccessible(page)
    } else {
      await status.getByText(/^You haven’t been charged/).waitFor()
      expect(await modalFrame.count()).toBe(0)
      expect(page.url()).toBe(shop.url + ARTICLE)
      expect(await status.evaluate((element) => element.matches(':focus'))).toBe(true)
    }
    expect(await shop.funds()).toBe(before)
    if (isPhone) await page.goto(shop.url + ARTICLE)
    await approve(device, await ask(device, page))
    await seePaid(page)
    expect(await shop.requests()).toHaveLength(1)
  })

  test('closes the wallet: the order stays open, and a payment that comes all the same counts', async () => {
    const shop = await open()
    const { page } = await aVisitor()
    const { modalFrame } = await openOffer(page, shop.url + ARTICLE)
    await device.leave(page, await ask(device, page))
    expect(await modalFrame.count()).toBe(0)
    expect(page.url()).toBe(shop.url + ARTICLE)
    const [request] = await shop.requests()
    await shop.approve(request?.intent ?? '')
    await isDelivered(shop)
    await page.reload()
    await page.getByText(GOODS).waitFor()
  })

  test('has the goods when the webhook is lost, and once only when it comes late', async () => {
    const shop = await open()
    await shop.injectFaults({ webhooks: 'dropped' })
    const { page } = await aVisitor()
    await openOffer(page, shop.url + ARTICLE)
    await approve(device, await ask(device, page))
    await seePaid(page)
    const [lost] = await shop.deliveries()
    expect(lost?.attempts.filter(({ status }) => status !== null)).toEqual([])

    await shop.injectFaults({ webhooks: 'none' })
    if (lost) await shop.repeat(lost)
    await isDelivered(shop)
    await page.goto(`${shop.url}/purchases`)
    expect(await page.getByRole('heading', { name: 'An article' }).count()).toBe(1)
  })

  test('finds the goods already there when the webhook comes before the browser', async () => {
    const shop = await open()
    await shop.injectFaults({ webhooks: 'before-success' })
    const { page, requests } = await aVisitor()
    await openOffer(page, shop.url + ARTICLE)
    await approve(device, await ask(device, page))
    await seePaid(page)
    expect((await shop.deliveries())[0]?.state).toBe('delivered')
    expect(requests.filter((url) => url.includes('/intents/'))).toEqual([]) // the page never had to ask
  })

  test.each([
    ['is silent', 'silent', 504, /^You haven’t been charged\. Code did not respond in time/],
    ['refuses', 'refuse', 502, /^You haven’t been charged\. Code rejected the payment request/],
  ])('is told when the sequencer %s, and buys when it is back', async (_what, calls, status, words) => {
    const shop = await open()
    const visitor = await aVisitor()
    const { page } = visitor
    const { button, modalFrame } = await openOffer(page, shop.url + ARTICLE)
    visitor.expectComplaint(new RegExp(`status of ${status} |answered: ${status} `))
    await shop.injectFaults({ calls })
    await press(button)
    await page.getByText(words).waitFor()
    expect(await modalFrame.count()).toBe(0)

    await shop.injectFaults({ calls: 'none' })
    await approve(device, await ask(device, page))
    await seePaid(page)
    expect(await shop.requests()).toHaveLength(1)
  })

  test('presses the button when the server is gone, and again when it is back', async () => {
    const shop = await open()
    const visitor = await aVisitor()
    const { page } = visitor
    const { button, modalFrame } = await openOffer(page, shop.url + ARTICLE)
    visitor.expectComplaint(SERVER_GONE)
    await shop.close()
    await press(button)
    await page.getByText(/^You haven’t been charged\. The shop can’t be reached/).waitFor()
    expect(await modalFrame.count()).toBe(0)
    await shop.reopen()
    await approve(device, await ask(device, page))
    await seePaid(page)
  })

  test('decides while the server is gone, and has the goods once it is back', async () => {
    const shop = await open()
    const visitor = await aVisitor()
    const { page } = visitor
    await openOffer(page, shop.url + ARTICLE)
    const wallet = await ask(device, page)
    const address = page.url()
    visitor.expectComplaint(SERVER_GONE)
    await shop.close()
    const isCodeGone = shop.sandboxUrl.startsWith(shop.url)
    if (isCodeGone && !isPhone) {
      await page.getByText(/^The connection to Code was lost/).waitFor()
      await page.reload().catch(() => undefined)
    } else await approve(device, wallet)
    await until(async () => page.url().startsWith('chrome-error:')) // what the browser shows instead
    await shop.reopen()
    if (isCodeGone) {
      await page.goto(address)
      await approve(device, isPhone ? page : await ask(device, page))
    } else await page.reload()
    await seePaid(page)
    expect(await shop.requests()).toHaveLength(1)
  })

  test('clicks twice and makes one order', async () => {
    const shop = await open()
    const { page, requests } = await aVisitor()
    const { button } = await openOffer(page, shop.url + ARTICLE)
    await button.evaluate((element) => {
      element.click()
      element.click()
    })
    await until(async () => (await shop.requests()).length > 0)
    await approve(device, await device.walletOn(page))
    await seePaid(page)
    expect(requests.filter((url) => url.endsWith('/create-intent'))).toHaveLength(1)
    expect(await shop.requests()).toHaveLength(1)
  })

  test('has the order open in two tabs, and pays once', async () => {
    const shop = await open()
    const before = await shop.funds()
    const visitor = await aVisitor()
    const { page, context } = visitor
    const otherTab = await context.newPage()
    await openOffer(page, shop.url + ARTICLE)
    const other = await openOffer(otherTab, shop.url + ARTICLE)
    const wallet = await ask(device, page)
    await press(other.button)
    if (isPhone) await otherTab.waitForURL('**/pay/*')
    else await otherTab.getByText('This order is open in another tab').waitFor()
    expect(await shop.requests()).toHaveLength(1)

    await approve(device, wallet)
    await seePaid(page)
    const charged = before - (await shop.funds())
    expect(charged).toBeGreaterThan(0)
    if (isPhone) {
      await press(otherTab.getByRole('button', { name: 'Approve' })) // of a page that is behind
      await seePaid(otherTab)
    } else {
      visitor.expectComplaint(/409/)
      await press(other.button)
      await otherTab.getByText(GOODS).waitFor()
    }
    expect(before - (await shop.funds())).toBe(charged)
  })

  test('goes back and forward and finds the goods, not the button, and no redemption code in addresses', async () => {
    const shop = await open()
    const { page, requests } = await aVisitor()
    await page.goto(shop.url)
    await press(page.getByRole('link', { name: 'An article' }))
    await page.waitForURL(shop.url + ARTICLE)
    await approve(device, await ask(device, page))
    await seePaid(page)
    // Only a wallet, which may open another browser, gets an address with a code.
    if (!isPhone) expect(requests.filter((url) => url.includes('redeem'))).toEqual([])
    await page.goBack()
    if (isPhone) {
      await page.getByText('Approved').waitFor() // the wallet's page lies between
      await page.goBack()
    }
    await page.waitForURL(shop.url + ARTICLE)
    await page.getByText(GOODS).waitFor()
    await page.goForward()
    if (isPhone) await page.goForward()
    await seePaid(page)
  })

  test.each([true, false])(
    'opens the success URL in another browser, which holds the order from then on (JavaScript: %s)',
    async (javaScriptEnabled) => {
      const shop = await open()
      const { page: orderingPage } = await aVisitor()
      const { successUrl } = await buy(device, shop, orderingPage)
      const code = new URL(successUrl).searchParams.get('redeem') ?? ''

      const { page, requests } = await aVisitor({ javaScriptEnabled })
      await page.goto(successUrl)
      expect(await page.content()).not.toContain(GOODS)
      await press(page.getByRole('main').getByRole('button'))
      await page.waitForURL(/\/success\/\w+$/)
      await page.goto(shop.url + ARTICLE)
      await page.getByText(GOODS).waitFor()
      expect(requests.filter((url) => url.includes(code))).toEqual([successUrl])
    },
  )

  test.each([true, false])(
    'forwards the success URL, which opens nothing after its day (JavaScript: %s)',
    async (javaScriptEnabled) => {
      const shop = await open()
      const { page: orderingPage } = await aVisitor()
      const { successUrl } = await buy(device, shop, orderingPage)
      const friend = await aVisitor({ javaScriptEnabled })
      const { page } = friend
      await page.goto(successUrl)
      const button = page.getByRole('button', { name: 'Open it in this browser' })
      await button.waitFor()

      shop.age(DAY_AND_HOUR_MS)
      friend.expectComplaint(/410/)
      await press(button) // of the page that was opened on time
      await page.getByText(DAY_OVER).waitFor()
      await page.goto(successUrl)
      await page.getByText(DAY_OVER).waitFor()
      if (javaScriptEnabled) await expectAccessible(page)
      await page.goto(shop.url + ARTICLE)
      expect(await page.content()).not.toContain(GOODS)

      await orderingPage.goto(shop.url + ARTICLE)
      await orderingPage.getByText(GOODS).waitFor() // whoever has paid keeps it
    },
  )

  test('without JavaScript reads why paying needs it, and has what is paid', async () => {
    const shop = await open()
    const { page, context } = await aVisitor({ javaScriptEnabled: false })
    await page.goto(shop.url)
    await press(page.getByRole('link', { name: 'An article' }))
    await page.getByText('The preview of the article').waitFor()
    const words = page.locator('noscript > *') // getByText() never looks into a noscript
    await words.waitFor()
    expect(await words.textContent()).toMatch(/^Paying requires JavaScript/)

    const order = await context.request.post(`${shop.url}/create-intent`, { data: { product: 'article' } })
    const { id } = (await order.json()) as { id: string }
    await page.goto(`${shop.url}/success/${id}`)
    await page.getByRole('heading', { name: 'Confirming' }).waitFor()
    await shop.approve(id)
    await isDelivered(shop)
    await press(page.locator('noscript a'))
    await seePaid(page)
    await page.goto(shop.url + ARTICLE)
    await page.getByText(GOODS).waitFor()
  })

  test('buys in the dark', async () => {
    const shop = await open()
    const { page } = await aVisitor({ colorScheme: 'dark' })
    await openOffer(page, shop.url + ARTICLE)
    expect(await brightness(page)).toBeLessThan(0.3)
    const wallet = await ask(device, page)
    expect(await brightness(page)).toBeLessThan(0.3)
    await approve(device, wallet)
    await seePaid(page)
    expect(await brightness(page)).toBeLessThan(0.3)
    await page.emulateMedia({ colorScheme: 'light' })
    expect(await brightness(page)).toBeGreaterThan(0.7)
  })
}

function describeDownload(device: Device): void {
  test('buys a download, and the file arrives', async () => {
    const shop = await openShop()
    const visitor = await device.aVisitor()
    const { page } = visitor
    await openOffer(page, `${shop.url}/products/download`)
    await approve(device, await ask(device, page))
    await seePaid(page)
    const coming = page.waitForEvent('download')
    await device.press(page.getByRole('link', { name: 'Download', exact: true }))
    const download = await coming
    expect(download.suggestedFilename()).toBe('table.csv')
    expect(readFileSync(await download.path())).toEqual(readFileSync('test/support/catalog/files/table.csv'))
  })
}

/** Presses the button; resolves when the wallet can take the decision. */
async function ask(device: Device, page: Page): Promise<Wallet> {
  const { button } = await theOffer(page)
  await device.press(button)
  return device.walletOn(page)
}

function approve({ press }: Device, wallet: Wallet): Promise<void> {
  return press(wallet.getByRole('button', { name: 'Approve' }))
}

async function seePaid(page: Page): Promise<void> {
  await page.waitForURL(/\/success\/\w+$/)
  await page.getByRole('heading', { name: 'Paid' }).waitFor()
}

/** Buys an article; gives the address that a wallet may open in another browser. */
async function buy(device: Device, shop: OpenShop, page: Page): Promise<{ successUrl: string }> {
  let order = { successUrl: '' }
  await page.route('**/create-intent', async (route) => {
    const response = await route.fetch()
    order = (await response.json()) as typeof order
    await route.fulfill({ response })
  })
  await openOffer(page, shop.url + ARTICLE)
  await approve(device, await ask(device, page))
  await seePaid(page)
  return order
}

/** The shop has taken the latest webhook. */
function isDelivered(shop: OpenShop): Promise<void> {
  return until(async () => (await shop.deliveries())[0]?.state === 'delivered')
}

/** Of what the texts of a page, or of Code's window over it, stand on: from 0 for black to 1 for white. */
function brightness(page: Page): Promise<number> {
  const top = page.frames().find((frame) => frame.name() === 'payment-request-card') ?? page
  return top.evaluate(`(() => {
    const isClear = (color) => color === 'transparent' || color === 'rgba(0, 0, 0, 0)'
    let element = document.querySelector('h1')
    while (element.parentElement && isClear(getComputedStyle(element).backgroundColor)) element = element.parentElement
    const pencil = document.createElement('canvas').getContext('2d')
    pencil.fillStyle = getComputedStyle(element).backgroundColor // in whatever notation
    pencil.fillRect(0, 0, 1, 1)
    const [red, green, blue] = pencil.getImageData(0, 0, 1, 1).data
    return (red + green + blue) / 3 / 255
  })()`)
}
