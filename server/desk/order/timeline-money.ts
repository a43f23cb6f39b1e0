import type { DeskIntent, DeskPayment, TimelineEvent } from '../../../db/index.ts'
import { differencesOf } from './differences.ts'
import type { Moment } from './moment.ts'
import type { OrderFacts } from './read-order.ts'
import { type Reader, showMoney, showTime, wordsOf } from './reader.ts'

const BAD_VERDICTS = ['mismatched', 'orphaned']

/** Each delivery that was verified, with its verdict. */
export function eventMoments({ events, intents, payments }: OrderFacts, reader: Reader): Moment[] {
  return events.flatMap((event) => [
    { ...asDelivery(event, intents, reader), ...(isLateProof(event, payments) && asLateProof(reader)) },
    ...(event.dismissedAt === undefined ? [] : [asDismissal(event, event.dismissedAt, reader)]),
  ])
}

function asDelivery(event: TimelineEvent, intents: readonly DeskIntent[], reader: Reader): Moment {
  const { timeline } = wordsOf(reader)
  const { verdict, timesSeen, firstSeenAt, lastSeenAt, digest } = event
  const intent = intents.find(({ id }) => id === event.intent)
  const seen = timesSeen > 1 ? [timeline.seen(timesSeen, showTime(lastSeenAt, reader).shown)] : []
  return {
    at: firstSeenAt,
    title: timeline.verdicts[verdict],
    details: [...(verdict === 'mismatched' && intent ? differencesOf(event, intent, reader) : []), ...seen],
    tone: verdict === 'applied' ? 'good' : BAD_VERDICTS.includes(verdict) ? 'bad' : 'plain',
    href: `/desk/events/${digest}`,
  }
}

/** A webhook that came after a status has paid nothing, but it has become the payment's proof. */
function isLateProof({ verdict, digest }: TimelineEvent, payments: readonly DeskPayment[]): boolean {
  return verdict === 'duplicate' && payments.some(({ event }) => event === digest)
}

function asLateProof(reader: Reader): Pick<Moment, 'title' | 'tone'> {
  return { title: wordsOf(reader).timeline.confirms, tone: 'good' }
}

function asDismissal({ dismissedReason }: TimelineEvent, at: number, reader: Reader): Moment {
  const { timeline } = wordsOf(reader)
  return { at, title: timeline.dismissed, details: dismissedReason === undefined ? [] : [dismissedReason] }
}

export function paymentMoments({ payments, events }: OrderFacts, reader: Reader): Moment[] {
  return payments.map((payment) => asPaid(payment, events, reader))
}

function asPaid(payment: DeskPayment, events: readonly TimelineEvent[], reader: Reader): Moment {
  const { timeline, standing } = wordsOf(reader)
  const { paidAt: at, honouredReason } = payment
  const amount = showMoney(payment, reader)
  const messenger = messengerOf(payment, events)
  if (messenger === 'free') return { at, title: timeline.paidFree, tone: 'good' }
  if (messenger === 'merchant')
    return {
      at,
      title: timeline.paidByHand(amount),
      details: honouredReason ? [honouredReason] : [],
      tone: 'good',
    }
  const how = messenger === 'webhook' ? standing.byWebhook : standing.byStatus
  return { at, title: timeline.paid(amount, how), tone: 'good' }
}

/** Tells which messenger brought the news. A webhook that came later has become the proof of the same payment. */
export function messengerOf(
  { proof, event, paidAt, honouredBy }: DeskPayment,
  events: readonly TimelineEvent[],
): DeskPayment['proof'] {
  if (honouredBy !== undefined) return 'merchant'
  const proving = events.find(({ digest }) => digest === event)
  return proof === 'webhook' && proving && proving.firstSeenAt > paidAt ? 'status' : proof
}

/** What went back. */
export function refundMoments({ refunds }: OrderFacts, reader: Reader): Moment[] {
  const { timeline } = wordsOf(reader)
  return refunds.map((refund) => ({
    at: refund.refundedAt,
    title: timeline.refunded(showMoney(refund, reader)),
    details: [refund.sentTo && timeline.refundedTo(refund.sentTo), refund.proof, refund.note].filter(
      (detail) => detail !== undefined,
    ),
  }))
}
