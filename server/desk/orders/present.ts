import { type ListedOrder, refundsOf } from '../../../db/index.ts'
import { formatSums } from '../../../money/index.ts'
import { languageOfTitle } from '../../catalog/index.ts'
import type { Shop } from '../../shop.ts'
import { en } from '../../texts/index.ts'
import { showAt } from '../../time.ts'
import { showCameOrDue } from '../amounts.ts'

const SHOWN_OF_ID = 12 // characters: of an order's or a buyer's own id, those are its time in milliseconds

/** A row of the list as its template and its script show it; all of it is text. */
export function asLine({ catalog, config }: Pick<Shop, 'catalog' | 'config'>, order: ListedOrder) {
  const { id, title, product, buyer, state, createdAt, payments } = order
  const refunds = refundsOf(payments)
  const amount = showCameOrDue(order)
  const stateLabel = en.desk.states[state]
  return {
    id,
    href: `/desk/orders/${id}`,
    /** Where it stands in the list */
    place: placeOf(order),
    placed: showAt(createdAt, config.timeZone),
    title,
    lang: languageOfTitle(catalog, product),
    product,
    shortId: id.slice(0, SHOWN_OF_ID),
    buyer,
    buyerHref: `/desk/buyers/${buyer}`,
    shortBuyer: buyer.slice(0, SHOWN_OF_ID),
    state,
    stateLabel,
    amount,
    refunded: refunds.length > 0 ? en.desk.orders.refunded(formatSums(refunds)) : '',
    /** Says what has arrived, for those who don't see it */
    news: en.desk.orders.news(title, amount, stateLabel),
  }
}

function placeOf({ createdAt, id }: Pick<ListedOrder, 'createdAt' | 'id'>): string {
  return `${createdAt}.${id}`
}
