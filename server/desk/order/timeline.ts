import type { Moment } from './moment.ts'
import type { OrderFacts } from './read-order.ts'
import { type Reader, showTime, wordsOf } from './reader.ts'
import { holderMoments } from './timeline-access.ts'
import { eventMoments, paymentMoments, refundMoments } from './timeline-money.ts'
import { intentMoments, orderMoments, stepMoments } from './timeline-offer.ts'

/** Tells everything that happened to an order, with the time between. */
export function asTimeline(facts: OrderFacts, reader: Reader) {
  // What happened at the same millisecond stays in the order of its causes.
  const moments = [
    ...orderMoments(facts, reader),
    ...intentMoments(facts, reader),
    ...stepMoments(facts, reader),
    ...eventMoments(facts, reader),
    ...paymentMoments(facts, reader),
    ...refundMoments(facts, reader),
    ...holderMoments(facts, reader),
  ].sort((a, b) => a.at - b.at)
  return moments.map((moment, place) => asEntry(moment, moments[place - 1], reader))
}

function asEntry(
  { at, details = [], tone = 'plain', ...moment }: Moment,
  before: Moment | undefined,
  reader: Reader,
) {
  return {
    ...moment,
    details,
    tone,
    time: showInstant(at, before, reader),
    after: before && at > before.at ? wordsOf(reader).timeline.after(at - before.at) : undefined,
  }
}

/** Names the day only where it changes. */
function showInstant(at: number, before: Moment | undefined, reader: Reader): ReturnType<typeof showTime> {
  const time = showTime(at, reader)
  const [day, clock] = time.shown.split(', ')
  const isSameDay = before !== undefined && showTime(before.at, reader).shown.startsWith(`${day}, `)
  return isSameDay && clock !== undefined ? { ...time, shown: clock } : time
}
