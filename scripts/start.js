import { setFlagsFromString } from 'node:v8'
import { ensureBuildToRun } from './fresh-build.js'

const build = ensureBuildToRun()
// What runs while the shop starts runs once. It needs neither a larger young generation nor compiled code, and V8 would keep
// the memory of both, and that of what the start leaves behind, unless it collects and moves more:
// docs/decisions/022-memory-at-rest.md.
const FOR_START = [
  '--semi-space-growth-factor=1',
  '--no-opt',
  '--no-sparkplug',
  '--optimize-for-size',
  '--compact-on-every-full-gc',
]
const FOR_REQUESTS = [
  // V8's defaults again
  '--semi-space-growth-factor=2',
  '--opt',
  '--sparkplug',
  '--no-optimize-for-size',
  '--no-compact-on-every-full-gc',
]

for (const flag of FOR_START) setFlagsFromString(flag)
// As a URL, so that the type check doesn't follow it into what the build has made.
await import(new URL('server/main.js', build).href)
for (const flag of FOR_REQUESTS) setFlagsFromString(flag)
