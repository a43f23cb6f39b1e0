import { ensureBuildToRun } from './fresh-build.js'

const build = ensureBuildToRun()
// As a URL, so that the type check doesn't follow it into what the build has made.
const { main } = await import(new URL('server/live/main.js', build).href)
process.exit(await main(process.argv.slice(2), [process.execPath, 'scripts/start.cjs']))
