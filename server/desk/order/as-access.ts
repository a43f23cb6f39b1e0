import type { DeskHolder, DeskRevocation } from '../../../db/index.ts'
import { writeDay } from '../../local-days.ts'
import { shorten } from '../shorten.ts'
import type { OrderFacts } from './read-order.ts'
import { type Reader, showTime, wordsOf } from './reader.ts'

/** Who has the order, how they got it, and whether it is open to them now. */
export function asHolders(facts: OrderFacts, reader: Reader) {
  return facts.holders.map((holder) => asHolder(holder, facts, reader))
}

function asHolder(holder: DeskHolder, facts: OrderFacts, reader: Reader) {
  const { holders: words } = wordsOf(reader)
  const { buyer, heldSince, acquiredBy, untilDay } = holder
  const access = accessOf(holder, facts, reader)
  const lastDay = untilDay === undefined ? '' : writeDay(untilDay - 1)
  return {
    buyer,
    shown: shorten(buyer),
    href: `/desk/buyers/${buyer}`,
    since: showTime(heldSince, reader),
    how: words[acquiredBy],
    access: access === 'until' || access === 'over' ? words[access](lastDay) : words[access],
    revokeHref:
      access === 'open' || access === 'until'
        ? `/desk/orders/${facts.order.id}/revoke?buyer=${buyer}`
        : undefined,
    revokeLabel: words.revokeFor(buyer),
  }
}

function accessOf(
  { buyer, isEntitled, untilDay }: DeskHolder,
  { payments, revocations }: OrderFacts,
  { today }: Reader,
): 'open' | 'until' | 'over' | 'nothing' | 'unpaid' | 'ended' {
  if (!isEntitled) return payments.length > 0 ? 'nothing' : 'unpaid' // a donation opens nothing
  const isEnded = revocations.some(
    (revocation) => isInForce(revocation) && [undefined, buyer].includes(revocation.buyer),
  )
  if (isEnded) return 'ended'
  if (untilDay === undefined) return 'open'
  return untilDay > today ? 'until' : 'over'
}

/** Whether somebody who has the order can open something now; `nothing` if it locks nothing, like a donation. */
export function accessOfAny(facts: OrderFacts, reader: Reader): 'open' | 'ended' | 'nothing' {
  const all = facts.holders.map((holder) => accessOf(holder, facts, reader))
  if (all.some((access) => access === 'open' || access === 'until')) return 'open'
  return all.every((access) => access === 'nothing') ? 'nothing' : 'ended'
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
