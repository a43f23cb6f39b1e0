// Mounts Code's button on a product's page and does the shop's part. The shop decides what is paid: an event of the element
// proves nothing, and only leads to pages that ask the shop.

import * as code from '@code-wallet/elements'
import { type Offer, toDecimal } from '../money/index.ts'
import { nameFrames } from './checkout/name-frames.ts'
import { AlreadyYours, NotOrdered, OfferChanged, requestOffer } from './checkout/request-offer.ts'

type Button = NonNullable<ReturnType<typeof code.elements.create>['button']>
type Options = Parameters<typeof code.elements.create>[1]

const BUTTON_DEADLINE_MS = 10_000
const NO_BUTTON = 'The payment button didn’t load. Check your connection, then reload the page.'
const CHANGED =
  'The price or terms changed while this page was open. You haven’t been charged. Please review the updated offer and try again.'
const CANCELLED =
  'You haven’t been charged. If the payment goes through after all, you will still get your purchase.'
const PAID_BEFORE =
  'You haven’t been charged this time. An earlier payment of yours has arrived; see My purchases.'
const OTHER_TAB =
  'This order is open in another tab. Pay there, or close that tab and try again here. You won’t be charged twice.'
const NO_PAYMENT =
  'The payment timed out. If you already paid, press the button again: you’ll get your purchase and won’t be charged twice.'
const CUT_OFF =
  'The connection to Code was lost. If you already paid, press the button again: you’ll get your purchase and won’t be charged twice.'

const place = document.querySelector<HTMLElement>('[data-code-button]')
if (place) sell(place)

function sell(place: HTMLElement): void {
  const { product = '', amount = '', currency = '', destination = '' } = place.dataset
  const cancelUrl = new URL(`/cancel?${new URLSearchParams({ product })}`, location.href).href
  let intent: string | undefined
  let shown: Button | undefined
  let isLeaving = false

  function show(): void {
    const button = createButton()
    let asking: Promise<boolean> | undefined
    // A double click sends one request.
    button.on('invoke', () => (asking ??= order(button).finally(() => (asking = undefined))))
    button.on('success', async () => goToSuccess())
    button.on('cancel', async () => stay(CANCELLED))
    button.on('error', async ({ message }) => {
      // After an error, the element leaves its window open. The only way to close it is to unmount the whole element.
      button.unmount()
      show()
      return stay(describeCodeError(message))
    })
    shown = button
    const mount = document.createElement('div') // an element can't be mounted where another one has been
    place.replaceChildren(mount)
    button.mount(mount)
    expectButton()
  }

  function createButton(): Button {
    const success = new URL('/success/{{INTENT_ID}}', location.href).href
    const options = {
      currency,
      destination,
      amount: amountDue(),
      confirmParams: { success: { url: success }, cancel: { url: cancelUrl } },
    } as Options
    const { button } = code.elements.create('button', options)
    if (!button) throw new TypeError('Code’s element created no button')
    return button
  }

  /** Returns the chosen amount as Code's decimal. Without a valid choice, it is the amount that came with the page. */
  function amountDue(): number {
    return toDecimal(Number(place.dataset.chosen || amount))
  }

  /** Gives the element its intent. Returns true to close its window, which an error would leave open forever. */
  async function order(button: Button): Promise<boolean> {
    say('') // so that screen readers announce the same message again
    const { chosen } = place.dataset
    if (chosen === '') return askForAmount()
    try {
      const offer = await requestOffer(product, chosen)
      if (!isOfThisPage(offer, chosen ?? amount)) return showAgain(CHANGED)
      intent = offer.id
      // This success URL carries a redemption code, for the browser that a wallet opens. This browser uses one without.
      const { clientSecret, successUrl } = offer
      button.update({
        amount: toDecimal(offer.amount), // another one may have been chosen meanwhile
        clientSecret,
        confirmParams: { success: { url: successUrl }, cancel: { url: cancelUrl } },
      })
      return false
    } catch (error) {
      if (error instanceof AlreadyYours) return showAgain(PAID_BEFORE)
      if (error instanceof OfferChanged) return showAgain(CHANGED)
      if (error instanceof NotOrdered) return stay(error.message)
      reportError(error)
      return stay('You haven’t been charged. This page couldn’t start the payment. Reload it and try again.')
    }
  }

  /** With other details, the element would create an intent of its own, which the shop doesn't know. */
  function isOfThisPage(offer: Offer, expected: string): boolean {
    return (
      String(offer.amount) === expected && offer.currency === currency && offer.destination === destination
    )
  }

  /** Has choose-amount.ts explain what is missing. Returns true: close the window. */
  function askForAmount(): true {
    place.dispatchEvent(new Event('amountneeded'))
    return true
  }

  /** Navigates once: a second success would abort the first navigation. Returns true: the element must not navigate by itself. */
  function goToSuccess(): boolean {
    if (!isLeaving) location.assign(`/success/${intent}`)
    isLeaving = true
    return true
  }

  // The element's window takes the amount that the element has when it is pressed.
  place.addEventListener('amountchosen', () => shown?.update({ amount: amountDue() }))
  nameFrames()
  show()
}

/** The button's frame reports its size as soon as it runs. If it doesn't load, the browser itself shows no error. */
function expectButton(): void {
  const missing = setTimeout(() => say(NO_BUTTON), BUTTON_DEADLINE_MS)
  addEventListener('message', function hear({ data }) {
    if (data?.payload?.event !== 'resize') return
    removeEventListener('message', hear)
    clearTimeout(missing)
    if (statusLine()?.textContent === NO_BUTTON) say('')
  })
}

function describeCodeError(message: string): string {
  if (/already exists/.test(message)) return OTHER_TAB
  if (message === 'stream_timed_out') return NO_PAYMENT
  if (message === 'stream_closed') return CUT_OFF
  return `Code’s payment window reported an error (${message}). Try again: the shop reuses the same order, so you can’t be charged twice.`
}

/** Reloads the page, which then shows the product or another offer, and says why. Returns true: close the window. */
function showAgain(notice?: string): true {
  history.replaceState(notice ? { notice } : null, '')
  location.reload()
  return true
}

/** Shows a notice where the buyer looks once the window is closed. Returns true: close the window. */
function stay(notice: string): true {
  say(notice)
  const status = statusLine()
  if (status) status.tabIndex = -1
  status?.focus()
  return true
}

function say(notice: string): void {
  const status = statusLine()
  if (status) status.textContent = notice
}

function statusLine(): HTMLElement | null {
  return document.querySelector<HTMLElement>('[data-pay-status]')
}

if (history.state?.notice) {
  stay(history.state.notice)
  history.replaceState(null, '')
}

// A page restored from the browser's back/forward cache may show a button for what has been paid since.
addEventListener('pageshow', ({ persisted }) => {
  if (persisted) location.reload()
})

// Whenever the tab becomes visible, the element queries the state of its intent and leaves a failure unhandled. The shop
// polls by itself, and the element will try again.
addEventListener('unhandledrejection', (event) => {
  if (/^(Network error|Request failed with status code) /.test(event.reason?.message)) event.preventDefault()
})
