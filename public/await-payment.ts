// The success page while the payment is on its way: polls the shop until the order is paid, then shows the purchase.

import { abortAfter } from './checkout/abort-after.ts'
import { texts } from './texts.ts'

const POLL_EVERY_MS = 1_500
const POLL_LATE_EVERY_MS = 5_000
const LATE_AFTER_MS = 60_000
const DEADLINE_MS = 15_000 // the shop may poll Code first, and allows it 2.5 s
const TOO_MANY_REQUESTS = 429

const waiting = document.querySelector<HTMLElement>('[data-await-intent]')
if (waiting) poll(waiting, performance.now())

async function poll(waiting: HTMLElement, since: number, wasLate = false): Promise<void> {
  if ((await isDecided(waiting.dataset.awaitIntent ?? '')) && (await showDecided())) return
  const isLate = performance.now() - since > LATE_AFTER_MS
  if (isLate && !wasLate) sayLate(waiting)
  setTimeout(poll, isLate ? POLL_LATE_EVERY_MS : POLL_EVERY_MS, waiting, since, isLate)
}

/** Says it once, because screen readers announce every change; never where the page has said already what holds the payment up. */
function sayLate(waiting: HTMLElement): void {
  if (waiting.dataset.awaitQuietly !== undefined) return
  waiting.textContent = texts.late
  document.querySelector('[data-await-contact]')?.removeAttribute('hidden')
}

/** Returns whether waiting longer changes nothing: the order is paid, or this browser holds no such order (any more). */
async function isDecided(intent: string): Promise<boolean> {
  try {
    const response = await fetch(`/intents/${intent}`, {
      headers: { Accept: 'application/json' },
      signal: abortAfter(DEADLINE_MS),
    })
    if (!response.ok) return isRefusal(response.status)
    return ((await response.json()) as { state: unknown }).state === 'paid'
  } catch {
    return false // the next poll may get through
  }
}

/** Returns whether the same request would be refused again. */
function isRefusal(status: number): boolean {
  return status >= 400 && status < 500 && status !== TOO_MANY_REQUESTS
}

/**
 * Shows what the shop has at this address now: the goods and the receipt, or why there are none. Returns false if it couldn't be
 * loaded, or is still waiting.
 */
async function showDecided(): Promise<boolean> {
  const page = await loadAgain()
  const decided = page?.querySelector('main')
  if (!page || !decided || decided.querySelector('[data-await-intent]')) return false
  document.title = page.title
  document.querySelector('main')?.replaceWith(decided)
  const heading = decided.querySelector('h1')
  heading?.setAttribute('tabindex', '-1')
  heading?.focus()
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
    request.onloadend = () => resolve(isPage(request.status) ? (request.responseXML ?? undefined) : undefined)
    request.send()
  })
}

/** Anything else may be another page in a moment. */
function isPage(status: number): boolean {
  return status === 200 || isRefusal(status)
}
