import { formatMoney, toDecimal } from '../../../money/index.ts'

const CURRENCY = /^[a-z]{3}$/

/** Shows an amount that somebody claims, whose currency may be no currency at all. Undefined where it can't be read. */
export function showClaimedAmount({
  hundredths,
  currency,
}: {
  hundredths: number | null | undefined
  currency: string | null | undefined
}): string | undefined {
  if (hundredths === null || hundredths === undefined) return undefined
  return currency && CURRENCY.test(currency)
    ? formatMoney({ hundredths, currency })
    : `${toDecimal(hundredths)} ${currency ?? ''}`.trim()
}
