import { type Catalog, CatalogError, openCatalog } from '../../server/catalog/index.ts'

/** A catalogue without a fault. Throws them otherwise, one in each line. */
export function openFaultless(options: Parameters<typeof openCatalog>[0]): Catalog {
  const log = { info: () => undefined, error: () => undefined }
  const catalog = openCatalog({ ...options, log: options.log ?? log })
  if (catalog.faults.length > 0) throw new CatalogError(catalog.faults.join('\n'))
  return catalog
}
