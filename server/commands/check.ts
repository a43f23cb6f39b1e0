import { CatalogError, checkFolder, codeRulesOf, drawIcon } from '../catalog/index.ts'
import { ConfigError, loadConfig } from '../config/index.ts'
import { countOf } from '../count-of.ts'
import { readArguments } from '../read-arguments.ts'
import { systemClock } from '../time.ts'

const USAGE = `Lists everything that is wrong with the configuration and the catalogue. The exit code is 1 if there is anything.

  npm run check`

const FOLDER = 'catalog'
const faults: string[] = []

readArguments(USAGE, {})

const config = collect(() => loadConfig())
const folder = config?.catalogFolder ?? FOLDER
const found = collect(() =>
  checkFolder({
    folder,
    clock: systemClock,
    timeZone: config?.timeZoneSet,
    codeRules: config && codeRulesOf(config),
  }),
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
  const { products = 0 } = found ?? {}
  process.stdout.write(`No errors in the configuration and in ${countOf(products, 'product')}.\n`)
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
