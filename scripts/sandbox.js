import { importBuilt } from './fresh-build.js'

await importBuilt('sandbox/main.js')
