import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

const MOST_LISTED = 5

/** @typedef {{ meaning: string, todo: string }} Problem */

/**
 * Ends the process with a sentence if this Node or the installed packages aren't those that this version needs, as after an
 * update without `npm ci`. Otherwise it would end with a stack trace, or later, with a call of a function that isn't there.
 *
 * @param {{ withTools: boolean }} options whether the development packages are needed, too
 */
export function checkPackages({ withTools }) {
  const problem = findNodeProblem('.') ?? findPackageProblem({ folder: '.', withTools })
  if (problem === undefined) return
  process.stderr.write(`Cannot start.\n${problem.meaning} ${problem.todo}\n`)
  process.exit(1)
}

/**
 * Finds what is wrong with the installed packages. Imports none of them, so that it can say that they are missing.
 *
 * @param {{ folder: string, withTools: boolean }} options the project's, and as above @returns {Problem | undefined}
 */
export function findPackageProblem({ folder, withTools }) {
  return findOutdatedPackages(folder, withTools) ?? findMissingDriver()
}

/**
 * Finds out whether this Node is none of those that package.json names.
 *
 * @param {string} folder the project's @param {string} version @returns {Problem | undefined}
 */
export function findNodeProblem(folder, version = process.versions.node) {
  const { node } = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8')).engines
  const [oldest, beyond] = [...node.matchAll(/[\d.]+/g)].map(([text]) => text)
  const { compare } = new Intl.Collator('en', { numeric: true })
  if (compare(version, oldest) >= 0 && compare(version, beyond) < 0) return undefined
  return {
    meaning: `The shop was not made for Node ${version}, but for ${oldest} up to ${Number(beyond) - 1}.`,
    todo: `Install a version in between, from https://nodejs.org or by your version manager.`,
  }
}

/**
 * Compares what is installed with package-lock.json: the project's direct dependencies by their own manifests, and theirs by
 * npm's record of what it installed, since reading hundreds of manifests would take too long.
 *
 * @param {string} folder the project's @param {boolean} withTools @returns {Problem | undefined}
 */
export function findOutdatedPackages(folder, withTools) {
  const { packages } = JSON.parse(readFileSync(`${folder}/package-lock.json`, 'utf8'))
  const direct = findNames(packages, withTools).flatMap((name) => {
    const wanted = readLockedVersion(packages, name)
    return describeDifference(
      name,
      wanted,
      readInstalledVersion(`${folder}/node_modules/${name}/package.json`),
    )
  })
  const wrong = [...new Set([...direct, ...compareRecord(folder, packages, withTools)])]
  if (wrong.length === 0) return undefined
  const more = wrong.length > MOST_LISTED ? ` (and ${wrong.length - MOST_LISTED} more)` : ''
  const list = wrong.slice(0, MOST_LISTED).join(', ')
  return {
    meaning: `The installed packages are not the ones that this version needs: ${list}${more}.`,
    todo: withTools && isToolMissing(folder, packages) ? INSTALL_TOOLS : 'Run npm ci, then try again.',
  }
}

// With NODE_ENV=production, npm ci alone would leave them out once more
const INSTALL_TOOLS =
  'The development packages are needed, too, which npm leaves out in production: run npm ci --include=dev, then try again.'

/** @param {string} folder @param {Record<string, Locked>} packages */
function isToolMissing(folder, packages) {
  return Object.entries(packages).some(
    ([path, { dev, ...kinds }]) =>
      dev && !OPTIONAL.some((kind) => kinds[kind]) && !existsSync(`${folder}/${path}`),
  )
}

/** @param {string} name @param {string | undefined} wanted @param {string | undefined} installed @returns {string[]} */
function describeDifference(name, wanted, installed) {
  if (installed === wanted) return []
  return [installed ? `${name} is ${installed} instead of ${wanted}` : `${name} is missing`]
}

/** @typedef {{ version: string, link?: boolean, resolved: string, [kind: string]: unknown }} Locked */

/**
 * Compares versions only, since npm's record of an installation has other details than the lockfile. Packages that npm may
 * leave out, such as those for other systems, may be missing.
 *
 * @param {string} folder @param {Record<string, Locked>} packages @param {boolean} withTools
 */
function compareRecord(folder, packages, withTools) {
  const record = `${folder}/node_modules/.package-lock.json`
  if (!existsSync(record)) return [] // another package manager has none
  /** @type {Record<string, Locked>} */
  const installed = JSON.parse(readFileSync(record, 'utf8')).packages
  return Object.entries(packages).flatMap(([path, { version, link, ...kinds }]) => {
    const found = installed[path]
    if (!path.includes('node_modules/') || link || found?.link) return []
    if (!found && (OPTIONAL.some((kind) => kinds[kind]) || (!withTools && kinds.dev))) return []
    return describeDifference(path.replace(/^.*node_modules\//, ''), version, found?.version)
  })
}

// What npm may leave out of an installation, as package-lock.json says it
const OPTIONAL = ['optional', 'devOptional', 'peer']

/** @param {Record<string, Locked>} packages @param {boolean} withTools */
function findNames(packages, withTools) {
  const ours = Object.keys(packages).filter((path) => !path.includes('node_modules/'))
  const kinds = withTools ? ['dependencies', 'devDependencies'] : ['dependencies']
  const names = ours.flatMap((path) => kinds.flatMap((kind) => Object.keys(packages[path]?.[kind] ?? {})))
  return [...new Set(names)]
}

/** @param {Record<string, Locked>} packages @param {string} name */
function readLockedVersion(packages, name) {
  const locked = packages[`node_modules/${name}`]
  return locked?.link ? packages[locked.resolved]?.version : locked?.version
}

/** @param {string} manifest @returns {string | undefined} */
function readInstalledVersion(manifest) {
  return existsSync(manifest) ? JSON.parse(readFileSync(manifest, 'utf8')).version : undefined
}

/** The driver for SQLite is optional for npm, since each version of Node has its own. @returns {Problem | undefined} */
function findMissingDriver() {
  try {
    createRequire(import.meta.url)('better-sqlite3')
    return undefined
  } catch (error) {
    const { message } = /** @type {Error} */ (error)
    const [, meaning = message, todo = 'Run npm install.'] = /^(.*?\.) (.*)$/s.exec(message) ?? []
    return { meaning, todo }
  }
}
