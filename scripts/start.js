import { setFlagsFromString } from 'node:v8'
import { buildWhenStale } from './fresh-build.js'

buildWhenStale()
// Loading modules throws much away at once. V8 would make its nursery larger for that, and keep it: a tenth of the memory
// that the shop takes at rest. Under load it may grow again.
setFlagsFromString('--semi-space-growth-factor=1')
// As a URL, so that the type check doesn't follow it into what the build has made.
await import(new URL('../dist/server/main.js', import.meta.url).href)
setFlagsFromString('--semi-space-growth-factor=2') // V8's own
