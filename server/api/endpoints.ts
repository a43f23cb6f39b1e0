import type { Request } from 'express'
import type { Endpoint } from '../catalog/index.ts'
import type { Shop } from '../shop.ts'
import { readSearch } from './search.ts'

/**
 * Returns the answer of a call, as JSON, once the call has been counted. Where it throws a ShopError of status 4xx, the call stays
 * counted; what ends with 5xx is given back.
 */
export type Answer = (shop: Shop) => object | Promise<object>

export interface ApiEndpoint {
  /** Reads a request before its call is counted, so one that is rejected here costs nothing. Returns what answers it. */
  read(req: Request): Answer
  /** What follows the path in the example on the page with the keys; empty for an endpoint without a query */
  exampleQuery: string
}

const endpoints: Record<Endpoint, ApiEndpoint> = { search: { read: readSearch, exampleQuery: '?q=bread' } }

export const ENDPOINT_NAMES: readonly string[] = Object.keys(endpoints)

export function findEndpoint(name: string): ApiEndpoint | undefined {
  return Object.hasOwn(endpoints, name) ? endpoints[name as Endpoint] : undefined
}
