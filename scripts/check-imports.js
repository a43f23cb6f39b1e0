import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, posix } from 'node:path'
import { fileURLToPath } from 'node:url'
import { findUnusedReexports } from './support/unused-exports.js'

// From top to bottom. A file imports from its own folder and from the lines further down, never from its own line. The
// longest name that fits a file counts.
const LAYERS = `
test
bench
scripts
server/main.ts
server/live
server/start.ts server/commands
server/embedded-sandbox.ts
sandbox/main.ts
sandbox/index.ts
sandbox/app.ts
sandbox/wallet sandbox/frames
sandbox/json sandbox/streams sandbox/webhooks
sandbox/sequencer sandbox/faults
sandbox/trace
sandbox/state
sandbox
sandbox/texts
server/app.ts server/listener
server/pages server/desk server/api server/metrics
server/orders server/checks server/summaries server/alerts server/backups
server/access
server/shop.ts
server/memory.ts
server/catalog server/code
server/web
server/tally.ts server/finding.ts server/seldom.ts server/failures.ts
db/index.ts
db/backups db/look
db/queries
db/database.ts
db/engines/sqlite db/engines/postgres
db/engines
public
server/local-days.ts
server/config server/errors.ts server/time.ts
money
server/texts
server/zod.ts server/once.ts server/kept.ts server/running.ts server/secrets.ts server/describe-failure.ts server/count-of.ts server/read-arguments.ts
`

// Programs and packages of their own, and the only others that each may import.
/** @type {Record<string, string[]>} */
const APART = { sandbox: ['money'], public: ['money', 'server/texts'], db: ['money'], money: [] }

// Packages that only these parts of what is shipped may use.
/** @type {Record<string, string[]>} */
const PACKAGES = {
  '@code-wallet': ['server/code', 'server/config', 'public', 'sandbox'],
  'better-sqlite3': ['db/engines/sqlite', 'sandbox/state'],
  express: ['server', 'sandbox'],
  pg: ['db/engines/postgres'],
  tar: ['server/backups'],
  'prom-client': ['server/metrics'],
  zod: ['server/zod.ts', 'sandbox'],
}

const TOOLS = ['test', 'bench', 'scripts'] // may import past entry points, and use any package
const ENTRY_POINT = /\/(index\.ts|build\.js)$/
const IMPORT = /(?:from|import)\s*\(?\s*'([^']+)'/g

const layers = LAYERS.trim()
  .split('\n')
  .map((line) => line.split(' '))
const modules = layers.flat().sort((a, b) => b.length - a.length)

/**
 * Finds imports that go upwards, past a folder's entry point, out of a package of its own, or in a circle.
 *
 * @param {Map<string, string[]>} imports what each file imports: files by their path from the root, packages by name
 * @returns {string[]} a sentence for each
 */
export function findBadImports(imports) {
  const bad = [...imports].flatMap(([from, targets]) =>
    targets.map((to) => (imports.has(to) ? judgeFile(from, to) : judgePackage(from, to))),
  )
  return [...new Set(bad.filter((text) => text !== undefined)), ...findCircles(imports)]
}

/** @param {string} from @param {string} to @returns {string | undefined} what is wrong with it */
function judgeFile(from, to) {
  const [module, other] = [moduleOf(from), moduleOf(to)]
  if (!module || !other) return withoutLayer(module ? to : from)
  if (module !== other && layerOf(module) >= layerOf(other))
    return `${from} imports ${to}: ${other} is not below ${module}.`
  const apart = Object.keys(APART).find((name) => isIn(from, name))
  if (apart && ![apart, ...(APART[apart] ?? [])].some((name) => isIn(to, name)))
    return `${from} imports ${to}: ${apart}/ is a package of its own.`
  const entryPoint = TOOLS.includes(module) ? undefined : entryPointBetween(from, to)
  return entryPoint && `${from} imports ${to}: use ${entryPoint}.`
}

/** @param {string} file */
function withoutLayer(file) {
  const module = file.split('/').slice(0, 2).join('/')
  return `${module} has no layer: add it to LAYERS in scripts/check-imports.js.`
}

/** @param {string} from @param {string} name @returns {string | undefined} what is wrong with it */
function judgePackage(from, name) {
  const users = Object.entries(PACKAGES).find(([start]) => `${name}/`.startsWith(`${start}/`))?.[1]
  if (!users || [...TOOLS, ...users].some((user) => isIn(from, user))) return undefined
  return `${from} imports ${name}: only ${users.join(', ')} may use it.`
}

/**
 * Returns the entry point to use instead: that of the outermost folder which has one and contains `to`, but not `from`.
 * @param {string} from @param {string} to
 */
function entryPointBetween(from, to) {
  const parts = dirname(to).split('/')
  const folders = parts.map((_, index) => parts.slice(0, index + 1).join('/'))
  const closed = folders.find((folder) => !isIn(from, folder) && existsSync(`${folder}/index.ts`))
  return closed && !(closed === dirname(to) && ENTRY_POINT.test(to)) ? `${closed}/index.ts` : undefined
}

/** @param {string} file @param {string} name of a file or folder */
function isIn(file, name) {
  return file === name || file.startsWith(`${name}/`)
}

/** @param {string} file */
function moduleOf(file) {
  return modules.find((module) => isIn(file, module))
}

/** @param {string} module */
function layerOf(module) {
  return layers.findIndex((line) => line.includes(module))
}

/** @param {Map<string, string[]>} graph @returns {string[]} */
function findCircles(graph) {
  const done = new Set()
  /** @type {(node: string, path: string[]) => string[]} */
  const walk = (node, path) => {
    if (path.includes(node)) return [`A circle: ${[...path.slice(path.indexOf(node)), node].join(' → ')}.`]
    if (done.has(node)) return []
    done.add(node)
    return [...new Set(graph.get(node))].flatMap((next) => walk(next, [...path, node]))
  }
  return [...graph.keys()].flatMap((node) => walk(node, []))
}

/** Reads what the source of this repository imports. The working directory must be its root. */
export function readImports() {
  return importsIn(readSources())
}

/** Reads the source of this repository, by path. */
function readSources() {
  const roots = new Set(modules.map((module) => module.split('/')[0] ?? ''))
  return new Map([...roots].flatMap(findSources).map((file) => [file, readFileSync(file, 'utf8')]))
}

/** @param {Map<string, string>} sources @returns {Map<string, string[]>} what each file imports */
function importsIn(sources) {
  return new Map([...sources].map(([file, text]) => [file, importsOf(file, text)]))
}

/** @param {string} folder @returns {string[]} */
function findSources(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`
    if (entry.isDirectory()) return ['built', 'node_modules'].includes(entry.name) ? [] : findSources(path)
    return /\.(ts|js)$/.test(path) ? [path] : []
  })
}

/** @param {string} file @param {string} text @returns {string[]} */
function importsOf(file, text) {
  const names = [...text.matchAll(IMPORT)].map(([, name = '']) => name)
  return names.map((name) => (name.startsWith('.') ? posix.join(dirname(file), name) : name))
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  process.chdir(fileURLToPath(new URL('..', import.meta.url)))
  const sources = readSources()
  const bad = [...findBadImports(importsIn(sources)), ...findUnusedReexports(sources)]
  for (const text of bad) console.error(text)
  if (bad.length > 0) process.exit(1)
}
