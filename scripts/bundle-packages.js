import { readdirSync, readFileSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { build } from 'esbuild'
import { BUNDLE_OPTIONS } from './support/bundle-options.js'

/**
 * The packages of many files that a start loads, and those that share a dependency with them: otherwise that would be loaded
 * twice. One that consists of a single file gains nothing here: docs/decisions/037-bundled-packages.md.
 */
const BUNDLED = [
  '@code-wallet/client',
  '@code-wallet/intents',
  '@code-wallet/keys',
  '@code-wallet/rpc',
  '@noble/curves/ed25519',
  'bs58',
  'compression',
  'content-type',
  'express',
  'express-rate-limit',
  'express-static-gzip',
  'image-size',
  'jose',
  'markdown-it',
  'pino',
  'proxy-addr',
  'raw-body',
  'yaml',
]

// Loads its tables of encodings only when one is used, which a bundle would contain.
const LEFT_OUT = ['iconv-lite']

// They don't say that loading their files has no effect, though that is so: each only defines classes and functions.
const WITHOUT_EFFECT = /\/node_modules\/@code-wallet\//

const IMPORT = /^import (?:(\w+),? )?(?:\{([^}]*)\} )?from '([^'.][^']*)'/gm

// Packages made for `require` expect it, and Node gives none to an ES module.
const BANNER = `import { createRequire as createRequireOfBundle } from 'node:module'
const require = createRequireOfBundle(import.meta.url)`

/**
 * Bundles what the built programs import of these packages into one file for each, where Node looks first: node_modules/
 * within the build. What several have in common is in files of its own.
 *
 * @param {string} built the build's folder
 */
export async function bundlePackages(built) {
  const names = findImportedNames(built)
  const outdir = join(built, 'node_modules')
  const packages = BUNDLED.filter((name) => names.has(name))
  await build({
    ...BUNDLE_OPTIONS,
    entryPoints: packages.map((name) => ({ in: `what-is-used-of:${name}`, out: `${name}/index` })),
    outdir,
    chunkNames: 'shared/[hash]',
    plugins: [reexport(names), withoutEffect],
    external: LEFT_OUT,
    banner: { js: BANNER },
    mainFields: ['module', 'main'],
    splitting: true,
  })
  for (const name of packages) await writeManifest(outdir, name)
}

/** @param {string} built @returns {Map<string, Set<string>>} what is imported of each package: 'default', or a name */
function findImportedNames(built) {
  /** @type {Map<string, Set<string>>} */
  const found = new Map()
  for (const file of readdirSync(built, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.js'),
  ))
    for (const [, byDefault, list = '', name = ''] of readFileSync(join(built, file), 'utf8').matchAll(
      IMPORT,
    )) {
      const names = list.split(',').map((item) => item.trim().replace(/ as .*/, ''))
      const all = [byDefault ? 'default' : '', ...names].filter((item) => item !== '')
      found.set(name, new Set([...(found.get(name) ?? []), ...all]))
    }
  return found
}

/** @param {Map<string, Set<string>>} names @returns {import('esbuild').Plugin} */
function reexport(names) {
  const namespace = 'what-is-used-of'
  return {
    name: 'reexport',
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^what-is-used-of:/ }, ({ path }) => ({
        path: path.slice(namespace.length + 1),
        namespace,
      }))
      onLoad({ filter: /./, namespace }, ({ path }) => ({
        contents: `export { ${[...(names.get(path) ?? [])].join(', ')} } from '${path}'`,
        resolveDir: process.cwd(),
      }))
    },
  }
}

/** @type {import('esbuild').Plugin} */
const withoutEffect = {
  name: 'without-effect',
  setup({ onResolve, resolve }) {
    onResolve({ filter: /./ }, async ({ path, kind, importer, resolveDir, pluginData }) => {
      if (pluginData === withoutEffect || kind === 'entry-point') return undefined
      const found = await resolve(path, { kind, importer, resolveDir, pluginData: withoutEffect })
      return WITHOUT_EFFECT.test(found.path) ? { path: found.path, sideEffects: false } : undefined
    })
  },
}

/** Makes Node find the bundle by the package's name. @param {string} outdir @param {string} name */
async function writeManifest(outdir, name) {
  const [folder, subpath] = /^(@[^/]+\/[^/]+|[^/]+)(?:\/(.*))?$/.exec(name)?.slice(1) ?? []
  const exports = subpath ? { [`./${subpath}`]: `./${subpath}/index.js` } : './index.js'
  await mkdir(join(outdir, /** @type {string} */ (folder)), { recursive: true })
  await writeFile(
    join(outdir, /** @type {string} */ (folder), 'package.json'),
    JSON.stringify({ type: 'module', exports }),
  )
}
