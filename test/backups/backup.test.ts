import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import Sqlite from 'better-sqlite3'
import { openDatabase } from '../../db/index.ts'
import { type BackupTerms, backupTerms, lastBackup, makeBackup } from '../../server/backups/index.ts'
import { writeBackup } from '../../server/backups/write-backup.ts'
import { readConfig } from '../../server/config/index.ts'
import { aBuyer, aDatabase, aNewOrder, anEvent, NOW, placeOrder } from '../support/database.ts'
import { onSqliteAndPostgres } from '../support/engines.ts'
import { run } from '../support/process.ts'
import { aFolder } from '../support/workplace.ts'

const termsOf = (db: { url: string }, changes: Partial<BackupTerms> = {}): BackupTerms => ({
  databaseUrl: db.url,
  mode: 'sandbox',
  sandboxFolder: undefined,
  folder: join(aFolder(), 'backups'),
  now: NOW,
  ...changes,
})

/** Unpacks a backup as anybody would. */
function unpacked(file: string): string {
  const folder = aFolder()
  execFileSync('tar', ['-xzf', file, '-C', folder])
  return folder
}

test('a backup is a private file with everything that was sold, and says what is in it', async () => {
  const db = await aDatabase()
  const order = await placeOrder(db, aNewOrder({ buyer: await aBuyer(db) }))
  await db.settle(anEvent(order), NOW)
  const backup = await makeBackup(termsOf(db))
  expect(backup.file).toMatch(/\/shop-sandbox-20260101T000000Z\.tar\.gz$/)
  expect(statSync(backup.file).mode & 0o777).toBe(0o600)
  const folder = unpacked(backup.file)
  const manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8'))
  expect(manifest).toMatchObject({
    mode: 'sandbox',
    engine: 'sqlite',
    madeAt: NOW,
    counts: { orders: 1, payments: 1 },
  })
  const copy = new Sqlite(join(folder, manifest.database), { readonly: true })
  expect(copy.pragma('integrity_check', { simple: true })).toBe('ok')
  expect(copy.prepare('SELECT intent FROM payments').pluck().all()).toEqual([order.intent])
  copy.close()
})

test('a backup made while the shop sells is of one moment', async () => {
  const db = await aDatabase()
  const buyers = await Promise.all(Array.from({ length: 4 }, () => aBuyer(db)))
  const selling = Promise.all(
    buyers.map(async (buyer) => {
      for (let sales = 0; sales < 25; sales++)
        await db.settle(anEvent(await placeOrder(db, aNewOrder({ buyer, onlyOnce: null }))), NOW)
    }),
  )
  const { file, manifest } = await writeBackup(termsOf(db))
  await selling
  const [sold] = await db.query('SELECT count(*) AS number FROM payments')
  const copy = new Sqlite(join(unpacked(file), manifest.database), { readonly: true })
  expect(copy.pragma('foreign_key_check')).toEqual([])
  const unfinished = 'SELECT count(*) FROM payments WHERE event NOT IN (SELECT digest FROM events)'
  expect(copy.prepare(unfinished).pluck().get()).toBe(0)
  expect(copy.prepare('SELECT count(*) FROM payments').pluck().get()).toBe(manifest.counts.payments)
  expect([manifest.counts.payments ?? 0, sold?.number]).toEqual([expect.any(Number), 100])
  copy.close()
})

test('the database knows its last backup', async () => {
  const db = await aDatabase()
  expect(await lastBackup({ databaseUrl: db.url })).toBeUndefined()
  const { file, bytes } = await writeBackup(termsOf(db))
  expect(await lastBackup({ databaseUrl: db.url })).toEqual({ madeAt: NOW, file, bytes })
})

test('a backup never replaces another file', async () => {
  const db = await aDatabase()
  const file = join(aFolder(), 'mine.tar.gz')
  writeFileSync(file, 'mine')
  await expect(writeBackup(termsOf(db, { file }))).rejects.toMatchObject({ name: 'BackupError' })
  expect(readFileSync(file, 'utf8')).toBe('mine')
})

test('a folder that nobody can make is named', async () => {
  const db = await aDatabase()
  const file = join(aFolder(), 'file')
  writeFileSync(file, '')
  const folder = join(file, 'in', 'it')
  await expect(makeBackup(termsOf(db, { folder }))).rejects.toMatchObject({
    name: 'BackupError',
    message: `Cannot write to ${folder}: EEXIST: file already exists, mkdir '${file}'`,
  })
})

test('a folder that is missing is made only if nobody has chosen it, since its disk may not be mounted', async () => {
  const db = await aDatabase()
  const folder = join(aFolder(), 'not-mounted', 'shop')
  const missing = {
    name: 'BackupError',
    message: `There is no folder ${folder}, so no backup was made. Correct the path, mount its disk, or make the folder with mkdir.`,
  }
  const file = join(folder, 'shop.tar.gz')
  await expect(makeBackup(termsOf(db, { file }))).rejects.toMatchObject(missing)
  await expect(makeBackup(termsOf(db, { folder, isFolderChosen: true }))).rejects.toMatchObject(missing)
  expect(existsSync(join(folder, '..'))).toBe(false)
  await makeBackup(termsOf(db, { folder }))
  expect(readdirSync(folder)).toHaveLength(1)
})

test('any folder but the default one has been chosen', () => {
  const termsIn = (env: Record<string, string>) => backupTerms(readConfig(env), NOW).isFolderChosen
  expect(termsIn({})).toBe(false)
  expect(termsIn({ BACKUP_FOLDER: './data/backups/' })).toBe(false)
  expect(termsIn({ BACKUP_FOLDER: '/mnt/disk/nickel' })).toBe(true)
})

test('a new backup leaves as many of its mode as it is told to, and no other file', async () => {
  const db = await aDatabase()
  const folder = aFolder()
  for (const name of ['shop-live-20200101T000000Z.tar.gz', 'mine.tar.gz'])
    writeFileSync(join(folder, name), '')
  for (const day of [1, 2, 3])
    await writeBackup(termsOf(db, { folder, keep: 2, now: NOW + day * 86_400_000 }))
  expect(readdirSync(folder).sort()).toEqual([
    'mine.tar.gz',
    'shop-live-20200101T000000Z.tar.gz',
    'shop-sandbox-20260103T000000Z.tar.gz',
    'shop-sandbox-20260104T000000Z.tar.gz',
  ])
})

test('backups by the shop itself remove none that were made by hand, and those by hand none of the shop’s', async () => {
  const db = await aDatabase()
  const folder = aFolder()
  for (const day of [0, 1, 2, 3])
    await writeBackup(
      termsOf(db, { folder, keep: 1, isAutomatic: day % 2 === 1, now: NOW + day * 86_400_000 }),
    )
  await writeBackup(termsOf(db, { folder, isAutomatic: true }))
  expect(readdirSync(folder).sort()).toEqual([
    'shop-sandbox-20260101T000000Z-auto.tar.gz',
    'shop-sandbox-20260103T000000Z.tar.gz',
    'shop-sandbox-20260104T000000Z-auto.tar.gz',
  ])
})

test('a new backup is never the one that is removed, also where the clock was ahead before', async () => {
  const db = await aDatabase()
  const folder = aFolder()
  const early = ['shop-sandbox-20251230T000000Z.tar.gz', 'shop-sandbox-20251231T000000Z.tar.gz']
  for (const name of [
    ...early,
    'shop-sandbox-20300101T000000Z.tar.gz',
    'shop-sandbox-20300102T000000Z.tar.gz',
  ])
    writeFileSync(join(folder, name), '')
  const { removed } = await writeBackup(termsOf(db, { folder, keep: 2 }))
  expect(removed).toEqual([
    'shop-sandbox-20300101T000000Z.tar.gz',
    'shop-sandbox-20300102T000000Z.tar.gz',
    early[0],
  ])
  expect(readdirSync(folder).sort()).toEqual([early[1], 'shop-sandbox-20260101T000000Z.tar.gz'])
})

test('an older backup that cannot be removed spoils neither the new one nor the removal of others', async () => {
  const db = await aDatabase()
  const folder = aFolder()
  const [stuck, old] = ['shop-sandbox-20251230T000000Z.tar.gz', 'shop-sandbox-20251231T000000Z.tar.gz']
  mkdirSync(join(folder, stuck)) // no file
  writeFileSync(join(folder, old), '')
  const { file, removed, notRemoved } = await writeBackup(termsOf(db, { folder, keep: 1 }))
  expect([removed, notRemoved]).toEqual([[old], [expect.stringContaining(stuck)]])
  expect(await lastBackup({ databaseUrl: db.url })).toMatchObject({ madeAt: NOW, file })
})

test('a live shop behind a tunnel is backed up and restored while it has no public URL', async () => {
  const folder = aFolder()
  const env = {
    CODE_MODE: 'live',
    CODE_DESTINATION: '9joz92rMXnS8NuK9Y3PnukdVi1W7S9cs388CTQxxg6r6',
    TRUST_PROXY: 'loopback',
    DATABASE_URL: `sqlite:${join(folder, 'shop.db')}`,
  }
  await (await openDatabase({ url: env.DATABASE_URL, mode: 'live' })).close()
  const file = join(folder, 'shop.tar.gz')
  const commands = [
    ['server/commands/backup.ts', file],
    ['server/commands/restore.ts', file, '--replace-newer', '0'],
  ] as const
  for (const [script, ...args] of commands) {
    const command = run(script, folder, env, args)
    expect([await command.ended, command.output()]).toEqual([0, expect.any(String)])
  }
}, 60_000)

test('what a killed backup has left is removed by the next one', async () => {
  const db = await aDatabase()
  const folder = aFolder()
  mkdirSync(join(folder, '.unfinished-backup/content'), { recursive: true })
  for (const name of ['backup.tar.gz', 'content/shop.db'])
    writeFileSync(join(folder, '.unfinished-backup', name), 'half')
  await writeBackup(termsOf(db, { folder }))
  expect(readdirSync(folder)).toEqual(['shop-sandbox-20260101T000000Z.tar.gz'])
})

test('a database of the other mode, or one that is damaged, is not backed up', async () => {
  const db = await aDatabase()
  const terms = termsOf(db)
  await expect(writeBackup({ ...terms, mode: 'live' })).rejects.toThrow('CODE_MODE=sandbox')
  await db.close()
  const bytes = readFileSync(db.path)
  writeFileSync(db.path, bytes.fill(1, 4_096 * 3, 4_096 * 6))
  await expect(writeBackup(terms)).rejects.toThrow(/damaged|malformed/)
  expect(existsSync(terms.folder) ? readdirSync(terms.folder) : []).toEqual([])
})

onSqliteAndPostgres((engine) => {
  const EMPTY = 'The database is empty. Start the shop, which sets it up, or correct DATABASE_URL.'

  test.each([
    ['empty', 'SELECT 1', EMPTY],
    ['emptied', 'CREATE TABLE cakes (name text); DROP TABLE cakes', EMPTY],
    [
      'of something else',
      'CREATE TABLE cakes (name text)',
      'tables, but not those of a shop. Set DATABASE_URL',
    ],
  ])('a database that is %s is not backed up, and the error says what to do', async (_, script, sentence) => {
    const url = await engine.anEmptyDatabase()
    await engine.execute(url, script)
    await expect(writeBackup(termsOf({ url }))).rejects.toThrow(sentence)
  })
})
