import type { Request, RequestHandler } from 'express'
import { Problem } from './errors.ts'
import { isLoopback, isLoopbackAddress } from './hosts.ts'

const READING = ['GET', 'HEAD', 'OPTIONS']
const OWN_SITE = ['same-origin', 'none'] // `none`: the user has typed the address, or opened a bookmark

/**
 * Refuses host names other than the sandbox's own, for every method: otherwise a site that points its name at this machine
 * (DNS rebinding) could read everything here as if it were its own.
 */
export function refuseUnknownHosts(addresses: readonly string[], remedy = ''): RequestHandler {
  const known = new Set(addresses.map((address) => new URL(address).hostname))
  return function refuseUnknownHost(req, _res, next) {
    const host = `http://${req.headers.host}`
    if (URL.canParse(host) && known.has(new URL(host).hostname)) return next()
    const sentence = `The sandbox doesn't serve this host name. It serves ${[...known].join(' and ')}.`
    throw new Problem(421, `${sentence} ${remedy}`.trimEnd())
  }
}

/**
 * Refuses cross-site requests that change something. Programs send neither header. An `Origin` decides alone, since shop
 * and sandbox may have different ports, which browsers report as same-site. It is null if a proxy has set
 * `Referrer-Policy: no-referrer`; then `Sec-Fetch-Site` decides.
 */
export function refuseCrossSite(origins: readonly string[]): RequestHandler {
  return function refuseCrossSiteRequest(req, _res, next) {
    if (READING.includes(req.method)) return next()
    const origin = req.get('Origin')
    const site = req.get('Sec-Fetch-Site')
    const isNamed = origin !== undefined && origin !== 'null'
    // The host name has been checked; a port may be mapped to another one, as containers do.
    const own = [`http://${req.headers.host}`, ...origins]
    if (isNamed ? own.includes(origin) : OWN_SITE.includes(site ?? origin ?? 'none')) return next()
    const from = origin ?? `another site (${site})`
    throw new Problem(
      403,
      `This request was sent by a page of ${from}. Only pages of ${[...new Set(origins)].join(' and ')} may change anything here.`,
    )
  }
}

// Tunnels and proxies also run on this machine, and some of them replace the Host. Each of them sends one of these.
const FORWARDED = /^(forwarded|via|x-forwarded-.+|x-real-ip|cf-connecting-ip|true-client-ip)$/

/** Returns whether a request was sent on this machine, and not on behalf of somebody elsewhere. */
export function isLocal({ socket, headers }: Pick<Request, 'socket' | 'headers'>): boolean {
  const host = `http://${headers.host}`
  return (
    socket.remoteAddress !== undefined &&
    isLoopbackAddress(socket.remoteAddress) &&
    URL.canParse(host) &&
    isLoopback(new URL(host).hostname) &&
    !Object.keys(headers).some((name) => FORWARDED.test(name))
  )
}

export const allowEveryone: RequestHandler = (_req, _res, next) => next()

/** Refuses requests from elsewhere to what shows the answers of webhooks, or sends one. */
export const refuseStrangers: RequestHandler = (req, _res, next) => {
  if (isLocal(req)) return next()
  const here = `http://127.0.0.1:${req.socket.localPort}${req.originalUrl}`
  throw new Problem(
    403,
    `This sandbox has a public address, so it shows deliveries and traces on its own machine only: at ${here}`,
  )
}

/** Returns the shops as a Content-Security-Policy writes them. It can't express IPv6 addresses, so they are left out. */
export function inPolicy(shops: readonly string[]): string {
  return shops.filter((shop) => !shop.includes('[')).join(' ')
}

/** Allows nothing inline and nothing from other sites. Forms may lead to a shop, because browsers apply this to redirects as well. */
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
      'Referrer-Policy': 'same-origin', // `no-referrer` would make the Origin of forms null
      'X-Content-Type-Options': 'nosniff',
    })
    next()
  }
}
