import type { Parameters } from '../engines/driver.ts'

/** The scope of everything that passes can open. */
export const SCOPE_OF_ALL = 'all'

export const scopeOfProduct = (slug: string) => `product:${slug}`

/** The scope of the products with this tag. */
export const scopeOfTag = (tag: string) => `tag:${tag}`

/** The scope of calls of `/api/<endpoint>`. */
export const scopeOfEndpoint = (endpoint: string) => `api:${endpoint}`

/** Returns the slug of the product that a scope opens; undefined for any other scope. */
export const productOf = (scope: string) => /^product:(.*)$/.exec(scope)?.[1]

/** Returns the tag whose products a scope opens; undefined for any other scope. */
export const tagOf = (scope: string) => /^tag:(.*)$/.exec(scope)?.[1]

/** Returns the endpoint that a scope is for calls of; undefined for any other scope. */
export const endpointOf = (scope: string) => /^api:(.*)$/.exec(scope)?.[1]

/** Adds the scopes to a statement's parameters. */
export function named(parameters: Parameters, scopes: readonly string[]): Parameters {
  for (const [number, scope] of scopes.entries()) parameters[nameOfScope(number)] = scope
  return parameters
}

const nameOfScope = (number: number) => SCOPES[number] ?? `scope${number}`

const SCOPES = Array.from({ length: 12 }, (_, number) => `scope${number}`) // of a product with ten tags

/** The names of that many scopes, for IN. */
export const scopesOf = (count: number) =>
  Array.from({ length: count }, (_, number) => `@${nameOfScope(number)}`).join(', ')
