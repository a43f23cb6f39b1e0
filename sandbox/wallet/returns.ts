import { Problem } from '../errors.ts'

/** Where the buyer goes after the decision. Undefined: they stay with the wallet. */
export interface Returns {
  success: string | undefined
  cancel: string | undefined
  /** Phones open the success address in their default browser, which may be another than the one that started. */
  browser: 'this' | 'another'
}

/** Reads the optional return addresses of a page or a form. Throws Problem 400 for an address elsewhere: no open redirects. */
export function readReturns(fields: unknown, shops: readonly string[]): Returns {
  const { success, cancel, browser } = (fields ?? {}) as Record<string, unknown>
  return {
    success: readReturn('success', success, shops),
    cancel: readReturn('cancel', cancel, shops),
    browser: readBrowser(browser),
  }
}

function readBrowser(value: unknown): Returns['browser'] {
  if (value === undefined || value === 'this') return 'this'
  if (value === 'another') return 'another'
  throw new Problem(400, 'browser must be this or another, or be left out.')
}

function readReturn(name: string, value: unknown, shops: readonly string[]): string | undefined {
  if (value === undefined || value === '') return undefined
  const url = typeof value === 'string' && URL.canParse(value) ? new URL(value) : undefined
  if (url && shops.some((shop) => isAt(shop, url))) return url.href
  throw new Problem(400, `${name} must be one address that begins with ${shops.join(' or ')}.`)
}

/** `*` stands for any port. */
function isAt(shop: string, { origin, protocol, hostname }: URL): boolean {
  return shop === origin || shop === `${protocol}//${hostname}:*`
}

/** The part of a page's own address that carries them on. */
export function toQuery({ success, cancel, browser }: Returns): string {
  const query = new URLSearchParams({
    ...(success && { success }),
    ...(cancel && { cancel }),
    ...(browser === 'another' && { browser }),
  }).toString()
  return query && `?${query}`
}
