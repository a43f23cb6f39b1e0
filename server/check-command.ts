import { CatalogError, checkFolder, drawIcon, payeesOf } from './catalog/index.ts'
import { ConfigError, loadEnvFile, PUBLIC_URL_FILE, readConfig } from './config/index.ts'

// Lists everything that is wrong with the configuration and the catalogue. The exit code is 1 if there is anything.

const FOLDER = 'catalog'
const faults: string[] = []

collect(() => loadEnvFile(process.env))
const config = collect(() => readConfig(process.env, PUBLIC_URL_FILE))
const folder = config?.catalogFolder ?? FOLDER
const found = collect(() =>
  checkFolder({ folder, timeZone: config?.timeZoneSet, payees: config && payeesOf(config) }),
)
faults.push(...(found?.faults ?? []))
if (found?.identity)
  await drawIcon(found.identity, '180').catch((error: Error) =>
    faults.push(`${folder}/shop.yaml: the icon cannot be drawn: ${error.message}`),
  )

if (faults.length > 0) {
  process.stderr.write(`${faults.join('\n')}\n`)
  process.exitCode = 1
} else {
  process.stdout.write(`No errors in the configuration and in ${found?.products ?? 0} products.\n`)
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
