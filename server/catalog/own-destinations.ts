import type { Contents } from './assemble.ts'
import type { Catalog } from './read-catalog.ts'

// Until the catalogue is read again.
const known = new WeakMap<Contents, ReadonlySet<string>>()

/** Returns whether a product has this deposit address of its own. */
export function isOwnDestination({ contents }: Catalog, address: string): boolean {
  const addresses = known.get(contents) ?? findAddresses(contents)
  known.set(contents, addresses)
  return addresses.has(address)
}

function findAddresses({ products }: Contents): ReadonlySet<string> {
  return new Set(products.flatMap(({ destination }) => destination ?? []))
}
