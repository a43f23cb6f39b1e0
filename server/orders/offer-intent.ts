import { type OpenOrder, type RecordedOffer, recordOffer, recordRefusal } from '../../db/index.ts'
import { type Offer, readFees } from '../../money/index.ts'
import { newRedemptionCode, WALLET_HOLDERS } from '../access/index.ts'
import {
  createIntent,
  type Registration,
  reasonOf,
  registerWebhook,
  SequencerRefusal,
} from '../code/index.ts'
import { ShopError } from '../errors.ts'
import type { Shop } from '../shop.ts'
import { logFailure } from '../web/index.ts'
import type { Candidate } from './choose-order.ts'
import { FIRST_POLL_MS } from './poll.ts'
import { pollRefused, pollUnlessRefused } from './poll-for-buyer.ts'
import { OFFER_LIFE_MS } from './terms.ts'

/**
 * Creates the candidate's intent at Code, registers its webhook, and records both. Resolves with the offer; with `paid`
 * if the order is paid by now; with `not-ours` if Code knows the intent with other details, or as paid by somebody
 * else's request. Throws amount-unpayable, intent-refused, payment-unproven, sequencer-down, sequencer-failed, sequencer-silent.
 */
export async function offerIntent(shop: Shop, candidate: Candidate): Promise<Offer | 'paid' | 'not-ours'> {
  const sentAt = shop.clock.now()
  let isOurs: boolean
  try {
    isOurs = await createIntent(shop.code, candidate.prepared)
  } catch (error) {
    if (!(error instanceof SequencerRefusal)) throw error
    return readRefusal(shop, candidate, error)
  }
  return offer(shop, candidate, { sentAt, isOurs })
}

async function offer(
  shop: Shop,
  { order, prepared: { id, clientSecret } }: Candidate,
  sent: { sentAt: number; isOurs: boolean },
): Promise<Offer | 'paid'> {
  const webhookUrl = shop.config.webhookUrl()
  const { registration, failure } = await register(shop, id, webhookUrl)
  if (registration === 'request_not_found')
    throw new ShopError('intent-refused', ({ codeForgot }) => codeForgot())
  const { code, codeHash } = newRedemptionCode()
  const { config, clock, db } = shop
  const now = clock.now()
  const recorded = {
    order: order.id,
    intent: id,
    buyer: order.buyer,
    product: order.product,
    webhookUrl: webhookUrl ?? null,
    registration: registration ?? null,
    codeHash,
    holdersAllowed: WALLET_HOLDERS,
    reservedUntil: order.coupon === null ? undefined : now + OFFER_LIFE_MS,
    step: stepOf(order, failure),
    ...sent,
  }
  const outcome = await recordOffer(db, recorded, { now, nextPollAt: now + FIRST_POLL_MS })
  if (outcome === 'paid') return 'paid'
  if (registration === 'intent_exists' && (await pollUnlessRefused(shop, id))) return 'paid'
  const { hundredths: amount, currency, destination } = order
  const fees = readFees(order.fees)
  const successUrl = `${config.url()}/success/${id}?redeem=${code}`
  return { id, clientSecret, amount, currency, destination, ...(fees.length > 0 && { fees }), successUrl }
}

/** What is to be told of an offer: that it was made before, and why its webhook couldn't be registered. */
function stepOf({ isSent }: OpenOrder, failure: string | undefined): RecordedOffer['step'] {
  if (isSent) return { what: 'offered-again', detail: failure }
  return failure === undefined ? undefined : { what: 'not-registered', detail: failure }
}

/** Registers the webhook. If that fails, the sale continues, since the poll covers it. */
async function register(
  { code, log }: Shop,
  intent: string,
  webhookUrl: string | undefined,
): Promise<{ registration?: Registration; failure?: string }> {
  if (webhookUrl === undefined) return {}
  try {
    const registration = await registerWebhook(code, intent, webhookUrl)
    if (registration === 'invalid_url' || registration === 'unknown')
      log.warn({ intent, registration }, 'Code did not register the webhook; polling will find the payment')
    return { registration }
  } catch (error) {
    if (!(error instanceof ShopError || error instanceof SequencerRefusal)) throw error
    logFailure(log, error, { intent }, 'the webhook could not be registered; polling will find the payment')
    return { failure: error.message }
  }
}

async function readRefusal(
  shop: Shop,
  { order }: Candidate,
  refusal: SequencerRefusal,
): Promise<'paid' | 'not-ours'> {
  const reason = reasonOf(refusal)
  const { intent } = order
  if (reason === 'paid' && (await pollRefused(shop, intent))) return 'paid'
  const isDropped = reason === 'paid' || reason === 'not-ours'
  await recordRefusal(shop.db, { intent, reason: refusal.message, isDropped }, shop.clock.now())
  if (!isDropped) throw explainRefusal(shop, order, refusal, reason)
  shop.log.warn({ intent, reason: refusal.message }, DROPPED[reason])
  return 'not-ours'
}

const DROPPED = {
  paid: 'Code says that this intent was paid, but not that it was by our request: dropped',
  'not-ours': 'Code knows this intent from another request: dropped',
}

/** The reason goes to the log, since only the merchant can fix it. */
function explainRefusal(
  { log }: Shop,
  { intent, product }: OpenOrder,
  cause: SequencerRefusal,
  reason: 'amount' | 'other',
): ShopError {
  log.error({ intent, product, reason: cause.message }, 'Code rejected the request')
  const error =
    reason === 'amount'
      ? new ShopError('amount-unpayable', (t) => t.priceRefused(), { cause })
      : new ShopError('intent-refused', (t) => t.codeRefused(), { cause })
  error.isLogged = true
  return error
}
