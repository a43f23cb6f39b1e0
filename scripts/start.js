import { setFlagsFromString } from 'node:v8'
import { ensureBuildToRun } from './fresh-build.js'

const build = ensureBuildToRun()
// What runs while the shop starts runs once. It doesn't need a larger young generation or optimized code, and V8 would
// keep the memory of both: docs/decisions/022-memory-at-rest.md.
setFlagsFromString('--semi-space-growth-factor=1')
setFlagsFromString('--no-opt')
// As a URL, so that the type check doesn't follow it into what the build has made.
await import(new URL('server/main.js', build).href)
// V8's defaults again, for requests.
setFlagsFromString('--semi-space-growth-factor=2')
setFlagsFromString('--opt')
