import { mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { findLastBackup, openDatabase } from '../../db/index.ts'
import { backupTerms } from '../../server/backups/backup-terms.ts'
import { backUpIfDue } from '../../server/backups/index.ts'
import { tryToBackUp } from '../../server/backups/schedule.ts'
import { type Backup, type BackupTerms, writeBackup } from '../../server/backups/write-backup.ts'
import { signIn } from '../support/desk.ts'
import { aShop, type TestShop } from '../support/shop.ts'
import { aFolder, later } from '../support/workplace.ts'

const HOUR_MS = 3_600_000
const EVERY_MS = 6 * HOUR_MS

const aBackedUpShop = (folder = aFolder()) =>
  aShop({ config: { backups: { everyMs: EVERY_MS, folder, keep: 2 } } })

/** Without a thread, which takes time to start */
const backUp = ({ shop }: TestShop) =>
  backUpIfDue({ ...shop, everyMs: EVERY_MS }, undefined, (terms) => writeBackup(terms))

async function overviewOf(shop: TestShop): Promise<string> {
  const merchant = await signIn(shop)
  return (await merchant.get('/desk').set({ Accept: 'text/html' }).expect(200)).text
}

test('a shop makes a backup when the last one is old enough, and keeps as many as it is told to', async () => {
  const shop = await aBackedUpShop()
  const made: boolean[] = []
  for (const hours of [0, 1, 5, 6, 6]) {
    shop.clock.advance(hours * HOUR_MS)
    made.push(await backUp(shop))
  }
  expect(made).toEqual([true, false, true, true, true])
  const names = readdirSync(shop.config.backups.folder)
  expect(names).toEqual([1, 2].map(() => expect.stringMatching(/Z-auto\.tar\.gz$/)))
})

test('a backup by hand doesn’t take the place of one that the shop makes, but is shown as the last one', async () => {
  const shop = await aBackedUpShop()
  await backUp(shop)
  shop.clock.advance(6 * HOUR_MS)
  const madeAt = shop.clock.now()
  const byHand = { ...backupTerms(shop.shop.config, madeAt), file: join(aFolder(), 'by-hand.tar.gz') }
  await writeBackup(byHand)
  expect(await findLastBackup(shop.shop.db)).toMatchObject({ madeAt, file: byHand.file })
  expect([await backUp(shop), await backUp(shop)]).toEqual([true, false])
})

test('a backup is made once, although an older one cannot be removed', async () => {
  const shop = await aBackedUpShop()
  const { folder } = shop.config.backups
  for (const day of ['01', '02']) // no files
    mkdirSync(join(folder, `shop-sandbox-202001${day}T000000Z-auto.tar.gz`), { recursive: true })
  expect([await backUp(shop), await backUp(shop)]).toEqual([true, false])
  const warned = shop.logged.filter(({ msg }) => msg === 'older backups could not be removed')
  expect(warned).toMatchObject([
    { level: 40, notRemoved: [expect.stringContaining('20200101T000000Z-auto')] },
  ])
})

test('a backup by hand doesn’t hide that those are missing which the shop should make', async () => {
  const shop = await aBackedUpShop()
  await backUp(shop)
  shop.clock.advance(13 * HOUR_MS)
  const terms = backupTerms(shop.shop.config, shop.clock.now())
  await writeBackup({ ...terms, file: join(aFolder(), 'by-hand.tar.gz') })
  const missing = 'The shop hasn’t made the last backups that BACKUP_EVERY asks for.'
  const html = await overviewOf(shop)
  expect(html).toContain(missing)
  expect(html).not.toContain('There is no recent backup.')
  await backUp(shop)
  expect(await overviewOf(shop)).not.toContain(missing)
})

test('of two instances that find it due at once, one makes it', async () => {
  const shop = await aBackedUpShop()
  const db = await openDatabase({ url: shop.databaseUrl, mode: 'sandbox' })
  later(() => db.close())
  const one = { ...shop.shop, everyMs: EVERY_MS }
  const made = await Promise.all([one, { ...one, db }].map((each) => backUpIfDue(each)))
  expect(made.filter(Boolean)).toHaveLength(1)
  expect(readdirSync(shop.config.backups.folder)).toHaveLength(1)
})

const FAILURES: [string, () => Promise<Backup>][] = [
  ['can’t be made', () => Promise.reject(new Error('no space'))],
  ['the database doesn’t know of', async () => ({ file: 'x.tar.gz', unrecorded: 'no space' }) as Backup],
]
test.each(FAILURES)('a backup that %s is an alert from the second failure on', async (_, make) => {
  const shop = await aBackedUpShop()
  const attempt = (failures: number, how: (terms: BackupTerms) => Promise<Backup> = make) =>
    tryToBackUp({ ...shop.shop, everyMs: EVERY_MS }, failures, new AbortController().signal, (terms) =>
      how(terms),
    )
  let failures = 0
  for (const _ of [1, 2, 3]) {
    shop.clock.advance(HOUR_MS)
    failures = await attempt(failures)
  }
  const logged = shop.logged.filter(({ msg }) => String(msg).startsWith('could not make a backup'))
  expect([failures, logged.map(({ alert }) => alert)]).toEqual([3, [undefined, true, true]])
  expect(logged[0]).toMatchObject({ err: { message: expect.stringContaining('no space') } })
  shop.clock.advance(HOUR_MS)
  expect(await attempt(failures, writeBackup)).toBe(0)
})

test('the desk and the metrics show when the last backup was made', async () => {
  const shop = await aBackedUpShop()
  expect(await overviewOf(shop)).toContain('No backup has been made yet.')
  await backUp(shop)
  const madeAt = new Date(shop.clock.now()).toISOString()
  expect(await overviewOf(shop)).toContain('</time>. The shop makes them by itself, as BACKUP_EVERY says.')
  shop.clock.advance(13 * HOUR_MS)
  const html = await overviewOf(shop)
  expect(html).toContain(`The last backup was made on <time datetime="${madeAt}"`)
  expect(html).toContain('There is no recent backup.')
  const { text } = await shop.request().get('/metrics').expect(200)
  expect(text).toContain(`nickel_backup_age_seconds ${13 * 3_600}\n`)
})
