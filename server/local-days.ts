import { type Clock, DAY_MS } from './time.ts'

const WRITTEN = /^\d{4}-\d{2}-\d{2}$/

const formats = new Map<string, Intl.DateTimeFormat>()
const lastDays = new Map<string, LocalDay>() // by time zone, since every page asks which day it is

/** A local day: days since 1970, and its first instant and that of the next one. */
interface LocalDay {
  day: number
  from: number
  until: number
}

/** Returns the instant that it is, and the shop's local day, as days since 1970. */
export function rightNow({ clock, config }: { clock: Clock; config: { timeZone: string } }) {
  const now = clock.now()
  return { now, today: dayOf(now, config.timeZone) }
}

/**
 * Returns the local day of an instant, as days since 1970: the last one that has begun. Where clocks are put back across
 * midnight, a day that has begun goes on, so days never go backwards.
 */
export function dayOf(at: number, timeZone: string): number {
  const last = lastDays.get(timeZone)
  if (last && at >= last.from && at < last.until) return last.day
  const found = findDay(at, timeZone)
  lastDays.set(timeZone, found)
  return found.day
}

function findDay(at: number, timeZone: string): LocalDay {
  const written = Date.parse(localDayOf(at, timeZone)) / DAY_MS
  const day = startOf(written + 1, timeZone) <= at ? written + 1 : written
  return { day, from: startOf(day, timeZone), until: startOf(day + 1, timeZone) }
}

/** Returns the first instant of a local day, given as days since 1970. */
export function startOf(day: number, timeZone: string): number {
  return dayStartsAt(writeDay(day), timeZone)
}

/** Returns how a local day is written everywhere: `2026-01-31`. */
export function writeDay(day: number): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10)
}

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
