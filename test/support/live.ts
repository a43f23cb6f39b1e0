import { resolve } from 'node:path'
import { main } from '../../server/live/main.ts'

// Runs `npm run live` from the source, in the working directory.
const shop = resolve(import.meta.dirname, '../../server/main.ts')
process.exit(await main(process.argv.slice(2), [process.execPath, ...process.execArgv, shop]))
