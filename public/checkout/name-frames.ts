// Code's element leaves its frames without a title, so that a screen reader has no words for them.

const TITLES: Record<string, string> = {
  'payment-request-button': 'Button to pay with Code',
  'payment-request-card': 'Payment with Code',
}

/** Gives the element's frames their titles, those that are there and those that come. */
export function nameFrames(): void {
  nameAll()
  new MutationObserver(nameAll).observe(document.body, { childList: true, subtree: true })
}

function nameAll(): void {
  for (const frame of document.querySelectorAll<HTMLIFrameElement>('iframe:not([title])')) {
    const title = TITLES[frame.name]
    if (title) frame.title = title
  }
}
