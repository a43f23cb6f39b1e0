// Code's element gives its frames no title, so a screen reader can't announce them.

import { texts } from '../texts.ts'

const TITLES: Record<string, string> = {
  'payment-request-button': texts.buttonFrame,
  'payment-request-card': texts.paymentFrame,
}

/** Gives the element's frames their titles, now and whenever one is added. */
export function nameFrames(): void {
  nameAll()
  new MutationObserver(nameAll).observe(document.body, { childList: true, subtree: true })
}

function nameAll(): void {
  for (const frame of document.querySelectorAll<HTMLIFrameElement>('iframe:not([title])')) {
    const title = frame.closest('[data-tip-button]') ? texts.tipFrame : TITLES[frame.name]
    if (title) frame.title = title
  }
}
