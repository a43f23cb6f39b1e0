import type { Contents } from './assemble.ts'
import { kindOf } from './kinds/index.ts'
import type { Catalog } from './read-catalog.ts'

// Until the catalogue is read again.
const known = new WeakMap<Contents, readonly string[]>()

/** The scopes that the catalogue's passes give, each once. Empty for a shop without passes. */
export function passScopesOf({ contents }: Catalog): readonly string[] {
  const scopes = known.get(contents) ?? findScopes(contents)
  known.set(contents, scopes)
  return scopes
}

function findScopes({ products }: Contents): readonly string[] {
  const passes = products.filter(({ opens }) => opens)
  return [
    ...new Set(
      passes.flatMap((pass) =>
        kindOf(pass)
          .grants(pass)
          .map(({ scope }) => scope),
      ),
    ),
  ]
}
