import { readFileSync } from 'node:fs'

// What no package registry has, or an old one only; what root can't try; and what a merchant's project or a shallow clone lacks.
const EXPECTED = [
  'no cloudflared',
  'PgBouncer is older than 1.21',
  'root may read everything',
  'renamed',
  'this is a project of its own',
  'the clone is shallow: git fetch --unshallow brings the versions from before',
]

// Prints the skipped tests in Jest's results, which the file has as JSON, one a line; without those that CI may skip.
const { testResults } = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8'))
for (const { assertionResults } of testResults)
  for (const { fullName, status } of assertionResults)
    if (status === 'pending' && !EXPECTED.some((reason) => fullName.includes(`(skipped: ${reason})`)))
      process.stdout.write(`${fullName}\n`)
