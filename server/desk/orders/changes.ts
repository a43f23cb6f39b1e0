import { findChangedOrders, type ListedOrder } from '../../../db/index.ts'
import type { Shop } from '../../shop.ts'
import { SECOND_MS } from '../../time.ts'

const LOOK_BACK_MS = 10 * SECOND_MS // rows may be committed after others with a later time, and clocks may differ a little
const MOST_AT_ONCE = 100

/**
 * Reads the orders that were placed or have changed in the last seconds: all of those, and those that weren't yet so when
 * they were last read.
 */
export async function readChanges({
  db,
  clock,
  live,
}: Pick<Shop, 'db' | 'clock' | 'live'>): Promise<{ recent: ListedOrder[]; changed: ListedOrder[] }> {
  const recent = await findChangedOrders(db, clock.now() - LOOK_BACK_MS, MOST_AT_ONCE)
  const changed = recent.filter((order) => isNews(order, live.recent.get(order.id)))
  live.recent = new Map(recent.map((order) => [order.id, order]))
  return { recent, changed }
}

function isNews(order: ListedOrder, before: ListedOrder | undefined): boolean {
  return before?.state !== order.state || JSON.stringify(before.payments) !== JSON.stringify(order.payments)
}
