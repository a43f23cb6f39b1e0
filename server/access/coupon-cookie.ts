import { parseCookie } from 'cookie'
import type { Request, Response } from 'express'
import type { Shop } from '../shop.ts'
import { DAY_MS, SECOND_MS } from '../time.ts'
import { cookieName } from '../web/index.ts'
import { setCookie } from './cookie.ts'

const NAME = 'coupon'
const KEPT_S = (30 * DAY_MS) / SECOND_MS
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
