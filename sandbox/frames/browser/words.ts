// The page's request in words.

import { findShop } from './find-shop.ts'
import { fill, said } from './said.ts'

type Options = Record<string, unknown>

/** Returns what is requested, such as "$0.25", "Log in to example.com" or "A tip for @somebody". */
export function askedFor(options: Options): string {
  if (options.mode === 'login') return fill(said.loginTo, { domain: field(options.login, 'domain') })
  if (options.mode === 'tip') return fill(said.tipFor, { username: field(options.platform, 'username') })
  return money(Number(options.amount), String(options.currency))
}

/** Returns the rows below it; a row that is undefined is not shown. */
export function details(options: Options): Record<string, string | undefined> {
  return {
    destination: options.destination === undefined ? undefined : String(options.destination),
    shop: findShop(location.ancestorOrigins),
    domain: options.login === undefined ? undefined : field(options.login, 'domain'),
  }
}

/** Formats an amount for the buyer, with two decimals in every currency, since Code counts in hundredths. */
function money(amount: number, currency: string): string {
  const decimals = { minimumFractionDigits: 2, maximumFractionDigits: 2 }
  try {
    return new Intl.NumberFormat(document.body.dataset.locale, {
      style: 'currency',
      currency,
      ...decimals,
    }).format(amount)
  } catch {
    return `${amount.toFixed(2)} ${currency.toUpperCase()}` // not a currency; the sequencer will refuse it
  }
}

function field(value: unknown, name: string): string {
  return String((value as Options | undefined)?.[name] ?? '')
}
