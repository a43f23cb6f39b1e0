import { ensureBuildToRun } from './fresh-build.js'

const build = ensureBuildToRun()
// As a URL, so that the type check doesn't follow it into what the build has made.
await import(new URL('server/recompute-command.js', build).href)
