import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { accessSync, constants, existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { checkPackages } from '../server/checks/packages.js'

/** Contains a folder for each build, which is named by a hash of its source and never changed again. */
export const BUILDS = 'dist'

const SOURCES = [
  'money',
  'server',
  'db',
  'sandbox',
  'views',
  'public',
  'scripts',
  'package-lock.json',
  'tsconfig.json',
  'tsconfig.build.json',
]

/**
 * Changes to the project's folder, builds unless that has been done for the present source, and returns the build's folder.
 * Where there is no compiler, as in production, that is the newest build. Ends the process if there is none, or if packages
 * are missing.
 */
export function ensureBuild() {
  process.chdir(fileURLToPath(new URL('..', import.meta.url)))
  const folder = buildFolder()
  const isBuilt = existsSync(folder)
  const older = isBuilt || hasCompiler() ? undefined : newestBuild()
  checkPackages({ withTools: !isBuilt && older === undefined })
  if (isBuilt) return folder
  if (older !== undefined) return older
  process.stderr.write('Building (only when the source has changed) …\n')
  const build = spawnSync(process.execPath, ['scripts/build.js'], { stdio: ['ignore', 'inherit', 'inherit'] })
  if (build.status !== 0) process.exit(1)
  return folder
}

/** Ensures a build for this process, and keeps it from being removed while the process runs. */
export function ensureBuildToRun() {
  const folder = ensureBuild()
  hold(folder)
  return new URL(`../${folder}/`, import.meta.url)
}

/** Imports a module of the build that ensureBuildToRun ensures. @param {string} path */
export function importBuilt(path) {
  // As a URL, so that the type check doesn't follow it into what the build has made.
  return import(new URL(path, ensureBuildToRun()).href)
}

/** Returns the folder of the build of the present source, by its content: copying and unpacking change the times of files. */
export function buildFolder() {
  const hash = createHash('sha256')
  for (const path of SOURCES.filter((path) => existsSync(path)).flatMap(filesIn))
    hash.update(`${path}\0`).update(readFileSync(path)).update('\0')
  return join(BUILDS, hash.digest('hex').slice(0, 16))
}

/** @param {string} path @returns {string[]} the files at or below the path, without what builds, systems and editors leave behind */
function filesIn(path) {
  if (!statSync(path).isDirectory()) return [path]
  return readdirSync(path)
    .filter((name) => name !== 'built' && !/^\.|~$/.test(name))
    .sort()
    .flatMap((name) => filesIn(`${path}/${name}`))
}

function hasCompiler() {
  try {
    return ['typescript/package.json', 'esbuild'].every((name) => import.meta.resolve(name))
  } catch {
    return false
  }
}

/** Returns the build that was made last, and prints that it isn't up to date. */
function newestBuild() {
  const [newest] = allBuilds().sort((one, other) => statSync(other).mtimeMs - statSync(one).mtimeMs)
  if (newest !== undefined)
    process.stderr.write(
      `The source has changed since the last build, but the compiler is not installed: starting the build of ${statSync(newest).mtime.toISOString()}. npm ci --include=dev installs the compiler.\n`,
    )
  return newest
}

/** Returns the folders of all finished builds. */
export function allBuilds() {
  const names = existsSync(BUILDS) ? readdirSync(BUILDS) : []
  return names.filter((name) => /^[0-9a-f]{16}$/.test(name)).map((name) => join(BUILDS, name))
}

/**
 * Holds a shared lock on a build, which is a transaction that never ends. Reading is enough for that: the shop's user needn't be
 * the one who has built. The system releases it when the process ends.
 *
 * @param {string} folder
 */
function hold(folder) {
  try {
    const lock = openLock(folder, { readonly: true })
    lock.exec('BEGIN; SELECT name FROM sqlite_schema')
    process.once('exit', () => lock.close()) // unless something refers to it, it is closed at any time
  } catch (error) {
    const { message } = /** @type {Error} */ (error)
    process.stderr.write(
      `The files in ${folder} can’t be locked (${message}). Don’t run npm run build while this is running.\n`,
    )
  }
}

/** Returns whether a process runs this build, or it is another user's. @param {string} folder */
export function isInUse(folder) {
  const path = lockOf(folder)
  if (!existsSync(path)) return false
  try {
    accessSync(path, constants.W_OK) // SQLite would take a weaker lock
    const lock = openLock(folder, { timeout: 0 })
    lock.exec('BEGIN EXCLUSIVE').close()
    return false
  } catch {
    return true
  }
}

/** @param {string} folder @param {import('better-sqlite3').Options} options */
function openLock(folder, options) {
  // Loaded only now, since a start says first which packages are missing.
  const Sqlite = /** @type {typeof import('better-sqlite3')} */ (
    createRequire(import.meta.url)('better-sqlite3')
  )
  return new Sqlite(lockOf(folder), { ...options, fileMustExist: true })
}

/** Returns the file that is locked while a process runs a build. It is empty. @param {string} folder */
export function lockOf(folder) {
  return join(folder, 'lock')
}
