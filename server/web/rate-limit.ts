import type { Request, RequestHandler } from 'express'
import { ipKeyGenerator, rateLimit } from 'express-rate-limit'
import { ShopError } from '../errors.ts'
import { MINUTE_MS } from '../time.ts'

interface Limit {
  perMinute: number
  /** What is counted; a request whose key is undefined isn't counted */
  key(req: Request): string | undefined
  what: string
}

/** Allows so many requests a minute for each key, with RateLimit headers; then answers 429 with Retry-After. */
export function limitRate({ perMinute, key, what }: Limit): RequestHandler {
  const detail = `More than ${perMinute} requests a minute from one ${what}`
  return rateLimit({
    windowMs: MINUTE_MS,
    limit: perMinute,
    standardHeaders: 'draft-8',
    identifier: what,
    legacyHeaders: false,
    skip: (req) => key(req) === undefined,
    keyGenerator: (req) => key(req) ?? '',
    handler: (_req, _res, next) => next(new ShopError('too-many-requests', detail)),
  })
}

/** Returns the client's IP address according to TRUST_PROXY. IPv6 clients are grouped by /56 prefix. */
export function addressOf(req: Request): string {
  return ipKeyGenerator(req.ip ?? '')
}
