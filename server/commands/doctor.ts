import { type Report, runChecks, showReport } from '../checks/index.ts'
import { readArguments } from '../read-arguments.ts'

const USAGE = `Looks at everything on which real payments depend, and says what is wrong, what it means for your money, and what to do.

  npm run doctor [-- --json]

  --json   prints one JSON document instead

It takes 20 seconds at most. It changes nothing, orders nothing and pays nothing, and contacts only the hosts that the
configuration names. The exit code is 1 if something is broken, and 0 otherwise.`

const { values } = readArguments(USAGE, { json: { type: 'boolean' } })
const { verdict } = await (values.json ? printJson() : showReport())
await new Promise((written) => process.stdout.write('', written))
const code = verdict === 'broken' ? 1 : 0
if (process.send)
  process.send(code) // scripts/doctor.js has started this process, and ends it
else process.exit(code)

async function printJson(): Promise<Report> {
  const report = await runChecks()
  process.stdout.write(`${JSON.stringify(report, null, 2)}\n`)
  return report
}
