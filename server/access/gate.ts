import type { Request } from 'express'
import { findPurchase, noteOpening, type OpenPurchase } from '../../db/index.ts'
import { type PaidContent, type Product, readPaidContent, scopesOf } from '../catalog/index.ts'
import { rightNow } from '../local-days.ts'
import type { Shop } from '../shop.ts'
import { MINUTE_MS } from '../time.ts'
import { browserOf } from './cookie.ts'

const NOTED_EVERY_MS = 10 * MINUTE_MS // a page, its pictures and its file are one look

/** What a holder gets, and the order that gave it. */
export interface Opened {
  content: PaidContent
  purchase: OpenPurchase
}

/**
 * Opens the one gate. Everything that is paid for goes through here, whatever the route or format: a browser whose
 * buyer holds an entitlement for the product now, by itself or by a pass, gets its content, every other gets undefined.
 */
export async function openGate(shop: Shop, req: Request, product: Product): Promise<Opened | undefined> {
  const browser = browserOf(shop, req)
  if (browser === undefined) return undefined
  const purchase = await findPurchase(shop.db, browser, scopesOf(product), rightNow(shop).today)
  const content = purchase && readPaidContent(shop.catalog, product.slug)
  return content && { content, purchase }
}

/**
 * Opens the same gate by the merchant's right, so that they see what a buyer sees. The audit log says so first; a session of
 * the desk that has ended opens nothing.
 */
export async function openForMerchant(
  { db, catalog, clock }: Shop,
  { session }: { session: string },
  { slug }: Product,
): Promise<PaidContent | undefined> {
  const action = { what: 'goods-opened', subject: `product:${slug}`, session }
  const isOpen = await noteOpening(db, action, { now: clock.now(), quietMs: NOTED_EVERY_MS })
  return isOpen ? readPaidContent(catalog, slug) : undefined
}
