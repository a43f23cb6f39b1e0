import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, rmdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { openDatabase } from '../../db/index.ts'
import { runChecks } from '../../server/checks/index.ts'
import { writePublicUrl } from '../../server/config/index.ts'
import { aPatient } from '../support/doctor.ts'
import { onPostgres, onSqliteAndPostgres, postgres } from '../support/engines.ts'
import { aPooler, pgBouncer } from '../support/pgbouncer.ts'
import { describeUnless } from '../support/skipping.ts'
import { aFolder } from '../support/workplace.ts'

test('errors in the env file and in the settings are listed as the start lists them, and end the examination', async () => {
  const envPath = join(aFolder(), '.env')
  const examine = async (text: string) => {
    writeFileSync(envPath, text)
    return runChecks({ env: {}, envPath })
  }
  const unreadable = await examine('PORT=1\nPORT=2\n')
  expect(unreadable.findings.at(-1)).toMatchObject({
    check: 'env-file',
    verdict: 'broken',
    meaning: expect.stringContaining(`${envPath}:2: PORT is already set in line 1.`),
  })
  const invalid = await examine('PORT=many\nCODE_MODE=life\n')
  expect(invalid.findings.at(-1)).toMatchObject({ check: 'configuration', verdict: 'broken' })
  expect(invalid.findings.at(-1)?.meaning).toMatch(/CODE_MODE must be.*\nPORT must be/)
})

test.each([
  ['https://some-words.trycloudflare.com', false], // a trial's, whose shop npm run live tells to trust the tunnel
  ['https://shop.example.org', true],
])(
  'beside a shop that has its address, %s, from a file, TRUST_PROXY is missed: %s',
  async (url, isMissed) => {
    const publicUrlFile = join(aFolder(), 'public-url')
    writePublicUrl(url, publicUrlFile)
    const env = { CODE_MODE: 'live', CODE_DESTINATION: '9joz92rMXnS8NuK9Y3PnukdVi1W7S9cs388CTQxxg6r6' }
    const { findings } = await runChecks({ env, envPath: join(aFolder(), '.env'), publicUrlFile, only: [] })
    expect(findings).toContainEqual(expect.objectContaining({ check: 'configuration', verdict: 'fine' }))
    expect(findings.some(({ lookedAt }) => lookedAt === 'TRUST_PROXY')).toBe(isMissed)
  },
)

test('errors in product files are listed with file and line', async () => {
  const patient = await aPatient()
  const catalogFolder = aFolder()
  writeFileSync(join(catalogFolder, 'bad.md'), '---\ntitle: Bad\nprice: free\n---\n')
  const { of } = await patient.examine({ catalogFolder })
  expect(of('catalogue')).toMatchObject({ verdict: 'look-at-this' })
  expect(of('catalogue').meaning).toMatch(/bad\.md:\d+: /)
})

test.each([
  ['shop.yaml', 'nmae: Shop\n'],
  ['coupons.yaml', 'SPRING:\n  off: half\n'],
])('an error in %s is broken, since the shop does not start with it', async (file, text) => {
  const patient = await aPatient()
  const catalogFolder = aFolder()
  writeFileSync(join(catalogFolder, file), text)
  expect((await patient.examine({ catalogFolder })).of('catalogue')).toMatchObject({
    verdict: 'broken',
    meaning: expect.stringMatching(/\.yaml:\d: .*\nThe shop does not start with that\.$/),
  })
})

/** Everything that can be seen of a folder's files. */
function fingerprint(folder: string): string[] {
  return readdirSync(folder).map((name) => {
    const { size, mtimeMs, mode } = statSync(join(folder, name))
    return [
      name,
      size,
      mtimeMs,
      mode,
      createHash('sha256')
        .update(readFileSync(join(folder, name)))
        .digest('hex'),
    ].join()
  })
}

describe('the database', () => {
  test('is not created, and a file of the shop is left as it is', async () => {
    const patient = await aPatient()
    rmdirSync(join(patient.folder, 'backups')) // so that all there is comes from the shop or from the doctor
    expect((await patient.examine()).of('database').meaning).toContain('The first start creates it')
    expect(readdirSync(patient.folder)).toEqual([])
    await patient.makeDatabase()
    const before = fingerprint(patient.folder)
    const { of } = await patient.examine()
    expect(of('database').verdict).toBe('fine')
    expect(of('durability')).toMatchObject({
      verdict: 'fine',
      meaning: expect.stringContaining('journal_mode = wal'),
    })
    expect(fingerprint(patient.folder)).toEqual(before)
  })

  test('that is no database is broken', async () => {
    const patient = await aPatient()
    writeFileSync(
      join(patient.folder, 'shop.db'),
      'no database at all, but a text that is long enough to be read',
    )
    expect((await patient.examine()).of('database').verdict).toBe('broken')
  })

  onSqliteAndPostgres((engine) => {
    test('of the other mode is broken, and one of an earlier version is never upgraded', async () => {
      const patient = await aPatient()
      const databaseUrl = await engine.anEmptyDatabase()
      const examine = async (mode: 'sandbox' | 'live') =>
        (await patient.examine({ databaseUrl, mode })).of('database')
      await (await openDatabase({ url: databaseUrl, mode: 'live' })).close()
      expect(await examine('live')).toMatchObject({ verdict: 'fine' })
      expect(await examine('sandbox')).toMatchObject({
        verdict: 'broken',
        meaning: expect.stringContaining('Test money and real money never mix'),
      })
      await engine.query(databaseUrl, "DELETE FROM migrations WHERE name > '014'")
      expect(await examine('live')).toMatchObject({
        verdict: 'look-at-this',
        meaning: expect.stringContaining('015-text-by-bytes.sql'),
      })
      expect(await engine.query(databaseUrl, "SELECT name FROM migrations WHERE name > '014'")).toEqual([])
    })
  })

  test('on a server that does not answer is broken', async () => {
    const patient = await aPatient()
    const { of } = await patient.examine({ databaseUrl: 'postgres://shop:secret@127.0.0.1:1/shop' })
    expect(of('database')).toMatchObject({
      verdict: 'broken',
      meaning: expect.stringContaining('127.0.0.1:1'),
    })
    expect(JSON.stringify(of('database'))).not.toContain('secret')
  })
})

test('a check that takes too long does not keep the others from being reported', async () => {
  const patient = await aPatient()
  await patient.host(patient.CODE, () => undefined) // it hears, and never answers
  const { report, of } = await patient.examine({}, { deadlineMs: 200 })
  expect(of('sequencer')).toMatchObject({
    verdict: 'broken',
    meaning: expect.stringContaining('took too long'),
  })
  expect(of('catalogue').verdict).toBe('fine')
  expect(report.ms).toBeLessThan(4_900) // below the deadline that each of its calls has
})

onPostgres(() => {
  describeUnless(!pgBouncer && 'no PgBouncer')('behind a pooler', () => {
    test.each([
      ['transaction', 'look-at-this'],
      ['session', undefined],
    ] as const)('in %s mode, dropped statements are %s', async (mode, verdict) => {
      const url = await postgres.anEmptyDatabase()
      await (await openDatabase({ url, mode: 'live' })).close()
      const patient = await aPatient()
      const databaseUrl = await aPooler(url, { mode })
      const { report, of } = await patient.examine({ databaseUrl }, { only: ['database', 'files'] })
      expect(of('database').verdict).toBe('fine')
      expect(of('durability').meaning).toContain('full_page_writes = on')
      expect(report.findings.find(({ check }) => check === 'pooler')?.verdict).toBe(verdict)
      expect(of('backup').todo).toMatch(
        verdict ? /^Backups can’t be made through the/ : /^Run npm run backup/,
      )
    })
  })
})
