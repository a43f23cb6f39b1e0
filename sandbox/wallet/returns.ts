import { Problem } from '../errors.ts'

/** Where the browser goes after the decision. Undefined: it stays with the wallet. */
export interface Returns {
  success: string | undefined
  cancel: string | undefined
}

/** Reads the optional return addresses of a page or a form. Throws Problem 400 for an address elsewhere: no open redirects. */
export function readReturns(fields: unknown, shops: readonly string[]): Returns {
  const { success, cancel } = (fields ?? {}) as Record<string, unknown>
  return { success: readReturn('success', success, shops), cancel: readReturn('cancel', cancel, shops) }
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
export function toQuery({ success, cancel }: Returns): string {
  const query = new URLSearchParams({ ...(success && { success }), ...(cancel && { cancel }) }).toString()
  return query && `?${query}`
}
