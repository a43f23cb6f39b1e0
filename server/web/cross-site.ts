import type { Request, RequestHandler } from 'express'
import { ShopError } from '../errors.ts'

const SAFE_METHODS = ['GET', 'HEAD', 'OPTIONS'] // RFC 9110, section 9.2.1
const OWN_SITE = ['same-origin', 'none'] // `none`: the user has typed the address, or opened a bookmark

/**
 * Refuses requests that change something and come from another site. A request with neither header is not from a browser
 * (curl), so it has no cookie to misuse. Must come before anything that sets a cookie.
 */
export function refuseCrossSite(origins: readonly string[]): RequestHandler {
  return (req, _res, next) => next(SAFE_METHODS.includes(req.method) ? undefined : faultOf(req, origins))
}

function faultOf(req: Request, origins: readonly string[]): ShopError | undefined {
  const site = req.get('Sec-Fetch-Site')
  const origin = req.get('Origin')
  if (site !== undefined && !OWN_SITE.includes(site))
    return crossSite(
      `The browser reports a ${site} request, and only same-origin requests may change something`,
    )
  if (origin !== undefined && !origins.includes(origin))
    return crossSite(
      `The request comes from ${origin}, and the shop’s own pages are at ${origins.join(', ')}`,
    )
  return undefined
}

function crossSite(detail: string): ShopError {
  return new ShopError('request-foreign', detail)
}
