import type { RequestHandler } from 'express'
import { Problem } from './errors.ts'

const READING = ['GET', 'HEAD', 'OPTIONS']

/**
 * Refuses names that aren't ours, for every method: a page that points its own name at this machine (DNS rebinding)
 * would otherwise read everything here as if it were its own.
 */
export function refuseUnknownHosts(addresses: readonly string[]): RequestHandler {
  const known = new Set(addresses.map((address) => new URL(address).hostname))
  return function refuseUnknownHost(req, _res, next) {
    const host = `http://${req.headers.host}`
    if (URL.canParse(host) && known.has(new URL(host).hostname)) return next()
    throw new Problem(
      421,
      `The sandbox is not reached under this host name; it answers to ${[...known].join(' and ')}.`,
    )
  }
}

/**
 * Refuses requests that change something and come from another site's page. Programs send neither header. An origin
 * of our own is enough by itself: shop and sandbox may have different ports, which browsers call same-site.
 */
export function refuseForeign(origins: readonly string[]): RequestHandler {
  return function refuseForeignRequest(req, _res, next) {
    if (READING.includes(req.method)) return next()
    const origin = req.get('Origin')
    const site = req.get('Sec-Fetch-Site')
    if (origin !== undefined ? origins.includes(origin) : site !== 'cross-site' && site !== 'same-site')
      return next()
    const from = origin ?? `another site (${site})`
    throw new Problem(
      403,
      `The request comes from a page of ${from}; only pages of ${origins.join(' and ')} may change something here.`,
    )
  }
}

/** Shops as a Content-Security-Policy names them. It cannot name an IPv6 address. */
export function inPolicy(shops: readonly string[]): string {
  return shops.filter((shop) => !shop.includes('[')).join(' ')
}

/** Nothing inline, nothing from elsewhere; forms may lead back to a shop (browsers hold redirects against this). */
export function protectPages(shops: readonly string[]): RequestHandler {
  const policy = [
    "default-src 'none'",
    "style-src 'self'",
    "img-src 'self'",
    "script-src 'self'",
    "connect-src 'self'",
    `form-action 'self' ${inPolicy(shops)}`,
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; ')
  return function setHeaders(_req, res, next) {
    res.set({
      'Content-Security-Policy': policy,
      'Cache-Control': 'no-store',
      'Referrer-Policy': 'same-origin', // with `no-referrer` a form's Origin would be null
      'X-Content-Type-Options': 'nosniff',
    })
    next()
  }
}
