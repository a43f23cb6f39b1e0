import type { IncomingMessage, ServerResponse } from 'node:http'
import type { RequestHandler } from 'express'
import helmet from 'helmet'
import type { Config } from '../config/index.ts'

// Of what browsers offer to pages, the shop uses none of this; nor may what it frames.
const UNUSED = ['camera', 'display-capture', 'geolocation', 'microphone', 'midi', 'payment', 'usb']
const PERMISSIONS = UNUSED.map((feature) => `${feature}=()`).join(', ')

/** Response headers that tell browsers to load, frame and reveal nothing but what the shop needs. */
export function securityHeaders(
  config: Pick<Config, 'publicUrl' | 'elementsUrl' | 'browserEndpoint'>,
): RequestHandler {
  const isHttps = config.publicUrl?.startsWith('https:') ?? false
  const protect = helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'"],
        connectSrc: [...new Set(["'self'", sourceOf(config.browserEndpoint)])],
        frameSrc: [sourceOf(config.elementsUrl)],
        formAction: ["'self'"],
        baseUri: ["'none'"],
        frameAncestors: ["'none'"],
        requireTrustedTypesFor: ["'script'"],
        trustedTypes: ['vue'], // in Code's element; it makes its policy as soon as it is loaded
      },
    },
    referrerPolicy: { policy: 'same-origin' }, // an address may hold a redemption code
    strictTransportSecurity: isHttps && { maxAge: 31_536_000, includeSubDomains: false },
    xFrameOptions: { action: 'deny' },
  })
  const headers = headersOf(protect).set('Permissions-Policy', PERMISSIONS)
  return function setSecurityHeaders(_req, res, next) {
    res.setHeaders(headers)
    next()
  }
}

/** What helmet would set for each request: it is always the same, and helmet is a chain of fifteen handlers. */
function headersOf(protect: ReturnType<typeof helmet>): Map<string, string> {
  const headers = new Map<string, string>()
  const recorder = {
    setHeader: (name: string, value: string) => headers.set(name, value),
    removeHeader: () => undefined,
  }
  protect({} as IncomingMessage, recorder as unknown as ServerResponse, (error) => {
    if (error) throw error
  })
  return headers
}

/** A path is the shop's own, whatever the address that a browser knows it by. */
function sourceOf(address: string): string {
  return address.startsWith('/') ? "'self'" : new URL(address).origin
}

/** For every answer that depends on the buyer, locked or not: nothing in between may keep it. */
export const neverCached: RequestHandler = (_req, res, next) => {
  res.set('Cache-Control', 'private, no-store')
  next()
}
