import { buildWhenStale } from './fresh-build.js'

buildWhenStale()
// As a URL, so that the type check doesn't follow it into what the build has made.
await import(new URL('../dist/server/main.js', import.meta.url).href)
