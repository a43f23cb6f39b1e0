import type { Shop } from '../shop.ts'
import { HOUR_MS } from '../time.ts'
import { rememberNewest } from './remember-newest.ts'
import type { Visitor } from './visitor.ts'

const ORDERS_AT_FULL_PACE = 10 // of a browser, or of an IP address, within about an hour
const REMEMBERED = 20_000 // browsers and addresses

/**
 * Counts an order, and returns its poll factor. Hundreds of orders from one browser or address share the polls
 * of a few, so that they don't delay the polls of everybody else's orders.
 */
export function countOrder(shop: Shop, { buyer, address }: Visitor): number {
  const counts = [`buyer ${buyer}`, `address ${address}`].map((visitor) => countFor(shop, visitor))
  return Math.max(1, Math.ceil(Math.max(...counts) / ORDERS_AT_FULL_PACE))
}

/** Older orders count for less: after an hour, for a little more than a third. */
function countFor({ polling: { orders }, clock }: Shop, visitor: string): number {
  const now = clock.now()
  const before = orders.get(visitor)
  const count = 1 + (before ? before.count * Math.exp(-Math.abs(now - before.at) / HOUR_MS) : 0)
  rememberNewest(orders, visitor, { count, at: now }, REMEMBERED)
  return count
}
