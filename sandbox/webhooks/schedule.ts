const SECOND_MS = 1_000
const MINUTE_MS = 60 * SECOND_MS
const HOUR_MS = 60 * MINUTE_MS

// From the start of one attempt to the start of the next, so a receiver that takes longer than a second gets a retry
// while it still handles the first attempt.
const PAUSES_MS = [SECOND_MS, SECOND_MS, 15 * SECOND_MS, MINUTE_MS, 15 * MINUTE_MS, HOUR_MS, 24 * HOUR_MS]

/** Returns how long after the start of attempt `number` (from 1) the next one starts, in ms; undefined after the eighth. */
export function pauseAfter(number: number): number | undefined {
  return PAUSES_MS[number - 1]
}
