import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chmodSync, mkdtempSync } from 'node:fs'
import { join } from 'node:path'
import { stop as stopEsbuild } from 'esbuild'
import { buildFramesCode } from '../../sandbox/build.js'
import { buildBrowserCode } from '../../scripts/browser-code.js'
import { ensureBuild } from '../../scripts/fresh-build.js'
import { findFastFolder } from '../../scripts/support/fast-folder.js'
import { startPostgres } from '../../scripts/support/postgres-server.js'

/**
 * What all tests share: the scripts of the pages and of the sandbox's frames; a PostgreSQL server, in which each test makes a
 * database of its own; and a folder for their files and for the databases that they copy, which the first test that needs one
 * makes.
 *
 * @param {import('@jest/types').Config.GlobalConfig} config
 */
export default async function beforeAll({ testPathPatterns, runTestsByPath }) {
  // Some tests need a build, which takes half a gigabyte. Running it first keeps that from adding to what all tests take.
  if (!runTestsByPath && !testPathPatterns.isSet()) ensureBuild()
  process.env.TEST_FOLDER = makeFolder()
  process.env.TEST_DATABASE_TEMPLATE = `nickel_template_${randomBytes(8).toString('hex')}`
  await Promise.all([buildBrowserCode(), buildFramesCode()])
  await stopEsbuild() // its process would keep 70 MB while it waits for more to build
  if (!process.env.TEST_DATABASE_URL) await providePostgres()
}

/** Makes a folder that is gone with this process, however it ends: it may be in memory, which nothing else would give back. */
function makeFolder() {
  const folder = mkdtempSync(join(findFastFolder(), 'nickel-tests-'))
  chmodSync(folder, 0o711) // some tests run programs as another user
  const keeper = spawn('sh', ['-c', 'read -r _; rm -rf "$0"', folder], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true, // Ctrl-C would end it as well
  })
  keeper.unref()
  return folder
}

async function providePostgres() {
  const server = await startPostgres({ inMemory: true })
  if (server) {
    process.env.TEST_DATABASE_URL = server.url
    Object.assign(globalThis, { postgresServer: server })
  } else if (process.env.REQUIRE_ALL === '1') {
    throw new Error(
      'REQUIRE_ALL=1 needs PostgreSQL: apt-get install postgresql, or set TEST_DATABASE_URL to one where databases may be made.',
    )
  } else console.warn('skipped: no PostgreSQL (install one, or set TEST_DATABASE_URL)')
}
