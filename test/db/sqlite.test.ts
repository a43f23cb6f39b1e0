import {
  chmodSync,
  copyFileSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import { describe, expect, jest, test } from '@jest/globals'
import Sqlite from 'better-sqlite3'
import { openSqlite } from '../../db/engines/sqlite/index.ts'
import { DatabaseUnavailable, openDatabase, ping } from '../../db/index.ts'
import { aDatabase, anInstance, hashOf, NOW } from '../support/database.ts'
import { until } from '../support/until.ts'
import { aFolder, later } from '../support/workplace.ts'

/** Resolves once a write, begun just before, was handed to the thread that waits for locks. */
function isWithTheWriter(): Promise<void> {
  const post = jest.spyOn(Worker.prototype, 'postMessage')
  return until(() => post.mock.calls.length > 0)
}

/** The driver alone, over a file without tables. */
async function open() {
  const path = join(aFolder(), 'new', 'folder', 'shop.db')
  const driver = await openSqlite(path, async () => undefined)
  later(driver.close)
  return { ...driver, path }
}

const modeOf = (path: string) => statSync(path).mode & 0o777

const FRAME = { header: 24, page: 4096 }

/** How many commits stand in the log: https://www.sqlite.org/fileformat2.html#the_write_ahead_log */
function commitsIn(log: Buffer): number {
  const size = FRAME.header + FRAME.page
  const frames = Array.from({ length: Math.floor((log.length - 32) / size) }, (_, index) =>
    log.subarray(32 + index * size),
  )
  return frames.filter((frame) => frame.readUInt32BE(4) > 0).length // the size of the database, after its last page
}

describe('the file', () => {
  test('is named, and left alone, if it is no database', async () => {
    const path = join(aFolder(), 'shop.db')
    const content = 'the notes of somebody else, long enough for a header '.repeat(20)
    writeFileSync(path, content)
    const opening = openDatabase({ url: `sqlite:${path}`, mode: 'sandbox' })
    await expect(opening).rejects.toThrow(`The file ${path} is damaged, or is not an SQLite database`)
    expect(readFileSync(path, 'utf8')).toBe(content)
  })

  test('is durable against power loss, and minds its references', async () => {
    const { write } = await open()
    const settings = ['journal_mode', 'synchronous', 'foreign_keys', 'secure_delete']
    expect(
      (
        await write(
          settings.map((name) => `PRAGMA ${name}`),
          {},
        )
      ).flat(),
    ).toEqual([{ journal_mode: 'wal' }, { synchronous: 2 }, { foreign_keys: 1 }, { secure_delete: 1 }])
  })

  test('is synced down to the medium on macOS too, by both connections', async () => {
    const { read, write } = await open()
    const settings = ['fullfsync', 'checkpoint_fullfsync'].map((name) => `PRAGMA ${name}`)
    const wanted = [{ fullfsync: 1 }, { checkpoint_fullfsync: 1 }]
    expect((await write(settings, {})).flat()).toEqual(wanted)
    expect((await Promise.all(settings.map((setting) => read(setting, {})))).flat()).toEqual(wanted)
  })

  test('is only read where the event loop runs, and never waited for there', async () => {
    const { read, write } = await open()
    expect(await read('PRAGMA busy_timeout', {})).toEqual([{ timeout: 0 }])
    await write(['CREATE TABLE things (name TEXT)'], {})
    await expect(read(`INSERT INTO things (name) VALUES ('a') RETURNING name`, {})).rejects.toThrow(
      'attempt to write a readonly database',
    )
    expect(await read('SELECT name FROM things', {})).toEqual([])
  })

  test.each([':memory:', ' :memory:', '\t:memory: ', ' ', ''])(
    'is never one in memory, which forgets who has paid: %j',
    async (path) => {
      await expect(openDatabase({ url: `sqlite:${path}`, mode: 'sandbox' })).rejects.toThrow(
        'A database in memory forgets who has paid: give it a file',
      )
    },
  )

  test('is not looked for at one path and opened at another', async () => {
    const folder = aFolder()
    await expect(openDatabase({ url: `sqlite:${folder}/new/shop.db `, mode: 'sandbox' })).rejects.toThrow(
      'begins or ends with a space',
    )
    expect(readdirSync(folder)).toEqual([])
  })

  test('is for its owner only, with all files next to it and the folders that were made', async () => {
    const { path } = await open()
    for (const file of readdirSync(dirname(path)))
      expect([file, modeOf(join(dirname(path), file))]).toEqual([file, 0o600])
    expect([dirname(path), dirname(dirname(path))].map(modeOf)).toEqual([0o700, 0o700])
  })

  test('that everybody may read is closed to them; one that a group may read stays', async () => {
    const [open, shared] = [await aDatabase(), await aDatabase()]
    await Promise.all([open.close(), shared.close()])
    chmodSync(open.path, 0o644)
    chmodSync(shared.path, 0o640)
    await anInstance(open.url)
    await anInstance(shared.url)
    expect([open.path, `${open.path}-wal`, shared.path, `${shared.path}-wal`].map(modeOf)).toEqual([
      0o600, 0o600, 0o640, 0o640,
    ])
  })

  test('that cannot be made is unavailable, and says which', async () => {
    const folder = aFolder()
    writeFileSync(join(folder, 'file'), '')
    await expect(openDatabase({ url: `sqlite:${folder}/file/shop.db`, mode: 'sandbox' })).rejects.toThrow(
      DatabaseUnavailable,
    )
  })

  test('that is no database is refused in a sentence', async () => {
    const path = join(aFolder(), 'shop.db')
    writeFileSync(path, 'not a database, and long enough to be looked at '.repeat(100))
    await expect(openDatabase({ url: `sqlite:${path}`, mode: 'sandbox' })).rejects.toThrow(
      /file is not a database/,
    )
  })
})

describe('units of work that arrive together', () => {
  async function aTable() {
    const driver = await open()
    await driver.write(['CREATE TABLE things (name TEXT NOT NULL PRIMARY KEY)'], {})
    const commits = () => commitsIn(readFileSync(`${driver.path}-wal`))
    const before = commits()
    const add = (name: string | null) =>
      driver.write(['INSERT INTO things (name) VALUES (@name) RETURNING name'], { name })
    const names = async () =>
      (await driver.read('SELECT name FROM things ORDER BY name', {})).map(({ name }) => name)
    return { driver, add, names, newCommits: () => commits() - before }
  }

  test('are committed together', async () => {
    const { add, names, newCommits } = await aTable()
    await Promise.all(['a', 'b', 'c'].map(add))
    expect(newCommits()).toBe(1)
    expect(await names()).toEqual(['a', 'b', 'c'])
  })

  test('do not fail together: the one that fails is undone alone', async () => {
    const { driver, add, names } = await aTable()
    const [, broken, after] = await Promise.allSettled([
      add('a'),
      driver.write(['INSERT INTO things (name) VALUES (@name)', 'INSERT INTO things (name) VALUES (NULL)'], {
        name: 'half',
      }),
      add('b'),
    ])
    expect(broken.status).toBe('rejected')
    expect(after.status).toBe('fulfilled')
    expect(await names()).toEqual(['a', 'b'])
  })

  test('all fail when the commit fails, and the next ones work', async () => {
    const { driver, add, names } = await aTable()
    await driver.write(
      ['CREATE TABLE pairs (name TEXT REFERENCES things (name) DEFERRABLE INITIALLY DEFERRED)'],
      {},
    )
    const orphan = driver.write(['INSERT INTO pairs (name) VALUES (@name)'], { name: 'nobody' })
    const results = await Promise.allSettled([add('a'), orphan])
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
    await add('b')
    expect(await names()).toEqual(['b'])
  })

  test('do not fail together when the engine has ended the transaction by itself', async () => {
    const { driver, add, names } = await aTable()
    const results = await Promise.allSettled([
      add('a'),
      driver.write(['INSERT OR ROLLBACK INTO things (name) VALUES (@name)'], { name: 'a' }),
      add('c'),
    ])
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
    await add('d')
    expect(await names()).toEqual(['a', 'c', 'd'])
  })

  test('are committed once although several of them fail, and in the order of their arrival', async () => {
    const { add, driver, newCommits } = await aTable()
    const results = await Promise.allSettled(['a', 'b', 'a', 'c', 'b', 'd'].map(add))
    expect(results.map(({ status }) => status === 'fulfilled')).toEqual([
      true,
      true,
      false,
      true,
      false,
      true,
    ])
    expect(newCommits()).toBe(1)
    const rows = await driver.read('SELECT name FROM things ORDER BY rowid', {})
    expect(rows.map(({ name }) => name)).toEqual(['a', 'b', 'c', 'd'])
  })
})

test('more units than one group takes are all committed, and in their order', async () => {
  const { read, write } = await open()
  await write(['CREATE TABLE things (name TEXT NOT NULL PRIMARY KEY)'], {})
  const names = Array.from({ length: 100 }, (_, index) => `thing ${index}`)
  const results = await Promise.all(
    names.map((name) => write(['INSERT INTO things (name) VALUES (@name) RETURNING name'], { name })),
  )
  expect(results).toEqual(names.map((name) => [[{ name }]]))
  const rows = await read('SELECT name FROM things ORDER BY rowid', {})
  expect(rows.map(({ name }) => name)).toEqual(names)
})

describe('a database that another process has locked', () => {
  test('is waited for without blocking the event loop, and works once it is free', async () => {
    const db = await aDatabase()
    const other = new Sqlite(db.path)
    later(() => other.close())
    other.exec('BEGIN IMMEDIATE')
    const buyer = db.ensureBuyer(hashOf('secret'), NOW)
    await isWithTheWriter() // and the loop is free
    other.exec('COMMIT')
    expect(await buyer).toEqual(expect.any(String))
  })

  test('is unavailable after a second, and nothing was written', async () => {
    const db = await aDatabase()
    const other = new Sqlite(db.path)
    later(() => other.close())
    other.exec('BEGIN IMMEDIATE')
    await expect(db.ensureBuyer(hashOf('secret'), NOW)).rejects.toThrow(DatabaseUnavailable)
    other.exec('COMMIT')
    expect(await db.findBuyer(hashOf('secret'))).toBeUndefined()
  })

  test('is waited for when the shop starts, too', async () => {
    const { path, close } = await aDatabase()
    await close()
    const other = new Sqlite(path)
    later(() => other.close())
    other.exec('BEGIN IMMEDIATE')
    const exec = jest.spyOn(Sqlite.prototype, 'exec')
    const opening = openDatabase({ url: `sqlite:${path}`, mode: 'sandbox' })
    await until(() => exec.mock.results.some(({ type }) => type === 'throw')) // it has found the lock
    other.exec('COMMIT')
    const db = await opening
    await ping(db, NOW)
    await db.close()
  })

  test('refuses those who came while it was waited for, too', async () => {
    const db = await aDatabase()
    const other = new Sqlite(db.path)
    later(() => other.close())
    other.exec('BEGIN IMMEDIATE')
    const first = db.ensureBuyer(hashOf('first'), NOW)
    await nextTurn() // it is on its way now
    const second = db.ensureBuyer(hashOf('second'), NOW).catch((error) => error)
    await expect(first).rejects.toThrow(DatabaseUnavailable)
    expect(await Promise.race([second, nextTurn()])).toBeInstanceOf(DatabaseUnavailable)
    other.exec('COMMIT')
  })

  test('can still be read', async () => {
    const db = await aDatabase()
    const other = new Sqlite(db.path)
    later(() => other.close())
    other.exec('BEGIN IMMEDIATE')
    expect(await db.findBuyer(hashOf('secret'))).toBeUndefined()
  })
})

describe('a database file that changes under the running shop', () => {
  const secret = hashOf('secret')

  async function aMovedDatabase() {
    const folder = join(aFolder(), 'data')
    const db = await anInstance(`sqlite:${join(folder, 'shop.db')}`)
    await db.ensureBuyer(secret, NOW)
    renameSync(folder, `${folder}-elsewhere`)
    return { db, folder, putBack: () => renameSync(`${folder}-elsewhere`, folder) }
  }

  test('is missed when its folder is gone, and nothing is stored in files that nobody finds again', async () => {
    const { db } = await aMovedDatabase()
    const refused = db.ensureBuyer(hashOf('other'), NOW)
    await expect(refused).rejects.toThrow(DatabaseUnavailable)
    await expect(refused).rejects.toMatchObject({ reason: 'its file is gone: put it back' })
    await expect(db.ping(NOW)).rejects.toThrow('its file is gone')
  })

  test('can still be read when its folder is gone, and works again once it is back', async () => {
    const { db, putBack } = await aMovedDatabase()
    expect(await db.findBuyer(secret)).toEqual(expect.any(String))
    putBack()
    await db.ensureBuyer(hashOf('other'), NOW)
  })

  test('is missed when its folder goes while it is written', async () => {
    const { db, folder, putBack } = await aMovedDatabase()
    putBack()
    const other = new Sqlite(join(folder, 'shop.db'))
    later(() => other.close())
    other.exec('BEGIN IMMEDIATE')
    const refused = db.ensureBuyer(hashOf('other'), NOW)
    await isWithTheWriter()
    renameSync(folder, `${folder}-elsewhere`)
    other.exec('COMMIT')
    await expect(refused).rejects.toThrow('its file is gone')
  })

  test('is opened again when a backup was put in its place', async () => {
    const db = await aDatabase()
    const backup = await aDatabase()
    const buyer = await backup.ensureBuyer(secret, NOW)
    await backup.close()
    renameSync(backup.path, db.path)
    await db.ping(NOW)
    expect(await db.findBuyer(secret)).toBe(buyer)
  })

  test('is waited for while a backup is being copied', async () => {
    const db = await aDatabase()
    await db.ensureBuyer(secret, NOW)
    copyFileSync(db.path, `${db.path}.backup`)
    rmSync(db.path)
    writeFileSync(db.path, '')
    await expect(db.ping(NOW)).rejects.toThrow('its file is gone')
    writeFileSync(db.path, 'not yet a database, but long enough to be looked at '.repeat(100))
    await expect(db.ping(NOW)).rejects.toThrow(DatabaseUnavailable)
    await expect(db.findBuyer(secret)).rejects.toThrow('cannot be opened')
    renameSync(`${db.path}.backup`, db.path)
    await db.ping(NOW)
  })

  test('loses nothing when only its log was deleted', async () => {
    const db = await aDatabase()
    const buyer = await db.ensureBuyer(secret, NOW)
    rmSync(`${db.path}-wal`)
    await db.ping(NOW)
    expect(await db.findBuyer(secret)).toBe(buyer)
  })

  test('of the other mode is not taken for it', async () => {
    const db = await aDatabase()
    const path = join(aFolder(), 'shop.db')
    await (await openDatabase({ url: `sqlite:${path}`, mode: 'live' })).close()
    renameSync(path, db.path)
    await expect(db.ping(NOW)).rejects.toThrow(/belongs to CODE_MODE=live/)
    await expect(db.ping(NOW)).rejects.toThrow(DatabaseUnavailable)
  })

  test('that is closed stays closed', async () => {
    const db = await aDatabase()
    await db.close()
    await expect(db.ping(NOW)).rejects.toThrow('was closed')
    await expect(db.findBuyer(secret)).rejects.toThrow('was closed')
  })
})

test('a file that was cut off is damaged, and is not opened', async () => {
  const db = await aDatabase()
  await db.ensureBuyer(hashOf('secret'), NOW)
  await db.close()
  truncateSync(db.path, 6_000)
  await expect(openDatabase({ url: db.url, mode: 'sandbox' })).rejects.toThrow(/malformed|not a database/)
})
