// Mounts Code's button on a product's page and does the shop's part. The shop decides what is paid: an event of the element
// proves nothing, and only leads to pages that ask the shop.

import * as code from '@code-wallet/elements'
import { type Offer, toDecimal } from '../money/index.ts'
import { checkCookies, showNoCookies } from './checkout/cookies.ts'
import { nameFrames } from './checkout/name-frames.ts'
import { say, showAgain, showKeptNotice, stay, unsay } from './checkout/notice.ts'
import {
  AlreadyYours,
  CookiesBlocked,
  NotOrdered,
  OfferChanged,
  requestOffer,
} from './checkout/request-offer.ts'
import { fill, texts } from './texts.ts'

type Button = NonNullable<ReturnType<typeof code.elements.create>['button']>
type Options = Parameters<typeof code.elements.create>[1]

const BUTTON_DEADLINE_MS = 10_000

/** A product on its page, and what has happened to it there. */
interface Sale {
  place: HTMLElement
  product: string
  /** In hundredths, as it came with the page */
  amount: string
  currency: string
  destination: string
  cancelUrl: string
  /** Code's button as it is mounted now; an error replaces it */
  button?: Button
  /** While an order is being placed: whether the element is to close its window */
  ordering?: Promise<boolean> | undefined
  intent?: string
  isLeaving?: boolean
}

const place = document.querySelector<HTMLElement>('[data-code-button]')
if (place) sell(place)
showKeptNotice()
if (place) checkCookies()

function sell(place: HTMLElement): void {
  const { product = '', amount = '', currency = '', destination = '' } = place.dataset
  const cancelUrl = new URL(`/cancel?${new URLSearchParams({ product })}`, location.href).href
  const sale: Sale = { place, product, amount, currency, destination, cancelUrl }
  // The element's window takes the amount that the element has when it is pressed.
  place.addEventListener('amountchosen', () => sale.button?.update({ amount: amountDue(sale) }))
  nameFrames()
  showButton(sale)
}

function showButton(sale: Sale): void {
  const button = createButton(sale)
  button.on('invoke', () => orderOnce(sale, button))
  button.on('success', async () => goToSuccess(sale))
  button.on('cancel', async () => stay(texts.cancelled))
  button.on('error', async ({ message }) => startOver(sale, button, message))
  sale.button = button
  const mount = document.createElement('div') // an element can't be mounted where another one has been
  sale.place.replaceChildren(mount)
  button.mount(mount)
  expectButton(sale)
}

function createButton(sale: Sale): Button {
  const { currency, destination, cancelUrl } = sale
  const success = new URL('/success/{{INTENT_ID}}', location.href).href
  const options = {
    currency,
    destination,
    amount: amountDue(sale),
    confirmParams: { success: { url: success }, cancel: { url: cancelUrl } },
  } as Options
  const { button } = code.elements.create('button', options)
  if (!button) throw new TypeError('Code’s element created no button')
  return button
}

/** Returns the chosen amount as Code's decimal. Without a valid choice, it is the amount that came with the page. */
function amountDue({ place, amount }: Sale): number {
  return toDecimal(Number(place.dataset.chosen || amount))
}

/** A double click sends one request. */
function orderOnce(sale: Sale, button: Button): Promise<boolean> {
  sale.ordering ??= order(sale, button).finally(() => (sale.ordering = undefined))
  return sale.ordering
}

/** Gives the element its intent. Returns true to close its window, which an error would leave open forever. */
async function order(sale: Sale, button: Button): Promise<boolean> {
  say('') // so that screen readers announce the same message again
  const { chosen } = sale.place.dataset
  if (chosen === '') return askForAmount(sale)
  try {
    const offer = await requestOffer(sale.product, chosen)
    if (!isOfThisPage(sale, offer, chosen ?? sale.amount)) return showAgain(texts.changed)
    sale.intent = offer.id
    button.update(detailsOf(sale, offer))
    return false
  } catch (error) {
    return explainFailure(error)
  }
}

/** Has choose-amount.ts explain what is missing. Returns true: close the window. */
function askForAmount({ place }: Sale): true {
  place.dispatchEvent(new Event('amountneeded'))
  return true
}

/** With other details, the element would create an intent of its own, which the shop doesn't know. */
function isOfThisPage({ currency, destination }: Sale, offer: Offer, expected: string): boolean {
  return String(offer.amount) === expected && offer.currency === currency && offer.destination === destination
}

/** This success URL carries a redemption code, for the browser that a wallet opens. This browser uses one without. */
function detailsOf({ cancelUrl }: Sale, { amount, clientSecret, successUrl }: Offer) {
  const confirmParams = { success: { url: successUrl }, cancel: { url: cancelUrl } }
  return { amount: toDecimal(amount), clientSecret, confirmParams } // another amount may have been chosen meanwhile
}

function explainFailure(error: unknown): true {
  if (error instanceof AlreadyYours) return showAgain(texts.paidBefore)
  if (error instanceof OfferChanged) return showAgain(texts.changed)
  if (error instanceof CookiesBlocked) return showNoCookies()
  if (error instanceof NotOrdered) return stay(error.message)
  reportError(error)
  return stay(fill(texts.notCharged, { reason: texts.notStarted }))
}

/** Navigates once: a second success would abort the first navigation. Returns true: the element must not navigate by itself. */
function goToSuccess(sale: Sale): true {
  if (!sale.isLeaving) location.assign(`/success/${sale.intent}`)
  sale.isLeaving = true
  return true
}

/** After an error, the element leaves its window open. The only way to close it is to unmount the whole element. */
function startOver(sale: Sale, button: Button, message: string): true {
  button.unmount()
  showButton(sale)
  return stay(describeCodeError(message))
}

/** The button's frame reports its size as soon as it runs. Until then it is hidden if it is late, since it may be a browser's error. */
function expectButton({ place }: Sale): void {
  const missing = setTimeout(() => reportMissing(place), BUTTON_DEADLINE_MS)
  addEventListener('message', function hear({ data }) {
    if (data?.payload?.event !== 'resize') return
    removeEventListener('message', hear)
    clearTimeout(missing)
    delete place.dataset.missing
    unsay(texts.noButton)
  })
}

function reportMissing(place: HTMLElement): void {
  place.dataset.missing = ''
  say(texts.noButton)
}

function describeCodeError(message: string): string {
  if (/already exists/.test(message)) return texts.otherTab
  if (message === 'stream_timed_out') return texts.noPayment
  if (message === 'stream_closed') return texts.cutOff
  return fill(texts.codeError, { error: message })
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
