// The success page while the money is on its way: asks the shop until the order is paid, then shows what stands ready.

const ASK_EVERY_MS = 1_500
const ASK_LATE_EVERY_MS = 5_000
const HONEST_AFTER_MS = 60_000
const DEADLINE_MS = 15_000 // the shop may ask Code meanwhile, and gives it 10 s
const HONEST =
  'The payment has not arrived yet, and this page goes on waiting for it. You can also close it: as soon as the payment arrives, it counts, and the product opens in this browser.'

const waiting = document.querySelector<HTMLElement>('[data-await-intent]')
if (waiting) ask(waiting, performance.now())

async function ask(waiting: HTMLElement, since: number): Promise<void> {
  if ((await isPaid(waiting.dataset.awaitIntent ?? '')) && (await showPaid())) return
  const isLate = performance.now() - since > HONEST_AFTER_MS
  if (isLate && waiting.textContent !== HONEST) waiting.textContent = HONEST // said once: it is a live region
  setTimeout(ask, isLate ? ASK_LATE_EVERY_MS : ASK_EVERY_MS, waiting, since)
}

async function isPaid(intent: string): Promise<boolean> {
  try {
    const response = await fetch(`/intents/${intent}`, {
      headers: { Accept: 'application/json' },
      signal: AbortSignal.timeout(DEADLINE_MS),
    })
    return response.ok && ((await response.json()) as { state: unknown }).state === 'paid'
  } catch {
    return false // the connection may come back
  }
}

/** Puts in what the shop shows now at this address: the goods and the receipt. False: it could not be had. */
async function showPaid(): Promise<boolean> {
  const page = await loadAgain()
  const paid = page?.querySelector('main')
  if (!page || !paid || paid.querySelector('[data-await-intent]')) return false
  document.title = page.title
  document.querySelector('main')?.replaceWith(paid)
  paid.querySelector('h1')?.focus()
  return true
}

/** By XMLHttpRequest, because it makes the document itself: Trusted Types let no text of ours become markup. */
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
