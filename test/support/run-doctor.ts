import { main } from '../../server/doctor.ts'

// Runs `npm run doctor` from the source, in the working directory.
process.exit(await main())
