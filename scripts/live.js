import { importBuilt } from './fresh-build.js'

const { main } = await importBuilt('server/live/main.js')
process.exit(await main(process.argv.slice(2), [process.execPath, 'scripts/start.cjs']))
