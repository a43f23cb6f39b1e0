import { main } from './doctor.ts'

// The process that has started this one ends it: scripts/doctor.js.
const code = await main()
if (process.send) process.send(code)
else process.exit(code)
