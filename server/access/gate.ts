import { findPurchase, type HeldOrder } from '../../db/index.ts'
import { type PaidContent, type Product, readPaidContent } from '../catalog/index.ts'
import type { Shop } from '../shop.ts'
import { dayOf } from '../time.ts'

/** What a holder gets, and the order that gave it. */
export interface Opened {
  content: PaidContent
  purchase: HeldOrder
}

/**
 * Opens the one gate. Everything that is paid for goes through here, whatever the route or format: a buyer who holds an
 * entitlement for the product now gets its content, everybody else gets undefined.
 */
export async function openGate(
  { db, catalog, clock }: Shop,
  buyer: string | undefined,
  { slug }: Product,
): Promise<Opened | undefined> {
  if (buyer === undefined) return undefined
  const purchase = await findPurchase(db, buyer, `product:${slug}`, dayOf(clock.now()))
  const content = purchase && readPaidContent(catalog, slug)
  return content && { content, purchase }
}
