import { rmSync, statSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import Sqlite from 'better-sqlite3'
import { checkpoint, startWriter, stopWriter } from '../../db/engines/sqlite/writer.ts'
import { DatabaseUnavailable } from '../../db/index.ts'
import { aDatabase, hashOf, NOW } from '../support/database.ts'
import { onSqliteAndPostgres } from '../support/engines.ts'
import { later } from '../support/workplace.ts'

const COUNT_BUYERS = 'SELECT COUNT(*) AS count FROM buyers'
// Seconds of work that no index helps with
const COUNT_FOR_LONG = `
  WITH RECURSIVE numbers (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM numbers WHERE n < @most)
  SELECT COUNT(*) AS count FROM numbers`

onSqliteAndPostgres((engine) => {
  async function aReader() {
    const database = await aDatabase(engine)
    const reader = await database.db.openReader()
    later(() => reader.close())
    return { ...database, reader }
  }

  test('a reader sees what was committed before each of its reads', async () => {
    const { reader, ensureBuyer } = await aReader()
    expect(await reader.read(COUNT_BUYERS, {})).toEqual([{ count: 0 }])
    const id = await ensureBuyer(hashOf('secret'), NOW)
    expect(await reader.read(COUNT_BUYERS, {})).toEqual([{ count: 1 }])
    expect(await reader.read('SELECT * FROM buyers WHERE id = @id', { id })).toEqual([
      { id, created_at: NOW },
    ])
  })

  test('what a reader works on for long keeps no page waiting', async () => {
    const { reader, db } = await aReader()
    const order: string[] = []
    await Promise.all([
      reader.read(COUNT_FOR_LONG, { most: 300_000 }).then(() => order.push('reader')),
      db.read(COUNT_BUYERS, {}).then(() => order.push('page')),
    ])
    expect(order).toEqual(['page', 'reader'])
  })

  test('a statement that fails does not end its reader', async () => {
    const { reader } = await aReader()
    const failed = await reader.read('SELECT nothing FROM buyers', {}).catch((error) => error)
    expect(failed).not.toBeInstanceOf(DatabaseUnavailable)
    expect(failed.message).toContain('nothing')
    expect(await reader.read(COUNT_BUYERS, {})).toEqual([{ count: 0 }])
  })
})

describe('on SQLite, a reader', () => {
  test('cannot write', async () => {
    const { db } = await aDatabase()
    const reader = await db.openReader()
    await expect(reader.read('DELETE FROM buyers RETURNING id', {})).rejects.toBeInstanceOf(
      DatabaseUnavailable,
    )
    await reader.close()
  })

  test('keeps no snapshot open between its reads, so that the WAL can be emptied', async () => {
    const { db, path, ensureBuyer } = await aDatabase()
    const reader = await db.openReader()
    await ensureBuyer(hashOf('secret'), NOW)
    await reader.read(COUNT_BUYERS, {})
    const writer = await startWriter(path, { pragmas: [], lockMs: 0 })
    expect(statSync(`${path}-wal`).size).toBeGreaterThan(0)
    expect(await checkpoint(writer)).toBe(true)
    expect(statSync(`${path}-wal`).size).toBe(0)
    await stopWriter(writer)
    await reader.close()
  })

  test('ends with the file that it reads when another one takes its place', async () => {
    const { db, path, ping } = await aDatabase()
    const reader = await db.openReader()
    const other = await aDatabase()
    await other.ensureBuyer(hashOf('of the other'), NOW)
    await other.close()
    rmSync(path)
    const copy = new Sqlite(other.path)
    await copy.backup(path)
    copy.close()
    await ping(NOW) // a write notices
    await expect(reader.read(COUNT_BUYERS, {})).rejects.toMatchObject({ name: 'DatabaseUnavailable' })
    const next = await db.openReader()
    expect(await next.read(COUNT_BUYERS, {})).toEqual([{ count: 1 }])
    await next.close()
    await reader.close()
  })

  test('is not opened for a file that is gone', async () => {
    const { db, path } = await aDatabase()
    rmSync(path)
    await expect(db.openReader()).rejects.toBeInstanceOf(DatabaseUnavailable)
  })

  test('ends with the database', async () => {
    const { db } = await aDatabase()
    const reader = await db.openReader()
    const counting = reader.read(COUNT_FOR_LONG, { most: 100_000 })
    await db.close()
    expect(await counting).toEqual([{ count: 100_001 }])
    await expect(reader.read(COUNT_BUYERS, {})).rejects.toBeInstanceOf(DatabaseUnavailable)
    await expect(db.openReader()).rejects.toThrow('was closed')
    await reader.close()
  })
})
