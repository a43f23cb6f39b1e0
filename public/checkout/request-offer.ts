// Asks the shop for an order, and puts into a buyer's words why there is none.

const DEADLINE_MS = 15_000 // the shop itself gives Code 10 s, and says so then

/** What the shop answers: `amount` in hundredths, and a success URL for the browser that a wallet opens. */
export interface Offer {
  id: string
  clientSecret: string
  amount: number
  currency: string
  destination: string
  successUrl: string
}

/** There is no order; the message tells the buyer why, and what to do. */
export class NotOrdered extends Error {}

/** This browser holds the product, so there is nothing to pay. */
export class AlreadyYours extends Error {}

/** The shop has another offer than this page shows. */
export class OfferChanged extends Error {}

/**
 * Orders the product, or resumes the order that this browser has open for it. `chosen`: hundredths, where the buyer
 * chooses what to pay. Throws NotOrdered, AlreadyYours, OfferChanged.
 */
export async function requestOffer(product: string, chosen?: string): Promise<Offer> {
  const response = await post({ product, ...(chosen && { hundredths: Number(chosen) }) })
  if (response.status === 400) throw new OfferChanged()
  if (response.status === 409) throw new AlreadyYours()
  if (!response.ok) throw new NotOrdered(explain(response))
  return readOffer(response)
}

async function post(order: { product: string; hundredths?: number }): Promise<Response> {
  try {
    return await fetch('/create-intent', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Accept: 'application/json' },
      body: JSON.stringify(order),
      signal: AbortSignal.timeout(DEADLINE_MS),
    })
  } catch (cause) {
    throw new NotOrdered(explainSilence(cause), { cause })
  }
}

function explainSilence(cause: unknown): string {
  return cause instanceof DOMException && cause.name === 'TimeoutError'
    ? 'The shop did not answer in time. Nothing was charged. Try again: it takes up the same order, so nothing is paid twice.'
    : 'The shop cannot be reached. Nothing was charged. Check your connection and try again.'
}

function explain({ status, headers }: Response): string {
  const wait = headers.get('Retry-After')
  const later = wait ? `in ${wait} ${wait === '1' ? 'second' : 'seconds'}` : 'in a moment'
  switch (status) {
    case 403:
      return 'The shop takes orders only from its own pages, and this address is not one that it knows. Nothing was charged. Open the shop under its own address and try again.'
    case 404:
      return 'This product is no longer for sale. Nothing was charged. If it comes back, try again.'
    case 422:
      return 'Code does not take this price at the moment. Nothing was charged. Try again later, or tell the merchant.'
    case 429:
      return `Too many orders were started from here. Nothing was charged. Try again ${later}.`
    case 502:
      return 'Code did not take the payment request. Nothing was charged. Try again in a moment; if it stays like that, tell the merchant.'
    case 503:
      return `Payments are not possible right now. Nothing was charged. Try again ${later}.`
    case 504:
      return 'Code did not answer in time. Nothing was charged. Try again: it takes up the same order, so nothing is paid twice.'
    default:
      return `The shop could not take the order (${status}). Nothing was charged. Try again in a moment.`
  }
}

async function readOffer(response: Response): Promise<Offer> {
  try {
    const answer: unknown = await response.json()
    if (isOffer(answer)) return answer
  } catch (cause) {
    throw new NotOrdered(BROKEN, { cause })
  }
  throw new NotOrdered(BROKEN)
}

const BROKEN = 'The shop’s answer arrived broken. Nothing was charged. Try again in a moment.'

function isOffer(answer: unknown): answer is Offer {
  if (typeof answer !== 'object' || answer === null) return false
  const { amount, ...texts } = answer as Record<string, unknown>
  const expected = ['id', 'clientSecret', 'currency', 'destination', 'successUrl']
  return typeof amount === 'number' && expected.every((name) => typeof texts[name] === 'string')
}
