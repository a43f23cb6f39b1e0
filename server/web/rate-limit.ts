import type { Request, RequestHandler } from 'express'
import { ipKeyGenerator, rateLimit } from 'express-rate-limit'
import { ShopError } from '../errors.ts'
import { MINUTE_MS } from '../time.ts'

interface Limit {
  perMinute: number
  /** What is counted; undefined counts nothing */
  key(req: Request): string | undefined
  what: string
}

/** At most so many requests a minute for each key, with RateLimit headers; then 429 with Retry-After. */
export function limitRate({ perMinute, key, what }: Limit): RequestHandler {
  return rateLimit({
    windowMs: MINUTE_MS,
    limit: perMinute,
    standardHeaders: 'draft-8',
    identifier: what,
    legacyHeaders: false,
    skip: (req) => key(req) === undefined,
    keyGenerator: (req) => key(req) ?? '',
    handler: (_req, _res, next) =>
      next(
        new ShopError(
          'too-many-requests',
          `More than ${perMinute} a minute for one ${what}; wait, then try again`,
        ),
      ),
  })
}

/** The address that a request comes from, as TRUST_PROXY decides; an IPv6 subscriber is his network of 56 bits. */
export function addressOf(req: Request): string {
  return ipKeyGenerator(req.ip ?? '')
}
