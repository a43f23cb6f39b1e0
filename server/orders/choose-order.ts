import {
  findEarlierOrder,
  findOpenOrder,
  findUnpaidIntents,
  type Grant,
  type Moment,
  newId,
  type OlderOrders,
  type OpenOrder,
  type OrderTerms,
  reopenOrder,
  replaceIntent,
  storeOrder,
} from '../../db/index.ts'
import { kindOf, type Product } from '../catalog/index.ts'
import { type PreparedIntent, prepareIntent } from '../code/index.ts'
import { ShopError } from '../errors.ts'
import { rightNow } from '../local-days.ts'
import type { Shop } from '../shop.ts'
import { onlyOnce } from './already-yours.ts'
import { couponUseOf, storeWithUse } from './coupons.ts'
import { FIRST_POLL_MS } from './poll.ts'
import { pollUnlessRefused } from './poll-for-buyer.ts'
import { countOrder } from './shares.ts'
import { OFFER_LIFE_MS } from './terms.ts'
import type { Visitor } from './visitor.ts'

const OLDER_POLLED = 5 // intents, of the buyer's newest orders of the product
const ATTEMPTS = 5 // of as many tabs that order something else at once, each comes to its turn

/** An order, and its intent ready to be sent. */
export interface Candidate {
  order: OpenOrder
  prepared: PreparedIntent
}

/** What the page shows: the terms, and what the order gives once it is paid. */
interface Wanted {
  terms: OrderTerms
  grants: readonly Grant[]
}

/**
 * Chooses the open order if it can be used again: the same intent, so that nothing is paid twice. Otherwise an earlier one at the
 * same terms, or a new one; none if another order of the buyer's turns out to be paid. Throws too-many-requests if other tabs of
 * the buyer are faster each time, coupon-unusable, and what polling older orders throws.
 */
export async function chooseOrder(
  shop: Shop,
  visitor: Visitor,
  product: Product,
  terms: OrderTerms,
): Promise<Candidate | 'paid'> {
  const wanted = { terms, grants: kindOf(product).grants(product) }
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    const chosen = await tryToChoose(shop, visitor, product, wanted)
    if (chosen !== 'overtaken') return chosen
  }
  throw new ShopError('too-many-requests', (t) => t.ordersAtOnce())
}

/** `overtaken`: another tab was faster, and its buyer chose something else there, such as another amount. */
async function tryToChoose(
  shop: Shop,
  visitor: Visitor,
  product: Product,
  wanted: Wanted,
): Promise<Candidate | 'paid' | 'overtaken'> {
  const { buyer } = visitor
  const open = await findOpenOrder(shop.db, buyer, product.slug)
  const reusable = open && isReusable(shop, open, wanted) ? open : undefined
  if (await hasPaidOlderOrder(shop, { buyer, product: product.slug, except: reusable?.intent })) return 'paid'
  if (reusable) return asCandidate(reusable)
  const reopened = open && (await reopen(shop, visitor, product, { open, wanted }))
  if (reopened) return asCandidate(reopened)
  const { terms, grants } = wanted
  const prepared = prepareIntent(terms)
  const moment = momentOf(shop)
  const order = {
    id: newId(moment.now),
    buyer,
    product: product.slug,
    kind: product.kind,
    title: product.title,
    grants,
    onlyOnce: onlyOnce(product),
    intent: prepared.id,
    clientSecret: prepared.clientSecret,
    pollFactor: countOrder(shop, visitor),
    couponUse: couponUseOf(shop, terms.coupon, visitor),
    ...terms,
  }
  const stored = await storeWithUse(storeOrder(shop.db, order, open?.intent, moment))
  const isChosen = !stored?.clientSecret || stored.id === order.id || isReusable(shop, stored, wanted)
  return isChosen ? asCandidate(stored, prepared) : 'overtaken'
}

/**
 * Offers an earlier order of the last hour again. Buyers who go back and forth between two currencies would otherwise have one more
 * payable order each time, of which only the last would have the use of its coupon.
 */
async function reopen(
  shop: Shop,
  visitor: Visitor,
  product: Product,
  { open, wanted }: { open: OpenOrder; wanted: Wanted },
): Promise<OpenOrder | undefined> {
  const since = shop.clock.now() - OFFER_LIFE_MS
  const earlier = await findEarlierOrder(shop.db, open, wanted.terms, since)
  if (!earlier || !isReusable(shop, earlier, wanted)) return undefined
  const couponUse = couponUseOf(shop, earlier.coupon, visitor)
  const again = { earlier, onlyOnce: onlyOnce(product), couponUse }
  const stored = await storeWithUse(reopenOrder(shop.db, again, open.intent, momentOf(shop)))
  return stored?.id === earlier.id ? stored : undefined
}

/** Whether an order is still at what the page shows, for as much as it promises: so many days, so many calls. */
function isReusable({ clock }: Shop, open: OpenOrder, { terms, grants }: Wanted): boolean {
  return (
    open.clientSecret !== undefined &&
    givesTheSame(open.grants, grants) &&
    Object.entries(terms).every(([name, value]) => open[name as keyof OrderTerms] === value) &&
    clock.now() - open.offeredAt < OFFER_LIFE_MS
  )
}

/** Whether two orders give the same, for as long and as often. */
export function givesTheSame(some: readonly Grant[], others: readonly Grant[]): boolean {
  const isAmongOthers = ({ scope, days, calls }: Grant) =>
    others.some((other) => other.scope === scope && other.days === days && other.calls === calls)
  return some.length === others.length && some.every(isAmongOthers)
}

/** The order as it is stored now, perhaps by another tab which was faster. Its client secret goes when it is paid. */
function asCandidate(order: OpenOrder | undefined, prepared?: PreparedIntent): Candidate | 'paid' {
  if (order?.clientSecret === undefined) return 'paid'
  if (prepared?.id === order.intent) return { order, prepared }
  return { order, prepared: prepareIntent(order, order.clientSecret) }
}

/** A payment whose webhook is late must not lead to a second one. One that is found counts, whatever is wrong with other orders. */
export async function hasPaidOlderOrder(shop: Shop, about: OlderOrders): Promise<boolean> {
  const older = await findUnpaidIntents(shop.db, about, OLDER_POLLED)
  const polls = await Promise.allSettled(older.map((intent) => pollUnlessRefused(shop, intent)))
  if (polls.some((poll) => poll.status === 'fulfilled' && poll.value)) return true
  for (const poll of polls) if (poll.status === 'rejected') throw poll.reason
  return false
}

/** Gives the order another intent, since Code knows the one that it has from someone else's request. */
export async function exchangeIntent(shop: Shop, { order }: Candidate): Promise<Candidate | 'paid'> {
  const prepared = prepareIntent(order)
  const { id: intent, clientSecret } = prepared
  const stored = await replaceIntent(shop.db, order, { intent, clientSecret }, momentOf(shop))
  return asCandidate(stored, prepared)
}

function momentOf(shop: Shop): Moment {
  const { now, today } = rightNow(shop)
  return { now, today, nextPollAt: now + FIRST_POLL_MS }
}
