import { type DeskPayment, findOtherPurchases } from '../../../db/index.ts'
import type { Shop } from '../../shop.ts'
import type { OrderFacts } from './read-order.ts'
import { type Reader, showTime, wordsOf } from './reader.ts'
import { messengerOf } from './timeline-money.ts'

const LOOKED_AT = 50 // of the buyer's newest purchases

/** Reads what only the payer of an order can know, so that the merchant can ask for it. */
export async function readWhatPayersKnow({ db }: Shop, facts: OrderFacts, reader: Reader) {
  const { id: order, buyer } = facts.order
  return {
    payments: facts.payments.map((payment) => asKnown(payment, facts, reader)),
    otherProducts: await findOtherPurchases(db, { order, buyer }, LOOKED_AT),
  }
}

/** Nobody tells the shop when a payment was made, only that it was: this is the first that the shop heard of it, and how. */
function asKnown(payment: DeskPayment, { events }: OrderFacts, reader: Reader) {
  const { learned } = wordsOf(reader).link
  const { event, honouredEvent, paidAt, codeUser } = payment
  const deliveries = events.filter(({ digest }) => digest === event || digest === honouredEvent)
  const firstSeenAt = Math.min(...deliveries.map((delivery) => delivery.firstSeenAt))
  return firstSeenAt <= paidAt
    ? { at: showTime(firstSeenAt, reader), how: learned.webhook, codeUser }
    : { at: showTime(paidAt, reader), how: learned[messengerOf(payment, events)], codeUser }
}
