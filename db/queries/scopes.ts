import type { Parameters } from '../engines/driver.ts'

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
