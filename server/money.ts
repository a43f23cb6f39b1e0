import { MAXIMUM_PER_MINIMUM, MINIMUM_HUNDREDTHS } from './limits.ts'

/**
 * An amount as an integer number of hundredths, with its currency in lower case. Hundredths for every currency,
 * also yen and dinar, because that is the unit which Code's intents are made of; it is not ISO 4217's minor unit.
 */
export interface Money {
  hundredths: number
  currency: string
}

/** `'0.25 usd'` → `{ hundredths: 25, currency: 'usd' }`. Throws RangeError with what would be right: a price is never rounded. */
export function parseMoney(text: string): Money {
  const [, whole, decimals = '', currency] = /^(\d{1,9})(?:\.(\d+))? ([a-z]{3})$/i.exec(text.trim()) ?? []
  if (!whole || !currency) throw new RangeError(`"${text}" is not an amount and a currency, like 0.25 usd`)
  if (decimals.length > 2)
    throw new RangeError(`"${text}" has more than two decimals, and Code knows only hundredths`)
  return {
    hundredths: Number(whole) * 100 + Number(decimals.padEnd(2, '0')),
    currency: currency.toLowerCase(),
  }
}

/** Hundredths → the decimal number that Code's SDK takes: 25 → 0.25. The one conversion, for server and browser. */
export function toDecimal(hundredths: number): number {
  return hundredths / 100
}

/** A decimal number from outside → hundredths, or undefined if it isn't a whole number of them. 0.14 × 100 is 14.000000000000002. */
export function fromDecimal(amount: number): number | undefined {
  const hundredths = Math.round(amount * 100)
  return Number.isSafeInteger(hundredths) && toDecimal(hundredths) === amount ? hundredths : undefined
}

/** Throws RangeError if Code would not take this amount: its limits are documented at https://code-wallet.github.io/code-sdk/docs */
export function assertPayable({ hundredths, currency }: Money): void {
  const minimum = Object.hasOwn(MINIMUM_HUNDREDTHS, currency) ? MINIMUM_HUNDREDTHS[currency] : undefined
  if (minimum === undefined)
    throw new RangeError(`Code does not take ${currency}; usd and eur are among what it takes`)
  const maximum = minimum * MAXIMUM_PER_MINIMUM
  if (hundredths < minimum)
    throw new RangeError(
      `${plain({ hundredths, currency })} is below Code's minimum of ${plain({ hundredths: minimum, currency })}`,
    )
  if (hundredths > maximum)
    throw new RangeError(
      `${plain({ hundredths, currency })} is above Code's maximum of ${plain({ hundredths: maximum, currency })}`,
    )
}

function plain({ hundredths, currency }: Money): string {
  return `${toDecimal(hundredths).toFixed(2)} ${currency}`
}

const FORMATS_KEPT = 100 // making one costs 0.05 ms, and a stranger may ask for any language
const formats = new Map<string, Intl.NumberFormat>()

/**
 * As people read it: `$0.25`, and `0,25 $` where `locale` (a BCP 47 tag) writes it so. A currency that is usually
 * written without decimals gets them only when it has some.
 */
export function formatMoney({ hundredths, currency }: Money, locale = 'en'): string {
  const isWhole = hundredths % 100 === 0
  const key = `${locale} ${currency} ${isWhole}`
  const format = formats.get(key) ?? keepFormat(key, makeFormat(locale, currency, isWhole))
  return format.format(toDecimal(hundredths))
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
