import { describe, expect, test } from '@jest/globals'
import pg from 'pg'
import { commitGroup, type Unit } from '../../db/engines/postgres/transaction.ts'
import { onPostgres, postgres } from '../support/engines.ts'
import { aTransactionPooler, pgBouncer } from '../support/pgbouncer.ts'
import { later } from '../support/workplace.ts'

const CLIENTS = 10

/** Accounts from 0 to 9, and a pool of the kind that the shop has, but with a pooler before the server. */
async function accounts() {
  const url = await postgres.anEmptyDatabase()
  await postgres.execute(
    url,
    `CREATE TABLE accounts AS SELECT id, 0 AS value FROM generate_series(0, 9) AS id;
     CREATE TABLE steps (unit BIGINT, backend BIGINT, transaction TEXT)`,
  )
  const connectionString = await aTransactionPooler(url)
  const pool = new pg.Pool({ connectionString, pipeline: true, max: CLIENTS })
  later(() => pool.end())
  const query = (sql: string) => postgres.query(url, sql)
  return { pool, query, values: () => query('SELECT value FROM accounts ORDER BY id') }
}

// Without names: until its version 1.21, PgBouncer doesn't know which server has prepared what.
const add = (value: number, id: number) => ({
  text: 'UPDATE accounts SET value = value + $1 WHERE id = $2',
  values: [value, id],
})

const note = (unit: number) => ({
  text: 'INSERT INTO steps VALUES ($1, pg_backend_pid(), txid_current())',
  values: [unit],
})

/** Moves 1 from one account to another, and notes before, between and after in which transaction. */
function aTransfer(unit: number): Unit {
  const from = unit % 10
  return [note(unit), add(-1, from), note(unit), add(1, (from + 1) % 10), note(unit)]
}

const tests = () => {
  test('each unit is one transaction, however many share the connections', async () => {
    const { pool, query, values } = await accounts()
    const units = Array.from({ length: 100 }, (_, unit) => aTransfer(unit))
    const results = await Promise.all(units.map((unit) => commitGroup(pool, [unit])))
    for (const result of results) if ('alone' in result) await Promise.all(result.alone)
    expect(await values()).toEqual(Array.from({ length: 10 }, () => ({ value: 0 })))
    const transactions = 'SELECT unit, COUNT(*) AS steps FROM steps GROUP BY unit, backend, transaction'
    expect(
      await query(`SELECT DISTINCT steps, COUNT(*) AS units FROM (${transactions}) AS t GROUP BY steps`),
    ).toEqual([{ steps: 3, units: 100 }])
  })

  test('a unit that fails changes nothing, and its error is the first one', async () => {
    const { pool, values } = await accounts()
    const failing = [add(1, 0), { text: 'SELECT 1 / 0' }, add(1, 1)]
    const result = await commitGroup(pool, [[add(1, 2)], failing, [add(1, 3)]])
    expect(result).toMatchObject({ failed: 1, error: { message: 'division by zero' } })
    expect(await commitGroup(pool, [[add(1, 4)], [add(1, 5)]])).toEqual({ rows: [[[]], [[]]] })
    expect(await values()).toEqual([0, 0, 0, 0, 1, 1, 0, 0, 0, 0].map((value) => ({ value })))
  })

  test('connections work again behind units that failed', async () => {
    const { pool, values } = await accounts()
    const failing = [add(1, 0), { text: 'SELECT 1 / 0' }]
    await Promise.all(Array.from({ length: CLIENTS * 2 }, () => commitGroup(pool, [failing])))
    await Promise.all(Array.from({ length: 10 }, (_, id) => commitGroup(pool, [[add(1, id)]])))
    expect(await values()).toEqual(Array.from({ length: 10 }, () => ({ value: 1 })))
  })
}

onPostgres(() => {
  if (pgBouncer) describe('behind PgBouncer, which lends a connection for a transaction', tests)
  else if (process.env.REQUIRE_ALL === '1') test('PgBouncer is installed', failWithoutPgBouncer)
  else describe.skip('behind PgBouncer (skipped: no PgBouncer)', tests)
})

function failWithoutPgBouncer(): never {
  throw new Error('REQUIRE_ALL=1 needs PgBouncer: apt-get install pgbouncer')
}
