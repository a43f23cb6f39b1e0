import { createHash, randomBytes } from 'node:crypto'
import { parseCookie, stringifySetCookie } from 'cookie'
import type { Request, Response } from 'express'
import type { Config } from '../config/index.ts'
import { DAY_MS, SECOND_MS } from '../time.ts'

const COOKIE_LIFE_S = (400 * DAY_MS) / SECOND_MS // the longest that browsers keep any
const SECRET = /^[0-9a-f]{32}$/

export type Browser = ReturnType<typeof createBrowser>

/**
 * A browser is a random secret of 128 bits in a cookie that no script reads. The database knows only its hash, and
 * only once a POST has needed a row: looking at pages writes nothing.
 */
export function createBrowser(config: Pick<Config, 'publicUrl'>) {
  const secure = config.publicUrl?.startsWith('https:') ?? false
  const name = secure ? '__Host-buyer' : 'buyer'

  const attributes = {
    name,
    httpOnly: true,
    sameSite: 'lax',
    secure,
    path: '/',
    maxAge: COOKIE_LIFE_S,
  } as const

  function secretOf(req: Request): string | undefined {
    const secret = parseCookie(req.headers.cookie ?? '')[name]
    return secret !== undefined && SECRET.test(secret) ? secret : undefined
  }

  /** SHA-256 (hex) of the secret that this browser sent, if it sent one. */
  function secretHash(req: Request): string | undefined {
    const secret = secretOf(req)
    return secret && sha256(secret)
  }

  /** Gives the browser a secret if it has none, and 400 more days for the one that it has. */
  function ensureSecret(req: Request, res: Response): string {
    const secret = secretOf(req) ?? randomBytes(16).toString('hex')
    res.append('Set-Cookie', stringifySetCookie({ ...attributes, value: secret }))
    return secret
  }

  return { secretHash, ensureSecret }
}

export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
