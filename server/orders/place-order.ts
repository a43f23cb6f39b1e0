import type { OrderTerms } from '../../db/index.ts'
import type { Offer } from '../../money/index.ts'
import type { Product } from '../catalog/index.ts'
import { ShopError } from '../errors.ts'
import type { Shop } from '../shop.ts'
import { alreadyYours, assertNotYours } from './already-yours.ts'
import { chooseOrder, exchangeIntent } from './choose-order.ts'
import { offerIntent } from './offer-intent.ts'
import type { Visitor } from './visitor.ts'

const DEADLINE_MS = 9_000 // each call to Code has its own deadline; this one is for many slow calls in a row
const ATTEMPTS = 3 // if Code already knows the intent from someone else, we create a new one, but only this many times

/**
 * Offers the product to the buyer at these terms: stores the order, then creates its intent at Code, then registers the webhook.
 * Throws already-yours, amount-unpayable, coupon-unusable, intent-refused, payment-unproven, sequencer-down, sequencer-failed,
 * sequencer-silent and too-many-requests. If Code is the reason, an order that was stored stays open, and the next try sends the same
 * intent again.
 */
export function placeOrder(
  shop: Shop,
  visitor: Visitor,
  product: Product,
  terms: OrderTerms,
): Promise<Offer> {
  return inTime(offerUntilOurs(shop, visitor, product, terms))
}

async function offerUntilOurs(
  shop: Shop,
  visitor: Visitor,
  product: Product,
  terms: OrderTerms,
): Promise<Offer> {
  await assertNotYours(shop, visitor.buyer, product)
  let candidate = await chooseOrder(shop, visitor, product, terms)
  for (let attempt = 1; candidate !== 'paid'; attempt++) {
    const outcome = await offerIntent(shop, candidate)
    if (typeof outcome === 'object') return outcome
    if (outcome === 'paid') break
    if (attempt === ATTEMPTS) throw new ShopError('intent-refused', (t) => t.codeHasOthers())
    candidate = await exchangeIntent(shop, candidate)
  }
  throw alreadyYours(product)
}

/** Work that continues after the deadline ends by itself: the next try finds the order that it stores, and sends the same intent again. */
async function inTime<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const silence = new Promise<never>((_resolve, reject) => {
    const late = new ShopError('sequencer-silent', ({ codeSlow }) => codeSlow(DEADLINE_MS))
    timer = setTimeout(reject, DEADLINE_MS, late)
  })
  try {
    return await Promise.race([work, silence])
  } finally {
    clearTimeout(timer)
  }
}
