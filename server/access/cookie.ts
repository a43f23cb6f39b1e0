import { hash, randomBytes } from 'node:crypto'
import { parseCookie, stringifySetCookie } from 'cookie'
import type { Request, Response } from 'express'
import type { Shop } from '../shop.ts'
import { DAY_MS, SECOND_MS } from '../time.ts'

const COOKIE_LIFE_S = (400 * DAY_MS) / SECOND_MS // the longest that browsers keep any
const SECRET = /^[0-9a-f]{32}$/

/**
 * Returns the SHA-256 (hex) of the secret that this browser sent, if it sent one. A browser is a random secret of 128
 * bits in a cookie that no script reads. The database knows only its hash, and only once a POST has needed a row:
 * looking at pages writes nothing.
 */
export function browserOf(shop: Shop, req: Request): string | undefined {
  const secret = secretOf(shop, req)
  return secret && sha256(secret)
}

/**
 * Gives the browser its cookie before it needs it, so that two tabs are one buyer, and 400 more days to the cookie that
 * it has. Returns the SHA-256 (hex) of its secret.
 */
export function ensureCookie(shop: Shop, req: Request, res: Response): string {
  const secret = secretOf(shop, req) ?? randomBytes(16).toString('hex')
  const cookie = stringifySetCookie({
    name: nameOf(shop),
    value: secret,
    httpOnly: true,
    sameSite: 'lax',
    secure: isHttps(shop),
    path: '/',
    maxAge: COOKIE_LIFE_S,
  })
  res.appendHeader('Set-Cookie', cookie)
  return sha256(secret)
}

function secretOf(shop: Shop, req: Request): string | undefined {
  const secret = parseCookie(req.headers.cookie ?? '')[nameOf(shop)]
  return secret !== undefined && SECRET.test(secret) ? secret : undefined
}

function nameOf(shop: Shop): string {
  return isHttps(shop) ? '__Host-buyer' : 'buyer'
}

function isHttps({ config }: Shop): boolean {
  return config.publicUrl?.startsWith('https:') ?? false
}

export function sha256(text: string): string {
  return hash('sha256', text)
}
