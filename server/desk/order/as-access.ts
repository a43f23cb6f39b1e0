import type { DeskHolder, DeskRevocation } from '../../../db/index.ts'
import { writeDay } from '../../local-days.ts'
import { shorten } from '../shorten.ts'
import type { OrderFacts } from './read-order.ts'
import { type Reader, showTime, wordsOf } from './reader.ts'

type Access = 'open' | 'waiting' | 'until' | 'over' | 'nothing' | 'unpaid' | 'ended'

const NOT_OVER: readonly Access[] = ['open', 'waiting', 'until'] // what can be revoked

/** Who has the order, how they got it, and whether it is open to them now. */
export function asHolders(facts: OrderFacts, reader: Reader) {
  return facts.holders.map((holder) => asHolder(holder, facts, reader))
}

function asHolder(holder: DeskHolder, facts: OrderFacts, reader: Reader) {
  const { holders: words } = wordsOf(reader)
  const { buyer, heldSince, acquiredBy, fromDay = 0, untilDay = 0 } = holder
  const access = accessOf(holder, facts, reader)
  const days = { first: writeDay(fromDay), last: writeDay(untilDay - 1) }
  return {
    buyer,
    shown: shorten(buyer),
    href: `/desk/buyers/${buyer}`,
    since: showTime(heldSince, reader),
    how: words[acquiredBy],
    access: words[access](days),
    revokeHref: NOT_OVER.includes(access)
      ? `/desk/orders/${facts.order.id}/revoke?buyer=${buyer}`
      : undefined,
    revokeLabel: words.revokeFor(buyer),
  }
}

function accessOf(
  { buyer, isEntitled, fromDay, untilDay }: DeskHolder,
  { payments, revocations }: OrderFacts,
  { today }: Reader,
): Access {
  if (!isEntitled) return payments.length > 0 ? 'nothing' : 'unpaid' // a donation opens nothing
  const isEnded = revocations.some(
    (revocation) => isInForce(revocation) && [undefined, buyer].includes(revocation.buyer),
  )
  if (isEnded) return 'ended'
  if (fromDay === undefined || untilDay === undefined) return 'open'
  if (fromDay > today) return 'waiting'
  return untilDay > today ? 'until' : 'over'
}

/** Whether somebody who has the order can open something, now or later; `nothing` if it locks nothing, like a donation. */
export function accessOfAny(facts: OrderFacts, reader: Reader): 'open' | 'waiting' | 'ended' | 'nothing' {
  const all = facts.holders.map((holder) => accessOf(holder, facts, reader))
  if (all.some((access) => access === 'open' || access === 'until')) return 'open'
  if (all.includes('waiting')) return 'waiting'
  return all.every((access) => access === 'nothing') ? 'nothing' : 'ended'
}

/** Whether what the order gives has an end. It is the same for all who have the order. */
export function isForDays({ holders }: OrderFacts): boolean {
  return holders.some(({ untilDay }) => untilDay !== undefined)
}

/** Whether that end has come, so that there is nothing to open any more. `today` counts local days since 1970. */
export function isOver({ holders }: OrderFacts, today: number): boolean {
  return holders.some(({ untilDay }) => untilDay !== undefined && untilDay <= today)
}

/** Whether everyone's access can be ended: the order gives some, which has neither been ended nor come to its end. */
export function hasAccessToEnd(facts: OrderFacts, reader: Reader): boolean {
  return accessOfAny(facts, reader) !== 'nothing' && !facts.order.isRevoked && !isOver(facts, reader.today)
}

/** Whether ending everyone's access moves the passes behind. */
export function mayMove(facts: OrderFacts, reader: Reader): boolean {
  return isForDays(facts) && hasAccessToEnd(facts, reader)
}

export function isInForce({ restoredAt }: DeskRevocation): boolean {
  return restoredAt === undefined
}

export function asRevocations({ order, revocations }: OrderFacts, reader: Reader) {
  return revocations.map((revocation) => asRevocation(revocation, `/desk/orders/${order.id}`, reader))
}

function asRevocation(
  { id, buyer, reason, revokedAt, restoredAt, restoredByPayment }: DeskRevocation,
  path: string,
  reader: Reader,
) {
  const { revocations: words } = wordsOf(reader)
  const whose = buyer === undefined ? words.everyone : shorten(buyer)
  return {
    when: showTime(revokedAt, reader),
    whose,
    reason,
    restored: restoredAt === undefined ? undefined : showTime(restoredAt, reader),
    restoredHow: restoredByPayment === undefined ? undefined : words.byPayment,
    restoreHref: restoredAt === undefined ? `${path}/restore?revocation=${id}` : undefined,
    restoreLabel: words.restoreFor(whose),
  }
}
