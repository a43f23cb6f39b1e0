import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
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
  try {
    mkdirSync(usersOf(folder), { recursive: true })
    for (const pid of usersIn(folder))
      if (!isRunning(pid)) rmSync(join(usersOf(folder), pid), { force: true })
    writeFileSync(join(usersOf(folder), String(process.pid)), '')
  } catch {
    // Where nothing can be written, nothing can be removed either.
  }
  return new URL(`../${folder}/`, import.meta.url)
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

/** Returns whether a process still runs this build. @param {string} folder */
export function isInUse(folder) {
  return usersIn(folder).some(isRunning)
}

/** @param {string} folder */
function usersIn(folder) {
  return existsSync(usersOf(folder)) ? readdirSync(usersOf(folder)) : []
}

/** Returns where the processes that run a build leave their numbers. @param {string} folder */
export function usersOf(folder) {
  return join(folder, 'users')
}

/** @param {string} pid */
function isRunning(pid) {
  try {
    return process.kill(Number(pid), 0)
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM' // it belongs to another user
  }
}
