import { bringPollToFront, DatabaseUnavailable } from '../../db/index.ts'
import type { Shop } from '../shop.ts'
import { SECOND_MS } from '../time.ts'
import { pollQuietly } from './poll.ts'
import { isInShare, isLookLeft } from './poll-budget.ts'
import type { Visitor } from './visitor.ts'

const LOOK_INTERVAL_MS = 2 * SECOND_MS

/**
 * Polls for a holder who looks at an unpaid order, at most every two seconds. If the limit of this round is reached, the
 * intent is among the first of the next one. Failures are logged, not thrown: what the holder sees takes reads alone.
 */
export async function pollOnLook(shop: Shop, intent: string, visitor: Visitor): Promise<void> {
  if (!mayLook(shop, intent) || !isInShare(shop, visitor)) return
  try {
    if (isLookLeft(shop)) await pollQuietly(shop, intent)
    else await bringPollToFront(shop.db, intent)
  } catch (error) {
    if (!(error instanceof DatabaseUnavailable)) throw error
    shop.log.debug({ err: error, intent }, 'could not store what a look has found') // as an error, the rounds log it
  }
}

function mayLook({ polling: { looks }, clock }: Shop, intent: string): boolean {
  const now = clock.now()
  for (const [seen, at] of looks) {
    if (Math.abs(now - at) < LOOK_INTERVAL_MS) break // insertion order is age; a clock that jumped forgets them all
    looks.delete(seen)
  }
  if (looks.has(intent)) return false
  looks.set(intent, now)
  return true
}
