import { HOUR_MS } from '../time.ts'
import { type CodeRules, findAboveMaximum } from './code-rules.ts'
import { findWrongPayees } from './payees.ts'
import type { Fields } from './read-fields.ts'

const EARLIEST_ZONE_MS = 14 * HOUR_MS // a day begins in Kiribati that long before it does in UTC

/**
 * Lists what is wrong with fields that are right by themselves. `codeRules` are undefined for any. `now` is in milliseconds since
 * 1970: the later of the clock and the time at which the file was saved, since a clock can be behind when a machine starts.
 */
export function* findUnsellable(
  fields: Fields,
  codeRules: CodeRules | undefined,
  now: number,
): Generator<{ path: (string | number)[]; message: string }> {
  yield* findFutureDate(fields, now)
  if (!codeRules) return
  yield* findWrongPayees(fields, codeRules)
  yield* findAboveMaximum(fields.price, codeRules)
}

/** A day that hasn't begun anywhere: it puts no sale off, and the feed would say that the product has changed then. */
function* findFutureDate({ date, draft, sold }: Fields, now: number) {
  if (date === undefined || draft || date - EARLIEST_ZONE_MS <= now) return
  const day = new Date(date).toISOString().slice(0, 10)
  const putOff = sold ? ', but the product would be for sale now: add draft: true until then, or' : ':'
  yield {
    path: ['date'],
    message: `date: ${day} is in the future${putOff} write the day on which it was last changed`,
  }
}
