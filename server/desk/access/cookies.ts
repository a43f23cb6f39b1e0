import { parseCookie, stringifySetCookie } from 'cookie'
import type { Request, Response } from 'express'
import { asSecret } from '../../secrets.ts'
import type { Shop } from '../../shop.ts'
import { DAY_MS, HOUR_MS, SECOND_MS } from '../../time.ts'
import { cookieName, isHttps } from '../../web/index.ts'

/** How long a session lasts: in all, and unused. */
export const SESSION_LIMITS = { lifeMs: 7 * DAY_MS, unusedMs: 12 * HOUR_MS }

// The first is of a browser that has signed in, the second of one that looks at the sign-in page. They have different
// names because a link from another site brings no SameSite=Strict cookie: the page that follows must not replace it.
const NAMES = { session: 'desk', visit: 'desk-visit' }

type Kind = keyof typeof NAMES

/** Returns the secret in this browser's cookie, if it sent one. */
export function secretOf(shop: Shop, req: Request, kind: Kind): string | undefined {
  return asSecret(parseCookie(req.headers.cookie ?? '')[cookieName(shop.config, NAMES[kind])])
}

/** Sets a cookie that no script reads, and that the browser sends only from the shop's own pages. */
export function setSecret(shop: Shop, res: Response, kind: Kind, secret: string): void {
  const lifeMs = kind === 'session' ? SESSION_LIMITS.lifeMs : SESSION_LIMITS.unusedMs
  appendCookie(shop, res, kind, secret, lifeMs / SECOND_MS)
}

export function dropSecret(shop: Shop, res: Response, kind: Kind): void {
  appendCookie(shop, res, kind, '', 0)
}

function appendCookie(shop: Shop, res: Response, kind: Kind, value: string, maxAge: number): void {
  const cookie = stringifySetCookie({
    name: cookieName(shop.config, NAMES[kind]),
    value,
    httpOnly: true,
    secure: isHttps(shop.config),
    sameSite: 'strict',
    path: '/', // as __Host- requires
    maxAge,
  })
  res.appendHeader('Set-Cookie', cookie)
}
