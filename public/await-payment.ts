// The success page while the payment is on its way: polls the shop until the order is paid, then shows the purchase.

import { abortAfter } from './checkout/abort-after.ts'
import { texts } from './texts.ts'

const POLL_EVERY_MS = 1_500
const POLL_LATE_EVERY_MS = 5_000
const LATE_AFTER_MS = 60_000
const DEADLINE_MS = 15_000 // the shop may poll Code first, and allows it 10 s

const waiting = document.querySelector<HTMLElement>('[data-await-intent]')
if (waiting) poll(waiting, performance.now())

async function poll(waiting: HTMLElement, since: number): Promise<void> {
  if ((await isPaid(waiting.dataset.awaitIntent ?? '')) && (await showPaid())) return
  const isLate = performance.now() - since > LATE_AFTER_MS
  if (isLate && waiting.textContent !== texts.late) waiting.textContent = texts.late // set once: screen readers announce every change of it
  setTimeout(poll, isLate ? POLL_LATE_EVERY_MS : POLL_EVERY_MS, waiting, since)
}

async function isPaid(intent: string): Promise<boolean> {
  try {
    const response = await fetch(`/intents/${intent}`, {
      headers: { Accept: 'application/json' },
      signal: abortAfter(DEADLINE_MS),
    })
    return response.ok && ((await response.json()) as { state: unknown }).state === 'paid'
  } catch {
    return false // the next poll may get through
  }
}

/** Shows what the shop has at this address now: the goods and the receipt. Returns false if it couldn't be loaded. */
async function showPaid(): Promise<boolean> {
  const page = await loadAgain()
  const paid = page?.querySelector('main')
  if (!page || !paid || paid.querySelector('[data-await-intent]')) return false
  document.title = page.title
  document.querySelector('main')?.replaceWith(paid)
  paid.querySelector('h1')?.focus()
  return true
}

/** Uses XMLHttpRequest because it parses the document itself: Trusted Types forbid turning text into markup. */
function loadAgain(): Promise<Document | undefined> {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest()
    request.open('GET', location.href)
    request.setRequestHeader('Accept', 'text/html')
    request.responseType = 'document'
    request.timeout = DEADLINE_MS
    request.onloadend = () => resolve(request.status === 200 ? (request.responseXML ?? undefined) : undefined)
    request.send()
  })
}
