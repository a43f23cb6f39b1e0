import { spawnSync } from 'node:child_process'
import { rm, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { buildFramesCode } from '../sandbox/build.js'
import { buildBrowserCode } from './browser-code.js'
import { bundleZod } from './bundle-zod.js'
import { copyAssets } from './copy-assets.js'

process.chdir(fileURLToPath(new URL('..', import.meta.url)))

await rm('dist', { recursive: true, force: true })
const compiler = fileURLToPath(import.meta.resolve('typescript/package.json')).replace(
  /package\.json$/,
  'bin/tsc',
)
const compiled = spawnSync(process.execPath, [compiler, '-p', 'tsconfig.build.json'], { stdio: 'inherit' })
if (compiled.status !== 0) {
  console.error('The build stopped: the TypeScript compiler found the errors above.')
  process.exit(1)
}
await bundleZod('dist/server/zod.js')
await buildBrowserCode()
await buildFramesCode()
await copyAssets('.', 'dist')
await checkMigrations()
await writeFile('dist/built', new Date().toISOString())

/** Ends the process if their numbers have gaps or duplicates: found here rather than when a shop starts. */
async function checkMigrations() {
  const { readMigrations } = await import(new URL('../dist/db/engines/migrations.js', import.meta.url).href)
  try {
    readMigrations()
  } catch (error) {
    console.error(`The build stopped: ${/** @type {Error} */ (error).message}`)
    process.exit(1)
  }
}
