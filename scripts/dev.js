import { spawn } from 'node:child_process'
import { watch } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { checkPackages } from '../server/checks/packages.js'

process.chdir(fileURLToPath(new URL('..', import.meta.url)))
checkPackages({ withTools: true })
// Loaded only now, because they import packages themselves.
const { buildFramesCode } = await import('../sandbox/build.js')
const { buildBrowserCode } = await import('./browser-code.js')

// The server restarts when its source changes. Templates, styles and products are read again for each request.
await buildBrowserCode()
await buildFramesCode()
let building = Promise.resolve()
watch('public', { recursive: true }, (_event, name) => {
  if (name?.startsWith('built')) return
  // One build at a time, since each removes the files of others. esbuild itself reports errors.
  building = building.then(() => buildBrowserCode()).catch(() => undefined)
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
