// Orders at the shop, and tells the buyer why an order wasn't taken: in the shop's words, wherever it has answered.

import type { Offer } from '../../money/index.ts'
import { fill, formOf, inDigits, texts } from '../texts.ts'
import { abortAfter } from './abort-after.ts'
import { keepsCookies } from './cookies.ts'

// The coupon of the page can't be used any more, or makes it free by now, or the merchant has withdrawn the product.
const OTHER_OFFERS: unknown[] = ['coupon-unusable', 'nothing-to-pay', 'product-withdrawn'].map(
  (code) => `/problems/${code}`,
)
const DEADLINE_MS = 15_000 // the shop allows Code 9 s, and reports a timeout itself

/** There is no order, so nothing was charged, and the message says so first. `reason`: sentences on why, and what to do. */
export class NotOrdered extends Error {
  constructor(reason: string, options?: ErrorOptions) {
    super(fill(texts.notCharged, { reason }), options)
  }
}

/** The cookie of this page didn't come back, so this browser couldn't keep what is bought. */
export class CookiesBlocked extends Error {}

/** The page's intent is of a buyer that this browser no longer is: it has lost its cookies since. */
class NotHeld extends Error {}

/** This browser already has the product, or an earlier payment for it has come, so there is nothing to pay. */
export class AlreadyYours extends Error {}

/** The shop has another offer than this page shows. */
export class OfferChanged extends Error {}

/**
 * Orders the product in a currency, or reuses the order that this browser has open for it. `chosen`: hundredths, where the
 * buyer chooses what to pay; `coupon`: the code of one; `unlessPaid`: an intent whose payment may have come since. Throws
 * NotOrdered, AlreadyYours, CookiesBlocked, OfferChanged.
 */
export async function requestOffer(
  product: string,
  shown: { chosen?: string; currency?: string; coupon?: string },
  unlessPaid?: string,
): Promise<Offer> {
  const { chosen, currency, coupon } = shown
  const order = { product, currency, coupon, unlessPaid, ...(chosen && { hundredths: Number(chosen) }) }
  const response = await inTurn(() => post(order))
  if (response.status === 400) throw new OfferChanged()
  if (response.ok) return readOffer(response)
  const error = await explain(response)
  if (error instanceof NotHeld) return requestOffer(product, shown)
  throw error
}

/**
 * Waits for the order of another tab: the first answer makes this browser a buyer, and must be the only one that does.
 * There are no locks over http, except on this machine, and none for a browser that keeps no cookies.
 */
function inTurn(order: () => Promise<Response>): Promise<Response> {
  return navigator.locks && keepsCookies() ? navigator.locks.request('order', order) : order()
}

async function post(order: object): Promise<Response> {
  try {
    return await fetch('/create-intent', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Accept: 'application/json' },
      body: JSON.stringify(order),
      signal: abortAfter(DEADLINE_MS),
    })
  } catch (cause) {
    throw new NotOrdered(reasonForSilence(cause), { cause })
  }
}

function reasonForSilence(cause: unknown): string {
  return cause instanceof DOMException && cause.name === 'AbortError' ? texts.silent : texts.unreachable
}

/** Reads the shop's own explanation (RFC 9457). Without one, something in between has answered. */
async function explain(response: Response): Promise<Error> {
  const wait = response.headers.get('Retry-After')
  const isInSeconds = wait !== null && /^\d{1,5}$/.test(wait) // RFC 9110, section 10.2.3, also allows a date
  const later = isInSeconds ? fill(formOf(texts.againIn, Number(wait)), { wait: inDigits(Number(wait)) }) : ''
  const problem: { type?: unknown; explanation?: unknown } | null = await response.json().catch(() => null)
  if (problem?.type === '/problems/cookies-blocked') return new CookiesBlocked()
  if (problem?.type === '/problems/order-not-found') return new NotHeld()
  if (response.status === 409 && problem?.type !== '/problems/payment-unproven') return new AlreadyYours()
  if (OTHER_OFFERS.includes(problem?.type)) return new OfferChanged()
  return new NotOrdered(
    typeof problem?.explanation === 'string'
      ? problem.explanation + later
      : fill(texts.notTaken, { status: String(response.status) }) + (later || texts.again),
  )
}

async function readOffer(response: Response): Promise<Offer> {
  try {
    const answer: unknown = await response.json()
    if (isOffer(answer)) return answer
  } catch (cause) {
    throw new NotOrdered(texts.incomplete, { cause })
  }
  throw new NotOrdered(texts.incomplete)
}

function isOffer(answer: unknown): answer is Offer {
  if (typeof answer !== 'object' || answer === null) return false
  const { amount, ...texts } = answer as Record<string, unknown>
  const expected = ['id', 'clientSecret', 'currency', 'destination', 'successUrl']
  return typeof amount === 'number' && expected.every((name) => typeof texts[name] === 'string')
}
