const SECOND_MS = 1_000
const MINUTE_MS = 60 * SECOND_MS
const HOUR_MS = 60 * MINUTE_MS

// Counted from the start of the attempt before, so that a receiver slower than a second meets its own retry.
const PAUSES_MS = [SECOND_MS, SECOND_MS, 15 * SECOND_MS, MINUTE_MS, 15 * MINUTE_MS, HOUR_MS, 24 * HOUR_MS]

/** How long after the start of attempt `number` (from 1) the next one starts, in ms; undefined after the eighth. */
export function pauseAfter(number: number): number | undefined {
  return PAUSES_MS[number - 1]
}
