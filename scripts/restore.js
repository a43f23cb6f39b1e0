import { importBuilt } from './fresh-build.js'

await importBuilt('server/commands/restore.js')
