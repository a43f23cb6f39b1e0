import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { nameOf, SECTIONS } from '../../server/checks/run.ts'
import { aPatient } from '../support/doctor.ts'
import { run } from '../support/process.ts'
import { aFolder } from '../support/workplace.ts'

const NOWHERE = 'https://127.0.0.1:2/v1'
const LIVE = {
  CODE_MODE: 'live',
  CODE_DESTINATION: '9joz92rMXnS8NuK9Y3PnukdVi1W7S9cs388CTQxxg6r6',
  CODE_ENDPOINT: NOWHERE,
  CODE_ELEMENTS_URL: `${NOWHERE}/elements`,
}

/** A folder as a merchant has it before the first start. */
function aMerchantsFolder(): string {
  const folder = aFolder()
  cpSync('test/support/catalog', join(folder, 'catalog'), { recursive: true })
  return folder
}

test('the command ends with 1 if something is broken, and says it to people and to programs', async () => {
  const folder = aMerchantsFolder()
  writeFileSync(join(folder, '.env'), 'TIME_ZONE=Europe/Berlin\n')
  const [people, programs] = [[], ['--json']].map((args) =>
    run('server/commands/doctor.ts', folder, LIVE, args),
  )
  expect(await people?.ended).toBe(1)
  expect(people?.output()).toMatch(
    /^BROKEN {11}Code at https:\/\/127\.0\.0\.1:2\/v1, .*\n(?: {17}.*\n)* {17}→ Try again later/m,
  )
  expect(people?.output().replace(/\s+/g, ' ')).toContain('cannot take real payments through Code now')
  expect(people?.output()).toMatch(/\n\d+ broken, .*\d+ fine\. This took \d+\.\d s\.\n$/)
  expect(await programs?.ended).toBe(1)
  const report = JSON.parse(programs?.output() ?? '')
  expect(report).toMatchObject({ verdict: 'broken', at: expect.any(String), ms: expect.any(Number) })
  expect(report.ms).toBeLessThan(20_000)
  for (const finding of report.findings)
    expect(finding).toMatchObject({
      check: expect.stringMatching(/^[a-z-]+$/),
      lookedAt: expect.any(String),
      verdict: expect.stringMatching(/^(?:fine|look-at-this|broken|could-not-check)$/),
      meaning: expect.any(String),
    })
}, 60_000)

test('an option that is not known is explained, and nothing is looked at', async () => {
  const doctor = run('server/commands/doctor.ts', aMerchantsFolder(), {}, ['--jsno'])
  expect(await doctor.ended).toBe(2)
  expect(doctor.output()).toContain('npm run doctor [-- --json]')
})

test('docs/doctor.md lists every name that a program can find in a report', async () => {
  const document = readFileSync('docs/doctor.md', 'utf8').split('## What it looks at\n')[1]?.split('\n## ')[0]
  const listed = [...(document ?? '').matchAll(/`([a-z-]+)`/g)].map(([, name]) => name)
  const patient = await aPatient()
  const reports = [await patient.examine(), await patient.examine({ publicUrl: () => undefined })]
  const found = reports.flatMap(({ report }) => report.findings.map(({ check }) => check))
  expect(found).toEqual(expect.arrayContaining(['sequencer', 'dns', 'public-address', 'round-trip']))
  expect([...new Set([...found, ...SECTIONS.map(nameOf)])].filter((name) => !listed.includes(name))).toEqual(
    [],
  )
})
