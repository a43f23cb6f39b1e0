import type { DeskIntent, DeskPayment, TimelineEvent } from '../../../db/index.ts'
import type { Money } from '../../../money/index.ts'
import { differencesOf } from './differences.ts'
import type { Moment } from './moment.ts'
import type { OrderFacts } from './read-order.ts'
import { type Reader, showMoney, showTime, wordsOf } from './reader.ts'

/** Each delivery that was verified, with its verdict. */
export function eventMoments(facts: OrderFacts, reader: Reader): Moment[] {
  return facts.events.flatMap((event) => [
    asDelivery(event, facts, reader),
    ...(event.dismissedAt === undefined ? [] : [asDismissal(event, event.dismissedAt, reader)]),
  ])
}

function asDelivery(event: TimelineEvent, facts: OrderFacts, reader: Reader): Moment {
  const { timeline } = wordsOf(reader)
  const { timesSeen, firstSeenAt, lastSeenAt, digest } = event
  const seen = timesSeen > 1 ? [timeline.seen(timesSeen, showTime(lastSeenAt, reader).shown)] : []
  const { details, ...verdict } = asVerdict(event, facts, reader)
  return { at: firstSeenAt, ...verdict, details: [...details, ...seen], href: `/desk/events/${digest}` }
}

type Judged = Pick<Moment, 'title' | 'tone'> & { details: readonly string[] }

function asVerdict(event: TimelineEvent, facts: OrderFacts, reader: Reader): Judged {
  const { verdict, digest } = event
  const proved = facts.payments.find((payment) => payment.event === digest)
  if (verdict === 'duplicate' && proved) return asLateProof(proved, facts, reader)
  if (verdict === 'mismatched') return asMismatch(event, facts, reader)
  const tone = verdict === 'applied' ? 'good' : verdict === 'orphaned' ? 'bad' : 'plain'
  return { title: wordsOf(reader).timeline.verdicts[verdict], tone, details: [] }
}

/** A webhook that came later has paid nothing, but it has become the payment's proof: its amount replaced what was entered. */
function asLateProof(payment: DeskPayment, facts: OrderFacts, reader: Reader): Judged {
  const { timeline } = wordsOf(reader)
  const [came, entered] = [payment, moneyEntered(payment, facts)].map((money) => showMoney(money, reader))
  return {
    title: timeline.confirms,
    tone: 'good',
    details: came === entered ? [] : [timeline.replaces(String(came), String(entered))],
  }
}

function asMismatch(event: TimelineEvent, facts: OrderFacts, reader: Reader): Judged {
  const { timeline } = wordsOf(reader)
  const intent = facts.intents.find(({ id }) => id === event.intent)
  return {
    title: isAsOrdered(event, facts, reader) ? timeline.refundedOtherwise : timeline.verdicts.mismatched,
    tone: 'bad',
    details: intent ? differencesOf(event, intent, reader) : [],
  }
}

/** Whether a mismatched event claims what was ordered, which the merchant had honoured with other money by then. */
export function isAsOrdered(
  event: TimelineEvent,
  { intents, payments }: OrderFacts,
  reader: Reader,
): boolean {
  const intent = intents.find(({ id }) => id === event.intent)
  if (!intent || !payments.some(isHonouredFor(intent))) return false
  return differencesOf(event, intent, reader).length === 0
}

const isHonouredFor =
  ({ id }: DeskIntent) =>
  ({ intent, honouredBy }: DeskPayment) =>
    intent === id && honouredBy !== undefined

/** What the merchant entered when they honoured a payment by hand, which a webhook may have replaced since. */
function moneyEntered(payment: DeskPayment, { actions }: OrderFacts): Money {
  const entered = actions.find(
    ({ what, before }) => what === 'order-honoured' && before.intent === payment.intent,
  )
  const { hundredths, currency } = entered?.after ?? {}
  return typeof hundredths === 'number' && typeof currency === 'string' ? { hundredths, currency } : payment
}

function asDismissal({ dismissedReason }: TimelineEvent, at: number, reader: Reader): Moment {
  const { timeline } = wordsOf(reader)
  return { at, title: timeline.dismissed, details: dismissedReason === undefined ? [] : [dismissedReason] }
}

export function paymentMoments(facts: OrderFacts, reader: Reader): Moment[] {
  return facts.payments.map((payment) => asPaid(payment, facts, reader))
}

function asPaid(payment: DeskPayment, facts: OrderFacts, reader: Reader): Moment {
  const { timeline, standing } = wordsOf(reader)
  const { paidAt: at, honouredReason } = payment
  const amount = showMoney(payment, reader)
  const messenger = messengerOf(payment, facts.events)
  if (messenger === 'free') return { at, title: timeline.paidFree, tone: 'good' }
  if (messenger === 'merchant')
    return {
      at,
      title: timeline.paidByHand(showMoney(moneyEntered(payment, facts), reader)),
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
