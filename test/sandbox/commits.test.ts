import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import Sqlite from 'better-sqlite3'
import { createCommits } from '../../sandbox/state/commits.ts'
import { aFolder, aSandbox, later } from './a-sandbox.ts'

// The driver's errors are made by whichever test file of this process loaded it first, so they are no Errors here.
const saying = (text: string) => expect.objectContaining({ message: expect.stringContaining(text) })

/** A database with a table of words, and another connection that sees only what is committed. */
function aDatabase() {
  const path = join(aFolder(), 'words.db')
  const [db, other] = [new Sqlite(path), new Sqlite(path)]
  later(() => {
    db.close()
    other.close()
  })
  db.pragma('journal_mode = WAL')
  db.exec(
    'CREATE TABLE words (word TEXT PRIMARY KEY, follows TEXT REFERENCES words DEFERRABLE INITIALLY DEFERRED)',
  )
  const commits = createCommits(db)
  const insert = db.prepare('INSERT INTO words VALUES (?, ?)')
  const write = (word: string, follows: string | null = null): void => {
    insert.run(word, follows)
  }
  return {
    db,
    ...commits,
    write: commits.together(write),
    writeAlone: commits.alone(write),
    writeTwice: commits.together((word: string) => {
      write(`${word}, half`)
      write(word)
      write(word)
    }),
    committed: () => other.prepare('SELECT word FROM words ORDER BY rowid').pluck().all(),
  }
}

describe('what is written in the same turn', () => {
  test('is committed together, and before anybody is told that it is stored', async () => {
    const { write, stored, committed } = aDatabase()
    write('one')
    const one = stored()
    write('two')
    const two = stored()
    expect(committed()).toEqual([])
    await one
    expect(committed()).toEqual(['one', 'two'])
    await two
  })

  test('is told to those who only read it, once it is stored', async () => {
    const { write, stored, committed } = aDatabase()
    await stored() // nothing is open
    write('one')
    await stored()
    expect(committed()).toEqual(['one'])
  })

  test('stays when another caller fails, of whom nothing stays', async () => {
    const { write, writeTwice, stored, committed } = aDatabase()
    write('one')
    expect(() => writeTwice('two')).toThrow('UNIQUE')
    write('three')
    await stored()
    expect(committed()).toEqual(['one', 'three'])
  })

  test('is not there at all when it cannot be committed, and all are told so', async () => {
    const { write, stored, committed } = aDatabase()
    write('one')
    const one = stored()
    write('two', 'nothing that exists') // looked at when it is committed
    const two = stored()
    await expect(one).rejects.toEqual(saying('FOREIGN KEY'))
    await expect(two).rejects.toEqual(saying('FOREIGN KEY'))
    expect(committed()).toEqual([])
    write('three')
    await stored()
    expect(committed()).toEqual(['three'])
  })

  test('is lost when the disk ends the transaction, but not what comes after', async () => {
    const { db, write, stored, committed } = aDatabase()
    write('one')
    const one = stored()
    db.exec('ROLLBACK') // as SQLite does by itself after a full disk or an I/O error
    write('two')
    const two = stored()
    await expect(one).rejects.toEqual(saying('no transaction'))
    await two
    expect(committed()).toEqual(['two'])
  })
})

describe('what is written alone', () => {
  test('is committed when it returns, and so is what was written before', async () => {
    const { write, writeAlone, stored, committed } = aDatabase()
    write('one')
    const one = stored()
    writeAlone('two')
    expect(committed()).toEqual(['one', 'two'])
    await one
  })

  test('has nothing to do with an earlier failure', async () => {
    const { write, writeAlone, stored, committed } = aDatabase()
    write('one', 'nothing that exists')
    const one = stored()
    writeAlone('two')
    await expect(one).rejects.toEqual(saying('FOREIGN KEY'))
    expect(committed()).toEqual(['two'])
  })
})

test('a request that was answered is on the disk, however many came at once', async () => {
  const { create, register, data } = await aSandbox()
  const other = new Sqlite(join(data, 'sandbox.db'))
  later(() => other.close())
  const isThere = other.prepare('SELECT COUNT(*) FROM requests WHERE intent = ?').pluck()
  const hasWebhook = other.prepare('SELECT COUNT(*) FROM webhooks WHERE intent = ?').pluck()
  const found = await Promise.all(
    Array.from({ length: 50 }, async () => {
      const intent = await create()
      const counts = [isThere.get(intent)]
      await register(intent, 'http://127.0.0.1:1/webhook')
      return [...counts, hasWebhook.get(intent)]
    }),
  )
  expect(found).toEqual(Array(50).fill([1, 1]))
})

test('a request that could not be stored is answered with an error, and the next one is not', async () => {
  const { create, status, endpoint, data, events } = await aSandbox()
  const other = new Sqlite(join(data, 'sandbox.db'))
  later(() => other.close())
  other.exec(`
    CREATE TABLE broken (intent TEXT REFERENCES nowhere (intent) DEFERRABLE INITIALLY DEFERRED);
    CREATE TABLE nowhere (intent TEXT PRIMARY KEY);
    CREATE TRIGGER break AFTER INSERT ON requests BEGIN INSERT INTO broken VALUES (new.intent); END`)
  await expect(create({ endpoint })).rejects.toThrow('status code 500')
  expect(events.at(-1)).toMatchObject({ what: 'failed', reason: expect.stringContaining('FOREIGN KEY') })
  expect(events.filter(({ what }) => what === 'request accepted')).toEqual([])
  other.exec('DROP TRIGGER break')
  expect((await status(await create())).exists).toBe(true)
})
