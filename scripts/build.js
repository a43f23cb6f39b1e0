import { spawnSync } from 'node:child_process'
import { cp, rm, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { buildBrowserCode } from './browser-code.js'
import { buildFramesCode } from './frames-code.js'

process.chdir(fileURLToPath(new URL('..', import.meta.url)))

// What is not TypeScript is copied, so that `new URL('../views', import.meta.url)` finds the same thing
// beside the source and beside the built file.
const COPIED = ['views', 'public/built', 'db', 'sandbox']

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
await buildBrowserCode()
await buildFramesCode()
for (const folder of COPIED) {
  await cp(folder, `dist/${folder}`, {
    recursive: true,
    filter: (path) => !/\.ts$|tsconfig\.json$/.test(path),
  })
}
await writeFile('dist/built', new Date().toISOString())
