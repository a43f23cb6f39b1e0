import { importBuilt } from './fresh-build.js'

await importBuilt('server/desk-link.js')
