/** Where the time comes from: an argument, so that tests can turn it. */
export interface Clock {
  /** Milliseconds since 1970 UTC */
  now(): number
}

export const systemClock: Clock = { now: () => Date.now() }

export const SECOND_MS = 1_000
export const MINUTE_MS = 60_000
export const HOUR_MS = 3_600_000
export const DAY_MS = 86_400_000

/** For `<time>`: ISO 8601 for machines, and the minute in UTC for people. */
export function showInstant(at: number): { iso: string; shown: string } {
  const iso = new Date(at).toISOString()
  return { iso, shown: `${iso.slice(0, 16).replace('T', ' ')} UTC` }
}
