import { type Money, toDecimal } from './hundredths.ts'

const FORMATS_KEPT = 100 // making one costs 0.05 ms, and a stranger may ask for any language
const RTL_MARK = '\u200f' // with which languages written from right to left begin an amount
const LTR_MARK = '\u200e'
const formats = new Map<string, Intl.NumberFormat>()

/**
 * Formats an amount the way people read it: `$0.25`, or `0,25 $` where `locale` (a BCP 47 tag) writes it so. A currency
 * that is usually written without decimals gets them only when the amount has some.
 */
export function formatMoney({ hundredths, currency }: Money, locale = 'en'): string {
  const isWhole = hundredths % 100 === 0
  const key = `${locale} ${currency} ${isWhole}`
  const format = formats.get(key) ?? keepFormat(key, makeFormat(locale, currency, isWhole))
  return keepSymbolTogether(format.format(toDecimal(hundredths)))
}

/** Formats what amounts come to, by currency, since amounts of different currencies are never added: `$5.00 + ¥500`. */
export function formatSums(amounts: readonly Money[], locale = 'en'): string {
  const sums = new Map<Money['currency'], number>()
  for (const { hundredths, currency } of amounts) sums.set(currency, (sums.get(currency) ?? 0) + hundredths)
  return [...sums].map(([currency, hundredths]) => formatMoney({ hundredths, currency }, locale)).join(' + ')
}

/** From right to left, the sign of `US$` would jump to the other side of its letters. A mark behind it keeps it with them. */
function keepSymbolTogether(shown: string): string {
  return shown.startsWith(RTL_MARK) ? shown.replace(/[A-Z]\p{Sc}/u, `$&${LTR_MARK}`) : shown
}

function keepFormat(key: string, format: Intl.NumberFormat): Intl.NumberFormat {
  if (formats.size >= FORMATS_KEPT) formats.clear()
  formats.set(key, format)
  return format
}

function makeFormat(locale: string, currency: string, isWhole: boolean): Intl.NumberFormat {
  const usual = new Intl.NumberFormat(locale, { style: 'currency', currency })
  const digits = usual.resolvedOptions().maximumFractionDigits ?? 2
  return isWhole || digits >= 2
    ? usual
    : new Intl.NumberFormat(locale, { style: 'currency', currency, minimumFractionDigits: 2 })
}

/** Formats a rate in hundredths of a percent: 1900 → `19%`, or `19 %` where `locale` writes it so. */
export function formatPercent(rate: number, locale = 'en'): string {
  const key = `${locale} %`
  const format = formats.get(key) ?? keepFormat(key, makePercentFormat(locale))
  return format.format(rate / 10_000)
}

function makePercentFormat(locale: string): Intl.NumberFormat {
  return new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 2 })
}
