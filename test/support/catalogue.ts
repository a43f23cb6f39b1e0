import { type Catalog, CatalogError, codeRulesOf, openCatalog } from '../../server/catalog/index.ts'
import { readConfig } from '../../server/config/index.ts'
import { systemClock } from '../../server/time.ts'

/** What a shop without settings allows of payments. Every shop reads its catalogue with such rules. */
export const CODE_RULES = codeRulesOf(readConfig({}))

/** A catalogue without a fault. Throws them otherwise, one in each line. */
export function openFaultless(options: Omit<Parameters<typeof openCatalog>[0], 'clock'>): Catalog {
  const log = { info: () => undefined, error: () => undefined }
  const catalog = openCatalog({
    clock: systemClock,
    codeRules: CODE_RULES,
    ...options,
    log: options.log ?? log,
  })
  if (catalog.faults.length > 0) throw new CatalogError(catalog.faults.join('\n'))
  return catalog
}
