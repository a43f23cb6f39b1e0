import { CatalogError, listProducts, openCatalog } from '../server/catalog/index.ts'
import { ConfigError, loadEnvFile, readConfig } from '../server/config/index.ts'

// Lists everything that is wrong with the configuration and the catalogue. The exit code is 1 if there is anything.

const FOLDER = 'catalog'
const silent = { info: () => undefined, error: () => undefined }
const faults: string[] = []

collect(() => loadEnvFile(process.env))
const config = collect(() => readConfig(process.env))
const catalog = collect(() =>
  openCatalog({ folder: config?.catalogFolder ?? FOLDER, reload: false, log: silent }),
)
faults.push(...(catalog?.faults ?? []))

if (faults.length > 0) {
  process.stderr.write(`${faults.join('\n')}\n`)
  process.exitCode = 1
} else {
  const products = catalog ? listProducts(catalog).length : 0
  process.stdout.write(`No errors in the configuration and in ${products} products.\n`)
}

/** Returns what `read` returns, and collects its errors, a line for each. */
function collect<T>(read: () => T): T | undefined {
  try {
    return read()
  } catch (error) {
    if (!(error instanceof ConfigError || error instanceof CatalogError)) throw error
    faults.push(error.message)
    return undefined
  }
}
