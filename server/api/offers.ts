import type { Response } from 'express'
import { scopeOfEndpoint } from '../../db/index.ts'
import { kindOf, listProducts } from '../catalog/index.ts'
import { howToOrder } from '../orders/index.ts'
import type { Shop } from '../shop.ts'
import { addToProblem, explainProblemsOn } from '../web/index.ts'

/** Has an error of this request tell programs what they can buy, and lead people to the first such product. */
export function addOffers(shop: Shop, res: Response, endpoint: string): void {
  const offers = offersOf(shop, endpoint)
  addToProblem(res, { offers })
  const [first] = offers
  if (first)
    explainProblemsOn(res, { view: 'web/problem', values: { callsAt: `/products/${first.product}` } })
}

/** Returns whether the shop sells calls of an endpoint at the moment. */
export function sellsCalls(shop: Shop, endpoint: string): boolean {
  return offersOf(shop, endpoint).length > 0
}

/**
 * What a program can buy to make calls, and the requests with which it does so: order, pay the intent, look at the order until
 * it is paid, get a key. Without a look, the program might be offered calls again.
 */
function offersOf({ catalog }: Shop, endpoint: string): { product: string }[] {
  const scope = scopeOfEndpoint(endpoint)
  return listProducts(catalog).flatMap((product) => {
    const grant = kindOf(product)
      .grants(product)
      .find((each) => each.scope === scope)
    if (!grant) return []
    const key = { method: 'POST', path: '/api-keys', body: { endpoint } }
    return [{ ...howToOrder(product), calls: grant.calls, key }]
  })
}
