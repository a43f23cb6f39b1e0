import type { DeskIntent, TimelineEvent } from '../../../db/index.ts'
import { type Reader, showMoney, wordsOf } from './reader.ts'

const SUBMITTED = 'SUBMITTED'

/** Says how an event's claims differ from what was ordered, a sentence for each difference. */
export function differencesOf(event: TimelineEvent, intent: DeskIntent, reader: Reader): string[] {
  const { timeline } = wordsOf(reader)
  const pairs = [
    [timeline.amount, showMoney(intent, reader), showClaimed(event, reader)],
    [timeline.destination, intent.destination, event.destination ?? timeline.nothing],
    [timeline.fees, intent.fees || timeline.noFees, (event.fees ?? timeline.nothing) || timeline.noFees],
    [timeline.state, SUBMITTED, event.state ?? timeline.nothing],
  ] as const
  return pairs
    .filter(([, ordered, claimed]) => ordered !== claimed)
    .map(([what, ordered, claimed]) => timeline.differs(what, ordered, claimed))
}

/** A stranger's currency may be no currency at all. */
function showClaimed({ hundredths, currency }: TimelineEvent, reader: Reader): string {
  if (hundredths === undefined || currency === undefined) return wordsOf(reader).timeline.nothing
  return /^[a-z]{3}$/.test(currency)
    ? showMoney({ hundredths, currency }, reader)
    : `${hundredths / 100} ${currency}`
}
