// The button on a product's page: asks the shop for an intent, and goes to the wallet with it.

interface Offer {
  id: string
  amount: number
  currency: string
  destination: string
}

interface Problem {
  title?: string
  detail?: string
}

for (const button of document.querySelectorAll<HTMLButtonElement>('[data-pay]')) {
  button.addEventListener('click', () => pay(button))
  button.disabled = false
}

async function pay(button: HTMLButtonElement): Promise<void> {
  button.disabled = true
  say('Asking Code for a payment request …')
  try {
    await order(button)
  } catch {
    say('The shop cannot be reached. Nothing was charged; check the connection and try again.')
    button.disabled = false
  }
}

async function order(button: HTMLButtonElement): Promise<void> {
  const { product, wallet } = button.dataset
  const response = await fetch('/create-intent', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Accept: 'application/json' },
    body: JSON.stringify({ product }),
  })
  if (response.ok) return openWallet(button, wallet ?? '', (await response.json()) as Offer)
  if (response.status === 409) return location.reload() // it is yours already, so the page shows it
  const { title, detail } = (await response.json()) as Problem
  say(`${title ?? 'That did not work'}. ${detail ?? ''}`)
  button.disabled = false
}

/** An offer that isn't the one on the page was changed meanwhile: the buyer sees the new one before paying. */
function openWallet(button: HTMLButtonElement, wallet: string, offer: Offer): void {
  const { amount, currency, destination, product } = button.dataset
  if (String(offer.amount) !== amount || offer.currency !== currency || offer.destination !== destination) {
    location.reload()
    return
  }
  const cancel = new URL('/cancel', location.href)
  if (product) cancel.searchParams.set('product', product)
  // This browser holds the order, so it comes back without a redemption code, under the name that it knows the shop by.
  const success = new URL(`/success/${offer.id}`, location.href)
  location.href = `${wallet}/${offer.id}?${new URLSearchParams({ success: success.href, cancel: cancel.href })}`
}

function say(text: string): void {
  const status = document.querySelector('[data-pay-status]')
  if (status) status.textContent = text
}
