import { fileURLToPath } from 'node:url'
import { findNodeProblem, findPackageProblem } from '../server/checks/packages.js'
import { ensureBuildToRun } from './fresh-build.js'
import { runWithin } from './support/run-within.js'

const ALLOWED_MS = 19_500

process.chdir(fileURLToPath(new URL('..', import.meta.url)))
stopIfItCannotRun()
const build = ensureBuildToRun()
process.exit(
  await runWithin(
    ALLOWED_MS,
    fileURLToPath(new URL('server/commands/doctor.js', build)),
    process.argv.slice(2),
  ),
)

/** Without the right Node and the packages, the other checks can't run. */
function stopIfItCannotRun() {
  const checked = [
    { check: 'node', lookedAt: `Node ${process.versions.node}`, problem: findNodeProblem('.') },
    {
      check: 'packages',
      lookedAt: 'The packages in node_modules/',
      problem: findPackageProblem({ folder: '.', withTools: false }),
    },
  ]
  const findings = checked.flatMap(({ problem, ...about }) =>
    problem ? [{ ...about, verdict: 'broken', ...problem }] : [],
  )
  if (findings.length === 0) return
  const report = { verdict: 'broken', at: new Date().toISOString(), ms: 0, findings }
  const lines = findings.map(
    ({ lookedAt, meaning, todo }) =>
      `BROKEN  ${lookedAt}\n  ${meaning} The shop does not start.\n  → ${todo}`,
  )
  process.stdout.write(
    `${process.argv.includes('--json') ? JSON.stringify(report, null, 2) : lines.join('\n')}\n`,
  )
  process.exit(1)
}
