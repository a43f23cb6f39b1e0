import type { RequestHandler } from 'express'
import { ShopError } from '../errors.ts'

const READING = ['GET', 'HEAD', 'OPTIONS']

/**
 * Refuses requests that change something and say that they come from elsewhere. Neither header means no browser
 * (curl), which has no cookie to misuse. Stands before anything that sets a cookie.
 */
export function refuseCrossSite(origins: readonly string[]): RequestHandler {
  return function refuseCrossSiteRequest(req, _res, next) {
    if (READING.includes(req.method)) return next()
    const site = req.get('Sec-Fetch-Site')
    const origin = req.get('Origin')
    if (site !== undefined && site !== 'same-origin' && site !== 'none') {
      throw new ShopError(
        'request-foreign',
        `The browser says that the request is ${site}; only same-origin requests change something`,
      )
    }
    if (origin !== undefined && !origins.includes(origin)) {
      throw new ShopError(
        'request-foreign',
        `The request comes from ${origin}; the shop's own pages are at ${origins.join(', ')}`,
      )
    }
    next()
  }
}
