import type { Config } from '../config/index.ts'
import type { Contents } from './assemble.ts'
import type { Catalog } from './read-catalog.ts'

// Until the catalogue is read again.
const known = new WeakMap<Contents, ReadonlySet<string>>()

/** Returns whether the shop has this deposit address now: the configured one, or that of a product. */
export function isOurDestination(
  { config, catalog: { contents } }: { config: Pick<Config, 'destination'>; catalog: Catalog },
  address: string | null | undefined,
): boolean {
  if (address === null || address === undefined) return false
  const addresses = known.get(contents) ?? findAddresses(contents)
  known.set(contents, addresses)
  return address === config.destination || addresses.has(address)
}

function findAddresses({ products }: Contents): ReadonlySet<string> {
  return new Set(products.flatMap(({ destination }) => destination ?? []))
}
