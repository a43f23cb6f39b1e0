/**
 * An amount as an integer number of hundredths, with its currency in lower case. Every currency is counted in
 * hundredths, including the yen and the dinar, because that is the unit of Code's intents. It is not the minor unit of
 * ISO 4217.
 */
export interface Money {
  hundredths: number
  currency: string
}

/**
 * Parses the price in a product file: `'0.25 usd'` → `{ hundredths: 25, currency: 'usd' }`. Throws a RangeError that
 * says what would be right. The space may be a no-break one, which looks the same. More than two decimals are an error too: a price is never rounded.
 */
export function parseMoney(text: string): Money {
  const [, whole, decimals = '', currency] = /^(\d{1,9})(?:\.(\d+))?\s([a-z]{3})$/i.exec(text.trim()) ?? []
  if (!whole || !currency) throw new RangeError(`"${text}" is not an amount and a currency, like 0.25 usd`)
  if (decimals.length > 2)
    throw new RangeError(`"${text}" has more than two decimals, and Code knows only hundredths`)
  return {
    hundredths: Number(whole) * 100 + Number(decimals.padEnd(2, '0')),
    currency: currency.toLowerCase(),
  }
}

/** Converts hundredths to the decimal number that Code's SDK takes: 25 → 0.25. Server and browser both use this one. */
export function toDecimal(hundredths: number): number {
  return hundredths / 100
}

/** Writes hundredths as a decimal, exactly, as programs read it and people type it: 25 → `0.25`, 100000 → `1000.00`. */
export function toDecimalText(hundredths: number): string {
  const decimals = Math.abs(hundredths % 100)
  const whole = (Math.abs(hundredths) - decimals) / 100
  return `${hundredths < 0 ? '-' : ''}${whole}.${String(decimals).padStart(2, '0')}`
}

/**
 * Converts a decimal number from outside to hundredths. Returns undefined if it isn't a whole number of them. The
 * detour over rounding is needed because 0.14 × 100 is 14.000000000000002.
 */
export function fromDecimal(amount: number): number | undefined {
  const hundredths = Math.round(amount * 100)
  return Number.isSafeInteger(hundredths) && toDecimal(hundredths) === amount ? hundredths : undefined
}
