import { randomBytes } from 'node:crypto'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { stop as stopEsbuild } from 'esbuild'
import { buildFramesCode } from '../../sandbox/build.js'
import { buildBrowserCode } from '../../scripts/browser-code.js'
import { ensureBuild } from '../../scripts/fresh-build.js'
import { startPostgres } from '../../scripts/support/postgres-server.js'

/**
 * What all tests share: the scripts of the pages and of the sandbox's frames, and a PostgreSQL server, in which each test
 * makes a database of its own; and where the databases are that they copy, which the first test that needs one makes.
 *
 * @param {import('@jest/types').Config.GlobalConfig} config
 */
export default async function beforeAll({ testPathPatterns, runTestsByPath }) {
  // Some tests need a build, which takes half a gigabyte. Running it first keeps that from adding to what all tests take.
  if (!runTestsByPath && !testPathPatterns.isSet()) ensureBuild()
  process.env.TEST_TEMPLATES = mkdtempSync(join(tmpdir(), 'nickel-templates-'))
  process.env.TEST_DATABASE_TEMPLATE = `nickel_template_${randomBytes(8).toString('hex')}`
  await Promise.all([buildBrowserCode(), buildFramesCode()])
  await stopEsbuild() // its process would keep 70 MB while it waits for more to build
  if (!process.env.TEST_DATABASE_URL) await providePostgres()
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
