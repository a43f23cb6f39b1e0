// The page's request in words.

import { formatMoney, fromDecimal } from '../../../money/index.ts'
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

/** Formats an amount as the shop's page shows it. */
function money(amount: number, currency: string): string {
  try {
    const hundredths = fromDecimal(amount)
    if (hundredths !== undefined) return formatMoney({ hundredths, currency }, document.body.dataset.locale)
  } catch {
    // not a currency
  }
  return `${amount} ${currency.toUpperCase()}` // the sequencer will refuse it
}

function field(value: unknown, name: string): string {
  return String((value as Options | undefined)?.[name] ?? '')
}
