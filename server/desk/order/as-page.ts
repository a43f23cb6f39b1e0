import { formatMoney, formatPercent } from '../../../money/index.ts'
import { findProduct, isFaulty, kindOf, languageOfTitle, type Product } from '../../catalog/index.ts'
import { givesTheSame } from '../../orders/index.ts'
import type { Shop } from '../../shop.ts'
import { showCameOrDue } from '../amounts.ts'
import { asHolders, asRevocations, hasAccessToEnd, isOver } from './as-access.ts'
import { asPayments, asRefunds } from './as-money.ts'
import { describeGrants } from './describe-grants.ts'
import type { OrderFacts } from './read-order.ts'
import { type Reader, showMoney, showTime, wordsOf } from './reader.ts'
import { asStanding, isOpenMismatch, isPaidElsewhere, isUnproven } from './standing.ts'
import { asTimeline } from './timeline.ts'

/** What the page of an order shows. */
export function asPage(shop: Shop, facts: OrderFacts, reader: Reader) {
  return {
    order: asOrder(shop, facts, reader),
    standing: asStanding(facts, reader, shop.clock.now()),
    actions: asActions(facts, reader),
    intents: asIntents(facts, reader, shop.clock.now()),
    payments: asPayments(facts, reader),
    refunds: asRefunds(facts, reader),
    holders: asHolders(facts, reader),
    revocations: asRevocations(facts, reader),
    others: asOthers(facts, reader),
    timeline: asTimeline(facts, reader),
  }
}

function asOrder({ catalog }: Shop, facts: OrderFacts, reader: Reader) {
  const { order, grants } = facts
  const { id, buyer, product, title, state, hundredths, listHundredths, currency, createdAt } = order
  const { tax, calls, coupon, isOverLimit } = order
  return {
    id,
    title,
    lang: languageOfTitle(catalog, product),
    state,
    amount: showCameOrDue({ ...order, payments: facts.payments }, reader.locale),
    price: showMoney(order, reader),
    listPrice:
      listHundredths === hundredths ? undefined : showMoney({ hundredths: listHundredths, currency }, reader),
    tax: tax && {
      name: reader.texts.product.includesTax(formatPercent(tax.rate, reader.locale), tax.label),
      shown: showMoney({ hundredths: tax.hundredths, currency }, reader),
    },
    coupon: coupon && { code: coupon, href: `/desk/coupons/${coupon}`, isOverLimit },
    calls: calls && reader.texts.apiKeys.left(calls.left, calls.bought),
    gives: describeGrants(grants, reader),
    ordered: showTime(createdAt, reader),
    product,
    productHref: hasPage(findProduct(catalog, product)) ? `/products/${product}` : undefined,
    today: describeToday(catalog, facts, reader),
    buyer,
    buyerHref: `/desk/buyers/${buyer}`,
  }
}

/** Returns whether the merchant can open a product's page, as any stranger can. */
function hasPage(product: Product | undefined): boolean {
  return product !== undefined && product.status !== 'draft'
}

/** Says what has become of the product since it was offered. */
function describeToday(
  catalog: Shop['catalog'],
  { order: { product: slug, title, listHundredths, currency }, grants }: OrderFacts,
  reader: Reader,
): string {
  const { facts } = wordsOf(reader)
  const product = findProduct(catalog, slug)
  if (!product) return isFaulty(catalog, slug) ? facts.faulty : facts.gone
  const sameCurrency = product.prices.find(({ price }) => price.currency === currency)
  const { price, choice } = sameCurrency ?? product
  const costsTheSame = sameCurrency && (choice !== undefined || price.hundredths === listHundredths)
  const offered = kindOf(product).grants(product)
  const isUnchanged = product.title === title && costsTheSame && givesTheSame(offered, grants)
  const parts = [product.title, formatMoney(price, reader.locale), describeGrants(offered, reader)]
  const today = isUnchanged ? facts.unchanged : parts.filter((part) => part !== '').join(', ')
  return product.status === 'sold' ? today : facts[product.status](today)
}

/** The next poll of what is due is made as soon as the shop gets to it. */
function asIntents({ intents }: OrderFacts, reader: Reader, now: number) {
  const { facts } = wordsOf(reader)
  return intents.map(({ id, destination, isPaid, nextPollAt }) => ({
    id,
    destination,
    destinationName: isPaid ? facts.destination : facts.payableTo,
    nextPoll: nextPollAt === undefined ? undefined : showTime(Math.max(nextPollAt, now), reader),
  }))
}

function asOthers({ others }: OrderFacts, reader: Reader) {
  return others.map((other) => ({
    href: `/desk/orders/${other.id}`,
    title: other.title,
    state: other.state,
    amount: showCameOrDue(other, reader.locale),
    ordered: showTime(other.createdAt, reader),
  }))
}

/** What the merchant can do about the whole order, and that makes sense as it stands. */
function asActions(facts: OrderFacts, reader: Reader) {
  const { order, intents, payments, events } = facts
  const { actions } = wordsOf(reader)
  const path = `/desk/orders/${order.id}`
  const isUnpaid = intents.some(({ isPaid }) => !isPaid)
  const mismatched = events.find(isOpenMismatch)
  const isOpen = payments.length > 0 && !order.isRevoked && !isOver(facts, reader.today)
  return {
    ask: isUnpaid,
    askHref: `${path}/ask`,
    links: [
      ...(mismatched ? [{ href: `/desk/events/${mismatched.digest}`, text: actions.event }] : []),
      ...(isPaidElsewhere(facts)
        ? [{ href: `/desk/orders/${order.heldByOrder}`, text: actions.otherOrder }]
        : []),
      ...(isOpen ? [{ href: `${path}/link`, text: actions.link }] : []),
      ...(payments.length > 0 && hasAccessToEnd(facts, reader)
        ? [{ href: `${path}/revoke`, text: actions.revoke }]
        : []),
      ...(isUnpaid ? [{ href: `${path}/honour`, text: actions.honour }] : []),
      ...(isUnproven(facts) ? [{ href: `${path}/no-money`, text: actions.noMoney }] : []),
    ],
  }
}
