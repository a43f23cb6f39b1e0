import type { BrowserContextOptions, Locator, Page } from 'playwright-core'
import { aDesktop, aPhone, type Visitor } from './browser.ts'
import { MODAL, theOffer } from './offer.ts'

/** Where a payment is decided: Code's window in its frame, or the wallet's own page. */
/** In the languages that the tests buy in */
export const APPROVE = /^(Approve|Bestätigen|وافق)$/

export type Wallet = Pick<Page, 'getByRole' | 'locator'>

/** What a purchase looks like at a desk, and with a phone. */
export interface Device {
  name: string
  isPhone: boolean
  aVisitor(options?: BrowserContextOptions): Promise<Visitor>
  /** By mouse, or by finger */
  press(locator: Locator): Promise<void>
  /** Resolves when the wallet can take the decision, after the button was pressed. */
  walletOn(page: Page): Promise<Wallet>
  /** Leaves the wallet without a decision; resolves when the offer is there again. */
  leave(page: Page, wallet: Wallet): Promise<void>
}

export const atADesk: Device = {
  name: 'at a desk',
  isPhone: false,
  aVisitor: aDesktop,
  press: (locator) => locator.click(),
  async walletOn(page) {
    const modal = page.frameLocator(MODAL)
    await modal.getByRole('button', { name: APPROVE }).waitFor()
    await modal.locator('[data-text="left"]').waitFor() // its stream is open: it hears what happens elsewhere
    return modal
  },
  async leave(page, wallet) {
    await wallet.getByRole('button', { name: 'Close' }).click()
    await page.getByText(/^You haven’t been charged\. If the payment goes through after all/).waitFor()
  },
}

export const withAPhone: Device = {
  name: 'with a phone',
  isPhone: true,
  aVisitor: aPhone,
  press: (locator) => locator.tap(),
  async walletOn(page) {
    await page.waitForURL('**/pay/*')
    await page.getByRole('button', { name: APPROVE }).waitFor()
    return page
  },
  async leave(page) {
    await page.goBack()
    await theOffer(page)
  },
}
