import type { DeskIntent, OrderState } from '../../../db/index.ts'
import { formatSums } from '../../../money/index.ts'
import { accessOfAny } from './as-access.ts'
import type { OrderFacts } from './read-order.ts'
import { type Reader, type Words, wordsOf } from './reader.ts'
import { isAsOrdered, messengerOf } from './timeline-money.ts'

/** Where an order stands, in plain words, and what there is to do. */
export interface Standing {
  tone: 'good' | 'bad' | 'plain'
  text: string
  todo?: string
}

/** Says where an order stands. `now` in milliseconds since 1970. */
export function asStanding(facts: OrderFacts, reader: Reader, now: number): Standing {
  const { standing } = wordsOf(reader)
  const isUnpaid = facts.payments.length === 0
  if (isUnpaid && facts.events.some(isOpenMismatch))
    return { tone: 'bad', text: standing.mismatched, todo: standing.mismatchedTodo }
  if (isUnpaid && facts.steps.some(({ what }) => what === 'only-submitted'))
    return whyNotPaid(facts, standing)
  return isUnpaid ? asUnpaid(facts, wordsOf(reader), now) : withMismatch(asPaid(facts, reader), facts, reader)
}

/** What waits in the inbox comes first, also where the order is paid by other proof. */
function withMismatch(paid: Standing, facts: OrderFacts, reader: Reader): Standing {
  const { standing } = wordsOf(reader)
  const open = facts.events.filter(isOpenMismatch)
  if (open.length === 0) return paid
  const areAsOrdered = open.every((event) => isAsOrdered(event, facts, reader))
  const { text, todo } = areAsOrdered ? standing.asOrderedBesides : standing.mismatchedBesides
  return { tone: 'bad', text: `${paid.text} ${text}`, todo }
}

/** Whether an event waits for the merchant: it doesn't match the order, and was neither dismissed nor honoured. */
export function isOpenMismatch({ verdict, dismissedAt, isUsed }: OrderFacts['events'][number]): boolean {
  return verdict === 'mismatched' && dismissedAt === undefined && !isUsed
}

/**
 * Why it isn't enough that Code calls the order paid: the merchant or an event contradicts it, or its status, or it isn't the shop's
 * own request.
 */
function whyNotPaid(facts: OrderFacts, standing: Words['standing']): Standing {
  const { onlySubmittedTodo: todo } = standing
  if (hasMismatch(facts)) return { tone: 'bad', text: standing.contradicted, todo }
  if (isUnproven(facts)) return { tone: 'bad', text: standing.unproven, todo: standing.unprovenTodo }
  if (calledPaid(facts).every(isDenied) && facts.intents.some(isDenied))
    return { tone: 'plain', text: standing.denied, todo: standing.deniedTodo }
  return { tone: 'bad', text: standing.onlySubmitted, todo }
}

function hasMismatch({ events }: OrderFacts): boolean {
  return events.some(({ verdict }) => verdict === 'mismatched')
}

/** The order's intents that Code has called paid although nothing proved it. */
function calledPaid({ intents, steps }: OrderFacts): DeskIntent[] {
  const ids = steps.filter(({ what }) => what === 'only-submitted').map(({ detail }) => detail)
  return intents.filter(({ id }) => ids.includes(id))
}

function isDenied({ deniedAt }: DeskIntent): boolean {
  return deniedAt !== undefined
}

/** Whether the buyer can't order again because Code calls the shop's own request paid: the merchant can say that no money came. */
export function isUnproven(facts: OrderFacts): boolean {
  const isOurs = ({ confirmedAt }: DeskIntent) => confirmedAt !== undefined
  const isUnpaid = facts.payments.length === 0 && !hasMismatch(facts)
  return isUnpaid && calledPaid(facts).some((intent) => isOurs(intent) && !isDenied(intent))
}

function asUnpaid(facts: OrderFacts, { standing, duration }: Words, now: number): Standing {
  const { order } = facts
  const newest = facts.intents.at(-1)
  if (order.state === 'expired') return { tone: 'plain', text: standing.expired, todo: standing.expiredTodo }
  if (newest?.refusal !== undefined && isRejected(newest, facts)) {
    const say = newest.sentAt === undefined ? standing.rejected : standing.rejectedAgain
    return { tone: 'bad', text: say(newest.refusal), todo: standing.rejectedTodo }
  }
  if (newest?.sentAt === undefined) return { tone: 'plain', text: standing.unsent }
  if (newest.confirmedAt === undefined) return { tone: 'plain', text: standing.unconfirmed }
  const ago = duration(Math.max(0, now - (order.offeredAt ?? order.createdAt)))
  return { tone: 'plain', text: standing.offered(ago), todo: standing.offeredTodo }
}

/** Whether Code's last answer to the request was a refusal: after the first time, steps tell of those that it accepted. */
function isRejected({ sentAt = 0, refusedAt = 0 }: DeskIntent, { steps }: OrderFacts): boolean {
  const acceptedAgainAt = steps.filter(({ what }) => what === 'offered-again').map(({ at }) => at)
  return Math.max(sentAt, ...acceptedAgainAt) < refusedAt
}

function asPaid(facts: OrderFacts, reader: Reader): Standing {
  const { standing } = wordsOf(reader)
  const { order, payments } = facts
  const access = order.isRevoked ? 'ended' : accessOfAny(facts, reader)
  const unlessEnded = (todo: string) => (access === 'ended' ? standing.access.ended : todo)
  const ifOpen = (todo: string) =>
    access === 'open' || access === 'waiting' ? todo : standing.access[access]
  const refunded = showSums(payments, reader, ({ refunded }) => refunded)
  const left = showSums(payments, reader, ({ hundredths, refunded }) => hundredths - refunded)
  if (isPaidElsewhere(facts))
    return { tone: 'bad', text: standing.paidElsewhere, todo: standing.paidTwiceTodo }
  switch (order.state) {
    case 'refunded':
      return { tone: 'plain', text: standing.refunded(refunded), todo: standing.access[access] }
    case 'revoked':
      return asRevoked(facts, standing, left)
    case 'paid-twice':
      return { tone: 'bad', text: standing.paidTwice(payments.length), todo: standing.paidTwiceTodo }
    case 'partly-refunded':
      return {
        tone: 'plain',
        text: standing.partlyRefunded(refunded, left),
        todo: ifOpen(standing.partlyRefundedTodo),
      }
    case 'free':
      return { tone: 'good', text: standing.free, todo: ifOpen(standing.freeTodo) }
    case 'by-hand':
      return { tone: 'good', text: standing.byHand, todo: unlessEnded(standing.byHandTodo) }
    default:
      return { tone: 'good', text: howPaid(facts, reader), todo: unlessEnded(standing.paidTodo) }
  }
}

function asRevoked(facts: OrderFacts, standing: Words['standing'], left: string): Standing {
  if (isFree(facts)) return { tone: 'plain', text: standing.revokedFree }
  return { tone: 'plain', text: standing.revoked(left), todo: standing.revokedTodo }
}

/** Whether an order that counts as paid was had for nothing. */
export function isFree({ payments }: OrderFacts): boolean {
  return payments.every(({ proof }) => proof === 'free')
}

const SETTLED: readonly OrderState[] = ['free', 'refunded', 'revoked'] // whatever was paid for another order

/** Whether an order's only payment and that of another one were for the same, whichever of the two came first. */
export function isPaidElsewhere({ order, payments }: OrderFacts): boolean {
  return order.heldByOrder !== undefined && payments.length === 1 && !SETTLED.includes(order.state)
}

function howPaid({ order, payments, events }: OrderFacts, reader: Reader): string {
  const { standing, duration } = wordsOf(reader)
  const [first] = payments
  if (!first) throw new TypeError('An order that is paid has a payment')
  const messenger = messengerOf(first, events)
  if (messenger === 'merchant') return standing.confirmedByHand
  const how = messenger === 'webhook' ? standing.byWebhook : standing.byStatus
  return standing.paid(how, duration(Math.max(0, first.paidAt - order.createdAt)))
}

/** Sums a part of each payment, by currency. */
function showSums(
  payments: OrderFacts['payments'],
  { locale }: Reader,
  part: (payment: OrderFacts['payments'][number]) => number,
): string {
  return formatSums(
    payments.map((payment) => ({ hundredths: part(payment), currency: payment.currency })),
    locale,
  )
}
