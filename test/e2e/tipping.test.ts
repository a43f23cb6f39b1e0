import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import type { Page } from 'playwright-core'
import { aFolder } from '../support/workplace.ts'
import { expectAccessible } from './support/axe.ts'
import { describeInBrowser } from './support/browser.ts'
import { APPROVE, atADesk } from './support/devices.ts'
import { MODAL, openOffer } from './support/offer.ts'
import { openShop } from './support/shop.ts'

function aCatalogue(): string {
  const folder = aFolder()
  writeFileSync(
    join(folder, 'bread.md'),
    '---\ntitle: Bread\nprice: 0.25 usd\nkind: article\nsummary: A text.\ntip: { platform: x, username: "@somebody" }\n---\nBefore.\n\n<!-- more -->\n\nAFTER-THE-GATE\n',
  )
  return folder
}

function isStatusInFocus(page: Page): Promise<boolean> {
  return page.evaluate('document.activeElement.hasAttribute("data-tip-status")')
}

/** Sends what Code's window sends when it fails. In the sandbox, nothing can fail a tip. */
async function failInModal(page: Page): Promise<void> {
  const modal = await page.locator(MODAL).elementHandle()
  const frame = await modal?.contentFrame()
  await frame?.evaluate(`parent.postMessage(
    { id: location.hash.split('/')[1], type: 'event', payload: { event: 'error', args: 'failed' } }, '*')`)
}

describeInBrowser('a reader', () => {
  test('tips the author before and after buying, and the shop learns nothing of it', async () => {
    const shop = await openShop({ catalogFolder: aCatalogue() })
    const { page } = await atADesk.aVisitor()
    const { button } = await openOffer(page, `${shop.url}/products/bread`)
    const card = page.locator('.tip')
    const tip = async () => {
      const frame = card.frameLocator('iframe')
      await atADesk.press(frame.getByRole('button'))
      const modal = page.frameLocator(MODAL)
      await modal.getByText('@somebody').waitFor()
      expect(await page.locator(MODAL).getAttribute('title')).toBe('Tip with Code')
      await atADesk.press(modal.getByRole('button', { name: APPROVE }))
      await page.getByText('Thank you for the tip.').waitFor()
      expect(await isStatusInFocus(page)).toBe(true)
    }
    await tip()
    await expectAccessible(page)
    expect(await shop.requests()).toEqual([])
    await atADesk.press(button)
    const wallet = await atADesk.walletOn(page)
    expect(await page.locator(MODAL).getAttribute('title')).toBe('Payment with Code')
    await atADesk.press(wallet.getByRole('button', { name: APPROVE }))
    await page.getByText('AFTER-THE-GATE').first().waitFor()
    await page.goto(`${shop.url}/products/bread`)
    await tip()
    expect(await shop.requests()).toHaveLength(1)
  })

  test('who closes the window stays at the card, and reads that no tip was sent', async () => {
    const shop = await openShop({ catalogFolder: aCatalogue() })
    const { page } = await atADesk.aVisitor()
    await openOffer(page, `${shop.url}/products/bread`)
    await page.locator('.tip').frameLocator('iframe').getByRole('button').press('Enter')
    await page.frameLocator(MODAL).getByRole('button', { name: 'Close' }).press('Enter')
    await page.getByText('No tip was sent.').waitFor()
    expect(await page.locator(MODAL).count()).toBe(0)
    expect(await isStatusInFocus(page)).toBe(true)
  })

  test('prints the text without the card', async () => {
    const shop = await openShop({ catalogFolder: aCatalogue() })
    const { page } = await atADesk.aVisitor()
    await openOffer(page, `${shop.url}/products/bread`)
    await page.emulateMedia({ media: 'print' })
    expect(await page.locator('.tip').isVisible()).toBe(false)
    expect(await page.getByText('Before.').isVisible()).toBe(true)
  })

  test('is told when the payment button does not come, though that of the tip does', async () => {
    const shop = await openShop({ catalogFolder: aCatalogue() })
    const { page } = await atADesk.aVisitor()
    await page.clock.install()
    await page.route('**/payment-request-button/', () => {}) // never answered
    await page.goto(`${shop.url}/products/bread`, { waitUntil: 'commit' })
    await page.locator('.tip').frameLocator('iframe').getByRole('button').waitFor()
    await page.locator('iframe[name="payment-request-button"]').first().waitFor({ state: 'attached' })
    await page.clock.runFor(10_000)
    await page.getByText('The payment button didn’t load').waitFor()
  })

  test('is told when the button of the tip does not come, and no longer when it does', async () => {
    const shop = await openShop({ catalogFolder: aCatalogue() })
    const { page } = await atADesk.aVisitor()
    await page.clock.install()
    await page.route('**/tip-request-button/', () => {}) // never answered
    await page.goto(`${shop.url}/products/bread`, { waitUntil: 'commit' })
    await page.locator('[data-code-button]').frameLocator('iframe').getByRole('button').waitFor()
    const frame = page.locator('.tip iframe[name="payment-request-button"]')
    await frame.waitFor({ state: 'attached' })
    await page.clock.runFor(10_000)
    const status = page.locator('[data-tip-status]')
    await status.getByText('The payment button didn’t load').waitFor()
    expect(await frame.isVisible()).toBe(false)
    expect(await page.locator('[data-pay-status]').textContent()).toBe('')
    await page.unroute('**/tip-request-button/')
    await page.evaluate('dispatchEvent(new Event("online"))')
    await page.locator('.tip').frameLocator('iframe').getByRole('button').waitFor()
    await page.waitForFunction(`document.querySelector('[data-tip-status]').textContent === ''`)
  })

  test('is told when nothing of the tip’s window comes', async () => {
    const shop = await openShop({ catalogFolder: aCatalogue() })
    const { page } = await atADesk.aVisitor()
    await page.clock.install()
    await openOffer(page, `${shop.url}/products/bread`)
    const button = page.locator('.tip').frameLocator('iframe').getByRole('button')
    await page.route('**/tip-request-modal-desktop/', () => {}) // never answered
    await button.click()
    await page.locator(MODAL).waitFor({ state: 'attached' })
    await page.clock.runFor(10_000)
    await page.getByText('The tip didn’t go through.').waitFor()
    expect(await page.locator(MODAL).count()).toBe(0)
    await button.waitFor()
  })

  test('whose tip fails gets the page back with the reason in focus, and tips at the second try', async () => {
    const shop = await openShop({ catalogFolder: aCatalogue() })
    const { page } = await atADesk.aVisitor()
    await openOffer(page, `${shop.url}/products/bread`)
    const button = page.locator('.tip').frameLocator('iframe').getByRole('button')
    const modal = page.frameLocator(MODAL)
    await button.click()
    await modal.getByRole('button', { name: APPROVE }).waitFor()
    await failInModal(page)
    await page.getByText('The tip didn’t go through.').waitFor()
    expect(await page.locator(MODAL).count()).toBe(0)
    expect(await isStatusInFocus(page)).toBe(true)
    await button.click()
    await modal.getByRole('button', { name: APPROVE }).click()
    await page.getByText('Thank you for the tip.').waitFor()
  })
})
