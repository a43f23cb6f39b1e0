import type { Database } from '../database.ts'
import { RENEW_USE } from './coupon-uses.ts'
import { IDS_WITHOUT_TIME } from './ids.ts'
import { ANNOUNCE_UNREGISTERED, withAlerts } from './outbox.ts'
import { addStep, asStepParameters, type Step } from './steps.ts'

export const ORDER_OF_INTENT = '(SELECT intents.order_id FROM intents WHERE intents.id = @intent)'

/** Of a row of `orders`: the id of its newest intent. */
export const NEWEST_INTENT = `
  (SELECT intents.id FROM intents WHERE intents.order_id = orders.id
    ORDER BY intents.created_at DESC LIMIT 1)`

/** Adds the intent of the open order, at the order's price, unless another tab was faster. */
export const ADD_INTENT = `
  INSERT INTO intents (id, order_id, hundredths, currency, destination, fees, client_secret, created_at,
    next_check_at, poll_factor)
  SELECT @intent, orders.id, orders.hundredths, orders.currency, @destination, @fees, @clientSecret, @now,
    @nextPollAt, @pollFactor
  FROM open_orders
  JOIN orders ON orders.id = open_orders.order_id
  WHERE open_orders.buyer = @buyer AND open_orders.product = @product AND open_orders.intent = @intent`

// The client secret goes when the order is paid. By then, another of its intents may have paid it: this one is polled on,
// since it can still be paid, unless its own polling has ended.
const UPDATE_OFFERED = `
  UPDATE intents
  SET sent_at = COALESCE(sent_at, @sentAt),
    confirmed_at = CASE WHEN @isOurs = 1 THEN COALESCE(confirmed_at, @now) ELSE confirmed_at END,
    webhook_url = COALESCE(webhook_url, @webhookUrl),
    registration = COALESCE(CAST(@registration AS TEXT), registration),
    registered_at = CASE WHEN CAST(@registration AS TEXT) IS NULL THEN registered_at ELSE CAST(@now AS BIGINT) END,
    next_check_at = CASE WHEN client_secret IS NULL AND next_check_at IS NULL THEN NULL
      ELSE CAST(@nextPollAt AS BIGINT) END
  WHERE id = @intent
  RETURNING client_secret`

const RENEW_OFFER = `
  UPDATE open_orders
  SET offered_at = @now
  WHERE buyer = @buyer AND product = @product AND intent = @intent`

const ADD_REDEMPTION = `
  INSERT INTO redemptions (code_hash, order_id, purpose, holders_allowed, created_at)
  VALUES (@codeHash, @order, 'wallet', @holdersAllowed, @now)`

const RECORD_OFFER = [UPDATE_OFFERED, RENEW_OFFER, ADD_REDEMPTION]
const RECORD_OFFER_WITH_COUPON = [UPDATE_OFFERED, RENEW_USE, RENEW_OFFER, ADD_REDEMPTION]

const RECORD_REFUSAL = `
  UPDATE intents
  SET refusal = @reason, refused_at = @now
  WHERE id = @intent`

const ADD_STEP = addStep(ORDER_OF_INTENT)

const FIND_INTENT_TERMS = `
  SELECT hundredths, currency, destination, fees
  FROM intents
  WHERE id = @intent`

const NEWEST_ORDERS = 20 // in the text, since PostgreSQL takes a parameter for a tenth of the rows

// The buyer's own orders of the product, and those that they have redeemed if these are among the newest that they hold: no index
// knows the products of those. Ids begin with their time, but for those of orders from before. The sign keeps SQLite from reading
// all orders in the order of time.
const FIND_UNPAID_INTENTS = `
  SELECT intents.id
  FROM (
    SELECT id FROM (
      SELECT id FROM orders
      WHERE buyer = @buyer AND product = @product
      ORDER BY created_at DESC
      LIMIT ${NEWEST_ORDERS}) AS own
    UNION SELECT order_id FROM (
      SELECT order_id FROM holders
      WHERE buyer = @buyer AND order_id < '${IDS_WITHOUT_TIME}'
      ORDER BY order_id DESC
      LIMIT ${NEWEST_ORDERS}) AS held) AS latest
  JOIN orders ON orders.id = latest.id
  JOIN intents ON intents.order_id = latest.id
  WHERE orders.product = @product AND intents.id <> @except
    AND NOT EXISTS (SELECT 1 FROM payments WHERE payments.intent = intents.id)
  ORDER BY +orders.created_at DESC, intents.created_at DESC
  LIMIT @limit`

/** What Code answered to an intent, and the code that the buyer's wallet gets (its SHA-256, hex). */
export interface RecordedOffer {
  order: string
  intent: string
  buyer: string
  product: string
  sentAt: number
  /** Whether Code visibly accepted our own request: only then may a status pay the intent later */
  isOurs: boolean
  webhookUrl: string | null
  registration: string | null
  codeHash: string
  holdersAllowed: number
  /** Until when the use of its coupon is reserved now; undefined without a coupon */
  reservedUntil?: number | undefined
  /** What is to be told of this offer that its other facts don't tell */
  step: Omit<Step, 'order'> | undefined
}

/** Records that the intent is at the sequencer: the offer stands, with one more redemption code, unless its order is paid by now. */
export async function recordOffer(
  db: Database,
  { isOurs, step, reservedUntil, ...offer }: RecordedOffer,
  { now, nextPollAt }: { now: number; nextPollAt: number },
): Promise<'offered' | 'paid'> {
  const parameters = {
    isOurs: isOurs ? 1 : 0,
    now,
    nextPollAt,
    reservedUntil: reservedUntil ?? null,
    ...offer,
  }
  const renewed = reservedUntil === undefined ? RECORD_OFFER : RECORD_OFFER_WITH_COUPON
  const statements = step ? [...renewed, ADD_STEP] : renewed
  const [updated] = await db.write(withAlerts(db, statements, ANNOUNCE_UNREGISTERED), {
    ...parameters,
    ...(step && asStepParameters(step)),
  })
  return updated?.[0]?.client_secret === null ? 'paid' : 'offered'
}

/** Records why the sequencer refused the intent, in its own words. A dropped one gets no step: its order has another instead. */
export async function recordRefusal(
  db: Database,
  { intent, reason, isDropped }: { intent: string; reason: string; isDropped: boolean },
  now: number,
): Promise<void> {
  const step = asStepParameters({ what: 'refused', detail: reason })
  const statements = isDropped ? [RECORD_REFUSAL] : [RECORD_REFUSAL, ADD_STEP]
  await db.write(statements, { intent, reason, now, ...step })
}

/** The terms of an intent, as they are sent to Code: `hundredths` of `currency`. */
export interface IntentTerms {
  hundredths: number
  currency: string
  destination: string
  /** What partners get of it, as one text: see money/fees.ts. Empty for none. */
  fees: string
}

/** Finds what an intent of ours is about. */
export async function findIntentTerms(db: Database, intent: string): Promise<IntentTerms | undefined> {
  const [row] = await db.read(FIND_INTENT_TERMS, { intent })
  return (
    row && {
      hundredths: Number(row.hundredths),
      currency: String(row.currency),
      destination: String(row.destination),
      fees: String(row.fees),
    }
  )
}

/** The orders of a product that a buyer holds, and the intent of one that doesn't count. */
export interface OlderOrders {
  buyer: string
  product: string
  except?: string | undefined
}

/** Finds the intents that this buyer could still pay for this product, or has redeemed, among their newest orders, newest first. */
export async function findUnpaidIntents(
  db: Database,
  { buyer, product, except = '' }: OlderOrders,
  limit: number,
): Promise<string[]> {
  const rows = await db.read(FIND_UNPAID_INTENTS, { buyer, product, except, limit })
  return rows.map((row) => row.id as string)
}
