import type { NextFunction, Request, RequestHandler, Response } from 'express'
import type { Shop } from '../../shop.ts'
import { explainProblemsOn, neverCached, speakEnglish } from '../../web/index.ts'
import { formToken } from './forms.ts'

const PROBLEM = 'desk/problem' // the template

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

/** Lets nothing of the desk be cached, indexed or framed. */
export const openDesk: RequestHandler[] = [neverCached, setFrame]

/** Sets the headers of the desk's pages, and shows errors as one of them. The desk is in English only. */
function setFrame(_req: Request, res: Response, next: NextFunction): void {
  speakEnglish(res)
  res.set({ 'X-Robots-Tag': 'noindex, nofollow, noarchive', 'Content-Security-Policy': POLICY })
  explainProblemsOn(res, { view: PROBLEM, values: {} })
  next()
}

/** Gives the pages of a signed-in browser their navigation, those that explain errors too. */
export function setNavigation(shop: Shop, req: Request, res: Response, session: string): void {
  explainProblemsOn(res, { view: PROBLEM, values: { frame: frameOf(shop, req, session) } })
}

/** Returns what the frame of a page needs in a signed-in browser. */
export function frameOf(shop: Shop, req: Request, session: string) {
  const signOut = { session, form: formToken(shop, req, signOutOf(session)) }
  return { signOut, timeZone: shop.config.timeZone }
}

/** The purpose of the form that ends a session. */
export function signOutOf(session: string): string {
  return `sign-out ${session}`
}
