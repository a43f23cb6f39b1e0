import { importBuilt } from './fresh-build.js'

await importBuilt('server/recompute-command.js')
