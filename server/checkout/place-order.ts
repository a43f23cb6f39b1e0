import type { Database, Order } from '../../db/index.ts'
import type { Money } from '../../money/index.ts'
import { newRedemptionCode } from '../buyers/index.ts'
import type { Product } from '../catalog/index.ts'
import type { Config } from '../config/index.ts'
import { ShopError } from '../errors.ts'
import { type Payments, type PreparedIntent, SequencerRefusal } from '../payments/index.ts'
import { type Clock, MINUTE_MS } from '../time.ts'
import type { Logger } from '../web/index.ts'
import { explainRefusal, saysNotOurs, saysPaid } from './refusals.ts'

const OFFER_LIFE_MS = 60 * MINUTE_MS
const OLDER_ORDERS_ASKED = 5
const DEADLINE_MS = 9_000 // each call has its own; this is for many slow ones in a row
const ATTEMPTS = 3 // an intent that turns out not to be ours is dropped for a new one; that ends somewhere

/** What the browser needs to let the buyer pay: `hundredths` of `currency`, and a success URL that works in any browser. */
export interface Offer extends Money {
  id: string
  clientSecret: string
  destination: string
  successUrl: string
}

interface Candidate {
  order: Order
  prepared: PreparedIntent
}

interface Deps {
  config: Pick<Config, 'destination' | 'url'>
  db: Pick<
    Database,
    | 'holdsEntitlement'
    | 'findOpenOrder'
    | 'findUnpaidOrders'
    | 'placeOrder'
    | 'confirmOrder'
    | 'dropOpenOrder'
  >
  payments: Pick<Payments, 'prepareIntent' | 'createIntent' | 'registerWebhook' | 'check'>
  clock: Clock
  log: Logger
}

export function createPlaceOrder({ config, db, payments, clock, log }: Deps) {
  /**
   * Offers the product to the buyer: stores the order, then creates its intent at Code, then registers the webhook.
   * Throws already-yours, amount-unpayable, intent-refused, sequencer-down, sequencer-failed, sequencer-silent;
   * after each of these the order stays open, and the next try sends the same intent again.
   */
  async function placeOrder(buyer: string, product: Product): Promise<Offer> {
    if (await db.holdsEntitlement(buyer, product.slug, clock.now())) throw alreadyYours(product)
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const candidate = await currentOrder(buyer, product)
      const offer = await offerIfOurs(candidate, product)
      if (offer) return offer
      await db.dropOpenOrder(candidate.order)
    }
    throw new ShopError('intent-refused', 'Code knows other details for every intent that was tried')
  }

  /** The open order if it can be used again: the same intent, so that nothing can be paid twice. Otherwise a new one. */
  async function currentOrder(buyer: string, product: Product): Promise<Candidate> {
    const open = await db.findOpenOrder(buyer, product.slug)
    if (open && isReusable(open, product)) return prepareAgain(open.order, product)
    await askAboutOlderOrders(buyer, product)
    const prepared = payments.prepareIntent({ ...product.price, destination: config.destination })
    const { slug, title, price } = product
    const order = await db.placeOrder(
      {
        ...price,
        buyer,
        product: slug,
        title,
        intent: prepared.id,
        clientSecret: prepared.clientSecret,
        destination: config.destination,
      },
      open?.order.intent,
      clock.now(),
    )
    if (!order) throw alreadyYours(product) // a webhook was faster
    return order.intent === prepared.id ? { order, prepared } : prepareAgain(order, product) // another tab was faster
  }

  function isReusable(
    { order, offeredAt }: { order: Order; offeredAt: number },
    { price }: Product,
  ): boolean {
    return (
      order.clientSecret !== undefined &&
      order.hundredths === price.hundredths &&
      order.currency === price.currency &&
      order.destination === config.destination &&
      clock.now() - offeredAt < OFFER_LIFE_MS
    )
  }

  function prepareAgain(order: Order, product: Product): Candidate {
    if (order.clientSecret === undefined) throw alreadyYours(product) // it goes with the payment
    return { order, prepared: payments.prepareIntent(order, order.clientSecret) }
  }

  /** A payment whose webhook is late must not lead to a second one. */
  async function askAboutOlderOrders(buyer: string, product: Product): Promise<void> {
    const older = await db.findUnpaidOrders(buyer, product.slug, OLDER_ORDERS_ASKED)
    const paid = await Promise.all(older.map(checkUnlessRefused))
    if (paid.includes(true)) throw alreadyYours(product)
  }

  /** Code may refuse to speak of one intent; that must not end all sales of the product to its buyer. */
  async function checkUnlessRefused(intent: string): Promise<boolean> {
    try {
      return await payments.check(intent)
    } catch (error) {
      if (!(error instanceof SequencerRefusal)) throw error
      log.warn({ intent, reason: error.message }, 'Code does not tell the status of this order')
      return false
    }
  }

  /** undefined: the sequencer knows this intent with other details, or as paid by somebody else's request. */
  async function offerIfOurs({ order, prepared }: Candidate, product: Product): Promise<Offer | undefined> {
    try {
      const isOurs = await payments.createIntent(prepared)
      return await offer(order, prepared, product, isOurs)
    } catch (error) {
      if (!(error instanceof SequencerRefusal)) throw error
      if (!saysPaid(error) && !saysNotOurs(error)) throw explainRefusal(error, log)
      if (saysPaid(error) && (await checkUnlessRefused(order.intent))) throw alreadyYours(product)
      log.warn(
        { intent: order.intent, reason: error.message },
        'Code knows this intent from another request: dropped',
      )
      return undefined
    }
  }

  async function offer(
    order: Order,
    { id, clientSecret }: PreparedIntent,
    product: Product,
    isOurs: boolean,
  ): Promise<Offer> {
    const registration = await register(id)
    if (registration === 'request_not_found') {
      throw new ShopError('intent-refused', 'Code accepted the request and then did not know it')
    }
    const { code, codeHash } = newRedemptionCode()
    await db.confirmOrder(order, codeHash, isOurs, clock.now())
    if (registration === 'intent_exists' && (await payments.check(id))) throw alreadyYours(product)
    const { hundredths, currency, destination } = order
    return {
      id,
      clientSecret,
      hundredths,
      currency,
      destination,
      successUrl: `${config.url}/success/${id}?redeem=${code}`,
    }
  }

  /** Without its webhook a sale goes on: the reconciler covers it. */
  async function register(intent: string): Promise<string | undefined> {
    try {
      const registration = await payments.registerWebhook(intent)
      if (registration === 'invalid_url' || registration === 'unknown') {
        log.warn(
          { intent, registration },
          'Code did not register the webhook; this order is found paid by asking',
        )
      }
      return registration
    } catch (error) {
      if (!(error instanceof ShopError || error instanceof SequencerRefusal)) throw error
      log.warn(
        { err: error, intent },
        'the webhook could not be registered; this order is found paid by asking',
      )
      return undefined
    }
  }

  return (buyer: string, product: Product): Promise<Offer> => inTime(placeOrder(buyer, product))
}

/** What goes on behind it does no harm: the order is stored, and the next try sends the same intent again. */
async function inTime<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const silence = new Promise<never>((_resolve, reject) => {
    const late = new ShopError('sequencer-silent', `Code took more than ${DEADLINE_MS} ms; try again`)
    timer = setTimeout(reject, DEADLINE_MS, late)
  })
  try {
    return await Promise.race([work, silence])
  } finally {
    clearTimeout(timer)
  }
}

function alreadyYours(product: Product): ShopError {
  return new ShopError('already-yours', `${product.title} is yours already: /products/${product.slug}`)
}
