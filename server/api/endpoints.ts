import type { Request } from 'express'
import type { Endpoint } from '../catalog/index.ts'
import type { Shop } from '../shop.ts'
import { search } from './search.ts'

/**
 * What each endpoint answers, as JSON. It is called once the call has been counted. A ShopError of status 4xx is the caller's
 * fault and stays counted; anything that ends with 5xx is given back.
 */
const endpoints: Record<Endpoint, (shop: Shop, req: Request) => object | Promise<object>> = { search }

export function findEndpoint(name: string): (typeof endpoints)[Endpoint] | undefined {
  return Object.hasOwn(endpoints, name) ? endpoints[name as Endpoint] : undefined
}
