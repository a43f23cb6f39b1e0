import { toUSVString } from 'node:util'
import { parseCookie } from 'cookie'
import type { Request, Response } from 'express'
import type { Shop } from '../shop.ts'
import { DAY_MS, SECOND_MS } from '../time.ts'
import { cookieName } from '../web/index.ts'
import { setCookie } from './cookie.ts'

const NAME = 'coupon'
const REFUSED = 'coupon-refused'
const KEPT_S = (30 * DAY_MS) / SECOND_MS
const REFUSED_S = 60 // until the next page, which a form leads to at once
const LONGEST_CODE = 40

/** Returns the code of the coupon that this browser keeps, if it keeps one. It was checked then, not now. */
export function keptCoupon({ config }: Shop, req: Request): string | undefined {
  const kept = parseCookie(req.headers.cookie ?? '')[cookieName(config, NAME)]
  return kept !== undefined && kept !== '' && kept.length <= LONGEST_CODE ? kept : undefined
}

/** Has the browser keep a coupon's code for its next pages, or forget it. The code is what the buyer has typed, no secret of others. */
export function keepCoupon(shop: Shop, res: Response, code: string | undefined): void {
  setCookie(shop, res, NAME, code ?? '', { httpOnly: true, maxAge: code === undefined ? 0 : KEPT_S })
}

/**
 * Has the browser bring a code that can't be used for a product to that product's next page, which says so: a page that answered
 * the form itself couldn't be reloaded.
 */
export function bringRefusedCode(shop: Shop, res: Response, slug: string, code: string): void {
  const brought = toUSVString(`${slug} ${code}`) // JSON may contain half a surrogate pair, which no cookie can
  setCookie(shop, res, REFUSED, brought, { httpOnly: true, maxAge: REFUSED_S })
}

/** Returns the code that was just refused for a product, if one was, and has the browser forget it. */
export function takeRefusedCode(shop: Shop, req: Request, res: Response, slug: string): string | undefined {
  const brought = parseCookie(req.headers.cookie ?? '')[cookieName(shop.config, REFUSED)]
  if (!brought?.startsWith(`${slug} `)) return undefined
  setCookie(shop, res, REFUSED, '', { httpOnly: true, maxAge: 0 })
  return brought.slice(slug.length + 1)
}
