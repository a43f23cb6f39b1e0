import { describe, expect, test } from '@jest/globals'
import type pg from 'pg'
import type { Row } from '../../db/engines/driver.ts'
import { type Query, sendTogether } from '../../db/engines/postgres/exchange.ts'
import { openPostgres } from '../../db/engines/postgres/index.ts'
import { closeServer, openServer } from '../../db/engines/postgres/server.ts'
import { runTransaction } from '../../db/engines/postgres/transaction.ts'
import { DatabaseUnavailable } from '../../db/index.ts'
import { onPostgres, postgres, withClient } from '../support/engines.ts'
import { later } from '../support/workplace.ts'

const DEADLINE_MS = 10_000
const PREAMBLE = 2 // statements before those of the units

async function aTable() {
  const url = await postgres.anEmptyDatabase()
  await postgres.execute(url, 'CREATE TABLE things (name TEXT NOT NULL PRIMARY KEY, serial SERIAL)')
  return { url, names: () => postgres.query(url, 'SELECT name FROM things ORDER BY serial') }
}

/** One connection, on which transactions are sent. */
async function aConnection() {
  const table = await aTable()
  const server = await openServer(
    table.url,
    async () => undefined,
    () => undefined,
  )
  later(() => closeServer(server))
  const client = await server.writers.connect()
  later(() => client.release())
  return {
    ...table,
    server,
    client,
    /** Resolves with the error that it failed with, and the number of statements before that one. */
    async transact(queries: readonly Query[]) {
      const answers: Row[][] = []
      const options = { lockMs: 1_000, giveUpAt: performance.now() + DEADLINE_MS, answers }
      try {
        return { rows: await runTransaction(server, client, queries, options) }
      } catch (error) {
        await client.query('ROLLBACK')
        return { failed: answers.length - PREAMBLE, error }
      }
    },
    send: (queries: readonly Query[]) =>
      sendTogether(client, queries, { statements: server.statements, timeoutMs: DEADLINE_MS, answers: [] }),
  }
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

interface Packet {
  handleCommandComplete(message: { text: string }): void
  handleReadyForQuery(): void
}

function answer(packet: Packet, text: string): void {
  packet.handleCommandComplete({ text })
  packet.handleReadyForQuery()
}

const insert = (name: string | null): Query => ({
  name: 'insert',
  text: 'INSERT INTO things (name) VALUES ($1) RETURNING name',
  values: [name],
})

const FAILING: Query = { text: 'SELECT 1 / 0', values: [] }

onPostgres(() => {
  describe('a transaction that is sent at once', () => {
    test('is committed as a whole, with the rows of each statement', async () => {
      const { transact, names } = await aConnection()
      const result = await transact([insert('a'), { text: 'SELECT 2 AS two', values: [] }, insert('b')])
      expect(result).toEqual({ rows: [[{ name: 'a' }], [{ two: 2 }], [{ name: 'b' }]] })
      expect(await names()).toEqual([{ name: 'a' }, { name: 'b' }])
    })

    test('gives the same rows when its statements were prepared before', async () => {
      const { transact } = await aConnection()
      const everything = {
        name: 'everything',
        text: `SELECT CAST($1 AS BIGINT) AS big, CAST($2 AS TEXT) AS text, CAST(NULL AS TEXT) AS nothing, 0.5::float8 AS half`,
        values: [2 ** 53 - 1, 'ü'],
      }
      const rows = [[{ big: 2 ** 53 - 1, text: 'ü', nothing: null, half: 0.5 }]]
      for (let time = 0; time < 3; time++) expect(await transact([everything])).toEqual({ rows })
    })

    test('is rolled back as a whole, and reports the first statement that failed', async () => {
      const { transact, names } = await aConnection()
      const result = await transact([insert('a'), FAILING, insert('b'), insert(null)])
      expect(result).toMatchObject({ failed: 1, error: { code: '22012', message: 'division by zero' } })
      expect(await names()).toEqual([])
    })

    test('leaves its connection usable when it fails, even before a statement was prepared', async () => {
      const { client, transact, names } = await aConnection()
      await transact([FAILING, insert('a')])
      await transact([insert(null), insert('a')])
      expect(client.getTransactionStatus()).toBe('I')
      expect(await transact([insert('b')])).toEqual({ rows: [[{ name: 'b' }]] })
      expect(await names()).toEqual([{ name: 'b' }])
    })

    test('does nothing after a BEGIN that failed', async () => {
      const { send, names } = await aConnection()
      const packet = [{ text: 'BEGIN OF NOTHING', values: [] }, insert('a'), { text: 'COMMIT', values: [] }]
      await expect(send(packet)).rejects.toThrow('syntax error')
      expect(await names()).toEqual([])
    })

    test('fails with its commit', async () => {
      const { client, transact, names } = await aConnection()
      await client.query(
        'CREATE TABLE pairs (name TEXT REFERENCES things (name) DEFERRABLE INITIALLY DEFERRED)',
      )
      const orphan = { text: 'INSERT INTO pairs (name) VALUES ($1)', values: ['nobody'] }
      const result = await transact([insert('a'), orphan])
      expect(result).toMatchObject({ failed: 2, error: { code: '23503' } })
      expect(await names()).toEqual([])
    })

    test('is not called committed when the answer to COMMIT is ROLLBACK', async () => {
      const { server } = await aConnection()
      const rollback = { query: (packet: Packet) => answer(packet, 'ROLLBACK') } as unknown as pg.Client
      const options = { lockMs: 1_000, giveUpAt: performance.now() + DEADLINE_MS }
      await expect(runTransaction(server, rollback, [insert('a')], options)).rejects.toThrow(
        DatabaseUnavailable,
      )
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
