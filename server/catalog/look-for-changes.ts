import { setImmediate } from 'node:timers/promises'
import { assemble, type Contents } from './assemble.ts'
import { readCoupons } from './coupons/index.ts'
import { readIdentity, readLanguage } from './identity/index.ts'
import { CatalogError } from './product.ts'
import { readChanges } from './product-files.ts'
import { type Catalog, couponedBy, faultsOf, listOffSale, surroundingsOf } from './read-catalog.ts'
import { reportCoupons, reportIdentity, reportProducts } from './report-faults.ts'

const SLICE_MS = 5 // after that, other requests come first
const PAUSE_MS_PER_FILE = 0.03 // ten times what looking at a file takes: a tenth of a second for 3,000 products
// Files with faults are read again each time, since what is wrong may be in another one, such as a picture that hundreds of them show.
const FEW_FAULTS = 20
const PAUSE_MS_PER_FAULT = 5 // as long as it takes

/**
 * Brings the catalogue up to date with its folder, if it is to be reloaded. Only files that have changed are read, a few at a
 * time, and one that has a fault doesn't keep the others from being used.
 */
export async function lookForChanges(catalog: Catalog): Promise<void> {
  if (!catalog.reload || (!catalog.look && performance.now() < catalog.nextLookAt)) return
  catalog.look ??= look(catalog).finally(() => {
    catalog.look = undefined
    catalog.nextLookAt = performance.now() + pauseAfter(catalog)
  })
  await catalog.look
}

function pauseAfter({ files, faults }: Catalog): number {
  return files.size * PAUSE_MS_PER_FILE + Math.max(0, faults.length - FEW_FAULTS) * PAUSE_MS_PER_FAULT
}

async function look(catalog: Catalog): Promise<void> {
  const { faults } = catalog
  try {
    await readInSlices(catalog)
    takeOver(catalog, assemble(catalog.files, catalog.identity.shown))
    catalog.faults = faultsOf(catalog.folder, catalog.files)
  } catch (error) {
    if (!(error instanceof CatalogError)) throw error
    catalog.faults = [error.message]
    return reportProducts(catalog, faults, []) // in such a folder, no file would seem to be there
  }
  reportProducts(catalog, faults, listOffSale(catalog).faults)
  lookAtIdentity(catalog)
  lookAtCoupons(catalog)
}

async function readInSlices(catalog: Catalog): Promise<void> {
  let since = performance.now()
  const lang = readLanguage(catalog.folder, catalog.identity)
  for (const _file of readChanges({ ...catalog, lang }, catalog.files)) {
    if (performance.now() - since < SLICE_MS) continue
    await setImmediate()
    since = performance.now()
  }
}

/** Contents that are the same stay the same object, so that others see whether something has changed. */
function takeOver(catalog: Catalog, fresh: Contents): void {
  const { products } = fresh
  const last = catalog.contents.products
  if (products.length === last.length && products.every((each, at) => each === last[at])) return
  catalog.contents = fresh
  catalog.log.info({ products: products.length }, 'catalogue reloaded')
}

function lookAtIdentity(catalog: Catalog): void {
  const { log, notices, identity: last } = catalog
  catalog.identity = readIdentity(surroundingsOf(catalog, catalog.files), last)
  const { faults, good } = catalog.identity
  reportIdentity({ log, faults, ...(notices && { notices }) }, last.faults)
  if (good !== last.good) log.info({ shop: good?.name }, 'the shop’s name, look and pages reloaded')
}

function lookAtCoupons(catalog: Catalog): void {
  const { log, notices, files, contents, coupons: last } = catalog
  catalog.coupons = readCoupons(couponedBy(catalog, files, contents), last)
  const { faults, good } = catalog.coupons
  reportCoupons({ log, faults, ...(notices && { notices }) }, last.faults)
  if (good !== last.good) log.info({ coupons: good.size }, 'coupons reloaded')
}
