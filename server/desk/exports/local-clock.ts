import { kept } from '../../kept.ts'
import { offsetAt } from '../../local-days.ts'
import { MINUTE_MS } from '../../time.ts'

const QUARTER_MS = 15 * MINUTE_MS // the offset of a time zone changes only between quarter hours of UTC
const QUARTERS_KEPT = 1_000

/** Returns a function that writes instants in a time zone as spreadsheets read them: `2026-11-28 08:14:01`. */
export function openLocalClock(timeZone: string): (at: number) => string {
  const offsets = new Map<number, number>() // by quarter hour, since asking Intl takes much longer than all the rest
  return (at) => {
    const quarter = Math.floor(at / QUARTER_MS)
    const offsetMs = kept(offsets, QUARTERS_KEPT, quarter, () => offsetAt(quarter * QUARTER_MS, timeZone))
    return new Date(at + offsetMs).toISOString().slice(0, 19).replace('T', ' ')
  }
}
