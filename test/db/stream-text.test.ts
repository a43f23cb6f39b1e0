import { rmSync, statSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { describe, expect, test } from '@jest/globals'
import Sqlite from 'better-sqlite3'
import { checkpoint, startWriter, stopWriter } from '../../db/engines/sqlite/writer.ts'
import { type Database, DatabaseUnavailable } from '../../db/index.ts'
import { aDatabase, hashOf, NOW } from '../support/database.ts'
import { onPostgres, onSqliteAndPostgres } from '../support/engines.ts'
import { until } from '../support/until.ts'
import { later } from '../support/workplace.ts'

type Query = [string, Record<string, string | number>]

const COUNT_BUYERS: Query = ['SELECT COUNT(*) AS count FROM buyers', {}]
const FAULTY: Query = ['SELECT nothing FROM buyers', {}]
/** Takes as long as `most` says. */
const countTo = (most: number): Query => [
  `WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < @most)
  SELECT COUNT(*) AS count FROM numbers`,
  { most },
]

const url = pathToFileURL('test/db/support/answers.js')

/** The rows of each query as a text. The last ones are not asked for. */
function stream(db: Database, ...queries: Query[]) {
  const texts = db.streamText({ url, argument: queries })
  later(() => texts.return())
  return texts
}

const text = (rows: object[]) => ({ done: false, value: JSON.stringify(rows) })

onSqliteAndPostgres((engine) => {
  test('each text is of what was committed when it was asked for', async () => {
    const { db, ensureBuyer } = await aDatabase(engine)
    const find: Query = ['SELECT id FROM buyers WHERE created_at = @now', { now: NOW }]
    const texts = stream(db, COUNT_BUYERS, COUNT_BUYERS, find)
    expect(await texts.next()).toEqual(text([{ count: 0 }]))
    const id = await ensureBuyer(hashOf('secret'), NOW)
    expect(await texts.next()).toEqual(text([{ count: 1 }]))
    expect(await texts.next()).toEqual(text([{ id }]))
    expect(await texts.next()).toEqual({ done: true, value: undefined })
  })

  test('what takes long keeps no page waiting', async () => {
    const { db } = await aDatabase(engine)
    const order: string[] = []
    await Promise.all([
      stream(db, countTo(300_000))
        .next()
        .then(() => order.push('text')),
      db.read(...COUNT_BUYERS).then(() => order.push('page')),
    ])
    expect(order).toEqual(['page', 'text'])
  })

  test.each([
    ['while it begins', []],
    ['later', [countTo(10)]],
  ])('a text ends with the database, after what was asked for: %s', async (_when, before) => {
    const { db } = await aDatabase(engine)
    const texts = stream(db, ...before, countTo(100_000), COUNT_BUYERS)
    for (const _ of before) await texts.next()
    const counted = texts.next()
    await db.close()
    expect(await counted).toEqual(text([{ count: 100_000 }]))
    await expect(texts.next()).rejects.toBeInstanceOf(DatabaseUnavailable)
  })

  test('a statement that fails ends the text, and is told apart from a database that is unavailable', async () => {
    const { db } = await aDatabase(engine)
    const texts = stream(db, FAULTY, COUNT_BUYERS)
    const failure: unknown = await texts.next().catch((error: unknown) => error)
    expect(failure).not.toBeInstanceOf(DatabaseUnavailable)
    expect((failure as Error).message).toContain('nothing')
    expect(await texts.next()).toEqual({ done: true, value: undefined })
  })
})

onPostgres((engine) => {
  test('a statement of a text that takes too long is cancelled on the server', async () => {
    const { db, query } = await aDatabase(engine)
    const texts = stream(db, ['SELECT pg_sleep(3600)', {}])
    await expect(texts.next()).rejects.toBeInstanceOf(DatabaseUnavailable)
    await until(async () => {
      const [found] = await query(
        `SELECT COUNT(*) AS count FROM pg_stat_activity WHERE datname = current_database() AND query = 'SELECT pg_sleep(3600)'`,
      )
      return Number(found?.count) === 0
    })
  })
})

test('where threads have no priority of their own, one that makes text rests for as long as it has worked', async () => {
  const { db } = await aDatabase()
  const texts = db.streamText({
    url: pathToFileURL('test/db/support/works-elsewhere.js'),
    argument: undefined,
  })
  later(() => texts.return())
  await texts.next()
  for (let text = 0; text < 3; text++) expect(Number((await texts.next()).value)).toBeGreaterThan(18) // a timer may be early
})

describe('on SQLite, a thread that makes text', () => {
  test('cannot write', async () => {
    const { db } = await aDatabase()
    const texts = stream(db, ['DELETE FROM buyers RETURNING id', {}])
    await expect(texts.next()).rejects.toBeInstanceOf(DatabaseUnavailable)
  })

  test('keeps no snapshot open between its reads, so that the WAL can be emptied', async () => {
    const { db, path, ensureBuyer } = await aDatabase()
    const texts = stream(db, COUNT_BUYERS, COUNT_BUYERS)
    await ensureBuyer(hashOf('secret'), NOW)
    await texts.next()
    const writer = await startWriter(path, { pragmas: [], lockMs: 0 })
    expect(statSync(`${path}-wal`).size).toBeGreaterThan(0)
    expect(await checkpoint(writer)).toBe(true)
    expect(statSync(`${path}-wal`).size).toBe(0)
    await stopWriter(writer)
    expect(await texts.next()).toEqual(text([{ count: 1 }]))
  })

  test('ends with the file that it reads when another one takes its place', async () => {
    const { db, path, ping } = await aDatabase()
    const texts = stream(db, COUNT_BUYERS, COUNT_BUYERS)
    expect(await texts.next()).toEqual(text([{ count: 0 }]))
    const other = await aDatabase()
    await other.ensureBuyer(hashOf('of the other'), NOW)
    await other.close()
    rmSync(path)
    const copy = new Sqlite(other.path)
    await copy.backup(path)
    copy.close()
    await ping(NOW) // a write notices
    await expect(texts.next()).rejects.toBeInstanceOf(DatabaseUnavailable)
    expect(await stream(db, COUNT_BUYERS).next()).toEqual(text([{ count: 1 }]))
  })

  test('is not started for a file that is gone', async () => {
    const { db, path } = await aDatabase()
    rmSync(path)
    await expect(stream(db, COUNT_BUYERS).next()).rejects.toBeInstanceOf(DatabaseUnavailable)
  })

  test('is not started once the database is closed', async () => {
    const { db } = await aDatabase()
    await db.close()
    await expect(stream(db, COUNT_BUYERS).next()).rejects.toThrow('was closed')
  })
})
