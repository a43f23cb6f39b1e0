import { importBuilt } from './fresh-build.js'

await importBuilt('server/restore-command.js')
