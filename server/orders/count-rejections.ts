import { addRejections, type RejectionCount } from '../../db/index.ts'
import { ShopError } from '../errors.ts'
import type { Shop } from '../shop.ts'
import { DAY_MS, HOUR_MS, SECOND_MS } from '../time.ts'
import { rememberNewest } from './remember-newest.ts'

/** For how long the counts of rejected deliveries are kept */
export const REJECTIONS_KEPT_MS = 30 * DAY_MS
const WRITTEN_EVERY_MS = 5 * SECOND_MS // however many are rejected, they cost the database one unit of work then
const MOST_UNWRITTEN = 200 // hours and reasons that wait for a database that is unavailable

type Counted = Pick<Shop, 'db' | 'clock' | 'log' | 'unwritten'>

/** Counts a rejected delivery in memory. The database gets the counts a few seconds later, so that no delivery waits for it. */
export function countRejection(shop: Counted, error: unknown): void {
  if (!(error instanceof ShopError)) return // a failure of the shop itself
  const now = shop.clock.now()
  keep(shop, { hour: now - (now % HOUR_MS), reason: error.code, count: 1 })
  shop.unwritten.timer ??= setTimeout(() => writeRejections(shop), WRITTEN_EVERY_MS).unref()
}

/** Writes what was counted since the last time. If that fails, it is logged, and the counts wait for the next time. */
export async function writeRejections(shop: Counted): Promise<void> {
  const { db, clock, log, unwritten } = shop
  clearTimeout(unwritten.timer)
  unwritten.timer = undefined
  const counts = [...unwritten.counts.values()]
  if (counts.length === 0) return
  unwritten.counts.clear()
  try {
    await addRejections(db, counts, clock.now() - REJECTIONS_KEPT_MS)
  } catch (err) {
    for (const count of counts) keep(shop, count)
    log.warn(
      { err },
      'could not store how many webhooks were rejected; the counts are kept until the next time',
    )
  }
}

function keep({ unwritten: { counts } }: Counted, { hour, reason, count }: RejectionCount): void {
  const key = `${hour} ${reason}`
  const before = counts.get(key)?.count ?? 0
  rememberNewest(counts, key, { hour, reason, count: before + count }, MOST_UNWRITTEN)
}
