import type { ListedOrder, OrderFilter } from '../../../db/index.ts'

/** Returns whether an order is one that a filter without a search finds, as the database would judge. */
export function matches(order: ListedOrder, filter: OrderFilter): boolean {
  const { state, product, currency } = filter
  const { from = 0, before = Number.POSITIVE_INFINITY } = filter
  const { minHundredths = 0, maxHundredths = Number.POSITIVE_INFINITY } = filter
  return (
    (state === undefined || order.state === state) &&
    (product === undefined || order.product === product) &&
    (currency === undefined || order.currency === currency) &&
    isWithin(order.hundredths, minHundredths, maxHundredths) &&
    isWithin(order.createdAt, from, before - 1)
  )
}

function isWithin(value: number, from: number, to: number): boolean {
  return from <= value && value <= to
}
