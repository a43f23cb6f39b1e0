import { Problem } from '../errors.ts'

/** Where the buyer goes after the decision. Without an address, they stay in the wallet. */
export interface Returns {
  success: string | undefined
  cancel: string | undefined
  /** Whether the success URL opens in this browser or, as on a phone, possibly in another one. */
  browser: 'this' | 'another'
}

/**
 * Returns what reads the optional return URLs of a page or a form. It throws a Problem 400, which ends with the remedy, for the
 * URL of an unknown shop: no open redirects.
 */
export function returnsTo(shops: readonly string[], remedy = ''): (fields: unknown) => Returns {
  const readUrl = (name: string, value: unknown) => readReturn(name, value, shops, remedy)
  return function readReturns(fields) {
    const { success, cancel, browser } = (fields ?? {}) as Record<string, unknown>
    return {
      success: readUrl('success', success),
      cancel: readUrl('cancel', cancel),
      browser: readBrowser(browser),
    }
  }
}

function readBrowser(value: unknown): Returns['browser'] {
  if (value === undefined || value === 'this') return 'this'
  if (value === 'another') return 'another'
  throw new Problem(400, 'browser must be "this" or "another", or left out.')
}

function readReturn(
  name: string,
  value: unknown,
  shops: readonly string[],
  remedy: string,
): string | undefined {
  if (value === undefined || value === '') return undefined
  const url = typeof value === 'string' && URL.canParse(value) ? new URL(value) : undefined
  if (url && shops.some((shop) => isAt(shop, url))) return url.href
  const sentence = `${name} must be a single URL that begins with ${shops.join(' or ')}.`
  throw new Problem(400, `${sentence} ${remedy}`.trimEnd())
}

/** Returns whether a URL belongs to a shop, whose `*` stands for any port. */
function isAt(shop: string, { origin, protocol, hostname }: URL): boolean {
  return shop === origin || shop === `${protocol}//${hostname}:*`
}

/** Returns the query that passes the return URLs on to the wallet's page. */
export function toQuery({ success, cancel, browser }: Returns): string {
  const query = new URLSearchParams({
    ...(success && { success }),
    ...(cancel && { cancel }),
    ...(browser === 'another' && { browser }),
  }).toString()
  return query && `?${query}`
}
