import type { Contents } from './assemble.ts'
import type { Catalog } from './read-catalog.ts'

// Until the catalogue is read again.
const known = new WeakMap<Contents, boolean>()

/** Returns whether the catalogue has a pass, also one that isn't for sale. */
export function hasPasses({ contents }: Catalog): boolean {
  const has = known.get(contents) ?? contents.products.some(({ opens }) => opens)
  known.set(contents, has)
  return has
}
