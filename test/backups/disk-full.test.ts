import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from '@jest/globals'
import { restoreBackup } from '../../server/backups/restore-backup.ts'
import { removeWork } from '../../server/backups/work-folder.ts'
import { writeBackup } from '../../server/backups/write-backup.ts'
import { aDatabase, anInstance, hashOf, NOW } from '../support/database.ts'
import { NO_MOUNTS, testUnless } from '../support/skipping.ts'
import { until } from '../support/until.ts'
import { aFolder, later } from '../support/workplace.ts'

const testAsRoot = testUnless(NO_MOUNTS)

const HALF_FULL = 2_000_000 // bytes

/** A file system of four megabytes. */
function aSmallDisk(): string {
  const disk = join(aFolder(), 'disk')
  mkdirSync(disk)
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=4m', 'tmpfs', disk])
  later(() => execFileSync('umount', [disk]))
  return disk
}

function freeBytes(disk: string): number {
  const { bfree, bsize } = statfsSync(disk)
  return bfree * bsize
}

async function aLargeShop() {
  const db = await aDatabase()
  await db.query('CREATE TABLE ballast (text TEXT)')
  await db.query(`INSERT INTO ballast VALUES ('${randomBytes(3_000_000).toString('hex')}')`)
  return {
    terms: { databaseUrl: db.url, mode: 'sandbox' as const, sandboxFolder: undefined, now: NOW },
  }
}

testAsRoot('a backup onto a full disk says so, and leaves nothing', async () => {
  const { terms } = await aLargeShop()
  const folder = aSmallDisk()
  await expect(writeBackup({ ...terms, folder })).rejects.toThrow(/not enough space/)
  expect(readdirSync(folder)).toEqual([])
})

testAsRoot('a backup onto a disk without a single free byte says the same', async () => {
  const { terms } = await aLargeShop()
  const folder = aSmallDisk()
  execFileSync('sh', ['-c', 'cat /dev/zero > "$0" 2> /dev/null || true', join(folder, 'filler')])
  await expect(writeBackup({ ...terms, folder })).rejects.toThrow(/not enough space/)
})

testAsRoot('a backup onto a disk that became read-only says what a unit of systemd must allow', async () => {
  const { terms } = await aLargeShop()
  const folder = aSmallDisk()
  mkdirSync(join(folder, '.unfinished-backup'))
  writeFileSync(join(folder, '.unfinished-backup', 'lock'), '') // as a killed one leaves it
  for (const there of [true, false]) {
    if (!there) rmSync(join(folder, '.unfinished-backup'), { recursive: true })
    execFileSync('mount', ['-o', 'remount,ro', folder])
    await expect(writeBackup({ ...terms, folder })).rejects.toMatchObject({
      name: 'BackupError',
      message: `Cannot write to ${folder}: ${folder} is on a file system that is read-only here. Under systemd, add ${folder} to the unit’s ReadWritePaths=; otherwise, mount it for writing.`,
    })
    execFileSync('mount', ['-o', 'remount,rw', folder])
  }
})

testAsRoot('a restore onto a full disk says so, and leaves the database as it was', async () => {
  const { terms } = await aLargeShop()
  const { file } = await writeBackup({ ...terms, folder: aFolder() })
  const disk = aSmallDisk()
  const url = `sqlite:${join(disk, 'shop.db')}`
  const small = await anInstance(url)
  const buyer = await small.ensureBuyer(hashOf('here'), NOW)
  await small.close()
  const order = { ...terms, file, databaseUrl: url, folder: disk, decide: () => true }
  await expect(restoreBackup(order)).rejects.toThrow(/not enough space/)
  await until(async () => freeBytes(disk) > HALF_FULL) // tar closes its file a moment after it has failed
  const again = await anInstance(url)
  expect(await again.findBuyer(hashOf('here'))).toBe(buyer)
  expect(readdirSync(disk).filter((name) => name.includes('restor'))).toEqual([])
})

testAsRoot(
  'what cannot be removed afterwards spoils neither a backup nor a restore, and the next one removes it',
  async () => {
    const db = await aDatabase()
    const folder = aFolder()
    const terms = { databaseUrl: db.url, mode: 'sandbox' as const, sandboxFolder: undefined, folder }
    const held: string[] = []
    const hold = (work: string) => {
      const disk = join(work, 'held')
      mkdirSync(disk)
      execFileSync('mount', ['-t', 'tmpfs', 'tmpfs', disk])
      held.push(disk)
    }
    try {
      const { file } = await writeBackup({ ...terms, now: NOW }, (step) => {
        if (step === 'packing') hold(join(folder, '.unfinished-backup'))
      })
      await db.close()
      const onStep = (step: string) => step === 'comparing' && hold(`${db.path}-restoring`)
      expect(await restoreBackup({ ...terms, file, now: NOW, decide: () => true, onStep })).toBeDefined()
    } finally {
      for (const disk of held) execFileSync('umount', [disk])
    }
    expect(held.map((disk) => existsSync(disk))).toEqual([true, true])
    const { file } = await writeBackup({ ...terms, now: NOW + 1_000 })
    await restoreBackup({ ...terms, file, now: NOW + 1_000, decide: () => true })
    expect(held.map((disk) => existsSync(dirname(disk)))).toEqual([false, false])
  },
)

test('the lock ends before its folder is removed only where open files cannot be removed', () => {
  const { platform: own } = process
  later(() => Object.defineProperty(process, 'platform', { value: own }))
  for (const platform of ['win32', 'linux']) {
    Object.defineProperty(process, 'platform', { value: platform })
    const work = aFolder()
    const wasThere: boolean[] = []
    removeWork(work, () => wasThere.push(existsSync(work)))
    expect({ platform, first: wasThere[0] }).toEqual({ platform, first: platform === 'win32' })
  }
})
