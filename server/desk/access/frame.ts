import type { NextFunction, Request, RequestHandler, Response } from 'express'
import type { Shop } from '../../shop.ts'
import { neverCached } from '../../web/index.ts'
import { isDeskOpen } from './entrance.ts'

// The desk's pages need nothing from Code and frame nothing.
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join(';')

/** Hides the desk where there is none, as if no path began like that. Nothing of it is cached, indexed or framed. */
export function openDesk(shop: Shop): RequestHandler[] {
  return [(req, _res, next) => next(isDeskOpen(shop, req) ? undefined : 'router'), neverCached, setFrame]
}

/** Sets the headers of the desk's pages, and shows errors as one of them. */
function setFrame(_req: Request, res: Response, next: NextFunction): void {
  res.set({ 'X-Robots-Tag': 'noindex, nofollow, noarchive', 'Content-Security-Policy': POLICY })
  res.locals.problemView = 'desk/problem'
  next()
}
