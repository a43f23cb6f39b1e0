import type { FrameLocator, Locator, Page } from 'playwright-core'

/** The frame of Code's window, while it is open */
export const MODAL = 'iframe[name="payment-request-card"]'

export interface OpenOffer {
  /** Code's button, in its frame */
  button: Locator
  /** What opens on a click: Code's window, in its frame */
  modal: FrameLocator
  /** The frame of that window itself; there is none while it is closed */
  modalFrame: Locator
  /** Where the page says what came of it */
  status: Locator
}

/** Opens a product's page; resolves when its button can be pressed. */
export async function openOffer(page: Page, url: string): Promise<OpenOffer> {
  await page.goto(url)
  return theOffer(page)
}

/** The offer of the page that is open. */
export async function theOffer(page: Page): Promise<OpenOffer> {
  const button = page
    .frameLocator('[data-code-button] iframe[name="payment-request-button"]')
    .getByRole('button', { disabled: false })
  await button.waitFor()
  return {
    button,
    modal: page.frameLocator(MODAL),
    modalFrame: page.locator(MODAL),
    status: page.locator('[data-pay-status]'),
  }
}
