import { importBuilt } from './fresh-build.js'

await importBuilt('server/backup-command.js')
