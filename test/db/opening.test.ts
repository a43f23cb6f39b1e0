import { readFileSync } from 'node:fs'
import { expect, test } from '@jest/globals'
import { migrate } from '../../db/engines/migrate.ts'
import { isOwn, readMigrations, scriptFor } from '../../db/engines/migrations.ts'
import { openPostgres } from '../../db/engines/postgres/index.ts'
import { openSqlite } from '../../db/engines/sqlite/index.ts'
import { DatabaseRefused, openDatabase } from '../../db/index.ts'
import { anInstance, NOW } from '../support/database.ts'
import { type Engine, onEveryEngine, sqlite } from '../support/engines.ts'

onEveryEngine((engine) => {
  const open = (url: string, mode: 'sandbox' | 'live' = 'sandbox') => openDatabase({ url, mode })

  test('a live database is not opened in sandbox mode, nor the other way round', async () => {
    const url = await engine.anEmptyDatabase()
    await (await open(url, 'live')).close()
    await expect(open(url, 'sandbox')).rejects.toThrow('belongs to CODE_MODE=live')
    await (await open(url, 'live')).close()
  })

  test('a database of a newer shop is left alone', async () => {
    const url = await engine.anEmptyDatabase()
    await (await open(url)).close()
    await engine.query(
      url,
      `INSERT INTO migrations VALUES ('999-from-the-future.sql', '${'0'.repeat(64)}', 1)`,
    )
    await expect(open(url)).rejects.toThrow('Migration 999-from-the-future.sql has run on this database')
  })

  test('an instance under which a newer shop has updated the database says so, but not after a migration of the merchant’s own', async () => {
    const url = await engine.anEmptyDatabase()
    const { ping } = await anInstance(url)
    const run = (name: string) =>
      engine.query(url, `INSERT INTO migrations VALUES ('${name}', '${'0'.repeat(64)}', 1)`)
    await run('500-mine.sql')
    await ping(NOW)
    await run('499-from-the-future.sql')
    await expect(ping(NOW)).rejects.toMatchObject({
      name: 'DatabaseUnavailable',
      reason: expect.stringContaining('a newer version of the shop has updated it'),
    })
  })

  test('a database of another program is left alone', async () => {
    const url = await engine.anEmptyDatabase()
    await engine.query(url, 'CREATE TABLE recipes (name TEXT)')
    await expect(open(url)).rejects.toThrow(DatabaseRefused)
  })

  test('one that only uses what is there neither makes a database nor upgrades one', async () => {
    const url = await engine.anEmptyDatabase()
    await engine.query(url, 'CREATE TABLE emptied (name TEXT)')
    await engine.query(url, 'DROP TABLE emptied') // so that there is a file, too
    const use = () => openDatabase({ url, mode: 'sandbox', upgrades: false })
    await expect(use()).rejects.toThrow('The database is empty. Start the shop, which sets it up')
    await (await open(url)).close()
    await engine.query(url, "DELETE FROM migrations WHERE name LIKE '02%'")
    await expect(use()).rejects.toThrow('has not been brought up to date yet (020-')
  })

  test('instances that start together make one database', async () => {
    const url = await engine.anEmptyDatabase()
    const instances = await Promise.all(Array.from({ length: 5 }, () => anInstance(url)))
    for (const instance of instances) await instance.ping(NOW)
    expect(await engine.query(url, `SELECT key, value FROM meta WHERE key <> 'pinged_at'`)).toEqual([
      { key: 'mode', value: 'sandbox' },
    ])
    expect(await engine.query(url, 'SELECT name FROM migrations ORDER BY name')).toEqual(
      readMigrations().map(({ name }) => ({ name })),
    )
  })

  test('the shop’s migrations make what the schema shows', async () => {
    const [bySchema, byMigrations] = [await engine.anEmptyDatabase(), await engine.anEmptyDatabase()]
    await engine.execute(bySchema, scriptFor(engine.name, readFileSync('db/schema.sql', 'utf8')))
    const migrations = readMigrations().filter(({ name }) => !isOwn(name)) // the schema is the same in every shop
    const migrated = await (engine === sqlite ? openSqlite : openPostgres)(
      byMigrations.replace(/^sqlite:/, ''),
      (database) => migrate(database, { mode: 'sandbox', now: NOW, migrations }),
    )
    await migrated.close()
    const shape = await shapeOf(engine, bySchema)
    expect(shape.length).toBeGreaterThan(10)
    expect(await shapeOf(engine, byMigrations)).toEqual(shape)
  })
})

test('a database of an earlier shop keeps its open orders', async () => {
  const url = await sqlite.anEmptyDatabase()
  for (const file of ['001-first.sql', '002-leases.sql', '003-open-orders-of-intent.sql'])
    await sqlite.execute(url, readFileSync(`db/migrations/${file}`, 'utf8'))
  await sqlite.execute(
    url,
    `INSERT INTO meta VALUES ('schema_version', '3'), ('mode', 'sandbox');
    INSERT INTO buyers VALUES ('b', 1), ('a', 1);
    INSERT INTO orders (intent, buyer, product, title, hundredths, currency, destination, client_secret, created_at)
    VALUES ('i', 'a', 'article', 'An article', 25, 'usd', 'd', 's', 1), ('j', 'b', 'article', 'An article', 25, 'usd', 'd', 't', 2);
    INSERT INTO open_orders VALUES ('b', 'article', 'j', 2), ('a', 'article', 'i', 1);`,
  )
  const db = await anInstance(url)
  const found = await db.findOpenOrder('a', 'article')
  expect(found).toMatchObject({ id: 'i', intent: 'i', clientSecret: 's', offeredAt: 1 })
  expect(await sqlite.query(url, 'SELECT * FROM open_orders ORDER BY buyer')).toEqual([
    { buyer: 'a', product: 'article', order_id: 'i', intent: 'i', offered_at: 1 },
    { buyer: 'b', product: 'article', order_id: 'j', intent: 'j', offered_at: 2 },
  ])
})

// Without the white space by which an added column differs.
const SQLITE_SHAPE = `
  SELECT type, name,
    replace(replace(replace(replace(replace(sql, char(10), ' '), '  ', ' '), '  ', ' '), ' , ', ', '), ' )', ')') AS sql
  FROM sqlite_schema
  ORDER BY name`

// Without the names of constraints: PostgreSQL numbers those that have none in the order in which they were made.
const POSTGRES_SHAPE = `
  SELECT table_name, column_name AS name, data_type AS type, is_nullable AS sql
  FROM information_schema.columns
  WHERE table_schema = current_schema()
  UNION ALL
  SELECT tablename, indexname, 'index', indexdef
  FROM pg_indexes
  WHERE schemaname = current_schema()
  UNION ALL
  SELECT conrelid::regclass::text, '', 'constraint', pg_get_constraintdef(oid)
  FROM pg_constraint
  WHERE connamespace = current_schema()::regnamespace
  UNION ALL
  SELECT event_object_table, trigger_name, 'trigger', action_timing || event_manipulation || action_statement
  FROM information_schema.triggers
  WHERE trigger_schema = current_schema()
  UNION ALL
  SELECT '', proname, 'function', prosrc
  FROM pg_proc
  WHERE pronamespace = current_schema()::regnamespace
  ORDER BY 1, 2, 3, 4`

function shapeOf(engine: Engine, url: string) {
  return engine.query(url, engine === sqlite ? SQLITE_SHAPE : POSTGRES_SHAPE)
}
