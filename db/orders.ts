import { randomUUID } from 'node:crypto'
import type { Driver, Row } from './engines/driver.ts'
import { IS_VALID } from './entitlements.ts'

const ROUND_MS = 1_000

/** How long after a day, a week, a month the sequencer is still asked about an unpaid order, and how often. */
const CHECK_SCHEDULE = `
  CASE
    WHEN @now - created_at < 3600000 THEN @now + 30000
    WHEN @now - created_at < 86400000 THEN @now + 300000
    WHEN @now - created_at < 604800000 THEN @now + 3600000
    WHEN @now - created_at < 2592000000 THEN @now + 86400000
    ELSE NULL
  END`

/** An intent of ours. `hundredths` of `currency`; instants in milliseconds since 1970. */
export interface Order {
  intent: string
  buyer: string
  product: string
  title: string
  hundredths: number
  currency: string
  destination: string
  /** undefined once the order is paid */
  clientSecret: string | undefined
  createdAt: number
  /** When the sequencer visibly accepted our request; undefined while that isn't known */
  confirmedAt: number | undefined
}

export type NewOrder = Omit<Order, 'clientSecret' | 'createdAt' | 'confirmedAt'> & { clientSecret: string }

const ORDER_COLUMNS = `
  orders.intent, orders.buyer, orders.product, orders.title, orders.hundredths, orders.currency,
  orders.destination, orders.client_secret, orders.created_at, orders.confirmed_at`

// First of all: who settles the open order just now is waited for, so that what follows sees the buyer's new right.
const LOCK_OPEN_ORDER = `
  UPDATE open_orders
  SET offered_at = offered_at
  WHERE buyer = @buyer AND product = @product`

// Only who still sees the open order that he saw before may replace it: of two tabs, one wins. And nobody orders
// what he holds already, also when its payment comes in at this moment.
const CLAIM_OPEN_ORDER = `
  INSERT INTO open_orders (buyer, product, intent, offered_at)
  SELECT @buyer, @product, @intent, @now
  WHERE NOT EXISTS (
    SELECT 1 FROM entitlements
    WHERE entitlements.buyer = @buyer AND entitlements.product = @product
      AND ${IS_VALID})
  ON CONFLICT (buyer, product) DO UPDATE
  SET intent = excluded.intent, offered_at = excluded.offered_at
  WHERE open_orders.intent = @replaced`

const ADD_ORDER = `
  INSERT INTO orders (intent, buyer, product, title, hundredths, currency, destination, client_secret,
    created_at, next_check_at)
  SELECT @intent, @buyer, @product, @title, @hundredths, @currency, @destination, @clientSecret,
    @now, CAST(@now AS BIGINT) + 30000
  FROM open_orders
  WHERE buyer = @buyer AND product = @product AND intent = @intent`

const ADD_FIRST_HOLDER = `
  INSERT INTO holders (intent, buyer, since_at, how)
  SELECT intent, buyer, @now, 'ordered'
  FROM orders
  WHERE intent = @intent`

const FIND_OPEN_ORDER = `
  SELECT ${ORDER_COLUMNS}, open_orders.offered_at
  FROM open_orders
  JOIN orders ON orders.intent = open_orders.intent
  WHERE open_orders.buyer = @buyer AND open_orders.product = @product`

const DROP_OPEN_ORDER = `
  DELETE FROM open_orders
  WHERE buyer = @buyer AND product = @product AND intent = @intent`

// The client secret goes when the order is paid, so its absence on the same row says that there is nothing to check.
const CONFIRM_ORDER = `
  UPDATE orders
  SET confirmed_at = CASE WHEN @isOurs = 1 THEN COALESCE(confirmed_at, @now) ELSE confirmed_at END,
    next_check_at = CASE WHEN client_secret IS NULL THEN NULL ELSE @now + 30000 END
  WHERE intent = @intent`

const RENEW_OFFER = `
  UPDATE open_orders
  SET offered_at = @now
  WHERE buyer = @buyer AND product = @product AND intent = @intent`

const ADD_REDEMPTION = `
  INSERT INTO redemptions (code_hash, intent, created_at)
  VALUES (@codeHash, @intent, @now)`

const FIND_UNPAID_ORDERS = `
  SELECT intent
  FROM orders
  WHERE buyer = @buyer AND product = @product AND client_secret IS NOT NULL
  ORDER BY created_at DESC
  LIMIT @limit`

// One instance a second, whichever comes first, so that the sequencer isn't asked more by more instances. A lease that
// ends later than it could is of a clock that has jumped.
const TAKE_ROUND = `
  INSERT INTO leases (name, holder, until_at)
  SELECT 'reconcile', @instance, CAST(@now AS BIGINT) + ${ROUND_MS}
  WHERE EXISTS (SELECT 1 FROM orders WHERE next_check_at <= @now)
  ON CONFLICT (name) DO UPDATE
  SET holder = excluded.holder, until_at = excluded.until_at
  WHERE leases.until_at <= @now OR leases.until_at > @now + ${ROUND_MS}`

const CLAIM_DUE_CHECKS = `
  UPDATE orders
  SET next_check_at = ${CHECK_SCHEDULE}
  WHERE next_check_at <= @now
    AND intent IN (SELECT intent FROM orders WHERE next_check_at <= @now ORDER BY next_check_at LIMIT @limit)
    AND EXISTS (SELECT 1 FROM leases
      WHERE name = 'reconcile' AND holder = @instance AND until_at = @now + ${ROUND_MS})
  RETURNING intent`

const HASTEN_CHECKS = `
  UPDATE orders
  SET next_check_at = @now
  WHERE next_check_at > @now AND intent IN (
    SELECT intent FROM orders WHERE next_check_at > @now AND next_check_at <= @until
    ORDER BY next_check_at LIMIT @limit)`

export function orderQueries(driver: Driver) {
  const instance = randomUUID()

  /**
   * Stores the order as the one that this buyer would pay now, in place of `replaced` (an intent, or none),
   * and answers with the open order: the new one, or that of another tab which was faster; undefined if the buyer
   * holds the product by now.
   */
  async function placeOrder(
    order: NewOrder,
    replaced: string | undefined,
    now: number,
  ): Promise<Order | undefined> {
    const statements = [LOCK_OPEN_ORDER, CLAIM_OPEN_ORDER, ADD_ORDER, ADD_FIRST_HOLDER, FIND_OPEN_ORDER]
    const results = await driver.write(statements, { ...order, replaced: replaced ?? null, now })
    const row = results[4]?.[0]
    return row && toOrder(row)
  }

  /** The order that this buyer would pay now for this product, and when it was last offered. */
  async function findOpenOrder(
    buyer: string,
    product: string,
  ): Promise<{ order: Order; offeredAt: number } | undefined> {
    const [row] = await driver.read(FIND_OPEN_ORDER, { buyer, product })
    return row && { order: toOrder(row), offeredAt: row.offered_at as number }
  }

  /** This order isn't the one to pay any more; a payment of it would still count. */
  async function dropOpenOrder({ buyer, product, intent }: Order): Promise<void> {
    await driver.write([DROP_OPEN_ORDER], { buyer, product, intent })
  }

  /**
   * The intent is at the sequencer: the offer stands, with one more redemption code (its SHA-256, hex). Only if our own
   * request was visibly accepted may a status pay it later.
   */
  async function confirmOrder(
    { buyer, product, intent }: Order,
    codeHash: string,
    isOurs: boolean,
    now: number,
  ): Promise<void> {
    await driver.write([CONFIRM_ORDER, RENEW_OFFER, ADD_REDEMPTION], {
      buyer,
      product,
      intent,
      codeHash,
      isOurs: isOurs ? 1 : 0,
      now,
    })
  }

  /** Intents that this buyer has ordered for this product and not paid, newest first. */
  async function findUnpaidOrders(buyer: string, product: string, limit: number): Promise<string[]> {
    const rows = await driver.read(FIND_UNPAID_ORDERS, { buyer, product, limit })
    return rows.map((row) => row.intent as string)
  }

  /**
   * Intents to ask the sequencer about now; each is claimed by one instance, and due again on its schedule. None, if
   * another instance has claimed some within the last second.
   */
  async function claimDueChecks(now: number, limit: number): Promise<string[]> {
    const [, rows] = await driver.write([TAKE_ROUND, CLAIM_DUE_CHECKS], { instance, now, limit })
    return (rows ?? []).map((row) => row.intent as string)
  }

  /** Makes the checks of the coming `withinMs` due now, the nearest of them: nobody knows what was missed. */
  async function hastenChecks(now: number, withinMs: number, limit: number): Promise<void> {
    await driver.write([HASTEN_CHECKS], { now, until: now + withinMs, limit })
  }

  return {
    placeOrder,
    findOpenOrder,
    dropOpenOrder,
    confirmOrder,
    findUnpaidOrders,
    claimDueChecks,
    hastenChecks,
  }
}

function toOrder(row: Row): Order {
  return {
    intent: row.intent as string,
    buyer: row.buyer as string,
    product: row.product as string,
    title: row.title as string,
    hundredths: Number(row.hundredths),
    currency: row.currency as string,
    destination: row.destination as string,
    clientSecret: (row.client_secret as string | null) ?? undefined,
    createdAt: Number(row.created_at),
    confirmedAt: row.confirmed_at === null ? undefined : Number(row.confirmed_at),
  }
}
