// The success page while the money is on its way: asks the shop until the order is paid, then shows it.

const ASK_EVERY_MS = 1_500
const HONEST_AFTER_MS = 60_000

const waiting = document.querySelector<HTMLElement>('[data-await-intent]')
if (waiting) ask(waiting, performance.now())

async function ask(waiting: HTMLElement, since: number): Promise<void> {
  if (await isPaid(waiting.dataset.awaitIntent ?? '')) return location.reload()
  if (performance.now() - since > HONEST_AFTER_MS) {
    waiting.textContent =
      'The payment has not arrived yet. You can close this page: as soon as it arrives, it counts, and the product opens in this browser.'
  }
  setTimeout(ask, ASK_EVERY_MS, waiting, since)
}

async function isPaid(intent: string): Promise<boolean> {
  try {
    const response = await fetch(`/intents/${intent}`, { headers: { Accept: 'application/json' } })
    return response.ok && ((await response.json()) as { state: string }).state === 'paid'
  } catch {
    return false // the connection may come back
  }
}
