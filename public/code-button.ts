// Mounts Code's button on a product's page and does the shop's part. The shop decides what is paid: an event of the element
// proves nothing, and only leads to pages that ask the shop.

import * as code from '@code-wallet/elements'
import { type Offer, readFees, toDecimal, writeFees } from '../money/index.ts'
import { checkCookies, showNoCookies } from './checkout/cookies.ts'
import { type Button, expectWindow, mountButton, type Offered, offerButton } from './checkout/mount-button.ts'
import { nameFrames } from './checkout/name-frames.ts'
import { say, showAgain, showKeptNotice, stay } from './checkout/notice.ts'
import {
  AlreadyYours,
  CookiesBlocked,
  NotOrdered,
  OfferChanged,
  requestOffer,
} from './checkout/request-offer.ts'
import { offerTip } from './checkout/tip.ts'
import { fill, texts } from './texts.ts'

type Options = Parameters<typeof code.elements.create>[1]

/** A product on its page, and what has happened to it there. */
interface Sale extends Offered {
  product: string
  cancelUrl: string
  /** While an order is being placed: whether the element is to close its window */
  ordering?: Promise<boolean> | undefined
  /** The one that it was offered with last, which may be paid although its window has failed */
  intent?: string
  isLeaving?: boolean
}

const place = document.querySelector<HTMLElement>('[data-code-button]')
const tip = document.querySelector<HTMLElement>('[data-tip-button]')
if (place || tip) nameFrames()
if (place) sell(place)
if (tip) offerTip(tip)
showKeptNotice()
checkCookies()

function sell(place: HTMLElement): void {
  const { product = '' } = place.dataset
  const cancelUrl = new URL(`/cancel?${new URLSearchParams({ product })}`, location.href).href
  const sale: Sale = { place, line: 'pay', create: () => createButton(sale), product, cancelUrl }
  place.addEventListener('pricechosen', () => followChoice(sale))
  offerButton(sale)
}

/** The element's window takes the amount and currency that the element has when it is pressed. Until it has its intent, they stay. */
function followChoice({ place, button, ordering }: Sale): void {
  if (!ordering) button?.update(priceOf(place))
}

function createButton(sale: Sale): Button {
  const { place, cancelUrl } = sale
  const { destination = '', fees = '' } = place.dataset
  const success = new URL('/success/{{INTENT_ID}}', location.href).href
  const options = {
    ...priceOf(place),
    destination,
    ...(fees !== '' && { fees: readFees(fees) }), // even an empty list would make another intent
    confirmParams: { success: { url: success }, cancel: { url: cancelUrl } },
  } as Options
  const { button } = code.elements.create('button', options)
  if (!button) throw new TypeError('Code’s element created no button')
  button.on('invoke', () => orderOnce(sale, button))
  button.on('success', async () => goToSuccess(sale))
  button.on('cancel', async () => stay(texts.cancelled))
  button.on('error', async ({ message }) => startOver(sale, describeCodeError(message)))
  return button
}

/** Returns what is due, with Code's decimal as its amount. Without a valid choice, it is the amount that came with the page. */
function priceOf({ dataset }: HTMLElement): Pick<Options, 'amount' | 'currency'> {
  const { chosen, amount, currency } = dataset
  return { amount: toDecimal(Number(chosen || amount)), currency } as Pick<Options, 'amount' | 'currency'>
}

/** A double click sends one request. */
function orderOnce(sale: Sale, button: Button): Promise<boolean> {
  sale.ordering ??= order(sale, button).finally(() => {
    sale.ordering = undefined
    setTimeout(followChoice, 0, sale) // once the element has taken its intent from what it was opened with
  })
  return sale.ordering
}

/** Gives the element its intent. Returns true to close its window, which an error would leave open forever. */
async function order(sale: Sale, button: Button): Promise<boolean> {
  say('') // so that screen readers announce the same message again
  const shown = { ...sale.place.dataset }
  if (shown.chosen === '') return askForAmount(sale)
  try {
    const offer = await requestOffer(sale.product, shown, sale.intent)
    if (!isOfThisPage(shown, offer)) return showAgain(texts.changed)
    sale.intent = offer.id
    button.update(detailsOf(sale, offer))
    expectWindow(() => startOver(sale, texts.noWindow))
    return false
  } catch (error) {
    return explainFailure(error)
  }
}

/** Has choose-price.ts explain what is missing. Returns true: close the window. */
function askForAmount({ place }: Sale): true {
  place.dispatchEvent(new Event('amountneeded'))
  return true
}

/** With other details, the element would create an intent of its own, which the shop doesn't know. */
function isOfThisPage({ amount, chosen, currency, destination, fees }: DOMStringMap, offer: Offer): boolean {
  return (
    String(offer.amount) === (chosen ?? amount) &&
    offer.currency === currency &&
    offer.destination === destination &&
    writeFees(offer.fees ?? []) === fees
  )
}

/** This success URL carries a redemption code, for the browser that a wallet opens. This browser uses one without. */
function detailsOf({ cancelUrl }: Sale, { clientSecret, successUrl }: Offer) {
  return { clientSecret, confirmParams: { success: { url: successUrl }, cancel: { url: cancelUrl } } }
}

function explainFailure(error: unknown): true {
  if (error instanceof AlreadyYours) return showAgain(texts.paidBefore)
  if (error instanceof OfferChanged) return showAgain(texts.changed)
  if (error instanceof CookiesBlocked) return showNoCookies()
  if (error instanceof NotOrdered) return stay(error.message)
  setTimeout(throwAgain, 0, error) // for the console: reportError() is newer than the oldest browsers that can pay
  return stay(fill(texts.notCharged, { reason: texts.notStarted }))
}

function throwAgain(error: unknown): never {
  throw error
}

/** Navigates once: a second success would abort the first navigation. Returns true: the element must not navigate by itself. */
function goToSuccess(sale: Sale): true {
  if (!sale.isLeaving) location.assign(`/success/${sale.intent}`)
  sale.isLeaving = true
  return true
}

/** After an error, the element leaves its window open. The only way to close it is to unmount the whole element. */
function startOver(sale: Sale, notice: string): true {
  mountButton(sale)
  return stay(notice)
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
