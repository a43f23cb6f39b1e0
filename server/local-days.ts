import { DAY_MS } from './time.ts'

const WRITTEN = /^\d{4}-\d{2}-\d{2}$/

const formats = new Map<string, Intl.DateTimeFormat>()

/** Returns when a day like `2026-02-28` begins in UTC; undefined if that is not how it is written, or if there is no such day. */
export function parseDay(text: string): number | undefined {
  const at = WRITTEN.test(text) ? Date.parse(text) : Number.NaN
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text) ? at : undefined
}

/** Returns whether a text is a day as forms send it, `2026-02-28`, that exists. Years go from 1970 to 9998. */
export function isDay(text: string): boolean {
  const at = parseDay(text)
  return at !== undefined && at >= 0 && text < '9999'
}

/** Returns the local day of an instant, like `2026-02-28`. `timeZone`: an IANA name. */
export function localDayOf(at: number, timeZone: string): string {
  return new Date(at + offsetAt(at, timeZone)).toISOString().slice(0, 10)
}

/** Returns the day after this one. */
export function dayAfter(day: string): string {
  return new Date(Date.parse(day) + DAY_MS).toISOString().slice(0, 10)
}

/**
 * Returns the instant at which a local day begins. That isn't midnight where clocks are put forward at midnight. A day that
 * a zone has left out begins with the one after it.
 */
export function dayStartsAt(day: string, timeZone: string): number {
  const midnight = Date.parse(day)
  const offsets = [midnight - DAY_MS, midnight + DAY_MS].map((at) => offsetAt(at, timeZone))
  const candidates = offsets.map((offset) => midnight - offset).sort((a, b) => a - b)
  return candidates.find((at) => localDayOf(at, timeZone) >= day) ?? midnight - Math.min(...offsets)
}

/** Returns what must be added to an instant so that its UTC fields read as the local time, in milliseconds. */
export function offsetAt(at: number, timeZone: string): number {
  if (timeZone === 'UTC') return 0 // without ICU's data, which takes memory
  const parts = formatFor(timeZone).formatToParts(at)
  const field = (type: Intl.DateTimeFormatPartTypes) =>
    Number(parts.find((part) => part.type === type)?.value)
  const local = Date.UTC(
    field('year'),
    field('month') - 1,
    field('day'),
    field('hour'),
    field('minute'),
    field('second'),
  )
  return local - Math.floor(at / 1_000) * 1_000
}

function formatFor(timeZone: string): Intl.DateTimeFormat {
  const format = formats.get(timeZone) ?? makeFormat(timeZone)
  formats.set(timeZone, format)
  return format
}

function makeFormat(timeZone: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat('en-US', {
    timeZone,
    calendar: 'iso8601',
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  })
}
