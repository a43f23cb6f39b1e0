import { ifError } from 'node:assert'
import { IncomingMessage, ServerResponse } from 'node:http'
import { Socket } from 'node:net'
import type { NextFunction, RequestHandler, Response } from 'express'
import helmet from 'helmet'
import type { Config } from '../config/index.ts'
import { isHttps } from './cookies.ts'

// Browser features that the shop doesn't use, and that its frames must not use either.
const UNUSED = ['camera', 'display-capture', 'geolocation', 'microphone', 'midi', 'payment', 'usb']
const PERMISSIONS = UNUSED.map((feature) => `${feature}=()`).join(', ')

type Addresses = Pick<Config, 'publicUrl' | 'elementsUrl' | 'browserEndpoint'>

/** Sets response headers that let browsers load, frame and reveal only what the shop needs. */
export function securityHeaders(config: Addresses): RequestHandler {
  const [secure, plain] = [headersFor(config, true), headersFor(config, false)]
  return (_req, res, next) => setHeaders(isHttps(config) ? secure : plain, res, next)
}

function setHeaders(headers: Map<string, string>, res: Response, next: NextFunction): void {
  res.setHeaders(headers)
  next()
}

/** Runs helmet once for https and once without: it would set the same headers for every request, in a chain of fifteen handlers. */
function headersFor(config: Addresses, isSecure: boolean): Map<string, string> {
  const req = new IncomingMessage(new Socket())
  const res = new ServerResponse(req)
  protectWith(config, isSecure)(req, res, ifError)
  res.setHeader('Permissions-Policy', PERMISSIONS)
  return new Map(Object.entries(res.getHeaders()).map(([name, value]) => [name, String(value)]))
}

function protectWith({ elementsUrl, browserEndpoint }: Addresses, isSecure: boolean) {
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'"],
        manifestSrc: ["'self'"],
        connectSrc: [...new Set(["'self'", sourceOf(browserEndpoint)])],
        frameSrc: [sourceOf(elementsUrl)],
        formAction: ["'self'"],
        baseUri: ["'none'"],
        frameAncestors: ["'none'"],
        requireTrustedTypesFor: ["'script'"],
        trustedTypes: ['vue'], // Code's element creates this policy as soon as it is loaded
      },
    },
    referrerPolicy: { policy: 'same-origin' }, // an address may contain a redemption code
    strictTransportSecurity: isSecure && { maxAge: 31_536_000, includeSubDomains: false },
    xFrameOptions: { action: 'deny' },
  })
}

/** A path belongs to the shop itself, whatever host the browser knows it by. */
function sourceOf(address: string): string {
  return address.startsWith('/') ? "'self'" : new URL(address).origin
}

/** Lets other sites show this answer, as feed readers show pictures. Browsers keep all others to the shop's own pages. */
export function shareWithSites(res: Response): Response {
  return res.set('Cross-Origin-Resource-Policy', 'cross-origin')
}

/** What an answer that depends on the buyer says: no cache may keep it, and no proxy may change it. */
export const PRIVATE = 'private, no-store, no-transform'

/** Keeps every cache from storing an answer that depends on the buyer, paid or not. */
export const neverCached: RequestHandler = (_req, res, next) => {
  res.setHeader('Cache-Control', PRIVATE)
  next()
}
