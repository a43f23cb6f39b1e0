// The success page while the money is on its way: asks the shop until the order is paid, then shows what stands ready.

const ASK_EVERY_MS = 1_500
const ASK_LATE_EVERY_MS = 5_000
const HONEST_AFTER_MS = 60_000
const DEADLINE_MS = 15_000 // the shop may ask Code meanwhile, and gives it 10 s
const HONEST =
  'The payment has not arrived yet, and this page goes on waiting for it. You can also close it: as soon as the payment arrives, it counts, and the product opens in this browser.'
// As the shop writes it.
const MINUTE_IN_UTC = new Intl.DateTimeFormat('en-GB', {
  dateStyle: 'long',
  timeStyle: 'short',
  timeZone: 'UTC',
})

interface OrderState {
  state: 'pending' | 'paid'
  paidAt?: string
}

const waiting = document.querySelector<HTMLElement>('[data-await-intent]')
if (waiting) ask(waiting, performance.now())

async function ask(waiting: HTMLElement, since: number): Promise<void> {
  const order = await look(waiting.dataset.awaitIntent ?? '')
  if (order?.state === 'paid') return showPaid(order.paidAt ?? '')
  const isLate = performance.now() - since > HONEST_AFTER_MS
  if (isLate && waiting.textContent !== HONEST) waiting.textContent = HONEST // said once: it is a live region
  setTimeout(ask, isLate ? ASK_LATE_EVERY_MS : ASK_EVERY_MS, waiting, since)
}

async function look(intent: string): Promise<OrderState | undefined> {
  try {
    const response = await fetch(`/intents/${intent}`, {
      headers: { Accept: 'application/json' },
      signal: AbortSignal.timeout(DEADLINE_MS),
    })
    return response.ok ? ((await response.json()) as OrderState) : undefined
  } catch {
    return undefined // the connection may come back
  }
}

function showPaid(paidAt: string): void {
  const time = document.querySelector<HTMLTimeElement>('[data-paid-at]')
  if (time) {
    time.dateTime = paidAt
    time.textContent = `${MINUTE_IN_UTC.format(new Date(paidAt))} UTC`
  }
  for (const section of document.querySelectorAll<HTMLElement>('[data-while]')) {
    section.hidden = section.dataset.while !== 'paid'
  }
  document.title = document.title.replace(/^[^·]*/, 'Paid ')
  document.querySelector<HTMLElement>('[data-while="paid"] h1')?.focus()
}
