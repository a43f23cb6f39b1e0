import { expect, test } from '@jest/globals'
import type { Page } from 'playwright-core'
import { en, loadTexts } from '../../server/texts/index.ts'
import { aCatalogWithADonation } from '../support/donation.ts'
import { expectAccessible } from './support/axe.ts'
import { describeInBrowser, isTooWide, type Visitor } from './support/browser.ts'
import { APPROVE, atADesk, type Device, withAPhone } from './support/devices.ts'
import { openOffer, theOffer } from './support/offer.ts'
import { type OpenShop, openShop } from './support/shop.ts'

const TEA = '/products/tea'
const THANKS = 'THANKS-FOR-THE-TEA'

function aShopForDonations(): Promise<OpenShop> {
  return openShop({ catalogFolder: aCatalogWithADonation() })
}

/** The parts of the page with which a buyer chooses an amount. */
function theChoice(page: Page) {
  return {
    suggestion: (amount: string) => page.getByRole('radio', { name: amount }),
    typed: page.locator('[id^="page.amount-typed"]'),
    another: page.locator('input[name^="amount"][value=""]'),
    shown: page.locator('[data-chosen-amount]'),
    fault: page.getByRole('alert'),
  }
}

/** Presses Code's button, approves in the wallet, and comes back. */
async function pay(device: Device, page: Page): Promise<void> {
  const { button } = await theOffer(page)
  await device.press(button)
  const wallet = await device.walletOn(page)
  await device.press(wallet.getByRole('button', { name: APPROVE }))
  await page.waitForURL(/\/success\/[\w-]+$/)
  await page.locator('#page\\.receipt').waitFor()
}

async function seeThanks(page: Page, shop: OpenShop, amount: string, { kinds } = en): Promise<void> {
  const { before, after } = kinds.donation.paid
  await page.getByText(`${before}Tea for the author${after}`).waitFor()
  await page.getByText(THANKS).waitFor()
  await expectAccessible(page)
  expect(plain(await page.locator('.receipt').textContent())).toContain(amount)
  await page.goto(`${shop.url}/purchases`)
  expect(plain(await page.locator('.purchases').textContent())).toContain(amount)
}

/** Without the spaces that don't break. */
function plain(text: string | null): string {
  return (text ?? '').replace(/\s/g, ' ')
}

/** What the sequencer was asked for last, and what came of it. */
async function latestRequest(shop: OpenShop) {
  const [{ amount, currency, state } = {}] = await shop.requests()
  return { amount, currency, state }
}

function orders({ requests }: Visitor): string[] {
  return requests.filter((url) => url.endsWith('/create-intent'))
}

for (const device of [atADesk, withAPhone])
  describeInBrowser(`a donor ${device.name}`, () => {
    test('gives a suggested amount, is thanked, and may give again', async () => {
      const shop = await aShopForDonations()
      const { page } = await device.aVisitor()
      await openOffer(page, shop.url + TEA)
      await expectAccessible(page)
      expect(await page.content()).not.toContain(THANKS)
      const { suggestion, shown } = theChoice(page)
      expect(await shown.textContent()).toBe('$3.00')
      await suggestion('$5.00').check()
      expect(await shown.textContent()).toBe('$5.00')
      await pay(device, page)
      expect(await latestRequest(shop)).toEqual({ amount: 500, currency: 'usd', state: 'approved' })
      await seeThanks(page, shop, '$5.00')

      await openOffer(page, shop.url + TEA)
      expect(await page.content()).not.toContain(THANKS)
      await pay(device, page)
      expect(await latestRequest(shop)).toEqual({ amount: 300, currency: 'usd', state: 'approved' })
      await seeThanks(page, shop, '$3.00')
      expect(await page.locator('.purchases li').count()).toBe(2)
    })

    test('is told what is wrong with an amount, and nothing is ordered', async () => {
      const shop = await aShopForDonations()
      const visitor = await device.aVisitor()
      const { page } = visitor
      const { button, modalFrame } = await openOffer(page, shop.url + TEA)
      const { suggestion, typed, fault } = theChoice(page)
      await suggestion('Another amount').check()
      for (const [text, words] of [
        ['', 'Enter an amount from $1.00 to $250.00.'],
        ['a lot', '“a lot” is not an amount. Write it like $1.00.'],
        [
          '1.234',
          '“1.234” could mean two amounts. Leave out the thousands separator, or write two decimals.',
        ],
        ['1.2345', '“1.2345” has more than two decimals. Write it like $1.00.'],
        ['0.99', 'The smallest amount is $1.00.'],
        ['250.01', 'The largest amount is $250.00.'],
      ] as const) {
        await typed.fill(text)
        await device.press(button)
        await fault.getByText(words, { exact: true }).waitFor()
        await page.locator('[id^="page.amount-typed"]:focus').waitFor()
        expect(await typed.getAttribute('aria-invalid')).toBe('true')
        expect(await modalFrame.count()).toBe(0)
      }
      await expectAccessible(page)
      expect(orders(visitor)).toEqual([])
      await suggestion('$3.00').check()
      expect(await fault.textContent()).toBe('')
      await pay(device, page)
    })
  })

describeInBrowser('a donor', () => {
  test.each([
    ['de-DE', 'de', '1,50', '1,50 $', atADesk],
    ['ar-EG', 'ar', '١٫٥', '\u200f1.50 US$\u200e', withAPhone],
  ] as const)(
    'gives an amount of their own, typed as in %s: %s',
    async (locale, language, typed, shown, device) => {
      const shop = await aShopForDonations()
      const { page } = await device.aVisitor({ locale })
      await openOffer(page, shop.url + TEA)
      const choice = theChoice(page)
      await choice.typed.fill(typed)
      expect(await choice.another.isChecked()).toBe(true)
      expect(plain(await choice.shown.textContent())).toBe(shown)
      await pay(device, page)
      expect(await latestRequest(shop)).toEqual({ amount: 150, currency: 'usd', state: 'approved' })
      await seeThanks(page, shop, shown, await loadTexts(language))
    },
  )

  test('changes the amount after having seen the wallet, and pays the new one', async () => {
    const shop = await aShopForDonations()
    const { page } = await atADesk.aVisitor()
    const { button } = await openOffer(page, shop.url + TEA)
    await atADesk.press(button)
    await atADesk.leave(page, await atADesk.walletOn(page))
    await theChoice(page).suggestion('$5.00').check()
    await pay(atADesk, page)
    expect(await latestRequest(shop)).toEqual({ amount: 500, currency: 'usd', state: 'approved' })
    await seeThanks(page, shop, '$5.00')
  })

  test('hears once how an amount that they have typed was understood, and nothing while they type', async () => {
    const shop = await aShopForDonations()
    const { page } = await atADesk.aVisitor()
    await page.clock.install()
    await openOffer(page, shop.url + TEA)
    const { suggestion, typed, shown } = theChoice(page)
    await page.evaluate(`globalThis.said = []
      new MutationObserver(() => said.push(document.querySelector('[data-said-amount]').textContent))
        .observe(document.querySelector('[data-said-amount]'), { childList: true })`)
    const said = () => page.evaluate('said')
    await suggestion('$5.00').check()
    await typed.pressSequentially('7.00')
    expect(await shown.textContent()).toBe('$7.00')
    expect(await said()).toEqual([])
    await page.clock.runFor(800)
    expect(await said()).toEqual(['$7.00'])
    await typed.fill('0.0')
    expect(await shown.textContent()).toBe('…')
    await page.clock.runFor(800)
    expect(await said()).toEqual(['$7.00', 'The smallest amount is $1.00.'])
    expect(await page.locator('[role=status] [data-chosen-amount], [data-chosen-amount][role]').count()).toBe(
      0,
    )
  })

  test('can do it all with the keyboard', async () => {
    const shop = await aShopForDonations()
    const { page } = await atADesk.aVisitor()
    const { button } = await openOffer(page, shop.url + TEA)
    const { suggestion, typed, shown } = theChoice(page)
    await suggestion('$3.00').focus()
    await page.keyboard.press('ArrowDown')
    expect(await shown.textContent()).toBe('$5.00')
    await page.keyboard.press('Tab')
    expect(await typed.evaluate((element) => element.matches(':focus'))).toBe(true)
    expect(await shown.textContent()).toBe('$5.00')
    await page.keyboard.type('2')
    expect(await shown.textContent()).toBe('$2.00')
    await page.keyboard.press('Tab')
    expect(await button.evaluate((element) => element.matches(':focus'))).toBe(true)
    await page.keyboard.press('Enter')
    const wallet = await atADesk.walletOn(page)
    await wallet.getByRole('button', { name: 'Approve' }).press('Enter')
    await page.getByText(THANKS).waitFor()
  })

  test('whose page is older than a new limit sees the new offer, and nothing is charged', async () => {
    const shop = await aShopForDonations()
    const visitor = await atADesk.aVisitor()
    const { page } = visitor
    const { button } = await openOffer(page, shop.url + TEA)
    shop.changeProduct('tea', (text) =>
      text.replace('from: 1 usd, suggest: [3 usd, 5 usd]', 'from: 4 usd, suggest: [6 usd]'),
    )
    visitor.expectComplaint(/400/)
    await atADesk.press(button)
    await page.getByText(/^The price or terms changed/).waitFor()
    expect(await theChoice(page).shown.textContent()).toBe('$6.00')
    expect(await shop.requests()).toEqual([])
  })

  test('finds the page wide enough on the narrowest phone', async () => {
    const shop = await aShopForDonations()
    const { page } = await withAPhone.aVisitor({ viewport: { width: 320, height: 640 } })
    await page.goto(shop.url + TEA)
    expect(await isTooWide(page)).toBe(false)
  })
})
