import type { DeskIntent, TimelineStep } from '../../../db/index.ts'
import { reasonOf } from '../../code/index.ts'
import type { Moment } from './moment.ts'
import type { OrderFacts } from './read-order.ts'
import { lookUp, type Reader, showMoney, type Words, wordsOf } from './reader.ts'

const REGISTERED = ['ok', 'already_registered']

export function orderMoments(facts: OrderFacts, reader: Reader): Moment[] {
  return [{ at: facts.order.createdAt, title: nameOrigin(facts, reader) }]
}

function nameOrigin({ order, intents, actions }: OrderFacts, reader: Reader): string {
  const { timeline } = wordsOf(reader)
  if (order.hundredths === 0 && intents.length === 0) return timeline.orderedFree
  const price = showMoney(order, reader)
  return actions.some(({ what }) => what === 'orphan-honoured')
    ? timeline.madeByHand(price)
    : timeline.ordered(price)
}

/** What was sent to Code, and what it answered. */
export function intentMoments(facts: OrderFacts, reader: Reader): Moment[] {
  const words = wordsOf(reader)
  return facts.intents.flatMap((intent, place) => [
    ...(place > 0
      ? [{ at: intent.createdAt, title: whyAnother(facts.intents[place - 1], words), details: [intent.id] }]
      : []),
    ...(intent.sentAt === undefined ? [] : [{ at: intent.sentAt, title: words.timeline.sent }]),
    ...refusal(intent, facts.steps, words),
    ...(intent.confirmedAt === undefined
      ? []
      : [{ at: intent.confirmedAt, title: words.timeline.confirmed, tone: 'good' as const }]),
    ...registration(intent, facts.steps, words),
  ])
}

/** Says why Code was asked for another intent after this one, by its refusal. */
function whyAnother(former: DeskIntent | undefined, { timeline }: Words): string {
  const isPaid = former?.refusal !== undefined && reasonOf({ message: former.refusal }) === 'paid'
  return timeline.anotherIntent[isPaid ? 'paid' : 'not-ours']
}

/** The last refusal, unless a step tells of it as of those before. */
function refusal(
  { refusal, refusedAt }: DeskIntent,
  steps: readonly TimelineStep[],
  { timeline }: Words,
): Moment[] {
  if (refusal === undefined || refusedAt === undefined) return []
  if (steps.some(({ what, at }) => what === 'refused' && at === refusedAt)) return []
  return [{ at: refusedAt, title: timeline.rejected, details: [refusal], tone: 'bad' }]
}

function registration(intent: DeskIntent, steps: readonly TimelineStep[], { timeline }: Words): Moment[] {
  const { registration, registeredAt, sentAt, webhookUrl } = intent
  if (registration !== undefined && registeredAt !== undefined)
    return [asRegistration(registration, registeredAt, webhookUrl, timeline)]
  const isTold = steps.some(({ what }) => what === 'not-registered')
  return sentAt === undefined || webhookUrl !== undefined || isTold
    ? []
    : [{ at: sentAt, title: timeline.noWebhook }]
}

function asRegistration(
  registration: string,
  at: number,
  url: string | undefined,
  timeline: Words['timeline'],
): Moment {
  const reason = lookUp(timeline.registrations, registration)
  if (!REGISTERED.includes(registration))
    return { at, title: timeline.notRegistered, details: [reason ?? registration], tone: 'bad' }
  const title = registration === 'ok' ? timeline.registered : timeline.registeredBefore
  return { at, title, details: url === undefined ? [] : [url], tone: 'good' }
}

const BAD_STEPS = ['refused', 'not-registered', 'only-submitted']

export function stepMoments({ steps }: OrderFacts, reader: Reader): Moment[] {
  const { timeline } = wordsOf(reader)
  return steps.map(({ at, what, detail }) => ({
    at,
    title: lookUp(timeline.steps, what) ?? what,
    details:
      detail === undefined ? [] : [what === 'offered-again' ? timeline.butNotRegistered(detail) : detail],
    tone: BAD_STEPS.includes(what) ? 'bad' : 'plain',
  }))
}
