import type { Verdict } from '../db/index.ts'
import type { ErrorCode } from './errors.ts'

/** What has happened since this process started, counted by plain additions. server/metrics/ shows it. */
export interface Tally {
  /** Answers, by method, route and class of status: `GET /products/:slug 2xx` */
  answers: Map<string, number>
  /** Verified deliveries, by their verdict. A duplicate is `repeated` if the very same event was delivered before. */
  deliveries: Map<Verdict | 'repeated', number>
  /** Deliveries that were rejected, by the error's code */
  rejections: Map<ErrorCode, number>
  /** Polls of one intent */
  polls: Record<'paid' | 'submitted' | 'unpaid' | 'failed', number>
  /** Seconds from the order to the payment, by what proved it first */
  offerToPaid: Record<'webhook' | 'status', Spread>
}

/** How values are spread over ranges. */
export interface Spread {
  /** For each range, how many values lie in it: above the bound before, and at most at its own */
  inRange: number[]
  count: number
  sum: number
}

/** The bounds of the ranges of `offerToPaid`. A webhook comes within seconds, and the first poll after 30. */
export const PAID_WITHIN_S = [1, 2, 3, 5, 7, 10, 15, 20, 30, 45, 60, 90, 120, 300, 900, 3_600, 86_400]

export function newTally(): Tally {
  return {
    answers: new Map(),
    deliveries: new Map(),
    rejections: new Map(),
    polls: { paid: 0, submitted: 0, unpaid: 0, failed: 0 },
    offerToPaid: { webhook: newSpread(), status: newSpread() },
  }
}

function newSpread(): Spread {
  return { inRange: PAID_WITHIN_S.map(() => 0), count: 0, sum: 0 }
}

export function add<Key>(counts: Map<Key, number>, key: Key, times = 1): void {
  counts.set(key, (counts.get(key) ?? 0) + times)
}

/** Adds a payment that came so many milliseconds after its offer. None is negative, even if the clock was set back. */
export function addPayment(spread: Spread, ms: number): void {
  const seconds = Math.max(0, ms) / 1_000
  const range = PAID_WITHIN_S.findIndex((bound) => seconds <= bound)
  if (range >= 0) spread.inRange[range] = (spread.inRange[range] ?? 0) + 1
  spread.count++
  spread.sum += seconds
}
