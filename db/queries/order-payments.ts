/** A payment of an order, and what went back of it. `hundredths` of `currency`; instants in milliseconds since 1970. */
export interface OrderPayment {
  /** Undefined if the order was free, or honoured without one */
  intent: string | undefined
  hundredths: number
  currency: string
  taxHundredths: number
  paidAt: number
  /** Undefined for nothing */
  refund: SentBack | undefined
}

/** All that was sent back of a payment, in its currency: the sum, the tax in it, and when the last of it was. */
export interface SentBack {
  hundredths: number
  taxHundredths: number
  lastAt: number
}

/** What was sent back of each of these payments, in its currency. */
export function refundsOf(payments: readonly Pick<OrderPayment, 'refund' | 'currency'>[]) {
  return payments.flatMap(({ refund, currency }) => (refund ? [{ ...refund, currency }] : []))
}

// NULL without a refund, since what is joined to NULL is NULL.
const sentBackOf = (payment: string) => `
  (SELECT SUM(refunds.hundredths) || ' ' || SUM(refunds.tax_hundredths) || ' ' || MAX(refunds.refunded_at)
  FROM refunds WHERE refunds.payment = ${payment}.id)`

/** What went back of a row of `payments`, as one column: several would each look for it. */
export const SENT_BACK = `${sentBackOf('payments')} AS sent_back`

/**
 * The payments of a row of `orders` as one column, for a row each would multiply the order's. `which` are conditions on
 * `each_payment`.
 */
export const paymentsAs = (name: string, which = 'TRUE') => `
  (SELECT string_agg(each_payment.id || ' ' || each_payment.paid_at || ' ' || each_payment.hundredths || ' '
      || each_payment.currency || ' ' || each_payment.tax_hundredths || ' ' || COALESCE(each_payment.intent, '')
      || COALESCE(' ' || ${sentBackOf('each_payment')}, ''), ',')
  FROM payments AS each_payment
  WHERE each_payment.order_id = orders.id AND ${which}) AS ${name}`

/** Reads the column that SENT_BACK writes. */
export function toSentBack(text: unknown): SentBack | undefined {
  if (text === null) return undefined
  const [hundredths, taxHundredths, lastAt] = String(text).split(' ').map(Number)
  return { hundredths, taxHundredths, lastAt } as SentBack
}

/** Reads the column that paymentsAs writes: the first payment first, since ids begin with their time. */
export function toPayments(text: unknown): OrderPayment[] {
  return text === null ? [] : String(text).split(',').sort().map(toPayment)
}

function toPayment(text: string): OrderPayment {
  const [_id, paidAt, hundredths, currency, taxHundredths, intent, ...sentBack] = text.split(' ')
  return {
    intent: intent || undefined,
    hundredths: Number(hundredths),
    currency: String(currency),
    taxHundredths: Number(taxHundredths),
    paidAt: Number(paidAt),
    refund: toSentBack(sentBack.length > 0 ? sentBack.join(' ') : null),
  }
}
