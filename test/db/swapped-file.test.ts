import { spawnSync } from 'node:child_process'
import { linkSync, mkdirSync, readdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import Sqlite from 'better-sqlite3'
import {
  holdAlone,
  isAlone,
  joinInstances,
  leaveInstances,
  type Membership,
} from '../../db/engines/sqlite/instances.ts'
import { openDatabase } from '../../db/index.ts'
import {
  aBuyer,
  aDatabase,
  aNewOrder,
  anEvent,
  anInstance,
  hashOf,
  NOW,
  placeOrder,
} from '../support/database.ts'
import { TSX } from '../support/process.ts'
import { NO_MOUNTS, testUnless } from '../support/skipping.ts'
import { aFolder, later } from '../support/workplace.ts'

const secret = hashOf('secret')
const testAsRoot = testUnless(NO_MOUNTS)

describe('a database file that is reached by a symbolic link', () => {
  async function aLinkedDatabase() {
    const folder = aFolder()
    const real = join(folder, 'real', 'shop.db')
    const link = join(folder, 'link.db')
    mkdirSync(dirname(real))
    symlinkSync(real, link)
    return { db: await anInstance(`sqlite:${link}`), real, link, folder }
  }

  test('stores what it acknowledges in the file that the link leads to', async () => {
    const { db, real } = await aLinkedDatabase()
    const buyer = await db.ensureBuyer(secret, NOW)
    await db.close()
    expect(await (await anInstance(`sqlite:${real}`)).findBuyer(secret)).toBe(buyer)
  })

  test('is missed when the real file is deleted', async () => {
    const { db, real } = await aLinkedDatabase()
    await db.ensureBuyer(secret, NOW)
    rmSync(real)
    await expect(db.ping(NOW)).rejects.toMatchObject({ reason: 'its file is gone: put it back' })
    rmSync(`${real}-wal`)
    await expect(db.ping(NOW)).rejects.toMatchObject({ reason: 'its file is gone: put it back' })
  })

  test('is missed when only the link is deleted', async () => {
    const { db, link } = await aLinkedDatabase()
    await db.ensureBuyer(secret, NOW)
    rmSync(link)
    await expect(db.ping(NOW)).rejects.toMatchObject({ reason: 'its file is gone: put it back' })
  })

  test('is opened again when the link is led to another file', async () => {
    const { db, folder, link } = await aLinkedDatabase()
    const backup = await aDatabase()
    const buyer = await backup.ensureBuyer(secret, NOW)
    await backup.close()
    symlinkSync(backup.path, join(folder, 'new.db'))
    renameSync(join(folder, 'new.db'), link)
    await db.ping(NOW)
    expect(await db.findBuyer(secret)).toBe(buyer)
    await db.close()
    expect(await (await anInstance(backup.url)).findBuyer(secret)).toBe(buyer)
  })

  test('is opened again when a folder on the way is a link that is led elsewhere', async () => {
    const folder = aFolder()
    const [blue, green] = ['blue', 'green'].map((name) => join(folder, name)) as [string, string]
    for (const data of [blue, green]) {
      mkdirSync(data)
      await (await openDatabase({ url: `sqlite:${data}/shop.db`, mode: 'sandbox' })).close()
    }
    symlinkSync(blue, join(folder, 'data'))
    const db = await anInstance(`sqlite:${folder}/data/shop.db`)
    await db.ensureBuyer(hashOf('blue'), NOW)
    symlinkSync(green, join(folder, 'next'))
    renameSync(join(folder, 'next'), join(folder, 'data'))
    const buyer = await db.ensureBuyer(hashOf('green'), NOW)
    await db.close()
    expect(await (await anInstance(`sqlite:${green}/shop.db`)).findBuyer(hashOf('green'))).toBe(buyer)
    expect(await (await anInstance(`sqlite:${blue}/shop.db`)).findBuyer(hashOf('blue'))).toBeDefined()
  })
})

test('a destination that a replaced file had is recorded again in the one that is in its place', async () => {
  const db = await aDatabase()
  const order = async () => placeOrder(db, aNewOrder({ buyer: await aBuyer(db) }))
  const backup = `${db.path}.backup`
  await db.query(`VACUUM INTO '${backup}'`)
  await order()
  renameSync(backup, db.path)
  await db.ping(NOW)
  await order()
  expect(await db.settleByEvent(anEvent({ intent: 'lost' }), false, NOW)).toBe('orphaned')
})

describe('two instances, and a backup is renamed over their file', () => {
  async function twoInstances() {
    const db = await aDatabase()
    const other = await anInstance(db.url)
    await db.ensureBuyer(secret, NOW)
    await other.ensureBuyer(secret, NOW)
    const backup = `${db.path}.backup`
    await db.query(`VACUUM INTO '${backup}'`)
    return { db, other, restore: () => renameSync(backup, db.path) }
  }

  const secretsIn = async (url: string, names: string[]) => {
    const db = await anInstance(url)
    const found = await Promise.all(names.map((name) => db.findBuyer(hashOf(name))))
    await db.close()
    return names.filter((_, index) => found[index] !== undefined)
  }

  test('nothing is acknowledged and lost', async () => {
    const { db, other, restore } = await twoInstances()
    restore()
    const names = Array.from({ length: 12 }, (_, index) => `buyer ${index}`)
    const stored: string[] = []
    for (const [index, name] of names.entries()) {
      const acknowledged = await (index % 2 ? other : db)
        .ensureBuyer(hashOf(name), NOW)
        .catch(() => undefined)
      if (acknowledged) stored.push(name)
    }
    await db.close()
    await other.close()
    expect(await secretsIn(db.url, names)).toEqual(stored)
  })

  test('both refuse, and say what to do', async () => {
    const { db, other, restore } = await twoInstances()
    restore()
    const reason = /its file was replaced while several instances had it open: stop all of them/
    await expect(db.ping(NOW)).rejects.toMatchObject({ reason: expect.stringMatching(reason) })
    await expect(other.ping(NOW)).rejects.toMatchObject({ reason: expect.stringMatching(reason) })
  })

  test('the last one goes on with the backup, and another may start then', async () => {
    const { db, other, restore } = await twoInstances()
    restore()
    await expect(db.ping(NOW)).rejects.toThrow('its file was replaced')
    await other.close()
    const buyer = await db.ensureBuyer(hashOf('later'), NOW)
    const third = await anInstance(db.url)
    expect(await third.findBuyer(hashOf('later'))).toBe(buyer)
    expect(await third.ensureBuyer(secret, NOW)).toBe(await db.findBuyer(secret))
  })

  test('an instance that starts while another has the former file open waits for it, and is refused', async () => {
    const { db, other, restore } = await twoInstances()
    await other.close()
    restore()
    await expect(joinInstances(db.path)).rejects.toThrow(
      /another instance still has the file open that it replaced/,
    )
    const third = openDatabase({ url: db.url, mode: 'sandbox' })
    await db.ping(NOW)
    await (await third).close()
  })

  test('a damaged record of the instances is named', async () => {
    const { db, other } = await twoInstances()
    await Promise.all([db.close(), other.close()])
    writeFileSync(`${db.path}-instances`, 'not a database, and long enough to be looked at '.repeat(100))
    await expect(openDatabase({ url: db.url, mode: 'sandbox' })).rejects.toThrow(
      /whose name ends in -instances is damaged/,
    )
  })

  type Closing = { close(): Promise<void> }[]
  const STOPPED: [string, (all: Closing) => Promise<unknown>][] = [
    [
      'one after the other',
      async (all) => {
        for (const each of all) await each.close()
      },
    ],
    ['at the same time', (all) => Promise.all(all.map((each) => each.close()))],
  ]
  test.each(STOPPED)(
    'stopping all instances %s leaves nothing that the restored file would take for its own',
    async (_, stop) => {
      const { db, other, restore } = await twoInstances()
      await db.ensureBuyer(hashOf('after the backup'), NOW)
      restore()
      await stop([db, other])
      const file = new Sqlite(db.path)
      expect(file.pragma('integrity_check', { simple: true })).toBe('ok')
      file.close()
      expect(await secretsIn(db.url, ['secret', 'after the backup'])).toEqual(['secret'])
    },
  )

  test('the deleted WAL of two instances is not written into the file twice', async () => {
    const { db, other } = await twoInstances()
    rmSync(`${db.path}-wal`)
    await expect(db.ping(NOW)).rejects.toThrow('several instances')
    await other.close()
    await db.ping(NOW)
    expect(await db.findBuyer(secret)).toBeDefined()
  })
})

test('instances that start at the same time on a new file all join', async () => {
  const url = `sqlite:${join(aFolder(), 'shop.db')}`
  const instances = await Promise.all(Array.from({ length: 5 }, () => anInstance(url)))
  await Promise.all(instances.map((db) => db.ping(NOW)))
})

describe('an instance that looks whether it is alone', () => {
  async function aMember() {
    const db = await aDatabase()
    await db.close()
    const joins = async () => {
      const member = await joinInstances(db.path)
      later(() => leaveInstances(member))
      return member
    }
    return { member: await joins(), joins, path: db.path }
  }

  /** Does something behind each of the statements by which this instance looks. */
  function behindEachStatement({ lock }: Membership, act: () => void): void {
    const exec = lock.exec.bind(lock)
    lock.exec = (sql) => {
      exec(sql)
      act()
      return lock
    }
  }

  test('is not, while another one looks at the same moment', async () => {
    const { member, joins } = await aMember()
    const other = await joins()
    const found: boolean[] = []
    behindEachStatement(member, () => other.lock.open && found.push(isAlone(other)))
    expect([isAlone(member), ...found]).toEqual([false, false])
    leaveInstances(other)
    expect(isAlone(member)).toBe(true)
  })

  test('lets nobody in between, however often it looks, and leaves nothing of that in the folder', async () => {
    const { member, joins, path } = await aMember()
    const held: unknown[] = []
    behindEachStatement(member, () => held.push(holdAlone(path)))
    expect([isAlone(member), isAlone(member)]).toEqual([true, true])
    expect(new Set(held)).toEqual(new Set([undefined]))
    await expect(joins()).rejects.toThrow('another instance still has the file open')
    leaveInstances(member)
    await joins()
    expect(readdirSync(dirname(path)).sort()).toEqual(['shop.db', 'shop.db-instances'])
  })
})

describe('a database file that cannot be kept together with its WAL', () => {
  test('is refused when it has a second name', async () => {
    const db = await aDatabase()
    await db.close()
    linkSync(db.path, `${db.path}.second`)
    await expect(openDatabase({ url: db.url, mode: 'sandbox' })).rejects.toThrow(/has 2 names \(hard links\)/)
  })

  testAsRoot('is refused when it is mounted without its folder', () => {
    const folder = aFolder()
    const outside = join(folder, 'outside.db')
    const inContainer = join(folder, 'a container', 'shop.db')
    mkdirSync(dirname(inContainer))
    for (const path of [outside, inContainer]) writeFileSync(path, '')
    const program = ['node', '--import', TSX, 'test/db/support/open-database.ts', `sqlite:${inContainer}`]
    const mount = 'mount --bind "$0" "$1" && shift && exec "$@"'
    const { stdout } = spawnSync(
      'unshare',
      ['--mount', 'sh', '-c', mount, outside, inContainer, ...program],
      { encoding: 'utf8' },
    )
    expect(stdout).toMatch(/is mounted without its folder/)
  })
})
