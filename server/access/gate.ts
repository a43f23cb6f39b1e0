import type { Request } from 'express'
import { findPurchase, type HeldOrder } from '../../db/index.ts'
import { type PaidContent, type Product, readPaidContent } from '../catalog/index.ts'
import type { Shop } from '../shop.ts'
import { dayOf } from '../time.ts'
import { browserOf } from './cookie.ts'

/** What a holder gets, and the order that gave it. */
export interface Opened {
  content: PaidContent
  purchase: HeldOrder
}

/**
 * Opens the one gate. Everything that is paid for goes through here, whatever the route or format: a browser whose
 * buyer holds an entitlement for the product now gets its content, every other gets undefined.
 */
export async function openGate(shop: Shop, req: Request, { slug }: Product): Promise<Opened | undefined> {
  const browser = browserOf(shop, req)
  if (browser === undefined) return undefined
  const purchase = await findPurchase(shop.db, browser, `product:${slug}`, dayOf(shop.clock.now()))
  const content = purchase && readPaidContent(shop.catalog, slug)
  return content && { content, purchase }
}
