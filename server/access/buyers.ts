import type { Request, RequestHandler, Response } from 'express'
import * as db from '../../db/index.ts'
import { ShopError } from '../errors.ts'
import type { Shop } from '../shop.ts'
import { addressOf, isFromPage, limitRate } from '../web/index.ts'
import { browserOf, keepBrowser } from './cookie.ts'

const READS_PER_ORDER = 40 // a page that waits looks 40 times a minute, and a download may come in many ranges

/** Finds the buyer of this browser, if it has ever ordered or redeemed anything. */
export async function findBuyer(shop: Shop, req: Request): Promise<string | undefined> {
  const secretHash = browserOf(shop, req)
  return secretHash && db.findBuyer(shop.db, secretHash)
}

/** Finds the buyer of this browser, or makes one. Only for a POST, since it writes rows. Throws cookies-blocked. */
export async function ensureBuyer(shop: Shop, req: Request, res: Response): Promise<string> {
  assertKeepsCookies(shop, req)
  return db.ensureBuyer(shop.db, keepBrowser(shop, req, res), shop.clock.now())
}

/**
 * Throws cookies-blocked if a page set a cookie that didn't come back, since it is the only key to a purchase. Programs don't
 * load a page first.
 */
export function assertKeepsCookies(shop: Shop, req: Request): void {
  if (isFromPage(req) && !browserOf(shop, req))
    throw new ShopError('cookies-blocked', ({ cookieMissing }) => cookieMissing())
}

/** Allows as many requests a minute as CREATE_INTENT_PER_MINUTE says, for each browser and for each address; `name` says of what. */
export function limitBuyers(shop: Shop, name: string): RequestHandler[] {
  return limitEach(shop, name, shop.config.createIntentPerMinute)
}

/** The same for what costs less than an order, but not nothing: downloads, and looks at an order, which may poll Code. */
export function limitReaders(shop: Shop, name: string): RequestHandler[] {
  return limitEach(shop, name, shop.config.createIntentPerMinute * READS_PER_ORDER)
}

function limitEach(shop: Shop, name: string, perMinute: number): RequestHandler[] {
  return [
    limitRate({ name, perMinute, key: addressOf, what: 'address' }),
    limitRate({ name, perMinute, key: (req) => browserOf(shop, req), what: 'browser' }),
  ]
}
