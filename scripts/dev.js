import { spawn } from 'node:child_process'
import { watch } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { checkPackages } from '../server/checks/packages.js'

process.chdir(fileURLToPath(new URL('..', import.meta.url)))
checkPackages({ withTools: true })
// Loaded only now, because they import packages themselves.
const { buildFramesCode } = await import('../sandbox/build.js')
const { buildBrowserCode } = await import('./browser-code.js')

// The server restarts when its source or `.env` changes. Templates, styles and products are read again for each request.
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
const args = ['watch', 'server/main.ts', ...process.argv.slice(2)]
const server = spawn(process.execPath, [tsx, ...args], {
  stdio: ['pipe', 'inherit', 'inherit'],
  detached: process.platform !== 'win32', // the terminal would send it Ctrl-C as well, and a second signal makes tsx kill the shop
})
process.stdin.pipe(server.stdin, { end: false })
// tsx itself watches no file whose name begins with a dot, and restarts at a press of Return.
watch('.', (_event, name) => name === '.env' && server.stdin.write('\n'))
let isStopping = false
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
  process.on(signal, () => {
    if (!isStopping) server.kill()
    isStopping = true // npm sends a second signal for each Ctrl-C: npm/cli#5021
  })
server.once('exit', (code) => process.exit(code ?? 0))
process.once('exit', () => server.kill())
