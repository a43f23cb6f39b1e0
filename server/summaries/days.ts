import { QUARTER_MS, type Span } from '../../db/index.ts'
import { dayAfter, dayStartsAt, localDayOf } from '../local-days.ts'
import { DAY_MS } from '../time.ts'

/** A local day as whole quarter hours, and its date as `2026-01-31`. */
export interface LocalDay extends Span {
  date: string
}

const computed = new Map<string, LocalDay[]>() // only the newest: days change at midnight, and take a millisecond

/** Returns the last `count` local days of a time zone, oldest first; the last one is today, whole. */
export function localDays(now: number, timeZone: string, count: number): LocalDay[] {
  const today = localDayOf(now, timeZone)
  const key = `${timeZone} ${today} ${count}`
  const days = computed.get(key) ?? computeDays(today, timeZone, count)
  computed.clear()
  computed.set(key, days)
  return days
}

function computeDays(today: string, timeZone: string, count: number): LocalDay[] {
  const first = new Date(Date.parse(today) - (count - 1) * DAY_MS).toISOString().slice(0, 10)
  const dates = [first]
  while (dates.length <= count) dates.push(dayAfter(dates.at(-1) as string))
  const starts = dates.map((date) => dayStartsAt(date, timeZone) / QUARTER_MS)
  return dates.slice(0, -1).map((date, index) => ({
    date,
    fromQuarter: starts[index] as number,
    toQuarter: starts[index + 1] as number,
  }))
}
