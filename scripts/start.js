import { setFlagsFromString } from 'node:v8'
import { ensureBuildToRun } from './fresh-build.js'

const build = ensureBuildToRun()
// Code that runs while the shop starts runs only once. It needs neither a larger young generation nor compiled code, whose
// memory V8 would keep. Collecting and compacting more often returns what the start leaves behind:
// docs/decisions/022-memory-at-rest.md. Each flag comes with V8's default, for requests.
const FLAGS = /** @type {const} */ ([
  ['--semi-space-growth-factor=1', '--semi-space-growth-factor=2'],
  ['--no-opt', '--opt'],
  ['--no-sparkplug', '--sparkplug'],
  ['--optimize-for-size', '--no-optimize-for-size'],
  ['--compact-on-every-full-gc', '--no-compact-on-every-full-gc'],
])

for (const [flag] of FLAGS) setFlagsFromString(flag)
// As a URL, so that the type check doesn't follow it into what the build has made.
await import(new URL('server/main.js', build).href)
for (const [, standard] of FLAGS) setFlagsFromString(standard)
