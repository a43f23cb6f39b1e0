import { recordSeller } from '../../db/index.ts'
import { identityOf, type Seller } from '../catalog/index.ts'
import type { Shop } from '../shop.ts'
import { MINUTE_MS } from '../time.ts'

const RETRY_MS = MINUTE_MS

/**
 * Records who sells now, for the receipts of what is paid from now on. To be called whenever `shop.yaml` has been read. Never
 * rejects: what has failed is tried again after a minute.
 */
export async function noteSeller(shop: Shop): Promise<void> {
  const { db, catalog, clock, sellers, log } = shop
  clearTimeout(sellers.timer)
  sellers.noted = identityOf(catalog).seller
  try {
    const named = await recordSeller(db, JSON.stringify(sellers.noted ?? null), clock.now())
    sellers.named = named.map(({ namedAt, seller }) => ({ namedAt, seller: JSON.parse(seller) ?? undefined }))
  } catch (err) {
    log.warn({ err }, 'who sells could not be stored for later receipts; the shop tries again in a minute')
    sellers.timer = setTimeout(noteSeller, RETRY_MS, shop).unref()
  }
}

/** Returns who sold at an instant; before the first that is known, the first. */
export function sellerAt(
  { catalog, sellers }: Pick<Shop, 'catalog' | 'sellers'>,
  at: number,
): Seller | undefined {
  const { named } = sellers
  const found = named.findLast(({ namedAt }) => namedAt <= at) ?? named[0]
  return found ? found.seller : identityOf(catalog).seller
}
