import { statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import Sqlite from 'better-sqlite3'
import { checkpoint, commitGroup, startWriter, stopWriter } from '../../db/engines/sqlite/writer.ts'
import { aFolder, later } from '../support/workplace.ts'

const LONGER_THAN_A_TEST_MS = 60_000

test('the WAL is checkpointed only when that makes nobody wait', async () => {
  const path = join(aFolder(), 'shop.db')
  const other = new Sqlite(path)
  other.pragma('journal_mode = WAL')
  other.exec('CREATE TABLE things (name TEXT)')
  const writer = await startWriter(path, { pragmas: [], lockMs: LONGER_THAN_A_TEST_MS })
  later(async () => {
    other.close()
    await stopWriter(writer)
  })

  other.exec('BEGIN IMMEDIATE')
  expect(await checkpoint(writer)).toBe(false)
  other.exec(`INSERT INTO things (name) VALUES ('kept')`)
  other.exec('COMMIT')

  const insert = {
    statements: [`INSERT INTO things (name) VALUES (@name) RETURNING name`],
    parameters: { name: 'new' },
  }
  expect(await commitGroup(writer, [insert])).toEqual({ rows: [[[{ name: 'new' }]]] })
  expect(statSync(`${path}-wal`).size).toBeGreaterThan(0)
  expect(await checkpoint(writer)).toBe(true)
  expect(statSync(`${path}-wal`).size).toBe(0)
})

test('a thread that cannot open its file says so', async () => {
  const path = join(aFolder(), 'nowhere', 'shop.db')
  await expect(startWriter(path, { pragmas: [], lockMs: 0 })).rejects.toThrow('does not exist')
})
