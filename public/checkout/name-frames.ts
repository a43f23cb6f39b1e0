// Code's element gives its frames no title, so a screen reader can't announce them.

import { texts } from '../texts.ts'

/** Code's window, where a payment or a tip is approved. It stands at the end of the page, apart from its button. */
export const WINDOW = 'payment-request-card'

const TITLES: Record<string, string> = {
  'payment-request-button': texts.buttonFrame,
  [WINDOW]: texts.paymentFrame,
}

/** Gives the element's frames their titles, now and whenever one is added. */
export function nameFrames(): void {
  nameAll()
  new MutationObserver(nameAll).observe(document.body, { childList: true, subtree: true })
}

/** Names the window that a button has opened, where the payment's name is not its own. */
export function nameWindow(title: string): void {
  const frame = document.querySelector<HTMLIFrameElement>(`iframe[name="${WINDOW}"]`)
  if (frame) frame.title = title
}

function nameAll(): void {
  for (const frame of document.querySelectorAll<HTMLIFrameElement>('iframe:not([title])')) {
    const title = frame.closest('[data-tip-button]') ? texts.tipFrame : TITLES[frame.name]
    if (title) frame.title = title
  }
}
