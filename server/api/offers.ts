import { asOffer, kindOf, listProducts } from '../catalog/index.ts'
import type { Shop } from '../shop.ts'

export const scopeOfEndpoint = (endpoint: string) => `api:${endpoint}`

/** What a program can buy to make calls, and the requests with which it does so: order, pay the intent, get a key. */
export function offersOf({ catalog }: Shop, endpoint: string): object[] {
  const scope = scopeOfEndpoint(endpoint)
  return listProducts(catalog).flatMap((product) => {
    const grant = kindOf(product)
      .grants(product)
      .find((each) => each.scope === scope)
    if (!grant) return []
    const { slug, title, amount, currency, choice } = asOffer(product, true) as Record<string, unknown>
    const body = { product: slug, ...(choice !== undefined && { hundredths: amount }) }
    return [
      {
        product: slug,
        title,
        calls: grant.calls,
        amount,
        currency,
        order: { method: 'POST', path: '/create-intent', body },
        key: { method: 'POST', path: '/api-keys', body: { endpoint } },
      },
    ]
  })
}
