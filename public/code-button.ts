// Code's own button on the page of a product: it shows, and this page does the shop's part. What is paid is decided by
// the shop; what the element says here is hearsay, and leads only to pages that ask the shop.

import * as code from '@code-wallet/elements'
import { toDecimal } from '../money/index.ts'
import { nameFrames } from './checkout/name-frames.ts'
import { AlreadyYours, NotOrdered, type Offer, OfferChanged, requestOffer } from './checkout/request-offer.ts'

type Button = NonNullable<ReturnType<typeof code.elements.create>['button']>
type Options = Parameters<typeof code.elements.create>[1]

const BUTTON_DEADLINE_MS = 10_000
const NO_BUTTON = 'Code’s button does not answer. Check your connection, or reload the page in a while.'
const CHANGED =
  'The offer had changed, and the page shows the new one now. Nothing was charged. Look at it, and try again.'
const CANCELLED =
  'Nothing was charged. Should a payment of yours arrive all the same, it counts, and the product is yours.'
const PAID_BEFORE =
  'An earlier payment of yours has arrived: see My purchases. This time, you haven’t been charged.'
const OTHER_TAB =
  'This order is open in another tab. Pay it there, or close that tab and try again here. Nothing is charged twice.'
const NO_PAYMENT =
  'The payment window is closed, since no payment came for a while. If you have paid, press the button again: you get the product, and nothing is charged twice.'
const CUT_OFF =
  'The connection to Code broke off. If you have paid, press the button again: you get the product, and nothing is charged twice.'

const place = document.querySelector<HTMLElement>('[data-code-button]')
if (place) sell(place)

function sell(place: HTMLElement): void {
  const { product = '', amount = '', currency = '', destination = '' } = place.dataset
  const cancelUrl = new URL(`/cancel?${new URLSearchParams({ product })}`, location.href).href
  let intent: string | undefined
  let shown: Button | undefined

  function show(): void {
    const button = createButton()
    let asking: Promise<boolean> | undefined
    // A double click is one question to the shop.
    button.on('invoke', () => (asking ??= order(button).finally(() => (asking = undefined))))
    button.on('success', async () => goToSuccess())
    button.on('cancel', async () => stay(CANCELLED))
    button.on('error', async ({ message }) => {
      // On an error in its window the element leaves that open. It can only be taken off the page, as a whole.
      button.unmount()
      show()
      return stay(explain(message))
    })
    shown = button
    const mount = document.createElement('div') // one that was mounted on before is refused
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
    if (!button) throw new TypeError('Code’s element has made no button')
    return button
  }

  /** Code's decimal of what the buyer chose or, while that is not an amount or not theirs to choose, of what the page says. */
  function amountDue(): number {
    return toDecimal(Number(place.dataset.chosen || amount))
  }

  /** Gives the element its intent. True closes its window; an error would leave it open for ever. */
  async function order(button: Button): Promise<boolean> {
    say('') // so that the same words, should they come again, are told again
    const { chosen } = place.dataset
    if (chosen === '') return askForAmount()
    try {
      const offer = await requestOffer(product, chosen)
      if (!isOfThisPage(offer, chosen ?? amount)) return showAgain(CHANGED)
      intent = offer.id
      // This success URL has a redemption code, for the browser that a wallet opens. This browser goes to one without.
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
      return stay(
        'This page could not start the payment. Nothing was charged. Reload the page and try again.',
      )
    }
  }

  /** With other details the element would make an intent of its own, which the shop doesn't know. */
  function isOfThisPage(offer: Offer, expected: string): boolean {
    return (
      String(offer.amount) === expected && offer.currency === currency && offer.destination === destination
    )
  }

  /** choose-amount.ts says what is missing, and where. True: there is nothing to pay yet. */
  function askForAmount(): true {
    place.dispatchEvent(new Event('amountneeded'))
    return true
  }

  /** Also when the element says it twice: to where the browser is going already. True: the element leads nowhere. */
  function goToSuccess(): boolean {
    location.assign(`/success/${intent}`)
    return true
  }

  // The element's window takes the amount that the element has when it is pressed.
  place.addEventListener('amountchosen', () => shown?.update({ amount: amountDue() }))
  nameFrames()
  show()
}

/** The button's frame tells its size as soon as it runs. Where it doesn't, the browser shows nothing that explains it. */
function expectButton(): void {
  const missing = setTimeout(() => say(NO_BUTTON), BUTTON_DEADLINE_MS)
  addEventListener('message', function hear({ data }) {
    if (data?.payload?.event !== 'resize') return
    removeEventListener('message', hear)
    clearTimeout(missing)
    if (statusLine()?.textContent === NO_BUTTON) say('')
  })
}

function explain(message: string): string {
  if (/already exists/.test(message)) return OTHER_TAB
  if (message === 'stream_timed_out') return NO_PAYMENT
  if (message === 'stream_closed') return CUT_OFF
  return `Code’s payment window reports an error (${message}). Try again: it takes up the same order, so nothing is paid twice.`
}

/** The page as the shop makes it now: with the product, or with another offer. Says why, once it is there. */
function showAgain(notice?: string): true {
  history.replaceState(notice ? { notice } : null, '')
  location.reload()
  return true
}

/** Says it where the buyer looks next, now that the window is closed. True: it is to be closed. */
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

// A page that comes back from the browser's memory may show a button for what is paid by now.
addEventListener('pageshow', ({ persisted }) => {
  if (persisted) location.reload()
})

// Whenever the tab is looked at again, the element asks Code how its intent is, and lets a failure go unhandled. The shop
// asks by itself, and the element will ask again.
addEventListener('unhandledrejection', (event) => {
  if (/^(Network error|Request failed with status code) /.test(event.reason?.message)) event.preventDefault()
})
