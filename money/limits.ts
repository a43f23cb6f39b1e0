import { type Money, toDecimalText } from './hundredths.ts'
import limits from './limits.json' with { type: 'json' }

export interface Limits {
  /** The smallest amount that Code accepts, in hundredths */
  minimum: number
  /** The largest, in hundredths */
  maximum: number
}

// The 150 currencies that have a documented limit and that Code's packages know. Code has changed its limits before.
const minimums: ReadonlyMap<string, number> = new Map(Object.entries(limits.minimumHundredths))

/** The currencies that can be paid in, as lower-case codes. Code also accepts kin, which has no documented limit. */
export const currencies: readonly string[] = [...minimums.keys()]

/**
 * Returns what Code accepts in a currency, whose code is in lower case, or undefined if it doesn't accept that currency.
 * Code documents 0.05 to 250.00 USD, and the same ratio of 1 to 5,000 in every other currency:
 * https://code-wallet.github.io/code-sdk/docs
 */
export function findLimits(currency: string): Limits | undefined {
  const minimum = minimums.get(currency)
  return minimum === undefined ? undefined : { minimum, maximum: minimum * limits.maximumPerMinimum }
}

/** Returns what Code accepts in a currency. Throws a RangeError if it doesn't accept that currency. */
export function getLimits(currency: string): Limits {
  const limits = findLimits(currency)
  if (!limits) throw new RangeError(`Code does not take ${currency}; usd and eur are among what it takes`)
  return limits
}

/** Throws a RangeError if Code would reject this amount. */
export function assertPayable({ hundredths, currency }: Money): void {
  const { minimum, maximum } = getLimits(currency)
  if (hundredths < minimum)
    throw new RangeError(
      `${plain(hundredths, currency)} is below Code's minimum of ${plain(minimum, currency)}`,
    )
  if (hundredths > maximum)
    throw new RangeError(
      `${plain(hundredths, currency)} is above Code's maximum of ${plain(maximum, currency)}`,
    )
}

function plain(hundredths: number, currency: string): string {
  return `${toDecimalText(hundredths)} ${currency}`
}
