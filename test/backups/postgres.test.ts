import { execFileSync } from 'node:child_process'
import { existsSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { copyDatabase, restoreDatabase } from '../../db/index.ts'
import { lastBackup } from '../../server/backups/index.ts'
import { aPaidOrder, backUp, LATER, restore } from '../support/backups.ts'
import {
  aBuyer,
  aDatabase,
  aNewOrder,
  anEvent,
  anInstance,
  NOW,
  placeOrder,
  type TestDatabase,
} from '../support/database.ts'
import { onPostgres } from '../support/engines.ts'
import { until } from '../support/until.ts'
import { aFolder } from '../support/workplace.ts'

onPostgres((engine) => {
  test('a restore doesn’t make the folder that was chosen for backups, since its disk may not be mounted', async () => {
    const { file } = await backUp(await aDatabase(engine))
    const folder = join(aFolder(), 'not-mounted', 'shop')
    const empty = { url: await engine.anEmptyDatabase() }
    await expect(restore(file, empty, { folder, isFolderChosen: true })).rejects.toMatchObject({
      name: 'BackupError',
      message: expect.stringMatching(/^There is no folder .*not-mounted\/shop, .*Nothing was changed\./),
    })
    expect(existsSync(join(folder, '..'))).toBe(false)
  })

  test('a backup comes back in an empty database, and in one with newer sales together with those', async () => {
    const db = await aDatabase(engine)
    const paid = await aPaidOrder(db)
    const open = await placeOrder(db, aNewOrder({ buyer: await aBuyer(db) }))
    const { file, manifest } = await backUp(db)
    expect(manifest).toMatchObject({ engine: 'postgres', counts: { orders: 2, payments: 1 } })
    expect(await lastBackup({ databaseUrl: db.url })).toMatchObject({ madeAt: NOW, file })

    const empty = { url: await engine.anEmptyDatabase() }
    expect(await restore(file, empty)).toMatchObject({ aside: undefined, polled: 1 })
    const found = await anInstance(empty.url)
    expect(await found.isPaid(paid.intent)).toBe(true)
    expect(await found.claimDuePolls(LATER, 10)).toEqual([open.intent])

    const only = await aPaidOrder(db, LATER)
    await db.settle(anEvent(open), LATER)
    await db.close()
    const asked: unknown[] = []
    expect(await restore(file, db, { decide: (replaced) => asked.push(replaced) === 0 })).toBeUndefined()
    expect(asked).toEqual([{ orders: 1, payments: 2, obstacle: undefined }])
    const aside = (await restore(file, db))?.aside
    expect(aside).toContain('before_restore_20260101t010000z')
    const again = await anInstance(db.url)
    for (const order of [paid, open, only]) {
      expect(await again.isPaid(order.intent)).toBe(true)
      expect(await again.holdsEntitlement(order.buyer, 'article', LATER)).toBe(true)
    }
    expect(await db.query('SELECT count(*) AS number FROM before_restore_20260101t010000z.payments')).toEqual(
      [{ number: 3 }],
    )
    expect((await backUp(db)).manifest.counts.payments).toBe(3) // without what was set aside

    const [drop = ''] = /DROP SCHEMA .*?;/.exec(aside ?? '') ?? []
    await engine.execute(db.url, drop)
    expect(
      await db.query(`SELECT nspname AS name FROM pg_namespace WHERE nspname LIKE 'before_restore_%'`),
    ).toEqual([])
    expect((await backUp(db)).manifest.counts.payments).toBe(3)
    expect(await again.isPaid((await aPaidOrder(again)).intent)).toBe(true)
  })

  const askServer = (sql: string) => engine.query(process.env.TEST_DATABASE_URL ?? '', sql)
  const nameOf = ({ url }: { url: string }) => new URL(url).pathname.slice(1)
  /** Changes a setting of a database for the connections that are opened from now on. */
  const set = (db: { url: string }, setting: string) =>
    askServer(`ALTER DATABASE "${nameOf(db)}" SET ${setting}`)

  test('a server that ends transactions in which nothing happens is backed up all the same', async () => {
    const db = await aDatabase(engine)
    await set(db, `idle_in_transaction_session_timeout = '20ms'`)
    expect((await backUp(db)).manifest).toMatchObject({ engine: 'postgres' })
  })

  test('what extensions have in the schema of the shop stays there when a backup is restored', async () => {
    const db = await aDatabase(engine)
    await engine.execute(
      db.url,
      `CREATE TABLE places (id INTEGER); ALTER EXTENSION plpgsql ADD TABLE places;
       CREATE FUNCTION nearest() RETURNS INTEGER LANGUAGE sql AS 'SELECT 1'; ALTER EXTENSION plpgsql ADD FUNCTION nearest();
       CREATE PROCEDURE merchants() LANGUAGE sql AS ''`,
    )
    const { file } = await backUp(db)
    await db.close()
    await restore(file, db)
    await restore(file, db, { now: LATER + 1_000 })
    expect(await db.query('SELECT public.nearest() AS found FROM public.places')).toEqual([])
    const find = `SELECT pronamespace::regnamespace::text AS schema FROM pg_proc WHERE proname = 'merchants' ORDER BY 1`
    expect((await db.query(find)).map(({ schema }) => schema)).toEqual([
      'before_restore_20260101t010000z',
      'before_restore_20260101t010001z',
      'public',
    ])
  })

  // Migrations of a merchant's own may add anything.
  const ADDITIONS = {
    'a view': 'CREATE VIEW added AS SELECT id FROM orders',
    'a materialized view': 'CREATE MATERIALIZED VIEW added AS SELECT id FROM orders',
    'a table with a column that counts':
      'CREATE TABLE added (id SERIAL, other INT GENERATED ALWAYS AS IDENTITY)',
    'a table in partitions':
      'CREATE TABLE added (id INT) PARTITION BY RANGE (id); CREATE TABLE part PARTITION OF added DEFAULT',
    'a sequence': 'CREATE SEQUENCE added',
    'an enum': `CREATE TYPE added AS ENUM ('high', 'low')`,
    'a domain': 'CREATE DOMAIN added AS TEXT',
    'a range': 'CREATE TYPE added AS RANGE (subtype = date)',
    'a composite type, and a function of it':
      'CREATE TYPE added AS (a INT); CREATE FUNCTION of_added(added) RETURNS INT LANGUAGE sql AS $$ SELECT 1 $$',
    'a function of rows': 'CREATE FUNCTION added(orders) RETURNS TEXT LANGUAGE sql AS $$ SELECT $1.id $$',
    'an aggregate': 'CREATE AGGREGATE added(INT) (SFUNC = int4pl, STYPE = INT)',
    'an operator': 'CREATE OPERATOR #### (LEFTARG = INT, RIGHTARG = INT, FUNCTION = int4pl)',
    statistics: 'CREATE STATISTICS added ON buyer, product FROM orders',
    'a collation': `CREATE COLLATION added (LOCALE = 'C')`,
    'a configuration of searches': 'CREATE TEXT SEARCH CONFIGURATION added (COPY = simple)',
  }

  test.each(Object.entries(ADDITIONS))(
    'a backup is restored over a schema that contains %s, whether it has that or not',
    async (_, addition) => {
      const db = await aDatabase(engine)
      const before = await backUp(db)
      await engine.execute(db.url, addition)
      const after = await backUp(db)
      await db.close()
      const count = async () => {
        const found = await db.query(`SELECT count(*) AS number FROM pg_depend
          WHERE refclassid = 'pg_namespace'::regclass AND refobjid = 'public'::regnamespace AND deptype = 'n'`)
        await engine.disconnect(db.url)
        return Number(found[0]?.number)
      }
      const added = await count()
      await restore(after.file, db)
      expect(await count()).toBe(added)
      await restore(before.file, db, { now: LATER + 1_000 })
      expect(await count()).toBeLessThan(added)
    },
  )

  test('no instance can start while a restore runs, also on a server that ends idle sessions', async () => {
    const db = await aDatabase(engine)
    const folder = aFolder()
    const { file, migrations } = await copyDatabase(db.url, folder)
    await db.close()
    await set(db, `idle_session_timeout = '300ms'`)
    const findIdle = `
      SELECT state_change < clock_timestamp() - interval '1 s' AS "isLong" FROM pg_stat_activity
      WHERE datname = '${nameOf(db)}' AND state = 'idle'`
    const found: unknown[] = []
    const beforeSwap = async () => {
      await until(async () => (await askServer(findIdle))[0]?.isLong !== false)
      found.push(...(await askServer(findIdle)))
    }
    const terms = { mode: 'sandbox', migrations, now: LATER, lastBackup: '', decide: () => true } as const
    await restoreDatabase(db.url, { ...terms, copy: join(folder, file), beforeSwap })
    expect(found).toEqual([{ isLong: true }])
  })

  /** pg_restore of a later version: it also sets what this server doesn't know. */
  async function withLaterClientPrograms<T>(work: () => Promise<T>): Promise<T> {
    const folder = aFolder()
    const { PATH = '' } = process.env
    const restore = execFileSync('which', ['pg_restore'], { encoding: 'utf8' }).trim()
    const script = `#!/bin/sh\n'${restore}' "$@" | sed '0,/^SET /s//SET unknown_timeout = 0;\\nSET /'\n`
    writeFileSync(join(folder, 'pg_restore'), script, { mode: 0o700 })
    process.env.PATH = `${folder}${delimiter}${PATH}`
    try {
      return await work()
    } finally {
      process.env.PATH = PATH
    }
  }

  test('a backup is restored by client programs that know more settings than the server, with each text in it', async () => {
    const db = await aDatabase(engine)
    const { intent } = await aPaidOrder(db)
    await engine.execute(
      db.url,
      `CREATE TABLE notes (text TEXT); INSERT INTO notes VALUES ('SET unknown_timeout = 0;')`,
    )
    const { file } = await backUp(db)
    const empty = { url: await engine.anEmptyDatabase() }
    await withLaterClientPrograms(() => restore(file, empty))
    expect(await (await anInstance(empty.url)).isPaid(intent)).toBe(true)
    expect(await engine.query(empty.url, 'SELECT text FROM notes')).toEqual([
      { text: 'SET unknown_timeout = 0;' },
    ])
  })

  test('a program that is about to leave the database is waited for', async () => {
    const db = await aDatabase(engine)
    const { file } = await backUp(db)
    await db.close()
    const restored = restore(file, db)
    const hasLooked = `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND query LIKE '%pg_backend_pid%'
      AND pid <> pg_backend_pid()`
    await until(async () => (await engine.query(db.url, hasLooked)).length > 0)
    await engine.disconnect(db.url)
    expect(await restored).toMatchObject({ polled: 0 })
  })

  test('a restore is refused while the shop runs, and changes nothing', async () => {
    const db = await aDatabase(engine)
    const { file } = await backUp(db)
    const order = await aPaidOrder(db, LATER)
    await expect(restore(file, db)).rejects.toThrow(/shop is running/)
    expect(await db.isPaid(order.intent)).toBe(true)
  })

  test('a restore is refused by a lease of seconds ago, but not by one that a clock wrote which was ahead', async () => {
    const db = await aDatabase(engine)
    const { file } = await backUp(db)
    const lease = (endsInMs: number) => db.query(`UPDATE leases SET expires_at = ${LATER + endsInMs}`)
    await db.query(`INSERT INTO leases VALUES ('poll', 'another', 0)`)
    await lease(20_000)
    await db.close()
    await expect(restore(file, db)).rejects.toThrow('another machine had work to do seconds ago')
    await lease(86_400_000)
    await engine.disconnect(db.url)
    expect(await restore(file, db)).toMatchObject({ polled: 0 })
  })

  describe('a restore that fails says why, and the tables are as they were:', () => {
    /** Restores the dump of a shop in another one. `spoil` changes the dump, or the other database. */
    async function restoreDump(
      spoil: (dump: string, db: TestDatabase) => unknown,
      beforeSwap = async () => undefined,
    ) {
      const [source, db] = [await aDatabase(engine), await aDatabase(engine)]
      const order = await aPaidOrder(db)
      const folder = aFolder()
      const { file, migrations } = await copyDatabase(source.url, folder)
      const copy = join(folder, file)
      await db.close()
      await spoil(copy, db)
      const terms = { mode: 'sandbox', migrations, now: LATER, lastBackup: '', decide: () => true } as const
      try {
        return await restoreDatabase(db.url, { ...terms, copy, beforeSwap })
      } finally {
        const [paid] = await engine.query(db.url, 'SELECT intent FROM public.payments')
        expect(paid).toEqual({ intent: order.intent })
      }
    }
    const nothing = () => undefined

    test('what was to be done before fails', async () => {
      const fail = () => Promise.reject(new Error('no space for the sandbox'))
      await expect(restoreDump(nothing, fail)).rejects.toThrow(/^no space for the sandbox$/)
    })

    test('pg_restore refuses the dump, at its beginning or in its middle', async () => {
      await expect(restoreDump((dump) => writeFileSync(dump, 'no dump'))).rejects.toThrow(
        /^pg_restore failed: .*input file/,
      )
      await expect(
        restoreDump((dump) => truncateSync(dump, Math.floor(statSync(dump).size / 2))),
      ).rejects.toThrow(/^pg_restore failed: .*could not read from input file/)
    })

    test('psql refuses what is in it', async () => {
      const inTheWay =
        'DROP INDEX payments_of_order; CREATE VIEW payments_of_order AS SELECT 1; ALTER EXTENSION plpgsql ADD VIEW payments_of_order'
      await expect(restoreDump((_, db) => engine.execute(db.url, inTheWay))).rejects.toThrow(
        /^psql failed: .*"payments_of_order" already exists/,
      )
    })

    test('it is of another schema', async () => {
      const elsewhere = (_: string, { url }: TestDatabase) =>
        engine.execute(
          url,
          `CREATE SCHEMA other; ALTER DATABASE "${new URL(url).pathname.slice(1)}" SET search_path TO other`,
        )
      await expect(restoreDump(elsewhere)).rejects.toThrow(/^The backup has no tables in the schema other/)
    })
  })

  test('a backup by an older version is upgraded, one by a newer version is refused', async () => {
    const db = await aDatabase(engine)
    const { file, manifest } = await backUp(db)
    const empty = { url: await engine.anEmptyDatabase() }
    await restore(file, empty)
    expect(await engine.query(empty.url, 'SELECT count(*) AS number FROM migrations')).toEqual([
      { number: manifest.migrations.length },
    ])
    await db.query(`INSERT INTO migrations (name, sha256) VALUES ('999-later.sql', '${'0'.repeat(64)}')`)
    const newer = await backUp(db)
    await expect(restore(newer.file, { url: await engine.anEmptyDatabase() })).rejects.toThrow(
      '999-later.sql',
    )
  })
})
