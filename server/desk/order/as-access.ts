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
  const access = accessOf(holder, facts)
  return {
    buyer,
    shown: shorten(buyer),
    href: `/desk/buyers/${buyer}`,
    since: showTime(heldSince, reader),
    how: words[acquiredBy],
    access: access === 'open' && untilDay !== undefined ? words.until(writeDay(untilDay - 1)) : words[access],
    revokeHref: access === 'open' ? `/desk/orders/${facts.order.id}/revoke?buyer=${buyer}` : undefined,
    revokeLabel: words.revokeFor(buyer),
  }
}

function accessOf(
  { buyer, isEntitled }: DeskHolder,
  { payments, revocations }: OrderFacts,
): 'open' | 'nothing' | 'unpaid' | 'ended' {
  if (!isEntitled) return payments.length > 0 ? 'nothing' : 'unpaid' // a donation opens nothing
  const isEnded = revocations.some(
    (revocation) => isInForce(revocation) && [undefined, buyer].includes(revocation.buyer),
  )
  return isEnded ? 'ended' : 'open'
}

export function isInForce({ restoredAt }: DeskRevocation): boolean {
  return restoredAt === undefined
}

export function asRevocations({ order, revocations }: OrderFacts, reader: Reader) {
  return revocations.map((revocation) => asRevocation(revocation, `/desk/orders/${order.id}`, reader))
}

function asRevocation(
  { id, buyer, reason, revokedAt, restoredAt }: DeskRevocation,
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
    restoreHref: restoredAt === undefined ? `${path}/restore?revocation=${id}` : undefined,
    restoreLabel: words.restoreFor(whose),
  }
}
