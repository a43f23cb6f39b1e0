import { parseCookie, type SetCookie, stringifySetCookie } from 'cookie'
import type { Request, Response } from 'express'
import { asSecret, newSecret, sha256 } from '../secrets.ts'
import type { Shop } from '../shop.ts'
import { cookieName, isHttps, LONGEST_COOKIE_LIFE_S } from '../web/index.ts'

/**
 * Returns the SHA-256 (hex) of the secret that this browser sent, if it sent one. A browser is a random secret of 128
 * bits in a cookie that no script reads. The database knows only its hash, and only once a POST has needed a row:
 * looking at pages writes nothing.
 */
export function browserOf(shop: Shop, req: Request): string | undefined {
  const { kept, given } = secretsOf(shop, req)
  const secret = kept ?? given
  return secret && sha256(secret)
}

/**
 * Gives the browser its cookie before it needs it, so that two tabs are one buyer, and extends a cookie that it has by 400
 * days.
 */
export function ensureCookie(shop: Shop, req: Request, res: Response): void {
  const { kept, given = newSecret() } = secretsOf(shop, req)
  if (kept) setCookie(shop, res, 'buyer-kept', kept)
  else setCookie(shop, res, 'buyer', given)
}

/**
 * Has the browser keep its secret in a second cookie, which no page sets first. A late response to a page that was
 * opened at the same time then replaces only the other cookie. Returns the SHA-256 (hex) of the secret.
 */
export function keepBrowser(shop: Shop, req: Request, res: Response): string {
  const { kept, given } = secretsOf(shop, req)
  const secret = kept ?? given ?? newSecret()
  setCookie(shop, res, 'buyer', secret)
  setCookie(shop, res, 'buyer-kept', secret)
  return sha256(secret)
}

/** Sets a cookie that tells the page's script whether this browser keeps cookies. It holds no secret. */
export function setTestCookie(shop: Shop, res: Response): void {
  setCookie(shop, res, 'cookies-kept', 'yes', {})
}

function secretsOf(shop: Shop, req: Request): { kept: string | undefined; given: string | undefined } {
  const cookies = parseCookie(req.headers.cookie ?? '')
  return {
    kept: asSecret(cookies[cookieName(shop.config, 'buyer-kept')]),
    given: asSecret(cookies[cookieName(shop.config, 'buyer')]),
  }
}

/** Sets a cookie that only the shop reads, and that browsers keep as long as any, unless `rest` says otherwise. */
export function setCookie(
  shop: Shop,
  res: Response,
  name: string,
  value: string,
  rest: Partial<SetCookie> = { httpOnly: true, maxAge: LONGEST_COOKIE_LIFE_S },
): void {
  const cookie = stringifySetCookie({
    name: cookieName(shop.config, name),
    value,
    sameSite: 'lax',
    secure: isHttps(shop.config),
    path: '/',
    ...rest,
  })
  res.appendHeader('Set-Cookie', cookie)
}
