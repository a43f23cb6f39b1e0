import { findLimits as findDocumentedLimits, type Limits } from '../money/index.ts'

// Code documents no limits for kin; its server has a minimum of 5,000 kin, and the same range as for any other currency.
const KIN_LIMITS: Limits = { minimum: 500_000, maximum: 2_500_000_000 }

// Simulated: Code asks a market. Here a kin is always worth 0.00000893 USD, and every other rate follows from the
// assumption that all minimum amounts are worth the same.
const USD_PER_KIN_E8 = 893
const USD_MINIMUM = 5

/** Returns the payable range in hundredths, or undefined for a currency that can't be paid in. `currency` is lower case. */
export function findLimits(currency: string): Limits | undefined {
  return currency === 'kin' ? KIN_LIMITS : findDocumentedLimits(currency)
}

/** Returns the simulated price of one kin in a currency. Throws a TypeError for one that findLimits doesn't know. */
export function exchangeRate(currency: string): number {
  if (currency === 'kin') return 1
  const limits = findLimits(currency)
  if (!limits) throw new TypeError(`no exchange rate for ${currency}`)
  return (USD_PER_KIN_E8 * limits.minimum) / USD_MINIMUM / 1e8 // rounded only once, so the digits stay few
}

export const QUARKS_PER_KIN = 100_000

/** Returns what a payment moves, in quarks. Wallets pay whole kin, rounded up: 0.01 USD are 1,120 kin, not 1,119.82. */
export function toQuarks(hundredths: number, currency: string): number {
  const kin = hundredths / 100 / exchangeRate(currency)
  return Math.ceil(kin - 1e-6) * QUARKS_PER_KIN // 1e-6: a quotient that should be whole may come out slightly larger
}
