import countryToCurrency from 'country-to-currency'
import { kept } from '../kept.ts'

const KEPT = 500 // a stranger may ask for any locale
const known = new Map<string, string | undefined>()

/** Returns the currency, in lower case, of the country that a locale names or is mostly used in: `de-AT` and `de` → `eur`. */
export function currencyOf(locale: string): string | undefined {
  return kept(known, KEPT, locale, () => find(new Intl.Locale(locale).maximize().region))
}

/** Returns whether a locale names a country, and people pay in another currency there. */
export function isForeign(currency: string, locale: string): boolean {
  const { region } = new Intl.Locale(locale)
  const own = find(region)
  return own !== undefined && own !== currency
}

function find(region: string | undefined): string | undefined {
  const currencies: Readonly<Record<string, string>> = countryToCurrency
  return region !== undefined && Object.hasOwn(currencies, region)
    ? currencies[region]?.toLowerCase()
    : undefined
}
