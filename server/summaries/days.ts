import { QUARTER_MS, type Span } from '../../db/index.ts'
import { DAY_MS } from '../time.ts'

/** A local day as whole quarter hours, and its date as `2026-01-31`. */
export interface LocalDay extends Span {
  date: string
}

const QUARTERS_AN_HOUR = 4
// A local day begins between 14 h before that day in UTC (UTC+14) and 12 h after, and later still where a change of the
// clocks leaves out midnight.
const EARLIEST = -15 * QUARTERS_AN_HOUR
const LATEST = 14 * QUARTERS_AN_HOUR

/** Returns the last `count` local days of a time zone, oldest first; the last one is today, whole. */
export function localDays(now: number, timeZone: string, count: number): LocalDay[] {
  const dateOf = dateIn(timeZone)
  const today = Date.parse(dateOf(now))
  const dates = Array.from({ length: count + 1 }, (_, index) => today + (index + 1 - count) * DAY_MS)
  const starts = dates.map((date) => startOf(date, dateOf))
  return starts.slice(0, -1).map((fromQuarter, index) => ({
    fromQuarter,
    toQuarter: starts[index + 1] as number,
    date: toDate(dates[index] as number),
  }))
}

const formats = new Map<string, Intl.DateTimeFormat>()

/** Returns the function that names the local date of an instant. */
function dateIn(timeZone: string): (at: number) => string {
  const format =
    formats.get(timeZone) ??
    new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' })
  formats.set(timeZone, format)
  return (at) => format.format(at)
}

/** Finds the first quarter hour of a date, given as its midnight in UTC. */
function startOf(date: number, dateOf: (at: number) => string): number {
  const wanted = toDate(date)
  const middle = date / QUARTER_MS
  let [before, reached] = [middle + EARLIEST, middle + LATEST]
  while (reached - before > 1) {
    const half = Math.floor((before + reached) / 2)
    if (dateOf(half * QUARTER_MS) < wanted) before = half
    else reached = half
  }
  return reached
}

function toDate(midnight: number): string {
  return new Date(midnight).toISOString().slice(0, 10)
}
