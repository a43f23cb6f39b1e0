import type { RequestHandler } from 'express'
import helmet from 'helmet'
import type { Config } from '../config.ts'

/** Response headers that tell browsers to load, frame and reveal nothing but what the shop needs. */
export function securityHeaders(config: Pick<Config, 'publicUrl'>): RequestHandler {
  const isHttps = config.publicUrl?.startsWith('https:') ?? false
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'"],
        connectSrc: ["'self'"],
        formAction: ["'self'"],
        baseUri: ["'none'"],
        frameAncestors: ["'none'"],
      },
    },
    referrerPolicy: { policy: 'same-origin' }, // an address may hold a redemption code
    strictTransportSecurity: isHttps && { maxAge: 31_536_000, includeSubDomains: false },
  })
}

/** For every answer that depends on the buyer, locked or not: nothing in between may keep it. */
export const neverCached: RequestHandler = (_req, res, next) => {
  res.set('Cache-Control', 'private, no-store')
  next()
}
