import { describe, expect, test } from '@jest/globals'
import { READERS } from '../../db/engines/postgres/pool.ts'
import { closeServer, openServer } from '../../db/engines/postgres/server.ts'
import { commitGroup, readRows, type Unit } from '../../db/engines/postgres/transaction.ts'
import { DatabaseUnavailable, openDatabase } from '../../db/index.ts'
import { backUp } from '../support/backups.ts'
import { aBuyer, aNewOrder, anEvent, asShopAsks, NOW, placeOrder } from '../support/database.ts'
import { onPostgres, postgres, withClient } from '../support/engines.ts'
import { aPooler, keepsStatements, pgBouncer } from '../support/pgbouncer.ts'
import { describeUnless } from '../support/skipping.ts'
import { later } from '../support/workplace.ts'

const CLIENTS = 10
const SESSION = { mode: 'session', connections: 30 } as const // enough for each client of two shops to have its own
const LOSING = { mode: 'transaction', prepared: 0 } as const
const KEEPING = { mode: 'transaction', prepared: 200 } as const // PgBouncer's own default, since 1.24
const CROWDED = { mode: 'transaction', prepared: 2 } as const // so that it drops statements that are still in use

type Pool = (typeof SESSION | typeof LOSING | typeof KEEPING | typeof CROWDED) & { connections?: number }

/** Accounts from 0 to 9, and the shop's connections to them, with a pooler before the server. */
async function accounts(pool: Pool) {
  const url = await postgres.anEmptyDatabase()
  await postgres.execute(
    url,
    `CREATE TABLE accounts AS SELECT id, 0 AS value FROM generate_series(0, 9) AS id;
     CREATE TABLE steps (unit BIGINT, backend BIGINT, transaction TEXT)`,
  )
  const pooled = await aPooler(url, pool)
  const warnings: string[] = []
  const server = await openServer(
    pooled,
    async () => undefined,
    (message) => warnings.push(message),
  )
  later(() => closeServer(server))
  const query = (sql: string) => postgres.query(url, sql)
  return {
    url,
    pooled,
    server,
    warnings,
    query,
    values: () => query('SELECT value FROM accounts ORDER BY id'),
    commit: (...units: Unit[]) => commitGroup(server, units),
  }
}

const add = (value: number, id: number) => ({
  name: 'add',
  text: 'UPDATE accounts SET value = value + $1 WHERE id = $2',
  values: [value, id],
})

const FIND_VALUE = { name: 'read', text: 'SELECT value FROM accounts WHERE id = $1' }

const note = (unit: number) => ({
  name: 'note',
  text: 'INSERT INTO steps VALUES ($1, pg_backend_pid(), txid_current())',
  values: [unit],
})

const ACCOUNTS = Array.from({ length: 10 }, (_, id) => id)
const EACH_TENTH = ACCOUNTS.map((id) => id * 10)

const FAILING = { text: 'SELECT 1 / 0', values: [] }

/** Moves 1 from one account to another, and notes before, between and after in which transaction. */
function aTransfer(unit: number): Unit {
  const from = unit % 10
  return [note(unit), add(-1, from), note(unit), add(1, (from + 1) % 10), note(unit)]
}

const testUnits = (pool: Pool) => {
  test('each unit is one transaction, however many share the connections', async () => {
    const { commit, query, values } = await accounts(pool)
    const committed: number[] = []
    const transfer = async (unit: number) => {
      const result = await commit(aTransfer(unit))
      if ('alone' in result) await Promise.all(result.alone)
      else if ('failed' in result) throw result.error
      committed.push(unit)
    }
    // A machine that is busy with something else may refuse some of them in time: those changed all or nothing, too.
    const client = async (first: number) => {
      for (const unit of EACH_TENTH) await transfer(first + unit).catch(expectUnavailable)
    }
    await Promise.all(Array.from({ length: CLIENTS }, (_, first) => client(first)))
    const transactions = await query(
      'SELECT unit, COUNT(*) AS steps FROM steps GROUP BY unit, backend, transaction',
    )
    expect(transactions).toEqual(transactions.map(({ unit }) => ({ unit, steps: 3 })))
    const units = transactions.map(({ unit }) => unit as number)
    expect(new Set(units).size).toBe(units.length)
    expect(units).toEqual(expect.arrayContaining(committed))
    expect(committed).not.toEqual([])
    const moved = (account: number) => units.filter((unit) => unit % 10 === account).length
    expect(await values()).toEqual(ACCOUNTS.map((id) => ({ value: moved((id + 9) % 10) - moved(id) })))
  })

  test('a unit that fails changes nothing, and its error is the first one', async () => {
    const { commit, values } = await accounts(pool)
    const result = await commit([add(1, 2)], [add(1, 0), FAILING, add(1, 1)], [add(1, 3)])
    expect(result).toMatchObject({ failed: 1, error: { message: 'division by zero' } })
    expect(await commit([add(1, 4)], [add(1, 5)])).toEqual({ rows: [[[]], [[]]] })
    expect(await values()).toEqual([0, 0, 0, 0, 1, 1, 0, 0, 0, 0].map((value) => ({ value })))
  })

  test('connections work again behind units that failed', async () => {
    const { commit, values } = await accounts(pool)
    await Promise.all(Array.from({ length: CLIENTS * 2 }, () => commit([add(1, 0), FAILING])))
    await Promise.all(Array.from({ length: 10 }, (_, id) => commit([add(1, id)])))
    expect(await values()).toEqual(Array.from({ length: 10 }, () => ({ value: 1 })))
  })

  test('a unit is durable when it is answered, whatever the server is set to', async () => {
    const { url, commit, query } = await accounts(pool)
    await query(`ALTER DATABASE ${new URL(url).pathname.slice(1)} SET synchronous_commit = off`)
    const show = { text: 'SHOW synchronous_commit', values: [] }
    await postgres.query(
      url,
      'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()',
    )
    expect(await eventually(() => commit([show]))).toEqual({ rows: [[[{ synchronous_commit: 'on' }]]] })
  })

  test('nothing of the shop’s settings meets the programs that share the pool', async () => {
    const { server, pooled, commit } = await accounts(pool)
    await commit([add(1, 0)])
    await readRows(server, { name: 'read', text: 'SELECT 1 AS one', values: [] })
    const SETTINGS = `
      SELECT name, setting, source FROM pg_settings
      WHERE name LIKE '%\\_timeout' OR name IN ('synchronous_commit', 'enable_seqscan', 'jit')`
    const changed = (rows: Record<string, unknown>[]) => rows.filter(({ source }) => source === 'session')
    await withClient(pooled, async (other) => expect(changed((await other.query(SETTINGS)).rows)).toEqual([]))
  })

  test('two shops share it: a buyer who hasn’t paid gets nothing from either, and one who has gets it from both', async () => {
    const url = await aPooler(await postgres.anEmptyDatabase(), pool)
    const shops = await Promise.all(
      [1, 2].map(async () => {
        const db = await openDatabase({ url, mode: 'sandbox' })
        later(() => db.close())
        return asShopAsks(db)
      }),
    )
    const [one, other] = shops as [(typeof shops)[0], (typeof shops)[0]]
    await Promise.all(
      Array.from({ length: CLIENTS }, async (_, index) => {
        const [first, second] = index % 2 ? [one, other] : [other, one]
        const buyer = await aBuyer(first)
        const order = await placeOrder(second, aNewOrder({ buyer }))
        for (const shop of shops) expect(await shop.findPurchase(buyer, 'article', NOW)).toBeUndefined()
        expect(await first.settleByEvent(anEvent(order), false, NOW)).toBe('applied')
        expect(await second.settleByEvent(anEvent(order), false, NOW)).toBe('duplicate')
        for (const shop of shops) expect(await shop.findPurchase(buyer, 'article', NOW)).toBeDefined()
      }),
    )
  })
}

/** The result of the first attempt that doesn't meet a connection which was cut. */
async function eventually<T extends object>(attempt: () => Promise<T>): Promise<T> {
  for (;;) {
    const result = await attempt()
    if (!('error' in result)) return result
  }
}

function expectUnavailable(error: unknown): void {
  expect(error).toBeInstanceOf(DatabaseUnavailable)
}

/** Makes a backup of a shop's database through a pooler. */
async function backUpThrough(pool: Pool) {
  const url = await aPooler(await postgres.anEmptyDatabase(), pool)
  const db = await openDatabase({ url, mode: 'sandbox' })
  later(() => db.close())
  return backUp({ url })
}

const testSessions = () => {
  testUnits(SESSION)

  test('a backup is made through it', async () => {
    expect((await backUpThrough(SESSION)).manifest).toMatchObject({ engine: 'postgres' })
  })

  test('prepared statements are used, and there is nothing to say', async () => {
    const { server, warnings } = await accounts(SESSION)
    expect(server.keepsStatements).toBe(true)
    expect(warnings).toEqual([])
  })
}

const testLosing = () => {
  testUnits(LOSING)

  test.each([1, 2, 3, 4])(
    'no backup is made through %d connections, since pg_dump would change them',
    async (connections) => {
      await expect(backUpThrough({ ...LOSING, connections })).rejects.toThrow(
        /one transaction at a time.* through the server’s own address/,
      )
    },
  )

  test('the start finds out that prepared statements are lost, and says so once', async () => {
    const { server, warnings, commit, query } = await accounts(LOSING)
    await Promise.all(Array.from({ length: CLIENTS }, (_, id) => commit([add(1, id)])))
    expect(server.keepsStatements).toBe(false)
    expect(warnings).toEqual([expect.stringContaining('Use session mode, or PgBouncer 1.21 or later')])
    expect(await query('SELECT SUM(value) AS sum FROM accounts')).toEqual([{ sum: 10 }])
  })

  test.each(['unit', 'read'])('so does the first %s that is lost, if the start was lucky', async (what) => {
    const { pooled, server, warnings, commit, values } = await accounts(LOSING)
    server.keepsStatements = true
    const send = async () => {
      if (what === 'read') return readRows(server, { ...FIND_VALUE, values: [0] })
      const result = await commit([add(1, 0)])
      return 'alone' in result ? Promise.all(result.alone) : undefined
    }
    await send()
    await withClient(pooled, async (client) => {
      await client.query('BEGIN') // takes the connection that knows the statement: PgBouncer lends the one that was used last
      await send()
      await client.query('COMMIT')
    })
    expect((await values())[0]).toEqual({ value: what === 'read' ? 0 : 2 })
    expect(warnings).toHaveLength(2) // one of the start, one now
  })

  test('a pool of a single connection is enough', async () => {
    const url = await aPooler(await postgres.anEmptyDatabase(), { ...LOSING, connections: 1 })
    const server = await openServer(
      url,
      async () => undefined,
      () => undefined,
    )
    later(() => closeServer(server))
    expect(server.keepsStatements).toBe(false)
    expect(await readRows(server, { text: 'SELECT 1 AS one', values: [] })).toEqual([{ one: 1 }])
  })
}

const testKeeping = (pool: Pool) => {
  testUnits(pool)

  test('prepared statements are used, and each connection runs the right one', async () => {
    const { server, warnings, commit } = await accounts(pool)
    const ask = async (number: number) => {
      const query = { name: `number_${number}`, text: `SELECT ${number} AS number`, values: [] }
      expect(await readRows(server, query)).toEqual([{ number }])
      expect(await commit([query], [query])).toEqual({ rows: [[[{ number }]], [[{ number }]]] })
    }
    for (const _ of ACCOUNTS) await Promise.all(ACCOUNTS.slice(0, READERS).map(ask))
    expect(server.keepsStatements).toBe(true)
    expect(warnings).toEqual([])
  })

  test('statements behind one that failed are prepared again', async () => {
    const { server, warnings, commit, values } = await accounts(pool)
    const fail = { name: 'fail', text: 'SELECT 1 / $1::int AS one', values: [0] }
    for (const id of ACCOUNTS) {
      expect(await commit([fail, { ...add(1, id), name: `add_${id}` }])).toMatchObject({ failed: 0 })
      expect(await commit([{ ...add(1, id), name: `add_${id}` }])).toEqual({ rows: [[[]]] })
    }
    expect(await values()).toEqual(ACCOUNTS.map(() => ({ value: 1 })))
    expect(server.keepsStatements).toBe(true)
    expect(warnings).toEqual([])
  })
}

const tests = () => {
  describe('in session mode', testSessions)
  describe('in transaction mode', testLosing)
  const describeKept = describeUnless(!keepsStatements && 'PgBouncer is older than 1.21')
  describeKept('in transaction mode, with prepared statements', () => testKeeping(KEEPING))
  describeKept('in transaction mode, with more statements than it keeps', () => testKeeping(CROWDED))

  test('in statement mode, the shop says why it cannot start', async () => {
    const url = await aPooler(await postgres.anEmptyDatabase(), { mode: 'statement' })
    await expect(openDatabase({ url, mode: 'sandbox' })).rejects.toThrow(/pool_mode = transaction or session/)
  })
}

onPostgres(() => {
  if (pgBouncer) describe('behind PgBouncer', tests)
  else if (process.env.REQUIRE_ALL === '1') test('PgBouncer is installed', failWithoutPgBouncer)
  else describeUnless('no PgBouncer')('behind PgBouncer', tests)
})

function failWithoutPgBouncer(): never {
  throw new Error('REQUIRE_ALL=1 needs PgBouncer: apt-get install pgbouncer')
}
