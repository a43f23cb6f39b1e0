/** Where the time comes from: an argument, so that tests can turn it. */
export interface Clock {
  /** Milliseconds since 1970 UTC */
  now(): number
}

export const systemClock: Clock = { now: () => Date.now() }

export const SECOND_MS = 1_000
export const MINUTE_MS = 60_000
export const DAY_MS = 86_400_000
