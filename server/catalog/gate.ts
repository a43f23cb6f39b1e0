import type { Database, HeldOrder } from '../../db/index.ts'
import type { Clock } from '../time.ts'
import type { PaidContent, Product } from './product.ts'
import { type Catalog, readPaidContent } from './read-catalog.ts'

interface Deps {
  catalog: Catalog
  db: Pick<Database, 'findPurchase'>
  clock: Clock
}

/** What a holder gets, and the order by which he has it. */
export interface Opened {
  content: PaidContent
  purchase: HeldOrder
}

export type OpenGate = ReturnType<typeof createGate>

/**
 * The one gate. Everything that is paid for goes through here, whatever the route or format: a buyer who holds an
 * entitlement for the product now gets its content, everybody else gets undefined.
 */
export function createGate({ catalog, db, clock }: Deps) {
  return async function openGate(buyer: string | undefined, product: Product): Promise<Opened | undefined> {
    if (buyer === undefined) return undefined
    const purchase = await db.findPurchase(buyer, product.slug, clock.now())
    const content = purchase && readPaidContent(catalog, product.slug)
    return content && { content, purchase }
  }
}
