import { describe, expect, test } from '@jest/globals'
import pg from 'pg'
import { openPostgres } from '../../db/engines/postgres/index.ts'
import { runTransaction } from '../../db/engines/postgres/transaction.ts'
import { DatabaseUnavailable } from '../../db/index.ts'
import { onPostgres, postgres, withClient } from '../support/engines.ts'
import { later } from '../support/workplace.ts'

async function aTable() {
  const url = await postgres.anEmptyDatabase()
  await postgres.execute(url, 'CREATE TABLE things (name TEXT NOT NULL PRIMARY KEY, serial SERIAL)')
  return { url, names: () => postgres.query(url, 'SELECT name FROM things ORDER BY serial') }
}

/** One connection, which sends without waiting for answers. */
async function aPipeline() {
  const table = await aTable()
  const client = new pg.Client({ connectionString: table.url, pipeline: true })
  await client.connect()
  later(() => client.end())
  return { ...table, client }
}

/** The engine, and units that add a thing each. */
async function anEngine() {
  const { url, names } = await aTable()
  const driver = await openPostgres(url, async () => undefined)
  later(driver.close)
  const add = (name: string | null) =>
    driver.write(['INSERT INTO things (name) VALUES (@name) RETURNING name'], { name })
  return { url, names, add, ...driver }
}

const insert = (name: string | null): pg.QueryConfig => ({
  name: 'insert',
  text: 'INSERT INTO things (name) VALUES ($1) RETURNING name',
  values: [name],
})

const FAILING: pg.QueryConfig = { text: 'SELECT 1 / 0' }

onPostgres(() => {
  describe('a transaction that is sent at once', () => {
    test('is committed as a whole, with the rows of each statement', async () => {
      const { client, names } = await aPipeline()
      const result = await runTransaction(client, 'BEGIN', [
        insert('a'),
        { text: 'SELECT 2 AS two' },
        insert('b'),
      ])
      expect(result).toEqual({ rows: [[{ name: 'a' }], [{ two: 2 }], [{ name: 'b' }]] })
      expect(await names()).toEqual([{ name: 'a' }, { name: 'b' }])
    })

    test('is rolled back as a whole, and reports the first statement that failed', async () => {
      const { client, names } = await aPipeline()
      const result = await runTransaction(client, 'BEGIN', [insert('a'), FAILING, insert('b'), insert(null)])
      expect(result).toMatchObject({ failed: 1, error: { code: '22012', message: 'division by zero' } })
      expect(await names()).toEqual([])
    })

    test('leaves its connection usable when it fails, even before a statement was prepared', async () => {
      const { client, names } = await aPipeline()
      await runTransaction(client, 'BEGIN', [FAILING, insert('a')])
      await runTransaction(client, 'BEGIN', [insert(null), insert('a')])
      expect(client.getTransactionStatus()).toBe('I')
      expect(await runTransaction(client, 'BEGIN', [insert('b')])).toEqual({ rows: [[{ name: 'b' }]] })
      expect(await names()).toEqual([{ name: 'b' }])
    })

    test('sends nothing after a BEGIN that failed', async () => {
      const { client, names } = await aPipeline()
      await expect(runTransaction(client, 'BEGIN OF NOTHING', [insert('a')])).rejects.toThrow('syntax error')
      expect(await names()).toEqual([])
    })

    test('would be several transactions after a BEGIN that failed, if that were not awaited', async () => {
      const { client, names } = await aPipeline()
      const queries = ['BEGIN OF NOTHING', insert('a'), FAILING, 'COMMIT'].map((query) => client.query(query))
      await Promise.allSettled(queries)
      expect(await names()).toEqual([{ name: 'a' }])
    })

    test('fails with its commit', async () => {
      const { client, names } = await aPipeline()
      await client.query(
        'CREATE TABLE pairs (name TEXT REFERENCES things (name) DEFERRABLE INITIALLY DEFERRED)',
      )
      const orphan = { text: 'INSERT INTO pairs (name) VALUES ($1)', values: ['nobody'] }
      const result = await runTransaction(client, 'BEGIN', [insert('a'), orphan])
      expect(result).toMatchObject({ failed: 2, error: { code: '23503' } })
      expect(await names()).toEqual([])
    })

    test('is not called committed when the answer to COMMIT is ROLLBACK', async () => {
      const answers = { query: async () => ({ command: 'ROLLBACK', rows: [] }) } as unknown as pg.Client
      const result = await runTransaction(answers, 'BEGIN', [insert('a')])
      expect(result).toMatchObject({ failed: 1, error: expect.any(DatabaseUnavailable) })
    })
  })

  describe('units of work that arrive together', () => {
    test('are committed together', async () => {
      const { add, read } = await anEngine()
      expect(await Promise.all(['a', 'b', 'c'].map(add))).toEqual(['a', 'b', 'c'].map((name) => [[{ name }]]))
      const transactions = await read('SELECT DISTINCT CAST(xmin AS TEXT) AS id FROM things', {})
      expect(transactions).toHaveLength(1)
    })

    test('do not fail together: the one that fails is undone alone', async () => {
      const { add, names, write } = await anEngine()
      const half = ['INSERT INTO things (name) VALUES (@name)', 'INSERT INTO things (name) VALUES (NULL)']
      const results = await Promise.allSettled([
        add('a'),
        write(half, { name: 'half' }),
        add('b'),
        add('a'),
        add('c'),
      ])
      expect(results.map(({ status }) => status === 'fulfilled')).toEqual([true, false, true, false, true])
      expect(results[1]).toMatchObject({ reason: { code: '23502' } })
      expect(await names()).toEqual([{ name: 'a' }, { name: 'b' }, { name: 'c' }])
    })

    test('do not fail together when the commit fails because of one', async () => {
      const { url, add, names, write } = await anEngine()
      await postgres.execute(
        url,
        'CREATE TABLE pairs (name TEXT REFERENCES things (name) DEFERRABLE INITIALLY DEFERRED)',
      )
      const orphan = write(['INSERT INTO pairs (name) VALUES (@name)'], { name: 'nobody' })
      const results = await Promise.allSettled([add('a'), orphan, add('b')])
      expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
      expect((await names()).map(({ name }) => name).sort()).toEqual(['a', 'b'])
    })

    test('do not wait for the lock that one of them waits for', async () => {
      const { url, add, write, names } = await anEngine()
      await add('locked')
      await withClient(url, async (other) => {
        await other.query(`BEGIN; UPDATE things SET name = name WHERE name = 'locked'`)
        const update = write([`UPDATE things SET name = 'unlocked' WHERE name = 'locked'`], {})
        await Promise.all(['a', 'b', 'c'].map(add))
        await other.query('COMMIT')
        await update
      })
      expect((await names()).map(({ name }) => name).sort()).toEqual(['a', 'b', 'c', 'unlocked'])
    })

    test('are all committed, even if there are more than one group takes', async () => {
      const { add, names } = await anEngine()
      const wanted = Array.from({ length: 500 }, (_, index) => `thing ${index}`)
      expect(await Promise.all(wanted.map(add))).toEqual(wanted.map((name) => [[{ name }]]))
      expect((await names()).map(({ name }) => name).sort()).toEqual(wanted.sort())
    })

    test('are rejected before anything is sent if a parameter is missing', async () => {
      const { add, names, write } = await anEngine()
      const [refused] = await Promise.allSettled([write(['SELECT @missing'], {}), add('a')])
      expect(refused).toMatchObject({ status: 'rejected', reason: expect.any(TypeError) })
      expect(await names()).toEqual([{ name: 'a' }])
    })
  })
})
