import { spawn } from 'node:child_process'
import { watch } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { buildFramesCode } from '../sandbox/build.js'
import { buildBrowserCode } from './browser-code.js'

process.chdir(fileURLToPath(new URL('..', import.meta.url)))

// The server restarts when its source changes; templates, styles and products are read again at each request.
await buildBrowserCode()
await buildFramesCode()
let building = Promise.resolve()
watch('public', { recursive: true }, (_event, name) => {
  if (name?.startsWith('built')) return
  // One after the other, since each takes away what it didn't make. esbuild says what is wrong.
  building = building.then(buildBrowserCode).catch(() => undefined)
})
for (const folder of ['sandbox/frames/browser', 'sandbox/public'])
  watch(folder, () => buildFramesCode().catch(() => undefined))
const tsx = fileURLToPath(import.meta.resolve('tsx/cli'))
const server = spawn(process.execPath, [tsx, 'watch', '--include', '.env', 'server/main.ts'], {
  stdio: 'inherit',
})
for (const signal of ['SIGINT', 'SIGTERM'])
  process.once(signal, () => server.kill(/** @type {NodeJS.Signals} */ (signal)))
server.once('exit', (code) => process.exit(code ?? 0))
