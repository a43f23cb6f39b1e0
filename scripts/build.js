import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { access, constants, mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import Sqlite from 'better-sqlite3'
import { buildFramesCode } from '../sandbox/build.js'
import { buildBrowserCode } from './browser-code.js'
import { bundlePackages } from './bundle-packages.js'
import { bundleZod } from './bundle-zod.js'
import { copyAssets } from './copy-assets.js'
import { allBuilds, BUILDS, buildFolder, isInUse, lockOf } from './fresh-build.js'

const LOCK_DEADLINE_MS = 300_000 // another build may take minutes on a small machine

process.chdir(fileURLToPath(new URL('..', import.meta.url)))
const lock = await lockBuilds()
const folder = buildFolder()
if (!existsSync(folder)) await buildBeside(folder)
for (const older of allBuilds())
  if (older !== folder && !isInUse(older)) await rm(older, { recursive: true, force: true })
lock.close()

/** Waits until no other process builds. The system releases this lock when the process ends, however that happens. */
async function lockBuilds() {
  const path = join(BUILDS, 'lock')
  try {
    await mkdir(BUILDS, { recursive: true })
    for (const needed of [BUILDS, path].filter(existsSync)) await access(needed, constants.W_OK) // SQLite would take a weaker lock
    return new Sqlite(path, { timeout: LOCK_DEADLINE_MS }).exec('BEGIN EXCLUSIVE')
  } catch (error) {
    const { code = '' } = /** @type {NodeJS.ErrnoException} */ (error)
    if (code === 'SQLITE_BUSY') stop('another build has not finished within five minutes. Run this again.')
    if (!/^(?:EACCES|EPERM|EROFS|SQLITE_CANTOPEN|SQLITE_READONLY)/.test(code)) throw error
    stop(
      `this user may not write to ${BUILDS}/. Run npm run build as the user who installs the shop (on a server, root), then start it again.`,
    )
  }
}

/** Builds into a folder that nothing uses yet, and renames it when it is complete. @param {string} folder */
async function buildBeside(folder) {
  const unfinished = join(BUILDS, 'unfinished')
  await rm(unfinished, { recursive: true, force: true })
  compile(unfinished)
  await bundleZod(join(unfinished, 'server/zod.js'))
  await bundlePackages(unfinished)
  await copyAssets('.', unfinished)
  await buildBrowserCode(resolve(unfinished, 'public/built'))
  await buildFramesCode(resolve(unfinished, 'sandbox/frames/built'))
  await checkMigrations(unfinished)
  await writeFile(lockOf(unfinished), '')
  if (buildFolder() !== folder) stop('the source was changed meanwhile. Run it again.')
  await rename(unfinished, folder)
}

/** @param {string} outDir */
function compile(outDir) {
  const compiler = fileURLToPath(import.meta.resolve('typescript/package.json')).replace(
    /package\.json$/,
    'bin/tsc',
  )
  const compiled = spawnSync(process.execPath, [compiler, '-p', 'tsconfig.build.json', '--outDir', outDir], {
    stdio: 'inherit',
  })
  if (compiled.status !== 0) stop('the TypeScript compiler found the errors above.')
}

/**
 * Ends the process if their numbers have gaps or duplicates: found here rather than when a shop starts. Names those that never run.
 * @param {string} built
 */
async function checkMigrations(built) {
  const { findMisnamed, readMigrations } = await import(
    pathToFileURL(resolve(built, 'db/engines/migrations.js')).href
  )
  for (const name of findMisnamed())
    console.warn(
      `db/migrations/${name} never runs because of its name. Name it like 500-words.sql: three digits, then lower-case words and digits joined by hyphens.`,
    )
  try {
    readMigrations()
  } catch (error) {
    stop(/** @type {Error} */ (error).message)
  }
}

/** @param {string} reason @returns {never} */
function stop(reason) {
  console.error(`The build stopped: ${reason}`)
  process.exit(1)
}
