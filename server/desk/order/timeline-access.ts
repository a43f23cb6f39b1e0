import type { DeskRevocation } from '../../../db/index.ts'
import { shorten } from '../shorten.ts'
import type { Moment } from './moment.ts'
import type { OrderFacts } from './read-order.ts'
import { lookUp, type Reader, wordsOf } from './reader.ts'

// What these did has a row of its own, which is shown instead.
const TOLD_ELSEWHERE = [
  'access-restored',
  'access-revoked',
  'link-issued',
  'order-honoured',
  'orphan-honoured',
  'refund-recorded',
]

/** Who came to have the order, whose access ended, and what else the merchant did. */
export function holderMoments(facts: OrderFacts, reader: Reader): Moment[] {
  return [
    ...linkMoments(facts, reader),
    ...redemptionMoments(facts, reader),
    ...facts.revocations.flatMap((revocation) => revocationMoments(revocation, reader)),
    ...actionMoments(facts, reader),
  ]
}

function linkMoments({ links }: OrderFacts, reader: Reader): Moment[] {
  return links.map(({ createdAt }) => ({ at: createdAt, title: wordsOf(reader).timeline.linkIssued }))
}

function redemptionMoments({ holders }: OrderFacts, reader: Reader): Moment[] {
  const { timeline } = wordsOf(reader)
  return holders
    .filter(({ acquiredBy }) => acquiredBy !== 'ordered')
    .map(({ acquiredBy, heldSince, buyer }) => ({
      at: heldSince,
      title: acquiredBy === 'redeemed' ? timeline.redeemed : timeline.linked,
      details: [shorten(buyer)],
    }))
}

function revocationMoments(revocation: DeskRevocation, reader: Reader): Moment[] {
  const { timeline } = wordsOf(reader)
  const { buyer, reason, revokedAt, restoredAt, restoredByPayment, restoredReason } = revocation
  const title = buyer === undefined ? timeline.revoked : timeline.revokedBuyer(shorten(buyer))
  const revoked: Moment = { at: revokedAt, title, details: [reason], tone: 'bad' }
  if (restoredAt === undefined) return [revoked]
  const restored = restoredByPayment === undefined ? timeline.restored : timeline.restoredByPayment
  const details = restoredReason === undefined ? [] : [restoredReason]
  return [revoked, { at: restoredAt, title: restored, details, tone: 'good' }]
}

function actionMoments({ actions }: OrderFacts, reader: Reader): Moment[] {
  const { timeline } = wordsOf(reader)
  return actions
    .filter(({ what }) => !TOLD_ELSEWHERE.includes(what))
    .map(({ what, after, actedAt }) => {
      if (what === 'payment-denied')
        return { at: actedAt, title: timeline.denied, details: [String(after.reason)] }
      const asked = what === 'code-asked' && lookUp(timeline.asked, String(after.outcome))
      return { at: actedAt, title: asked || timeline.action(what) }
    })
}
