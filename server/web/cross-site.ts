import type { Request, RequestHandler } from 'express'
import type { Config } from '../config/index.ts'
import { ShopError } from '../errors.ts'

const SAFE_METHODS = ['GET', 'HEAD', 'OPTIONS'] // RFC 9110, section 9.2.1
const OWN_SITE = ['same-origin', 'none'] // `none`: the user has typed the address, or opened a bookmark

/**
 * Refuses requests that change something and come from another site. `Sec-Fetch-Site` decides where it is sent; `Origin`
 * decides for older browsers and plain http. A request with neither is not from a browser (curl), so it has no cookie to
 * misuse. Must come before anything that sets a cookie.
 */
export function refuseCrossSite({ origins }: Pick<Config, 'origins'>): RequestHandler {
  return (req, _res, next) => next(SAFE_METHODS.includes(req.method) ? undefined : findFault(req, origins()))
}

/** Returns whether a page has sent this, rather than a program: browsers send one of the two headers with every POST. */
export function isFromPage(req: Request): boolean {
  return req.get('Sec-Fetch-Site') !== undefined || req.get('Origin') !== undefined
}

function findFault(req: Request, origins: readonly string[]): ShopError | undefined {
  const site = req.get('Sec-Fetch-Site')
  return site === undefined ? findOtherOrigin(req, origins) : findOtherSite(site)
}

function findOtherSite(site: string): ShopError | undefined {
  if (OWN_SITE.includes(site)) return undefined // even if `Origin` is null: a proxy can set Referrer-Policy: no-referrer
  return new ShopError('request-foreign', ({ crossSite }) => crossSite(site))
}

function findOtherOrigin(req: Request, origins: readonly string[]): ShopError | undefined {
  const origin = req.get('Origin')
  if (origin === undefined || origins.includes(origin)) return undefined
  return new ShopError('request-foreign', ({ otherOrigin }) => otherOrigin(origin, origins))
}
