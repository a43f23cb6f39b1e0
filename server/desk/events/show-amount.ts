import { formatMoney, toDecimal } from '../../../money/index.ts'

const CURRENCY = /^[a-z]{3}$/

/** Shows an amount that somebody claims, whose currency may be no currency at all. Undefined where it can't be read. */
export function showClaimedAmount(
  { hundredths, currency }: { hundredths: number | null | undefined; currency: string | null | undefined },
  locale: string,
): string | undefined {
  if (hundredths === null || hundredths === undefined) return undefined
  return currency && CURRENCY.test(currency)
    ? formatMoney({ hundredths, currency }, locale)
    : `${toDecimal(hundredths)} ${currency ?? ''}`.trim()
}
