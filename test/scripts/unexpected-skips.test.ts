import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { aFolder } from '../support/workplace.ts'

test('CI names the tests that it must not skip', () => {
  const file = join(aFolder(), 'results.json')
  const tests = {
    passes: 'passed',
    'needs the real one (skipped: no cloudflared)': 'pending',
    'in transaction mode (skipped: PgBouncer is older than 1.21) is quick': 'pending',
    'mounts a disk (skipped: not root)': 'pending',
    'was forgotten': 'pending',
  }
  const assertionResults = Object.entries(tests).map(([fullName, status]) => ({ fullName, status }))
  writeFileSync(file, JSON.stringify({ testResults: [{ assertionResults }] }))
  const said = execFileSync(process.execPath, ['test/support/unexpected-skips.js', file], {
    encoding: 'utf8',
  })
  expect(said).toBe('mounts a disk (skipped: not root)\nwas forgotten\n')
})
