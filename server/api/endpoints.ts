import type { Request } from 'express'
import type { Endpoint } from '../catalog/index.ts'
import type { Shop } from '../shop.ts'
import { search } from './search.ts'

interface ApiEndpoint {
  /**
   * Returns the answer, as JSON. It is called once the call has been counted. A ShopError of status 4xx is the caller's fault and
   * stays counted; anything that ends with 5xx is given back.
   */
  answer(shop: Shop, req: Request): object | Promise<object>
  /** What follows the path in the example on the page with the keys; empty for an endpoint without a query */
  exampleQuery: string
}

const endpoints: Record<Endpoint, ApiEndpoint> = { search: { answer: search, exampleQuery: '?q=bread' } }

export const ENDPOINT_NAMES: readonly string[] = Object.keys(endpoints)

export function findEndpoint(name: string): ApiEndpoint | undefined {
  return Object.hasOwn(endpoints, name) ? endpoints[name as Endpoint] : undefined
}
