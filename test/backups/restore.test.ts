import {
  chownSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { describe, expect, test } from '@jest/globals'
import Sqlite from 'better-sqlite3'
import { swapIn } from '../../db/engines/sqlite/swap.ts'
import * as queries from '../../db/index.ts'
import { lastBackup } from '../../server/backups/index.ts'
import { aPaidOrder, backUp, LATER, restore } from '../support/backups.ts'
import {
  aBuyer,
  aDatabase,
  aNewOrder,
  anEvent,
  anInstance,
  hashOf,
  NOW,
  OUR_DESTINATION,
  placeOrder,
  type TestDatabase,
} from '../support/database.ts'
import { NOT_ROOT, testUnless } from '../support/skipping.ts'
import { aFolder, later, TEST_FOLDER } from '../support/workplace.ts'

const besides = (db: TestDatabase) =>
  readdirSync(dirname(db.path)).filter(
    (name) => !['', '-wal', '-shm', '-instances'].map((end) => basename(db.path) + end).includes(name),
  )

const anotherDisk = ['/dev/shm', tmpdir()].find(
  (folder) => existsSync(folder) && statSync(folder).dev !== statSync(TEST_FOLDER).dev,
)
const betweenDisks = testUnless(!anotherDisk && 'no other disk')

function aFolderOnAnotherDisk(): string {
  const folder = mkdtempSync(join(`${anotherDisk}`, 'nickel-restore-'))
  later(() => rmSync(folder, { recursive: true }))
  return folder
}

test('a folder that cannot be written to is named, without a stack', async () => {
  const db = await aDatabase()
  const { file } = await backUp(db)
  const here = join(aFolder(), 'not-a-folder')
  writeFileSync(here, '')
  await expect(restore(file, { url: `sqlite:${here}/shop.db` })).rejects.toMatchObject({
    name: 'BackupError',
    message: expect.stringMatching(/^Cannot write to .*not-a-folder: .*Nothing was changed/),
  })
})

describe('without a database here', () => {
  test('a restore brings back everything, polls what is unpaid at once, and asks nothing', async () => {
    const db = await aDatabase()
    const paid = await aPaidOrder(db)
    const open = await placeOrder(db, aNewOrder({ buyer: await aBuyer(db) }))
    const { file } = await backUp(db)
    const elsewhere = { url: `sqlite:${join(aFolder(), 'new/shop.db')}` }
    const asked: unknown[] = []
    const restored = await restore(file, elsewhere, { decide: (replaced) => asked.push(replaced) > 0 })
    expect([asked, restored]).toMatchObject([[undefined], { aside: undefined, polled: 1, copied: 0 }])
    const found = await anInstance(elsewhere.url)
    expect(await found.isPaid(paid.intent)).toBe(true)
    expect(await found.claimDuePolls(LATER, 10)).toEqual([open.intent])
    expect(await lastBackup({ databaseUrl: elsewhere.url })).toMatchObject({ madeAt: NOW, file })
  })

  test('payments of orders that are lost arrive as orphaned', async () => {
    const db = await aDatabase()
    await aPaidOrder(db)
    const { file } = await backUp(db)
    const lost = await placeOrder(db, aNewOrder({ buyer: await aBuyer(db), destination: OUR_DESTINATION }))
    const elsewhere = { url: `sqlite:${join(aFolder(), 'shop.db')}` }
    await restore(file, elsewhere)
    const found = await anInstance(elsewhere.url)
    expect(await found.settle(anEvent(lost, { destination: OUR_DESTINATION }), LATER)).toMatchObject({
      verdict: 'orphaned',
    })
  })
})

describe('with a database that has newer sales', () => {
  async function aNewerDatabase() {
    const db = await aDatabase()
    const both = await placeOrder(db, aNewOrder({ buyer: await aBuyer(db) }))
    const { file } = await backUp(db)
    await db.settle(anEvent(both), LATER)
    const only = await aPaidOrder(db, LATER)
    await db.close()
    return { db, both, only, file }
  }

  test('nothing is changed until the number of its payments is repeated', async () => {
    const { db, only, file } = await aNewerDatabase()
    const asked: unknown[] = []
    expect(await restore(file, db, { decide: (replaced) => asked.push(replaced) === 0 })).toBeUndefined()
    expect(asked).toEqual([{ orders: 1, payments: 2, obstacle: undefined }])
    expect(besides(db)).toEqual([])
    expect(await (await anInstance(db.url)).isPaid(only.intent)).toBe(true)
  })

  test('what only that one has is copied back, and it is set aside as it was', async () => {
    const { db, both, only, file } = await aNewerDatabase()
    const restored = await restore(file, db)
    const found = await anInstance(db.url)
    for (const order of [both, only]) {
      expect(await found.isPaid(order.intent)).toBe(true)
      expect(await found.holdsEntitlement(order.buyer, 'article', LATER)).toBe(true)
      expect(await found.findOpenOrder(order.buyer, 'article')).toBeUndefined()
    }
    expect(restored?.polled).toBe(0)
    expect(await db.query('PRAGMA foreign_key_check')).toEqual([])
    const aside = await anInstance(`sqlite:${restored?.aside}`)
    expect(await aside.isPaid(only.intent)).toBe(true)
  })

  test('its payments are in the revenue again', async () => {
    const { db, file } = await aNewerDatabase()
    await restore(file, db)
    const { foldRound, newFolding } = await import('../../server/summaries/index.ts')
    const { db: open } = await anInstance(db.url)
    await foldRound(
      { db: open, clock: { now: () => LATER + 3_600_000 }, config: { timeZone: 'UTC' } },
      newFolding(),
    )
    expect(await db.query(`SELECT sum(hundredths) AS paid FROM summaries WHERE what = 'webhook'`)).toEqual([
      { paid: 50 },
    ])
  })

  test('a restore of a newer backup takes nothing older from it', async () => {
    const db = await aDatabase()
    const order = await placeOrder(db, aNewOrder({ buyer: await aBuyer(db) }))
    const old = await backUp(db)
    await db.settle(anEvent(order), LATER)
    const newer = await backUp(db)
    await db.close()
    rmSync(db.path)
    await restore(old.file, db)
    await restore(newer.file, db, { now: LATER + 1_000 })
    const found = await anInstance(db.url)
    expect(await found.isPaid(order.intent)).toBe(true)
    expect(await db.query('SELECT client_secret, next_check_at FROM intents')).toEqual([
      { client_secret: null, next_check_at: null },
    ])
  })

  test('a browser that was signed out since the backup stays signed out', async () => {
    const db = await aDatabase()
    const buyer = await db.ensureBuyer(hashOf('stolen'), NOW)
    const { file } = await backUp(db)
    await db.query('DELETE FROM sessions')
    await db.close()
    await restore(file, db)
    const found = await anInstance(db.url)
    expect(await found.findBuyer(hashOf('stolen'))).toBeUndefined()
    expect(await db.query('SELECT id FROM buyers')).toEqual([{ id: buyer }])
  })

  betweenDisks('a symbolic link to it on another disk leads to the restored one afterwards', async () => {
    const { db, only, file } = await aNewerDatabase()
    const real = join(aFolderOnAnotherDisk(), 'real.db')
    copyFileSync(db.path, real)
    const link = join(aFolder(), 'shop.db')
    symlinkSync(real, link)
    const restored = await restore(file, { url: `sqlite:${link}` })
    expect([readlinkSync(link), dirname(`${restored?.aside}`)]).toEqual([real, dirname(real)])
    const found = await anInstance(`sqlite:${link}`)
    expect(await found.isPaid(only.intent)).toBe(true)
  })

  test('one that cannot be replaced has no second name afterwards, and its journals', async () => {
    const { db } = await aNewerDatabase()
    writeFileSync(`${db.path}-journal`, 'of a damaged database')
    expect(() => swapIn(join(aFolder(), 'missing.db'), db.path, LATER)).toThrow('ENOENT')
    expect(besides(db)).toEqual([`${basename(db.path)}-journal`])
    expect(statSync(db.path).nlink).toBe(1)
  })

  test('one that is damaged is set aside, and it is said what can no longer be copied', async () => {
    const { db, both, file } = await aNewerDatabase()
    const bytes = readFileSync(db.path)
    writeFileSync(db.path, bytes.fill(0x55, bytes.length / 2))
    const asked: { obstacle?: string | undefined }[] = []
    const restored = await restore(file, db, { decide: (replaced) => asked.push(replaced ?? {}) > 0 })
    expect(asked[0]?.obstacle).toMatch(/\w/)
    expect(readFileSync(restored?.aside ?? '').subarray(-1_000)).toEqual(bytes.subarray(-1_000))
    const found = await anInstance(db.url)
    expect(await found.claimDuePolls(LATER, 10)).toEqual([both.intent])
  })
})

describe('a restore is refused', () => {
  const REFUSED: [string, (db: TestDatabase) => Promise<unknown>, RegExp][] = [
    ['while the shop runs', async (db) => db, /shop is running/],
    [
      'while another program has the database open',
      async (db) => {
        await db.close()
        const other = new Sqlite(db.path)
        other.prepare('SELECT count(*) FROM orders').get()
        return () => other.close()
      },
      /another program/,
    ],
  ]
  test.each(REFUSED)('%s', async (_, prepare, message) => {
    const db = await aDatabase()
    const { file } = await backUp(db)
    const end = await prepare(db)
    await expect(restore(file, db)).rejects.toThrow(message)
    if (typeof end === 'function') end()
    expect(besides(db)).toEqual([])
  })

  test('into the other mode, of the backup and of the database here', async () => {
    const db = await aDatabase()
    const { file } = await backUp(db)
    await expect(restore(file, db, { mode: 'live' })).rejects.toThrow('CODE_MODE=live')
    const live = { url: `sqlite:${join(aFolder(), 'live.db')}` }
    await (await queries.openDatabase({ url: live.url, mode: 'live' })).close()
    await expect(restore(file, live)).rejects.toThrow('CODE_MODE=live')
  })

  test('of a backup that a newer shop has made', async () => {
    const db = await aDatabase()
    await db.query(`INSERT INTO migrations (name, sha256) VALUES ('999-later.sql', '${'0'.repeat(64)}')`)
    const { file } = await backUp(db)
    await expect(restore(file, { url: `sqlite:${join(aFolder(), 'shop.db')}` })).rejects.toThrow(
      '999-later.sql',
    )
  })

  test('of a truncated, a changed and a foreign file, and nothing of it is used', async () => {
    const db = await aDatabase()
    await aPaidOrder(db)
    const { file } = await backUp(db)
    const bytes = readFileSync(file)
    const changed = Buffer.from(bytes)
    changed[Math.floor(bytes.length / 2)] = (changed[Math.floor(bytes.length / 2)] ?? 0) ^ 0xff
    const broken: [string, Buffer | string][] = [
      ['truncated', bytes.subarray(0, bytes.length - 1_000)],
      ['empty', ''],
      ['text', 'not a backup\n'.repeat(1_000)],
      ['database', readFileSync(db.path)],
      ['changed', changed],
    ]
    const target = join(aFolder(), 'shop.db')
    for (const [name, content] of broken) {
      const path = join(aFolder(), name)
      writeFileSync(path, content)
      await expect(restore(path, { url: `sqlite:${target}` })).rejects.toMatchObject({ name: 'BackupError' })
    }
    await expect(restore('/nowhere/backup.tar.gz', { url: `sqlite:${target}` })).rejects.toThrow(
      'no such file',
    )
    expect(existsSync(target)).toBe(false)
  })
})

test('a database that an older shop has left is backed up as it is, and upgraded when it is restored', async () => {
  const old = join(aFolder(), 'shop.db')
  writeFileSync(old, gunzipSync(readFileSync('test/db/schema-4/schema-4.db.gz')))
  const { file, manifest } = await backUp({ url: `sqlite:${old}` })
  const url = `sqlite:${join(aFolder(), 'shop.db')}`
  await restore(file, { url })
  const found = await anInstance(url)
  const [orders] = await found.db.read('SELECT count(*) AS number FROM orders', {})
  expect([manifest.migrations, orders?.number]).toEqual([[], manifest.counts.orders])
})

const testAsRoot = testUnless(NOT_ROOT)
testAsRoot(
  'what root restores into new folders, or backs up, belongs to the owner of the folder around',
  async () => {
    const OWNER = { uid: 12_345, gid: 12_346 }
    const folder = aFolder()
    chownSync(folder, OWNER.uid, OWNER.gid)
    const url = `sqlite:${folder}/data/shop.db`
    const db = await aDatabase()
    const sandbox = join(aFolder(), 'sequencer')
    mkdirSync(sandbox)
    writeFileSync(join(sandbox, 'key.pem'), 'key')
    const { file } = await backUp(db, { sandboxFolder: sandbox })
    await restore(file, { url }, { sandboxFolder: join(folder, 'data/sequencer') })
    await backUp({ url }, { folder: join(folder, 'backups/shop'), now: LATER })
    const made = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
      (name) => !name.endsWith('.tar.gz'),
    )
    expect(made.sort()).toEqual([
      'backups',
      'backups/shop',
      ...['', '/sequencer', '/sequencer/key.pem', '/shop.db', '/shop.db-instances'].map(
        (name) => `data${name}`,
      ),
    ])
    for (const name of made)
      expect({ name, ...statSync(join(folder, name)) }).toMatchObject({ name, ...OWNER })
  },
)

describe('the sandbox', () => {
  function aSandbox(key: string) {
    const folder = join(aFolder(), 'sequencer')
    mkdirSync(folder)
    writeFileSync(join(folder, 'key.pem'), key)
    const state = new Sqlite(join(folder, 'sandbox.db'))
    state.exec(`CREATE TABLE requests (id TEXT); INSERT INTO requests VALUES ('of ${key}')`)
    state.close()
    return folder
  }
  const keyIn = (folder: string) => readFileSync(join(folder, 'key.pem'), 'utf8')

  test('comes back with its key where there is none, and one with another key is set aside', async () => {
    const db = await aDatabase()
    const { file } = await backUp(db, { sandboxFolder: aSandbox('old') })
    await db.close()
    const empty = join(aFolder(), 'data/sequencer')
    expect(await restore(file, db, { sandboxFolder: empty })).toMatchObject({ sandbox: { kept: false } })
    expect(keyIn(empty)).toBe('old')
    const other = aSandbox('other')
    const restored = await restore(file, db, { sandboxFolder: other, now: LATER + 1_000 })
    expect([keyIn(other), keyIn(restored?.sandbox?.aside ?? '')]).toEqual(['old', 'other'])
  })

  betweenDisks('comes back to another disk than that of the database', async () => {
    const db = await aDatabase()
    const { file } = await backUp(db, { sandboxFolder: aSandbox('old') })
    await db.close()
    const disk = aFolderOnAnotherDisk()
    const sandboxFolder = join(disk, 'sequencer')
    mkdirSync(`${sandboxFolder}-restoring`) // left by a restore that was killed
    writeFileSync(join(`${sandboxFolder}-restoring`, 'half'), '')
    await restore(file, db, { sandboxFolder })
    expect(keyIn(sandboxFolder)).toBe('old')
    expect(readdirSync(disk)).toEqual(['sequencer'])
    expect(readdirSync(sandboxFolder).sort()).toEqual(['key.pem', 'sandbox.db'])
  })

  test('is backed up and comes back without a state, if that is an empty file', async () => {
    const db = await aDatabase()
    const sandbox = aSandbox('old')
    writeFileSync(join(sandbox, 'sandbox.db'), '')
    const { file } = await backUp(db, { sandboxFolder: sandbox })
    await db.close()
    const empty = join(aFolder(), 'data/sequencer')
    await restore(file, db, { sandboxFolder: empty })
    expect(readdirSync(empty)).toEqual(['key.pem'])
    expect(keyIn(empty)).toBe('old')
  })

  test('with the same key stays, since it may know of newer payments', async () => {
    const db = await aDatabase()
    const sandbox = aSandbox('same')
    const { file } = await backUp(db, { sandboxFolder: sandbox })
    await db.close()
    const state = new Sqlite(join(sandbox, 'sandbox.db'))
    state.exec(`INSERT INTO requests VALUES ('newer')`)
    expect(await restore(file, db, { sandboxFolder: sandbox })).toMatchObject({ sandbox: { kept: true } })
    expect(state.prepare('SELECT count(*) FROM requests').pluck().get()).toBe(2)
    state.close()
  })
})
