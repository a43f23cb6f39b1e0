import { once } from './once.ts'

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

// Not made at the start, which would wait for ICU's data: docs/decisions/022-memory-at-rest.md.
const minuteInUtc = once(
  () => new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' }),
)

/** For `<time>`: ISO 8601 for machines, and for people the minute in UTC, which a receipt must name. */
export function showInstant(at: number): { iso: string; shown: string } {
  return { iso: new Date(at).toISOString(), shown: `${minuteInUtc().format(at)} UTC` }
}

/** Returns the local day of an instant, as days since 1970; the shop's time zone is UTC. */
export function dayOf(at: number): number {
  return Math.floor(at / DAY_MS)
}

const formats = new Map<string, Intl.DateTimeFormat>() // by time zone; to make one takes longer than to use it

/**
 * For `<time>` on the merchant's desk: ISO 8601 for machines, and for people the second in the shop's time zone and in UTC.
 * `timeZone`: an IANA name.
 */
export function showAt(at: number, timeZone: string): { iso: string; shown: string; utc: string } {
  return { iso: new Date(at).toISOString(), shown: formatIn(timeZone, at), utc: `${formatIn('UTC', at)} UTC` }
}

function formatIn(timeZone: string, at: number): string {
  let format = formats.get(timeZone)
  if (!format) {
    format = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'medium', timeZone })
    formats.set(timeZone, format)
  }
  return format.format(at)
}
