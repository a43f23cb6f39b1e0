import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, test } from '@jest/globals'
import { aFreePort } from '../../scripts/support/free-port.js'
import { runProgram } from '../support/process.ts'
import { aFolder } from '../support/workplace.ts'

const BUILDS_MS = 120_000

/** What is loaded for those who need it. Each takes memory and processor time, of which every start would have to pay. */
const LOADED_ON_DEMAND = [
  '/@clack/prompts/',
  '/@takumi-rs/',
  '/intl-messageformat/',
  '/pg/',
  '/prom-client/',
  '/qrcode/',
  '/request-filtering-agent/',
  '/standardwebhooks/',
  '/tar/',
  '/ws/',
  '/db/engines/postgres/',
  '/db/engines/sqlite/commands.js',
  '/sandbox/',
  '/server/alerts/',
  '/server/backups/',
  '/server/checks/run.js',
  '/server/desk/access/',
  '/server/desk/order/',
  '/server/desk/orders/',
  '/server/live/',
  '/server/metrics/exposition.js',
  '/server/texts/ar.js',
  '/server/texts/de.js',
  '/server/texts/es.js',
]

// Reads ICU's data, which takes 7 MB: docs/decisions/022-memory-at-rest.md.
const RECORD_INTL = `
for (const name of ['DateTimeFormat', 'DisplayNames', 'ListFormat', 'NumberFormat', 'PluralRules', 'Segmenter'])
  Intl[name] = new Proxy(Intl[name], {
    construct(made, values) {
      console.error('made Intl.' + name + new Error().stack)
      return Reflect.construct(made, values)
    },
  })`

test(
  'a start loads neither what few shops need nor what is needed later',
  async () => {
    // A start that has to build first would load what builds, too.
    expect(await runProgram(process.execPath, ['scripts/build.js'], resolve('.'), {}).ended).toBe(0)
    const folder = aFolder()
    const recorder = join(folder, 'record-intl.mjs')
    writeFileSync(recorder, RECORD_INTL)
    const loaded = join(folder, 'loaded')
    mkdirSync(loaded)
    const shop = runProgram(process.execPath, ['--import', recorder, 'scripts/start.cjs'], resolve('.'), {
      NODE_ENV: 'production',
      NODE_V8_COVERAGE: loaded, // Node writes which files it has loaded
      PORT: String(await aFreePort()),
      CODE_MODE: 'sandbox',
      CODE_ENDPOINT: 'http://127.0.0.1:2/v1', // no server listens there
      CODE_PUBLIC_KEY: 'codeHy87wGD5oMRLG75qKqsSi1vWE3oxNyYmXo5F9YR',
      DATABASE_URL: `sqlite:${join(folder, 'shop.db')}`,
    })
    await shop.says('The shop is open')
    shop.child.kill('SIGTERM')
    expect(await shop.ended).toBe(0)

    const files = filesIn(loaded)
    expect(files.some((file) => file.endsWith('/server/start.js'))).toBe(true)
    expect(LOADED_ON_DEMAND.flatMap((part) => files.filter((file) => file.includes(part)))).toEqual([])
    expect(shop.output()).not.toContain('made Intl.')
  },
  BUILDS_MS,
)

/** The loaded files, by their paths in the project or in its build. */
function filesIn(folder: string): string[] {
  const urls = readdirSync(folder).flatMap((name) => {
    const { result } = JSON.parse(readFileSync(join(folder, name), 'utf8')) as { result: { url: string }[] }
    return result.map(({ url }) => url)
  })
  const project = pathToFileURL(resolve('.')).href
  return urls
    .filter((url) => url.startsWith(project))
    .map((url) => url.slice(project.length).replace(/^\/dist\/\w+/, ''))
}
