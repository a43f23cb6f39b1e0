import type { Shop } from '../shop.ts'
import { SECOND_MS } from '../time.ts'
import type { Visitor } from './visitor.ts'

/** The length of a round, in which one instance polls for all of them, and each counts its own calls to Code */
export const ROUND_MS = SECOND_MS
const POLLS_PER_ROUND = 20 // in scheduled polls and looks together: the sequencer is somebody else's server
const KEPT_FOR_SCHEDULE = 5 // so that looks, however many, leave polls to those who have closed the page
const LOOKS_PER_VISITOR = 3 // in a round, so that nobody uses up the looks of all others

/** Counts a query to Code for an intent's status. */
export function countPoll(shop: Shop): void {
  currentRound(shop).polls++
}

/** Returns how many intents the schedule may poll in this round. */
export function pollsLeft(shop: Shop): number {
  return Math.max(KEPT_FOR_SCHEDULE, POLLS_PER_ROUND - currentRound(shop).polls)
}

/** Returns whether another look may poll its intent in this round. */
export function isLookLeft(shop: Shop): boolean {
  return currentRound(shop).polls < POLLS_PER_ROUND - KEPT_FOR_SCHEDULE
}

/** Counts a look at an order, and returns whether it is within the visitor's share. */
export function isInShare(shop: Shop, { buyer, address }: Visitor): boolean {
  const { looksOf } = currentRound(shop)
  return [`buyer ${buyer}`, `address ${address}`].every((visitor) => {
    const looks = (looksOf.get(visitor) ?? 0) + 1
    looksOf.set(visitor, looks)
    return looks <= LOOKS_PER_VISITOR
  })
}

/** A clock that jumps, in either direction, begins another round. */
function currentRound({ polling: { round }, clock }: Shop): Shop['polling']['round'] {
  const now = clock.now()
  if (Math.abs(now - round.beganAt) < ROUND_MS) return round
  round.looksOf.clear()
  return Object.assign(round, { beganAt: now, polls: 0 })
}
