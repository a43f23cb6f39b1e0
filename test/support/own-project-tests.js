import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { readImports } from '../../scripts/check-imports.js'

// All that `npm run rename` changes: what says whose project it is, and what the shop sells. `join(folder, 'catalog')` is not
// meant, since it is a catalogue of a test's own; but a program that runs in the project's folder is.
const RENAMED =
  /(?<![\w/-])(package(-lock)?\.json|README\.md)|CHANGELOG|LICENSE|own-project|(?<!, )['"`]catalog\b['"`/]|resolve\('\.'\)|\brun(Program)?\(.*, '\.'[,)]/
// Other programs may read anything, and these modules open the project's own catalogue unless they are given another one.
const READS_ANYTHING = ['node:child_process', 'node:worker_threads', 'server/start.ts', 'server/shop.ts']
// They give the shop a catalogue of its own; start programs that know nothing of this project, or in a folder that the test
// names; or name its files only in what they say.
const HARMLESS = [
  'test/db/migrations.test.ts',
  'test/db/swapped-file.test.ts',
  'test/deploy/proxies.test.ts',
  'test/deploy/support/supervised-shop.ts',
  'test/desk/entrance.test.ts',
  'test/e2e/support/element.ts',
  'test/e2e/support/shop.ts',
  'test/metrics/promtool.test.ts',
  'test/sandbox/wire.test.ts',
  'test/start.test.ts',
  'test/support/certificate.ts',
  'test/support/kill-during.ts',
  'test/support/languages.ts',
  'test/support/pgbouncer.ts',
  'test/support/process.ts',
  'test/support/programs.ts',
  'test/support/shop.ts',
  'test/support/started.ts',
  'test/web/output.test.ts',
  'scripts/retarget-elements.js',
  'scripts/support/postgres-server.js',
]

/**
 * Finds the tests whose result may depend on what `npm run rename` changes: they, or what they import of the other tests and
 * scripts, name it or start programs that may read it. For all others, a renamed project is the same input.
 *
 * @param {Map<string, string[]>} imports as of `readImports()`
 * @param {(file: string) => string} read
 */
export function findTestsOfOwnProject(imports, read) {
  /** @param {string} file */
  const mayDepend = (file) =>
    !HARMLESS.includes(file) &&
    (RENAMED.test(read(file)) || imports.get(file)?.some((name) => READS_ANYTHING.includes(name)))
  return [...imports.keys()].filter(
    (file) => file.endsWith('.test.ts') && reachedFrom(file, imports).some(mayDepend),
  )
}

/** @param {string} file @param {Map<string, string[]>} imports @returns {string[]} it and all that tests and tools are made of */
function reachedFrom(file, imports) {
  const reached = new Set([file])
  for (const next of reached)
    for (const name of imports.get(next) ?? [])
      if (imports.has(name) && /^(test|scripts|bench)\//.test(name)) reached.add(name)
  return [...reached]
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const tests = findTestsOfOwnProject(readImports(), (file) => readFileSync(file, 'utf8'))
  process.stdout.write(`${tests.join('\n')}\n`)
}
