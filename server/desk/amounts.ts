import { currencies, formatSums, fromDecimal, type Money } from '../../money/index.ts'

const AMOUNT = /^\d{1,9}([.,]\d{1,2})?$/ // at most two decimals, so that a thousands separator isn't taken for a point
const WITH_A_THIRD_ZERO = /^\d{1,9}\.\d{2}0$/
const GROUPED = /^[1-9]\d{0,2}(?:,\d{3}){1,2}(?:\.\d{1,2})?$/ // whole groups of three digits, as English has them
const GROUPED_FOR_SURE = /^[1-9]\d{0,2}(?:,\d{3}){1,2}\.\d{1,3}$/ // a comma before a point is no decimal one

/**
 * Parses an amount that the merchant has typed to hundredths, `0.25` or `0,25`, or as the desk shows it: `9,999.50`, and dinars
 * `1,500.500`. Where it may be dinars, `1,500` could be a thousand or not, and is no amount. `currency` in lower case; undefined if it
 * may be any. Undefined if the text is no amount.
 */
export function parseAmount(text: string, currency: string | undefined): number | undefined {
  const amount = asTyped(text, currency)
  return AMOUNT.test(amount) ? fromDecimal(Number(amount.replace(',', '.'))) : undefined
}

/** Shows what came for an order or, while nothing has, what is to be paid. */
export function showCameOrDue(order: Money & { payments: readonly Money[] }, locale?: string): string {
  return formatSums(order.payments.length > 0 ? order.payments : [order], locale)
}

/** Returns an amount that is written as the desk shows it without what merchants needn't type. */
function asTyped(text: string, currency: string | undefined): string {
  const isInDinars = hasThreeDecimals(currency)
  const grouped = isInDinars || currency === undefined ? GROUPED_FOR_SURE : GROUPED
  const plain = grouped.test(text) ? text.replaceAll(',', '') : text
  return isInDinars && WITH_A_THIRD_ZERO.test(plain) ? plain.slice(0, -1) : plain
}

function hasThreeDecimals(currency: string | undefined): boolean {
  if (currency === undefined || !isCurrency(currency)) return false
  return (
    new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits === 3
  )
}

/** Returns whether Code takes this currency, as a lower-case code: those with documented limits, and kin. */
export function isCurrency(code: string): boolean {
  return code === 'kin' || currencies.includes(code)
}
