import { execFileSync } from 'node:child_process'
import { chmodSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { fileSystemOf } from '../../server/checks/file-system.ts'
import { judgeFileSystem } from '../../server/checks/files.ts'
import { DAY_MS } from '../../server/time.ts'
import { aPatient } from '../support/doctor.ts'
import { sqlite } from '../support/engines.ts'
import { NO_MOUNTS, testUnless } from '../support/skipping.ts'
import { aFolder, later } from '../support/workplace.ts'

const ONLY = { only: ['files'] }

type Patient = Awaited<ReturnType<typeof aPatient>>

/** Records a backup as the shop does. */
function note({ config }: Patient, key: string, backup: { madeAt: number; file: string }) {
  const value = JSON.stringify({ ...backup, bytes: 1 })
  return sqlite.query(config.databaseUrl, `INSERT INTO meta VALUES ('${key}', '${value}')`)
}

function aFileIn(folder: string, name: string): string {
  const file = join(folder, name)
  writeFileSync(file, '')
  return file
}

describe('the file system', () => {
  test('is that of the deepest mount, and of the last one there, also behind a link', () => {
    const folder = aFolder()
    const link = join(aFolder(), 'data')
    symlinkSync(folder, link)
    const mounts = [
      '22 1 8:1 / / rw - ext4 /dev/sda1 rw',
      `23 22 0:40 / ${folder} rw shared:1 - nfs4 server:/share rw`,
      `24 23 0:41 / ${folder} rw - xfs /dev/sdb rw`,
      `25 22 0:42 / ${folder}-other rw - tmpfs tmpfs rw`,
      '',
    ].join('\n')
    expect(fileSystemOf(folder, mounts)).toBe('xfs')
    expect(fileSystemOf(link, mounts)).toBe('xfs')
    expect(fileSystemOf(aFolder(), mounts)).toBe('ext4')
    expect(fileSystemOf(folder, undefined)).toBeUndefined()
    expect(fileSystemOf(folder, `23 22 0:40 / ${folder.replace('n', '\\156')} rw - 9p x rw\n`)).toBe('9p')
  })

  test.each([
    ['ext4', 'fine'],
    ['btrfs', 'fine'],
    ['fuseblk', 'fine'],
    ['overlay', 'broken'],
    ['fuse-overlayfs', 'broken'],
    ['tmpfs', 'broken'],
    ['nfs4', 'broken'],
    ['cifs', 'broken'],
    ['9p', 'broken'],
    ['fuse.sshfs', 'broken'],
    [undefined, 'could-not-check'],
  ])('%s is %s', (type, verdict) => {
    expect(judgeFileSystem(type).verdict).toBe(verdict)
  })
})

test('files that everybody can read are to be looked at, and a database that cannot be written is broken', async () => {
  const patient = await aPatient()
  await patient.makeDatabase()
  const rights = async () => (await patient.examine({}, ONLY)).of('rights')
  expect((await rights()).verdict).toBe('fine')
  chmodSync(join(patient.folder, 'shop.db'), 0o644)
  expect(await rights()).toMatchObject({
    verdict: 'look-at-this',
    meaning: expect.stringContaining(`Everybody on this machine can read ${patient.folder}/shop.db. Secrets`),
    todo: `chmod o= ${patient.folder}/shop.db`,
  })
  chmodSync(join(patient.folder, 'shop.db'), 0o602)
  for (const [mode, right] of [
    [0o711, 'open'],
    [0o755, 'read'],
    [0o777, 'read and change'],
  ] as const) {
    chmodSync(patient.config.backups.folder, mode)
    const { meaning } = await rights()
    expect(meaning).toContain(`Everybody on this machine can change ${patient.folder}/shop.db.`)
    expect(meaning).toContain(`Everybody on this machine can ${right} ${patient.config.backups.folder}.`)
  }
  chmodSync(patient.config.backups.folder, 0o700)
  chmodSync(join(patient.folder, 'shop.db'), 0o601)
  expect((await rights()).verdict).toBe('fine')
  chmodSync(join(patient.folder, 'shop.db'), 0o400)
  expect(await rights()).toMatchObject({ verdict: 'broken', meaning: expect.stringContaining('no payment') })
})

test('a live shop without a backup, or with an old one, is told so', async () => {
  const patient = await aPatient()
  const backup = async (now: number) => (await patient.examine({}, { ...ONLY, now })).of('backup')
  expect((await backup(0)).verdict).toBe('could-not-check')
  await patient.makeDatabase()
  expect(await backup(0)).toMatchObject({
    verdict: 'look-at-this',
    meaning: expect.stringContaining('There is none.'),
  })
  const file = aFileIn(patient.folder, 'shop.tar.gz')
  await note(patient, 'last_backup', { madeAt: 0, file })
  expect(await backup(DAY_MS)).toMatchObject({
    verdict: 'fine',
    meaning: expect.stringContaining('24 h ago'),
  })
  expect(await backup(8 * DAY_MS)).toMatchObject({
    verdict: 'look-at-this',
    meaning: expect.stringContaining('8 days ago'),
  })
})

test('a live shop whose last backup is not where it was made, or is dated in the future, is told so', async () => {
  const patient = await aPatient()
  await patient.makeDatabase()
  const file = aFileIn(patient.folder, 'shop.tar.gz')
  await note(patient, 'last_backup', { madeAt: DAY_MS, file })
  const backup = async (now: number) => (await patient.examine({}, { ...ONLY, now })).of('backup')
  expect(await backup(DAY_MS - 1_000)).toMatchObject({ verdict: 'fine' }) // another machine's clock may be ahead a little
  expect(await backup(0)).toMatchObject({
    verdict: 'look-at-this',
    meaning: `It is dated 1970-01-02T00:00:00.000Z: ${file}. That is in the future: this machine’s clock was ahead then, or is behind now. What was sold since may not be in it.`,
  })
  rmSync(file)
  expect(await backup(DAY_MS)).toMatchObject({
    verdict: 'look-at-this',
    meaning: expect.stringContaining('That file is not there now.'),
    todo: expect.stringContaining('If you have moved it elsewhere'),
  })
})

test('a live shop whose chosen folder for backups is not there is told so, as when its disk is not mounted', async () => {
  const patient = await aPatient()
  await patient.makeDatabase()
  const backups = (folder: string) => ({ backups: { ...patient.config.backups, folder } })
  const folder = join(patient.folder, 'usb', 'backups')
  expect((await patient.examine(backups(folder), ONLY)).of('backup')).toMatchObject({
    verdict: 'look-at-this',
    meaning: `BACKUP_FOLDER is ${folder}, and there is no such folder, so no backup can be made there.`,
  })
  const { meaning } = (await patient.examine(backups('data/backups'), ONLY)).of('backup')
  expect(meaning).not.toContain('no such folder') // the shop makes that one by itself
})

testUnless(NO_MOUNTS)('a live shop that may not write to its folder for backups is told so', async () => {
  const patient = await aPatient()
  await patient.makeDatabase()
  const { folder } = patient.config.backups
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'ro', 'tmpfs', folder])
  later(() => execFileSync('umount', [folder]))
  expect((await patient.examine({}, ONLY)).of('backup')).toMatchObject({
    verdict: 'look-at-this',
    meaning: expect.stringContaining(`No backup can be made in ${folder}. ${folder} is on a file system`),
  })
})

test('a live shop that should make backups by itself is told that they are late, although one was made by hand', async () => {
  const patient = await aPatient()
  await patient.makeDatabase()
  await note(patient, 'last_automatic_backup', { madeAt: 0, file: 'last_automatic_backup.tar.gz' })
  await note(patient, 'last_backup', { madeAt: DAY_MS, file: aFileIn(patient.folder, 'last.tar.gz') })
  const backups = { ...patient.config.backups, everyMs: DAY_MS }
  const backup = async (now: number) => (await patient.examine({ backups }, { ...ONLY, now })).of('backup')
  expect((await backup(2 * DAY_MS)).verdict).toBe('fine')
  expect(await backup(2.5 * DAY_MS)).toMatchObject({
    verdict: 'look-at-this',
    meaning: expect.stringContaining('3 days ago: last_automatic_backup.tar.gz'),
  })
})

test('the free space is said', async () => {
  expect((await (await aPatient()).examine({}, ONLY)).of('disk-space').meaning).toMatch(/\(\d+%\) are free\./)
})
