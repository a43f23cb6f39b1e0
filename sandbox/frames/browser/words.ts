// What the page asks for, in words.

type Options = Record<string, unknown>

/** "$0.25", "Log in to example.com", "A tip for @somebody" */
export function askedFor(options: Options): string {
  if (options.mode === 'login') return `Log in to ${field(options.login, 'domain')}`
  if (options.mode === 'tip') return `A tip for @${field(options.platform, 'username')}`
  return money(Number(options.amount), String(options.currency))
}

/** The rows below it; undefined: there is no such row. */
export function details(options: Options): Record<string, string | undefined> {
  return {
    destination: options.destination === undefined ? undefined : String(options.destination),
    shop: location.ancestorOrigins?.[0], // not in every browser
    domain: options.login === undefined ? undefined : field(options.login, 'domain'),
  }
}

/** In the buyer's format. Two decimals in every currency, since that is Code's unit. */
function money(amount: number, currency: string): string {
  const decimals = { minimumFractionDigits: 2, maximumFractionDigits: 2 }
  try {
    return new Intl.NumberFormat(undefined, { style: 'currency', currency, ...decimals }).format(amount)
  } catch {
    return `${amount.toFixed(2)} ${currency.toUpperCase()}` // a currency that is none; the sequencer will say so
  }
}

function field(value: unknown, name: string): string {
  return String((value as Options | undefined)?.[name] ?? '')
}
