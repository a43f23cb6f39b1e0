import type { Database } from '../../db/index.ts'
import type { Clock } from '../time.ts'
import type { PaidContent, Product } from './product.ts'
import type { Catalog } from './read-catalog.ts'

interface Deps {
  catalog: Pick<Catalog, 'readPaidContent'>
  db: Pick<Database, 'holdsEntitlement'>
  clock: Clock
}

export type OpenGate = ReturnType<typeof createGate>

/**
 * The one gate. Everything that is paid for goes through here, whatever the route or format: a buyer who holds an
 * entitlement for the product now gets its content, everybody else gets undefined.
 */
export function createGate({ catalog, db, clock }: Deps) {
  return async function openGate(
    buyer: string | undefined,
    product: Product,
  ): Promise<PaidContent | undefined> {
    if (buyer === undefined) return undefined
    const entitled = await db.holdsEntitlement(buyer, product.slug, clock.now())
    return entitled ? catalog.readPaidContent(product.slug) : undefined
  }
}
