import { getLimits, type Money, toDecimalText } from '../../money/index.ts'
import { type Config, refusalOf } from '../config/index.ts'
import type { Pricing } from './product.ts'

/** What the shop's configuration allows of a product's payments, beside what Code takes of everyone. */
export interface CodeRules {
  /** Where the money goes if a product names no address of its own */
  destination: string
  /** Says why the shop must not send money to an address; undefined if it may */
  refusalOf(address: string): string | undefined
  /** The largest amount that may be asked for, and in other currencies the same multiple of Code's minimum; undefined for Code's own */
  codeMaximum: Money | undefined
}

/** The rules of the shop's configuration. `publicKeys` are those that sign webhooks. */
export function codeRulesOf({
  mode,
  destination,
  publicKeys,
  codeMaximum,
}: Pick<Config, 'mode' | 'destination'> &
  Partial<Pick<Config, 'codeMaximum'>> & { publicKeys?: readonly string[] | undefined }): CodeRules {
  return { destination, refusalOf: (address) => refusalOf(address, { mode, publicKeys }), codeMaximum }
}

/** Lists the prices and suggested amounts that are above CODE_MAXIMUM. */
export function* findAboveMaximum(
  prices: readonly Pricing[],
  { codeMaximum }: CodeRules,
): Generator<{ path: string[]; message: string }> {
  for (const { price, choice } of prices) {
    const maximum = maximumIn(price.currency, codeMaximum)
    const above = [price.hundredths, ...(choice?.suggested ?? [])].find((hundredths) => hundredths > maximum)
    if (above !== undefined)
      yield {
        path: ['price'],
        message: `price: ${toDecimalText(above)} ${price.currency} is above CODE_MAXIMUM, which is ${toDecimalText(maximum)} ${price.currency}`,
      }
  }
}

/** Returns the price with no higher amount to choose than CODE_MAXIMUM. */
export function upToMaximum(pricing: Pricing, codeMaximum: Money | undefined): Pricing {
  const { choice, price } = pricing
  if (!choice) return pricing
  return {
    ...pricing,
    choice: { ...choice, to: Math.min(choice.to, maximumIn(price.currency, codeMaximum)) },
  }
}

/** In whole hundredths. Multiplied before it is divided: 820 / 100 * 100 is 819.9999999999999 in IEEE 754. */
function maximumIn(currency: string, codeMaximum: Money | undefined): number {
  if (!codeMaximum) return Number.POSITIVE_INFINITY
  return Math.floor(
    (getLimits(currency).minimum * codeMaximum.hundredths) / getLimits(codeMaximum.currency).minimum,
  )
}
