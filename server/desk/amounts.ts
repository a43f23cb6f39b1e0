import { currencies, fromDecimal, toDecimal } from '../../../money/index.ts'

const AMOUNT = /^\d{1,9}([.,]\d{1,2})?$/ // at most two decimals, so that a thousands separator isn't taken for a point

/** Parses an amount that the merchant has typed to hundredths, `0.25` or `0,25`. Undefined unless it is more than nothing. */
export function parseAmount(text: string): number | undefined {
  if (!AMOUNT.test(text)) return undefined
  return fromDecimal(Number(text.replace(',', '.'))) || undefined
}

/** Writes an amount as it can be typed: 25 → `0.25`. */
export function writeAmount(hundredths: number): string {
  return toDecimal(hundredths).toFixed(2)
}

/** Returns whether Code takes this currency, as a lower-case code: those with documented limits, and kin. */
export function isCurrency(code: string): boolean {
  return code === 'kin' || currencies.includes(code)
}
