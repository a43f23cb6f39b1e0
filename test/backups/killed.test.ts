import fs from 'node:fs'
import { join } from 'node:path'
import { expect, jest, test } from '@jest/globals'
import { aBuyer, aDatabase, aNewOrder, anEvent, anInstance, NOW, placeOrder } from '../support/database.ts'
import { run } from '../support/process.ts'
import { aFolder } from '../support/workplace.ts'

// A process that is killed changes no name and no file any more. So from a chosen call on, all calls that would do so fail.
const CHANGES = [
  'chmodSync',
  'chownSync',
  'copyFileSync',
  'linkSync',
  'mkdirSync',
  'renameSync',
  'rmSync',
  'writeFileSync',
] as const
let callsLeft = Number.POSITIVE_INFINITY

const unlessKilled =
  (name: (typeof CHANGES)[number]) =>
  (...args: unknown[]) => {
    if (--callsLeft < 0) throw new Error('killed')
    return (fs[name] as (...args: unknown[]) => unknown)(...args)
  }

jest.unstable_mockModule('node:fs', () => {
  const changed = Object.fromEntries(CHANGES.map((name) => [name, unlessKilled(name)]))
  return { ...fs, ...changed, default: { ...fs, ...changed } }
})
const { writeBackup } = await import('../../server/backups/write-backup.ts')
const { restoreBackup } = await import('../../server/backups/restore-backup.ts')

/** Does something over and over, each time killed one call later, until it isn't killed any more. Returns how often it was. */
async function killEverywhere(work: () => Promise<unknown>, check: () => unknown): Promise<number> {
  for (let calls = 0; ; calls++) {
    callsLeft = calls
    const failed = await work().catch((error: unknown) => error as Error)
    const isKilled = callsLeft < 0
    callsLeft = Number.POSITIVE_INFINITY
    await check()
    if (!isKilled && !(failed instanceof Error)) return calls
    if (!isKilled) throw failed
  }
}

async function aShopWithANewerSale() {
  const db = await aDatabase()
  const both = await placeOrder(db, aNewOrder({ buyer: await aBuyer(db) }))
  const folder = join(aFolder(), 'backups')
  const terms = { databaseUrl: db.url, mode: 'sandbox' as const, sandboxFolder: undefined, folder, now: NOW }
  const { file } = await writeBackup(terms)
  await db.settle(anEvent(both), NOW + 1_000)
  await db.close()
  return { db, both, file, terms }
}

test('a restore that is killed anywhere leaves the former database whole, or the new one, and a second run finishes', async () => {
  const { db, both, file, terms } = await aShopWithANewerSale()
  const folder = join(db.path, '..')
  const restore = () =>
    restoreBackup({ ...terms, file, now: NOW + 2_000, decide: () => true }).then((restored) => {
      if (!restored) throw new Error('decided against')
    })
  const isWhole = async () => {
    const aside = fs.readdirSync(folder).filter((name) => /before-restore-[^-]*$/.test(name))
    // A second name of the same file is what a killed restore leaves: the next one removes it.
    for (const name of aside)
      if (fs.statSync(join(folder, name)).ino === fs.statSync(db.path).ino) fs.rmSync(join(folder, name))
    expect(await db.query('SELECT intent FROM payments')).toEqual([{ intent: both.intent }])
    expect(await db.query('PRAGMA integrity_check')).toEqual([{ integrity_check: 'ok' }])
    for (const name of fs.readdirSync(folder))
      if (name.includes('before-restore-')) fs.rmSync(join(folder, name))
  }
  expect(await killEverywhere(restore, isWhole)).toBeGreaterThanOrEqual(8)
  expect(fs.readdirSync(folder).filter((name) => name.includes('restoring'))).toEqual([])
})

test('a restore removes the second name that a killed one has left', async () => {
  const { db, both, file, terms } = await aShopWithANewerSale()
  fs.linkSync(db.path, `${db.path}-before-restore-20250101T000000Z`)
  await restoreBackup({ ...terms, file, now: NOW + 2_000, decide: () => true })
  expect(fs.existsSync(`${db.path}-before-restore-20250101T000000Z`)).toBe(false)
  expect(await (await anInstance(db.url)).isPaid(both.intent)).toBe(true)
})

test('a backup that is killed anywhere leaves no file or a whole one, and the next one finishes', async () => {
  const { terms, file } = await aShopWithANewerSale()
  fs.rmSync(file)
  let now = NOW
  const backUp = () => writeBackup({ ...terms, now: ++now })
  const areWhole = async () => {
    for (const name of fs.readdirSync(terms.folder).filter((each) => each.endsWith('.gz'))) {
      const databaseUrl = `sqlite:${join(aFolder(), 'shop.db')}`
      await restoreBackup({ ...terms, databaseUrl, file: join(terms.folder, name), decide: () => true })
      fs.rmSync(join(terms.folder, name))
    }
  }
  expect(await killEverywhere(backUp, areWhole)).toBeGreaterThan(5)
  expect(fs.readdirSync(terms.folder)).toEqual([])
})

test('a backup by the command that is killed with SIGKILL leaves no file, and the next one finishes', async () => {
  const { terms, file } = await aShopWithANewerSale()
  fs.rmSync(file)
  const env = { DATABASE_URL: terms.databaseUrl, BACKUP_FOLDER: terms.folder }
  const command = run('server/commands/backup.ts', aFolder(), env)
  await command.says('Copying')
  command.child.kill('SIGKILL')
  await command.ended
  expect(fs.readdirSync(terms.folder)).toEqual(['.unfinished-backup'])
  await writeBackup(terms)
  expect(fs.readdirSync(terms.folder)).toEqual([expect.stringMatching(/^shop-sandbox-.*\.tar\.gz$/)])
})
