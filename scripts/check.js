import { importBuilt } from './fresh-build.js'

await importBuilt('server/check-command.js')
