import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { checkPackages } from './check-packages.js'

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
 * Changes to the project's folder, and builds if the source is newer than the build. Ends the process if that fails, or if
 * packages are missing.
 */
export function buildWhenStale() {
  process.chdir(fileURLToPath(new URL('..', import.meta.url)))
  const needsBuild = isStale()
  checkPackages({ withTools: needsBuild })
  if (!needsBuild) return
  process.stderr.write('Building (only when the source has changed) …\n')
  const build = spawnSync(process.execPath, ['scripts/build.js'], { stdio: ['ignore', 'inherit', 'inherit'] })
  if (build.status !== 0) process.exit(1)
}

function isStale() {
  if (!existsSync('dist/built')) return true
  const built = statSync('dist/built').mtimeMs
  return SOURCES.some((path) => existsSync(path) && newestChange(path) > built)
}

/** @param {string} path @returns {number} when the newest file at or below the path was written, in ms since 1970 */
function newestChange(path) {
  const entry = statSync(path)
  if (!entry.isDirectory()) return entry.mtimeMs
  const inside = readdirSync(path)
    .filter((name) => name !== 'built') // written by the build itself
    .map((name) => newestChange(`${path}/${name}`))
  return Math.max(entry.mtimeMs, ...inside)
}
